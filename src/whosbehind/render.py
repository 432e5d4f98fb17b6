"""What the command line shows: tables that fit the terminal, one colour for what matters, none with NO_COLOR."""

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
from whosbehind.figures import ROW_COLUMNS
from whosbehind.values import count, dollars, usd

if TYPE_CHECKING:
    from whosbehind.figures import Figure
    from whosbehind.intake import Added
    from whosbehind.records import Snapshot
    from whosbehind.workspace import Ticker

ROWS_SHOWN = 25
# Columns that give way where the terminal is narrow, and those of them that rather take more lines than lose words.
FLEXIBLE = frozenset(
    "description recipient_name recipient name file_name source source_id value problem reason modification_number".split()
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


def show_figure(figure: Figure, output: str, with_rows: bool, rows_command: str) -> None:
    """A figure in the asked format."""
    if output == "json":
        show_json(figure.as_json(with_rows))
    elif output == "csv":
        _figure_csv(figure, with_rows)
    else:
        _figure_table(figure, with_rows, rows_command)


def _figure_csv(figure: Figure, with_rows: bool) -> None:
    if with_rows:
        show_csv(ROW_COLUMNS, figure.rows)
    elif figure.by:
        show_csv(
            [*figure.by, "obligated_usd", "transaction_count"], [{**group.of, **group.amount.__dict__} for group in figure.groups]
        )
    else:
        entry = figure.as_json()
        flat = {**entry, **{f"{route}_usd": usd(amount.obligated_usd) for route, amount in figure.by_route.items()}}
        flat |= {"since": figure.window.since, "until": figure.window.until}
        flat |= {name: "; ".join(entry[name]) for name in ("organisations", "agencies", "warnings")}
        columns = ["organisations", "agencies", "agency_role", "since", "until", "obligated_usd", "transaction_count"]
        show_csv([*columns, *(f"{route}_usd" for route in figure.by_route), "basis", "snapshot", "warnings"], [flat])


def _figure_table(figure: Figure, with_rows: bool, rows_command: str) -> None:
    say(_headline(figure), style="bold")
    out = console()
    amount = Text(f"{dollars(figure.obligated_usd)}", style="bold green")
    out.print(Text("  ").append(amount).append(f"  in {count(figure.transaction_count, 'transaction')}"))
    for route, part in figure.by_route.items():
        out.print(Text(f"    {route:<9}{dollars(part.obligated_usd):>22}  {count(part.transaction_count, 'transaction')}"))
    say(f"  {figure.basis}; agency: {figure.agency_role}; snapshot {figure.snapshot}", style="dim")
    if figure.by:
        say()
        rows = [
            {**group.of, "obligated_usd": group.amount.obligated_usd, "n": group.amount.transaction_count}
            for group in figure.groups
        ]
        show_table(
            {**{name: name.replace("_", " ") for name in figure.by}, "obligated_usd": "obligated", "n": "transactions"}, rows
        )
        if "organisation" in figure.by:
            say("A transaction that names two organisations counts wholly for each, so these lines do not add up.", style="dim")
    if with_rows:
        _rows_table(figure, rows_command)
    for warning in figure.warnings:
        out.print(Text("! ", style="yellow").append(Text(warning)), soft_wrap=True)
    if not with_rows:
        out.print(Text("Rows: ", style="dim").append(Text(rows_command, style="cyan")), soft_wrap=True)


def _headline(figure: Figure) -> str:
    who = ", ".join(figure.organisations) or "All recipients"
    agencies = ", ".join(figure.agencies) or "all agencies"
    since, until = figure.window.since, figure.window.until
    window = f"{since or 'the beginning'} to {until or 'the end of the evidence'}" if since or until else "all days"
    filters = "".join(f" · {name} {value}" for name, value in figure.filters.items())
    return f"{who} · {agencies} · {window}{filters}"


def _rows_table(figure: Figure, rows_command: str) -> None:
    rows = figure.rows
    columns = {
        "action_date": "date",
        "agency": "agency",
        "obligated_usd": "obligated",
        "route": "route",
        "recipient_name": "recipient",
        "description": "description",
        "piid": "award",
        "modification_number": "mod",
    }
    if not figure.by_route:
        columns.pop("route")
    say()
    show_table(columns, rows[:ROWS_SHOWN])
    if len(rows) > ROWS_SHOWN:
        say(
            f"… and {count(len(rows) - ROWS_SHOWN, 'smaller row')}. All of them, with citations: {rows_command} --format csv",
            style="dim",
        )


def show_added(added: Sequence[Added], next_command: str) -> None:
    """What became of the files that were added; what is wrong with one goes to standard error."""
    if not added:
        return
    shown = [
        {
            "name": each.file_name,
            "status": each.status,
            "source": each.source.title if each.source else "no layout known; kept as it is",
            "size": each.size_bytes,
        }
        for each in added[:40]
    ]
    show_table({"name": "file", "status": "status", "size": "bytes", "source": "layout"}, shown)
    if len(added) > 40:
        say(f"… and {count(len(added) - 40, 'more file')}.")
    for each in added:
        if each.problem:
            remark(f"error: {each.file_name}: {each.problem}. It is kept as evidence and not read.{_mend(each.problem)}")
    if any(each.is_new for each in added):
        say(f"Next: {next_command}")


def _mend(problem: str) -> str:
    if "unknown column" in problem or "unknown key" in problem or "lacks the column" in problem:
        return " If it is not needed, add the file again with --ignore-column NAME; if the publisher changed the layout, tell us."
    return ""


def show_build(documents: Sequence[Mapping[str, Any]], snapshot: Snapshot, output: str, next_command: str) -> None:
    """What became of each document's rows, and what a reader should know."""
    counts = ("row_count", "taken_count", "set_aside_count", "rejected_count")
    columns = ("file_name", "status", *counts, "obligated_usd")
    if output == "json":
        show_json(
            {
                "snapshot": snapshot.id,
                "documents": [{key: each[key] for key in columns} for each in documents],
                "notes": snapshot.notes,
            }
        )
        return
    if output == "csv":
        show_csv(columns, documents)
        return
    read = sorted((each for each in documents if each["status"] == "read"), key=lambda each: str(each["file_name"]))
    total = {"file_name": f"all {len(read)} read", **{key: sum(each[key] for each in read) for key in counts}}
    total["obligated_usd"] = sum(each["obligated_usd"] or 0 for each in read)
    headings = {
        "file_name": "document",
        "row_count": "rows",
        "taken_count": "taken",
        "set_aside_count": "set aside",
        "rejected_count": "rejected",
    }
    show_table({**headings, "obligated_usd": "obligated"}, [*read[:30], total] if len(read) > 1 else read)
    for note in snapshot.notes:
        say(f"· {note}")
    say(f"Snapshot {snapshot.id}. Next: {next_command}", style="dim")


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
