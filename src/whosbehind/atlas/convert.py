"""Entries as people write them, turned into records."""

from __future__ import annotations

from whosbehind.atlas.models import AgencyEntry, AliasEntry, LoggedEntry, OrganisationEntry, SourceEntry
from whosbehind.atlas.system_models import (
    BodyEntry,
    ContractEntry,
    FactEntry,
    FlowEntry,
    LawEntry,
    PartEntry,
    StatedEntry,
    SystemEntry,
)
from whosbehind.records import (
    Agency,
    Alias,
    Body,
    CitedSource,
    Confusion,
    Contract,
    Correction,
    Dispute,
    Fact,
    Flow,
    FormerAgency,
    Law,
    Organisation,
    Owner,
    Part,
    Predecessor,
    Product,
    Statement,
    Status,
    System,
)
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
    return CitedSource(
        model.id, model.publisher, model.title, model.date, model.url, model.grade, model.read, model.kind, model.number
    )


def corrected(model: LoggedEntry) -> tuple[Correction, ...]:
    """The corrections that an entry logs."""
    return tuple(Correction(each.date, each.what, each.reason) for each in model.corrections)


def stated(model: StatedEntry) -> Statement:
    """The dates, standing and sources of a statement."""
    other = model.disputed_by
    dispute = Dispute(other.who, other.statement, other.sources) if other else None
    return Statement(model.since, model.until, model.seen, model.standing, model.confidence, model.note, dispute, model.sources)


def parts(listed: tuple[PartEntry, ...]) -> tuple[Part, ...]:
    """Those who have a part in a system."""
    return tuple(Part(each.party, stated(each)) for each in listed)


def system(model: SystemEntry) -> System:
    """A system."""
    return System(
        id=model.id,
        name=model.name,
        acronym=model.acronym,
        kind=model.kind,
        operator_id=model.operator,
        operator_note=model.operator_note,
        part_of_id=model.part_of,
        product_id=model.product,
        purpose=model.purpose,
        aliases=aliases(model.aliases, model.id),
        statuses=tuple(Status(**dict(each)) for each in model.statuses),
        builders=parts(model.builders),
        hosts=parts(model.hosts),
        resellers=parts(model.resellers),
        users=parts(model.users),
        documents=model.documents,
        predecessors=tuple(Predecessor(each.system, each.date, each.note, each.sources) for each in model.predecessors),
        confusions=tuple(Confusion(**each.model_dump()) for each in model.confusions),
        unknown=model.unknown,
        confidence=model.confidence,
        note=model.note,
        sources=model.sources,
        corrections=corrected(model),
    )


def body(model: BodyEntry) -> Body:
    """A body."""
    return Body(model.id, model.name, model.kind, model.part_of, model.description, model.sources, corrected(model))


def flow(model: FlowEntry) -> Flow:
    """A flow of data."""
    return Flow(
        id=model.id,
        from_id=model.from_id,
        to_id=model.to_id,
        category=model.category,
        data=model.data,
        channel=model.channel,
        authority=model.authority,
        stated=stated(model),
        passes_on=model.passes_on,
        corrections=corrected(model),
    )


def law(model: LawEntry) -> Law:
    """A law or policy."""
    return Law(**{**dict(model), "corrections": corrected(model)})


def contract(model: ContractEntry) -> Contract:
    """A contract."""
    return Contract(
        id=model.id,
        title=model.title,
        piid=model.piid,
        agency_id=model.agency,
        vendor_id=model.vendor,
        systems=model.systems,
        since=model.since,
        until=model.until,
        modifies_id=model.modifies,
        confidence=model.confidence,
        note=model.note,
        sources=model.sources,
        corrections=corrected(model),
    )


def fact(model: FactEntry) -> Fact:
    """A number somebody states."""
    return Fact(model.id, model.about, model.quantity, model.value, model.unit, model.on, stated(model), corrected(model))


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
        tuple(FormerAgency(each.agency, each.date, each.note, each.sources) for each in model.predecessors),
        model.sources,
        corrected(model),
    )


def organisation(model: OrganisationEntry) -> Organisation:
    """An organisation."""
    products = tuple(Product(p.id, p.name, aliases(p.aliases, p.id), p.from_date, p.to_date, p.sources) for p in model.products)
    owners = tuple(Owner(o.organisation, o.from_date, o.to_date, o.confidence, o.sources) for o in model.owners)
    return Organisation(
        id=model.id,
        name=model.name,
        kind=model.kind,
        description=model.description,
        aliases=aliases(model.aliases, model.id),
        products=products,
        owners=owners,
        sources=model.sources,
        corrections=corrected(model),
    )
