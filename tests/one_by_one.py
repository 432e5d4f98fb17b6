"""What a reader of descriptions finds, by the definition and slowly: one regular expression an alias, then the longest."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from whosbehind.records import Alias, AroundRule

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """An alias at a place, with what the words of the record make of it."""

    alias: Alias
    start: int
    end: int
    confidence: str
    because: str | None

    @property
    def as_tuple(self) -> tuple[str, int, int, str, str | None]:
        return (self.alias.named_id, self.start, self.end, self.confidence, self.because)


class OneByOne:
    """The aliases of one field, each looked for by itself in every text that holds its first word."""

    def __init__(self, aliases: Iterable[Alias], field: str) -> None:
        self._aliases = [(each, each.text.upper()) for each in aliases if each.field in (None, field)]
        self._begun: dict[str, list[int]] = defaultdict(list)
        for place, (_, spelling) in enumerate(self._aliases):
            self._begun["".join(_WORDS.findall(spelling)[:1]) if _is_word(spelling[0]) else ""].append(place)

    def hits(self, text: str, beside: str = "") -> list[Hit]:
        """The hits in order: of two at one place the surer, none inside a longer one, none that means something else."""
        record, upper = f"{text} | {beside}", text.upper()
        every = [
            hit
            for alias, spelling in self._that_may_stand_in(upper)
            if spelling in upper
            for hit in _judged(alias, text, record)
            if hit is not None
        ]
        surest = ("certain", "probable", "possible")
        ordered = sorted(every, key=lambda hit: (hit.start, -hit.end, surest.index(hit.confidence)))
        longest = [hit for place, hit in enumerate(ordered) if all(hit.end > before.end for before in ordered[:place])]
        return [hit for hit in longest if hit.alias.named_id]

    def _that_may_stand_in(self, upper: str) -> Iterator[tuple[Alias, str]]:
        """A name that begins with a word begins where that word stands whole."""
        words = {"", *_WORDS.findall(upper)}
        return (self._aliases[place] for place in sorted(place for word in words for place in self._begun.get(word, ())))


def role_of(hit: Hit, text: str, what: str, has_another: bool, rules: Sequence[AroundRule]) -> tuple[str, str | None]:
    """Supplied or around, and the first rule that says so."""
    if hit.alias.role == "around":
        return "around", "named as a part"
    for rule in rules:
        if _says(rule, hit, text, what, has_another):
            return "around", rule.id
    return "supplied", None


def _says(rule: AroundRule, hit: Hit, text: str, what: str, has_another: bool) -> bool:
    if (rule.beside_another and not has_another) or any(_stand(phrase, text) for phrase in rule.unless):
        return False
    if rule.psc and not any(_stand(phrase, what) for phrase in rule.psc):
        return False
    left, right = text[: hit.start], text[hit.end :]
    is_before = any(_is_gap(left[end:], rule.within, True) for phrase in rule.before for _, end in _stand(phrase, left))
    is_after = any(_is_gap(right[:start], rule.within, False) for phrase in rule.after for start, _ in _stand(phrase, right))
    is_anywhere = any(_stand(phrase, text) for phrase in rule.anywhere)
    return is_before or is_after or is_anywhere or not (rule.before or rule.after or rule.anywhere)


def _is_gap(between: str, within: int, must_part: bool) -> bool:
    """Whether so few words stand between; what lies before a name must be parted from it."""
    words = [piece for piece in re.split(r"[^\w&'/.-]+", between) if re.search(r"\w", piece)]
    is_parted = not re.search(r"\w$", between) and (bool(between) or not must_part)
    return is_parted and len(words) <= within


def _judged(alias: Alias, text: str, record: str) -> Iterator[Hit | None]:
    for found in _spelt(alias.text).finditer(text):
        start, end = found.start(1), found.end(1)
        if any(_stand(phrase, record) for phrase in alias.unless):
            yield None
            continue
        beside = [
            (at, place, record[at:to])
            for place, phrase in enumerate(alias.only_with)
            for at, to in _stand(phrase, record)
            if at < start or to > end
        ]
        sure = "certain" if not alias.only_with else "probable" if beside else "possible"
        yield Hit(alias, start, end, sure, min(beside)[2] if beside else None)


def _stand(phrase: str, text: str) -> list[tuple[int, int]]:
    """Where a phrase stands in a text, as whole words."""
    return [(found.start(), found.end()) for found in _phrase(phrase).finditer(text)]


@cache
def _phrase(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word[:-1]) + r"\w*" if word[-1] == "*" else re.escape(word) for word in phrase.split()]
    begins = r"(?<!\w)" if _is_word(phrase[0]) else ""
    ends = r"(?!\w)" if _is_word(phrase[-1]) or phrase[-1] == "*" else ""
    return re.compile(begins + r"\W+".join(words) + ends, re.IGNORECASE)


@cache
def _spelt(spelling: str) -> re.Pattern[str]:
    begins = r"(?<!\w)" if _is_word(spelling[0]) else ""
    ends = r"(?!\w)" if _is_word(spelling[-1]) else ""
    return re.compile(f"{begins}(?=({''.join(map(_letter, spelling))}){ends})")


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _letter(character: str) -> str:
    """A character in either case, as single characters: `ß` has no upper case of one letter and stands for itself."""
    folds = character.isalpha() and len(character.upper()) == len(character.lower()) == 1
    return f"(?:{character.lower()}|{character.upper()})" if folds else re.escape(character)
