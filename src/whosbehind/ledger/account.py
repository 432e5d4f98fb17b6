"""The account: what became of each document's rows, and which days of which agency it covers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whosbehind.ledger.columns import STATED
from whosbehind.ledger.documents import ReadPart
from whosbehind.phrases import phrase
from whosbehind.records import Document, Form
from whosbehind.values import Completeness, Grain, count

if TYPE_CHECKING:
    import ibis.expr.types as ir

Record = dict[str, Any]
_COUNTS = ("row_count", "taken_count", "set_aside_count", "rejected_count", "reject_count")


def counts(
    parts: Iterable[ReadPart], transactions: ir.Table, subawards: ir.Table, set_aside: ir.Table, rejects: ir.Table
) -> dict[str, Record]:
    """Rows of each document by what became of them, and the money and days of those taken."""
    found: dict[str, Record] = defaultdict(lambda: dict.fromkeys(_COUNTS, 0))
    for summed in (
        _taken(transactions, obligated_usd=transactions.obligated_usd.sum().cast("decimal(18,2)")),
        _taken(subawards),
        set_aside.group_by("document_id").aggregate(set_aside_count=set_aside.count()),
        rejects.group_by("document_id").aggregate(
            reject_count=rejects.count(), rejected_count=rejects.row.nunique(where=rejects.is_row_lost)
        ),
    ):
        for row in summed.to_pyarrow().to_pylist():
            found[row["document_id"]].update(row)
    for part in parts:
        entry = found[part.document.id]
        entry["row_count"] = part.note().row_count
        if part.document.source and part.document.source.grain in (Grain.AWARDS, Grain.RECIPIENTS, *STATED):
            entry["taken_count"] = entry["row_count"] - entry["rejected_count"]
    return found


def _taken(rows: ir.Table, **sums: ir.Value) -> ir.Table:
    return rows.group_by("document_id").aggregate(
        taken_count=rows.count(), first_action_date=rows.action_date.min(), last_action_date=rows.action_date.max(), **sums
    )


def document_record(document: Document, counted: Mapping[str, Any] | None, problem: str | None) -> Record:
    """One row of the table `documents`; `counted` is None for a document that has no rows to read."""
    receipt, source = document.receipt, document.source
    return {
        **dict.fromkeys(_COUNTS, 0),
        **(counted or {}),
        "document_id": document.id,
        "file_name": receipt.file_name,
        "source_id": source.id if source else None,
        "publisher": source.publisher if source else None,
        "licence": source.licence if source else None,
        "received_date": receipt.received_at.date(),
        "size_bytes": receipt.size_bytes,
        "status": "unread" if problem else "kept" if counted is None else "read",
        "problem": problem,
        "grain": str(source.grain) if source else None,
        "scope": receipt.scope.text() if receipt.scope else None,
        "place_prefix": source.place_prefix if source else None,
    }


def coverage_records(documents: Sequence[Document], transactions: ir.Table) -> list[Record]:
    """The rows of the table `coverage`: what each document declares to cover, else the days it shows."""
    keys = ["document_id", "agency_code", "agency_role"]
    known = transactions.filter(transactions.agency_code.notnull())
    shown = known.group_by(keys).aggregate(
        first_date=known.action_date.min(), last_date=known.action_date.max(), transaction_count=known.count()
    )
    by_document: dict[str, dict[str, Record]] = defaultdict(dict)
    for row in shown.to_pyarrow().to_pylist():
        by_document[row["document_id"]][row["agency_code"]] = row
    return [record for document in documents for record in _covered(document, by_document[document.id])]


def _covered(document: Document, shown: Mapping[str, Record]) -> Iterable[Record]:
    """A declared agency is covered even where the document shows no action of it."""
    source, scope = document.source, document.receipt.scope
    if source is None or source.grain is not Grain.TRANSACTIONS:
        return
    is_whole = source.completeness is Completeness.FULL and source.form is Form.CSV
    declared = scope.agencies if scope else ()
    common = {"document_id": document.id, "received_date": document.receipt.received_at.date()}
    for code in sorted({*shown, *declared}):
        row = shown.get(code, {"agency_role": str(source.agency_role), "transaction_count": 0})
        span: tuple[dt.date, dt.date] = (
            (scope.since, scope.until) if scope and code in declared else (row["first_date"], row["last_date"])
        )
        yield {
            **common,
            "agency_code": code,
            "agency_role": row["agency_role"],
            "first_date": span[0],
            "last_date": span[1],
            "basis": "declared" if code in declared else "observed",
            "is_complete": code in declared or is_whole,
            "transaction_count": row["transaction_count"],
        }


def unexpected_counts(parts: Iterable[ReadPart]) -> list[str]:
    """Sentences about documents with fewer or more rows than their source is declared to have."""
    found: list[str] = []
    for part in sorted(parts, key=lambda each: each.document.receipt.file_name):
        source, rows = part.document.source, part.note().row_count
        if source is None or source.min_rows <= rows <= (source.max_rows or rows):
            continue
        few = phrase("fewer than the {least}", least=f"{source.min_rows:,}")
        bound = few if rows < source.min_rows else phrase("more than the {most}", most=f"{source.max_rows:,}")
        found.append(
            phrase(
                "{name} has {rows}, {bound} expected of {source}: is it whole?",
                name=part.document.receipt.file_name,
                rows=count(rows, "row"),
                bound=bound,
                source=source.id,
            )
        )
    return found
