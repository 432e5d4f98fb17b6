"""Commands on vendors: resolving names, and judging which names are one."""

from __future__ import annotations

import csv
import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whosbehind.cli.base import DAY, FORMAT, cli, command_line, open_workspace
from whosbehind.errors import Mistake

if TYPE_CHECKING:
    from whosbehind.workspace import Workspace

RESOLVED = ("vendor_id", "family_id", "basis", "score", "because")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.csv")
@click.option("--column", required=True, metavar="NAME", help="Column that holds the names.")
@click.option("--as-of", type=DAY, help="Day at which families hold; today if left out.")
@FORMAT
@click.pass_obj
def resolve(folder: Path, file: Path, column: str, as_of: dt.date | None, output: str) -> None:
    """Say which vendor and family each name of your own list is.

    Every row comes back with its own columns and vendor_id, family_id, basis, score and
    because. A name that no document states keeps an id of its own.
    """
    from whosbehind.render import show_resolved

    rows, columns = _names(file, column)
    found = open_workspace(folder).resolve([row[column] for row in rows], as_of)
    show_resolved(columns, rows, found, output)


def _names(file: Path, column: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows and columns of a CSV file of names.

    Raises Mistake if it is not UTF-8, lacks the column or rows, or if a cell would be lost.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            columns = list(reader.fieldnames or [])
            rows = [_row(row, columns, f"{file}, line {reader.line_num}") for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise Mistake(f"this is no CSV file in UTF-8: {error}.", where=str(file), next="Save it as CSV (UTF-8).") from error
    _check_header(file, columns, column)
    if not rows:
        raise Mistake("there is no row below the header.", where=str(file), next="Give one name a row.")
    return rows, columns


def _check_header(file: Path, columns: Sequence[str], column: str) -> None:
    if column not in columns:
        raise Mistake(f"there is no column {column!r}.", where=str(file), next=f"It has: {', '.join(columns) or 'no header'}.")
    for name in columns:
        if name in RESOLVED:
            raise Mistake(f"the column {name!r} is one that this command adds.", where=str(file), next="Rename it.")
        if name and columns.count(name) > 1:
            raise Mistake(f"the column {name!r} stands twice in the header.", where=str(file), next="Rename one.")


def _row(row: Mapping[str | None, Any], columns: Sequence[str], where: str) -> dict[str, str]:
    if any(row.get(None, ())):
        raise Mistake("this row has more cells than the header.", where=where, next="Quote cells that hold a comma.")
    return {name: row.get(name) or "" for name in columns}


@cli.command()
@click.option("--author", metavar="NAME", envvar="WHOSBEHIND_AUTHOR", help="Who judges; kept with each judgement.")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many pairs.")
@FORMAT
@click.pass_obj
def review(folder: Path, author: str | None, limit: int | None, output: str) -> None:
    """Walk the pairs of vendors that may be one, most money first.

    Each pair is shown with the reason to look at it; answer y (one entity), n (two), u (unsure),
    s (skip) or q (stop). Answers go to content/judgements.yaml of the workspace, for review in
    Git; the next build follows them. A later judgement on the same pair undoes an earlier one.
    With --format json or csv the queue is only listed.
    """
    from whosbehind.render import say, show_rows
    from whosbehind.tables import REVIEW

    workspace = open_workspace(folder)
    queue = sorted(_waiting(workspace), key=lambda row: (-row["obligated_usd"], row["left_name"], row["right_name"]))
    if output != "table":
        show_rows(dict.fromkeys(REVIEW.names(), ""), queue[:limit], output)
        return
    if not queue:
        say("No pair waits for a judgement.")
        return
    who = author or os.environ.get("USER") or ""
    if not who.strip():
        raise Mistake("a judgement needs an author.", next="Say who judges with --author NAME.")
    made = _walk(workspace, queue[:limit], who)
    say(f"{made} recorded. The next build follows them: {command_line(folder, 'build')}" if made else "Nothing recorded.")


def _waiting(workspace: Workspace) -> list[dict[str, Any]]:
    """The review queue of the last build without what was judged since."""
    judged = {frozenset((each.left, each.right)) for each in workspace.atlas.judgements}
    return [row for row in workspace.table("review") if frozenset((row["left_vendor_id"], row["right_vendor_id"])) not in judged]


def _walk(workspace: Workspace, queue: list[dict[str, Any]], author: str) -> int:
    """Ask about each pair until the queue ends or the person stops; returns how many judgements were recorded."""
    from whosbehind.render import show_pair
    from whosbehind.values import Verdict

    answers = {"y": Verdict.POSITIVE, "n": Verdict.NEGATIVE, "u": Verdict.UNSURE}
    made = 0
    for place, pair in enumerate(queue, 1):
        show_pair(pair, workspace.pair(pair), place, len(queue))
        key = click.prompt("one entity? y/n/u, s to skip, q to stop", type=click.Choice([*answers, "s", "q"]), show_choices=False)
        if key == "q":
            break
        if key in answers:
            reason = click.prompt("why (one line)", default=pair["reason"]).strip() or pair["reason"]
            workspace.judge(pair["left_vendor_id"], pair["right_vendor_id"], answers[key], author, reason)
            made += 1
    return made
