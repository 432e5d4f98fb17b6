"""What people may write about systems, flows of data, laws, contracts and facts, checked strictly."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from whosbehind.atlas.models import AliasEntry, Id, LoggedEntry, SourceIds, Strict, Text
from whosbehind.values import DataCategory, LooseDay, Standing


def _loose_day(value: object) -> object:
    if isinstance(value, LooseDay):
        return value
    text = str(value)
    try:
        return LooseDay(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day (2016-06-30), month (2016-06) or year (2016)") from error


Day = Annotated[LooseDay, BeforeValidator(_loose_day)]
Sure = Literal["high", "medium", "low"]
Piid = Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]{4,24}$")]


class StatedEntry(Strict):
    """A statement with its dates, its standing and its sources; a contested one says who contests it."""

    since: Day | None = None
    until: Day | None = None
    seen: Day | None = None
    standing: Standing = Standing.DOCUMENTED
    confidence: Sure
    note: Text | None = None
    disputed_by: DisputeEntry | None = None
    sources: SourceIds

    @model_validator(mode="after")
    def _dates_make_sense(self) -> StatedEntry:
        if self.since and self.until and self.since.first > self.until.last:
            raise ValueError(f"`since` {self.since.text} is after `until` {self.until.text}")
        if self.seen and self.until and self.seen.first > self.until.last:
            raise ValueError(f"`seen` {self.seen.text} is after `until` {self.until.text}")
        if self.since and self.seen and self.since.first > self.seen.last:
            raise ValueError(f"`since` {self.since.text} is after `seen` {self.seen.text}")
        if (self.standing is Standing.CONTESTED) != (self.disputed_by is not None):
            raise ValueError("a contested statement, and no other, says in `disputed_by` who says otherwise")
        return self


class DisputeEntry(Strict):
    """The other side of a contested statement."""

    who: Text
    statement: Text
    sources: SourceIds


class PartEntry(StatedEntry):
    """Who has a part in a system: an agency, a body or an organisation."""

    party: Id


class StatusEntry(Strict):
    """What a system was from a day on."""

    status: Literal["planned", "pilot", "active", "paused", "retired", "cancelled"]
    since: Day | None = None
    until: Day | None = None
    note: Text | None = None
    sources: SourceIds


class PredecessorSystemEntry(Strict):
    """A system whose work this one took over, wholly or in part."""

    system: Id
    date: Day | None = None
    note: Text | None = None
    sources: SourceIds


class ConfusionEntry(Strict):
    """What this is often taken for, and what the record says instead."""

    statement: Text
    instead: Text
    sources: SourceIds


class SystemEntry(LoggedEntry):
    """An information system, a module of one, a programme, or a commercial service that agencies use.

    A commercial service names in `product` the product of the organisation that sells it; it
    may then bear the product's id and leaves the aliases to the product.
    """

    id: Id
    name: Text
    acronym: Text | None = None
    kind: Literal["system", "module", "programme", "service", "exchange"] = "system"
    operator: Id
    operator_note: Text | None = None
    part_of: Id | None = None
    product: Id | None = None
    purpose: Text
    aliases: tuple[AliasEntry | Text, ...] = ()
    statuses: tuple[StatusEntry, ...] = ()
    builders: tuple[PartEntry, ...] = ()
    hosts: tuple[PartEntry, ...] = ()
    resellers: tuple[PartEntry, ...] = ()
    users: tuple[PartEntry, ...] = ()
    documents: tuple[Id, ...] = ()
    predecessors: tuple[PredecessorSystemEntry, ...] = ()
    confusions: tuple[ConfusionEntry, ...] = ()
    unknown: tuple[Text, ...] = ()
    confidence: Sure = "high"
    note: Text | None = None
    sources: SourceIds

    @model_validator(mode="after")
    def _product_has_the_aliases(self) -> SystemEntry:
        if self.product and self.aliases:
            raise ValueError("a service that names its `product` leaves the `aliases` to the product")
        return self


class BodyEntry(LoggedEntry):
    """An office, a state, local or foreign agency, or a group that the record names only as a group."""

    id: Id
    name: Text
    kind: Literal["office", "federal", "state_or_local", "foreign", "international", "companies", "people", "records"]
    part_of: Id | None = None
    description: Text | None = None
    sources: SourceIds


class FlowEntry(StatedEntry, LoggedEntry):
    """A category of data that passes from one system, agency, body, organisation or product to another.

    `passes_on` names the flows whose data a source says it passes on.
    """

    id: Id
    from_id: Annotated[Id, Field(alias="from")]
    to_id: Annotated[Id, Field(alias="to")]
    category: DataCategory
    data: Text
    channel: Text | None = None
    authority: tuple[Id, ...] = ()
    passes_on: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _leads_elsewhere(self) -> FlowEntry:
        if self.from_id == self.to_id:
            raise ValueError("a flow leads from one thing to another")
        return self


class LawEntry(LoggedEntry):
    """A statute, order or policy and what it does to the flows of data."""

    id: Id
    name: Text
    kind: Literal["statute", "regulation", "order", "policy"]
    citation: Text | None = None
    since: Day | None = None
    until: Day | None = None
    effect: Text
    sources: SourceIds


class ContractEntry(LoggedEntry):
    """A contract or order and the systems it is for; what it is worth stands in facts about it."""

    id: Id
    title: Text
    piid: Piid | None = None
    agency: Id
    vendor: Id | None = None
    systems: tuple[Id, ...] = ()
    since: Day | None = None
    until: Day | None = None
    modifies: Id | None = None
    confidence: Sure
    note: Text | None = None
    sources: SourceIds


def _number(value: object) -> object:
    if isinstance(value, (float, bool)):
        raise ValueError("write the number in quotation marks, such as '6.8', so that no digit of it is lost")  # noqa: TRY004
    return value


class FactEntry(StatedEntry, LoggedEntry):
    """A number that a source states about something: a budget, a count, an amount reported for a contract."""

    id: Id
    about: Id
    quantity: Id
    value: Annotated[Decimal, BeforeValidator(_number)]
    unit: Text
    on: Day | None = None
