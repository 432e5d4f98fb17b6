"""Comparing a computed number with the published one: whether that holds, and whether it is the very number."""

from __future__ import annotations

from decimal import Decimal

from whosbehind.claims.claim import Published
from whosbehind.values import Measure


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
    """Whether a value is the published number: it rounds to it, or has it as its floor ("at least") or ceiling ("at most").

    Halves round away from zero. A published number need not be a multiple of its precision;
    then what lies within half the precision rounds to it.
    """
    number, precision, half = published.value, published.precision, published.precision / 2
    match published.relation:
        case "at_least":
            return number <= value < number + precision
        case "at_most":
            return number - precision < value <= number
        case _:
            return abs(value - number) < half or (number != 0 and value == number - half.copy_sign(number))


def implied_precision(value: Decimal, relation: str, measure: Measure) -> Decimal:
    """The unit a number seems rounded to, where nobody says: the place of its last digit that is not zero.

    An exact number is taken as it stands: money to the cent, counts to the unit.
    """
    if relation == "exactly" or value == 0:
        return Decimal("0.01") if measure is Measure.OBLIGATIONS else Decimal(1).scaleb(min(0, int(value.as_tuple().exponent)))
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
