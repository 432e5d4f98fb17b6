"""What a change of content does to the figures: two snapshots of the same evidence, compared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from whosbehind.attribution import is_counted
from whosbehind.figures.amounts import NOTHING, amount, summed
from whosbehind.figures.figure import Amount, Row
from whosbehind.figures.select import Lake
from whosbehind.tables import ATTRIBUTIONS, TRANSACTIONS

if TYPE_CHECKING:
    import ibis.expr.types as ir

EXAMPLES = 3


@dataclass(frozen=True)
class Change:
    """What is attributed to an organisation before and after, and some of the transactions that came or went."""

    organisation_id: str
    before: Amount
    after: Amount
    came: tuple[Row, ...]
    went: tuple[Row, ...]

    @property
    def difference_usd(self) -> Decimal:
        """What the change adds, or takes away where negative."""
        return self.after.obligated_usd - self.before.obligated_usd


def impact(before: Lake, after: Lake) -> list[Change]:
    """The organisations whose transactions differ between two snapshots, largest difference of money first."""
    old, new = _counted(before), _counted(after)
    came, went = _missing(new, old), _missing(old, new)
    changed = sorted(came.keys() | went.keys())
    if not changed:
        return []
    sums = [_sums(each, changed) for each in (old, new)]
    changes = [
        Change(each, sums[0].get(each, NOTHING), sums[1].get(each, NOTHING), came.get(each, ()), went.get(each, ()))
        for each in changed
    ]
    return sorted(changes, key=lambda each: (-abs(each.difference_usd), each.organisation_id))


def _counted(lake: Lake) -> ir.Table:
    judged = lake.table(ATTRIBUTIONS)
    wanted = ("transaction_id", "award_id", "modification_number", "obligated_usd", "recipient_name", "description")
    rows = lake.table(TRANSACTIONS)
    rows = rows.filter(~rows.is_latest_only).select(*wanted)
    return judged.filter(is_counted(judged)).inner_join(rows, "transaction_id").select("organisation_id", "matched", *wanted)


def _missing(rows: ir.Table, others: ir.Table) -> dict[str, tuple[Row, ...]]:
    """Rows whose transaction the others do not attribute to the organisation: the largest of each organisation."""
    import ibis

    found = rows.anti_join(others, ["transaction_id", "organisation_id"])
    order = [ibis.desc(found.obligated_usd.abs()), "transaction_id"]
    place = ibis.row_number().over(ibis.window(group_by="organisation_id", order_by=order))
    ranked = found.mutate(place=place)
    listed = ranked.filter(ranked.place < EXAMPLES).order_by("organisation_id", "place").to_pyarrow().to_pylist()
    by_organisation: dict[str, list[Row]] = {}
    for row in listed:
        by_organisation.setdefault(row["organisation_id"], []).append(row)
    return {key: tuple(kept) for key, kept in by_organisation.items()}


def _sums(rows: ir.Table, organisations: list[str]) -> dict[str, Amount]:
    chosen = rows.filter(rows.organisation_id.isin(organisations))
    grouped = summed(chosen.group_by("organisation_id"), chosen)
    return {row["organisation_id"]: amount(row) for row in grouped.to_pyarrow().to_pylist()}
