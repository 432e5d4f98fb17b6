"""The verdict that a computed number leads to, and the reason for it in words."""

from __future__ import annotations

from decimal import Decimal

from whosbehind.claims.claim import Published
from whosbehind.claims.measured import Measured
from whosbehind.claims.published import holds
from whosbehind.claims.readings import Searched
from whosbehind.claims.wording import match_text, number_text, published_text, relation_text
from whosbehind.phrases import joined, phrase
from whosbehind.values import ClaimVerdict, Measure, count

# Matching readings that are said where none of them is the repair.
MATCHES = 3


def judged(measure: Measure, published: Published, measured: Measured, searched: Searched | None) -> tuple[ClaimVerdict, str]:
    """The verdict and the reason for it; where the evidence does not suffice, there is no other than not testable."""
    gap = lacking(published, measured)
    if gap or measured.value is None:
        if not (searched and searched.repair):
            return ClaimVerdict.NOT_TESTABLE, joined("", [gap])
        reading = match_text(searched.repair, measure)
        also = phrase("Another reading, which it does cover, gives the published number: {reading}.", reading=reading)
        return ClaimVerdict.NOT_TESTABLE, joined(" ", (gap, also))
    computed = number_text(measure, measured.value)
    if holds(published, measured.value):
        how = _met(measure, published, measured.value)
        met = phrase("As stated, it comes to {number}, {met}.", number=computed, met=how)
        return ClaimVerdict.SUPPORTED, joined(" ", filter(None, (met, measured.open_end)))
    relation = relation_text(published, measure)
    contrast = phrase("As stated, it comes to {number}, not {published}.", number=computed, published=relation)
    if searched and searched.repair:
        reading = match_text(searched.repair, measure)
        other = phrase("Another reading gives the published number: {reading}.", reading=reading)
        return ClaimVerdict.GARBLED, joined(" ", (contrast, other))
    return ClaimVerdict.CONTRADICTED, joined(" ", filter(None, (contrast, _others(searched, measure))))


def lacking(published: Published, measured: Measured) -> str | None:
    """What stands in the way of a verdict, in a sentence; None where nothing does."""
    if measured.gap or measured.value is None:
        return measured.gap or phrase("Nothing could be measured.")
    is_met = holds(published, measured.value)
    if _depends_on_missing(published, measured.value, measured.missing):
        return phrase("Rows that a paged feed is known to hide could change the answer.")
    if (published.relation, is_met) in (("at_least", True), ("at_most", False)):  # more money makes no difference
        return None
    is_unsettled = not is_met or published.relation == "at_most"
    return measured.late or (measured.open_end if is_unsettled else None)


def _depends_on_missing(published: Published, value: Decimal, missing: Decimal) -> bool:
    """Whether the true value, up to so much lower or higher, could make the statement true or false."""
    lowest, highest = value - missing, value + missing
    if holds(published, value):
        return not (holds(published, lowest) and holds(published, highest))
    return holds(published, min(max(published.value, lowest), highest))


def _met(measure: Measure, published: Published, value: Decimal) -> str:
    if published.relation in ("at_least", "at_most"):
        return phrase("which is {number}", number=relation_text(published, measure))
    if value == published.value:
        return phrase("the published number")
    step = number_text(measure, published.precision).removesuffix(".00")
    return phrase(
        "which rounds to the published {number} (to the nearest {step})", number=published_text(published, measure), step=step
    )


def _others(searched: Searched | None, measure: Measure) -> str:
    """What came of the other readings, where none is the repair."""
    if searched is None or not searched.tried:
        return ""
    tried = count(searched.tried, "other reading")
    if len(searched.matches) > 1:
        number = len(searched.matches)
        shown = [match_text(match, measure) for match in searched.matches[:MATCHES]]
        shown += [phrase("and {number} more", number=f"{number - MATCHES:,}")] if number > MATCHES else []
        return phrase(
            "Of {tried}, {number} would give the published number, and none of them is nearer than the rest: {readings}.",
            tried=tried,
            number=number,
            readings=joined("; ", shown),
        )
    if searched.matches:
        return phrase("Of {tried}, one would give the published number, but among so many chance alone can do that.", tried=tried)
    return phrase("None of {tried} gives the published number either.", tried=tried)
