"""The engine: DuckDB in this process, with a stated memory limit and a folder to spill to.

Expressions over the lake are Ibis; what only DuckDB does well, reading CSV in one
typed pass, is here as SQL. Nothing a document says is ever put into SQL as code:
names are quoted as identifiers, values as literals.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from whosbehind.errors import Fault, Mistake
from whosbehind.guard import bundled_guard, recipient_kind
from whosbehind.values import clean_name

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis.backends.duckdb import Backend
    from numpy.typing import NDArray

DEFAULT_MEMORY = "2GB"
MAX_LINE_BYTES = 4 << 20
# In the metadata of a Parquet file: the number of its first row, where its rows are numbered by their places.
FIRST_ROW = "first_row"
# A column of more values in a row group repeats too few of them for a dictionary to be worth the search; and a filter
# over the values of one that has a dictionary spares no row group, as all of them have the same values.
_PARQUET = "COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880, DICTIONARY_SIZE_LIMIT 8000, WRITE_BLOOM_FILTER false"


@dataclass(frozen=True)
class Settings:
    """What the engine may use: memory before it spills, threads (None: all), and where to spill."""

    spill: Path
    memory: str = DEFAULT_MEMORY
    threads: int | None = None

    @staticmethod
    def from_environment(spill: Path) -> Settings:
        """`WHOSBEHIND_MEMORY` (such as `4GB`) and `WHOSBEHIND_THREADS`, where set."""
        threads = os.environ.get("WHOSBEHIND_THREADS", "")
        return Settings(spill, os.environ.get("WHOSBEHIND_MEMORY", DEFAULT_MEMORY), int(threads) if threads.isdigit() else None)


@dataclass(frozen=True)
class BrokenRow:
    """A record the CSV parser could not split into its columns; `record` counts from 1, the header included."""

    record: int
    text: str
    reason: str


@dataclass(frozen=True)
class CsvFile:
    """A CSV file to read: its columns in order, and how it is written."""

    path: Path
    columns: tuple[str, ...]
    has_header: bool
    delimiter: str = ","


class Engine:
    """One DuckDB connection and the Ibis backend on top of it."""

    def __init__(self, settings: Settings) -> None:
        self._connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
        self._spill = settings.spill
        self._ibis: Backend | None = None
        self._has_guard = False
        self._opened: dict[tuple[Path, ...], ir.Table] = {}
        try:
            self._connection.execute(f"SET memory_limit = {literal(settings.memory)}")
        except duckdb.Error as error:
            raise Mistake(
                f"{settings.memory!r} is no amount of memory.", where="WHOSBEHIND_MEMORY", next="Write it as 2GB or 800MB."
            ) from error
        self._connection.execute(f"SET temp_directory = {literal(str(settings.spill))}")
        self._connection.execute("SET preserve_insertion_order = true; SET enable_progress_bar = false")
        if settings.threads:
            self._connection.execute(f"SET threads = {settings.threads}")

    def close(self) -> None:
        """Let the connection go, and what it spilt."""
        self._connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query, which takes no parameters: to look at one, the engine loads pandas.

        Raises Fault if the engine cannot answer, for want of disk or memory, say.
        """
        try:
            return self._connection.execute(query).fetchall()
        except duckdb.Error as error:
            raise engine_fault(error) from error

    def records(self, query: str) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        rows = self.rows(query)
        names = [column[0] for column in self._connection.description or ()]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def columns(self, query: str) -> list[NDArray[Any]]:
        """The columns of a query as arrays, in order; meant for numbers without nulls."""
        try:
            return list(self._connection.execute(query).fetchnumpy().values())
        except duckdb.Error as error:
            raise engine_fault(error) from error

    def write_parquet(self, query: str, target: Path, first_row: int | None = None) -> int:
        """Write a query's rows, in their order, to a Parquet file, whole or not at all; returns how many they are.

        The same query over the same files gives the same bytes. With `first_row`, the rows are numbered
        from there by their places, and the query has no column `row`: reading them makes it.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = target.with_suffix(".part")
        options = f"FORMAT parquet, {_PARQUET}"
        if first_row is not None:
            options += f", KV_METADATA {{{FIRST_ROW}: '{first_row}'}}"
        try:
            [(count,)] = self.rows(f"COPY ({query}) TO {literal(str(staged))} ({options})")
            staged.replace(target)
        finally:
            staged.unlink(missing_ok=True)
        return int(count)

    def parquet_relation(self, paths: Iterable[Path]) -> str:
        """SQL that reads Parquet files of one table, at least one; rows that are numbered by their places get their `row`."""
        files = [str(path) for path in paths]
        stated = self.rows(
            f"SELECT file_name, decode(value)::BIGINT FROM parquet_kv_metadata({_files(files)}) "
            f"WHERE decode(key) = {literal(FIRST_ROW)}"
        )
        first_rows: dict[str, int] = dict(stated)
        alike: dict[int | None, list[str]] = {}
        for file in files:
            alike.setdefault(first_rows.get(file), []).append(file)
        return "(" + " UNION ALL BY NAME ".join(_numbered(own, first_row) for first_row, own in alike.items()) + ")"

    def csv_relation(self, file: CsvFile, rejects: str) -> str:
        """SQL that reads a CSV file with every column as text; broken records go to the table `rejects`."""
        columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in file.columns)
        return (
            f"read_csv({literal(str(file.path))}, auto_detect = false, header = {str(file.has_header).lower()}, "
            f"delim = {literal(file.delimiter)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
            f"max_line_size = {MAX_LINE_BYTES}, store_rejects = true, rejects_table = {literal(rejects)}, "
            f"rejects_scan = {literal(rejects + '_scan')})"
        )

    def broken_rows(self, rejects: str) -> list[BrokenRow]:
        """The broken records of a read, one entry each, and the end of their table."""
        found = self.rows(
            f"SELECT line, any_value(left(csv_line, 200)), min(error_type::VARCHAR || ': ' || error_message) "
            f"FROM {identifier(rejects)} GROUP BY line ORDER BY line"
        )
        self.rows(f"DROP TABLE {identifier(rejects)}")
        self.rows(f"DROP TABLE {identifier(rejects + '_scan')}")
        return [BrokenRow(*row) for row in found]

    def register(self, name: str, rows: pa.Table) -> None:
        """Make an Arrow table known under a name."""
        self._connection.register(name, rows)

    def use_guard(self) -> None:
        """Make the rules of the guard callable from SQL: mask_contacts(text, person), recipient_kind(name, sole)."""
        if self._has_guard:
            return
        # Modifications repeat the description of their award; the bound keeps memory flat over many rows.
        mask = lru_cache(maxsize=20_000)(bundled_guard().mask)
        kind = lru_cache(maxsize=200_000)(lambda name, sole: str(recipient_kind(name, bool(sole))))
        rules: tuple[tuple[str, Callable[..., Any], list[Any]], ...] = (
            ("mask_contacts", lambda text, person: None if text is None else mask(text, person), ["VARCHAR", "VARCHAR"]),
            ("recipient_kind", lambda name, sole: None if name is None else kind(name, sole), ["VARCHAR", "BOOLEAN"]),
            ("clean_name", lambda name: None if name is None else clean_name(name), ["VARCHAR"]),
        )
        # Called row by row: few rows come here, and to hand them over in batches takes longer than to mask them.
        options: dict[str, Any] = {"null_handling": "special"}
        for name, rule, types in rules:
            self._connection.create_function(name, rule, types, "VARCHAR", **options)
        self._has_guard = True

    @property
    def ibis(self) -> Backend:
        """The Ibis backend over the same connection; imported on first use, since that takes a while."""
        if self._ibis is None:
            import ibis

            self._ibis = ibis.duckdb.from_connection(self._connection)
        return self._ibis

    def clean_name(self, names: ir.StringColumn) -> ir.StringValue:
        """`values.clean_name` of a column of names."""
        self.use_guard()
        return _clean_name()(names)

    def parquet(self, paths: Iterable[Path], schema: Mapping[str, str]) -> ir.Table:
        """One table over several Parquet files of one table; an empty one of the schema if there are none.

        Files of the lake never change, so the same files are opened once.
        """
        files = tuple(paths)
        if not files:
            return records_table([], schema)
        if files not in self._opened:
            self._opened[files] = self._view(self.parquet_relation(files))
        return self._opened[files]

    def _view(self, relation: str) -> ir.Table:
        from ibis.util import gen_name

        name = gen_name("read_parquet")
        self.rows(f"CREATE TEMPORARY VIEW {identifier(name)} AS SELECT * FROM {relation}")
        return self.ibis.table(name)

    def materialised(self, expression: ir.Table, name: str) -> ir.Table:
        """The rows of an expression, computed once into the spill folder; `name` is used once a build."""
        target = self._spill / f"{name}.parquet"
        self.write_expression(expression, target)
        return self.ibis.read_parquet(str(target))

    def write_expression(self, expression: ir.Table, target: Path) -> None:
        """Write the rows of an Ibis expression to a Parquet file, whole or not at all; the expression must order them."""
        target.parent.mkdir(parents=True, exist_ok=True)
        staged = target.with_suffix(".part")
        try:
            self.ibis.to_parquet(expression, str(staged), compression="zstd", row_group_size=122880)
            staged.replace(target)
        except duckdb.Error as error:
            raise engine_fault(error) from error
        finally:
            staged.unlink(missing_ok=True)


@cache
def _clean_name() -> Callable[[ir.StringColumn], ir.StringValue]:
    """The engine's function as Ibis knows it; declared once, so that the same expression is the same each time."""
    import ibis

    @ibis.udf.scalar.builtin(  # type: ignore[untyped-decorator,unused-ignore]
        name="clean_name", signature=((ibis.dtype("string"),), ibis.dtype("string"))
    )
    def cleaned(name: Any) -> Any: ...

    return cleaned  # type: ignore[no-any-return,unused-ignore]


