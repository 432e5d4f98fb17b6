"""Running the command line: as a process of its own, or in this one where only the answer matters."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from whosbehind.cli import main


def run(
    *words: str, folder: Path | None = None, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it: a process of its own."""
    command = [sys.executable, "-m", "whosbehind", *_words(folder, words)]
    done = subprocess.run(
        command, input=stdin, capture_output=True, env={**os.environ, "COLUMNS": "100", **environment}, check=False, timeout=120
    )
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())


def run_here(
    *words: str, folder: Path | None = None, stdin: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same command in this process: the same words, output and exit status, without the start of another Python."""
    command = ["whosbehind", *_words(folder, words)]
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin or b""), "utf-8")
    with (
        patch.object(sys, "argv", command),
        patch.object(sys, "stdin", given),
        patch.object(sys, "excepthook", sys.excepthook),
        patch.dict(os.environ, {"COLUMNS": "100", **environment}),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        status = _status()
    return subprocess.CompletedProcess(command, status, out.getvalue(), err.getvalue())


def _words(folder: Path | None, words: tuple[str, ...]) -> list[str]:
    return [*(["-w", str(folder)] if folder else []), *words]


def _status() -> int:
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0
