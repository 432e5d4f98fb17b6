"""The stages that make the ledger of what documents state."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from whosbehind import ledger
from whosbehind.errors import Mistake
from whosbehind.ledger import ReadPart
from whosbehind.pipeline.build import Build, as_declared, code_digest, reading_options
from whosbehind.records import Document
from whosbehind.tables import (
    AI_USE_CASES,
    AWARDS,
    COVERAGE,
    DOCUMENTS,
    RECIPIENTS,
    REJECTS,
    SET_ASIDE,
    SUBAWARDS,
    TRANSACTIONS,
    USE_CASE_CONTRACTS,
    Table,
)
from whosbehind.values import Grain, canonical_json, digest

if TYPE_CHECKING:
    import ibis.expr.types as ir


def read(build: Build) -> None:
    """Stage 1: every document's rows, typed, and what could not be read."""
    build.files[REJECTS.name] = []
    codes = build.atlas.agency_codes()
    spellings = digest(canonical_json(codes))
    recipe = code_digest(("ledger", "sources"))
    wanted = [
        each for each in build.documents if each.source and each.source.grain is not Grain.NONE and not each.receipt.problem
    ]
    for place, document in enumerate(wanted):
        build.progress(f"reading {document.receipt.file_name}", place, len(wanted))
        uses_codes = _names_agencies(document)
        name = digest(document.id, canonical_json(reading_options(document)), spellings if uses_codes else "", recipe)
        part = ReadPart(build.paths, document, name)
        try:
            if not part.is_there():
                ledger.read_document(build.engine, build.paths, part, codes, build.rows_of)
            build.parts[document.id] = part
            build.files[REJECTS.name].append(_rejects_part(build, part))
        except Mistake as error:
            build.problems[document.id] = error.what


def _names_agencies(document: Document) -> bool:
    """Whether reading looks agencies up by the names the document prints."""
    source = document.source
    assert source is not None
    return source.grain is Grain.USE_CASES or any(take.column.endswith("_label") for take in source.take)


def _rejects_part(build: Build, part: ReadPart) -> Path:
    """What could not be read of one document."""
    target = build.paths.part(REJECTS.name, part.digest)
    if not target.exists():
        build.engine.write_expression(as_declared(ledger.rejects(build.engine, part), REJECTS), target)
    return target


def settle(build: Build) -> None:
    """Stage 2: each transaction counted once."""
    parts = build.parts_of(Grain.TRANSACTIONS)
    build.progress("settling which rows count", 0, 1)
    settled = ledger.settle(build.engine, build.paths, parts)
    missing = ledger.missing_twins(build.engine, parts, settled)
    build.write_whole(SET_ASIDE, ledger.set_aside(settled, missing))
    rejects = build.table(REJECTS)
    changed = set(settled.document_id.to_pyarrow().unique().to_pylist())
    changed |= set(rejects.filter(rejects.is_row_lost).document_id.to_pyarrow().unique().to_pylist())
    ordered = sorted(parts, key=lambda each: each.document.id)
    build.files[TRANSACTIONS.name] = [
        _taken_part(build, part, settled) if part.document.id in changed else part.path for part in ordered
    ]


def _taken_part(build: Build, part: ReadPart, settled: ir.Table) -> Path:
    """The rows of a document that count, where some of them do not or count under another number."""
    own = settled.filter(settled.document_id == part.document.id)
    changes = hashlib.sha256()
    for batch in own.select("row", "reason", "number").order_by("row").to_pyarrow_batches(chunk_size=100_000):
        changes.update(canonical_json(batch.to_pylist()).encode())
    target = build.paths.part(TRANSACTIONS.name, digest(part.digest, changes.hexdigest(), code_digest(("ledger",))))
    if not target.exists():
        rows = build.engine.parquet([part.path], TRANSACTIONS.schema())
        rows = rows.filter(~ledger.is_lost(rows, Grain.TRANSACTIONS))
        build.engine.write_expression(as_declared(ledger.taken(rows, own), TRANSACTIONS), target)
    return target


def derive(build: Build) -> None:
    """Stage 3: awards, recipients and subawards."""
    build.progress("deriving awards and recipients", 0, 1)
    engine = build.engine
    transactions = build.table(TRANSACTIONS)
    stated = build.read(Grain.AWARDS, AWARDS)
    build.write_whole(
        AWARDS, ledger.awards(stated, transactions, ledger.order_table(build.parts_of(Grain.AWARDS))).order_by("award_id")
    )
    subawards = build.read(Grain.SUBAWARDS, SUBAWARDS)
    subawards = subawards.filter(~ledger.is_lost(subawards, Grain.SUBAWARDS))
    build.write_whole(SUBAWARDS, subawards.order_by("document_id", "row"))
    others = [stated, subawards, build.read(Grain.RECIPIENTS, RECIPIENTS)]
    known = [table for table in others if "recipient_id" in table.columns]
    names = ledger.recipients(transactions, known, engine.clean_name)
    build.write_whole(RECIPIENTS, names.order_by("recipient_id", "recipient_name"))


def state(build: Build) -> None:
    """Stage 3b: use cases, authorizations and reported facts, a part a document; and the contracts of the use cases."""
    for grain, table in ledger.STATED.items():
        parts = sorted(build.parts_of(grain), key=lambda each: each.document.id)
        build.files[table.name] = [_stated_part(build, part, table) for part in parts]
    contracts = [build.table(table) for table in (TRANSACTIONS, AWARDS)]
    build.write_records(USE_CASE_CONTRACTS, ledger.contract_records(build.table(AI_USE_CASES), contracts))


def _stated_part(build: Build, part: ReadPart, table: Table) -> Path:
    """The part as it was read, or without its lost rows and dated, where it has such or is not yet."""
    rows = ledger.completed(build.engine.parquet([part.path], table.schema()), part)
    if rows is None:
        return part.path
    received = str(part.document.receipt.received_at.date())
    target = build.paths.part(table.name, digest(part.digest, received, code_digest(("ledger",))))
    if not target.exists():
        build.engine.write_expression(as_declared(rows, table), target)
    return target


def account(build: Build) -> None:
    """Stage 5: what became of each document, and which days each covers."""
    tables = [build.table(each) for each in (TRANSACTIONS, SUBAWARDS, SET_ASIDE, REJECTS)]
    counted = ledger.counts(build.parts.values(), *tables)
    problems = {each.id: each.receipt.problem or build.problems.get(each.id) for each in build.documents}
    read = [(each, counted[each.id] if each.id in build.parts else None) for each in build.documents]
    build.write_records(DOCUMENTS, [ledger.document_record(each, own, problems[each.id]) for each, own in read])
    build.write_records(
        COVERAGE, ledger.coverage_records([each for each in build.documents if each.id in build.parts], tables[0])
    )
