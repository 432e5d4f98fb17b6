"""The atlas as rows of tables."""

from __future__ import annotations

from collections.abc import Iterable

from whosbehind.atlas.atlas import Atlas

Record = dict[str, object]


def organisation_records(atlas: Atlas) -> list[Record]:
    """The table `organisations`."""
    return [
        {
            "organisation_id": each.id,
            "name": each.name,
            "kind": each.kind,
            "description": each.description,
            "aliases": _listed(alias.text for alias in each.all_aliases()),
            "products": _listed(product.name for product in each.products),
            "owners": _listed(f"{o.organisation_id} ({o.from_date or '…'} to {o.to_date or '…'})" for o in each.owners),
            "sources": _listed(each.sources),
        }
        for each in atlas.organisations.values()
    ]


def system_records(atlas: Atlas) -> list[Record]:
    """The table `systems`."""
    return [
        {
            "system_id": each.id,
            "name": each.name,
            "operator_id": each.operator,
            "description": each.description,
            "aliases": _listed(alias.text for alias in each.aliases),
            "sources": _listed(each.sources),
        }
        for each in atlas.systems.values()
    ]


def agency_records(atlas: Atlas) -> list[Record]:
    """The table `agencies`."""
    return [
        {
            "agency_id": each.id,
            "name": each.name,
            "abbreviation": each.abbreviation,
            "kind": each.kind,
            "agency_code": each.code,
            "department_id": each.department_id,
            "aliases": _listed(each.aliases),
            "sources": _listed(each.sources),
        }
        for each in atlas.agencies.values()
    ]


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))
