"""Everything known about a system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whosbehind.atlas.surroundings import Surroundings, flows_around
from whosbehind.atlas.things import belonging
from whosbehind.profiles.lines import (
    ContractLine,
    FactLine,
    Known,
    Line,
    Mistaken,
    Named,
    cited,
    contracts_of,
    facts_about,
    loose_line,
    named,
    owned_line,
    sources_json,
    stated_line,
)
from whosbehind.profiles.money import Money, system_money
from whosbehind.profiles.naming import ClaimLine, claims_about
from whosbehind.records import CitedSource, Corrected, System
from whosbehind.values import text_of


@dataclass(frozen=True)
class SystemProfile:
    """A system on one screen: `operator` names who runs it and what that is a part of; dates and doubts stand on each line."""

    system: System
    flows: Surroundings
    operator: tuple[Named, ...]
    part_of: Named | None
    modules: tuple[Named, ...]
    statuses: tuple[Line, ...]
    parts: tuple[Line, ...]
    predecessors: tuple[Line, ...]
    successors: tuple[Line, ...]
    documents: tuple[CitedSource, ...]
    confusions: tuple[Mistaken, ...]
    contracts: tuple[ContractLine, ...]
    facts: tuple[FactLine, ...]
    claims: tuple[ClaimLine, ...]
    sources: tuple[CitedSource, ...]
    money: Money | None
    snapshot: str
    corrections: tuple[Corrected, ...] = ()

    kind = "system"

    def as_json(self) -> dict[str, Any]:
        """The profile for a machine."""
        system = self.system
        return {
            "kind": self.kind,
            "id": system.id,
            "name": system.name,
            "acronym": system.acronym,
            "system_kind": system.kind,
            "aliases": sorted({alias.text for alias in system.aliases}),
            "as_of": self.flows.as_of.isoformat(),
            "snapshot": self.snapshot,
            "purpose": system.purpose,
            "note": system.note,
            "confidence": system.confidence,
            "operator": [each.as_json() for each in self.operator],
            "operator_note": system.operator_note,
            "part_of": self.part_of.as_json() if self.part_of else None,
            "modules": [each.as_json() for each in self.modules],
            "statuses": [each.as_json() for each in self.statuses],
            "parts": [each.as_json() for each in self.parts],
            "predecessors": [each.as_json() for each in self.predecessors],
            "successors": [each.as_json() for each in self.successors],
            "documents": sources_json(self.documents),
            "contracts": [each.as_json() for each in self.contracts],
            "facts": [each.as_json() for each in self.facts],
            "flows": self.flows.as_json(),
            "money": self.money.as_json() if self.money else None,
            "claims": [each.as_json() for each in self.claims],
            "confusions": [each.as_json() for each in self.confusions],
            "unknown": list(system.unknown),
            "corrections": [each.as_json() for each in self.corrections],
            "sources": sources_json(self.sources),
        }


def system_profile(known: Known, system_id: str) -> SystemProfile:
    """The profile of a system by its id."""
    atlas = known.atlas
    system = atlas.systems[system_id]
    modules = [each.id for each in atlas.systems.values() if each.part_of_id == system.id]
    own = belonging(atlas, system.id, known.day)
    return SystemProfile(
        system=system,
        flows=flows_around(atlas, system.id, known.day),
        operator=tuple(Named(each, atlas.name_of(each)) for each in (system.operator_id, *atlas.wholes(system.operator_id))),
        part_of=Named(system.part_of_id, atlas.name_of(system.part_of_id)) if system.part_of_id else None,
        modules=named(atlas, modules),
        statuses=_statuses(known, system),
        parts=(
            *_sellers(known, system),
            *(stated_line(known, role, each.party_id, each.stated) for role, each in system.parts()),
        ),
        predecessors=_taken_over(known, system),
        successors=tuple(line for each in atlas.systems.values() for line in _taken_over(known, each, system.id)),
        documents=cited(atlas, system.documents),
        confusions=tuple(Mistaken(each, cited(atlas, each.sources)) for each in system.confusions),
        contracts=contracts_of(known, (each for each in atlas.contracts.values() if set(each.systems) & set(own))),
        facts=facts_about(known, {system.id: atlas.name_of(system.id)}),
        claims=claims_about(known, system.id, [name for name in (system.acronym, system.name) if name]),
        sources=cited(atlas, system.sources),
        money=system_money(known, system.id),
        snapshot=known.snapshot,
    )


def _statuses(known: Known, system: System) -> tuple[Line, ...]:
    return tuple(
        loose_line(known, "status", each.status, each.since, each.until, note=each.note, sources=cited(known.atlas, each.sources))
        for each in system.statuses
    )


def _sellers(known: Known, system: System) -> tuple[Line, ...]:
    """Who sells the product that a system is, and when."""
    return tuple(
        owned_line(
            known,
            "seller",
            each.id,
            (product.from_date, product.to_date),
            sources=cited(known.atlas, product.sources or each.sources),
        )
        for each in known.atlas.organisations.values()
        for product in each.products
        if product.id == system.product_id
    )


def _taken_over(known: Known, system: System, by: str | None = None) -> tuple[Line, ...]:
    """The systems whose work a system took over; or, with the id of one of them, the system that took its work over."""
    atlas = known.atlas
    return tuple(
        Line(
            role="successor" if by else "predecessor",
            id=system.id if by else each.system_id,
            name=atlas.name_of(system.id if by else each.system_id),
            since=text_of(each.date),
            note=each.note,
            sources=cited(atlas, each.sources),
        )
        for each in system.predecessors
        if by in (None, each.system_id)
    )
