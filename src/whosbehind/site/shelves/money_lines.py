"""The money of a system or agency on its page: by fiscal year, and the recipients most of it went to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from whosbehind.figures import Row
from whosbehind.figures.select import NAMELESS
from whosbehind.site.drawing.bars import Bar, bars
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
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["vendor_id"]].append(row)
    largest = sorted(groups, key=lambda vendor: (-_sum(groups[vendor]), vendor))[:most]
    return tuple(_paid(material, whole, vendor, groups[vendor], about) for vendor in largest)


def _sum(rows: Iterable[Row]) -> Decimal:
    return sum((row["obligated_usd"] for row in rows), Decimal(0))


def _paid(material: Material, whole: Number, vendor: str, rows: list[Row], about: str) -> Paid:
    kind, _, nameless = vendor.partition(":")
    number = material.book.number(narrowed(whole.question, "vendor_id", vendor, rows[0]), rows, about, whole)
    if kind == NAMELESS:
        return Paid(vendor, "", nameless, number)
    return Paid(vendor, material.vendor_names[vendor], None, number)


def yearly_bars(by_year: Mapping[Any, Number]) -> Picture | None:
    """Bars of fiscal years; none where there is only one."""
    if len(by_year) < 2:
        return None
    return bars([Bar(str(year), {"direct": by_year[year].amount.obligated_usd}) for year in sorted(by_year)])
