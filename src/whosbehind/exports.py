"""Whole tables as CSV or Parquet files for other tools."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from whosbehind.errors import Fault, Mistake
from whosbehind.figures import ROW_COLUMNS, Lake
from whosbehind.tables import AGENCIES, ATTRIBUTIONS, DOCUMENTS, TABLES, TRANSACTIONS, table
from whosbehind.values import usd

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Signs that make a spreadsheet take a cell for a formula.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Export:
    """A table that can be written out, and what is in it."""

    name: str
    meaning: str


EXPORTS: tuple[Export, ...] = tuple(
    Export(
        each.name,
        "Attributed transactions in the columns of a figure's rows, one for each family they name."
        if each is ATTRIBUTIONS
        else each.meaning,
    )
    for each in TABLES
)


def write_export(lake: Lake, name: str, target: Path) -> int:
    """Write a table to a `.csv` or `.parquet` file; returns the number of rows.

    In CSV, text that a spreadsheet would take for a formula is put behind an
    apostrophe; Parquet holds the text as it is. Raises Mistake for an unknown
    name or kind of file, Fault if the file cannot be written.
    """
    if name not in {export.name for export in EXPORTS}:
        raise Mistake(f"there is no table {name!r}.", next=f"Choose from: {', '.join(export.name for export in EXPORTS)}.")
    rows = _attributed(lake) if name == ATTRIBUTIONS.name else lake.table(table(name)).order_by(list(table(name).key))
    try:
        if target.suffix == ".parquet":
            lake.engine.write_expression(rows, target)
            return int(rows.count().to_pyarrow().as_py())
        if target.suffix == ".csv":
            return _write_csv(rows, target)
    except OSError as error:
        raise Fault(f"cannot write: {error.strerror}.", where=str(target)) from error
    raise Mistake(
        f"{target.suffix or 'a file without ending'} is no kind of file known here.",
        where=str(target),
        next="Use .csv or .parquet.",
    )


def _attributed(lake: Lake) -> ir.Table:
    """Attributions joined with their transactions and citations: a family once for each transaction that names it.

    The brand or subsidiary that is named stands in `named_id`.
    """
    import ibis

    judged, rows, documents = lake.table(ATTRIBUTIONS), lake.table(TRANSACTIONS), lake.table(DOCUMENTS)
    judged = judged.filter(judged.organisation_id == judged.family_id)
    places = documents.select("document_id", "file_name", "place_prefix")
    known = lake.table(AGENCIES)
    agencies = known.filter(known.kind == "agency").select("agency_code", "abbreviation")
    joined = judged.inner_join(rows, "transaction_id").inner_join(places, "document_id").left_join(agencies, "agency_code")
    shown = joined.mutate(
        agency=joined.abbreviation.coalesce(joined.agency_code),
        usaspending_url=ibis.literal("https://www.usaspending.gov/award/") + joined.award_id,
        citation=joined.document_id + "#" + joined.place_prefix + joined.row.cast("string"),
    )
    return shown.select(*ROW_COLUMNS).order_by("transaction_id", "organisation_id")


def _write_csv(rows: ir.Table, target: Path) -> int:
    written = 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(rows.columns)
        for batch in rows.to_pyarrow_batches(chunk_size=50_000):
            listed = batch.to_pylist()
            writer.writerows([cell(value) for value in row.values()] for row in listed)
            written += len(listed)
    return written


def cell(value: object) -> object:
    """A value as a CSV cell that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    return _number(value) if isinstance(value, Decimal) else value


def _number(value: Decimal) -> str:
    """Money with its cents; a number of more decimals without the zeros its column fills up with."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if len(text.partition(".")[2]) > 2 else usd(value)


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Rows as CSV text with a header."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return stream.getvalue()
