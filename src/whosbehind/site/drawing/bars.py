"""Bars of money: one for each year or agency, direct and through resellers on top of each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element
from whosbehind.values import short_dollars

WIDTH, ROW, LEFT, RIGHT, BAR = 640.0, 30.0, 96.0, 96.0, 18.0


# The part of a bar that has no others, and is explained by the title.
WHOLE = "whole"


@dataclass(frozen=True)
class Bar:
    """A bar: what it is for, and the amount of each of its parts by class."""

    label: str
    parts: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """Its length."""
        return sum(self.parts.values(), Decimal(0))


def bars(listed: Sequence[Bar]) -> Picture:
    """Horizontal bars under each other; what was taken back goes to the left of zero."""
    high = max([*(_reach(bar)[1] for bar in listed), Decimal(1)])
    low = min([*(_reach(bar)[0] for bar in listed), Decimal(0)])
    scale = (WIDTH - LEFT - RIGHT) / float(high - low)
    zero = LEFT - float(low) * scale
    body = Markup("").join(_bar(bar, place * ROW, zero, scale) for place, bar in enumerate(listed))
    axis = element("line", {"class": "axis", "x1": zero, "x2": zero, "y1": 0.0, "y2": ROW * len(listed)})
    shows = dict.fromkeys(name for bar in listed for name in bar.parts if name != WHOLE)
    return Picture(WIDTH, ROW * len(listed), body + axis, tuple(sorted(shows)))


def _reach(bar: Bar) -> tuple[Decimal, Decimal]:
    amounts = bar.parts.values()
    return sum((each for each in amounts if each < 0), Decimal(0)), sum((each for each in amounts if each > 0), Decimal(0))


def _bar(bar: Bar, top: float, zero: float, scale: float) -> Markup:
    middle = top + ROW / 2
    pieces = [element("text", {"class": "label", "x": LEFT - 8, "y": middle + 5, "text_anchor": "end"}, bar.label)]
    right = left = zero
    for name, amount in bar.parts.items():
        length = float(abs(amount)) * scale
        start = right if amount >= 0 else left - length
        pieces.append(element("rect", {"class": name, "x": start, "y": middle - BAR / 2, "width": length, "height": BAR}))
        right, left = (right + length, left) if amount >= 0 else (right, left - length)
    pieces.append(element("text", {"class": "value", "x": right + 8, "y": middle + 5}, short_dollars(bar.total)))
    return Markup("").join(pieces)
