"""The corrections that entries of the atlas log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from whosbehind.atlas.atlas import Atlas
from whosbehind.phrases import joined, phrase
from whosbehind.records import Agency, Body, Contract, Corrected, Fact, Flow, Law, Organisation, System

Entry: TypeAlias = Agency | Body | Contract | Fact | Flow | Law | Organisation | System


def corrections(atlas: Atlas) -> list[Corrected]:
    """Every correction of an entry of the atlas, in the order in which each entry logs its own."""
    listed: Mapping[str, Mapping[str, Entry]] = {
        "organisation": atlas.organisations,
        "agency": atlas.agencies,
        "system": atlas.systems,
        "body": atlas.bodies,
        "flow": atlas.flows,
        "law": atlas.laws,
        "contract": atlas.contracts,
        "fact": atlas.facts,
    }
    return [
        Corrected(kind, entry.id, _title(atlas, entry), number, correction)
        for kind, entries in listed.items()
        for entry in entries.values()
        for number, correction in enumerate(entry.corrections, start=1)
    ]


def _title(atlas: Atlas, entry: Entry) -> str:
    if isinstance(entry, Flow):
        ends = {"origin": atlas.name_of(entry.from_id), "target": atlas.name_of(entry.to_id)}
        return phrase("{origin} → {target}: {category}", **ends, category=entry.category)
    if isinstance(entry, Fact):
        return joined(", ", (phrase(entry.quantity.replace("_", " ")), atlas.name_of(entry.about_id)))
    return atlas.name_of(entry.id)
