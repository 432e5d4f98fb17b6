"""The stages of a build in their order, and the snapshot they lead to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from whosbehind import ledger
from whosbehind.atlas import RECORDS
from whosbehind.pipeline.build import Build, code_digest, file_digest, reading_options
from whosbehind.pipeline.judging_stages import attribute_all, link, system_awards, write_atlas
from whosbehind.pipeline.ledger_stages import account, derive, read, settle, state
from whosbehind.records import Document, Snapshot
from whosbehind.values import canonical_json, digest


@dataclass(frozen=True)
class Stage:
    """One step of a build: the tables it reads and writes, the code it is made of, and how it runs."""

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    code: tuple[str, ...]
    run: Callable[[Build], None]


STAGES: tuple[Stage, ...] = (
    Stage("read", ("documents received",), ("read", "rejects"), ("ledger", "sources", "pipeline"), read),
    Stage("settle", ("read",), ("transactions", "set_aside"), ("ledger", "pipeline"), settle),
    Stage("derive", ("read", "transactions"), ("awards", "recipients", "subawards"), ("ledger", "pipeline"), derive),
    Stage(
        "state",
        ("read", "transactions", "awards"),
        (*(table.name for table in ledger.STATED.values()), "use_case_contracts"),
        ("ledger", "pipeline"),
        state,
    ),
    Stage(
        "link",
        ("recipients", "transactions", "awards", "content"),
        ("vendors", "families", "review"),
        ("vendors", "lexicon", "atlas", "pipeline"),
        link,
    ),
    Stage(
        "account",
        ("transactions", "subawards", "set_aside", "rejects"),
        ("documents", "coverage"),
        ("ledger", "pipeline"),
        account,
    ),
    Stage("atlas", ("content",), ("ownership", *(table.name for table, _ in RECORDS)), ("atlas", "pipeline"), write_atlas),
    Stage(
        "attribute",
        ("transactions", "vendors", "ownership", "content"),
        ("mentions", "inherited", "attributions"),
        ("attribution", "lexicon", "atlas", "pipeline"),
        attribute_all,
    ),
    Stage(
        "system_awards",
        ("transactions", "awards", "ai_use_cases", "use_case_contracts", "content"),
        ("system_awards",),
        ("attribution", "lexicon", "atlas", "pipeline"),
        system_awards,
    ),
)


def build_key(documents: Sequence[Document], content: str) -> str:
    """The digest of everything a build depends on: documents with what their receipts say, content, code."""
    order = {moment: place for place, moment in enumerate(sorted({each.receipt.received_at for each in documents}))}
    listed = [
        (
            each.id,
            order[each.receipt.received_at],
            str(each.receipt.received_at.date()),
            reading_options(each),
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
