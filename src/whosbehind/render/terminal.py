"""The terminal: tables that fit it, one colour for what matters, none with NO_COLOR."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from whosbehind.exports import csv_text
from whosbehind.values import dollars

if TYPE_CHECKING:
    from whosbehind.workspace import Ticker

# Columns that give way where the terminal is narrow, and those of them that rather take more lines than lose words.
FLEXIBLE = frozenset(
    "description recipient_name recipient name file_name source source_id value problem reason modification_number psc "
    "example because".split()
)
WRAPPED = frozenset({"problem", "reason"})
NARROWEST = 8


def console(*, stderr: bool = False) -> Console:
    """A console that fits the terminal; a pipe gets 120 columns unless COLUMNS says otherwise."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() else int(os.environ.get("COLUMNS", "120"))
    return Console(stderr=stderr, width=width, highlight=False, soft_wrap=False)


def say(text: str = "", *, style: str | None = None) -> None:
    """A line or paragraph for the reader."""
    console().print(Text(text, style=style or ""), soft_wrap=True)


def remark(text: str) -> None:
    """A line on standard error, where it does not mix with data."""
    console(stderr=True).print(Text(text, style="yellow"), soft_wrap=True)


def show_json(value: Any) -> None:
    """A value as JSON on standard output."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False, default=str) + "\n")


def show_csv(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Rows as CSV on standard output."""
    sys.stdout.write(csv_text(columns, rows))


def show_table(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows as a table; `columns` maps keys to headings. Money stands to the right, with cents, and is never cut."""
    out = console()
    cells = {key: [_cell(key, row.get(key)) for row in rows] for key in columns}
    widths = {key: max([len(columns[key]), *(len(cell) for cell in cells[key])]) for key in columns}
    fitted = fitted_widths(widths, out.width)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for key, width in fitted.items():
        is_number = any(isinstance(row.get(key), (int, Decimal)) for row in rows)
        table.add_column(
            columns[key],
            justify="right" if is_number else "left",
            width=width,
            no_wrap=key not in WRAPPED,
            overflow="fold" if key in WRAPPED else "ellipsis",
        )
    for line in zip(*(cells[key] for key in fitted), strict=True):
        table.add_row(*line)
    Console(width=max(out.width, _total(fitted)), highlight=False).print(table, crop=False)


def fitted_widths(widths: Mapping[str, int], room: int) -> dict[str, int]:
    """Widths that fit the room, two blanks between columns.

    Flexible columns give way evenly, down to eight characters; if that is not enough, the
    last of them are left out, all but the first. What is rigid stays whole, whatever the room.
    """
    fitted = dict(widths)
    flexible = [key for key in fitted if key in FLEXIBLE]
    while flexible and _total(fitted) > room:
        widest = max(flexible, key=lambda key: fitted[key])
        if fitted[widest] <= NARROWEST:
            break
        fitted[widest] -= 1
    if _total(fitted) > room and len(flexible) > 1:
        return fitted_widths({key: width for key, width in widths.items() if key != flexible[-1]}, room)
    return fitted


def _total(widths: Mapping[str, int]) -> int:
    return sum(widths.values()) + 2 * (len(widths) - 1)


def _cell(key: str, value: Any) -> Text:
    if isinstance(value, Decimal):
        return Text(dollars(value), style="red" if value < 0 else "")
    if isinstance(value, int) and not isinstance(value, bool) and key not in {"fiscal_year", "year", "row"}:
        return Text(f"{value:,}")
    return Text("" if value is None else " ".join(str(value).split()))


def show_rows(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], output: str) -> None:
    """A list in the asked format; JSON and CSV have all columns, the table those named."""
    if output == "json":
        show_json(rows)
    elif output == "csv":
        show_csv(list(rows[0]) if rows else list(columns), rows)
    elif rows:
        show_table(columns, rows)
    else:
        say("None.")


def _silent(*_: object) -> None:
    """Report nothing."""


@contextmanager
def progress() -> Iterator[Ticker]:
    """A progress bar on standard error; nothing where that is no terminal."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield _silent
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=out, transient=True) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda what, done, total: bar.update(task, description=what[:60], completed=done, total=total)
