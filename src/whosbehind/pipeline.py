"""The pipeline: what each stage reads and writes, and how a build computes only what is missing.

Parts that belong to one document are named by the digest of their recipe and
inputs, so they are found again; tables over all documents are named by the
digest of their bytes. A snapshot lists the files that belong together.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from whosbehind import ledger, vendors
from whosbehind.atlas import RECORDS, Atlas, ownerships
from whosbehind.attribution import (
    Reader,
    attribute,
    from_contracts,
    from_inventories,
    inherited,
    recipient_mentions,
    write_mentions,
)
from whosbehind.engine import Engine, records_table
from whosbehind.errors import Mistake
from whosbehind.ledger import ReadPart
from whosbehind.paths import Paths
from whosbehind.records import Document, Snapshot
from whosbehind.tables import (
    AI_USE_CASES,
    ATTRIBUTIONS,
    AWARDS,
    COVERAGE,
    DOCUMENTS,
    FAMILIES,
    INHERITED,
    MENTIONS,
    OWNERSHIP,
    RECIPIENTS,
    REJECTS,
    REVIEW,
    SET_ASIDE,
    SUBAWARDS,
    SYSTEM_AWARDS,
    TRANSACTIONS,
    USE_CASE_CONTRACTS,
    VENDORS,
    Table,
)
from whosbehind.values import Grain, canonical_json, digest
from whosbehind.vendors import Families

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Names as the review queue compares them.
NAMES = {
    **dict.fromkeys("vendor_id recipient_id recipient_name key core block".split(), "string"),
    "obligated_usd": "decimal(18,2)",
}
RowsOf = Callable[[Document, str], Iterator[dict[str, str | None]]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Stage:
    """One step of a build: the tables it reads and writes, the code it is made of, and how it runs."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    code: tuple[str, ...]
    run: Callable[[Build], None]


@dataclass
class Build:
    """A build on its way: its inputs, and the files each table has so far."""

    paths: Paths
    engine: Engine
    documents: Sequence[Document]
    atlas: Atlas
    rows_of: RowsOf
    progress: Progress
    files: dict[str, list[Path]] = field(default_factory=dict)
    parts: dict[str, ReadPart] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    known_digests: Mapping[str, str] = field(default_factory=dict)

    def table(self, table: Table) -> ir.Table:
        """A table as far as it is built."""
        return self.engine.parquet(self.files.get(table.name, []), table.schema())

    def parts_of(self, grain: Grain) -> list[ReadPart]:
        """The documents read for a grain, in order of precedence."""
        documents = [self.parts[key].document for key in self.parts]
        ordered = ledger.in_order_of_precedence(each for each in documents if each.source and each.source.grain is grain)
        return [self.parts[each.id] for each in ordered]

    def read(self, grain: Grain, table: Table) -> ir.Table:
        """All rows read for a grain, as the documents state them."""
        return self.engine.parquet([part.path for part in self.parts_of(grain)], table.schema())

    def write_whole(self, table: Table, rows: ir.Table) -> None:
        """Write a table over all documents, named by the digest of its bytes. `rows` must be ordered."""
        staged = self.paths.part(table.name, "staged")
        self.engine.write_expression(_as_declared(rows, table), staged)
        place = self.paths.part(table.name, file_digest(staged))
        staged.replace(place)
        self.files[table.name] = [place]

    def write_records(self, table: Table, records: Sequence[Mapping[str, object]]) -> None:
        """Write a small table from records."""
        listed = [{name: record.get(name) for name in table.names()} for record in records]
        self.write_whole(table, records_table(listed, table.schema()).order_by(list(table.key)))


def build_key(documents: Sequence[Document], content: str) -> str:
    """The digest of everything a build depends on: documents with what their receipts say, content, code."""
    order = {moment: place for place, moment in enumerate(sorted({each.receipt.received_at for each in documents}))}
    listed = [
        (
            each.id,
            order[each.receipt.received_at],
            str(each.receipt.received_at.date()),
            _reading_options(each),
            each.receipt.scope.text() if each.receipt.scope else None,
            each.receipt.file_name,
        )
        for each in sorted(documents, key=lambda each: each.id)
    ]
    return digest(canonical_json(listed), content, code_digest(tuple(module for stage in STAGES for module in stage.code)))


def run_build(build: Build) -> Snapshot:
    """Run all stages and write down the snapshot they lead to."""
    for stage in STAGES:
        stage.run(build)
    moments = {each.id: each.receipt.received_at for each in build.documents}
    notes = (*ledger.unexpected_counts(build.parts.values()), *ledger.checks(build.engine, build.files, moments))
    files = {
        name: tuple(path.relative_to(build.paths.lake).as_posix() for path in paths)
        for name, paths in sorted(build.files.items())
    }
    listed = [name for names in files.values() for name in names]
    digests = {name: build.known_digests.get(name) or file_digest(build.paths.lake / name) for name in listed}
    received = [each.receipt.received_at.date() for each in build.documents]
    return Snapshot(digest(canonical_json(digests))[:12], files, digests, notes, max(received, default=None))


