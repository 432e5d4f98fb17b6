"""Everything known about an agency, or an office of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from whosbehind.atlas.surroundings import Surroundings, flows_around
from whosbehind.atlas.things import belonging
from whosbehind.profiles.lines import (
    ContractLine,
    FactLine,
    Known,
    Line,
    Named,
    cited,
    contracts_of,
    facts_about,
    named,
    sources_json,
    stated_line,
)
from whosbehind.profiles.money import Bought, Money, agency_money, largest_families
from whosbehind.profiles.naming import ClaimLine, claims_about
from whosbehind.records import Agency, Body, CitedSource, Corrected, Law
from whosbehind.values import text_of


@dataclass(frozen=True)
class LawLine:
    """A law and how many of the flows around the agency rest on it."""

    law: Law
    flow_count: int
    sources: tuple[CitedSource, ...]

    def as_json(self) -> dict[str, Any]:
        """The law for a machine."""
        return {
            "id": self.law.id,
            "name": self.law.name,
            "citation": self.law.citation,
            "effect": self.law.effect,
            "since": text_of(self.law.since),
            "until": text_of(self.law.until),
            "flow_count": self.flow_count,
            "sources": sources_json(self.sources),
        }


@dataclass(frozen=True)
class AgencyProfile:
    """An agency on one screen, with its offices and the systems it and they operate.

    An office below the agencies has no money of its own here: the record states it for agencies.
    """

    agency: Agency | Body
    flows: Surroundings
    codes: tuple[str, ...]
    aliases: tuple[str, ...]
    part_of: tuple[Named, ...]
    offices: tuple[Named, ...]
    predecessors: tuple[Line, ...]
    operates: tuple[Line, ...]
    uses: tuple[Line, ...]
    contracts: tuple[ContractLine, ...]
    facts: tuple[FactLine, ...]
    laws: tuple[LawLine, ...]
    claims: tuple[ClaimLine, ...]
    sources: tuple[CitedSource, ...]
    money: Money | None
    companies: tuple[Bought, ...]
    snapshot: str
    corrections: tuple[Corrected, ...] = ()

    kind = "agency"

    def as_json(self) -> dict[str, Any]:
        """The profile for a machine."""
        return {
            "kind": self.kind,
            "id": self.agency.id,
            "name": self.agency.name,
            "agency_kind": self.agency.kind,
            "codes": list(self.codes),
            "aliases": list(self.aliases),
            "as_of": self.flows.as_of.isoformat(),
            "snapshot": self.snapshot,
            "part_of": [each.as_json() for each in self.part_of],
            "offices": [each.as_json() for each in self.offices],
            "predecessors": [each.as_json() for each in self.predecessors],
            "operates": [each.as_json() for each in self.operates],
            "uses": [each.as_json() for each in self.uses],
            "contracts": [each.as_json() for each in self.contracts],
            "facts": [each.as_json() for each in self.facts],
            "laws": [each.as_json() for each in self.laws],
            "flows": self.flows.as_json(),
            "money": self.money.as_json() if self.money else None,
            "companies": [each.as_json() for each in self.companies],
            "claims": [each.as_json() for each in self.claims],
            "corrections": [each.as_json() for each in self.corrections],
            "sources": sources_json(self.sources),
        }


def agency_profile(known: Known, thing: str) -> AgencyProfile:
    """The profile of an agency, or of an office, by its id."""
    atlas = known.atlas
    agency = atlas.agencies.get(thing)
    subject = agency or atlas.bodies[thing]
    own = belonging(atlas, thing, known.day)
    flows = flows_around(atlas, thing, known.day)
    offices = [name for name in own if name != thing and name in {**atlas.agencies, **atlas.bodies}]
    return AgencyProfile(
        agency=subject,
        flows=flows,
        codes=atlas.codes_of(agency) if agency else (),
        aliases=tuple(sorted({agency.abbreviation, *agency.aliases})) if agency else (),
        part_of=tuple(Named(each, atlas.name_of(each)) for each in atlas.wholes(thing)),
        offices=named(atlas, offices),
        predecessors=_predecessors(known, agency) if agency else (),
        operates=_operated(known, thing, own),
        uses=_used(known, thing, own),
        contracts=contracts_of(known, (each for each in atlas.contracts.values() if each.agency_id in own)),
        facts=facts_about(known, {name: atlas.name_of(name) for name in (thing, *offices)}),
        laws=_laws(known, flows),
        claims=claims_about(known, thing, [agency.abbreviation] if agency else [subject.name]),
        sources=cited(atlas, subject.sources),
        money=agency_money(known, agency) if agency else None,
        companies=largest_families(known, agency) if agency else (),
        snapshot=known.snapshot,
    )


def _predecessors(known: Known, agency: Agency) -> tuple[Line, ...]:
    atlas = known.atlas
    return tuple(
        Line(
            role="predecessor",
            id=each.agency_id,
            name=atlas.name_of(each.agency_id),
            until=each.date,
            note=each.note,
            sources=cited(atlas, each.sources),
        )
        for each in agency.predecessors
    )


def _used(known: Known, thing: str, own: Mapping[str, str]) -> tuple[Line, ...]:
    """The systems of others in which the agency or an office of it has a part, by name."""
    lines = [
        replace(stated_line(known, role, system.id, part.stated), party=_office(known, thing, part.party_id))
        for system in known.atlas.systems.values()
        for role, part in system.parts()
        if part.party_id in own and system.id not in own
    ]
    return tuple(sorted(lines, key=lambda line: line.name.lower()))


def _office(known: Known, thing: str, party: str) -> str | None:
    return None if party == thing else known.atlas.name_of(party)


def _operated(known: Known, thing: str, own: Mapping[str, str]) -> tuple[Line, ...]:
    """The systems that the agency or an office of it operates, by name; modules go with their system."""
    systems = (each for each in known.atlas.systems.values() if each.id in own and each.part_of_id not in own)
    lines = [
        Line(
            role="operator",
            party=_office(known, thing, each.operator_id),
            id=each.id,
            name=known.atlas.name_of(each.id),
            confidence=each.confidence,
            note=each.name if each.acronym else None,
            sources=cited(known.atlas, each.sources),
        )
        for each in systems
    ]
    return tuple(sorted(lines, key=lambda line: line.name.lower()))


def _laws(known: Known, flows: Surroundings) -> tuple[LawLine, ...]:
    """The laws that flows around an agency rest on, those of most flows first."""
    laws = known.atlas.laws
    rests = Counter(name for each in flows.flows for name in set(each.step.flow.authority) if name in laws)
    lines = [LawLine(laws[name], number, cited(known.atlas, laws[name].sources)) for name, number in rests.items()]
    return tuple(sorted(lines, key=lambda line: (-line.flow_count, line.law.name)))
