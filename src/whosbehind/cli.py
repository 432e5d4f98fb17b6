"""The command line: reads arguments, calls the API, renders what it answers."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from whosbehind.errors import ExitStatus, Mistake, WhosbehindError

if TYPE_CHECKING:
    from whosbehind.evidence import Finding
    from whosbehind.intake import Added
    from whosbehind.records import Scope
    from whosbehind.workspace import Workspace

_FORMAT = click.option(
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


@cli.command()
@click.argument("folder", type=click.Path(path_type=Path), default="whosbehind-demo", metavar="[DIR]")
def demo(folder: Path) -> None:
    """Show the main job on bundled facts, offline.

    Makes a workspace in DIR (whosbehind-demo) from a small extract of real transactions.
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
    say(f"{folder} is a workspace. Next: {_command(folder, 'add', 'FILE...')}")


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

    workspace = _open(folder)
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
        show_added(added, _command(folder, "build"))
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
@_FORMAT
@click.pass_obj
def build(folder: Path, memory: str | None, output: str) -> None:
    """Compute what is missing and account for each row."""
    from whosbehind.render import progress, show_build

    workspace = _open(folder)
    with progress() as tick:
        snapshot = workspace.build(tick=tick, memory=memory)
    show_build(workspace.table("documents"), snapshot, output, _command(folder, "figure", "ORG", "--agency", "ICE"))


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
@click.option("--recipient", metavar="R", help="Only recipients whose name holds these words.")
@click.option("--office", metavar="O", help="Only this office (code, or words of its name).")
@click.option("--psc", metavar="P", help="Only this product or service code (or its beginning, or words of its description).")
@click.option("--words", metavar="W", help="Only descriptions with these words.")
@click.option("--rows", "with_rows", is_flag=True, help="Show the transactions behind the number.")
@click.option("--as-of", type=DAY, help="Day at which owners hold; each action's own day if left out.")
@click.option("--known", type=DAY, help="Use only the evidence received by this day.")
@_FORMAT
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

    workspace = _open(folder)
    columns = tuple(name.strip() for name in by.split(",") if name.strip()) if by else ()
    question = Question(by=columns, route=None if route == "any" else Route(route), **asked)
    if question.known is None and workspace.current() is not None and workspace.is_stale():
        remark(f"Documents or content changed since the last build; this answers from before. Run: {_command(folder, 'build')}")
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
        return _command(folder, "figure", "--rows")
    return shlex.join(["whosbehind", *kept, "--rows"])


@cli.command()
@_FORMAT
@click.pass_obj
def documents(folder: Path, output: str) -> None:
    """List the documents and what became of their rows."""
    from whosbehind.render import show_rows

    listed = sorted(_open(folder).table("documents"), key=lambda each: (each["received_date"], each["file_name"]))
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
@_FORMAT
@click.pass_obj
def rejects(folder: Path, file_name: str | None, output: str) -> None:
    """List what could not be read, with the reason."""
    from whosbehind.render import show_rows

    listed = [each for each in _open(folder).table("rejects") if file_name in (None, each["file_name"], each["document_id"])]
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
@_FORMAT
@click.pass_obj
def verify(folder: Path, output: str) -> None:
    """Hash everything again; name what is damaged."""
    from whosbehind.render import progress, remark, say, show_csv, show_json

    workspace = _open(folder)
    with progress() as tick:
        findings: list[Finding] = list(workspace.verify(tick))
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

    written = _open(folder).export(name, target)
    say(f"{count(written, 'row')} in {target}.")


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
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script for completion in your shell.

    For bash, put into ~/.bashrc: eval "$(whosbehind completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "whosbehind", "_WHOSBEHIND_COMPLETE").source())


def _open(folder: Path) -> Workspace:
    from whosbehind.workspace import Workspace

    return Workspace(folder)


def _command(folder: Path, *words: str) -> str:
    where = [] if str(folder) == "." else ["-w", str(folder)]
    return " ".join(["whosbehind", *map(shlex.quote, where), *words])


def _unforeseen(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """One line for what nobody foresaw, and the status that says it is our fault."""
    if os.environ.get("WHOSBEHIND_TRACEBACK"):
        sys.__excepthook__(kind, error, trace)
    else:
        text = " ".join(str(error).split())[:300]
        sys.stderr.write(f"error: unexpected {kind.__name__}: {text} This is our fault; WHOSBEHIND_TRACEBACK=1 shows where.\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(ExitStatus.FAULT)


def _usage_line(error: click.ClickException) -> str:
    """What click found wrong as one line, with the command whose help says more."""
    said = " ".join(error.format_message().split())
    command = getattr(getattr(error, "ctx", None), "command_path", None)
    is_told = "whosbehind" in said or command is None
    return said if is_told else f"{said} See: {command} --help"


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.excepthook = _unforeseen
    try:
        status = cli.main(prog_name="whosbehind", standalone_mode=False)
    except WhosbehindError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_status)
    except click.ClickException as error:
        sys.stderr.write(f"error: {_usage_line(error)}\n")
        sys.exit(ExitStatus.MISTAKE)
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("\nstopped. Nothing is lost; run the command again to go on.\n")
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.ANSWERED)
    sys.exit(status if isinstance(status, int) else ExitStatus.ANSWERED)
