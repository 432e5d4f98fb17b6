"""A build on its way: its inputs, the files each table has so far, and how they are written and named."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING

from whosbehind import ledger
from whosbehind.atlas import Atlas
from whosbehind.engine import Engine, records_table
from whosbehind.ledger import ReadPart
from whosbehind.paths import Paths
from whosbehind.records import Document
from whosbehind.tables import (
    Table,
)
from whosbehind.values import Grain, digest

if TYPE_CHECKING:
    import ibis.expr.types as ir

RowsOf = Callable[[Document, str], Iterator[dict[str, str | None]]]


Progress = Callable[[str, int, int], None]


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
        self.engine.write_expression(as_declared(rows, table), staged)
        place = self.paths.part(table.name, file_digest(staged))
        staged.replace(place)
        self.files[table.name] = [place]

    def write_records(self, table: Table, records: Sequence[Mapping[str, object]]) -> None:
        """Write a small table from records."""
        listed = [{name: record.get(name) for name in table.names()} for record in records]
        self.write_whole(table, records_table(listed, table.schema()).order_by(list(table.key)))


@cache
def code_digest(modules: tuple[str, ...]) -> str:
    """The digest of these modules and folders of the package, of the engine's version, and of the guard's lists."""
    package = Path(str(resources.files("whosbehind")))
    found = sorted((package / "content" / "guard").glob("*.txt"))
    for module in ("engine.py", "tables", "values.py", "guard", *modules):
        place = package / module
        found += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    return digest(metadata.version("duckdb"), *(path.read_bytes() for path in found))


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def as_declared(rows: ir.Table, table: Table) -> ir.Table:
    """Exactly the declared columns with the declared types."""
    return rows.select(**{column.name: rows[column.name].cast(column.type.ibis) for column in table.columns})


def reading_options(document: Document) -> list[object]:
    """What decides how a document is read, besides its bytes."""
    receipt, source = document.receipt, document.source
    manifest = source.digest if source else None
    return [manifest, asdict(receipt.text), receipt.delimiter, list(receipt.ignored_columns), receipt.problem]
