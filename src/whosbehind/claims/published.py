"""Comparing a computed number with the published one: whether that holds, and whether it is the very number."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from whosbehind.claims.claim import Published
from whosbehind.values import Measure

# How a number is rounded to the published precision so that it can be the published one.
_ROUNDING = {"at_least": ROUND_FLOOR, "at_most": ROUND_CEILING, "about": ROUND_HALF_UP, "exactly": ROUND_HALF_UP}


def holds(published: Published, value: Decimal) -> bool:
    """Whether the statement is true of a value. "At least" is never met by rounding up, "at most" never by rounding down."""
    match published.relation:
        case "at_least":
            return value >= published.value
        case "at_most":
            return value <= published.value
        case _:
            return reproduces(published, value)


def reproduces(published: Published, value: Decimal) -> bool:
    """Whether a value is the published number: it rounds to it, or has it as its floor ("at least") or ceiling ("at most")."""
    return rounded(value, published.precision, _ROUNDING[published.relation]) == published.value


def rounded(value: Decimal, precision: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A value in whole units of a precision."""
    return (value / precision).to_integral_value(rounding) * precision


def implied_precision(value: Decimal, relation: str, measure: Measure) -> Decimal:
    """The unit a number seems rounded to, where nobody says: the place of its last digit that is not zero.

    An exact number is taken as it stands: money to the cent, counts to the unit.
    """
    if relation == "exactly" or value == 0:
        return Decimal("0.01") if measure is Measure.OBLIGATIONS else Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
