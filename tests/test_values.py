"""Days as sources state them, and what may be said of a day that they leave open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.values import DRAWN_FROM, Bounds, DataCategory, Held, LooseDay, bounds, carries_on

FIRST, LAST = dt.date(2014, 1, 1), dt.date(2018, 12, 31)
ONE_DAY = dt.timedelta(days=1)
DAYS = st.dates(FIRST, LAST)
LENGTHS = st.sampled_from([None, 4, 7, 10])
LOOSE = st.builds(lambda day, length: LooseDay(day.isoformat()[:length]), DAYS, st.sampled_from([4, 7, 10]))


@dataclass(frozen=True)
class Dates:
    """Dates of one statement that can be true together."""

    since: LooseDay | None
    until: LooseDay | None
    seen: LooseDay | None

    @property
    def bounds(self) -> Bounds:
        return bounds(self.since, self.until, self.seen)

    @property
    def are_possible(self) -> bool:
        pairs = ((self.since, self.until), (self.seen, self.until), (self.since, self.seen))
        return all(one.first <= other.last for one, other in pairs if one and other)


DATES = st.builds(Dates, *(st.none() | LOOSE for _ in range(3))).filter(lambda dates: dates.are_possible)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Dates, dt.date, dt.date]:
    """What really happened, from a first to a last day, and dates that a source could truly state of it."""
    first, seen, last = sorted((draw(DAYS), draw(DAYS), draw(DAYS)))
    stated = [LooseDay(day.isoformat()[:length]) if (length := draw(LENGTHS)) else None for day in (first, last, seen)]
    return Dates(*stated), first, last


@given(LOOSE)
def test_a_day_month_or_year_means_all_days_of_that_name_and_no_other(loose: LooseDay) -> None:
    assert loose.first.isoformat().startswith(loose.text)
    assert loose.last.isoformat().startswith(loose.text)
    assert not (loose.first - ONE_DAY).isoformat().startswith(loose.text)
    assert not (loose.last + ONE_DAY).isoformat().startswith(loose.text)


@given(DAYS)
def test_a_coarser_date_holds_the_finer_one(day: dt.date) -> None:
    year, month, exact = (LooseDay(day.isoformat()[:length]) for length in (4, 7, 10))
    assert year.first <= month.first <= exact.first == day == exact.last <= month.last <= year.last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", dt.date(2016, 1, 1), dt.date(2016, 12, 31)),
        ("2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("2100-02", dt.date(2100, 2, 1), dt.date(2100, 2, 28)),
        ("2016-06-30", dt.date(2016, 6, 30), dt.date(2016, 6, 30)),
    ],
)
def test_the_first_and_last_day_a_date_can_mean(text: str, first: dt.date, last: dt.date) -> None:
    assert (LooseDay(text).first, LooseDay(text).last) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "16", "2016-6", "2016-13", "2016-00", "2016-02-30", "2016-6-1", "0000", "2016-06-30T00", "20160630", "２０１６"]
)
def test_what_is_no_date_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|year"):
        LooseDay(text)


@given(st.lists(LOOSE))
def test_dates_are_ordered_by_the_first_day_they_can_mean(listed: list[LooseDay]) -> None:
    firsts = [each.first for each in sorted(listed)]
    assert firsts == sorted(firsts)


@given(histories(), DAYS)
def test_what_is_said_of_a_day_is_never_against_what_happened(history: tuple[Dates, dt.date, dt.date], day: dt.date) -> None:
    dates, first, last = history
    held = dates.bounds.held(day)
    if held is Held.IN_FORCE:
        assert first <= day <= last
    if held is Held.NOT_YET:
        assert day < first
    if held is Held.ENDED:
        assert day > last
    if held is Held.NO_END_KNOWN:
        assert first <= day


@given(DATES, DAYS)
def test_in_force_is_said_only_between_days_that_are_shown(dates: Dates, day: dt.date) -> None:
    found = dates.bounds
    shown = found.certain_from is not None and found.certain_to is not None and found.certain_from <= day <= found.certain_to
    assert (found.held(day) is Held.IN_FORCE) == shown


@given(DATES, DAYS)
def test_a_day_on_which_it_may_not_have_begun_or_may_have_ended_is_never_in_force(dates: Dates, day: dt.date) -> None:
    may_not_have_begun = all(day < each.last for each in (dates.since, dates.seen) if each)
    was_shown_later = any(day <= each.first for each in (dates.since, dates.seen) if each)
    may_have_ended = not was_shown_later and (dates.until is None or day >= dates.until.first != dates.until.last)
    if may_not_have_begun or may_have_ended:
        assert dates.bounds.held(day) is not Held.IN_FORCE


@given(st.none() | LOOSE, DAYS)
def test_what_has_neither_a_beginning_nor_a_sighting_is_never_in_force(until: LooseDay | None, day: dt.date) -> None:
    expected = Held.ENDED if until and day > until.last else Held.UNKNOWN
    assert bounds(None, until, None).held(day) is expected


@given(DATES, st.lists(DAYS, min_size=2))
def test_time_leads_one_way_from_not_yet_to_ended(dates: Dates, days: list[dt.date]) -> None:
    passed = [held for held, _ in groupby(map(dates.bounds.held, sorted(days)))]
    ways = [
        [Held.NOT_YET, Held.UNKNOWN, Held.IN_FORCE, Held.NO_END_KNOWN],
        [Held.NOT_YET, Held.UNKNOWN, Held.IN_FORCE, Held.UNKNOWN, Held.ENDED],
    ]
    assert any(_leads(passed, way) for way in ways)


def _leads(passed: list[Held], way: list[Held]) -> bool:
    """Whether the states stand in the order of the way, some left out."""
    left = iter(way)
    return all(any(held is step for step in left) for held in passed)


@given(DATES, DAYS)
def test_a_day_on_which_it_was_seen_is_in_force(dates: Dates, day: dt.date) -> None:
    seen = Dates(dates.since, dates.until, LooseDay(day.isoformat()))
    if seen.are_possible:
        assert seen.bounds.held(day) is Held.IN_FORCE


@given(DATES, DAYS)
def test_no_end_is_known_only_where_none_is_stated(dates: Dates, day: dt.date) -> None:
    held = dates.bounds.held(day)
    assert held is not (Held.NO_END_KNOWN if dates.until else Held.ENDED)


@pytest.mark.parametrize(
    ("since", "until", "seen", "day", "held"),
    [
        ("2016-06", "2020-01-31", None, "2016-05-31", Held.NOT_YET),
        ("2016-06", "2020-01-31", None, "2016-06-15", Held.UNKNOWN),
        ("2016-06", "2020-01-31", None, "2016-06-30", Held.IN_FORCE),
        ("2016-06", "2020-01-31", None, "2020-01-31", Held.IN_FORCE),
        ("2016-06", "2020-01-31", None, "2020-02-01", Held.ENDED),
        ("2016", "2020", None, "2019-12-31", Held.IN_FORCE),
        ("2016", "2020", None, "2020-01-01", Held.UNKNOWN),
        ("2016", "2020", "2020-05-05", "2020-05-05", Held.IN_FORCE),
        ("2016", None, None, "2016-12-31", Held.NO_END_KNOWN),
        ("2016", None, "2018", "2018-01-01", Held.IN_FORCE),
        ("2016", None, "2018", "2018-06-01", Held.NO_END_KNOWN),
        (None, None, "2018-03-01", "2018-02-28", Held.UNKNOWN),
        (None, None, "2018-03-01", "2018-03-01", Held.IN_FORCE),
        (None, None, "2018", "2018-12-31", Held.NO_END_KNOWN),
        (None, "2018-03-01", "2017", "2018-02-01", Held.IN_FORCE),
        (None, None, None, "2018-03-01", Held.UNKNOWN),
    ],
)
def test_whether_it_held_on_a_day(since: str | None, until: str | None, seen: str | None, day: str, held: Held) -> None:
    stated = (LooseDay(text) if text else None for text in (since, until, seen))
    assert bounds(*stated).held(dt.date.fromisoformat(day)) is held


@given(st.sampled_from(DataCategory), st.sampled_from(DataCategory))
def test_data_pass_on_as_themselves_as_what_is_drawn_from_them_or_among_several(one: DataCategory, other: DataCategory) -> None:
    is_drawn = one in DRAWN_FROM.get(other, frozenset())
    assert carries_on(one, other) == (one is other or is_drawn or DataCategory.SEVERAL in (one, other))


def test_a_tax_record_gives_an_address_and_an_address_no_tax_record() -> None:
    assert carries_on(DataCategory.TAX, DataCategory.ADDRESS)
    assert not carries_on(DataCategory.ADDRESS, DataCategory.TAX)
