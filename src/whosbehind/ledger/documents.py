"""Reading one document: its typed rows as a Parquet file, and a note of what was counted on the way."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from whosbehind.engine import MAX_LINE_BYTES, BrokenRow, CsvFile, Engine
from whosbehind.errors import Mistake
from whosbehind.guard import mask_record
from whosbehind.ledger.reading import reading_sql
from whosbehind.paths import Paths
from whosbehind.records import Document, Form

HEAD_BYTES = 4 << 20
SCAN_BYTES = 1 << 20
# The engine reads 16 of its longest lines at once; a line that fills this window it passes over without a word.
ENDLESS_LINE_BYTES = 12 * MAX_LINE_BYTES
STRETCH_BYTES = ENDLESS_LINE_BYTES // 2


@dataclass(frozen=True)
class ReadNote:
    """What reading a document gave: rows in it (broken ones included), and the broken ones."""

    row_count: int
    broken: tuple[BrokenRow, ...] = ()


class ReadPart:
    """The rows of one document in the lake, named by the digest of all they were made from."""

    TABLE = "read"

    def __init__(self, paths: Paths, document: Document, part_digest: str) -> None:
        self.document = document
        self.digest = part_digest
        self.path = paths.part(self.TABLE, part_digest)
        self._note = paths.note(self.TABLE, part_digest)

    def is_there(self) -> bool:
        """Whether the document has been read before."""
        return self._note.exists() and self.path.exists()

    def note(self) -> ReadNote:
        """The note left by the reading."""
        entry: dict[str, Any] = json.loads(self._note.read_text("utf-8"))
        return ReadNote(entry["row_count"], tuple(BrokenRow(**each) for each in entry["broken"]))

    def leave_note(self, note: ReadNote) -> None:
        """Write the note; it comes last, so that a part with a note is whole."""
        staged = self._note.with_suffix(".tmp")
        staged.write_text(json.dumps(asdict(note), indent=1), "utf-8")
        staged.replace(self._note)


def read_document(engine: Engine, paths: Paths, part: ReadPart, agency_codes: Mapping[str, str], rows_of: Any) -> None:
    """Read the part's document into the lake.

    `rows_of` gives the rows of a JSON or XML document as text by the publisher's names.
    Raises Mistake if the document as a whole cannot be read.
    """
    engine.use_guard()
    source = part.document.source
    assert source is not None
    if source.form is Form.CSV:
        note = _read_csv(engine, paths, part, agency_codes)
    else:
        note = _read_rows(engine, paths, part, agency_codes, rows_of)
    part.leave_note(note)


def _read_rows(engine: Engine, paths: Paths, part: ReadPart, agency_codes: Mapping[str, str], rows_of: Any) -> ReadNote:
    import pyarrow as pa

    source = part.document.source
    assert source is not None
    text = decoded(paths.blob(part.document.id).read_bytes(), part.document.receipt.text.encoding)
    rows = list(rows_of(part.document, text))
    names = source.origins()
    engine.register("listed_rows", pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names}))
    query = reading_sql(part.document, "listed_rows", agency_codes)
    return ReadNote(engine.write_parquet(query, part.path, first_row=1 if source.form is Form.XML else 0))


def _read_csv(engine: Engine, paths: Paths, part: ReadPart, agency_codes: Mapping[str, str]) -> ReadNote:
    receipt, source = part.document.receipt, part.document.source
    assert source is not None
    with _plain_text(paths, part.document) as path:
        _refuse_endless_lines(path, receipt.file_name)
        header = _header(path, receipt.delimiter, part.document)
        has_header = set(source.recognise) <= set(header)
        file = CsvFile(path, header if has_header else source.order, has_header, receipt.delimiter)
        rejects = "broken_" + part.digest[:16]
        query = reading_sql(part.document, engine.csv_relation(file, rejects), agency_codes)
        read = engine.write_parquet(query, part.path, first_row=2 if has_header else 1)
        broken = [replace(row, text=_shown(row.text, receipt.delimiter)) for row in engine.broken_rows(rejects)]
        empty = _empty_records(path, part.document, is_copy=path != paths.blob(part.document.id))
    if broken or empty:
        _pass_over(engine, part, sorted([row.record for row in broken] + empty))
    return ReadNote(read + len(broken), tuple(broken))


def _pass_over(engine: Engine, part: ReadPart, passed: list[int]) -> None:
    """Write the part's rows again with their numbers, which leave out those of the records passed over.

    A row stands behind the k-th of them if without them its number is at least that record's less k - 1.
    """
    import pyarrow as pa

    steps = {record - index: index + 1 for index, record in enumerate(passed)}
    engine.register("steps", pa.table({"before": pa.array(list(steps)), "passed": pa.array(list(steps.values()))}))
    engine.write_parquet(
        'SELECT read.* REPLACE (read."row" + coalesce(steps.passed, 0) AS "row") '
        f'FROM {engine.parquet_relation([part.path])} AS read ASOF LEFT JOIN steps ON read."row" >= steps.before ORDER BY "row"',
        part.path,
    )


def _refuse_endless_lines(path: Path, file_name: str) -> None:
    """Refuse a file with a line the engine would pass over.

    Such a line fills a whole stretch of half its length; a file whose every stretch has a line end early on, as
    nearly all have, needs no more than a look at those.
    """
    with path.open("rb") as stream:
        starts = range(0, path.stat().st_size - STRETCH_BYTES + 1, STRETCH_BYTES)
        is_suspect = not all(_has_line_end(stream, start) for start in starts)
    if is_suspect and _longest_line(path) > ENDLESS_LINE_BYTES:
        raise Mistake("one of its lines is longer than 48 MB, so it is damaged or no table.", where=file_name)


def _has_line_end(stream: BinaryIO, start: int) -> bool:
    stream.seek(start)
    head = stream.read(1 << 16)
    return b"\n" in head or b"\r" in head


def _longest_line(path: Path) -> int:
    """The length of a file's longest line, in bytes; lines within a piece that is read at once count for little."""
    length = longest = 0
    for _, chunk in _chunks(path):
        end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
        length = length + len(chunk) if end < 0 else len(chunk) - end - 1
        longest = max(longest, length)
    return longest


