"""Readings next to the stated one, nearest first, and when one of them is the published number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.claims.claim import Published
from whosbehind.claims.readings import CHANCE, Reading, Searched, axes, expected_by_chance, search, tiers
from whosbehind.claims.windows import Days
from whosbehind.claims.wording import reading_text
from whosbehind.figures import Question
from whosbehind.values import Route

STATED = Question(("quorvex",), ("ICE",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
NEAR: list[Days] = [(dt.date(2021, 1, 1), dt.date(2021, 12, 31))]
FAR: list[Days] = [(dt.date(2020, 1, 1), dt.date(2022, 12, 31)), (dt.date(2019, 1, 1), dt.date(2022, 12, 31))]
WINDOWS = [("near", NEAR), ("far", FAR)]
AGENCIES: list[tuple[str, ...]] = [("CBP",), ("CBP", "ICE")]


def all_tiers(stated: Question = STATED, has_funding: bool = True) -> list[list[Reading]]:
    return list(tiers(Reading(stated), axes(stated, WINDOWS, AGENCIES, has_funding)))


def axes_changed(reading: Reading) -> set[str]:
    return {"window" if name in ("since", "until") else name for name, _ in reading.changed}


def test_one_change_comes_before_two_and_near_windows_before_far_ones() -> None:
    numbers = [{len(axes_changed(reading)) for reading in tier} for tier in all_tiers()]
    assert numbers == [{1}, {1}, {2}, {2}]
    places = {
        (reading.question.since, reading.question.until): place
        for place, tier in enumerate(all_tiers())
        for reading in tier
        if axes_changed(reading) == {"window"}
    }
    assert all(places[days] == 0 for days in NEAR)
    assert all(places[days] == 1 for days in FAR)


def test_each_reading_stands_once_and_says_all_that_it_changes() -> None:
    readings = [reading for tier in all_tiers() for reading in tier]
    assert len({(reading.question, reading.factor) for reading in readings}) == len(readings)
    for reading in readings:
        changed = {name for name in ("since", "until", "agencies", "route", "names_only", "positive_only", "is_funding")
                   if getattr(reading.question, name) != getattr(STATED, name)}  # fmt: skip
        said = {name for name, _ in reading.changed} - {"unit_factor"}
        assert changed <= said
        assert said - changed <= {"since", "until"}
        assert ("unit_factor" in reading.as_json()) == (reading.factor != 1)


def test_every_axis_of_the_published_list_is_tried() -> None:
    single = set().union(*(axes_changed(reading) for reading in all_tiers()[0]))
    assert single == {"window", "agencies", "route", "names_only", "positive_only", "is_funding", "unit_factor"}
    without = Question((), ("ICE",), STATED.since, STATED.until)
    single = set().union(*(axes_changed(reading) for reading in all_tiers(without, has_funding=False)[0]))
    assert single == {"window", "agencies", "positive_only", "unit_factor"}


def test_readings_are_said_in_words() -> None:
    window = {"since": NEAR[0][0], "until": NEAR[0][1]}
    reading = Reading(STATED, changed=(*window.items(), ("agencies", ["CBP", "ICE"]), ("route", Route.DIRECT)))
    assert reading_text(reading) == "from 2021-01-01 to 2021-12-31, CBP and ICE, bought directly"
    for tier in all_tiers():
        for reading in tier:
            assert reading_text(reading).count(",") >= len(axes_changed(reading)) - 1


def made(*names: str) -> list[Reading]:
    return [Reading(Question(), changed=(("name", name),)) for name in names]


def name_of(reading: Reading) -> str:
    return str(reading.as_json().get("name"))


def searched(
    listed: list[list[Reading]],
    values: Mapping[str, int | None],
    published: Published,
    stated: int = -1,
    rows_of: Callable[[Reading], str] = name_of,
) -> Searched:
    def value_of(reading: Reading) -> Decimal | None:
        value = values[reading.as_json()["name"]]
        return None if value is None else Decimal(value)

    return search(Decimal(stated), iter(listed), value_of, rows_of, published)


PRECISE = Published("about", Decimal(1000), Decimal(1))


def test_the_first_tier_that_gives_the_number_ends_the_search() -> None:
    found = searched([made("a", "b"), made("c"), made("d")], {"a": 1, "b": 2, "c": 1000, "d": 1000}, PRECISE)
    assert found.repair
    assert found.repair.reading.as_json() == {"name": "c"}
    assert found.tried == 3


def test_no_reading_beyond_the_repair_is_computed() -> None:
    def endless() -> Iterator[list[Reading]]:
        yield made("a")
        raise AssertionError

    assert search(Decimal(-1), endless(), lambda _: Decimal(1000), name_of, PRECISE).repair


def test_two_different_numbers_of_a_tier_that_match_are_no_repair_and_both_are_shown() -> None:
    published = Published("about", Decimal(1000), Decimal(10))
    found = searched([made("a", "b", "c")], {"a": 999, "b": 1001, "c": 5}, published)
    assert found.repair is None
    assert [match.value for match in found.matches] == [999, 1001]
    assert found.tried == 3


def test_two_readings_of_a_tier_that_come_to_one_number_from_other_rows_are_no_repair_and_both_are_shown() -> None:
    found = searched([made("a", "b")], {"a": 1000, "b": 1000}, PRECISE)
    assert found.repair is None
    assert [name_of(match.reading) for match in found.matches] == ["a", "b"]


def test_readings_of_the_same_rows_are_one_repair_under_several_names() -> None:
    found = searched([made("a", "b", "c")], dict.fromkeys("abc", 1000), PRECISE, rows_of=lambda _: "the same")
    assert found.repair
    assert found.repair.as_json() == {"reading": {"name": "a"}, "same_rows": [{"name": "b"}, {"name": "c"}]}
    apart = searched([made("a", "b", "c")], dict.fromkeys("abc", 1000), PRECISE, rows_of=lambda each: str(name_of(each) == "b"))
    assert apart.repair is None
    assert [len(match.same_rows) for match in apart.matches] == [1, 0]


def test_what_the_evidence_does_not_cover_is_neither_tried_nor_counted() -> None:
    found = searched([made("a", "b"), made("c")], {"a": None, "b": 3, "c": None}, PRECISE)
    assert (found.tried, found.repair, found.matches) == (1, None, ())


def test_merely_satisfying_an_inequality_repairs_nothing() -> None:
    at_least = Published("at_least", Decimal(1000), Decimal(10))
    assert searched([made("a")], {"a": 5000}, at_least).repair is None
    assert searched([made("a")], {"a": 1009}, at_least).repair
    assert searched([made("a")], {"a": 999}, at_least).repair is None


def test_a_match_among_so_many_readings_that_chance_explains_it_is_no_repair() -> None:
    coarse = Published("about", Decimal(1000), Decimal(100))
    others = {f"r{place}": 600 + place for place in range(20)}
    found = searched([made(*others), made("match")], {**others, "match": 1000}, coarse)
    assert found.expected_by_chance >= CHANCE[1]
    assert found.repair is None
    assert len(found.matches) == 1


def test_a_match_of_two_changes_must_be_less_likely_by_chance_than_one_of_one() -> None:
    coarse = Published("about", Decimal(1000), Decimal(50))
    one = Reading(Question(), changed=(("agencies", ["CBP"]),))
    window = (("since", dt.date(2021, 1, 1)), ("until", dt.date(2021, 12, 31)))
    two = Reading(Question(), changed=(*window, ("agencies", ["CBP"])))
    for reading, is_repair in ((one, True), (two, False)):
        tier = [*made("600", "601"), reading]
        found = search(Decimal(-1), iter([tier]), lambda each: Decimal(each.as_json().get("name", 1000)), name_of, coarse)
        assert CHANCE[2] < found.expected_by_chance < CHANCE[1]
        assert bool(found.repair) is is_repair


@pytest.mark.parametrize("relation", ["exactly", "about", "at_most", "at_least"])
def test_nothing_repairs_a_published_zero_since_every_reading_without_a_row_comes_to_it(relation: str) -> None:
    found = searched([made("a")], {"a": 0}, Published(relation, Decimal(0), Decimal("0.01")), stated=5)
    assert found.repair is None


VALUES = st.lists(st.decimals(0, 10**6, places=2), max_size=20)


@given(VALUES, st.decimals(0, 10**6, places=2), st.integers(1, 1000), st.sampled_from([1, 10, 1000]))
def test_more_readings_and_coarser_numbers_make_chance_likelier(
    values: list[Decimal], one_more: Decimal, units: int, precision: int
) -> None:
    published = Published("about", Decimal(units * precision), Decimal(precision))
    finer = Published("about", published.value, published.precision / 10)
    assert expected_by_chance([*values, one_more], published) >= expected_by_chance(values, published) >= 0
    assert expected_by_chance(values, finer) <= expected_by_chance(values, published)


def test_numbers_far_from_the_published_one_count_for_nothing() -> None:
    assert expected_by_chance([Decimal(1), Decimal(499), Decimal(2001), Decimal(10**9)], PRECISE) == 0
    assert expected_by_chance([Decimal(750)] * 3, PRECISE) == Decimal("0.002")
