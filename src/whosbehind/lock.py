"""Only one process writes to a workspace; what an interrupted one left half-done is removed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from whosbehind.errors import Fault
from whosbehind.evidence.store import disk_fault
from whosbehind.paths import Paths


@contextmanager
def writing(paths: Paths) -> Iterator[None]:
    """Hold the workspace's lock; others wait up to ten minutes.

    Raises Fault if they wait in vain, or if the disk is full or not writable.
    """
    try:
        with FileLock(str(paths.lock), timeout=600):
            _sweep(paths)
            yield
    except Timeout as error:
        raise Fault(
            "another process has been writing for ten minutes.", where=str(paths.root), next="Try again later."
        ) from error
    except OSError as error:
        raise disk_fault(error, paths.root) from error


def _sweep(paths: Paths) -> None:
    """Remove what interrupted runs left: staging files, and the spill of processes that are gone."""
    shutil.rmtree(paths.staging, ignore_errors=True)
    for folder in paths.spills.glob("*"):
        if not _is_running(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
