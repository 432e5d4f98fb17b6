"""What later actions of an award take over from the first one that names something."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from whosbehind.attribution import inherited
from whosbehind.tables import INHERITED, MENTIONS, TRANSACTIONS

FIRST = dt.date(2021, 1, 1)


def action(name: str, days: int, award: str = "award") -> dict[str, Any]:
    return {
        "transaction_id": f"{award} {name}",
        "award_id": award,
        "modification_number": name,
        "action_date": FIRST + dt.timedelta(days=days),
    }


def mention(
    row: dict[str, Any], named: str = "maker", starts_at: int = 0, changes: dict[str, str] | None = None
) -> dict[str, Any]:
    return {
        "transaction_id": row["transaction_id"],
        "action_date": row["action_date"],
        "named_id": named,
        "field": "description",
        "matched": named.upper(),
        "starts_at": starts_at,
        "ends_at": starts_at + len(named),
        "confidence": "certain",
        "role": "supplied",
        **(changes or {}),
    }


def heirs(actions: list[dict[str, Any]], mentions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    tables = [
        ibis.memtable(pa.Table.from_pylist(listed, schema=ibis.schema(table.schema()).to_pyarrow()))
        for listed, table in ((mentions, MENTIONS), (actions, TRANSACTIONS))
    ]
    return list(inherited(*tables).order_by(list(INHERITED.key)).to_pyarrow().to_pylist())


def told(actions: list[dict[str, Any]], mentions: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(each["transaction_id"], each["named_id"], each["because"]) for each in heirs(actions, mentions)]


BASE, EXTENSION, LATER = action("0", 0), action("P00001", 30), action("P00002", 60)


def test_a_later_action_that_names_nothing_takes_over_what_the_base_award_named() -> None:
    (row,) = heirs([BASE, EXTENSION], [mention(BASE, starts_at=7)])
    assert (row["transaction_id"], row["named_id"], row["action_date"]) == ("award P00001", "maker", EXTENSION["action_date"])
    assert (row["confidence"], row["role"], row["because"]) == ("inherited", "supplied", "modification 0")
    assert (row["matched"], row["starts_at"], row["field"]) == ("MAKER", 7, "description")


def test_all_that_the_first_naming_action_named_is_taken_over_and_nothing_of_later_ones() -> None:
    mentions = [mention(BASE), mention(BASE, "second", 20), mention(EXTENSION, "third")]
    assert told([BASE, EXTENSION, LATER], mentions) == [
        ("award P00002", "maker", "modification 0"),
        ("award P00002", "second", "modification 0"),
    ]


def test_an_action_before_the_first_that_names_something_inherits_nothing() -> None:
    assert told([BASE, EXTENSION, LATER], [mention(EXTENSION)]) == [("award P00002", "maker", "modification P00001")]


def test_what_is_not_counted_is_neither_taken_over_nor_stands_in_the_way() -> None:
    for judged in ({"confidence": "possible"}, {"role": "around"}):
        assert told([BASE, EXTENSION], [mention(BASE, changes=judged)]) == []
        assert told([BASE, EXTENSION], [mention(BASE), mention(EXTENSION, "other", changes=judged)]) == [
            ("award P00001", "maker", "modification 0")
        ]


def test_a_recipients_name_is_neither_taken_over_nor_stands_in_the_way() -> None:
    recipient = {"field": "recipient_name"}
    assert told([BASE, EXTENSION], [mention(BASE, changes=recipient)]) == []
    assert told([BASE, EXTENSION], [mention(BASE), mention(EXTENSION, "seller", changes=recipient)]) == [
        ("award P00001", "maker", "modification 0")
    ]


def test_one_award_inherits_nothing_from_another() -> None:
    assert told([BASE, action("P00001", 30, "another")], [mention(BASE)]) == []


AWARDS = st.lists(
    st.tuples(st.sampled_from(["one", "two"]), st.integers(0, 4), st.sets(st.sampled_from(["maker", "other"]), max_size=2)),
    max_size=8,
)


@settings(max_examples=effort(8, 50))
@given(AWARDS)
def test_inheritance_is_what_a_walk_through_each_award_finds(drawn: list[tuple[str, int, set[str]]]) -> None:
    actions = [action(f"P{place:05}", days, award) for place, (award, days, _) in enumerate(drawn)]
    names = {each["transaction_id"]: sorted(named) for each, (_, _, named) in zip(actions, drawn, strict=True)}
    mentions = [mention(each, named, 10 * place) for each in actions for place, named in enumerate(names[each["transaction_id"]])]
    expected = set()
    for award in ("one", "two"):
        own = sorted(
            (each for each in actions if each["award_id"] == award),
            key=lambda each: (each["action_date"], each["transaction_id"]),
        )
        first = next((each for each in own if names[each["transaction_id"]]), None)
        for each in own:
            if first and each["action_date"] >= first["action_date"] and not names[each["transaction_id"]]:
                expected |= {
                    (each["transaction_id"], named, f"modification {first['modification_number']}")
                    for named in names[first["transaction_id"]]
                }
    assert set(told(actions, mentions)) == expected
