"""Sentences the tool makes, as text that still knows its template and parts, so that pages can say them in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import reduce

# A place in a template.
PLACE = re.compile(r"{(\w+)}")


class Phrase(str):
    """A sentence with the template it was made from and the parts that stand in it; as text it is like any other.

    Parts are phrases (said in the reader's language too), choices, numbers, days, or names and
    words from records, which are the same in every language. One made for a `number` keeps its
    `plural` template too. What is cut out of a phrase or joined to other text is plain text again.
    """

    template: str
    parts: Mapping[str, object]
    plural: str | None
    number: int

    __slots__ = ("number", "parts", "plural", "template")


def phrase(template: str, **parts: object) -> Phrase:
    """A sentence: `phrase("{rows} come from {name}", rows=…, name=…)`; braces in one without parts stand for themselves.

    Raises KeyError where the template has a place for which there is no part.
    """
    return _made(template, parts, template.format(**parts) if parts else template)


def counted(singular: str, plural: str, number: int) -> Phrase:
    """A number with its noun: `counted("{number} row", "{number} rows", 3)`."""
    shown = f"{number:,}"
    made = _made(singular, {"number": shown}, (singular if number == 1 else plural).format(number=shown))
    made.plural, made.number = plural, number
    return made


def joined(separator: str, listed: Iterable[object]) -> Phrase:
    """Several phrases as one, with the same wordless separator between all of them: `joined(", ", names)`."""
    parts = {f"part{place}": each for place, each in enumerate(listed)}
    return phrase(separator.join(f"{{{name}}}" for name in parts), **parts)


def all_of(listed: Iterable[object]) -> Phrase:
    """Names or phrases that all are meant: `ICE and CBP`."""
    return _chained("{some} and {other}", listed)


def any_of(listed: Iterable[object]) -> Phrase:
    """Names or phrases of which one is meant: `ICE or CBP`."""
    return _chained("{some} or {other}", listed)


def has_words(template: str) -> bool:
    """Whether there is anything to translate in a template beside its places."""
    return re.search(r"[^\W\d_]", PLACE.sub("", template)) is not None


def _chained(template: str, listed: Iterable[object]) -> Phrase:
    first, *others = [joined("", [each]) for each in listed] or [phrase("")]
    return reduce(lambda some, other: phrase(template, some=some, other=other), others, first)


def _made(template: str, parts: Mapping[str, object], text: str) -> Phrase:
    made = Phrase(text)
    made.template, made.parts, made.plural, made.number = template, parts, None, 1
    return made