def snapshot_json(snapshot: Snapshot) -> str:
    """A snapshot as the text of its file."""
    entry = {
        "id": snapshot.id,
        "files": {name: list(files) for name, files in snapshot.files.items()},
        "sha256": dict(snapshot.digests),
        "notes": list(snapshot.notes),
        "last_received_date": str(snapshot.last_received_date) if snapshot.last_received_date else None,
    }
    return json.dumps(entry, indent=1, ensure_ascii=False)


def read_snapshot(path: Path) -> Snapshot:
    """A snapshot from its file."""
    entry = json.loads(path.read_text("utf-8"))
    day = entry["last_received_date"]
    files = {name: tuple(names) for name, names in entry["files"].items()}
    return Snapshot(entry["id"], files, entry["sha256"], tuple(entry["notes"]), dt.date.fromisoformat(day) if day else None)


@cache
def code_digest(modules: tuple[str, ...]) -> str:
    """The digest of these modules and folders of the package, of the engine's version, and of the guard's lists."""
    package = Path(str(resources.files("whosbehind")))
    found = sorted((package / "content" / "guard").glob("*.txt"))
    for module in ("engine.py", "tables.py", "values.py", "guard", *modules):
        place = package / module
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return digest(metadata.version("duckdb"), *(path.read_bytes() for path in found))


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _reading_options(document: Document) -> list[object]:
    receipt, source = document.receipt, document.source
    manifest = source.digest if source else None
    return [manifest, asdict(receipt.text), receipt.delimiter, list(receipt.ignored_columns), receipt.problem]


def _as_declared(rows: ir.Table, table: Table) -> ir.Table:
    """Exactly the declared columns with the declared types."""
    return rows.select(**{column.name: rows[column.name].cast(column.type.ibis) for column in table.columns})


def _read(build: Build) -> None:
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
        name = digest(document.id, canonical_json(_reading_options(document)), spellings if uses_codes else "", recipe)
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
        build.engine.write_expression(_as_declared(ledger.rejects(build.engine, part), REJECTS), target)
    return target


def _settle(build: Build) -> None:
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
        build.engine.write_expression(_as_declared(ledger.taken(rows, own), TRANSACTIONS), target)
    return target


def _derive(build: Build) -> None:
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


def _state(build: Build) -> None:
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
        build.engine.write_expression(_as_declared(rows, table), target)
    return target


def _account(build: Build) -> None:
    """Stage 5: what became of each document, and which days each covers."""
    tables = [build.table(each) for each in (TRANSACTIONS, SUBAWARDS, SET_ASIDE, REJECTS)]
    counted = ledger.counts(build.parts.values(), *tables)
    problems = {each.id: each.receipt.problem or build.problems.get(each.id) for each in build.documents}
    read = [(each, counted[each.id] if each.id in build.parts else None) for each in build.documents]
    build.write_records(DOCUMENTS, [ledger.document_record(each, own, problems[each.id]) for each, own in read])
    build.write_records(
        COVERAGE, ledger.coverage_records([each for each in build.documents if each.id in build.parts], tables[0])
    )


def _link(build: Build) -> None:
    """Stage 4: recipients judged to be vendors, vendors to be families, and what only a person can say."""
    build.progress("linking recipients to vendors", 0, 1)
    judgements = build.atlas.judgements
    families = Families(build.atlas.aliases(), ownerships(build.atlas))
    recipients = build.table(RECIPIENTS).order_by(list(RECIPIENTS.key)).to_pyarrow().to_pylist()
    judged = vendors.judged_recipients(recipients, judgements)
    members = vendors.memberships(judged, families)
    build.write_records(VENDORS, vendors.vendor_records(judged, members, families))
    build.write_records(FAMILIES, [{**each.__dict__, "score": each.score} for each in members])
    names = records_table(vendors.name_records(judged), NAMES)
    stated = [build.table(each).select("award_id", "recipient_id", "recipient_name") for each in (TRANSACTIONS, AWARDS)]
    pairs = vendors.review_pairs(names, stated[0].union(stated[1]), judgements)
    build.write_whole(REVIEW, pairs.order_by(list(REVIEW.key)))


