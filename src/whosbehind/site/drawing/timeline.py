"""A timeline: lanes of what lasted, as bars, and of what happened, as marks, over the same years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element
from whosbehind.values import LooseDay

WIDTH, LEFT, RIGHT, ROW, TOP = 760.0, 150.0, 16.0, 26.0, 22.0
# Years between two lines of the scale, for time that is at most so many years long.
SCALES = ((6, 1), (16, 2), (40, 5), (1000, 10))
# Rows that a lane has at most; what finds no room there stands in the list below.
DEEPEST = 6


@dataclass(frozen=True)
class Dated:
    """Something dated: its lane, its first and last day as coarse as they are known, and a few words.

    What is a moment has no `until`; what lasts and has no end known has `is_open`.
    """

    lane: str
    since: str | None
    until: str | None
    text: str
    is_open: bool = False

    @property
    def day(self) -> dt.date:
        """The day it is put in order by: the first it can mean."""
        return LooseDay(self.since or self.until or "1900").first


def timeline(listed: Sequence[Dated], today: dt.date, words: Callable[[str], str]) -> Picture:
    """Lanes below each other, in the order in which they are first met.

    Raises ValueError if nothing is listed.
    """
    first = min(each.day for each in listed).year
    scale = _scale(first, today)
    lanes = {lane: _rows([each for each in listed if each.lane == lane], today) for lane in dict.fromkeys(e.lane for e in listed)}
    depth = sum(len(rows) for rows in lanes.values())
    parts, row = [_years(first, today, scale, TOP + depth * ROW)], 0
    for lane, rows in lanes.items():
        parts.append(element("text", {"class": "lane", "x": 0.0, "y": TOP + row * ROW + 18}, words(lane)))
        for own in rows:
            parts += [_drawn(each, TOP + row * ROW, scale, today, words) for each in own]
            row += 1
    return Picture(WIDTH, TOP + depth * ROW + 6, Markup("").join(parts))


def _scale(first: int, today: dt.date) -> Callable[[dt.date], float]:
    start, end = dt.date(first, 1, 1), dt.date(today.year, 12, 31)
    return lambda day: LEFT + (WIDTH - LEFT - RIGHT) * (min(max(day, start), end) - start).days / max((end - start).days, 1)


def _years(first: int, today: dt.date, scale: Callable[[dt.date], float], height: float) -> Markup:
    step = next(step for span, step in SCALES if today.year - first < span)
    parts = []
    for year in range(first + (-first) % step, today.year + 1, step):
        x = scale(dt.date(year, 1, 1))
        parts.append(element("line", {"class": "tick", "x1": x, "x2": x, "y1": TOP - 4, "y2": height}))
        parts.append(element("text", {"class": "year", "x": x, "y": 13.0, "text_anchor": "middle"}, year))
    return Markup("").join(parts)


def _rows(listed: Sequence[Dated], today: dt.date) -> list[list[Dated]]:
    """What is in a lane, in as few rows as let nothing that lasts overlap."""
    rows: list[list[Dated]] = []
    for each in sorted(listed, key=lambda one: (one.day, one.text)):
        free = (row for row in rows if not _lasts(each) or _end(row[-1], today) < each.day)
        row = next(free, None)
        if row is not None:
            row.append(each)
        elif len(rows) < DEEPEST:
            rows.append([each])
    return rows


def _lasts(each: Dated) -> bool:
    return each.is_open or bool(each.until)


def _end(each: Dated, today: dt.date) -> dt.date:
    return LooseDay(each.until).last if each.until else today if each.is_open else each.day


def _drawn(each: Dated, top: float, scale: Callable[[dt.date], float], today: dt.date, words: Callable[[str], str]) -> Markup:
    told = element("title", {}, f"{each.since or '…'}{f' – {each.until}' if each.until else ''}: {words(each.text)}")
    x, y = scale(each.day), top + ROW / 2
    if not _lasts(each):
        return element("g", {"class": "moment"}, told + element("circle", {"cx": x, "cy": y, "r": 5.0}))
    width = max(scale(_end(each, today)) - x, 3.0)
    bar = element("rect", {"x": x, "y": y - 6, "width": width, "height": 12.0, "rx": 2.0})
    classes: Mapping[str, object] = {"class": "span open" if each.is_open else "span"}
    return element("g", classes, told + bar)
