"""Finding aliases in text: all of them in one pass, as whole words, the longest where they overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from whosbehind.records import Alias

FIELDS = ("recipient_name", "description")


@dataclass(frozen=True)
class Match:
    """Words of a text that name something, with their offsets."""

    named_id: str
    matched: str
    starts_at: int
    ends_at: int


class Lexicon:
    """The aliases that are safe in one field, ready to be looked for.

    Case does not matter. A match must not run into a further word character, but
    only where the alias itself ends in one: `C++` matches in `C++11`, `AWS` not in `LAWS`.
    """

    def __init__(self, aliases: Iterable[Alias], field: str) -> None:
        import ahocorasick

        self._spellings = {_upper(alias.text): alias.named_id for alias in aliases if alias.field in (None, field)}
        self._automaton: Any = ahocorasick.Automaton()
        for spelling, named_id in self._spellings.items():
            self._automaton.add_word(spelling, (len(spelling), named_id))
        if self._spellings:
            self._automaton.make_automaton()

    def pattern(self) -> str | None:
        """A regular expression that every text with a match matches: the engine's prefilter. None if nothing can match."""
        if not self._spellings:
            return None
        return "(?i)" + "|".join(re.escape(spelling) for spelling in sorted(self._spellings))

    def matches(self, text: str) -> list[Match]:
        """The matches in a text, in order; none lies inside a longer one."""
        if not self._spellings:
            return []
        found = sorted(self._whole_words(text), key=lambda match: (match.starts_at, -match.ends_at))
        kept: list[Match] = []
        for match in found:
            if not kept or match.ends_at > kept[-1].ends_at:
                kept.append(match)
        return kept

    def _whole_words(self, text: str) -> Iterator[Match]:
        for last, (length, named_id) in self._automaton.iter(_upper(text)):
            start, end = last - length + 1, last + 1
            if not _is_joined(text, start) and not _is_joined(text, end):
                yield Match(named_id, text[start:end], start, end)


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
