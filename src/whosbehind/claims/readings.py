"""The readings next to the stated one, and which of them is the published number.

A reading changes one axis of the stated one, or two. Readings are tried in tiers,
nearest first, and the search ends at the first tier in which one is the published
number. If two of a tier are, or so many were tried that one would be expected to match
by chance, none is the repair. Readings of the same rows are one reading under several names.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations
from typing import Any

from whosbehind.claims.claim import Published
from whosbehind.claims.published import reproduces
from whosbehind.claims.windows import Days
from whosbehind.figures import Question
from whosbehind.values import Route

# The unit slips that are looked for: thousands taken for millions, and the other way round.
SLIPS = (Decimal(1000), Decimal("0.001"))
# From how many matches expected by chance on, a match proves nothing; of readings that change two axes there are many.
CHANCE = {1: Decimal("0.2"), 2: Decimal("0.05")}


@dataclass(frozen=True)
class Reading:
    """One way to compute a claim: a question, what its result is multiplied with, and the axes it changes."""

    question: Question
    factor: Decimal = Decimal(1)
    changed: tuple[tuple[str, Any], ...] = ()

    @property
    def axes(self) -> int:
        """How many axes it changes; both ends of a window are one."""
        return len({"window" if name in ("since", "until") else name for name, _ in self.changed})

    def as_json(self) -> dict[str, Any]:
        """The changed axes by name."""
        return {name: _plain(value) for name, value in self.changed}


@dataclass(frozen=True)
class Match:
    """A reading that is the published number, what it comes to, and other names for it: readings of the same rows."""

    reading: Reading
    value: Decimal
    same_rows: tuple[Reading, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The changed axes by name, and those of the other names."""
        return {"reading": self.reading.as_json(), "same_rows": [each.as_json() for each in self.same_rows]}


@dataclass(frozen=True)
class Searched:
    """What the search came to: how many readings were tried, what matched, and the repair if there is one."""

    tried: int
    matches: tuple[Match, ...]
    repair: Match | None
    expected_by_chance: Decimal


Change = Callable[[Reading], Reading]
# Changes of one axis: its name with the changes, nearest tier first.
Axis = tuple[str, tuple[tuple[Change, ...], ...]]


def axes(
    stated: Question, windows: list[tuple[str, list[Days]]], agencies: list[tuple[str, ...]], has_funding: bool
) -> list[Axis]:
    """Every axis a stated question can be changed along."""
    found: list[Axis] = [("window", tuple(tuple(_window(days) for days in listed) for _, listed in windows))]
    found.append(("agencies", (tuple(_agencies(names) for names in agencies),)))
    if stated.organisations:
        routes = [route for route in (None, Route.DIRECT, Route.RESELLER) if route is not stated.route]
        found.append(("route", (tuple(_set("route", route) for route in routes),)))
        found.append(("names_only", ((_set("names_only", not stated.names_only),),)))
    found.append(("positive_only", ((_set("positive_only", not stated.positive_only),),)))
    if has_funding and stated.agencies:
        found.append(("funding", ((_set("is_funding", not stated.is_funding),),)))
    found.append(("unit", (tuple(_slip(factor) for factor in SLIPS),)))
    return found


def _window(days: Days) -> Change:
    since, until = days

    def change(reading: Reading) -> Reading:
        question = replace(reading.question, since=since, until=until)
        return replace(reading, question=question, changed=(*reading.changed, ("since", since), ("until", until)))

    return change


def _agencies(names: tuple[str, ...]) -> Change:
    return lambda reading: replace(
        reading, question=replace(reading.question, agencies=names), changed=(*reading.changed, ("agencies", list(names)))
    )


def _set(name: str, value: Any) -> Change:
    shown = "any" if name == "route" and value is None else value
    return lambda reading: replace(
        reading, question=replace(reading.question, **{name: value}), changed=(*reading.changed, (name, shown))
    )


def _slip(factor: Decimal) -> Change:
    return lambda reading: replace(reading, factor=factor, changed=(*reading.changed, ("unit_factor", f"{factor:f}")))


def tiers(stated: Reading, listed: list[Axis]) -> Iterator[list[Reading]]:
    """Readings in tiers: one axis changed before two, and nearer kinds of windows before farther ones."""
    depth = max(len(changes) for _, changes in listed)
    for number in (1, 2):
        for tier in range(depth):
            yield list(_of_tier(stated, listed, number, tier))


def _of_tier(stated: Reading, listed: list[Axis], number: int, tier: int) -> Iterator[Reading]:
    """Readings of which one change is of this tier and the others of the nearest."""
    for chosen in combinations(listed, number):
        for place, (_, changes) in enumerate(chosen):
            if tier >= len(changes) or (tier == 0 and place):
                continue
            readings = [change(stated) for change in changes[tier]]
            for other, (_, others) in enumerate(chosen):
                if other != place:
                    readings = [change(reading) for reading in readings for change in others[0]]
            yield from readings


def search(
    stated: Decimal,
    tried: Iterator[list[Reading]],
    value_of: Callable[[Reading], Decimal | None],
    rows_of: Callable[[Reading], Hashable],
    published: Published,
) -> Searched:
    """Try readings tier by tier until one is the published number.

    `value_of` is None where the evidence does not cover a reading; `rows_of` is the same for
    readings of the same rows.
    """
    count, seen = 0, {stated}
    expected = Decimal(0)
    for tier in tried:
        values: dict[Decimal, list[Reading]] = defaultdict(list)
        for reading in tier:
            value = value_of(reading)
            if value is None:
                continue
            count += 1
            if value not in seen:
                values[value].append(reading)
        seen.update(values)
        expected += expected_by_chance(list(values), published)
        met = ((value, readings) for value, readings in values.items() if reproduces(published, value))
        matches = tuple(match for value, readings in met for match in _apart(value, readings, rows_of))
        if matches:
            is_only = len(matches) == 1 and expected < CHANCE[matches[0].reading.axes]
            only = matches[0] if is_only else None
            return Searched(count, matches, only, expected)
    return Searched(count, (), None, expected)


def _apart(value: Decimal, readings: list[Reading], rows_of: Callable[[Reading], Hashable]) -> Iterator[Match]:
    """Readings of one value, those of the same rows together under the name of the first."""
    named: dict[Hashable, list[Reading]] = defaultdict(list)
    for reading in readings:
        named[rows_of(reading)].append(reading)
    for first, *others in named.values():
        yield Match(first, value, tuple(others))


def expected_by_chance(values: list[Decimal], published: Published) -> Decimal:
    """How many of these values would be the published number if they lay at random around it.

    Those from half to twice the number are taken as spread evenly there; each then meets it
    with the share its precision has of that range.
    """
    number = abs(published.value)
    near = sum(number / 2 <= abs(value) <= number * 2 for value in values)
    if not near or not number:  # zero is what every reading without a row comes to
        return Decimal(near)
    return (near * min(Decimal(1), published.precision / (number * Decimal("1.5")))).quantize(Decimal("0.001"))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
