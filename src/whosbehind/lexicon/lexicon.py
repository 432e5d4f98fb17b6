"""Finding aliases in text: all of them in one pass, as whole words, the longest where they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from whosbehind.lexicon.words import phrases_pattern, stands_outside
from whosbehind.records import Alias
from whosbehind.values import Confidence

FIELDS = ("recipient_name", "description")


@dataclass(frozen=True)
class Match:
    """Words of a text that name something, with their offsets, how sure that is, and the word that made it so."""

    alias: Alias
    matched: str
    starts_at: int
    ends_at: int
    confidence: Confidence = Confidence.CERTAIN
    because: str | None = None

    @property
    def named_id(self) -> str:
        """What is named; empty for a phrase that means something else."""
        return self.alias.named_id


class Lexicon:
    """The aliases that are safe in one field, ready to be looked for.

    Case does not matter. A match must not run into a further word character, but
    only where the alias itself ends in one: `C++` matches in `C++11`, `AWS` not in `LAWS`.
    """

    def __init__(self, aliases: Iterable[Alias], field: str) -> None:
        import ahocorasick

        self._aliases: dict[str, list[Alias]] = {}
        for alias in aliases:
            if alias.field in (None, field):
                self._aliases.setdefault(_upper(alias.text), []).append(alias)
        self._automaton: Any = ahocorasick.Automaton()
        for spelling, named in self._aliases.items():
            self._automaton.add_word(spelling, (len(spelling), tuple(named)))
        if self._aliases:
            self._automaton.make_automaton()

    def may_match(self, text: str) -> bool:
        """Whether an alias stands in the text at all, be it inside a longer word: a quick test before a full look."""
        return bool(self._aliases) and next(self._automaton.iter(_upper(text)), None) is not None

    def matches(self, text: str, beside: str = "") -> list[Match]:
        """The matches in a text, in order; none lies inside a longer one.

        `beside` holds the other words of the record: an ambiguous alias looks for its
        neighbours there too. A match that an `unless` forbids hides no other.
        """
        if not self._aliases:
            return []
        record = f"{text} | {beside}"
        judged = (match for each in self._whole_words(text) if (match := _judged(each, record)))
        found = sorted(judged, key=lambda match: (match.starts_at, -match.ends_at, _SURENESS[match.confidence]))
        kept: list[Match] = []
        for match in found:
            if not kept or match.ends_at > kept[-1].ends_at:
                kept.append(match)
        return [match for match in kept if match.named_id]

    def _whole_words(self, text: str) -> Iterator[Match]:
        for last, (length, aliases) in self._automaton.iter(_upper(text)):
            start, end = last - length + 1, last + 1
            if not _is_joined(text, start) and not _is_joined(text, end):
                for alias in aliases:
                    yield Match(alias, text[start:end], start, end)


_SURENESS = {confidence: place for place, confidence in enumerate(Confidence)}


def _judged(match: Match, record: str) -> Match | None:
    """The match with its confidence, or None where a word of the record forbids it."""
    alias = match.alias
    if alias.unless and phrases_pattern(alias.unless).search(record):
        return None
    if not alias.only_with:
        return match
    word = stands_outside(alias.only_with, record, match.starts_at, match.ends_at)
    sure = Confidence.PROBABLE if word else Confidence.POSSIBLE
    return Match(alias, match.matched, match.starts_at, match.ends_at, sure, word)


def _upper(text: str) -> str:
    """Upper case letter by letter, so that offsets stay what they are; letters without a plain pair are left as they are."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def _capital(character: str) -> str:
    upper = character.upper()
    return upper if upper.lower() == character and len(upper) == 1 else character


def _is_joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place belong to one word."""
    if place == 0 or place == len(text):
        return False
    return _is_word(text[place - 1]) and _is_word(text[place])


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
