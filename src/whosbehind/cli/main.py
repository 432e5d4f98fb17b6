"""Running the command line, and leaving it with one line and an exit status."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from whosbehind.cli.base import cli
from whosbehind.errors import ExitStatus, WhosbehindError


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
