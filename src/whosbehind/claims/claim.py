"""A claim and its parts, as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from whosbehind.figures import Question
from whosbehind.records import Correction
from whosbehind.values import ClaimVerdict, Grade, LooseDay, Measure


@dataclass(frozen=True)
class Appeared:
    """Where a statement stood; `date` as coarse as it is known."""

    publisher: str
    title: str | None = None
    date: str | None = None
    url: str | None = None
    grade: Grade | None = None
    read: str | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The last day on which it can have been published, where the day or month is known."""
        return LooseDay(self.date).last if self.date and len(self.date) > len("2024") else None


@dataclass(frozen=True)
class Published:
    """The published number: its relation (at_least, about, exactly, at_most), and the unit it was rounded to."""

    relation: str
    value: Decimal
    precision: Decimal


@dataclass(frozen=True)
class Check:
    """How a claim is computed: what is counted, and of what."""

    measure: Measure
    question: Question
    on: dt.date | None = None
    fact: str | None = None
    company: str | None = None
    concept: str | None = None
    segment: str | None = None
    numerator: Check | None = None
    denominator: Check | None = None


@dataclass(frozen=True)
class Documented:
    """A finding that rests on documents."""

    verdict: ClaimVerdict
    reason: str
    true_instead: str | None
    needed: str | None
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """What the publisher or the company answered."""

    who: str
    date: str | None
    statement: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """Who answers for a finding."""

    by: str
    date: dt.date


@dataclass(frozen=True)
class Claim:
    """A statement somebody published; a copy bears the id of its original and a number."""

    id: str
    statement: str
    wording: str
    appeared: Appeared
    check: Check | None
    published: Published | None
    copies: tuple[Claim, ...] = ()
    documented: Documented | None = None
    reply: Reply | None = None
    corrections: tuple[Correction, ...] = ()
    signed: Signature | None = None
