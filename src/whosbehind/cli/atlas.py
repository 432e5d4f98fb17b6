"""Commands about systems and the data that pass between them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from whosbehind.cli.base import DAY, FORMAT, cli, open_workspace


@cli.command()
@click.argument("ends", nargs=-1, metavar="[FROM TO]")
@click.option("--from", "origin", metavar="FROM", help="Alone: everything data of this reach.")
@click.option("--to", "target", metavar="TO", help="Alone: everything whose data reach this.")
@click.option("--as-of", type=DAY, help="Day on which the flows must hold; today if left out.")
@click.option("--ever", is_flag=True, help="Use all flows, whenever they held.")
@click.option("--certain", "certain_only", is_flag=True, help="Leave out steps that are contested, alleged, doubtful or undated.")
@click.option("--up-to", "longest", type=click.IntRange(1, 12), default=6, show_default=True, help="Steps of the longest path.")
@FORMAT
@click.pass_obj
def trace(folder: Path, /, ends: tuple[str, ...], as_of: dt.date | None, ever: bool, output: str, **asked: Any) -> None:
    """Show by which documented path data of one thing reach another.

    FROM and TO are systems, agencies, offices, companies or products, by id or name.
    Reaching an agency means reaching it, an office of it or a system it operates.
    Each step shows what passes, on what authority, since when, and who says so.
    """
    from whosbehind.render import show_trace

    if len(ends) not in (0, 2) or (ends and (asked["origin"] or asked["target"])) or (ever and as_of):
        raise click.UsageError("give FROM and TO, or one of --from and --to; --ever and --as-of exclude each other.")
    if ends:
        asked["origin"], asked["target"] = ends
    day = None if ever else as_of or dt.datetime.now(dt.UTC).date()
    show_trace(open_workspace(folder).trace(as_of=day, **asked), output)


@cli.command()
@click.argument("thing", metavar="ID")
@click.option("--as-of", type=DAY, help="Day on which the flows are shown; today if left out.")
@click.option("--since", type=DAY, help="With --until: only what began or ended between the two days.")
@click.option("--until", type=DAY, help="Last day of the comparison; today if left out.")
@FORMAT
@click.pass_obj
def flows(folder: Path, thing: str, as_of: dt.date | None, since: dt.date | None, until: dt.date | None, output: str) -> None:
    """Show the data that flow into and out of a system, agency or company.

    With --since, show instead which of these flows began or ended since that day.
    """
    from whosbehind.render import show_changes, show_flows

    if as_of and (since or until):
        raise click.UsageError("--as-of shows one day; --since and --until compare two.")
    today = dt.datetime.now(dt.UTC).date()
    workspace = open_workspace(folder)
    if since or until:
        if since is None:
            raise click.UsageError("a comparison needs its first day: --since.")
        show_changes(workspace.flow_changes(thing, since, until or today), output)
    else:
        show_flows(workspace.flows(thing, as_of or today), output)


@cli.command()
@click.argument("name", metavar="ID")
@click.option("--as-of", type=DAY, help="Day on which flows are shown; today if left out.")
@FORMAT
@click.pass_obj
def system(folder: Path, name: str, as_of: dt.date | None, output: str) -> None:
    """Show everything known about a system: who runs, builds, hosts and pays for it, and its data.

    ID is its id, acronym or name.
    """
    _show_profile(folder, "system", name, as_of, output)


@cli.command()
@click.argument("name", metavar="ID")
@click.option("--as-of", type=DAY, help="Day on which flows are shown; today if left out.")
@FORMAT
@click.pass_obj
def organisation(folder: Path, name: str, as_of: dt.date | None, output: str) -> None:
    """Show everything known about a company: owners, products, systems, money, claims and data.

    ID is its id, name or alias.
    """
    _show_profile(folder, "organisation", name, as_of, output)


@cli.command()
@click.argument("name", metavar="ID")
@click.option("--as-of", type=DAY, help="Day on which flows are shown; today if left out.")
@FORMAT
@click.pass_obj
def agency(folder: Path, name: str, as_of: dt.date | None, output: str) -> None:
    """Show everything known about an agency: its systems, its largest companies and its data.

    ID is its abbreviation, code, id or name.
    """
    _show_profile(folder, "agency", name, as_of, output)


def _show_profile(folder: Path, kind: str, name: str, as_of: dt.date | None, output: str) -> None:
    from whosbehind.render import show_profile

    day = as_of or dt.datetime.now(dt.UTC).date()
    show_profile(open_workspace(folder).profile(kind, name, day), output)
