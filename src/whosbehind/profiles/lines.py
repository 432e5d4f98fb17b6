"""The lines of a profile: what is stated about a thing, with its dates, its doubts and who says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from whosbehind.atlas import Atlas
from whosbehind.atlas.things import held_between
from whosbehind.atlas.tracing import source_json
from whosbehind.claims import Claim
from whosbehind.figures import Lake
from whosbehind.records import CitedSource, Confusion, Contract, Dispute, Fact, Statement
from whosbehind.values import Held, LooseDay, Standing, bounds, text_of


@dataclass(frozen=True)
class Known:
    """All that a profile is drawn from, the day for which it is drawn, and today; without a lake it says nothing of money."""

    lake: Lake | None
    atlas: Atlas
    claims: Mapping[str, Claim]
    day: dt.date
    today: dt.date

    @property
    def snapshot(self) -> str:
        """The snapshot of the lake; empty without one."""
        return self.lake.snapshot.id if self.lake else ""


@dataclass(frozen=True)
class Named:
    """Something by its id and usual name."""

    id: str
    name: str

    def as_json(self) -> dict[str, str]:
        """Id and name."""
        return {"id": self.id, "name": self.name}


@dataclass(frozen=True)
class Line:
    """One thing that is stated: as what, who or what, from when to when, how sure that is, and who says so.

    `role` is what it is to the thing described: builder, owner, product, predecessor and so on;
    `party` the office that has the role, where that is not the thing described.
    Dates are as coarse as they are known; `held` says whether it held on the day asked for.
    """

    role: str
    id: str | None
    name: str
    since: str | None = None
    until: str | None = None
    seen: str | None = None
    held: Held | None = None
    standing: Standing = Standing.DOCUMENTED
    confidence: str | None = None
    note: str | None = None
    dispute: Dispute | None = None
    disputed_in: tuple[CitedSource, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    party: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The line for a machine."""
        dispute = self.dispute and {
            "who": self.dispute.who,
            "statement": self.dispute.statement,
            "sources": sources_json(self.disputed_in),
        }
        return {
            "role": self.role,
            "party": self.party,
            "id": self.id,
            "name": self.name,
            "since": self.since,
            "until": self.until,
            "seen": self.seen,
            "held": str(self.held) if self.held else None,
            "standing": str(self.standing),
            "confidence": self.confidence,
            "note": self.note,
            "disputed_by": dispute,
            "sources": sources_json(self.sources),
        }


@dataclass(frozen=True)
class FactLine:
    """A number that a source states, and what it is about."""

    fact: Fact
    about: str
    sources: tuple[CitedSource, ...]

    def as_json(self) -> dict[str, Any]:
        """The fact for a machine; the number as text."""
        fact, stated = self.fact, self.fact.stated
        return {
            "id": fact.id,
            "about": fact.about_id,
            "name": self.about,
            "quantity": fact.quantity,
            "value": f"{fact.value:f}",
            "unit": fact.unit,
            "on": text_of(fact.on),
            "since": text_of(stated.since),
            "until": text_of(stated.until),
            "standing": str(stated.standing),
            "confidence": stated.confidence,
            "note": stated.note,
            "sources": sources_json(self.sources),
        }


@dataclass(frozen=True)
class ContractLine:
    """A contract with who placed it, with whom, for which systems, and the numbers stated about it."""

    contract: Contract
    agency: str
    vendor: str | None
    systems: tuple[str, ...]
    facts: tuple[FactLine, ...]
    sources: tuple[CitedSource, ...]

    def as_json(self) -> dict[str, Any]:
        """The contract for a machine."""
        each = self.contract
        return {
            "id": each.id,
            "name": each.title,
            "piid": each.piid,
            "agency": each.agency_id,
            "agency_name": self.agency,
            "vendor": each.vendor_id,
            "vendor_name": self.vendor,
            "systems": list(each.systems),
            "since": text_of(each.since),
            "until": text_of(each.until),
            "modifies": each.modifies_id,
            "confidence": each.confidence,
            "note": each.note,
            "facts": [fact.as_json() for fact in self.facts],
            "sources": sources_json(self.sources),
        }


