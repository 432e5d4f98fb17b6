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
    from whosbehind.figures import Change, Explained, Figure, Unexplained
    from whosbehind.intake import Added
    from whosbehind.records import Snapshot
    from whosbehind.scoring import Score
    from whosbehind.vendors import Resolved
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
    for remark_line in _other_readings(figure):
        say(f"  {remark_line}", style="dim")
    for warning in figure.warnings:
        out.print(Text("! ", style="yellow").append(Text(warning)), soft_wrap=True)
    if not with_rows:
        out.print(Text("Rows: ", style="dim").append(Text(rows_command, style="cyan")), soft_wrap=True)


def _other_readings(figure: Figure) -> Iterator[str]:
    """What inheritance would add, and what today's owners would make of the number."""
    more = figure.with_inherited
    if more and more.amount.transaction_count > figure.transaction_count:
        further = count(more.amount.transaction_count - figure.transaction_count, "further action")
        money = dollars(more.difference_usd)
        yield f"{money} more in {further} that name nothing, of awards that named it first; add: --inherited"
    today = figure.as_owned_today
    if today and today.amount != figure.amount:
        yield (
            f"With the owners of {today.date} instead of each action's day: {dollars(today.amount.obligated_usd)} "
            f"({dollars(today.difference_usd)} different); see it with: --as-of {today.date}"
        )


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


def show_explained(explained: Sequence[Explained], output: str) -> None:
    """Each action with a sentence for everything it names."""
    shown = ("piid", "modification_number", "action_date", "obligated_usd", "recipient_name", "description", "citation")
    if output == "json":
        show_json(
            [
                {**{name: each.transaction[name] for name in shown}, "reasons": [reason.__dict__ for reason in each.reasons]}
                for each in explained
            ]
        )
        return
    if output == "csv":
        lines = [{**each.transaction, **reason.__dict__} for each in explained for reason in each.reasons]
        show_csv([*shown, "subject_id", "is_counted", "sentence"], lines)
        return
    for each in explained:
        row = each.transaction
        say(
            f"{row['piid']} modification {row['modification_number']} · {row['action_date']} · {dollars(row['obligated_usd'])}",
            style="bold",
        )
        say(f"  {row['recipient_name']}: {row['description'] or 'no description'}")
        for reason in each.reasons:
            say(f"  {'+' if reason.is_counted else '·'} {reason.sentence}")
        if not each.reasons:
            say("  · Nothing in it names an organisation of the atlas.")
        say(f"  evidence {row['citation']}", style="dim")


def show_unexplained(found: Unexplained, limit: int, output: str) -> None:
    """The three amounts, and the gaps by recipient and kind of product."""
    if output == "json":
        show_json(found.as_json())
        return
    gaps = [
        {
            "recipient_name": each.recipient_name,
            "psc": each.psc,
            "obligated_usd": each.amount.obligated_usd,
            "transaction_count": each.amount.transaction_count,
            "example": each.example,
        }
        for each in found.gaps
    ]
    if output == "csv":
        show_csv(["recipient_name", "psc", "obligated_usd", "transaction_count", "example"], gaps)
        return
    for what, amount in (("technology", found.technology), ("explained", found.explained), ("unexplained", found.unexplained)):
        say(f"  {what:<12}{dollars(amount.obligated_usd):>22}  {count(amount.transaction_count, 'transaction')}")
    say()
    headings = {
        "recipient_name": "recipient",
        "psc": "product or service",
        "obligated_usd": "obligated",
        "transaction_count": "n",
    }
    show_table({**headings, "example": "largest of them"}, gaps[:limit])
    if len(gaps) > limit:
        say(f"… and {count(len(gaps) - limit, 'smaller gap')}; all of them with --format csv.", style="dim")


def show_impact(changes: Sequence[Change], output: str) -> None:
    """For each organisation what is attributed before and after, and the largest transactions that come or go."""
    if output != "table":
        money = usd if output == "json" else Decimal  # a number in CSV is no text that might be a formula
        lines = [
            {
                "organisation_id": each.organisation_id,
                "before_usd": money(each.before.obligated_usd),
                "after_usd": money(each.after.obligated_usd),
                "difference_usd": money(each.difference_usd),
                "before_count": each.before.transaction_count,
                "after_count": each.after.transaction_count,
            }
            for each in changes
        ]
        show_rows({name: name for name in ("organisation_id", "difference_usd")}, lines, output)
        return
    for each in changes:
        moved = f"{dollars(each.before.obligated_usd)} → {dollars(each.after.obligated_usd)}"
        transactions = f"{each.before.transaction_count:,} → {count(each.after.transaction_count, 'transaction')}"
        say(f"{each.organisation_id}: {moved} in {transactions}", style="bold")
        for sign, rows in (("+", each.came), ("-", each.went)):
            for row in rows:
                worth = dollars(row["obligated_usd"])
                say(f"  {sign} {worth}  “{row['matched']}” in: {row['recipient_name']} | {(row['description'] or '')[:90]}")
    if not changes:
        say("The content as it stands now attributes every transaction as the last build did.")


def show_scores(scores: Sequence[Score], output: str) -> None:
    """Agreement with labels, and each difference."""
    if output == "json":
        show_json([each.as_json() for each in scores])
        return
    if output == "csv":
        show_csv(["what", "label_id", "kind", "organisation", "words", "record"], [m for each in scores for m in each.listed()])
        return
    columns = {"what": "labels", "records": "n", "right": "right", "wrong": "wrong", "missed": "missed"}
    rows = [
        {
            **{name: getattr(each, name) for name in columns},
            "p": f"{each.precision:.3f}",
            "r": f"{each.recall:.3f}",
            "s": each.route_text,
        }
        for each in scores
    ]
    show_table({**columns, "p": "precision", "r": "recall", "s": "route"}, rows)
    for each in scores:
        for miss in each.misses:
            say(f"  {miss.label_id} {miss.kind}: {miss.organisation} · “{miss.words}” · {miss.record[:160]}")


def show_resolved(columns: Sequence[str], rows: Sequence[Mapping[str, str]], found: Sequence[Resolved], output: str) -> None:
    """Each row of a person's list with what its name is judged to be."""
    added = ("vendor_id", "family_id", "basis", "score", "because")
    merged = [{**row, **{name: getattr(each, name) for name in added}} for row, each in zip(rows, found, strict=True)]
    if output == "json":
        show_json([{**row, "basis": str(row["basis"]), "score": float(row["score"])} for row in merged])
    elif output == "csv":
        show_csv([*columns, *added], merged)
    else:
        show_table({name: name for name in (*columns[:2], *added)}, merged)


def show_pair(pair: Mapping[str, Any], names: Mapping[str, Sequence[Mapping[str, Any]]], place: int, total: int) -> None:
    """Two vendors side by side with all their names, and why they are asked about."""
    say()
    say(f"{place} of {total}: {pair['reason']}; {dollars(pair['obligated_usd'])} would move", style="bold")
    for side in ("left", "right"):
        say(f"  {pair[f'{side}_vendor_id']}", style="cyan")
        for each in names[side]:
            span = f"{each['first_action_date'] or '…'} to {each['last_action_date'] or '…'}"
            parent = f"; parent {each['recipient_parent_name']}" if each["recipient_parent_name"] else ""
            worth = dollars(each["obligated_usd"])
            say(f"    {each['recipient_name']}: {worth} in {count(each['transaction_count'], 'transaction')}, {span}{parent}")


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
