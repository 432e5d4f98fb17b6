"""Words beside a name: whether a phrase stands in a text, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

SPACE = r"\W+"


@cache
def phrases_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of these phrases, as whole words in any case; `*` ends a prefix (`LICEN*`)."""
    return re.compile(_any(phrases), re.IGNORECASE)


@cache
def before_pattern(phrases: tuple[str, ...], within: int) -> re.Pattern[str]:
    """A pattern for a phrase at the end of a text, with at most `within` words behind it."""
    return re.compile(rf"(?:{_any(phrases)})\W+(?:[\w&'/.-]+\W+){{0,{within}}}$", re.IGNORECASE)


@cache
def after_pattern(phrases: tuple[str, ...], within: int) -> re.Pattern[str]:
    """A pattern for a phrase at the beginning of a text, with at most `within` words before it."""
    return re.compile(rf"\W*(?:[\w&'/.-]+\W+){{0,{within}}}?(?:{_any(phrases)})", re.IGNORECASE)


def stands_outside(phrases: tuple[str, ...], text: str, start: int, end: int) -> str | None:
    """The first of the phrases that stands in the text other than inside the given span, as written there."""
    for found in phrases_pattern(phrases).finditer(text):
        if not (start <= found.start() and found.end() <= end):
            return found.group()
    return None


def _any(phrases: Iterable[str]) -> str:
    return "|".join(_one(phrase) for phrase in phrases)


def _one(phrase: str) -> str:
    words = SPACE.join(re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in phrase.split())
    first = r"(?<!\w)" if re.match(r"\w", phrase) else ""
    last = r"(?!\w)" if re.search(r"[\w*]$", phrase) else ""
    return f"{first}{words}{last}"
