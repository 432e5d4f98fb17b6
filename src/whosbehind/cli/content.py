"""Commands for people who write content: checking it, seeing what it changes, and scoring it against labels."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from whosbehind.cli.base import DAY, FORMAT, cli, open_workspace
from whosbehind.errors import ExitStatus, Mistake


@cli.command()
@click.pass_obj
def content(folder: Path) -> None:
    """Check the content files, bundled and your own."""
    from whosbehind.atlas import content_files, load_atlas
    from whosbehind.paths import Paths
    from whosbehind.render import say

    files = content_files(Paths(folder).content)
    atlas = load_atlas(files)
    own = sum(not file.is_bundled for file in files)
    aliases = sum(1 for _ in atlas.aliases())
    held = f"{len(atlas.organisations)} organisations with {aliases} aliases, {len(atlas.agencies)} agencies"
    say(f"{held}, {len(atlas.sources)} sources.")
    say(f"{len(files)} files, {own} of them this workspace's own. All entries can be used.")


@cli.command()
@FORMAT
@click.pass_obj
def corrections(folder: Path, output: str) -> None:
    """Show what was corrected in facts and findings, when and why, newest first."""
    from whosbehind.render import show_corrections

    show_corrections(open_workspace(folder).corrections(), output)


@cli.command()
@FORMAT
@click.pass_obj
def impact(folder: Path, output: str) -> None:
    """Show what your changes to the content would change.

    Compares the last build with the content as it stands now: for each company the money and the
    transactions before and after, and the largest that come or go. Nothing changes until you build.
    """
    from whosbehind.render import progress, show_impact

    workspace = open_workspace(folder)
    with progress() as tick:
        changes = workspace.impact(tick)
    show_impact(changes, output)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="LABELS")
@click.option("--as-of", type=DAY, help="Day at which families hold, for labelled pairs; today if left out.")
@click.option("--at-least", "bar", metavar="P,R", help="Leave with status 1 if precision or recall is below, such as 0.98,0.95.")
@FORMAT
@click.pass_obj
def score(folder: Path, file: Path, as_of: dt.date | None, bar: str | None, output: str) -> None:
    """Compare the judgements with labels people made.

    Every difference is listed. LABELS is a .jsonl file of labelled transactions, or a .csv file of pairs of names with
    same_entity and same_family (or is_match). Pairs are resolved with the evidence of the
    workspace, if there is one.
    """
    from whosbehind.render import show_scores
    from whosbehind.scoring import score_file

    scores = score_file(folder, file, as_of)
    show_scores(scores, output)
    if bar and any(not each.reaches(*_bar(bar)) for each in scores[:1]):
        sys.exit(ExitStatus.BAD_NEWS)


def _bar(text: str) -> tuple[float, float]:
    try:
        precision, recall = (float(part) for part in text.split(","))
    except ValueError as error:
        raise Mistake(f"{text!r} is no bar.", where="--at-least", next="Write it as 0.98,0.95.") from error
    return precision, recall


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script for completion in your shell.

    For bash, put into ~/.bashrc: eval "$(whosbehind completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "whosbehind", "_WHOSBEHIND_COMPLETE").source())
