"""All actions a claim may be about, summed once, so that many readings of it cost little."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any

from whosbehind.values import Measure, Route


@dataclass(frozen=True)
class Key:
    """What the actions of one strand have in common."""

    agency_code: str | None
    funding_code: str | None
    is_direct: bool
    is_named: bool
    is_direct_named: bool
    is_positive: bool


@dataclass(frozen=True)
class Slice:
    """One reading of a claim, as far as a cube is asked: None takes everything."""

    since: dt.date | None
    until: dt.date | None
    codes: frozenset[str] | None
    is_funding: bool
    route: Route | None
    names_only: bool
    positive_only: bool


class Strand:
    """The actions of one key by day, with running sums."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        ordered = sorted(rows, key=lambda row: row["action_date"])
        self.days = [row["action_date"] for row in ordered]
        self.awards = [row.get("award_id") for row in ordered]
        self._sums: list[Decimal] = [Decimal(0), *accumulate(row["obligated_usd"] for row in ordered)]
        self._counts: list[int] = [0, *accumulate(row["transaction_count"] for row in ordered)]

    def places(self, since: dt.date | None, until: dt.date | None) -> tuple[int, int]:
        """The first and the last place but one of a window; the same place where it ends before it begins."""
        first = bisect_left(self.days, since) if since else 0
        last = bisect_right(self.days, until) if until else len(self.days)
        return first, max(first, last)

    def money(self, first: int, last: int) -> Decimal:
        """Obligations between two places, in USD."""
        return self._sums[last] - self._sums[first]

    def count(self, first: int, last: int) -> int:
        """Transactions between two places."""
        return self._counts[last] - self._counts[first]


# A strand with the first and the last place but one of what is taken of it.
Place = tuple[Strand, int, int]


class Cube:
    """Actions by agency, route, what names the organisation, and sign; asked for any reading.

    `has_funding` says whether any action says who pays.
    """

    def __init__(self, rows: Iterable[dict[str, Any]], measure: Measure) -> None:
        strands: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        listed = list(rows)
        for row in listed:
            if row["obligated_usd"] or measure is not Measure.OBLIGATIONS:  # a sum is made of actions of some money
                strands[Key(**{name: row[name] for name in Key.__dataclass_fields__})].append(row)
        self.strands = {key: Strand(own) for key, own in strands.items()}
        self.measure = measure
        self.has_funding = any(row["funding_code"] for row in listed)

    def value(self, asked: Slice) -> Decimal:
        """What a reading comes to: USD, or a number of transactions or awards."""
        found = self._found(asked)
        match self.measure:
            case Measure.OBLIGATIONS:
                return sum((strand.money(first, last) for strand, first, last in found), Decimal(0))
            case Measure.TRANSACTIONS:
                return Decimal(sum(strand.count(first, last) for strand, first, last in found))
            case _:
                return Decimal(len(_awards(found)))

    def rows(self, asked: Slice) -> frozenset[object]:
        """What a reading counts: equal for two readings that count the same actions or awards."""
        found = self._found(asked)
        return _awards(found) if self.measure is Measure.AWARDS else frozenset(each for each in found if each[1] < each[2])

    def _found(self, asked: Slice) -> list[Place]:
        return [(strand, *strand.places(asked.since, asked.until)) for strand in self._chosen(asked)]

    def _chosen(self, asked: Slice) -> Iterator[Strand]:
        for key, strand in self.strands.items():
            code = key.funding_code if asked.is_funding else key.agency_code
            is_direct = key.is_direct_named if asked.names_only else key.is_direct
            if (
                (asked.codes is None or code in asked.codes)
                and (key.is_named or not asked.names_only)
                and (key.is_positive or not asked.positive_only)
                and (asked.route is None or is_direct == (asked.route is Route.DIRECT))
            ):
                yield strand


def _awards(found: list[Place]) -> frozenset[object]:
    return frozenset(award for strand, first, last in found for award in strand.awards[first:last])
