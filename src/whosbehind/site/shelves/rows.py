"""Pages of rows: what stands behind each number, with the same rows as CSV beside it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from whosbehind.exports import csv_text
from whosbehind.figures import ROW_COLUMNS, Question, Row
from whosbehind.figures.select import nameless_kind
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import RowSet
from whosbehind.site.pages import File, Page, spread
from whosbehind.values import whole_fiscal_year

# Rows on one page of rows.
PAGE_LENGTH = 250
# The options of the command line that take no value.
SWITCHES = {
    "names_only": "--names-only",
    "positive_only": "--positive-only",
    "is_funding": "--funding",
    "inherited": "--inherited",
}


def row_pages(material: Material) -> Iterator[Page | File]:
    """The pages and files of all numbers that pages have asked for by now."""
    for first, behind in sorted(material.book.sets.items()):
        for rows, place in spread(behind.rows, PAGE_LENGTH):
            path = address.further(first, place["part"])
            yield Page(path, "rows.html", partial(_shown, material, first, behind, rows, place))
        yield row_file(first, behind.rows)


def row_file(page: str, rows: Sequence[Row]) -> File:
    """The rows that a page opens, as CSV beside it."""
    return File(address.table(page), partial(_table, rows), partial(_inputs, rows))


def _shown(material: Material, first: str, behind: RowSet, rows: Sequence[Row], place: Mapping[str, int]) -> dict[str, Any]:
    return {
        "asks": asked(material, behind.question),
        "amount": behind.amount,
        "rows": rows,
        "with_routes": bool(behind.question.organisations),
        "command": command(behind.question),
        "about": behind.about,
        "first": first,
        **place,
    }


def _inputs(rows: Sequence[Row]) -> object:
    return [[row.get(name) for name in ROW_COLUMNS] for row in rows]


def _table(rows: Sequence[Row]) -> bytes:
    return csv_text(ROW_COLUMNS, rows).encode()


def asked(material: Material, question: Question) -> tuple[tuple[str, str], ...]:
    """What a question asks for, part by part, each with its kind; names as readers know them."""
    atlas = material.atlas
    parts = [("name", atlas.name_of(name)) for name in question.organisations]
    parts += [("name", atlas.name_of(name)) for name in (question.product, question.system) if name]
    if question.recipient:
        kind, name = nameless_kind(question.recipient), material.vendor_names.get(question.recipient, question.recipient)
        parts.append(("name", name) if kind is None else ("nameless", kind))
    parts += [("award", question.award)] if question.award else []
    parts += [("name", name) for name in question.agencies]
    parts += [("route", str(question.route))] if question.route else []
    return (*parts, *_window(question), *_special(question)) or (("name", "whosbehind"),)


def _special(question: Question) -> Iterator[tuple[str, str]]:
    """The filters that few questions have, such as those of the readings of a claim."""
    for name in address.DETAILS:
        value = getattr(question, name)
        if value:
            yield name, str(value)
    for name in SWITCHES:
        if getattr(question, name):
            yield name, ""


def _window(question: Question) -> Iterator[tuple[str, str]]:
    year = whole_fiscal_year(question.since, question.until)
    if year:
        yield "fiscal_year", str(year)
        return
    if question.since:
        yield "since", question.since.isoformat()
    if question.until:
        yield "until", question.until.isoformat()


def command(question: Question) -> str:
    """The command that gives the same number."""
    words = [*question.organisations]
    words += [word for name in question.agencies for word in ("--agency", name)]
    for name in ("product", "system", "recipient", "award", "office", "psc", "words", "route", "since", "until", "as_of"):
        value = getattr(question, name)
        words += [f"--{name.replace('_', '-')}", str(value)] if value else []
    words += [option for name, option in SWITCHES.items() if getattr(question, name)]
    return shlex.join(["whosbehind", "figure", *words, "--rows"])
