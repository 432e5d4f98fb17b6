"""Sums over transactions: the money and how many there are, in all or by group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from whosbehind.figures.figure import Amount, Group, Row
from whosbehind.figures.question import TIMES

if TYPE_CHECKING:
    import ibis.expr.types as ir

NOTHING = Amount(Decimal(0), 0)


def summed(grouped: Any, rows: ir.Table, **further: ir.Value) -> ir.Table:
    """Obligations and transactions of a table or its groups, with whatever else is aggregated."""
    return grouped.aggregate(obligated_usd=rows.obligated_usd.sum(), transaction_count=rows.count(), **further)


def amount(row: Row) -> Amount:
    """The amount in a row of sums; the sum over no row is zero."""
    return Amount(row["obligated_usd"] or Decimal(0), row["transaction_count"])


def amount_of(rows: ir.Table) -> Amount:
    """The amount of all rows."""
    return amount(summed(rows, rows).to_pyarrow().to_pylist()[0])


def added(amounts: Iterable[Amount]) -> Amount:
    """All amounts together; of amounts that share no transaction."""
    return sum(amounts, NOTHING)


def breakdown(columns: Sequence[str], amounts: Mapping[tuple[Any, ...], Amount]) -> tuple[Group, ...]:
    """A breakdown by columns from the amounts by their values: times in order, else most money first."""
    groups = (Group(dict(zip(columns, key, strict=True)), each) for key, each in amounts.items())
    return tuple(sorted(groups, key=_order))


def _order(group: Group) -> tuple[object, ...]:
    times = tuple(str(value) for name, value in group.of.items() if name in TIMES)
    return (*times, -group.amount.obligated_usd, tuple(str(value) for value in group.of.values()))
