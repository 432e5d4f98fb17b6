"""Numbers that others state: facts of the atlas, authorizations in a marketplace, filings of companies."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from whosbehind.atlas.atlas import suggestion
from whosbehind.claims.claim import Check
from whosbehind.claims.measured import Bench, Measured
from whosbehind.errors import Mistake
from whosbehind.figures import authorizations
from whosbehind.figures.reported import FactQuestion, reported
from whosbehind.phrases import phrase
from whosbehind.values import Standing, text_of

# Days after a snapshot for which it still stands.
STANDS = dt.timedelta(days=31)


def fact(bench: Bench, check: Check) -> Measured:
    """A fact of the atlas; one that is contested, alleged, planned or of low confidence leads to no verdict."""
    found = bench.atlas.facts.get(check.fact or "")
    if found is None:
        raise Mistake(f"there is no fact {check.fact!r}.", next=suggestion(check.fact or "", bench.atlas.facts) or None)
    shown = {
        "fact_id": found.id,
        "about": found.about_id,
        "quantity": found.quantity,
        "value": f"{found.value:f}",
        "unit": found.unit,
        "date": text_of(found.on or found.stated.since),
        "standing": str(found.stated.standing),
        "confidence": found.stated.confidence,
        "sources": list(found.stated.sources),
    }
    is_firm = found.stated.standing is Standing.DOCUMENTED and found.stated.confidence != "low"
    gap = (
        None
        if is_firm
        else phrase(
            "The number is {standing}, with {confidence} confidence.",
            standing=found.stated.standing,
            confidence=phrase(found.stated.confidence),
        )
    )
    return Measured(found.value, shown, gap, sources=found.stated.sources)


def authorized(bench: Bench, check: Check) -> Measured:
    """FedRAMP authorizations of organisations on a day, with the products they are made of."""
    assert check.on is not None
    named = [bench.atlas.find_organisation(name) for name in check.question.organisations]
    ids = tuple(each.id if each else name for each, name in zip(named, check.question.organisations, strict=True))
    found = authorizations(bench.lake, bench.atlas, ids, check.on)
    shown = {
        "organisations": list(ids),
        "on": check.on.isoformat(),
        "snapshot_date": found.snapshot_date.isoformat() if found.snapshot_date else None,
        "file_name": found.file_name,
        "products": [
            {
                "product_name": each.product_name,
                "authorizations": each.count,
                "letters": each.letter_count,
                "dependents": len(each.dependents),
                "is_authorized": each.is_authorized,
                "citation": found.citation(each),
            }
            for each in found.products
        ],
    }
    gap = found.reason if found.count is None or not found.products else None
    if found.snapshot_date and check.on - found.snapshot_date > STANDS:
        gap = phrase("The newest snapshot of the marketplace before {day} is of {date}.", day=check.on, date=found.snapshot_date)
    return Measured(None if found.count is None else Decimal(found.count), shown, gap)


def filed(bench: Bench, check: Check) -> Measured:
    """A number of a company's filing, with the places that state it."""
    assert check.company is not None
    assert check.concept is not None
    until = check.question.until
    assert until is not None
    organisation = bench.atlas.find_organisation(check.company)
    aliases = [alias.text for alias in organisation.aliases] if organisation else []
    names = [check.company, *([organisation.name] if organisation else []), *aliases]
    asked = [FactQuestion(name, check.concept, check.question.since or until, until, check.segment) for name in names]
    found = next((each for each in (reported(bench.lake, question) for question in asked) if each.value is not None), None)
    found = found or reported(bench.lake, asked[0])
    shown = {
        "company": check.company,
        "concept": check.concept,
        "segment": check.segment,
        "since": str(asked[0].since),
        "until": str(until),
        "value": None if found.value is None else f"{found.value:f}",
        "unit": found.unit,
        "citations": list(found.citations),
    }
    return Measured(found.value, shown, found.reason)
