"""Pages of publications: who published them, how far they were read, and all that they are cited for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.atlas.texts import quantity_words
from whosbehind.claims import Finding
from whosbehind.phrases import joined, phrase
from whosbehind.records import CitedSource, Contract, Fact, Flow, Organisation, Status, System
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page, spread

# Publications on one page of a list.
PAGE_LENGTH = 250
# What publications are cited for, in the order of a page.
SUBJECTS = ("claim", "system", "flow", "fact", "contract", "law", "owner", "product", "agency", "body", "company")


@dataclass(frozen=True)
class Use:
    """One thing a publication is cited for: what kind of thing, its name and page, and what is said of it."""

    subject: str
    name: str
    page: str | None = None
    says: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Line:
    """A publication in a list, with how often it is cited."""

    source: CitedSource
    count: int


def document_pages(material: Material) -> Iterator[Page]:
    """The lists of publications that the site cites, in all and by kind, and a page for each."""
    uses = _uses(material)
    sources = sorted((each for each in material.atlas.sources.values() if each.id in uses), key=_order)
    lines = [Line(each, len(uses[each.id])) for each in sources]
    kinds = _kinds(sources)
    yield from _lists(None, lines, kinds)
    for kind, _ in kinds:
        yield from _lists(kind, [line for line in lines if line.source.kind == kind], kinds)
    for each in sources:
        yield Page(address.document(each.id), "document.html", partial(_described, each, uses[each.id]))


def _order(source: CitedSource) -> tuple[str, str, str]:
    return source.publisher.lower(), source.date or "", source.id


def _kinds(sources: Iterable[CitedSource]) -> tuple[tuple[str, int], ...]:
    """The kinds of publications with how many there are, most first."""
    found: dict[str, int] = defaultdict(int)
    for each in sources:
        if each.kind:
            found[str(each.kind)] += 1
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _lists(kind: str | None, lines: Sequence[Line], kinds: tuple[tuple[str, int], ...]) -> Iterator[Page]:
    first = address.documents(kind)
    for own, place in spread(lines, PAGE_LENGTH):
        shown = {"kind": kind, "lines": tuple(own), "count": len(lines), "kinds": kinds, "first": first, **place}
        yield Page(address.further(first, place["part"]), "documents.html", partial(dict, shown))


def _described(source: CitedSource, uses: Sequence[Use]) -> dict[str, Any]:
    groups = {subject: tuple(use for use in uses if use.subject == subject) for subject in SUBJECTS}
    return {"source": source, "count": len(uses), "groups": {name: own for name, own in groups.items() if own}}


def _uses(material: Material) -> Mapping[str, tuple[Use, ...]]:
    """All that each publication is cited for, each thing once."""
    found: dict[str, dict[Use, None]] = defaultdict(dict)
    for name, use in _cited(material):
        found[name].setdefault(use)
    return {name: tuple(own) for name, own in found.items()}


def _cited(material: Material) -> Iterator[tuple[str, Use]]:
    """Every citation of the content: the publication's id with what it is cited for."""
    atlas = material.atlas
    for finding in material.findings.values():
        yield from _of_claim(material, finding)
    for system in atlas.systems.values():
        yield from _of_system(material, system)
    for flow in atlas.flows.values():
        yield from _of_flow(material, flow)
    for fact in atlas.facts.values():
        yield from _of_fact(material, fact)
    for contract in atlas.contracts.values():
        yield from _of_contract(material, contract)
    for organisation in atlas.organisations.values():
        if material.described & {organisation.id, *(owner.organisation_id for owner in organisation.owners)}:
            yield from _of_organisation(material, organisation)
    yield from _of_others(material)


def _of_claim(material: Material, finding: Finding) -> Iterator[tuple[str, Use]]:
    use = Use("claim", finding.claim.statement, address.claim(finding.id.split("/")[0]), note=str(finding.verdict))
    reply = finding.claim.reply.sources if finding.claim.reply else ()
    stood_in = [each.id for each in material.atlas.sources.values() if each.url and each.url == finding.claim.appeared.url]
    yield from ((name, use) for name in (*finding.sources, *reply, *stood_in))
    for copy in finding.copies:
        yield from _of_claim(material, copy)