def _attribute(build: Build) -> None:
    """Stage 7: mentions part by part, attributions over all of them."""
    reader = Reader(build.atlas.aliases(), build.atlas.around)
    spelt = digest(
        repr(sorted(map(repr, build.atlas.aliases()))), repr(build.atlas.around), code_digest(("attribution", "lexicon"))
    )
    parts, found = build.files[TRANSACTIONS.name], []
    for place, part in enumerate(parts):
        build.progress("finding organisations", place, len(parts))
        mentions = build.paths.part(MENTIONS.name, digest(part.stem, spelt))
        if not mentions.exists():
            write_mentions(build.engine, part, reader, mentions)
        found.append(mentions)
    build.progress("attributing", 0, 1)
    direct = recipient_mentions(build.table(TRANSACTIONS), build.table(VENDORS))
    build.write_whole(MENTIONS, direct.order_by(list(MENTIONS.key)))
    build.files[MENTIONS.name] = sorted({*build.files[MENTIONS.name], *found})
    attributed = attribute(build.table(MENTIONS), build.table(OWNERSHIP))
    build.write_whole(ATTRIBUTIONS, attributed.order_by(list(ATTRIBUTIONS.key)))
    companies = build.table(MENTIONS).semi_join(build.table(OWNERSHIP), "named_id")  # systems are nobody's to inherit
    heirs = inherited(companies, build.table(TRANSACTIONS))
    build.write_whole(INHERITED, heirs.order_by(list(INHERITED.key)))


def _atlas(build: Build) -> None:
    """Stage 6: the atlas as tables."""
    build.write_records(OWNERSHIP, [each.__dict__ for each in ownerships(build.atlas)])
    for table, records in RECORDS:
        build.write_records(table, records(build.atlas))


def _system_awards(build: Build) -> None:
    """Stage 8: awards linked to systems."""
    atlas, contracts = build.atlas, list(build.atlas.contracts.values())
    named = build.table(USE_CASE_CONTRACTS).order_by(list(USE_CASE_CONTRACTS.key)).to_pyarrow().to_pylist()
    cases = build.table(AI_USE_CASES).order_by(list(AI_USE_CASES.key)).to_pyarrow().to_pylist()
    wanted = sorted({each.piid for each in contracts if each.piid} | {each["piid"] for each in named if each["piid"]})
    awards = _awards_by_piid(build, wanted)
    codes = {
        name: atlas.codes_below(name)
        for name in {*(c.agency_id for c in contracts), *(s.operator_id for s in atlas.systems.values())}
    }
    codes = {name: own for name, own in codes.items() if own}
    found = [*from_contracts(contracts, awards, codes), *from_inventories(atlas.systems.values(), cases, named, awards, codes)]
    unique = {tuple(record[name] for name in SYSTEM_AWARDS.key): record for record in found}
    build.write_records(SYSTEM_AWARDS, list(unique.values()))


def _awards_by_piid(build: Build, wanted: Sequence[str]) -> dict[str, list[tuple[str, str | None, bool]]]:
    """The awards that bear each identifier, and those placed under it."""
    found: dict[str, list[tuple[str, str | None, bool]]] = {}
    for column, is_order in (("piid", False), ("parent_piid", True)):
        tables = (build.table(each) for each in (TRANSACTIONS, AWARDS))
        for rows in tables:
            code = rows.agency_code if "agency_code" in rows.columns else rows.awarding_sub_agency_code
            own = rows.filter(rows[column].isin(list(wanted))).select(rows[column].name("piid"), "award_id", code.name("code"))
            for row in own.distinct().order_by("piid", "award_id", "code").to_pyarrow().to_pylist():
                found.setdefault(row["piid"], []).append((row["award_id"], row["code"], is_order))
    return {piid: list(dict.fromkeys(listed)) for piid, listed in found.items()}


STAGES: tuple[Stage, ...] = (
    Stage("read", ("documents received",), ("read", "rejects"), ("ledger", "sources", "pipeline.py"), _read),
    Stage("settle", ("read",), ("transactions", "set_aside"), ("ledger", "pipeline.py"), _settle),
    Stage("derive", ("read", "transactions"), ("awards", "recipients", "subawards"), ("ledger", "pipeline.py"), _derive),
    Stage(
        "state",
        ("read", "transactions", "awards"),
        (*(table.name for table in ledger.STATED.values()), "use_case_contracts"),
        ("ledger", "pipeline.py"),
        _state,
    ),
    Stage(
        "link",
        ("recipients", "transactions", "awards", "content"),
        ("vendors", "families", "review"),
        ("vendors", "lexicon", "atlas", "pipeline.py"),
        _link,
    ),
    Stage(
        "account",
        ("transactions", "subawards", "set_aside", "rejects"),
        ("documents", "coverage"),
        ("ledger", "pipeline.py"),
        _account,
    ),
    Stage("atlas", ("content",), ("ownership", *(table.name for table, _ in RECORDS)), ("atlas", "pipeline.py"), _atlas),
    Stage(
        "attribute",
        ("transactions", "vendors", "ownership", "content"),
        ("mentions", "inherited", "attributions"),
        ("attribution", "lexicon", "atlas", "pipeline.py"),
        _attribute,
    ),
    Stage(
        "system_awards",
        ("transactions", "awards", "ai_use_cases", "use_case_contracts", "content"),
        ("system_awards",),
        ("attribution", "lexicon", "atlas", "pipeline.py"),
        _system_awards,
    ),
)
