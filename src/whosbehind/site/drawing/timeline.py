"""A timeline: what lasted as bars, what happened as dots, each in a line of its own with its words, in lanes by what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element
from whosbehind.values import LooseDay

WIDTH, LEFT, RIGHT, ROW, TOP = 960.0, 130.0, 16.0, 22.0, 22.0
# Years between two lines of the scale, for time that is at most so many years long.
SCALES = ((6, 1), (16, 2), (40, 5), (1000, 10))
# Width of a letter beside a mark, and its distance.
LETTER, BESIDE = 7.3, 9.0
Scale = Callable[[dt.date], float]
Words = Callable[[str], str]


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

    @property
    def days(self) -> str:
        """Its days as they are known."""
        return f"{self.since or '…'} – {self.until}" if self.until else f"{self.since}"

    @property
    def mark(self) -> str:
        """How it is drawn, by class."""
        return "span open" if self.is_open else "span" if self.until else "moment"

    def end(self, today: dt.date) -> dt.date:
        """The last day it is drawn on."""
        return LooseDay(self.until).last if self.until else today if self.is_open else self.day


def timeline(listed: Sequence[Dated], today: dt.date, words: Words) -> Picture:
    """Lanes below each other, in the order in which they are first met, and in the order of time within each.

    Raises ValueError if nothing is listed.
    """
    first = min(each.day for each in listed).year
    scale = _scale(first, today)
    lanes = list(dict.fromkeys(each.lane for each in listed))
    ordered = sorted(listed, key=lambda each: (lanes.index(each.lane), each.day, each.text))
    height = TOP + len(ordered) * ROW
    parts = [_years(first, today, scale, height)]
    for row, each in enumerate(ordered):
        middle = TOP + row * ROW + ROW / 2
        if row == 0 or ordered[row - 1].lane != each.lane:
            parts.append(_lane(words(each.lane), middle, is_first=row == 0))
        parts.append(_drawn(each, middle, scale, today, words))
    shows = tuple(name for name in ("span", "span open", "moment") if any(each.mark == name for each in ordered))
    return Picture(WIDTH, height + 6, Markup("").join(parts), shows)


def _scale(first: int, today: dt.date) -> Scale:
    start, end = dt.date(first, 1, 1), dt.date(today.year, 12, 31)
    return lambda day: LEFT + (WIDTH - LEFT - RIGHT) * (min(max(day, start), end) - start).days / max((end - start).days, 1)


def _years(first: int, today: dt.date, scale: Scale, height: float) -> Markup:
    step = next(step for span, step in SCALES if today.year - first < span)
    parts = []
    for year in range(first + (-first) % step, today.year + 1, step):
        x = scale(dt.date(year, 1, 1))
        parts.append(element("line", {"class": "tick", "x1": x, "x2": x, "y1": TOP - 4, "y2": height}))
        parts.append(element("text", {"class": "year", "x": x, "y": 13.0, "text_anchor": "middle"}, year))
    return Markup("").join(parts)


def _lane(name: str, middle: float, *, is_first: bool) -> Markup:
    """The name of a lane, below a line that parts it from the one before."""
    top = middle - ROW / 2
    parting = Markup("") if is_first else element("line", {"class": "tick", "x1": 0.0, "x2": WIDTH, "y1": top, "y2": top})
    return parting + element("text", {"class": "lane", "x": 0.0, "y": middle + 4.5}, name)


def _drawn(each: Dated, middle: float, scale: Scale, today: dt.date, words: Words) -> Markup:
    """A bar or a dot, with its days and words on the side that has more room."""
    text = f"{each.days}: {words(each.text)}"
    start, end = scale(each.day), scale(each.end(today))
    if each.mark == "moment":
        shape = element("circle", {"cx": start, "cy": middle, "r": 5.0})
        end = start
    else:
        end = max(end, start + 3.0)
        shape = element("rect", {"x": start, "y": middle - 7.5, "width": end - start, "height": 15.0, "rx": 2.0})
    return element("g", {"class": each.mark}, element("title", {}, text) + shape + _label(text, start, end, middle))


def _label(text: str, start: float, end: float, middle: float) -> Markup:
    """The words behind a mark, before it, or on it: where all of them have room, or else where most have."""
    rooms = {"behind": WIDTH - end - BESIDE, "before": start - LEFT - BESIDE, "on": end - start - BESIDE}
    enough = (name for name, room in rooms.items() if room >= len(text) * LETTER)
    side = next(enough, max(rooms, key=lambda name: rooms[name]))
    letters = int(rooms[side] / LETTER)
    shown = text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"
    x = {"behind": end + BESIDE, "before": start - BESIDE, "on": start + BESIDE / 2}[side]
    where: dict[str, object] = {"class": "told on" if side == "on" else "told", "x": x, "y": middle + 4.5}
    return element("text", where | ({"text_anchor": "end"} if side == "before" else {}), shown)
