"""The money of a system or agency on its page: by fiscal year, and the recipients most of it went to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from whosbehind.figures import Row
from whosbehind.figures.opened import grouped, total
from whosbehind.figures.select import nameless_kind
from whosbehind.site.drawing.bars import WHOLE, Bar, bars
from whosbehind.site.drawing.picture import Picture
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number, narrowed


@dataclass(frozen=True)
class Paid:
    """A recipient with what it got; `nameless` is the kind of one that is never named."""

    vendor_id: str
    name: str
    nameless: str | None
    number: Number


def recipients_of(material: Material, whole: Number, rows: Iterable[Row], about: str, most: int) -> tuple[Paid, ...]:
    """The recipients most money went to, each with a number of its own."""
    groups = grouped(rows, "vendor_id")
    largest = sorted(groups, key=lambda vendor: (-total(groups[vendor]).obligated_usd, vendor))[:most]
    numbers = ((vendor, narrowed(whole.question, "vendor_id", vendor, groups[vendor][0])) for vendor in largest)
    return tuple(
        paid(material, vendor, material.book.number(question, groups[vendor], about, whole)) for vendor, question in numbers
    )


def paid(material: Material, vendor: str, number: Number) -> Paid:
    """A recipient with its number, by its name where it has one."""
    kind = nameless_kind(vendor)
    return Paid(vendor, material.vendor_names[vendor] if kind is None else "", kind, number)


def yearly_bars(by_year: Mapping[Any, Number]) -> Picture | None:
    """Bars of fiscal years; none where there is only one."""
    if len(by_year) < 2:
        return None
    return bars([Bar(str(year), {WHOLE: by_year[year].amount.obligated_usd}) for year in sorted(by_year)])
