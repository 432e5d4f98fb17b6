"""Checking a claim: its own reading, then the ones next to it, and the verdict they lead to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from whosbehind.atlas import Atlas
from whosbehind.claims.claim import Claim, Published
from whosbehind.claims.covered import Covered
from whosbehind.claims.cube import Cube
from whosbehind.claims.finding import Finding
from whosbehind.claims.measure import measure
from whosbehind.claims.measured import Bench, Measured
from whosbehind.claims.money import figure_of, strands
from whosbehind.claims.published import holds
from whosbehind.claims.readings import Reading, Searched, axes, search, tiers
from whosbehind.claims.windows import kinds_of_windows
from whosbehind.errors import Fault
from whosbehind.figures import Lake, Question
from whosbehind.values import ClaimVerdict, Measure, count

COUNTED = (Measure.OBLIGATIONS, Measure.TRANSACTIONS, Measure.AWARDS)


def check_claim(lake: Lake, atlas: Atlas, claim: Claim, today: dt.date) -> Finding:
    """The finding on a claim and on each of its copies.

    Raises Mistake if it names an agency or fact that is not known.
    """
    bench = Bench(lake, atlas, today)
    found = _computed(bench, claim) if claim.check and claim.published else _documented(claim)
    copies = tuple(check_claim(lake, atlas, copy, today) for copy in claim.copies)
    return replace(found, copies=copies, snapshot=lake.snapshot.id)


def _documented(claim: Claim) -> Finding:
    """A finding that rests on documents alone."""
    known = claim.documented
    if known is None:
        return Finding(
            claim, ClaimVerdict.NOT_TESTABLE, "Nothing says how to check it.", "documents", needed="A way to compute it."
        )
    return Finding(claim, known.verdict, known.reason, "documents", needed=known.needed, sources=known.sources)


def _computed(bench: Bench, claim: Claim) -> Finding:
    assert claim.check is not None
    assert claim.published is not None
    measured = measure(bench, claim.check)
    searched = None
    if measured.value is not None and not holds(claim.published, measured.value):
        searched = _search(bench, claim, measured.value)
    verdict, reason = _verdict(claim.published, measured, searched)
    finding = Finding(
        claim=claim,
        verdict=verdict,
        reason=reason,
        rests_on="computation",
        value=measured.value,
        stated=measured.shown,
        stated_figure=measured.figure,
        searched=searched,
        repaired_figure=_repaired_figure(bench, claim, searched),
        coverage=measured.coverage,
        needed=measured.gap if verdict is ClaimVerdict.NOT_TESTABLE else None,
        sources=tuple(dict.fromkeys((*measured.sources, *(claim.documented.sources if claim.documented else ())))),
    )
    return _with_documents(finding)


def _with_documents(finding: Finding) -> Finding:
    """Where the evidence does not reach, documents may; and they may know under which other reading a number is true."""
    known = finding.claim.documented
    if known is None:
        return finding
    if finding.verdict is ClaimVerdict.NOT_TESTABLE:
        reason = f"{known.reason} (Not recomputed here: {finding.reason})"
        return replace(finding, verdict=known.verdict, reason=reason, rests_on="documents", needed=known.needed or finding.needed)
    if finding.verdict is ClaimVerdict.CONTRADICTED and known.verdict is ClaimVerdict.GARBLED:
        reason = f"{finding.reason} Documents say what it is taken from: {known.reason}"
        return replace(finding, verdict=ClaimVerdict.GARBLED, reason=reason, rests_on="computation and documents")
    return finding


def _verdict(published: Published, measured: Measured, searched: Searched | None) -> tuple[ClaimVerdict, str]:
    """The verdict and the reason for it; without coverage there is none."""
    if measured.value is None or measured.gap:
        also = f" A reading it does cover gives the published number{_change(searched)}." if searched and searched.repair else ""
        return ClaimVerdict.NOT_TESTABLE, f"{measured.gap or 'Nothing could be measured.'}{also}"
    is_met = holds(published, measured.value)
    if measured.missing and holds(published, measured.value + measured.missing) != is_met:
        return ClaimVerdict.NOT_TESTABLE, "Rows that a paged feed is known to hide could change the answer."
    if is_met:
        return ClaimVerdict.SUPPORTED, "The stated reading gives the published number."
    if searched and searched.repair:
        return ClaimVerdict.GARBLED, f"False as stated; another reading gives the published number{_change(searched)}."
    if searched and len(searched.matches) > 1:
        several = f"{count(len(searched.matches), 'reading')} out of {searched.tried:,} tried would give it, and none is nearest"
        return ClaimVerdict.CONTRADICTED, f"The stated reading does not give the published number; {several}."
    if searched and searched.matches:
        tried = f"one of {searched.tried:,} readings tried would give it, which chance alone explains"
        return ClaimVerdict.CONTRADICTED, f"The stated reading does not give the published number; {tried}."
    tried = f", and neither does any of {searched.tried:,} other readings" if searched and searched.tried else ""
    return ClaimVerdict.CONTRADICTED, f"The stated reading does not give the published number{tried}."


def _change(searched: Searched) -> str:
    assert searched.repair is not None
    changed = ", ".join(f"{name} {value}" for name, value in searched.repair.reading.as_json().items())
    return f" ({changed})"


def _repaired_figure(bench: Bench, claim: Claim, searched: Searched | None) -> Any:
    """The figure of the repairing reading, computed once more by the one way all figures are."""
    if not (searched and searched.repair and claim.check and claim.check.measure in COUNTED):
        return None
    reading = searched.repair.reading
    figure = figure_of(bench, reading.question)
    if claim.check.measure is Measure.OBLIGATIONS and figure.obligated_usd * reading.factor != searched.repair.value:
        raise Fault(f"the reading of {claim.id} comes to {figure.obligated_usd} one way and {searched.repair.value} another.")
    return figure


def _search(bench: Bench, claim: Claim, stated: Decimal) -> Searched | None:
    check, published = claim.check, claim.published
    assert check is not None
    assert published is not None
    if check.measure not in COUNTED:
        return _search_units(stated, published)
    question = check.question
    cube = Cube(strands(bench, question, check.measure is Measure.AWARDS), check.measure)
    coverage = Covered(bench)
    windows = (
        kinds_of_windows((question.since, question.until), claim.appeared.last_day, coverage.range())
        if not question.award
        else []
    )
    listed = axes(question, windows, coverage.other_agencies(question), cube.has_funding)
    readings = tiers(Reading(question), listed)
    return search(stated, readings, lambda reading: coverage.value(cube, reading), published)


def _search_units(stated: Decimal, published: Published) -> Searched:
    """Numbers that are not summed here have no other reading than another unit."""
    readings = tiers(Reading(Question()), [axis for axis in axes(Question(), [], [], False) if axis[0] == "unit"])
    return search(stated, readings, lambda reading: stated * reading.factor, published)
