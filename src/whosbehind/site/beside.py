"""Work in processes beside this one, where the system can branch off a process that knows all this one knows."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

from whosbehind.errors import Fault

T = TypeVar("T")
# Elsewhere a process would have to be told everything anew, which takes longer than it saves.
CAN_BRANCH = sys.platform == "linux"
PROCESSES = min(4, os.cpu_count() or 1) if CAN_BRANCH else 1


@contextmanager
def beside(jobs: Sequence[Callable[[], T]]) -> Iterator[Callable[[], list[T]]]:
    """Begin jobs in processes of their own; what is given waits for their answers, in the order of the jobs.

    The processes end with the block, whatever becomes of it, and when this process is gone.
    Raises what a job raised, Fault if one ended without an answer.
    """
    gc.freeze()  # what is known by now stays, and looking for rubbish in it would make a copy of it for each process
    begun = [_begun(job) for job in jobs]
    try:
        yield lambda: [_answer(own) for _, own in begun]
    finally:
        gc.unfreeze()
        for process, own in begun:
            process.terminate()
            process.join()
            own.close()


def _begun(job: Callable[[], T]) -> tuple[multiprocessing.process.BaseProcess, Connection]:
    own, other = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_do, args=(job, other, os.getpid()), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads of libraries that the jobs do not call
        process.start()
    other.close()
    return process, own


def _do(job: Callable[[], T], answers: Connection, parent: int) -> None:
    """Do a job and send its answer; Ctrl-C is the first process's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with(parent)
    try:
        answers.send((job(), None))
    except Exception as error:  # noqa: BLE001 - raised again by the process that waits
        answers.send((None, error))


def _end_with(parent: int) -> None:
    """Have the system end this process when the one that began it is gone, even killed."""
    import ctypes

    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _answer(own: Connection) -> T:  # type: ignore[type-var]
    try:
        answer, error = own.recv()
    except EOFError as gone:
        raise Fault("a process that was writing pages ended early.", next="Run the command again; it goes on.") from gone
    if error is not None:
        raise error
    return answer  # type: ignore[no-any-return]
