"""Systems, flows, laws, contracts and facts, with the sources that state them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from whosbehind.phrases import Phrase, phrase
from whosbehind.records.corrections import Correction
from whosbehind.records.naming import Alias
from whosbehind.values import (
    Bounds,
    DataCategory,
    Grade,
    LooseDay,
    PublicationKind,
    Standing,
    bounds,
)


@dataclass(frozen=True)
class CitedSource:
    """A publication that states a fact of the content."""

    id: str
    publisher: str
    title: str
    date: str | None
    url: str | None
    grade: Grade
    read: str
    kind: PublicationKind | None = None
    number: str | None = None


@dataclass(frozen=True)
class Dispute:
    """Who says otherwise, what they say, and where."""

    who: str
    statement: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """Since and until when something is said to hold, when it was last seen to, how sure that is, and who says so."""

    since: LooseDay | None
    until: LooseDay | None
    seen: LooseDay | None
    standing: Standing
    confidence: str
    note: str | None
    dispute: Dispute | None
    sources: tuple[str, ...]

    @property
    def bounds(self) -> Bounds:
        """The days between which it held, as far as its sources say."""
        return bounds(self.since, self.until, self.seen)


@dataclass(frozen=True)
class Part:
    """An agency, body or organisation with a part in a system."""

    party_id: str
    stated: Statement


@dataclass(frozen=True)
class Status:
    """What a system was from one day to another."""

    status: str
    since: LooseDay | None
    until: LooseDay | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Predecessor:
    """A system whose work another took over."""

    system_id: str
    date: LooseDay | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Confusion:
    """What something is taken for, and what the record says instead."""

    statement: str
    instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """A government's information system, or a service it uses: never a company, whatever word it shares with one."""

    id: str
    name: str
    acronym: str | None
    kind: str
    operator_id: str
    operator_note: str | None
    part_of_id: str | None
    product_id: str | None
    purpose: str
    aliases: tuple[Alias, ...]
    statuses: tuple[Status, ...]
    builders: tuple[Part, ...]
    hosts: tuple[Part, ...]
    resellers: tuple[Part, ...]
    users: tuple[Part, ...]
    documents: tuple[str, ...]
    predecessors: tuple[Predecessor, ...]
    confusions: tuple[Confusion, ...]
    unknown: tuple[str, ...]
    confidence: str
    note: str | None
    sources: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Everyone with a part in it, with the part: builder, host, reseller, user."""
        for role in ("builder", "host", "reseller", "user"):
            yield from ((role, part) for part in getattr(self, f"{role}s"))


@dataclass(frozen=True)
class Body:
    """An office, a state, local or foreign agency, or a group that the record names only as a group."""

    id: str
    name: str
    kind: str
    part_of_id: str | None
    description: str | None
    sources: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def label(self) -> Phrase:
        """Its name as a phrase, since many only say what a body is, such as money transfer companies."""
        return phrase(self.name)


@dataclass(frozen=True)
class Flow:
    """A category of data that passes from one thing of the atlas to another."""

    id: str
    from_id: str
    to_id: str
    category: DataCategory
    data: str
    channel: str | None
    authority: tuple[str, ...]
    stated: Statement
    passes_on: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Law:
    """A statute, order or policy and what it does to the flows of data."""

    id: str
    name: str
    kind: str
    citation: str | None
    since: LooseDay | None
    until: LooseDay | None
    effect: str
    sources: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Contract:
    """A contract or order and the systems it is for; `modifies_id` where it only changes another."""

    id: str
    title: str
    piid: str | None
    agency_id: str
    vendor_id: str | None
    systems: tuple[str, ...]
    since: LooseDay | None
    until: LooseDay | None
    modifies_id: str | None
    confidence: str
    note: str | None
    sources: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A number that a source states about something, on a day or over the days of its statement."""

    id: str
    about_id: str
    quantity: str
    value: Decimal
    unit: str
    on: LooseDay | None
    stated: Statement
    corrections: tuple[Correction, ...] = ()
