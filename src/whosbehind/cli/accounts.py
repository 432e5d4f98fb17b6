"""Commands that account for what is held: documents, rejects, verification, exports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from whosbehind.cli.base import FORMAT, cli, open_workspace
from whosbehind.errors import ExitStatus

if TYPE_CHECKING:
    from whosbehind.evidence import Flaw


@cli.command()
@FORMAT
@click.pass_obj
def documents(folder: Path, output: str) -> None:
    """List the documents and what became of their rows."""
    from whosbehind.render import show_rows

    listed = sorted(open_workspace(folder).table("documents"), key=lambda each: (each["received_date"], each["file_name"]))
    columns = {
        "file_name": "document",
        "received_date": "received",
        "source_id": "source",
        "status": "status",
        "row_count": "rows",
        "taken_count": "taken",
    }
    show_rows(columns | ({"problem": "problem"} if any(each["problem"] for each in listed) else {}), listed, output)


@cli.command()
@click.argument("file_name", required=False, metavar="[FILE]")
@FORMAT
@click.pass_obj
def rejects(folder: Path, file_name: str | None, output: str) -> None:
    """List what could not be read, with the reason."""
    from whosbehind.render import show_rows

    listed = [
        each for each in open_workspace(folder).table("rejects") if file_name in (None, each["file_name"], each["document_id"])
    ]
    columns = {
        "file_name": "document",
        "row": "row",
        "column_name": "column",
        "value": "value",
        "reason": "reason",
        "is_row_lost": "row lost",
    }
    show_rows(columns, listed, output)


@cli.command()
@FORMAT
@click.pass_obj
def verify(folder: Path, output: str) -> None:
    """Hash everything again; name what is damaged."""
    from whosbehind.render import progress, remark, say, show_csv, show_json

    workspace = open_workspace(folder)
    with progress() as tick:
        findings: list[Flaw] = list(workspace.verify(tick))
    damaged = [each for each in findings if each.is_damage]
    entries = [{"path": str(each.path), "what": each.what, "is_damage": each.is_damage} for each in findings]
    if output == "json":
        show_json({"documents": len(workspace.receipts()) if not damaged else None, "findings": entries})
    elif output == "csv":
        show_csv(["path", "what", "is_damage"], entries)
    else:
        for each in findings:
            remark(f"{'damaged' if each.is_damage else 'note'}: {each.path}: {each.what}.")
        if not damaged:
            say(f"{len(workspace.receipts())} documents and all tables are as they were written.")
    if damaged:
        sys.exit(ExitStatus.BAD_NEWS)


@cli.command()
@click.argument("name")
@click.option("-o", "--output", "target", type=click.Path(path_type=Path), required=True, help="File to write: .csv or .parquet.")
@click.pass_obj
def export(folder: Path, name: str, target: Path) -> None:
    """Write a table as CSV or Parquet.

    NAME is transactions, attributions, organisations, awards, or any other table of the data dictionary.
    """
    from whosbehind.render import say
    from whosbehind.values import count

    written = open_workspace(folder).export(name, target)
    say(f"{count(written, 'row')} in {target}.")
