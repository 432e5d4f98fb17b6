"""The flows around a thing on a day, and what changed among them between two."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.atlas import invented
from whosbehind.atlas.surroundings import Direction, Turn, flow_changes, flows_around, turn
from whosbehind.atlas.things import belonging
from whosbehind.errors import Mistake
from whosbehind.values import Held, LooseDay, bounds

DAY = dt.date(2020, 1, 1)


def around(thing: str, day: dt.date = DAY) -> dict[str, list[str]]:
    found = flows_around(invented.atlas(), thing, day)
    return {str(way): [each.step.flow.id for each in found.going(way)] for way in Direction}


def test_what_an_office_operates_belongs_to_its_agency_and_the_department_above() -> None:
    atlas = invented.atlas()
    assert belonging(atlas, "ice") == {
        "ice": "",
        "bureau": "part of ICE",
        "vellumnet": "operated by Bureau of Examples",
        "vellum_index": "operated by Bureau of Examples",
        "old_vellum": "operated by Bureau of Examples",
    }
    assert set(belonging(atlas, "dhs")) == {"dhs", *belonging(atlas, "ice")}
    assert atlas.wholes("bureau") == ["ice", "dhs"]


def test_a_company_has_what_it_sells_and_what_it_owns_on_the_day() -> None:
    atlas = invented.atlas()
    assert set(belonging(atlas, "quorvex", dt.date(2019, 7, 31))) == {"quorvex", "brammix"}
    assert set(belonging(atlas, "quorvex", dt.date(2019, 8, 1))) == {"quorvex", "brammix", "zanthil"}
    assert set(belonging(atlas, "quorvex")) == {"quorvex", "brammix", "zanthil"}


def test_flows_are_told_apart_by_whether_they_come_in_go_out_or_stay_within() -> None:
    assert around("vellumnet") == {"in": ["licences_to_vellumnet"], "out": ["vellumnet_abroad"], "within": ["index_of_vellumnet"]}
    assert around("vellum_index") == {"in": ["index_of_vellumnet"], "out": [], "within": []}
    assert around("brammix")["out"] == ["licences_to_bureau", "licences_to_vellumnet"]


def test_flows_that_ended_are_listed_and_say_so() -> None:
    found = flows_around(invented.atlas(), "vellumnet", dt.date(2023, 1, 1))
    assert {each.step.flow.id: each.step.held for each in found.going(Direction.IN)} == {"licences_to_vellumnet": Held.ENDED}


def test_what_belongs_to_a_thing_is_named_where_a_flow_touches_it() -> None:
    assert set(flows_around(invented.atlas(), "ice", DAY).includes) == {"bureau", "vellumnet", "vellum_index"}


def test_changes_are_the_flows_whose_state_differs_with_both_states() -> None:
    found = flow_changes(invented.atlas(), "brammix", dt.date(2021, 1, 1), dt.date(2026, 1, 1))
    assert [(each.flow.step.flow.id, each.turn, each.before, each.after) for each in found.changes] == [
        ("licences_to_bureau", Turn.BEGAN, Held.NOT_YET, Held.NO_END_KNOWN),
        ("licences_to_vellumnet", Turn.ENDED, Held.IN_FORCE, Held.ENDED),
        ("licences_sold", Turn.NO_LONGER_SHOWN, Held.IN_FORCE, Held.NO_END_KNOWN),
    ]


def test_between_two_equal_days_nothing_changes() -> None:
    assert flow_changes(invented.atlas(), "ice", DAY, DAY).changes == ()


def test_a_comparison_that_ends_before_it_begins_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="Swap"):
        flow_changes(invented.atlas(), "ice", DAY, dt.date(2019, 1, 1))


loose = st.integers(2015, 2025).map(lambda year: LooseDay(str(year))) | st.dates(dt.date(2015, 1, 1), dt.date(2025, 12, 31)).map(
    lambda day: LooseDay(day.isoformat())
)


@given(st.lists(loose, min_size=3, max_size=3), st.lists(st.booleans(), min_size=3, max_size=3))
def test_whatever_the_dates_what_ended_never_comes_back_and_what_begins_was_not_there(
    texts: list[LooseDay], given: list[bool]
) -> None:
    since, seen, until = (
        day if is_given else None for day, is_given in zip(sorted(texts, key=lambda each: each.first), given, strict=True)
    )
    limits = bounds(since, until, seen)
    states = [limits.held(dt.date(year, month, 15)) for year in range(2014, 2027) for month in (1, 7)]
    turns = [turn(before, after) for before, after in pairwise(states) if before is not after]
    assert turns.count(Turn.ENDED) + turns.count(Turn.BEGAN_AND_ENDED) <= 1
    assert turns.count(Turn.BEGAN) + turns.count(Turn.MAY_HAVE_BEGUN) + turns.count(Turn.BEGAN_AND_ENDED) <= 1
    if Turn.ENDED in turns:
        assert turns[-1] is Turn.ENDED
