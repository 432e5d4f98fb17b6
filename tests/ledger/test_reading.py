"""Rows keep the order and the places they have in the document, on however many threads it is read."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from tests.synthetic import transactions, write_api_csv
from whosbehind.engine import Engine, Settings
from whosbehind.ledger import ReadPart, read_document
from whosbehind.ledger.reading import reading_sql
from whosbehind.paths import Paths
from whosbehind.records import Document, Receipt, Source, TextTraits
from whosbehind.sources import bundled_sources
from whosbehind.values import Grain

LONG = 150_000  # rows: more than the engine gives to one thread
TABULAR = [each for each in bundled_sources().values() if each.grain not in {Grain.NONE, Grain.SUBAWARDS}]


def document(source: Source, size: int = 1) -> Document:
    received = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    return Document(Receipt("0" * 64, "rows.csv", received, "file", size, TextTraits("utf-8"), source.id), source)


@pytest.mark.parametrize("source", TABULAR, ids=[each.id for each in TABULAR])
def test_reading_joins_and_groups_nothing_since_that_would_mix_up_the_rows(source: Source, tmp_path: Path) -> None:
    engine = Engine(Settings(tmp_path))
    engine.use_guard()
    columns = ", ".join(f"'1' AS \"{name}\"" for name in source.origins())
    engine.rows(f"CREATE TABLE text AS SELECT {columns} FROM range(2)")
    [(_, plan)] = engine.rows("EXPLAIN " + reading_sql(document(source), "text", {"ICE": "7012"}))
    engine.close()
    assert not any(word in plan for word in ("JOIN", "AGGREGATE", "WINDOW", "GROUP_BY"))


def test_a_long_document_read_on_several_threads_keeps_its_order_and_its_places(tmp_path: Path) -> None:
    source = bundled_sources()["usaspending_transactions_csv"]
    paths = Paths(tmp_path)
    blob = paths.blob("0" * 64)
    blob.parent.mkdir(parents=True)
    write_api_csv(blob, [next(transactions(1))])
    header, row = blob.read_text("utf-8").splitlines()
    piid = next(csv.DictReader([header, row]))["Award ID"]
    blob.write_text("\n".join([header, *(row.replace(piid, f"P{place:06}") for place in range(LONG))]) + "\n", "utf-8")
    part = ReadPart(paths, document(source, blob.stat().st_size), "1" * 64)
    engine = Engine(Settings(paths.spill, threads=4))
    read_document(engine, paths, part, {}, None)
    found = engine.rows(f"SELECT row, piid FROM read_parquet('{part.path}')")
    engine.close()
    assert found == [(place + 2, f"P{place:06}") for place in range(LONG)]
    assert part.note().row_count == LONG
