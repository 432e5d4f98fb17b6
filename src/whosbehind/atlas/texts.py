"""The texts of the atlas that people wrote and that pages show in a reader's own language.

Names of things, titles of publications and ids are no such texts: they are the same in every language,
but for groups that go by a description, such as money transfer companies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.corrections import corrections
from whosbehind.records import Correction, Fact, Flow, Statement, System


@dataclass(frozen=True)
class Written:
    """A text and where it stands, such as `system icm: purpose`."""

    where: str
    text: str


def atlas_texts(atlas: Atlas) -> Iterator[Written]:
    """Every text of an atlas that can be translated, in the order of its entries; one that stands twice comes twice."""
    for system in atlas.systems.values():
        yield from _filled(f"system {system.id}", (*_of_system(system), *_of_parts(system)))
    for flow in atlas.flows.values():
        yield from _filled(f"flow {flow.id}", _of_flow(flow))
    for fact in atlas.facts.values():
        yield from _filled(f"fact {fact.id}", _of_fact(fact))
    yield from _of_small_entries(atlas)
    for each in corrections(atlas):
        yield from _filled(f"{each.kind} {each.id}", correction_texts([each.correction]))
    for organisation in atlas.organisations.values():
        yield Written(f"organisation {organisation.id}: description", organisation.description)


def correction_texts(corrections: Iterable[Correction]) -> Iterator[tuple[str, str | None]]:
    """What was corrected and why, with the name of each field."""
    for correction in corrections:
        yield from (("correction", correction.what), ("correction reason", correction.reason))


def quantity_words(quantity: str) -> str:
    """What a fact counts, as words: `people_searched` → `people searched`."""
    return quantity.replace("_", " ")


def _filled(where: str, texts: Iterable[tuple[str, str | None]]) -> Iterator[Written]:
    return (Written(f"{where}: {field}", text) for field, text in texts if text)


def _of_system(system: System) -> Iterator[tuple[str, str | None]]:
    yield from (("purpose", system.purpose), ("operator_note", system.operator_note), ("note", system.note))
    yield from (("unknown", text) for text in system.unknown)
    yield from (("status", status.note) for status in system.statuses)
    yield from (("predecessor", earlier.note) for earlier in system.predecessors)
    for confusion in system.confusions:
        yield from (("confusion", confusion.statement), ("instead", confusion.instead))


def _of_parts(system: System) -> Iterator[tuple[str, str | None]]:
    return (line for role, part in system.parts() for line in _of_statement(f"{role} ", part.stated))


def _of_statement(of: str, stated: Statement) -> Iterator[tuple[str, str | None]]:
    yield f"{of}note", stated.note
    if stated.dispute:
        yield from ((f"{of}dispute", stated.dispute.statement), (f"{of}disputed by", stated.dispute.who))


def _of_flow(flow: Flow) -> Iterator[tuple[str, str | None]]:
    yield from (("data", flow.data), ("channel", flow.channel))
    yield from _of_statement("", flow.stated)


def _of_fact(fact: Fact) -> Iterator[tuple[str, str | None]]:
    yield from (("quantity", quantity_words(fact.quantity)), ("unit", fact.unit))
    yield from _of_statement("", fact.stated)


def _of_small_entries(atlas: Atlas) -> Iterator[Written]:
    for agency in atlas.agencies.values():
        yield from _filled(f"agency {agency.id}", (("predecessor", earlier.note) for earlier in agency.predecessors))
    for body in atlas.bodies.values():
        yield from _filled(f"body {body.id}", [("name", body.name), ("description", body.description)])
    for law in atlas.laws.values():
        yield from _filled(f"law {law.id}", [("effect", law.effect)])
    for contract in atlas.contracts.values():
        yield from _filled(f"contract {contract.id}", [("title", contract.title), ("note", contract.note)])
