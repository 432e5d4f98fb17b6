"""The contracts that inventories of AI use cases name, held against those the ledger knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from whosbehind.ledger.piids import judged, piids, skeleton

if TYPE_CHECKING:
    import ibis.expr.types as ir

Record = dict[str, Any]


def contract_records(use_cases: ir.Table, ledger: Sequence[ir.Table]) -> list[Record]:
    """The rows of the table `use_case_contracts`.

    `ledger` are tables with contracts' identifiers in `piid` and vehicles' in `parent_piid`.
    """
    cells = use_cases.filter(use_cases.piids.notnull()).select("document_id", "row", "piids").to_pyarrow().to_pylist()
    printed = [
        {"document_id": cell["document_id"], "row": cell["row"], "place": place, "printed": each}
        for cell in cells
        for place, each in enumerate(piids(cell["piids"]), 1)
    ]
    known = _known(ledger, sorted({skeleton(each["printed"]) for each in printed}))
    return [each | dict(zip(("piid", "basis"), judged(each["printed"], known), strict=True)) for each in printed]


def _known(ledger: Sequence[ir.Table], skeletons: Sequence[str]) -> frozenset[str]:
    """Of the ledger's identifiers those that could be one of the printed ones."""
    if not skeletons:
        return frozenset()
    columns = [table[name].name("piid") for table in ledger for name in ("piid", "parent_piid") if name in table.columns]
    listed = reduce(lambda one, other: one.union(other, distinct=True), (each.as_table() for each in columns))
    plain = listed.piid.upper().re_replace(r"[\s.-]+", "").translate("OI", "01").replace("0", "")
    return frozenset(listed.filter(plain.isin(list(skeletons))).piid.to_pyarrow().to_pylist())
