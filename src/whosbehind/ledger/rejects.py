"""Values and rows that could not be read, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whosbehind.engine import BrokenRow, Engine, records_table
from whosbehind.guard import bundled_guard
from whosbehind.ledger.columns import READABLE, SEPARATOR
from whosbehind.ledger.documents import ReadPart
from whosbehind.phrases import any_of, phrase
from whosbehind.records import Take
from whosbehind.tables import REJECTS, Type
from whosbehind.values import Grain

if TYPE_CHECKING:
    import ibis.expr.types as ir

NEEDED = {
    Grain.TRANSACTIONS: ("transaction_id", "action_date", "obligated_usd"),
    Grain.AWARDS: ("award_id",),
    Grain.SUBAWARDS: ("award_id", "subaward_usd"),
    Grain.RECIPIENTS: (),
    Grain.USE_CASES: ("use_case_name",),
    Grain.AUTHORIZATIONS: ("provider_name", "product_name", "package_id"),
    Grain.REPORTED_FACTS: ("entity_id", "concept"),
}


def rejects(engine: Engine, part: ReadPart) -> ir.Table:
    """The rejects of one document, in the order of its rows."""
    import ibis

    return (
        _values(engine, part).union(_broken(part, part.note().broken)).order_by("row", ibis.asc("column_name", nulls_first=True))
    )


def is_lost(rows: ir.Table, grain: Grain) -> ir.BooleanValue:
    """Whether a row lacks what it cannot be counted without."""
    import ibis

    lost: ir.BooleanValue = ibis.literal(False)
    for name in NEEDED[grain]:
        lost = lost | rows[name].isnull()
    return lost


def _values(engine: Engine, part: ReadPart) -> ir.Table:
    import ibis

    source = part.document.source
    assert source is not None
    rows = engine.parquet([part.path], {})
    noted = rows.filter(rows.unread.notnull())
    cells = noted.select("row", is_row_lost=is_lost(noted, source.grain), cell=noted.unread.split(SEPARATOR).unnest())
    named = cells.mutate(
        column_name=cells.cell.re_extract(r"(?s)^([^=]*)=(.*)$", 1), value=cells.cell.re_extract(r"(?s)^([^=]*)=(.*)$", 2)
    )
    reasons = [
        {"column_name": take.origin, "reason_for": reason(take, READABLE[source.grain][take.column])} for take in source.take
    ]
    unique = {str(each["column_name"]): each for each in reasons}
    table = records_table(list(unique.values()), {"column_name": "string", "reason_for": "string"})
    joined = named.left_join(table, "column_name")
    return joined.select(
        document_id=ibis.literal(part.document.id),
        file_name=ibis.literal(part.document.receipt.file_name),
        row=joined.row,
        column_name=joined.column_name,
        value=joined.value.nullif(""),
        reason=ibis.ifelse(joined.value == "", phrase("is missing, and the row cannot be counted without it"), joined.reason_for),
        is_row_lost=joined.is_row_lost,
    )


def reason(take: Take, kind: Type) -> str:
    """Why a value of this column was not taken."""
    if take.column.endswith("_label"):
        return phrase("is no agency the project knows")
    if kind is Type.DAY:
        return phrase("is not a day written as {formats}", formats=any_of(take.formats))
    return _REASONS_BY_COLUMN.get(take.column) or _REASONS.get(
        kind, phrase("has lost digits: a spreadsheet wrote it in scientific notation")
    )


_REASONS = {
    Type.USD: phrase("is not an amount in dollars and cents"),
    Type.INTEGER: phrase("is not a whole number"),
    Type.FLAG: phrase("is neither yes nor no"),
    Type.QUANTITY: phrase("is not a number with at most twelve decimals"),
}
_REASONS_BY_COLUMN = {
    "award_id": phrase("is not a generated award key such as CONT_AWD_PIID_AGENCY_PARENT_PARENTAGENCY"),
    "designation": phrase("is no designation the project knows"),
}


def _broken(part: ReadPart, broken: tuple[BrokenRow, ...]) -> ir.Table:
    guard = bundled_guard()
    found = [
        {
            "document_id": part.document.id,
            "file_name": part.document.receipt.file_name,
            "row": row.record,
            "column_name": None,
            "value": guard.mask(row.text) if row.text else None,
            "reason": _plain(row.reason),
            "is_row_lost": True,
        }
        for row in broken
    ]
    return records_table(found, REJECTS.schema())


def _plain(reason_of_engine: str) -> str:
    kind, _, message = reason_of_engine.partition(": ")
    plain = {
        "MISSING COLUMNS": phrase("the row has too few columns"),
        "TOO MANY COLUMNS": phrase("the row has too many columns"),
        "UNQUOTED VALUE": phrase("a quotation mark is not closed, or text follows it; rows behind it may stand in this one"),
        "LINE SIZE OVER MAXIMUM": phrase("the row is longer than 4 MB"),
        "INVALID ENCODING": phrase("the row is not text in the document's encoding"),
    }
    detail = message.split(". ")[0].rstrip(".")
    return f"{plain.get(kind, kind.lower())} ({detail[0].lower() + detail[1:]})" if detail else plain.get(kind, kind.lower())
