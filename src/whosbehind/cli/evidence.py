"""Commands that bring evidence in and compute the tables."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosbehind.cli.base import DAY, FORMAT, cli, command_line, open_workspace
from whosbehind.errors import ExitStatus, Mistake

if TYPE_CHECKING:
    from whosbehind.intake import Added
    from whosbehind.records import Scope
    from whosbehind.workspace import Workspace


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default="whosbehind-demo", metavar="[DIR]")
def demo(folder: Path) -> None:
    """Show the main job on bundled facts, offline.

    Makes a workspace in DIR (whosbehind-demo) from a small extract of real transactions, and
    its site in DIR/site.
    """
    from whosbehind.demo import run_demo

    run_demo(folder)


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make DIR a workspace."""
    from whosbehind.render import say
    from whosbehind.workspace import Workspace

    Workspace.init(folder)
    say(f"{folder} is a workspace. Next: {command_line(folder, 'add', 'FILE...')}")


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--source", "source_id", help="Source whose layout the files have; recognised if left out.")
@click.option("--received", type=DAY, help="Day you received the files; today if left out.")
@click.option(
    "--scope", metavar="AGENCIES:SINCE:UNTIL", help="What the files cover completely, such as ICE,CBP:2025-10-01:2026-09-30."
)
@click.option("--ignore-column", "ignored", multiple=True, help="Column to leave out although it is not known; may be repeated.")
@click.option("--name", default="standard-input", show_default=True, help="Name to keep standard input under.")
@click.pass_obj
def add(
    folder: Path,
    files: tuple[str, ...],
    source_id: str | None,
    received: dt.date | None,
    scope: str | None,
    ignored: tuple[str, ...],
    name: str,
) -> None:
    """Keep files as evidence.

    FILE is a file, a folder, a .gz or .zip archive, or `-` for standard input.

    The layout is recognised by its content. Files are kept byte for byte, and the
    same file twice is one document.
    """
    from whosbehind.intake import AddOptions
    from whosbehind.render import progress, show_added

    workspace = open_workspace(folder)
    moment = dt.datetime.combine(received, dt.time(), dt.UTC) if received else None
    options = AddOptions(source_id, moment, _scope(workspace, scope), ignored)
    added: list[Added] = []
    try:
        with progress() as tick:
            paths = [Path(file) for file in files if file != "-"]
            if paths:
                added += workspace.add(paths, options, tick)
            if "-" in files:
                added += workspace.add_stream(sys.stdin.buffer, name, options)
    finally:
        show_added(added, command_line(folder, "build"))
    if any(each.problem for each in added):
        sys.exit(ExitStatus.MISTAKE)


def _scope(workspace: Workspace, text: str | None) -> Scope | None:
    if text is None:
        return None
    from whosbehind.records import Scope
    from whosbehind.values import parse_day

    names, *days = text.split(":")
    parsed = [parse_day(day) for day in days]
    if len(parsed) != 2 or parsed[0] is None or parsed[1] is None:
        raise Mistake(f"{text!r} is no scope.", where="--scope", next="Write it as ICE,CBP:2025-10-01:2026-09-30.")
    agencies = [workspace.atlas.find_agency(name) for name in names.split(",") if name]
    codes = sorted({code for agency in agencies for code in workspace.atlas.codes_of(agency)})
    return Scope(tuple(codes), parsed[0], parsed[1])


@cli.command()
@click.option(
    "--engine", type=click.Choice(["duckdb"]), default="duckdb", show_default=True, expose_value=False, help="What computes."
)
@click.option("--memory", metavar="SIZE", help="Memory before the engine spills to disk, such as 4GB [2GB].")
@FORMAT
@click.pass_obj
def build(folder: Path, memory: str | None, output: str) -> None:
    """Compute what is missing and account for each row."""
    from whosbehind.render import progress, show_build

    workspace = open_workspace(folder)
    with progress() as tick:
        snapshot = workspace.build(tick=tick, memory=memory)
    show_build(workspace.table("documents"), snapshot, output, command_line(folder, "figure", "ORG", "--agency", "ICE"))
