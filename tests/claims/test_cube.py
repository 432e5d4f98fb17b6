"""The cube: any reading of it is a plain sum over the rows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from whosbehind.claims.cube import Cube, Slice
from whosbehind.values import Measure, Route

CODES = ["7012", "7014", None]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))


@st.composite
def rows(draw: st.DrawFn) -> dict[str, Any]:
    """Actions of a day that have all in common, as the ledger sums them."""
    is_named = draw(st.booleans())
    amount = draw(st.decimals(-1000, 1000, places=2))
    return {
        "action_date": draw(DAYS),
        "agency_code": draw(st.sampled_from(CODES)),
        "funding_code": draw(st.sampled_from(CODES)),
        "is_direct": draw(st.booleans()),
        "is_named": is_named,
        "is_direct_named": is_named and draw(st.booleans()),
        "is_positive": amount > 0,
        "award_id": draw(st.sampled_from("ABCD")),
        "obligated_usd": amount,
        "transaction_count": draw(st.integers(1, 3)),
    }


SLICES = st.builds(
    Slice,
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    codes=st.none() | st.frozensets(st.sampled_from(["7012", "7014"])),
    is_funding=st.booleans(),
    route=st.sampled_from([None, Route.DIRECT, Route.RESELLER]),
    names_only=st.booleans(),
    positive_only=st.booleans(),
)


def is_meant(row: dict[str, Any], asked: Slice) -> bool:
    code = row["funding_code"] if asked.is_funding else row["agency_code"]
    is_direct = row["is_direct_named"] if asked.names_only else row["is_direct"]
    return all(
        (
            asked.since is None or row["action_date"] >= asked.since,
            asked.until is None or row["action_date"] <= asked.until,
            asked.codes is None or code in asked.codes,
            asked.route is None or is_direct == (asked.route is Route.DIRECT),
            row["is_named"] or not asked.names_only,
            row["is_positive"] or not asked.positive_only,
        )
    )


@given(st.lists(rows(), max_size=30), SLICES)
def test_a_cubes_value_is_the_plain_sum_over_the_rows_a_slice_means(listed: list[dict[str, Any]], asked: Slice) -> None:
    meant = [row for row in listed if is_meant(row, asked)]
    assert Cube(listed, Measure.OBLIGATIONS).value(asked) == sum((row["obligated_usd"] for row in meant), Decimal(0))
    assert Cube(listed, Measure.TRANSACTIONS).value(asked) == sum(row["transaction_count"] for row in meant)
    assert Cube(listed, Measure.AWARDS).value(asked) == len({row["award_id"] for row in meant})


@given(st.lists(rows(), max_size=12), SLICES, SLICES)
def test_two_slices_are_of_the_same_rows_where_they_mean_the_same_actions(
    listed: list[dict[str, Any]], one: Slice, other: Slice
) -> None:
    meant = [[place for place, row in enumerate(listed) if is_meant(row, asked)] for asked in (one, other)]
    moving = [[place for place in places if listed[place]["obligated_usd"]] for places in meant]
    awards = [{listed[place]["award_id"] for place in places} for places in meant]
    for measure, (first, second) in ((Measure.TRANSACTIONS, meant), (Measure.OBLIGATIONS, moving), (Measure.AWARDS, awards)):
        cube = Cube(listed, measure)
        assert (cube.rows(one) == cube.rows(other)) == (first == second)


@given(st.lists(rows(), max_size=10))
def test_a_cube_knows_whether_any_action_says_who_pays(listed: list[dict[str, Any]]) -> None:
    assert Cube(listed, Measure.OBLIGATIONS).has_funding == any(row["funding_code"] for row in listed)
