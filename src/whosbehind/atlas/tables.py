"""The atlas as rows of tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.corrections import corrections
from whosbehind.records import Part, Statement
from whosbehind.tables import AGENCIES, BODIES, CONTRACTS, CORRECTIONS, FACTS, FLOWS, LAWS, ORGANISATIONS, SOURCES, SYSTEMS, Table
from whosbehind.values import Bounds, text_of

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
            "acronym": each.acronym,
            "kind": each.kind,
            "operator_id": each.operator_id,
            "part_of_id": each.part_of_id,
            "product_id": each.product_id,
            "purpose": each.purpose,
            "statuses": _listed(f"{s.status} ({text_of(s.since) or '…'} to {text_of(s.until) or '…'})" for s in each.statuses),
            "builders": _parties(each.builders),
            "hosts": _parties(each.hosts),
            "resellers": _parties(each.resellers),
            "users": _parties(each.users),
            "documents": _listed(each.documents),
            "predecessors": _listed(before.system_id for before in each.predecessors),
            "aliases": _listed(alias.text for alias in each.aliases),
            "confidence": each.confidence,
            "sources": _listed(each.sources),
        }
        for each in atlas.systems.values()
    ]


def flow_records(atlas: Atlas) -> list[Record]:
    """The table `flows`."""
    ends = sorted({end for each in atlas.flows.values() for end in (each.from_id, each.to_id)})
    places = {end: place for place, end in enumerate(ends)}
    return [
        {
            "flow_id": each.id,
            "from_id": each.from_id,
            "to_id": each.to_id,
            "category": str(each.category),
            "data": each.data,
            "channel": each.channel,
            "authority": _listed(each.authority),
            "passes_on": _listed(each.passes_on),
            **_stated(each.stated),
            **_bounds(each.stated.bounds),
            "flow_number": number,
            "from_number": places[each.from_id],
            "to_number": places[each.to_id],
        }
        for number, each in enumerate(sorted(atlas.flows.values(), key=lambda flow: flow.id))
    ]


def fact_records(atlas: Atlas) -> list[Record]:
    """The table `facts`."""
    return [
        {
            "fact_id": each.id,
            "about_id": each.about_id,
            "quantity": each.quantity,
            "value": each.value,
            "unit": each.unit,
            "on": text_of(each.on),
            **_stated(each.stated),
        }
        for each in atlas.facts.values()
    ]


def contract_records(atlas: Atlas) -> list[Record]:
    """The table `contracts`."""
    return [
        {
            "contract_id": each.id,
            "title": each.title,
            "piid": each.piid,
            "agency_id": each.agency_id,
            "vendor_id": each.vendor_id,
            "systems": _listed(each.systems),
            "since": text_of(each.since),
            "until": text_of(each.until),
            "modifies_id": each.modifies_id,
            "confidence": each.confidence,
            "note": each.note,
            "sources": _listed(each.sources),
        }
        for each in atlas.contracts.values()
    ]


def body_records(atlas: Atlas) -> list[Record]:
    """The table `bodies`."""
    return [{**each.__dict__, "body_id": each.id, "sources": _listed(each.sources)} for each in atlas.bodies.values()]


def law_records(atlas: Atlas) -> list[Record]:
    """The table `laws`."""
    return [
        {
            **each.__dict__,
            "law_id": each.id,
            "since": text_of(each.since),
            "until": text_of(each.until),
            "sources": _listed(each.sources),
        }
        for each in atlas.laws.values()
    ]


def correction_records(atlas: Atlas) -> list[Record]:
    """The table `corrections`."""
    return [
        {
            "kind": each.kind,
            "entry_id": each.id,
            "number": each.number,
            "entry_name": each.name,
            "corrected_date": each.correction.date,
            "what": each.correction.what,
            "reason": each.correction.reason,
        }
        for each in corrections(atlas)
    ]


def source_records(atlas: Atlas) -> list[Record]:
    """The table `sources`."""
    return [{**each.__dict__, "source_id": each.id} for each in atlas.sources.values()]


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


def _stated(stated: Statement) -> Record:
    return {
        "since": text_of(stated.since),
        "until": text_of(stated.until),
        "seen": text_of(stated.seen),
        "standing": str(stated.standing),
        "confidence": stated.confidence,
        "note": stated.note,
        "disputed_by": f"{stated.dispute.who}: {stated.dispute.statement}" if stated.dispute else None,
        "sources": _listed((*stated.sources, *(stated.dispute.sources if stated.dispute else ()))),
    }


def _bounds(bounds: Bounds) -> Record:
    return {
        "earliest_date": bounds.earliest if bounds.earliest > dt.date.min else None,
        "certain_from_date": bounds.certain_from,
        "certain_to_date": bounds.certain_to,
        "latest_date": bounds.latest if bounds.latest < dt.date.max else None,
    }


def _parties(parts: Iterable[Part]) -> str:
    return _listed(f"{p.party_id} ({text_of(p.stated.since) or '…'} to {text_of(p.stated.until) or '…'})" for p in parts)


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


# The tables of the atlas with what makes their rows.
RECORDS: tuple[tuple[Table, Callable[[Atlas], list[Record]]], ...] = (
    (ORGANISATIONS, organisation_records),
    (AGENCIES, agency_records),
    (SYSTEMS, system_records),
    (BODIES, body_records),
    (FLOWS, flow_records),
    (LAWS, law_records),
    (CONTRACTS, contract_records),
    (FACTS, fact_records),
    (CORRECTIONS, correction_records),
    (SOURCES, source_records),
)
