"""Words: the bundled lists of them, and where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import resources

_TITLES = frozenset("MR MRS MS DR JR SR II III IV MD PHD ESQ ATTORNEY DDS DVM ABBP".split())
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*\.?")
_SPACED_WORD = re.compile(r"([A-Za-z][A-Za-z'’-]*)(\.?)([ \t]*)")


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


def word_spans(text: str, start: int) -> list[tuple[int, int]]:
    """Spans of up to six words from `start` on that only blanks separate; a full stop ends an initial only."""
    spans: list[tuple[int, int]] = []
    place = start
    while len(spans) < 6 and (found := _SPACED_WORD.match(text, place)):
        end, stop, after = found.end(1), found.end(2), found.end()
        is_sentence_end = stop > end > place + 1
        spans.append((place, end if is_sentence_end else stop))
        if is_sentence_end or after == stop:
            break
        place = after
    return spans


def bare(text: str, span: tuple[int, int]) -> str:
    """The word at a place in capitals, without a full stop behind it."""
    return text[span[0] : span[1]].rstrip(".").upper()
