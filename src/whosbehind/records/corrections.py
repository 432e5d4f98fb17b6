"""Corrections: what an entry of the content said otherwise before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """What was corrected in an entry, when and why."""

    date: dt.date
    what: str
    reason: str

    def as_json(self) -> dict[str, str]:
        """The correction for a machine."""
        return {"date": self.date.isoformat(), "what": self.what, "reason": self.reason}


@dataclass(frozen=True)
class Corrected:
    """A correction with the entry that logs it: its kind, id and name, and the correction's number there, from 1."""

    kind: str
    id: str
    name: str
    number: int
    correction: Correction

    @property
    def order(self) -> tuple[int, str, str, int]:
        """Newest first."""
        return -self.correction.date.toordinal(), self.kind, self.id, -self.number

    def as_json(self) -> dict[str, str]:
        """The correction for a machine, with the entry that logs it."""
        return {"kind": self.kind, "id": self.id, "name": self.name, **self.correction.as_json()}
