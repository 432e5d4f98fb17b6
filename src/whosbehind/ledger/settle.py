"""Which of the rows that state one transaction is counted, and why the others are not.

Inside a document exact repetitions count once. Between documents the more
complete layout wins, then the later receipt, then the smaller digest. A document
takes rows of older ones away only inside the scope its receipt declares.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whosbehind.engine import Engine, records_table
from whosbehind.ledger.documents import ReadPart
from whosbehind.ledger.reading import states_number
from whosbehind.paths import Paths
from whosbehind.records import Document
from whosbehind.tables import SET_ASIDE, TRANSACTIONS
from whosbehind.values import SetAsideReason

if TYPE_CHECKING:
    import ibis.expr.types as ir

Row = dict[str, Any]

# What a transaction says, besides where it stands: two rows that agree in these say the same.
CONTENT = (
    "action_date obligated_usd ceiling_change_usd agency_code funding_sub_agency_code recipient_name recipient_uei "
    "description psc_code psc_name naics_code naics_name award_type last_modified_date"
).split()
# A difference in one of these is a correction; in the others it is another layout's way of putting it.
MATERIAL = ("action_date", "obligated_usd", "recipient_name", "agency_code")
COMPARED = (*MATERIAL, "description", "psc_name")
PLACE = ["document_id", "row"]


def in_order_of_precedence(documents: Iterable[Document]) -> list[Document]:
    """Documents, the one whose rows win first."""

    def key(document: Document) -> tuple[int, float, str]:
        assert document.source is not None
        return document.source.completeness.rank, -document.receipt.received_at.timestamp(), document.id

    return sorted(documents, key=key)


def countable(engine: Engine, parts: Iterable[ReadPart]) -> ir.Table:
    """The rows of these parts that have what it takes to be counted: a key, a day and an amount."""
    read = engine.parquet([part.path for part in parts], TRANSACTIONS.schema())
    return read.filter(read.transaction_id.notnull() & read.action_date.notnull() & read.obligated_usd.notnull())


def write_inside(engine: Engine, paths: Paths, part: ReadPart) -> Path:
    """Find the repetitions inside one document, unless they were found before."""
    target = paths.part("inside", part.digest)
    if not target.exists():
        assert part.document.source is not None
        found = _inside(countable(engine, [part]), keeps_all=not states_number(part.document.source))
        engine.write_expression(found.order_by("row"), target)
    return target


def _inside(rows: ir.Table, keeps_all: bool) -> ir.Table:
    """Rows of one document that share a transaction id.

    Equal rows count once. Rows that differ are different transactions where the
    feed states no transaction number (`keeps_all`); where it does, the one changed last counts.
    """
    import ibis

    ids = rows.group_by("transaction_id").aggregate(copies=rows.count())
    shared = rows.semi_join(ids.filter(ids.copies > 1), "transaction_id")
    first = shared.mutate(first_row=shared.row.min().over(ibis.window(group_by=["transaction_id", *CONTENT])))
    copies = first.filter(first.row != first.first_row)
    repeated = _aside(copies, SetAsideReason.REPEATED_IN_DOCUMENT, counted_row=copies.first_row)
    distinct = first.filter(first.row == first.first_row)
    if keeps_all:
        number = ibis.row_number().over(ibis.window(group_by="transaction_id", order_by="row"))
        numbered = distinct.mutate(number=number.cast("string"))
        others = _aside(numbered.filter(numbered.number != "0"), None, number=ibis._.number)
        return repeated.union(others)
    latest = ibis.window(
        group_by="transaction_id", order_by=[ibis.desc("last_modified_date", nulls_first=False), ibis.desc("row")]
    )
    placed = distinct.mutate(winner=distinct.row.first().over(latest))
    beaten = placed.filter(placed.row != placed.winner)
    return repeated.union(_aside(beaten, SetAsideReason.CORRECTED, counted_row=beaten.winner))


def _aside(
    rows: ir.Table,
    reason: SetAsideReason | None,
    *,
    counted_document: ir.Value | None = None,
    counted_row: ir.Value | None = None,
    differs_in: ir.Value | None = None,
    number: Any = None,
) -> ir.Table:
    """Rows in the shape of `set_aside`, with the transaction number some get instead."""
    import ibis

    null = ibis.null("string")
    own = rows.document_id if counted_row is not None else null
    return rows.select(
        "document_id",
        "row",
        "transaction_id",
        reason=ibis.literal(str(reason), "string") if reason else null,
        differs_in=null if differs_in is None else differs_in,
        counted_document_id=own if counted_document is None else counted_document,
        counted_row=ibis.null("int64") if counted_row is None else counted_row,
        agency_code=rows.agency_code,
        action_date=rows.action_date,
        obligated_usd=rows.obligated_usd,
        number=null if number is None else number,
    )


def _aside_schema() -> dict[str, str]:
    schema = {name: kind for name, kind in SET_ASIDE.schema().items() if name != "may_be_missing_usd"}
    return {**schema, "number": "string"}


def settle(engine: Engine, paths: Paths, parts: Sequence[ReadPart]) -> ir.Table:
    """All rows set aside or renumbered, of the transaction parts given in order of precedence.

    Returns a table in the shape of `set_aside` with the column `number`, which is
    not null where a row is taken under that transaction number.
    """
    inside = engine.parquet([write_inside(engine, paths, part) for part in parts], _aside_schema())
    if len(parts) < 2:
        return engine.materialised(inside, "settled")
    numbers = _numbers_of_other_layouts(engine, parts, inside)
    own = inside.filter(inside.reason.notnull()).union(inside.filter(inside.number.notnull()).anti_join(numbers, PLACE))
    found = engine.materialised(own.union(numbers), "numbered")
    found = engine.materialised(found.union(_between(engine, parts, found)), "between")
    for place, part in enumerate(parts):
        gone = _withdrawn(engine, parts, part, found)
        if gone is not None:
            found = engine.materialised(found.union(gone), f"withdrawn-{place}")
    return found


def in_play(rows: ir.Table, settled: ir.Table) -> ir.Table:
    """The rows not set aside so far, each with its transaction number and id."""
    left = rows.anti_join(settled.filter(settled.reason.notnull()).select(*PLACE), PLACE)
    numbers = settled.filter(settled.number.notnull()).select(*PLACE, new_number="number")
    joined = left.left_join(numbers, PLACE)
    number = joined.new_number.coalesce(joined.transaction_number)
    kept = {name: joined[name] for name in rows.columns}
    return joined.select(
        **{
            **kept,
            "transaction_number": number,
            "transaction_id": joined.award_id + "/" + joined.modification_number + "/" + number,
        }
    ).view()  # Ibis would otherwise add later joins to this one, and lose sight of the computed columns


def _between(engine: Engine, parts: Sequence[ReadPart], settled: ir.Table) -> ir.Table:
    """Transactions that several documents state: the row of the first document in order counts."""
    import ibis

    rows = in_play(countable(engine, parts), settled)
    ids = rows.group_by("transaction_id").aggregate(copies=rows.count())
    shared = engine.materialised(ids.filter(ids.copies > 1), "shared")
    stated = rows.semi_join(shared, "transaction_id").select("transaction_id", *PLACE, *COMPARED)
    ranked = engine.materialised(stated.inner_join(order_table(parts), "document_id").select(*stated.columns, "rank"), "ranked")
    best = ibis.row_number().over(ibis.window(group_by="transaction_id", order_by="rank"))
    placed = engine.materialised(ranked.mutate(place=best), "placed")
    first = placed.filter(placed.place == 0)
    winners = first.select(
        winner_id="transaction_id",
        counted_document="document_id",
        counted_row="row",
        **{f"w_{name}": first[name] for name in COMPARED},
    )
    losers = placed.filter(placed.place > 0)
    pairs = engine.materialised(losers.inner_join(winners, losers.transaction_id == winners.winner_id), "pairs")
    return _lost(pairs)


def order_table(parts: Sequence[ReadPart]) -> ir.Table:
    """Documents with their rank, 0 for the one whose rows win."""
    ranks = [{"document_id": part.document.id, "rank": place} for place, part in enumerate(parts)]
    return records_table(ranks, {"document_id": "string", "rank": "int64"})


def _lost(pairs: ir.Table) -> ir.Table:
    """Rows that another document's row stands in for, with the columns in which the two differ."""
    import ibis

    differs = {name: ~pairs[name].identical_to(pairs[f"w_{name}"]) for name in COMPARED}
    named = [ibis.ifelse(differs[name], ibis.literal(name + ", "), "") for name in COMPARED]
    listed = reduce(lambda text, each: text + each, named).re_replace(", $", "").nullif("")
    material = reduce(lambda some, name: some | (differs[name] & pairs[f"w_{name}"].notnull()), MATERIAL, ibis.literal(False))
    judged = pairs.mutate(differs_in=listed, is_corrected=material)
    found = []
    for is_corrected, reason in ((True, SetAsideReason.CORRECTED), (False, SetAsideReason.REPEATED_IN_OTHER_DOCUMENT)):
        rows = judged.filter(judged.is_corrected == is_corrected)
        found.append(
            _aside(rows, reason, counted_document=rows.counted_document, counted_row=rows.counted_row, differs_in=rows.differs_in)
        )
    return found[0].union(found[1])