@dataclass(frozen=True)
class Mistaken:
    """What a thing is taken for, and what the record says instead."""

    confusion: Confusion
    sources: tuple[CitedSource, ...]

    def as_json(self) -> dict[str, Any]:
        """The confusion for a machine."""
        told = self.confusion
        return {"statement": told.statement, "instead": told.instead, "sources": sources_json(self.sources)}


def stated_line(known: Known, role: str, party: str, stated: Statement) -> Line:
    """A line from a statement about a party."""
    return Line(
        role=role,
        id=party,
        name=known.atlas.name_of(party),
        since=text_of(stated.since),
        until=text_of(stated.until),
        seen=text_of(stated.seen),
        held=stated.bounds.held(known.day),
        standing=stated.standing,
        confidence=stated.confidence,
        note=stated.note,
        dispute=stated.dispute,
        disputed_in=cited(known.atlas, stated.dispute.sources) if stated.dispute else (),
        sources=cited(known.atlas, stated.sources),
    )


def loose_line(known: Known, role: str, name: str, since: LooseDay | None, until: LooseDay | None, **more: Any) -> Line:
    """A line with dates as coarse as they are known."""
    held = bounds(since, until, None).held(known.day) if since or until else None
    return Line(role=role, id=more.pop("id", None), name=name, since=text_of(since), until=text_of(until), held=held, **more)


def owned_line(known: Known, role: str, thing: str, days: tuple[dt.date | None, dt.date | None], **more: Any) -> Line:
    """A line from one day to another; a missing day means without end."""
    first, last = days
    return Line(
        role=role,
        id=thing,
        name=known.atlas.name_of(thing),
        since=first.isoformat() if first else None,
        until=last.isoformat() if last else None,
        held=held_between(first, last, known.day),
        **more,
    )


def contracts_of(known: Known, chosen: Iterable[Contract]) -> tuple[ContractLine, ...]:
    """Contracts with all that is stated about them, the latest first."""
    atlas = known.atlas
    lines = [
        ContractLine(
            contract=each,
            agency=atlas.name_of(each.agency_id),
            vendor=atlas.name_of(each.vendor_id) if each.vendor_id else None,
            systems=tuple(atlas.name_of(name) for name in each.systems),
            facts=facts_about(known, {each.id: each.title}),
            sources=cited(atlas, each.sources),
        )
        for each in chosen
    ]
    return tuple(sorted(lines, key=lambda line: (text_of(line.contract.since) or "", line.contract.id), reverse=True))


def facts_about(known: Known, names: Mapping[str, str]) -> tuple[FactLine, ...]:
    """The numbers stated about some things (ids with their names), by quantity and date."""
    facts = [fact for fact in known.atlas.facts.values() if fact.about_id in names]
    ordered = sorted(facts, key=lambda fact: (fact.quantity, text_of(fact.on or fact.stated.since) or "", fact.id))
    return tuple(FactLine(fact, names[fact.about_id], cited(known.atlas, fact.stated.sources)) for fact in ordered)


def named(atlas: Atlas, things: Iterable[str]) -> tuple[Named, ...]:
    """Things by id and name, by their name."""
    return tuple(sorted((Named(thing, atlas.name_of(thing)) for thing in things), key=lambda each: each.name.lower()))


def cited(atlas: Atlas, sources: Iterable[str]) -> tuple[CitedSource, ...]:
    """The publications that ids of sources stand for."""
    return tuple(atlas.sources[name] for name in dict.fromkeys(sources))


def sources_json(sources: Iterable[CitedSource]) -> list[dict[str, Any]]:
    """Publications for a machine."""
    return [source_json(source) for source in sources]
