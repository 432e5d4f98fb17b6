"""Comparing a computed number with a published one: what rounds to it, and what only looks so."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.claims.claim import Published
from whosbehind.claims.published import holds, implied_precision, reproduces
from whosbehind.values import Measure

RELATIONS = st.sampled_from(["at_least", "about", "exactly", "at_most"])
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
PRECISIONS = st.sampled_from([Decimal(text) for text in "0.01 0.05 1 5 1000 250000 1000000".split()])
UNITS = st.integers(-1000, 1000)


@st.composite
def published(draw: st.DrawFn) -> Published:
    """A number that was rounded to its precision, as a published one is."""
    precision = draw(PRECISIONS)
    return Published(draw(RELATIONS), precision * draw(UNITS), precision)


@given(published(), st.decimals(min_value="0.001", max_value=10**6, places=3))
def test_at_least_is_never_met_by_rounding_up_nor_at_most_by_rounding_down(number: Published, short: Decimal) -> None:
    assert not holds(Published("at_least", number.value, number.precision), number.value - short)
    assert not holds(Published("at_most", number.value, number.precision), number.value + short)


@given(published(), AMOUNTS)
def test_what_reproduces_a_number_makes_its_statement_true(number: Published, value: Decimal) -> None:
    assert holds(number, value) or not reproduces(number, value)


@given(published())
def test_a_published_number_reproduces_itself(number: Published) -> None:
    assert reproduces(number, number.value)


@given(published(), st.integers(0, 99))
def test_what_reproduces_lies_on_the_side_that_the_relation_allows(number: Published, hundredths: int) -> None:
    part = number.precision * hundredths / 100
    above, below = number.value + part, number.value - part
    assert reproduces(Published("at_least", number.value, number.precision), above)
    assert reproduces(Published("at_most", number.value, number.precision), below)
    if part:
        assert not reproduces(Published("at_least", number.value, number.precision), below)
        assert not reproduces(Published("at_most", number.value, number.precision), above)


@given(published(), AMOUNTS)
def test_the_published_number_is_what_a_value_rounds_to(number: Published, value: Decimal) -> None:
    ways = {"at_least": ROUND_FLOOR, "at_most": ROUND_CEILING, "about": ROUND_HALF_UP, "exactly": ROUND_HALF_UP}
    near = number.value + value % (2 * number.precision)
    rounded = (near / number.precision).to_integral_value(ways[number.relation]) * number.precision
    assert reproduces(number, near) == (rounded == number.value)


@given(AMOUNTS, PRECISIONS, RELATIONS)
def test_a_number_that_is_no_multiple_of_its_precision_reproduces_itself(
    value: Decimal, precision: Decimal, relation: str
) -> None:
    assert reproduces(Published(relation, value, precision), value)


@given(published(), AMOUNTS)
def test_about_holds_within_half_the_precision(number: Published, value: Decimal) -> None:
    about = Published("about", number.value, number.precision)
    distance = abs(value - number.value)
    if distance * 2 < number.precision:
        assert holds(about, value)
    if distance * 2 > number.precision:
        assert not holds(about, value)


@pytest.mark.parametrize(
    ("value", "relation", "measure", "precision"),
    [
        ("158000000", "at_least", Measure.OBLIGATIONS, "1000000"),
        ("121900000", "about", Measure.OBLIGATIONS, "100000"),
        ("921000", "about", Measure.OBLIGATIONS, "1000"),
        ("1E+9", "about", Measure.OBLIGATIONS, "1000000000"),
        ("0.73", "about", Measure.SHARE, "0.01"),
        ("0.5", "exactly", Measure.SHARE, "0.1"),
        ("51000000", "exactly", Measure.OBLIGATIONS, "0.01"),
        ("44000", "exactly", Measure.FACT, "1"),
        ("0", "at_most", Measure.TRANSACTIONS, "1"),
        ("0", "about", Measure.OBLIGATIONS, "0.01"),
    ],
)
def test_where_nobody_says_the_last_digit_that_is_not_zero_is_the_precision(
    value: str, relation: str, measure: Measure, precision: str
) -> None:
    assert implied_precision(Decimal(value), relation, measure) == Decimal(precision)


@given(AMOUNTS, RELATIONS, st.sampled_from(list(Measure)))
def test_a_number_is_a_multiple_of_the_precision_it_seems_to_have(value: Decimal, relation: str, measure: Measure) -> None:
    precision = implied_precision(value, relation, measure)
    assert precision > 0
    assert reproduces(Published(relation, value, precision), value)
