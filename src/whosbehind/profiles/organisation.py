"""Everything known about a company or public body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from whosbehind.atlas.surroundings import Surroundings, flows_around
from whosbehind.profiles.lines import (
    ContractLine,
    FactLine,
    Known,
    Line,
    cited,
    contracts_of,
    facts_about,
    owned_line,
    sources_json,
    stated_line,
)
from whosbehind.profiles.money import Money, organisation_money
from whosbehind.profiles.naming import ClaimLine, claims_about
from whosbehind.records import CitedSource, Corrected, Organisation, System


@dataclass(frozen=True)
class OrganisationProfile:
    """A company on one screen: `systems` are its parts in government systems; the money is that of its whole family."""

    organisation: Organisation
    flows: Surroundings
    owners: tuple[Line, ...]
    owns: tuple[Line, ...]
    systems: tuple[Line, ...]
    contracts: tuple[ContractLine, ...]
    facts: tuple[FactLine, ...]
    claims: tuple[ClaimLine, ...]
    sources: tuple[CitedSource, ...]
    money: Money | None
    snapshot: str
    corrections: tuple[Corrected, ...] = ()

    kind = "organisation"

    def as_json(self) -> dict[str, Any]:
        """The profile for a machine."""
        each = self.organisation
        return {
            "kind": self.kind,
            "id": each.id,
            "name": each.name,
            "organisation_kind": each.kind,
            "description": each.description,
            "aliases": sorted({alias.text for alias in each.aliases}),
            "as_of": self.flows.as_of.isoformat(),
            "snapshot": self.snapshot,
            "owners": [line.as_json() for line in self.owners],
            "owns": [line.as_json() for line in self.owns],
            "systems": [line.as_json() for line in self.systems],
            "contracts": [line.as_json() for line in self.contracts],
            "facts": [line.as_json() for line in self.facts],
            "flows": self.flows.as_json(),
            "money": self.money.as_json() if self.money else None,
            "claims": [line.as_json() for line in self.claims],
            "corrections": [each.as_json() for each in self.corrections],
            "sources": sources_json(self.sources),
        }


def organisation_profile(known: Known, organisation_id: str) -> OrganisationProfile:
    """The profile of an organisation by its id."""
    atlas = known.atlas
    organisation = atlas.organisations[organisation_id]
    return OrganisationProfile(
        organisation=organisation,
        flows=flows_around(atlas, organisation.id, known.day),
        owners=_owners(known, organisation),
        owns=_owned(known, organisation),
        systems=tuple(line for each in atlas.systems.values() for line in _parts(known, each, organisation)),
        contracts=contracts_of(known, (each for each in atlas.contracts.values() if each.vendor_id == organisation.id)),
        facts=facts_about(known, {organisation.id: organisation.name} | {each.id: each.name for each in organisation.products}),
        claims=claims_about(known, organisation.id, [organisation.name]),
        sources=cited(atlas, organisation.sources),
        money=organisation_money(known, organisation.id),
        snapshot=known.snapshot,
    )


def _owners(known: Known, organisation: Organisation) -> tuple[Line, ...]:
    return tuple(
        owned_line(
            known,
            "owner",
            each.organisation_id,
            (each.from_date, each.to_date),
            confidence=each.confidence,
            sources=cited(known.atlas, each.sources),
        )
        for each in organisation.owners
    )


def _owned(known: Known, organisation: Organisation) -> tuple[Line, ...]:
    """The companies and products it owns or owned."""
    companies = [
        owned_line(
            known,
            "company",
            each.id,
            (owner.from_date, owner.to_date),
            confidence=owner.confidence,
            sources=cited(known.atlas, owner.sources),
        )
        for each in known.atlas.organisations.values()
        for owner in each.owners
        if owner.organisation_id == organisation.id
    ]
    products = [
        owned_line(
            known,
            "product",
            each.id,
            (each.from_date, each.to_date),
            sources=cited(known.atlas, each.sources or organisation.sources),
        )
        for each in organisation.products
    ]
    return (*companies, *products)


def _parts(known: Known, system: System, organisation: Organisation) -> list[Line]:
    """The parts of an organisation in a system, each a line that names the system."""
    atlas = known.atlas
    own = ((role, part.stated) for role, part in system.parts() if part.party_id == organisation.id)
    found = [stated_line(known, role, system.id, stated) for role, stated in own]
    if system.operator_id == organisation.id:
        found.append(Line("operator", system.id, atlas.name_of(system.id), sources=cited(atlas, system.sources)))
    for product in organisation.products:
        if product.id == system.product_id:
            days = (product.from_date, product.to_date)
            found.append(
                owned_line(known, "seller", system.id, days, sources=cited(atlas, product.sources or organisation.sources))
            )
    return found
