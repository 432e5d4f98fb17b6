"""What the tests remember of compiled queries is what Ibis would compile anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pytest

from tests.compiled import compile_anew, compile_once
from whosbehind.engine import Engine, Settings, records_table
from whosbehind.values import digest

SCHEMA = {"name": "string", "place": "int64"}


def tables(folder: Path, engine: Engine) -> list[ir.Table]:
    """A table of records and one of a file; their names are drawn anew."""
    rows = records_table([{"name": "one", "place": 1}], SCHEMA)
    engine.write_expression(rows, folder / "rows.parquet")
    return [rows, engine.ibis.read_parquet(str(folder / "rows.parquet"))]


def queries(one: ir.Table, other: ir.Table, text: str) -> Iterator[ir.Table]:
    yield one
    yield one.filter(one.name == text)
    yield one.filter(one.name == text).union(other.filter(other.name == digest(text)))
    yield one.semi_join(other, "place").anti_join(one.view(), "name")
    yield one.mutate(rank=ibis.row_number().over(ibis.window(group_by="name", order_by=ibis.desc("place"))))
    yield other.aggregate(place=other.place.sum())


@pytest.mark.parametrize("text", ["plain", digest("one"), "it's ", "\0"])
def test_a_query_from_memory_is_the_one_that_would_be_compiled(tmp_path: Path, text: str) -> None:
    engine = Engine(Settings(tmp_path / "spill"))
    try:
        for turned in (False, True, False):
            one, other = sorted(tables(tmp_path, engine), key=lambda each: each.get_name(), reverse=turned)
            for query in queries(one, other, text):
                assert compile_once(engine.ibis, query) == compile_anew(engine.ibis, query)
    finally:
        engine.close()


def test_queries_that_differ_in_a_value_are_compiled_apart() -> None:
    table = records_table([], SCHEMA)
    backend = ibis.duckdb.connect()
    found = {compile_once(backend, table.filter(table.place == value)) for value in (0, 1, 2)}
    found |= {compile_once(backend, table.filter(table.name == value)) for value in ("", "0", "1")}
    assert len(found) == 6
