"""Windows that a stated one may have been taken for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.claims.windows import Days, kinds_of_windows, month_begin, month_end
from whosbehind.values import fiscal_year, fiscal_year_days

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))
OPEN_DAYS = st.none() | DAYS
EVIDENCE = st.tuples(st.dates(dt.date(2000, 1, 1), dt.date(2010, 1, 1)), st.dates(dt.date(2010, 1, 2), dt.date(2026, 1, 1)))
STATED = (dt.date(2023, 1, 1), dt.date(2023, 12, 31))
KNOWN = (dt.date(2020, 10, 1), dt.date(2024, 9, 30))


def windows(stated: Days, published: dt.date | None = None, evidence: tuple[dt.date, dt.date] = KNOWN) -> list[Days]:
    return [each for _, listed in kinds_of_windows(stated, published, evidence) for each in listed]


@given(OPEN_DAYS, OPEN_DAYS, OPEN_DAYS, EVIDENCE)
def test_each_window_stands_once_begins_before_it_ends_and_the_stated_one_is_none_of_them(
    since: dt.date | None, until: dt.date | None, published: dt.date | None, evidence: tuple[dt.date, dt.date]
) -> None:
    found = windows((since, until), published, evidence)
    assert len(found) == len(set(found))
    assert (since, until) not in found
    assert all(first <= last for first, last in found if first and last)


@given(OPEN_DAYS, OPEN_DAYS, DAYS, EVIDENCE)
def test_no_window_ends_after_the_day_of_publication(
    since: dt.date | None, until: dt.date | None, published: dt.date, evidence: tuple[dt.date, dt.date]
) -> None:
    assert all(last and last <= published for _, last in windows((since, until), published, evidence))


def test_a_year_leads_to_its_fiscal_year_and_to_the_years_around_it() -> None:
    nearest = kinds_of_windows(STATED, dt.date(2025, 6, 1), KNOWN)[0][1]
    assert (dt.date(2022, 10, 1), dt.date(2023, 9, 30)) in nearest
    assert (dt.date(2022, 1, 1), dt.date(2022, 12, 31)) in nearest
    assert (dt.date(2024, 1, 1), dt.date(2024, 12, 31)) in nearest
    assert (dt.date(2023, 1, 1), dt.date(2025, 6, 1)) in nearest


def test_since_a_year_leads_to_each_years_beginning_up_to_the_day_of_publication() -> None:
    published = dt.date(2024, 3, 3)
    to_publication = kinds_of_windows(STATED, published, KNOWN)[1][1]
    assert {(dt.date(year, 1, 1), published) for year in (2020, 2021, 2022, 2024)} <= set(to_publication)
    assert (dt.date(2021, 10, 1), published) in to_publication


def test_spans_of_years_and_moved_ends_come_last() -> None:
    _, _, years, months = (listed for _, listed in kinds_of_windows(STATED, None, KNOWN))
    assert (dt.date(2021, 1, 1), dt.date(2022, 12, 31)) in years
    assert (dt.date(2020, 10, 1), dt.date(2022, 9, 30)) in years
    assert (dt.date(2023, 3, 1), dt.date(2023, 12, 31)) in months
    assert (dt.date(2023, 1, 1), dt.date(2023, 10, 31)) in months


def test_a_leap_day_moves_to_the_end_of_february() -> None:
    found = windows((dt.date(2024, 2, 29), dt.date(2024, 2, 29)))
    assert (dt.date(2023, 2, 28), dt.date(2023, 2, 28)) in found
    assert (dt.date(2024, 2, 1), dt.date(2024, 2, 29)) in found


@pytest.mark.parametrize(
    ("day", "year"), [(dt.date(2023, 9, 30), 2023), (dt.date(2023, 10, 1), 2024), (dt.date(2024, 1, 1), 2024)]
)
def test_the_fiscal_year_begins_in_october(day: dt.date, year: int) -> None:
    assert fiscal_year_days(fiscal_year(day)) == (dt.date(year - 1, 10, 1), dt.date(year, 9, 30))


@given(DAYS, st.integers(-24, 24))
def test_a_months_first_day_follows_the_last_of_the_one_before(day: dt.date, months: int) -> None:
    first = month_begin(day, months)
    assert first.day == 1
    assert month_end(first) + dt.timedelta(days=1) == month_begin(day, months + 1)
