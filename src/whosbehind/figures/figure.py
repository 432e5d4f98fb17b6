"""The figure and its parts, as data and as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from whosbehind.values import usd

Row = dict[str, Any]

ROW_COLUMNS = (
    "award_id piid modification_number action_date obligated_usd agency recipient_name description organisation_id route role "
    "confidence is_shared matched because field rule named_id family_id transaction_id psc_name usaspending_url file_name "
    "citation"
).split()


@dataclass(frozen=True)
class Amount:
    """Money in USD, net of de-obligations, and the number of transactions behind it."""

    obligated_usd: Decimal
    transaction_count: int

    def __add__(self, other: Amount) -> Amount:
        """Both together; of amounts that share no transaction."""
        return Amount(self.obligated_usd + other.obligated_usd, self.transaction_count + other.transaction_count)

    def as_json(self) -> dict[str, object]:
        """Money as a string with two decimals."""
        return {"obligated_usd": usd(self.obligated_usd), "transaction_count": self.transaction_count}


@dataclass(frozen=True)
class Window:
    """Days, both inclusive; None where the window is open."""

    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True)
class Group:
    """One line of a breakdown: what it is for, and the amount."""

    of: Mapping[str, object]
    amount: Amount


@dataclass(frozen=True)
class Alternative:
    """What the number would be under one other reading, and what that changes."""

    amount: Amount
    difference_usd: Decimal
    date: dt.date | None = None

    def as_json(self) -> dict[str, object]:
        """The amount, what it is more (or less) than the figure, and the day it holds at."""
        entry = {**self.amount.as_json(), "difference_usd": usd(self.difference_usd)}
        return {**entry, "date": _day(self.date)} if self.date else entry


@dataclass(frozen=True)
class Figure:
    """A number with all that makes it defensible; `rows` opens the transactions behind it."""

    amount: Amount
    by_route: Mapping[str, Amount]
    window: Window
    agencies: tuple[str, ...]
    agency_role: str
    organisations: tuple[str, ...]
    basis: str
    snapshot: str
    coverage: Mapping[str, Any]
    filters: Mapping[str, str]
    as_of: dt.date | None
    known: dt.date | None
    taken_back_later: Amount | None
    warnings: tuple[str, ...]
    has_inherited: bool = False
    with_inherited: Alternative | None = None
    as_owned_today: Alternative | None = None
    by: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    open_rows: Callable[[], list[Row]] | None = field(default=None, compare=False, repr=False)

    @property
    def obligated_usd(self) -> Decimal:
        """The number itself, in USD."""
        return self.amount.obligated_usd

    @property
    def transaction_count(self) -> int:
        """How many transactions make it."""
        return self.amount.transaction_count

    @property
    def rows(self) -> list[Row]:
        """The transactions that make the number, largest first; their obligations sum to it."""
        return self.open_rows() if self.open_rows else []

    def as_json(self, with_rows: bool = False) -> dict[str, Any]:
        """The figure for a machine: money as strings with two decimals, days as ISO dates."""
        entry: dict[str, Any] = {
            **self.amount.as_json(),
            "by_route": {route: amount.as_json() for route, amount in self.by_route.items()},
            "window": {"since": _day(self.window.since), "until": _day(self.window.until)},
            "agencies": list(self.agencies),
            "agency_role": self.agency_role,
            "organisations": list(self.organisations),
            "basis": self.basis,
            "filters": dict(self.filters),
            "as_of": _day(self.as_of) or "action date",
            "known": _day(self.known),
            "snapshot": self.snapshot,
            "coverage": dict(self.coverage),
            "taken_back_later": self.taken_back_later.as_json() if self.taken_back_later else None,
            "has_inherited": self.has_inherited,
            "with_inherited": self.with_inherited.as_json() if self.with_inherited else None,
            "as_owned_today": self.as_owned_today.as_json() if self.as_owned_today else None,
            "warnings": list(self.warnings),
        }
        if self.by:
            entry["groups"] = [
                {**{key: _plain(value) for key, value in each.of.items()}, **each.amount.as_json()} for each in self.groups
            ]
        if with_rows:
            entry["rows"] = [{key: _plain(value) for key, value in row.items()} for row in self.rows]
        return entry


def citation(row: Row, document: Row) -> str:
    """Where a row stands: its document's digest and the place in it."""
    return f"{row['document_id']}#{document['place_prefix']}{row['row']}"


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return usd(value)
    return value.isoformat() if isinstance(value, dt.date) else value
