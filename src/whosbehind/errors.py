"""What can go wrong, said so that a person can mend it."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """What the command line tells the shell."""

    ANSWERED = 0
    BAD_NEWS = 1
    MISTAKE = 2
    FAULT = 3


class WhosbehindError(Exception):
    """The root of all errors this package raises on purpose.

    `what` went wrong, `where` it was found, and what to do `next`. The message
    a user sees is one line made of these three.
    """

    exit_status = ExitStatus.FAULT

    def __init__(self, what: str, *, where: str | None = None, next: str | None = None) -> None:
        self.what = what
        self.where = where
        self.next = next
        super().__init__(self.line())

    def line(self) -> str:
        """The whole message on one line: where, what, what next."""
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.next}" if self.next else ""
        return f"{place}{self.what}{advice}"


class Mistake(WhosbehindError):
    """The input or the command cannot be used as it is; the user can mend it."""

    exit_status = ExitStatus.MISTAKE


class Fault(WhosbehindError):
    """Something outside the user's input failed: a full disk, a locked file."""

    exit_status = ExitStatus.FAULT
