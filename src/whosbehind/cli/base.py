"""The command group and what all commands share."""

from __future__ import annotations

import datetime as dt
import difflib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from whosbehind.workspace import Workspace

FORMAT = click.option(
    "--format",
    "output",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the answer is written.",
)


class Commands(click.Group):
    """Commands in the order of the work, with a suggestion where one is mistyped."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which they were defined."""
        del ctx
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; offer the nearest name where there is none."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.commands, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise click.UsageError(f"there is no command {args[0]!r}.{hint} List them with: whosbehind --help", ctx)
        return super().resolve_command(ctx, args)


class Day(click.ParamType):  # type: ignore[type-arg,unused-ignore]
    """A day as 2024-03-01."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """An ISO date, or a message that says how one is written."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day. Write it as 2024-03-01.", param, ctx)


DAY = Day()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-w",
    "--workspace",
    "folder",
    type=click.Path(path_type=Path),
    envvar="WHOSBEHIND_WORKSPACE",
    default=".",
    help="Workspace folder [.]",
)
@click.version_option(package_name="whosbehind", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, folder: Path) -> None:
    """Who is behind a government's surveillance and enforcement technology, from the public record.

    Bring in procurement records, keep them as evidence, and see what an agency
    obligated to a company, directly and through resellers, with the rows behind
    each number. Begin with: whosbehind demo
    """
    ctx.obj = folder


def open_workspace(folder: Path) -> Workspace:
    """The workspace in a folder."""
    from whosbehind.workspace import Workspace

    return Workspace(folder)


def command_line(folder: Path, *words: str) -> str:
    """A command for the same workspace, as one would type it."""
    where = [] if str(folder) == "." else ["-w", str(folder)]
    return " ".join(["whosbehind", *map(shlex.quote, where), *words])