def _withdrawn(engine: Engine, parts: Sequence[ReadPart], part: ReadPart, settled: ir.Table) -> ir.Table | None:
    """Rows of older documents inside this one's declared scope that it no longer has; None if it declares none."""
    scope = part.document.receipt.scope
    older = [each for each in parts if each.document.receipt.received_at < part.document.receipt.received_at]
    if scope is None or not older:
        return None
    rows = in_play(countable(engine, older), settled)
    inside = rows.filter(rows.action_date.between(scope.since, scope.until) & rows.agency_code.isin(scope.agencies))
    own = in_play(countable(engine, [part]), settled.filter(settled.number.notnull())).select("transaction_id")
    return _aside(inside.anti_join(own, "transaction_id"), SetAsideReason.WITHDRAWN)


def _numbers_of_other_layouts(engine: Engine, parts: Sequence[ReadPart], inside: ir.Table) -> ir.Table:
    """Numbers for rows of feeds without them, where another document states several for one modification."""
    stating = [part for part in parts if part.document.source and states_number(part.document.source)]
    silent = [part for part in parts if part not in stating]
    known: list[Row] = []
    open_rows: list[Row] = []
    if stating and silent:
        stated = countable(engine, stating)
        keys = ["award_id", "modification_number"]
        odd = stated.filter(stated.transaction_number != "0").select(*keys).distinct()
        columns = [*keys, "transaction_number", "action_date", "obligated_usd", "transaction_id", "agency_code", *PLACE]
        known = stated.semi_join(odd, keys).select(*columns).to_pyarrow().to_pylist()
        without = inside.filter(inside.reason.notnull()).select(*PLACE)
        open_rows = (
            countable(engine, silent).anti_join(without, PLACE).semi_join(odd, keys).select(*columns).to_pyarrow().to_pylist()
        )
    found = [
        {**{name: row.get(name) for name in _aside_schema()}, "number": number}
        for row, number in matched_numbers(known, open_rows)
    ]
    return records_table(found, _aside_schema())


