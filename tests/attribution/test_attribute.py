"""From mentions and ownership at a date to one row for each organisation of a transaction."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from whosbehind.attribution import attribute
from whosbehind.records import Ownership
from whosbehind.tables import ATTRIBUTIONS, MENTIONS, OWNERSHIP

DAY = dt.date(2020, 6, 1)
ITSELF = Ownership("maker", "maker", None, None, "name")


def mention(
    named: str = "maker",
    field: str = "description",
    starts_at: int = 0,
    day: dt.date = DAY,
    words: str = "MAKER",
    **judged: str,
) -> dict[str, Any]:
    return {
        "transaction_id": "t",
        "action_date": day,
        "named_id": named,
        "field": field,
        "matched": words,
        "starts_at": starts_at,
        "ends_at": starts_at + len(words),
        "confidence": "certain",
        "role": "supplied",
        **judged,
    }


def attributed(mentions: list[dict[str, Any]], ownership: list[Ownership], as_of: dt.date | None = None) -> list[dict[str, Any]]:
    mentioned = pa.Table.from_pylist(mentions, schema=ibis.schema(MENTIONS.schema()).to_pyarrow())
    owned = pa.Table.from_pylist([each.__dict__ for each in ownership], schema=ibis.schema(OWNERSHIP.schema()).to_pyarrow())
    found = attribute(ibis.memtable(mentioned), ibis.memtable(owned), as_of).order_by(list(ATTRIBUTIONS.key))
    return list(found.to_pyarrow().to_pylist())


def owners(mentions: list[dict[str, Any]], ownership: list[Ownership], as_of: dt.date | None = None) -> list[str]:
    return [row["organisation_id"] for row in attributed(mentions, ownership, as_of)]


def test_a_mention_in_the_recipients_name_makes_the_route_direct() -> None:
    (row,) = attributed([mention(starts_at=3), mention(field="recipient_name", starts_at=9, words="MAKER INC")], [ITSELF])
    assert (row["route"], row["field"], row["matched"], row["starts_at"]) == ("direct", "recipient_name", "MAKER INC", 9)


def test_a_mention_in_the_description_alone_is_through_a_reseller() -> None:
    (row,) = attributed([mention(starts_at=12), mention(starts_at=3)], [ITSELF])
    assert (row["route"], row["starts_at"], row["role"], row["confidence"]) == ("reseller", 3, "supplied", "certain")


@pytest.mark.parametrize(
    ("day", "owner"),
    [
        (dt.date(2019, 12, 31), "seller"),
        (dt.date(2020, 1, 1), "buyer"),
        (dt.date(2020, 12, 31), "buyer"),
        (dt.date(2021, 1, 1), None),
    ],
)
def test_first_and_last_day_of_an_ownership_belong_to_it(day: dt.date, owner: str | None) -> None:
    ownership = [
        Ownership("product", "seller", None, dt.date(2019, 12, 31), "product"),
        Ownership("product", "buyer", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "product"),
    ]
    assert owners([mention("product", day=day)], ownership) == ([owner] if owner else [])


def test_as_of_a_day_the_owner_of_that_day_counts_and_not_that_of_the_action() -> None:
    ownership = [
        Ownership("product", "seller", None, dt.date(2019, 12, 31), "product"),
        Ownership("product", "buyer", dt.date(2020, 1, 1), None, "product"),
    ]
    assert owners([mention("product", day=dt.date(2015, 1, 1))], ownership) == ["seller"]
    assert owners([mention("product", day=dt.date(2015, 1, 1))], ownership, as_of=dt.date(2020, 1, 1)) == ["buyer"]


def test_an_owner_is_named_through_what_it_owns_and_once_only() -> None:
    ownership = [ITSELF, Ownership("maker", "group", None, None, "owner", 1)]
    ownership += [Ownership("product", "maker", None, None, "product"), Ownership("product", "group", None, None, "owner", 1)]
    rows = attributed([mention(), mention("product", starts_at=20)], ownership)
    assert [(row["organisation_id"], row["named_id"], row["rule"]) for row in rows] == [
        ("group", "maker", "owner"),
        ("maker", "maker", "name"),
    ]


def test_what_nobody_owns_is_attributed_to_nobody() -> None:
    assert owners([mention("orphan")], [ITSELF]) == []


def test_a_mention_in_the_recipients_name_makes_the_route_direct_for_its_whole_family() -> None:
    ownership = [ITSELF, Ownership("maker", "group", None, None, "owner", 1)]
    ownership += [Ownership("sister", "sister", None, None, "name"), Ownership("sister", "group", None, None, "owner", 1)]
    ownership += [Ownership("other", "other", None, None, "name")]
    rows = attributed([mention(field="recipient_name"), mention("sister"), mention("other", starts_at=9)], ownership)
    assert {row["organisation_id"]: (row["family_id"], row["route"]) for row in rows} == {
        "maker": ("group", "direct"),
        "sister": ("group", "direct"),
        "group": ("group", "direct"),
        "other": ("other", "reseller"),
    }


def test_the_family_is_the_last_owner_of_that_day() -> None:
    ownership = [ITSELF, Ownership("maker", "group", DAY, None, "owner", 1), Ownership("maker", "top", DAY, None, "owner", 2)]
    assert {row["family_id"] for row in attributed([mention()], ownership)} == {"top"}
    assert {row["family_id"] for row in attributed([mention(day=DAY - dt.timedelta(days=1))], ownership)} == {"maker"}


def test_what_is_supplied_and_surer_decides_before_what_stands_first() -> None:
    around = mention(starts_at=0, role="around", around_rule="fits")
    possible, probable = mention(starts_at=10, confidence="possible"), mention(starts_at=20, confidence="probable")
    for mentions, expected in (
        ([around], (0, "around", "fits")),
        ([around, possible], (10, "supplied", None)),
        ([around, possible, probable], (20, "supplied", None)),
    ):
        (row,) = attributed(mentions, [ITSELF])
        assert (row["starts_at"], row["role"], row["around_rule"]) == expected


def test_dollars_are_shared_where_two_families_count_and_neither_by_owners_nor_by_what_does_not_count() -> None:
    other = Ownership("other", "other", None, None, "name")
    ownership = [ITSELF, other, Ownership("maker", "group", None, None, "owner", 1)]
    assert {row["is_shared"] for row in attributed([mention()], ownership)} == {False}
    assert {row["is_shared"] for row in attributed([mention(), mention("other", starts_at=9)], ownership)} == {True}
    for uncounted in (mention("other", starts_at=9, role="around"), mention("other", starts_at=9, confidence="possible")):
        rows = attributed([mention(), uncounted], ownership)
        assert {row["is_shared"] for row in rows} == {False}


ANY_MENTIONS = st.lists(
    st.builds(
        mention,
        st.sampled_from(["maker", "product"]),
        st.sampled_from(["recipient_name", "description"]),
        st.integers(0, 30),
        confidence=st.sampled_from(["certain", "probable", "possible"]),
        role=st.sampled_from(["supplied", "around"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda each: (each["named_id"], each["field"], each["starts_at"]),
)


@settings(max_examples=effort(6, 50))
@given(ANY_MENTIONS, st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(mentions: list[dict[str, Any]], draw: Any) -> None:
    ownership = [ITSELF, Ownership("product", "maker", None, None, "product"), Ownership("maker", "group", DAY, None, "owner", 1)]
    shuffled = draw.sample(mentions, len(mentions))
    assert attributed(mentions, ownership) == attributed(shuffled, ownership)
