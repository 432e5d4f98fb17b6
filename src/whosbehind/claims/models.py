"""What people may write about a published claim, checked strictly."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from whosbehind.atlas.models import Id, LoggedEntry, LooseDate, SourceIds, Strict, Text
from whosbehind.atlas.system_models import Sure
from whosbehind.values import ClaimVerdict, Grade, LooseDay, Measure

ClaimId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([_-][a-z0-9]+)*$")]
Names = tuple[Text, ...]


def _number(value: object) -> object:
    if isinstance(value, bool):
        raise ValueError("write a number")  # noqa: TRY004
    return str(value) if isinstance(value, float) else value


def _real_date(text: str | None) -> str | None:
    if text is not None:
        _within_reach(LooseDay(text).last)
    return text


def _within_reach(day: dt.date) -> dt.date:
    """Days of which records can speak; a year such as 9999 is a placeholder, and an open end is left out."""
    if not 1900 <= day.year <= 2100:
        raise ValueError(f"{day} is no day of which records speak; leave an open end out")
    return day


Day = Annotated[dt.date, AfterValidator(_within_reach)]
RealDate = Annotated[LooseDate, AfterValidator(_real_date)]
Wording = Literal["quoted", "paraphrased"]
Number = Annotated[Decimal, BeforeValidator(_number), Field(allow_inf_nan=False, max_digits=24, decimal_places=9)]


class AppearedEntry(Strict):
    """Where a claim stood."""

    publisher: Text
    title: Text | None = None
    date: RealDate = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    grade: Grade | None = None
    read: Literal["full", "excerpt", "not_read"] | None = None


class PublishedEntry(Strict):
    """The published number with its relation; `precision` is the unit it was rounded to."""

    at_least: Number | None = None
    about: Number | None = None
    exactly: Number | None = None
    at_most: Number | None = None
    precision: Annotated[Number | None, Field(gt=0)] = None

    @model_validator(mode="after")
    def _one_relation(self) -> PublishedEntry:
        given = [name for name in ("at_least", "about", "exactly", "at_most") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give one of at_least, about, exactly, at_most")
        return self


class CheckEntry(Strict):
    """How a claim is computed."""

    measure: Measure
    organisations: Names = ()
    agencies: Names = ()
    since: Day | None = None
    until: Day | None = None
    route: Literal["any", "direct", "reseller"] = "any"
    award: Text | None = None
    recipient: Text | None = None
    office: Text | None = None
    psc: Text | None = None
    words: Text | None = None
    system: Id | None = None
    product: Id | None = None
    positive_only: bool = False
    names_only: bool = False
    is_funding: Annotated[bool, Field(alias="funding")] = False
    as_of: Day | None = None
    on: Day | None = None
    fact: Id | None = None
    company: Text | None = None
    concept: Text | None = None
    segment: Text | None = None
    numerator: CheckEntry | None = None
    denominator: CheckEntry | None = None

    @model_validator(mode="after")
    def _has_what_it_measures(self) -> CheckEntry:
        missing = [name for name in NEEDED.get(self.measure, ()) if not getattr(self, name)]
        if missing:
            raise ValueError(f"`measure: {self.measure}` needs {' and '.join(f'`{name}`' for name in missing)}")
        useless = sorted(self.model_fields_set - {"measure", *TAKEN.get(self.measure, FILTERS)})
        if useless:
            raise ValueError(f"`measure: {self.measure}` does nothing with {' and '.join(f'`{name}`' for name in useless)}")
        if self.since and self.until and self.since > self.until:
            raise ValueError(f"`since` {self.since} is after `until` {self.until}")
        if (self.route != "any" or self.names_only) and not self.organisations:
            raise ValueError("`route` and `names_only` are about organisations; name them in `organisations`")
        return self


# What narrows obligations, transactions and awards, and what other measures can make use of.
FILTERS = (
    *(
        "organisations",
        "agencies",
        "since",
        "until",
        "route",
        "award",
        "recipient",
        "office",
        "psc",
        "words",
        "system",
        "product",
    ),
    *("positive_only", "names_only", "is_funding", "as_of"),
)
# What both parts of a share or ratio take from it where they say nothing themselves.
SHARED = ("agencies", "since", "until")
TAKEN: dict[Measure, tuple[str, ...]] = {
    Measure.SHARE: ("numerator", "denominator", *SHARED),
    Measure.RATIO: ("numerator", "denominator", *SHARED),
    Measure.AUTHORIZATIONS: ("organisations", "on"),
    Measure.FACT: ("fact",),
    Measure.REPORTED: ("company", "concept", "segment", "since", "until"),
}
# What a measure cannot do without.
NEEDED: dict[Measure, tuple[str, ...]] = {
    Measure.SHARE: ("numerator", "denominator"),
    Measure.RATIO: ("numerator", "denominator"),
    Measure.AUTHORIZATIONS: ("organisations", "on"),
    Measure.FACT: ("fact",),
    Measure.REPORTED: ("company", "concept", "until"),
}


class FindingEntry(Strict):
    """A finding that rests on documents."""

    verdict: ClaimVerdict
    reason: Text
    true_instead: Text | None = None
    needed: Text | None = None
    confidence: Sure
    sources: SourceIds

    @model_validator(mode="after")
    def _says_what_its_verdict_asks_for(self) -> FindingEntry:
        if self.verdict is ClaimVerdict.GARBLED and not self.true_instead:
            raise ValueError("a garbled claim says in `true_instead` what is true")
        if self.verdict is ClaimVerdict.NOT_TESTABLE and not self.needed:
            raise ValueError("a claim that is not testable says in `needed` what data it would take")
        return self


class ReplyEntry(Strict):
    """What the publisher or the company answered."""

    who: Text
    date: LooseDate = None
    statement: Text
    sources: SourceIds


class SignedEntry(Strict):
    """Who answers for the finding; until somebody does, it is a draft."""

    by: Text
    date: dt.date


class CopyEntry(Strict):
    """A retelling of a claim, checked as its own wording; what it leaves out it takes from the original."""

    statement: Text
    wording: Wording = "paraphrased"
    appeared: AppearedEntry
    check: CheckEntry | None = None
    published: PublishedEntry | None = None
    finding: FindingEntry | None = None


class ClaimEntry(LoggedEntry):
    """A statement somebody published, and how it is checked."""

    id: ClaimId
    statement: Text
    wording: Wording = "paraphrased"
    appeared: AppearedEntry
    copies: tuple[CopyEntry, ...] = ()
    check: CheckEntry | None = None
    published: PublishedEntry | None = None
    finding: FindingEntry | None = None
    reply: ReplyEntry | None = None
    signed: SignedEntry | None = None

    @model_validator(mode="after")
    def _can_be_checked(self) -> ClaimEntry:
        if self.check is None and self.finding is None:
            raise ValueError("a claim needs a `check`, a `finding`, or both")
        if (self.check is None) != (self.published is None):
            raise ValueError("`check` and `published` go together: how it is computed, and the number it is compared with")
        return self