def matched_numbers(known: list[Row], open_rows: list[Row]) -> list[tuple[Row, str]]:
    """Give each open row the number of the known transaction with its day and amount, else a free one."""
    numbers: dict[tuple[str, str], dict[str, tuple[object, object]]] = defaultdict(dict)
    for row in known:
        said = (row["action_date"], row["obligated_usd"])
        numbers[(row["award_id"], row["modification_number"])].setdefault(row["transaction_number"], said)
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in sorted(open_rows, key=lambda each: (each["document_id"], each["row"])):
        groups[(row["award_id"], row["modification_number"], row["document_id"])].append(row)
    return [
        pair for (award_id, modification, _), rows in groups.items() for pair in _assign(numbers[(award_id, modification)], rows)
    ]


def _assign(stated: dict[str, tuple[object, object]], rows: list[Row]) -> list[tuple[Row, str]]:
    free = dict(sorted(stated.items()))
    assigned, waiting = [], []
    for row in rows:
        said = (row["action_date"], row["obligated_usd"])
        same = next((number for number, known in free.items() if known == said), None)
        if same is None:
            waiting.append(row)
        else:
            free.pop(same)
            assigned.append((row, same))
    spare = [*free, *(str(len(stated) + extra) for extra in range(len(waiting)))]
    return assigned + list(zip(waiting, spare, strict=False))


def missing_twins(engine: Engine, parts: Sequence[ReadPart], settled: ir.Table) -> list[Row]:
    """The repetitions in paged feeds in whose place a transaction may be missing.

    Pages sorted by amount shuffle rows of one amount, so a repeated row may stand
    where another of the same amount should. A transaction of that amount, agency
    and stretch of days that only another document has is taken for the lost one.
    """
    paged = {part.document.id: part for part in parts if part.document.source and part.document.source.is_paged}
    repeated = settled.filter(
        (settled.reason == str(SetAsideReason.REPEATED_IN_DOCUMENT))
        & (settled.obligated_usd != 0)
        & settled.document_id.isin(list(paged))
    )
    suspects = repeated.order_by(PLACE).to_pyarrow().to_pylist() if paged else []
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in suspects:
        by_document[row["document_id"]].append(row)
    return [row for document_id, rows in by_document.items() for row in _unrecovered(engine, parts, paged[document_id], rows)]


def _unrecovered(engine: Engine, parts: Sequence[ReadPart], part: ReadPart, suspects: list[Row]) -> list[Row]:
    others = [each for each in parts if each is not part]
    if not others:
        return suspects
    own, rows = countable(engine, [part]), countable(engine, others)
    bounds = own.aggregate(first=own.action_date.min(), last=own.action_date.max()).to_pyarrow().to_pylist()[0]
    amounts = sorted({row["obligated_usd"] for row in suspects})
    near = rows.filter(rows.obligated_usd.isin(amounts) & rows.action_date.between(bounds["first"], bounds["last"]))
    near = near.anti_join(own.select("transaction_id"), "transaction_id")
    twins: dict[tuple[object, object], set[str]] = defaultdict(set)
    for twin in near.select("obligated_usd", "agency_code", "transaction_id").to_pyarrow().to_pylist():
        twins[(twin["obligated_usd"], twin["agency_code"])].add(twin["transaction_id"])
    lost = []
    for row in suspects:
        candidates = twins[(row["obligated_usd"], row["agency_code"])]
        if candidates:
            candidates.discard(min(candidates))
        else:
            lost.append(row)
    return lost