def records_table(records: Sequence[Mapping[str, object]], schema: Mapping[str, str]) -> ir.Table:
    """A small table from records, with the types of an Ibis schema; what a record lacks is null."""
    import ibis
    import pyarrow as pa

    typed = ibis.schema(dict(schema)).to_pyarrow()
    return ibis.memtable(pa.Table.from_pylist([dict(record) for record in records], schema=typed))


def literal(text: str) -> str:
    """Text as a SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as a SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _files(names: Iterable[str]) -> str:
    return "[" + ", ".join(map(literal, names)) + "]"


def _numbered(files: Sequence[str], first_row: int | None) -> str:
    """SQL for the rows of Parquet files: as they stand there, or numbered from `first_row` by their places in their file."""
    if first_row is None:
        return f"SELECT * FROM read_parquet({_files(files)})"
    own = f'SELECT * EXCLUDE (file_row_number), file_row_number + {first_row} AS "row"'
    return f"{own} FROM read_parquet({_files(files)}, file_row_number = true)"


def engine_fault(error: duckdb.Error) -> Fault:
    """The engine's error as one line a person can act on."""
    text = " ".join(str(error).split())
    if "No space left" in text or "could not write" in text.lower() or ("disk" in text.lower() and "full" in text.lower()):
        return Fault("there is no space left on the disk.", next="Nothing is lost; make room and run `build` again.")
    if isinstance(error, duckdb.OutOfMemoryException):
        return Fault("the memory limit was reached.", next="Set WHOSBEHIND_MEMORY to more, such as 4GB, and run again.")
    return Fault(f"the engine could not finish: {text[:300]}")
