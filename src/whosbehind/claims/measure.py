"""What a claim's own reading comes to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from whosbehind.claims.claim import Check
from whosbehind.claims.measured import Bench, Measured
from whosbehind.claims.money import money
from whosbehind.claims.stated import authorized, fact, filed
from whosbehind.phrases import phrase
from whosbehind.values import Measure

SHARE_DIGITS = Decimal("0.000001")


def measure(bench: Bench, check: Check) -> Measured:
    """What a check comes to as it is stated."""
    return MEASURES[check.measure](bench, check)


def _quotient(bench: Bench, check: Check) -> Measured:
    assert check.numerator is not None
    assert check.denominator is not None
    above, below = measure(bench, check.numerator), measure(bench, check.denominator)
    parts = {"numerator": above.shown, "denominator": below.shown}
    gap = above.gap or below.gap or above.late or below.late
    sources = tuple(dict.fromkeys((*above.sources, *below.sources)))
    coverage = {"numerator": above.coverage, "denominator": below.coverage}
    if above.value is None or below.value is None:
        return Measured(
            None, parts, gap or phrase("One of the two numbers could not be measured."), coverage=coverage, sources=sources
        )
    if below.value == 0:
        return Measured(None, parts, gap or phrase("The number to divide by is zero."), coverage=coverage, sources=sources)
    value = (above.value / below.value).quantize(SHARE_DIGITS, ROUND_HALF_UP)
    shown = {**parts, "value": f"{value:f}"}
    open_end = above.open_end or below.open_end
    missing, notes = _missing(above, below, value), tuple(dict.fromkeys((*above.notes, *below.notes)))
    return Measured(value, shown, gap, open_end=open_end, missing=missing, coverage=coverage, sources=sources, notes=notes)


def _missing(above: Measured, below: Measured, value: Decimal) -> Decimal:
    """How far the quotient may be off, where rows of either number may be missing."""
    assert above.value is not None
    assert below.value is not None
    divisors = [below.value + sign * below.missing for sign in (-1, 1)]
    if min(divisors) <= 0 <= max(divisors):
        return Decimal("Infinity")
    quotients = [(above.value + sign * above.missing) / divisor for sign in (-1, 1) for divisor in divisors]
    return max(abs(each - value) for each in quotients) if above.missing or below.missing else Decimal(0)


MEASURES: dict[Measure, Callable[[Bench, Check], Measured]] = {
    Measure.OBLIGATIONS: money,
    Measure.TRANSACTIONS: money,
    Measure.AWARDS: money,
    Measure.FACT: fact,
    Measure.AUTHORIZATIONS: authorized,
    Measure.REPORTED: filed,
    Measure.SHARE: _quotient,
    Measure.RATIO: _quotient,
}
