"""Figures, their reasons, and what nothing explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from whosbehind.figures import ROW_COLUMNS
from whosbehind.render.terminal import console, say, show_csv, show_json, show_table
from whosbehind.values import count, dollars, usd

if TYPE_CHECKING:
    from whosbehind.figures import Explained, Figure, Unexplained

ROWS_SHOWN = 25


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