def _empty_records(path: Path, document: Document, is_copy: bool) -> list[int]:
    """The numbers of the records that are empty lines; the engine passes over them.

    A copy has other line ends than the bytes the receipt speaks of, so it is looked at itself.
    """
    if not (_has_empty_lines(path) if is_copy else document.receipt.text.has_empty_lines):
        return []
    delimiter = document.receipt.delimiter
    with path.open(encoding="utf-8-sig", newline="") as stream, _long_cells():
        return [number for number, cells in enumerate(csv.reader(stream, delimiter=delimiter), 1) if not cells]


def _shown(text: str | None, delimiter: str) -> str:
    """A broken record as the note may hold it; the engine gives none where it is no text."""
    return mask_record(text, delimiter) if text else ""


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the csv module read cells as long as the engine does."""
    before = csv.field_size_limit(sys.maxsize)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(path: Path, delimiter: str, document: Document) -> tuple[str, ...]:
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES).decode("utf-8-sig", errors="replace")
    cells = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), None)
    if cells is None:
        raise Mistake("the document is empty.", where=document.receipt.file_name)
    return _numbered(cell.strip() for cell in cells)


def _numbered(names: Iterable[str]) -> tuple[str, ...]:
    """Column names, those that stand there again with the number of the time: `If Other`, `If Other (2)`."""
    seen: Counter[str] = Counter()
    found = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(found)


@contextmanager
def _plain_text(paths: Paths, document: Document) -> Iterator[Path]:
    """The document's file, or a copy where it is not in UTF-8 or ends its lines in more than one way."""
    encoding = document.receipt.text.encoding or "utf-8"
    blob = paths.blob(document.id)
    if encoding == "utf-8" and not document.receipt.text.has_mixed_line_ends:
        yield blob
        return
    paths.staging.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=paths.staging, encoding="utf-8", newline="", suffix=".csv") as copy:
        with blob.open("r", encoding=encoding, errors="replace", newline=None) as original:
            shutil.copyfileobj(original, copy, 1 << 20)
        copy.flush()
        yield Path(copy.name)


def _has_empty_lines(path: Path) -> bool:
    pieces = (last + chunk for last, chunk in _chunks(path))
    return any(b"\n\n" in piece or b"\n\r\n" in piece or b"\r\r" in piece for piece in pieces)


def _chunks(path: Path) -> Iterator[tuple[bytes, bytes]]:
    """A file's bytes piece by piece, each with the two bytes before it."""
    last = b""
    with path.open("rb") as stream:
        while chunk := stream.read(SCAN_BYTES):
            yield last, chunk
            last = chunk[-2:]


def decoded(data: bytes, encoding: str | None) -> str:
    """Bytes as text: in the encoding the receipt notes, else UTF-8; a byte order mark is dropped."""
    return data.decode("utf-8-sig" if encoding in (None, "utf-8") else encoding, errors="replace")
