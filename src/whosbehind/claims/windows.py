"""The windows that a published one may have been taken for, nearest kinds first."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from whosbehind.values import fiscal_year, fiscal_year_days

# First and last day, both inclusive; None is open.
Days = tuple[dt.date | None, dt.date | None]
DAY = dt.timedelta(days=1)
MONTHS_AROUND = 12


def kinds_of_windows(stated: Days, published: dt.date | None, evidence: tuple[dt.date, dt.date]) -> list[tuple[str, list[Days]]]:
    """Kinds of windows with the windows of each, nearest kind first; each window stands once, the stated one nowhere.

    `published` is the last day on which the claim can have been published, `evidence` the
    first and last day the evidence knows.
    """
    kinds = (
        ("the same years on other boundaries, or a year earlier or later", _nearest(stated, published)),
        ("since the beginning of a year to the day of publication", _to_publication(published, evidence)),
        ("other whole calendar or fiscal years", _years(evidence)),
        ("one end moved to another month", _months(stated)),
    )
    seen = {stated}
    found = []
    for name, windows in kinds:
        fresh = [each for each in dict.fromkeys(windows) if each not in seen and _is_window(each, published)]
        seen.update(fresh)
        found.append((name, fresh))
    return found


def _is_window(days: Days, published: dt.date | None) -> bool:
    """Whether a window begins before it ends, and could have been counted by the day of publication."""
    since, until = days
    if published and (until is None or until > published):
        return False
    return not (since and until and since > until)


def _nearest(stated: Days, published: dt.date | None) -> Iterator[Days]:
    since, until = stated
    if since and until:
        yield dt.date(since.year, 1, 1), dt.date(until.year, 12, 31)
        yield fiscal_year_days(since.year)[0], fiscal_year_days(until.year)[1]
        yield fiscal_year_days(fiscal_year(since))[0], fiscal_year_days(fiscal_year(until))[1]
        yield since.replace(day=1), month_end(until)
        for years in (-1, 1, -2, 2):
            yield _shifted(since, years), _shifted(until, years)
    if published:
        yield since, published
    yield since, None
    if since:
        yield dt.date(since.year, 1, 1), until
        yield fiscal_year_days(since.year)[0], until


def _shifted(day: dt.date, years: int) -> dt.date:
    """The same day of another year; the end of February where there is none."""
    return day.replace(year=day.year + years, day=min(day.day, calendar.monthrange(day.year + years, day.month)[1]))


def _to_publication(published: dt.date | None, evidence: tuple[dt.date, dt.date]) -> Iterator[Days]:
    if published is None:
        return
    for year in range(evidence[0].year, published.year + 1):
        yield dt.date(year, 1, 1), published
        yield fiscal_year_days(year)[0], published


def _years(evidence: tuple[dt.date, dt.date]) -> Iterator[Days]:
    years = range(evidence[0].year, evidence[1].year + 2)
    for first in years:
        for last in years:
            if first <= last:
                yield dt.date(first, 1, 1), dt.date(last, 12, 31)
                yield fiscal_year_days(first)[0], fiscal_year_days(last)[1]


def _months(stated: Days) -> Iterator[Days]:
    since, until = stated
    for step in [sign * number for number in range(1, MONTHS_AROUND + 1) for sign in (-1, 1)]:
        if since:
            yield month_begin(since, step), until
        if until:
            yield since, month_begin(until, step + 1) - DAY


def month_begin(day: dt.date, months: int) -> dt.date:
    """The first day of the month so many months later."""
    place = day.year * 12 + day.month - 1 + months
    return dt.date(place // 12, place % 12 + 1, 1)


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