def _of_system(material: Material, system: System) -> Iterator[tuple[str, Use]]:
    name, page = system.acronym or system.name, address.system(system.id)
    for sources, says, note in _stated_of(material, system):
        yield from ((source, Use("system", name, page, says, note)) for source in sources)


def _stated_of(material: Material, system: System) -> Iterator[tuple[Sequence[str], str | None, str]]:
    """What is stated about a system: the publications, who or what it is about, and as what."""
    name_of = material.atlas.name_of
    for role, part in system.parts():
        yield part.stated.sources, name_of(part.party_id), role
        if part.stated.dispute:
            yield part.stated.dispute.sources, part.stated.dispute.statement, "contested"
    yield from ((each.sources, _days(each), each.status) for each in system.statuses)
    yield from ((each.sources, each.statement, "mistaken") for each in system.confusions)
    yield from ((each.sources, name_of(each.system_id), "predecessor") for each in system.predecessors)
    yield system.documents, None, "document"
    yield system.sources, None, "description"


def _days(status: Status) -> str | None:
    since, until = status.since, status.until
    return joined(" – ", (since.text if since else "…", until.text if until else "…")) if since or until else None


def _of_flow(material: Material, flow: Flow) -> Iterator[tuple[str, Use]]:
    atlas, stated = material.atlas, flow.stated
    name = joined(" → ", (atlas.name_of(flow.from_id), atlas.name_of(flow.to_id)))
    page = material.page_of(flow.from_id) or material.page_of(flow.to_id)
    own = [source for source in (*stated.sources, *flow.authority) if source in atlas.sources]
    yield from ((source, Use("flow", name, page, flow.data, str(flow.category))) for source in own)
    if stated.dispute:
        yield from ((source, Use("flow", name, page, stated.dispute.statement, "contested")) for source in stated.dispute.sources)


def _of_fact(material: Material, fact: Fact) -> Iterator[tuple[str, Use]]:
    day = fact.on or fact.stated.since
    number = joined(" ", (f"{fact.value.normalize():,f}", phrase(fact.unit)))
    note = joined(", ", filter(None, (phrase(quantity_words(fact.quantity)), day.text if day else "")))
    use = Use("fact", material.atlas.name_of(fact.about_id), material.page_of(fact.about_id), number, note)
    yield from ((source, use) for source in fact.stated.sources)


def _of_contract(material: Material, contract: Contract) -> Iterator[tuple[str, Use]]:
    things = (contract.vendor_id, *contract.systems, contract.agency_id)
    page = next((page for thing in things if thing and (page := material.page_of(thing))), None)
    yield from (
        (source, Use("contract", material.atlas.name_of(contract.id), page, None, contract.piid)) for source in contract.sources
    )


def _of_organisation(material: Material, organisation: Organisation) -> Iterator[tuple[str, Use]]:
    atlas, page = material.atlas, material.page_of(organisation.id)
    for owner in organisation.owners:
        days = joined(" – ", (owner.from_date or "…", owner.to_date or "…"))
        use = Use("owner", organisation.name, page, phrase("owned by {name}", name=atlas.name_of(owner.organisation_id)), days)
        yield from ((source, use) for source in owner.sources)
    for product in organisation.products:
        yield from ((source, Use("product", product.name, page, joined("", [organisation.name]))) for source in product.sources)
    yield from ((source, Use("company", organisation.name, page)) for source in organisation.sources)


def _of_others(material: Material) -> Iterator[tuple[str, Use]]:
    """Laws, agencies and bodies."""
    atlas = material.atlas
    for law in atlas.laws.values():
        yield from ((source, Use("law", law.name, None, law.effect, law.citation)) for source in law.sources)
    for agency in atlas.agencies.values():
        own = (*agency.sources, *(source for each in agency.predecessors for source in each.sources))
        yield from ((source, Use("agency", agency.name, material.page_of(agency.id))) for source in own)
    for body in atlas.bodies.values():
        yield from ((source, Use("body", body.label, material.page_of(body.id))) for source in body.sources)
