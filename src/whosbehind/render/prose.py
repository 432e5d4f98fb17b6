"""Sentences for the terminal: paragraphs that fit it, dates and sources in words, numbered notes."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.text import Text

from whosbehind.render.terminal import console

if TYPE_CHECKING:
    from whosbehind.records import CitedSource, Correction

READ = {"full": "read in full", "excerpt": "excerpt read", "not_read": "not read"}


def paragraph(text: str, *, indent: int = 0, hanging: int = 0, style: str | None = None) -> None:
    """Text that fits the terminal, its later lines set in by `hanging` more; words, ids and addresses stay whole."""
    out = console()
    lines = textwrap.wrap(
        " ".join(text.split()),
        width=max(out.width, 40),
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )
    out.print(Text("\n".join(lines), style=style or ""), soft_wrap=True)


def days_text(since: str | None, until: str | None, seen: str | None = None) -> str:
    """Dates in words: `since 2016-06, last documented 2025-06`; empty where none is known."""
    if since and until:
        return f"from {since} to {until}"
    if until:
        return f"until {until}"
    shown = f"last documented {seen}" if seen else ""
    return ", ".join(part for part in (f"since {since}" if since else "", shown) if part)


def source_text(source: CitedSource) -> str:
    """A publication as a reader looks it up: publisher, number, title, date, how good, how far read, where."""
    named = ", ".join(part for part in (source.publisher, title_text(source), source.date) if part)
    return f"{named} [grade {source.grade}, {READ[source.read]}]" + (f" {source.url}" if source.url else "")


def title_text(source: CitedSource) -> str:
    """A publication's number and title; the number once where the title bears it."""
    return f"{source.number}, {source.title}" if source.number and source.number not in source.title else source.title


def correction_text(correction: Correction) -> str:
    """When something was corrected, what and why."""
    return f"Corrected on {correction.date}: {correction.what} ({correction.reason})"


class Footnotes:
    """Publications, numbered in the order in which they are first referred to."""

    def __init__(self) -> None:
        self._numbers: dict[CitedSource, int] = {}

    def marks(self, sources: Iterable[CitedSource]) -> str:
        """The numbers of some publications: ` [1][4]`, with a blank before; empty for none."""
        found = [self._numbers.setdefault(source, len(self._numbers) + 1) for source in sources]
        return " " + "".join(f"[{number}]" for number in found) if found else ""

    def show(self) -> None:
        """All publications referred to, with their numbers."""
        if self._numbers:
            paragraph("Sources", style="bold")
        for source, number in self._numbers.items():
            paragraph(f"[{number}] {source_text(source)}", indent=2, hanging=5, style="dim")
