"""Commands that show everything as pages: as files for any web host, or on this machine alone."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from pathlib import Path

import click

from whosbehind.cli.base import DAY, cli, command_line, open_workspace

HOST, PORT = "127.0.0.1", 8017


@cli.command()
@click.argument("out", type=click.Path(path_type=Path, file_okay=False), metavar="OUT")
@click.option("--as-of", type=DAY, help="Day at which flows and owners are shown; today if left out.")
@click.option("--every-png", is_flag=True, help="Paint awards, timelines and maps as PNG, too; that takes far longer.")
@click.pass_obj
def publish(folder: Path, out: Path, as_of: dt.date | None, every_png: bool) -> None:
    """Write the site into the folder OUT: pages where every number opens its rows.

    The files work on any web host, from a USB stick and opened from disk. Only what changed
    is written again; a run that was stopped is completed by the next.
    """
    from whosbehind.render import progress, say
    from whosbehind.site.publish import publish_workspace

    with progress() as tick:
        done = publish_workspace(open_workspace(folder), out, as_of or _today(), tick, every_png)
    say(f"{done.written:,} files written, {done.kept:,} left as they were, {done.removed:,} removed.")
    say(f"Open it in a browser: {(out / 'index.html').resolve()}")
    say(f"or show the same pages on this machine: {command_line(folder, 'serve')}")


@cli.command()
@click.option("--host", default=HOST, show_default=True, help="Address to listen at; others can reach any but a loopback one.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port; 0 for any that is free.")
@click.option("--as-of", type=DAY, help="Day at which flows and owners are shown; today if left out.")
@click.pass_obj
def serve(folder: Path, host: str, port: int, as_of: dt.date | None) -> None:
    """Show the site on this machine, and answer OpenRefine's questions for names.

    Pages are made as they are asked for. Stop with Ctrl-C.
    """
    from whosbehind.render import progress, remark, say
    from whosbehind.server import LOOPBACK, Listening, listen

    with progress() as tick:
        server = listen(open_workspace(folder), as_of or _today(), Listening(host, port), tick)
    say(f"The site is at {server.url} and can be reconciled against at {server.url}reconcile (stop with Ctrl-C)")
    if host not in LOOPBACK:
        remark("Other machines can reach it, as this address is none of loopback.")
    with suppress(KeyboardInterrupt):
        server.run()


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
