"""Words: the bundled lists of them, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources

_TITLES = frozenset("MR MRS MS DR JR SR II III IV MD PHD ESQ ATTORNEY DDS DVM ABBP".split())
_WORD = r"([A-Za-z](?:\.|[A-Za-z'’-]*))"
_SIX_WORDS = re.compile(_WORD + rf"(?:[ \t]+{_WORD}" * 5 + ")?" * 5)


def bundled_words(name: str) -> frozenset[str]:
    """One of the bundled word lists; lines that begin with `#` are remarks."""
    text = resources.files("whosbehind").joinpath("content", "guard", f"{name}.txt").read_text("utf-8")
    return frozenset(line.strip().upper() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def by_first_word(names: Iterable[str]) -> dict[str, re.Pattern[str]]:
    """A pattern for the names that begin with each word; the longest of them wins."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        found.setdefault(re.split(r"\W+", name)[0], []).append(re.escape(name))
    return {word: re.compile(rf"(?:{'|'.join(own)})(?!\w)", re.I) for word, own in found.items()}


def end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a pattern that matches anywhere, if only nothing, ends."""
    found = pattern.match(text, start)
    return found.end() if found else start


def name_words(text: str) -> list[str]:
    """The words of a name in capitals, without titles."""
    words = re.findall(r"[A-Z][A-Z'’-]*", text.replace(".", " "))
    return [word for word in words if word not in _TITLES]


class Run:
    """Up to six words from a place in a text on that only blanks separate; a full stop ends an initial only.

    `words` are in capitals, without a full stop behind them; there are none where the text goes on with no letter.
    """

    __slots__ = ("_found", "words")

    def __init__(self, text: str, start: int) -> None:
        self._found = _SIX_WORDS.match(text, start)
        self.words = [word.rstrip(".").upper() for word in self._found.groups() if word] if self._found else []

    def start(self, place: int) -> int:
        """Where the word at a place of the run begins in the text."""
        assert self._found
        return self._found.start(place + 1)

    def span(self, first: int, count: int) -> tuple[int, int]:
        """Where `count` words, at least one, begin and end in the text."""
        assert self._found
        return self._found.start(first + 1), self._found.end(first + count)
