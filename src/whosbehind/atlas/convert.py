"""Entries as people write them, turned into records."""

from __future__ import annotations

from whosbehind.atlas.models import AgencyEntry, AliasEntry, OrganisationEntry, SourceEntry, SystemEntry
from whosbehind.records import Agency, Alias, CitedSource, Organisation, Owner, Product, System
from whosbehind.values import Role

_FIELDS = {"recipient": "recipient_name", "description": "description", None: None}


def aliases(listed: tuple[AliasEntry | str, ...], named_id: str) -> tuple[Alias, ...]:
    """Aliases of one thing."""
    return tuple(
        Alias(each, named_id)
        if isinstance(each, str)
        else Alias(each.text, named_id, _FIELDS[each.where], each.only_with, each.unless, Role(each.named_as))
        for each in listed
    )


def source(model: SourceEntry) -> CitedSource:
    """A source."""
    return CitedSource(model.id, model.publisher, model.title, model.date, model.url, model.grade, model.read)


def system(model: SystemEntry) -> System:
    """A government system."""
    return System(model.id, model.name, model.operator, model.description, aliases(model.aliases, model.id), model.sources)


def agency(model: AgencyEntry) -> Agency:
    """An agency or department."""
    return Agency(
        model.id,
        model.name,
        model.kind,
        model.abbreviation or model.name,
        model.code,
        model.department,
        model.aliases,
        model.from_date,
        model.to_date,
        tuple(each.agency for each in model.predecessors),
        model.sources,
    )


def organisation(model: OrganisationEntry) -> Organisation:
    """An organisation."""
    products = tuple(Product(p.id, p.name, aliases(p.aliases, p.id), p.from_date, p.to_date, p.sources) for p in model.products)
    owners = tuple(Owner(o.organisation, o.from_date, o.to_date, o.confidence, o.sources) for o in model.owners)
    return Organisation(
        model.id, model.name, model.kind, model.description, aliases(model.aliases, model.id), products, owners, model.sources
    )
