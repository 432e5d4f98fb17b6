"""The ledger's tables as expressions over the rows read and what was settled about them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from whosbehind.engine import records_table
from whosbehind.ledger.documents import ReadPart
from whosbehind.ledger.rejects import is_lost
from whosbehind.tables import AWARDS, RECIPIENTS, SET_ASIDE, TRANSACTIONS
from whosbehind.values import Dating

if TYPE_CHECKING:
    import ibis.expr.types as ir


def awards(stated: ir.Table, transactions: ir.Table, order: ir.Table) -> ir.Table:
    """One row an award: as the first document in `order` states it, else as its latest transaction does.

    `order` has document_id and rank. Only full and extracted transactions are counted into
    `transaction_count` and `transactions_usd`; rows of latest-only layouts are not.
    """
    import ibis

    ranked = stated.inner_join(order, "document_id")
    first = ibis.row_number().over(ibis.window(group_by="award_id", order_by=["rank", ibis.desc("row")]))
    best = ranked.filter(ranked.award_id.notnull()).mutate(place=first)
    best = best.filter(best.place == 0)
    counted = transactions.filter(~transactions.is_latest_only)
    sums = counted.group_by("award_id").aggregate(
        counted_transactions=counted.count(), counted_usd=counted.obligated_usd.sum().cast("decimal(18,2)")
    )
    derived = _awards_of_transactions(transactions).anti_join(best, "award_id")
    columns = [name for name in AWARDS.names() if name not in {"transaction_count", "transactions_usd"}]
    both = best.select(*columns).union(derived.select(*columns))
    joined = both.left_join(sums, "award_id")
    return joined.mutate(transaction_count=joined.counted_transactions.fill_null(0), transactions_usd=joined.counted_usd).select(
        *AWARDS.names()
    )


def _awards_of_transactions(transactions: ir.Table) -> ir.Table:
    import ibis

    window = ibis.window(
        group_by="award_id", order_by=[ibis.desc("action_date"), ibis.desc("modification_number"), ibis.desc("transaction_id")]
    )
    latest = transactions.mutate(place=ibis.row_number().over(window))
    latest = latest.filter(latest.place == 0)
    days = transactions.group_by("award_id").aggregate(
        base_action_date=transactions.action_date.min(where=transactions.modification_number == "0"),
        latest_action_date=transactions.action_date.max(),
    )
    joined = latest.left_join(days, "award_id")
    return joined.mutate(total_outlayed_usd=ibis.null("decimal(18,2)"))


def recipients(transactions: ir.Table, others: Sequence[ir.Table], clean: Any) -> ir.Table:
    """Every name and identifier a document states for a recipient that is an organisation.

    `clean` turns a column of names into cleaned names.
    """
    import ibis

    keys = ["recipient_id", "recipient_name"]
    hints = ["recipient_uei", "recipient_duns", "recipient_parent_name", "recipient_parent_uei"]
    tables = [table.filter(table.recipient_id.notnull()) for table in (transactions, *others)]
    named = [table.select(*keys, *hints) for table in tables]
    for table in tables:
        if "recipient_raw_name" in table.columns:  # the name on the contract is the same recipient's if an identifier says so
            other = table.filter(table.recipient_raw_name.notnull() & table.recipient_uei.notnull())
            named.append(other.drop("recipient_name").rename(recipient_name="recipient_raw_name").select(*keys, *hints))
    everyone = reduce(lambda one, other: one.union(other), named)
    listed = everyone.group_by(keys).aggregate(**{name: everyone[name].max() for name in hints})
    counted = transactions.filter(~transactions.is_latest_only & transactions.recipient_id.notnull())
    sums = counted.group_by(keys).aggregate(
        transaction_count=counted.count(),
        obligated_usd=counted.obligated_usd.sum().cast("decimal(18,2)"),
        first_action_date=counted.action_date.min(),
        last_action_date=counted.action_date.max(),
    )
    joined = listed.left_join(sums, keys)
    return joined.mutate(
        clean_name=clean(joined.recipient_name),
        transaction_count=joined.transaction_count.fill_null(0),
        obligated_usd=joined.obligated_usd.fill_null(ibis.literal(0).cast("decimal(18,2)")),
    ).select(*RECIPIENTS.names())


def taken(rows: ir.Table, settled: ir.Table) -> ir.Table:
    """The rows of one document that are counted, with their final numbers, in their order."""
    from whosbehind.ledger.settle import in_play

    return in_play(rows, settled).select(*TRANSACTIONS.names()).order_by("row")


def set_aside(settled: ir.Table, missing: Sequence[dict[str, Any]]) -> ir.Table:
    """The table `set_aside`: settled rows, each with what may be missing in its place."""
    import ibis

    schema = {"document_id": "string", "row": "int64", "missing_usd": "decimal(18,2)"}
    lost = [{"document_id": row["document_id"], "row": row["row"], "missing_usd": abs(row["obligated_usd"])} for row in missing]
    table = records_table(lost, schema)
    rows = settled.filter(settled.reason.notnull())
    joined = rows.left_join(table, ["document_id", "row"])
    zero = ibis.literal(0).cast("decimal(18,2)")
    return (
        joined.mutate(may_be_missing_usd=joined.missing_usd.fill_null(zero))
        .select(*SET_ASIDE.names())
        .order_by("document_id", "row")
    )


def completed(rows: ir.Table, part: ReadPart) -> ir.Table | None:
    """Rows of a document that are tables as stated: without those that are lost, snapshots dated by their receipt.

    None where every row is whole and dated as it stands.
    """
    import ibis

    source = part.document.source
    assert source is not None
    lost = is_lost(rows, source.grain)
    has_days = "snapshot_date" in rows.columns
    undated = rows.snapshot_date.isnull() if has_days else ibis.literal(False)
    if not rows.filter(lost | undated).count().to_pyarrow().as_py():
        return None
    kept = rows.filter(~lost).order_by("row")
    if not has_days:
        return kept
    received = ibis.literal(part.document.receipt.received_at.date())
    basis = kept.snapshot_basis.fill_null(str(Dating.RECEIVED))
    return kept.mutate(snapshot_date=kept.snapshot_date.fill_null(received), snapshot_basis=basis)
