"""Commands that answer: figures, their reasons, and what nothing explains."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from pathlib import Path
from typing import Any

import click

from whosbehind.cli.base import DAY, FORMAT, cli, command_line, open_workspace


@cli.command()
@click.argument("organisations", nargs=-1, metavar="[ORG]...")
@click.option("--agency", "agencies", multiple=True, metavar="A", help="Agency by abbreviation, code or name; may be repeated.")
@click.option("--since", type=DAY, help="First day of the window.")
@click.option("--until", type=DAY, help="Last day of the window.")
@click.option(
    "--route",
    type=click.Choice(["any", "direct", "reseller"]),
    default="any",
    show_default=True,
    help="How the money reaches the organisation.",
)
@click.option(
    "--by",
    metavar="COL,...",
    help="Break down by fiscal_year, year, month, agency, route, recipient, organisation, office, psc, award.",
)
@click.option("--award", metavar="A", help="Only this award (PIID or generated key).")
@click.option("--recipient", metavar="R", help="Only recipients whose name holds these words, or one vendor by id.")
@click.option("--office", metavar="O", help="Only this office (code, or words of its name).")
@click.option("--psc", metavar="P", help="Only this product or service code (or its beginning, or words of its description).")
@click.option("--words", metavar="W", help="Only descriptions with these words.")
@click.option("--system", metavar="S", help="Only awards and actions known to be for this government system.")
@click.option("--product", metavar="P", help="Only actions that name this product as supplied.")
@click.option("--rows", "with_rows", is_flag=True, help="Show the transactions behind the number.")
@click.option("--inherited", is_flag=True, help="Also count actions that name nothing for what their award named first.")
@click.option("--positive-only", is_flag=True, help="Leave de-obligations out; by default they are netted.")
@click.option("--names-only", is_flag=True, help="Count what names the organisation itself, not its products.")
@click.option("--funding", "is_funding", is_flag=True, help="Ask for the agencies that pay, not those that sign.")
@click.option("--as-of", type=DAY, help="Day at which owners hold; each action's own day if left out.")
@click.option("--known", type=DAY, help="Use only the evidence received by this day.")
@FORMAT
@click.pass_obj
def figure(folder: Path, /, output: str, with_rows: bool, by: str | None, route: str, **asked: Any) -> None:
    """What was obligated, with the rows behind it.

    ORG is an organisation by id, name or alias, or a recipient by name. Several
    are counted as a set: a transaction that names two counts once. Without ORG,
    all obligations of the agencies are summed.
    """
    from whosbehind.figures import Question
    from whosbehind.render import remark, show_figure
    from whosbehind.values import Route

    workspace = open_workspace(folder)
    columns = tuple(name.strip() for name in by.split(",") if name.strip()) if by else ()
    question = Question(by=columns, route=None if route == "any" else Route(route), **asked)
    if question.known is None and workspace.current() is not None and workspace.is_stale():
        remark(
            f"Documents or content changed since the last build; this answers from before. Run: {command_line(folder, 'build')}"
        )
    answer = workspace.figure(question)
    show_figure(answer, output, with_rows, _rows_command(folder))


def _rows_command(folder: Path) -> str:
    """The command that was typed, with --rows and without a format."""
    typed = sys.argv[1:]
    kept, skip = [], False
    for word in typed:
        if skip or word == "--rows" or word.startswith("--format="):
            skip = False
            continue
        if word == "--format":
            skip = True
            continue
        kept.append(word)
    if "figure" not in kept:
        return command_line(folder, "figure", "--rows")
    return shlex.join(["whosbehind", *kept, "--rows"])


@cli.command()
@click.argument("award", metavar="AWARD")
@click.argument("modification", required=False, metavar="[MOD]")
@FORMAT
@click.pass_obj
def explain(folder: Path, award: str, modification: str | None, output: str) -> None:
    """Say why each company named in an action is counted, or not.

    AWARD is a PIID or generated key; MOD a modification number (0 is the base award).
    """
    from whosbehind.render import show_explained

    show_explained(open_workspace(folder).explain(award, modification), output)


@cli.command()
@click.option("--agency", "agencies", multiple=True, metavar="A", help="Agency by abbreviation, code or name; may be repeated.")
@click.option("--since", type=DAY, help="First day of the window.")
@click.option("--until", type=DAY, help="Last day of the window.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=30, show_default=True, help="Lines in the table; json and csv have all."
)
@FORMAT
@click.pass_obj
def unexplained(
    folder: Path, agencies: tuple[str, ...], since: dt.date | None, until: dt.date | None, limit: int, output: str
) -> None:
    """Show the technology money that no known company explains.

    By recipient and kind of product, largest first: the map of what is not known yet.
    """
    from whosbehind.figures import Question
    from whosbehind.render import show_unexplained

    question = Question(agencies=agencies, since=since, until=until)
    show_unexplained(open_workspace(folder).unexplained(question), limit, output)
