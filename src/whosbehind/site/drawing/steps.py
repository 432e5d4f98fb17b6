"""Steps of money in time: what an award has obligated so far, against its ceiling as a dashed line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture
from whosbehind.values import short_dollars

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640.0, 190.0, 70.0, 24.0, 18.0, 30.0
Scale = Callable[[float], float]


class Step(NamedTuple):
    """The state behind one action: its day, what is obligated in all, and the ceiling where one is stated."""

    day: dt.date
    running: Decimal
    ceiling: Decimal | None


def steps(listed: Sequence[Step]) -> Picture:
    """A line that steps at each action; above or below zero as the money is."""
    amounts = [0.0, *(float(each.running) for each in listed), *(float(each.ceiling) for each in listed if each.ceiling)]
    low, high = min(amounts), max(amounts)
    first, last = listed[0].day, listed[-1].day
    days = (last - first).days or 1
    high = high if high > low else low + 1.0

    def x(day: dt.date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    def y(amount: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - amount) / (high - low)

    places = [(x(each.day), y(float(each.running))) for each in listed]
    ceilings = [(x(each.day), y(float(each.ceiling))) for each in listed if each.ceiling]
    body = (
        _levels(sorted({0.0, low, high}), y)
        + _line("ceiling", ceilings)
        + _line("running", [(places[0][0], y(0.0)), *places])
        + "".join(f'<circle class="direct" cx="{left:.1f}" cy="{top:.1f}" r="3.5"/>' for left, top in places)
        + _day(first, LEFT, "start")
        + (_day(last, WIDTH - RIGHT, "end") if last > first else "")
    )
    shows = ("running", "ceiling") if ceilings else ()
    return Picture(WIDTH, HEIGHT, Markup(body), shows)  # noqa: S704 - numbers and days alone


def _day(day: dt.date, x: float, anchor: str) -> str:
    return f'<text class="soft" x="{x:g}" y="{HEIGHT - 8:g}" text-anchor="{anchor}">{day}</text>'


def _levels(amounts: Sequence[float], y: Scale) -> str:
    """Lines at zero and at the lowest and highest amount, each with its amount."""
    return "".join(
        f'<line class="level" x1="{LEFT:g}" x2="{WIDTH - RIGHT:g}" y1="{y(each):.1f}" y2="{y(each):.1f}"/>'
        f'<text class="value" x="{LEFT - 8:g}" y="{y(each) + 5:.1f}" text-anchor="end">{short_dollars(Decimal(each))}</text>'
        for each in amounts
    )


def _line(name: str, places: Sequence[tuple[float, float]]) -> str:
    """A line that goes to each place in turn, across before up; a single place is a line to the right end."""
    if not places:
        return ""
    (left, top), *further = places
    path = "".join(f"H{across:.1f}V{up:.1f}" for across, up in further) or f"H{WIDTH - RIGHT:g}"
    return f'<path class="{name}" d="M{left:.1f} {top:.1f}{path}"/>'
