"""Contract identifiers (PIIDs) in a text that people typed, and what a mistyped one is meant to be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from functools import lru_cache

from whosbehind.values import PiidBasis

# Letters, digits and hyphens that hang together; a slash, blank or underscore stands between two identifiers.
_WORD = re.compile(r"[0-9A-Za-z]+(?:[-‐-―][0-9A-Za-z]+)*")
_HYPHENS = re.compile(r"[-‐-―]")
_SEPARATORS = re.compile(r"[\s\-‐-―.]+")
_SHORTEST, _LONGEST, _FEWEST_DIGITS = 9, 19, 4
_MISREAD = str.maketrans("OI", "01")


def piids(text: str) -> tuple[str, ...]:
    """The contract identifiers in a text, each once, in order, as printed.

    An identifier has 9 to 19 letters and digits besides hyphens, at least one letter and four
    digits. Two that a hyphen joins are two. Words, amounts, days, order numbers of digits
    alone and modification numbers are none.
    """
    found = (each for word in _WORD.finditer(text) for each in _identifiers(word.group()))
    return tuple(dict.fromkeys(found))


def meant(printed: str, known: Set[str]) -> tuple[str, ...]:
    """All known identifiers that a printed one may be meant to be; itself alone if it is known.

    O and 0 are one character, and so are I and 1; blanks, hyphens and points do not count; and
    in each place beside a letter there may be one zero more or fewer, as in
    `70OCTD22FR00000002` for `70CTD022FR0000002`. Zeros between digits and at the end are part
    of the number and must agree. Give `known` as a frozenset where many are looked up: it is
    prepared once.
    """
    if printed in known:
        return (printed,)
    gaps = _gaps(printed)
    others = _by_skeleton(frozenset(known)).get(skeleton(printed), ())
    return tuple(each for each in others if _agree(skeleton(printed), gaps, _gaps(each)))


def judged(printed: str, known: Set[str]) -> tuple[str | None, PiidBasis]:
    """The known identifier that a printed one is, and on what that rests."""
    found = meant(printed, known)
    if len(found) > 1:
        return None, PiidBasis.SEVERAL
    if not found:
        return None, PiidBasis.UNKNOWN
    return found[0], PiidBasis.PRINTED if found[0] == printed else PiidBasis.REPAIRED


def skeleton(printed: str) -> str:
    """What is left of an identifier without separators and zeros: the same for all that can be repairs of one another."""
    return _plain(printed).replace("0", "")


def _identifiers(word: str) -> Iterator[str]:
    """The identifiers in letters and digits that hang together: one, or where that is too long, the parts that are."""
    if _is_identifier(word):
        yield word
        return
    for hyphen in _HYPHENS.finditer(word):
        parts = [part for part in (word[: hyphen.start()], word[hyphen.end() :]) if _is_identifier(part)]
        if parts:
            yield from parts
            return


def _is_identifier(word: str) -> bool:
    plain = _HYPHENS.sub("", word)
    digits = sum(character.isdigit() for character in plain)
    return _SHORTEST <= len(plain) <= _LONGEST and _FEWEST_DIGITS <= digits < len(plain)


def _plain(printed: str) -> str:
    return _SEPARATORS.sub("", printed).upper().translate(_MISREAD)


def _gaps(printed: str) -> tuple[int, ...]:
    """How many zeros stand before each other character, and at the end."""
    return tuple(len(zeros) for zeros in re.split("[^0]", _plain(printed)))


def _agree(rest: str, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two identifiers that differ in zeros alone differ by one at most in each place where that may be."""
    return all(
        zeros == others or (abs(zeros - others) == 1 and _may_differ(rest, place))
        for place, (zeros, others) in enumerate(zip(one, other, strict=True))
    )


def _may_differ(rest: str, place: int) -> bool:
    """Whether the zeros before the character at `place` stand beside a letter; those at the end belong to the number."""
    beside = rest[max(place - 1, 0) : place + 1]
    return place < len(rest) and any(character.isalpha() for character in beside)


@lru_cache(maxsize=4)
def _by_skeleton(known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for each in sorted(known):
        found[skeleton(each)].append(each)
    return {key: tuple(listed) for key, listed in found.items()}
