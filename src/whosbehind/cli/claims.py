"""The command that checks published claims."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from whosbehind.cli.base import cli, open_workspace
from whosbehind.errors import ExitStatus


@cli.command()
@click.argument("claims", nargs=-1, metavar="[CLAIM]...")
@click.option("--file", type=click.Path(path_type=Path), help="Check the claims of this YAML file instead of the content's.")
@click.option("--rows", "with_rows", is_flag=True, help="With the rows behind each figure, in json and markdown.")
@click.option(
    "--findings",
    "kept",
    type=click.Path(path_type=Path),
    help="File of findings: written if it is not there, else compared with; status 1 if a finding changed.",
)
@click.option("--accept", is_flag=True, help="With --findings: write the findings as they are now.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv", "markdown", "claimreview"]),
    default="table",
    show_default=True,
    help="How the findings are written: markdown is a fact-check sheet, claimreview JSON-LD for web pages.",
)
@click.pass_obj
def check(
    folder: Path, claims: tuple[str, ...], file: Path | None, with_rows: bool, kept: Path | None, accept: bool, output: str
) -> None:
    """Check published claims against the evidence.

    Each claim is computed as it is stated, then under the readings next to it:
    other windows, agencies, routes, units. The verdict is supported, contradicted,
    garbled (false as stated, true under another reading, which is named) or not
    testable; without evidence over the whole window there is no other verdict.
    CLAIM is a claim's id; without one, all claims are checked.
    """
    from whosbehind.claims import changed_findings, read_findings, write_findings
    from whosbehind.render import progress, show_changed_findings, show_findings

    workspace = open_workspace(folder)
    before = read_findings(kept) if kept and kept.exists() and not accept else None
    with progress() as tick:
        findings = workspace.check(claims, file, tick)
    show_findings(findings, output, with_rows, workspace.atlas.sources)
    if kept and before is None:
        write_findings(kept, findings)
    changes = changed_findings(before, findings) if before is not None else []
    show_changed_findings(changes)
    if changes:
        sys.exit(ExitStatus.BAD_NEWS)
