"""Checking a claim: its own reading, then the ones next to it, and the verdict they lead to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Any

from whosbehind.claims.claim import Claim, Published
from whosbehind.claims.covered import Covered
from whosbehind.claims.finding import Finding
from whosbehind.claims.measure import measure
from whosbehind.claims.measured import Bench
from whosbehind.claims.money import cube
from whosbehind.claims.published import holds
from whosbehind.claims.readings import Reading, Searched, axes, search, tiers
from whosbehind.claims.verdict import judged, lacking
from whosbehind.claims.windows import kinds_of_windows
from whosbehind.errors import Fault
from whosbehind.figures import Question
from whosbehind.phrases import joined, phrase
from whosbehind.values import ClaimVerdict, Measure

COUNTED = (Measure.OBLIGATIONS, Measure.TRANSACTIONS, Measure.AWARDS)


def check_claim(bench: Bench, claim: Claim) -> Finding:
    """The finding on a claim and on each of its copies.

    Raises Mistake if it names an agency or fact that is not known.
    """
    found = _computed(bench, claim) if claim.check and claim.published else _documented(claim)
    copies = tuple(check_claim(bench, copy) for copy in claim.copies)
    return replace(found, copies=copies, snapshot=bench.lake.snapshot.id)


def _documented(claim: Claim) -> Finding:
    """A finding that rests on documents alone."""
    known = claim.documented
    if known is None:
        return Finding(
            claim,
            ClaimVerdict.NOT_TESTABLE,
            phrase("Nothing says how to check it."),
            "documents",
            needed=phrase("A way to compute it."),
        )
    return Finding(claim, known.verdict, known.reason, "documents", needed=known.needed, sources=known.sources)


def _computed(bench: Bench, claim: Claim) -> Finding:
    assert claim.check is not None
    assert claim.published is not None
    measured = measure(bench, claim.check)
    searched = None
    if measured.value is not None and not holds(claim.published, measured.value):
        searched = _search(bench, claim, measured.value)
    verdict, why = judged(claim.check.measure, claim.published, measured, searched)
    finding = Finding(
        claim=claim,
        verdict=verdict,
        reason=joined(" ", (why, *measured.notes)),
        rests_on="computation",
        value=measured.value,
        stated=measured.shown,
        stated_figure=measured.figure,
        searched=searched,
        repaired_figure=_repaired_figure(bench, claim, searched),
        coverage=measured.coverage,
        needed=lacking(claim.published, measured),
        sources=tuple(dict.fromkeys((*measured.sources, *(claim.documented.sources if claim.documented else ())))),
    )
    return _with_documents(finding)


def _with_documents(finding: Finding) -> Finding:
    """Where the evidence does not reach, documents may; and they may know under which other reading a number is true.

    Where the two are at odds, the computation stands, and the reason says so.
    """
    known = finding.claim.documented
    if known is None:
        return finding
    if finding.verdict is ClaimVerdict.NOT_TESTABLE:
        reason = phrase("{told} (Not recomputed here: {reason})", told=phrase(known.reason), reason=finding.reason)
        return replace(finding, verdict=known.verdict, reason=reason, rests_on="documents", needed=known.needed or finding.needed)
    if finding.verdict is known.verdict:
        return finding
    if finding.verdict is ClaimVerdict.CONTRADICTED and known.verdict is ClaimVerdict.GARBLED:
        reason = phrase("{reason} Documents say what it is taken from: {told}", reason=finding.reason, told=phrase(known.reason))
        return replace(finding, verdict=ClaimVerdict.GARBLED, reason=reason, rests_on="computation and documents")
    reason = phrase(
        "{reason} From documents alone it was judged {verdict}: {told}",
        reason=finding.reason,
        verdict=known.verdict,
        told=phrase(known.reason),
    )
    return replace(finding, reason=reason, rests_on="computation and documents")


def _repaired_figure(bench: Bench, claim: Claim, searched: Searched | None) -> Any:
    """The figure of the repairing reading, computed once more by the one way all figures are."""
    if not (searched and searched.repair and claim.check and claim.check.measure in COUNTED):
        return None
    reading = searched.repair.reading
    again = measure(bench, replace(claim.check, question=reading.question))
    if again.value is None or again.value * reading.factor != searched.repair.value:
        raise Fault(f"the reading of {claim.id} comes to {again.value} one way and {searched.repair.value} another.")
    return again.figure


def _search(bench: Bench, claim: Claim, stated: Decimal) -> Searched | None:
    check, published = claim.check, claim.published
    assert check is not None
    assert published is not None
    if check.measure not in COUNTED:
        return _search_units(stated, published)
    question, actions, coverage = check.question, cube(bench, check), Covered.of(bench)
    windows = (
        kinds_of_windows((question.since, question.until), claim.appeared.last_day, coverage.range())
        if not question.award
        else []
    )
    listed = axes(question, windows, coverage.other_agencies(question), actions.has_funding)
    readings = tiers(Reading(question), listed)
    value_of, rows_of = partial(coverage.value, actions), partial(coverage.rows, actions)
    return search(stated, readings, value_of, rows_of, published)


def _search_units(stated: Decimal, published: Published) -> Searched:
    """Numbers that are not summed here have no other reading than another unit."""
    readings = tiers(Reading(Question()), [axis for axis in axes(Question(), [], [], False) if axis[0] == "unit"])
    return search(stated, readings, lambda reading: stated * reading.factor, lambda reading: reading.factor, published)
