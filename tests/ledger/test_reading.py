"""Rows keep the order and the places they have in the document, on however many threads it is read."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.synthetic import transactions, write_api_csv
from whosbehind.engine import Engine, Settings
from whosbehind.evidence import EvidenceStore
from whosbehind.ledger import ReadPart, read_document
from whosbehind.ledger.reading import reading_sql
from whosbehind.paths import Paths
from whosbehind.records import Document, Receipt, Source, TextTraits
from whosbehind.sources import bundled_sources
from whosbehind.values import Grain

KINDS = ("plain", "two lines", "empty", "too few cells", "too many cells")
LONG = 150_000  # rows: more than the engine gives to one thread
TABULAR = [each for each in bundled_sources().values() if each.grain not in {Grain.NONE, Grain.SUBAWARDS}]


def document(source: Source, size: int = 1, *, has_empty_lines: bool = False) -> Document:
    received, text = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), TextTraits("utf-8", has_empty_lines=has_empty_lines)
    return Document(Receipt("0" * 64, "rows.csv", received, "file", size, text, source.id), source)


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
    found = engine.rows(f"SELECT row, piid FROM {engine.parquet_relation([part.path])}")
    engine.close()
    assert found == [(place + 2, f"P{place:06}") for place in range(LONG)]
    assert part.note().row_count == LONG


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = Engine(Settings(tmp_path_factory.mktemp("spill")))
    yield engine
    engine.close()


@settings(max_examples=effort(25, 300))
@given(kinds=st.lists(st.sampled_from(KINDS), max_size=12), line_end=st.sampled_from(("\n", "\r\n")))
def test_a_rows_number_is_its_records_place_as_a_plain_reader_counts(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, kinds: list[str], line_end: str
) -> None:
    source = bundled_sources()["usaspending_transactions_csv"]
    paths = Paths(tmp_path_factory.mktemp("workspace"))
    blob = paths.blob("0" * 64)
    blob.parent.mkdir(parents=True)
    write_api_csv(blob, [next(transactions(1))])
    header, row = csv.reader(blob.read_text("utf-8").splitlines())
    with blob.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator=line_end)
        writer.writerow(header)
        writer.writerows(record(kind, f"P{place}", header, row) for place, kind in enumerate(kinds))
    with blob.open(encoding="utf-8", newline="") as stream:
        records = list(enumerate(csv.reader(stream), 1))[1:]
    expected = [(place, cells[header.index("Award ID")]) for place, cells in records if len(cells) == len(header)]
    part = ReadPart(paths, document(source, has_empty_lines="empty" in kinds), "1" * 64)
    read_document(engine, paths, part, {}, None)
    assert engine.rows(f'SELECT "row", piid FROM {engine.parquet_relation([part.path])}') == expected
    assert part.note().row_count == len(kinds) - kinds.count("empty")


CELLS = st.lists(
    st.sampled_from(["A", "b", "7", " ", "  ", "\t", "\n", '"', ",", "é", "€", "\xa0", "\u2003", "\u3000"]), max_size=6
)


@settings(max_examples=effort(25, 300))
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=4))
def test_what_is_known_of_blanks_changes_nothing_that_is_read(
    engine: Engine, tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[list[str], list[str]]]
) -> None:
    source = bundled_sources()["usaspending_transactions_csv"]
    paths = Paths(tmp_path_factory.mktemp("workspace"))
    table = paths.root / "rows.csv"
    write_api_csv(table, [next(transactions(1))])
    header, row = csv.reader(table.read_text("utf-8").splitlines())
    with table.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for name, text in cells:
            own = {"Recipient Name": "".join(name), "Transaction Description": "".join(text)}
            writer.writerow({**dict(zip(header, row, strict=True)), **own}.values())
    with table.open("rb") as stream:
        kept = EvidenceStore(paths).keep(stream)
    told = Receipt(kept.document_id, "rows.csv", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "file", kept.size_bytes, kept.text)
    untold = replace(told, text=replace(kept.text, may_have_odd_blanks=True))
    read = []
    for number, receipt in enumerate((told, untold)):
        part = ReadPart(paths, Document(receipt, source), str(number) * 64)
        read_document(engine, paths, part, {}, None)
        read.append(engine.rows(f"SELECT * FROM {engine.parquet_relation([part.path])}"))
    assert read[0] == read[1]


def record(kind: str, piid: str, header: list[str], row: list[str]) -> list[str]:
    """The row of another contract, whole or broken in this way."""
    cells = dict(zip(header, row, strict=True)) | {"Award ID": piid}
    if kind == "two lines":
        cells["Transaction Description"] = "PENS,\nPAPER"
    shown = list(cells.values())
    return {"empty": [], "too few cells": shown[:-2], "too many cells": [*shown, "", "MORE"]}.get(kind, shown)
