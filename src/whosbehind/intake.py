"""Taking in: bytes into the store, archives unpacked, layouts recognised, receipts written."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from whosbehind.errors import Mistake
from whosbehind.evidence import HEAD_BYTES as ARCHIVE_HEAD_BYTES
from whosbehind.evidence import EvidenceStore, Kept, archive_kind, open_members
from whosbehind.records import Receipt, Scope, Source
from whosbehind.sources import Recognition, bundled_sources, recognise
from whosbehind.sources.recognise import HEAD_BYTES

JSON_BYTES = 64 << 20
NESTED = "it is an archive inside an archive. Unpack it and add what it holds"
NUL_BYTES = "it holds NUL bytes, which no text has: it is damaged, or UTF-16 without its mark. Save or fetch it again"


@dataclass(frozen=True)
class Added:
    """What became of one file that was added."""

    file_name: str
    document_id: str
    source: Source | None
    size_bytes: int
    is_new: bool
    problem: str | None = None

    @property
    def status(self) -> str:
        """One word for a list."""
        if self.problem:
            return "not read"
        return "added" if self.is_new else "already here"


@dataclass(frozen=True)
class AddOptions:
    """How files are to be taken in."""

    source_id: str | None = None
    received_at: dt.datetime | None = None
    scope: Scope | None = None
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Arrival:
    """Under what name, by which way and in which archive bytes came."""

    name: str
    came_by: str
    archive_id: str | None = None


class Intake:
    """Takes documents into a store, all with the same options."""

    def __init__(self, store: EvidenceStore, options: AddOptions) -> None:
        sources = bundled_sources()
        if options.source_id and options.source_id not in sources:
            raise Mistake(f"no source is called {options.source_id!r}.", next=f"Sources: {', '.join(sources)}.")
        if options.received_at and options.received_at > dt.datetime.now(dt.UTC):
            raise Mistake(f"{options.received_at.date()} lies in the future.", where="--received")
        self._store = store
        self._options = options
        self._received_at = options.received_at or dt.datetime.now(dt.UTC)

    def take_file(self, path: Path) -> Iterator[Added]:
        """Take in a file, or what it holds if it is an archive."""
        with opened(path) as stream:
            yield from self.take_in(stream, Arrival(path.name, "file"))

    def take_in(self, stream: BinaryIO, arrival: Arrival) -> Iterator[Added]:
        """Take in what a stream holds; bytes are stored before they are looked at."""
        kept = self._store.keep(stream)
        with self._store.open(kept.document_id) as bytes_kept:
            kind = archive_kind(bytes_kept.read(ARCHIVE_HEAD_BYTES))
        if kind is None:
            yield self._recognised(kept, arrival)
            return
        try:
            yield from self._unpack(kept, arrival, kind)
        except Mistake as error:
            yield self._received(kept, arrival, Recognition(None, problem=error.line()))

    def _unpack(self, kept: Kept, arrival: Arrival, kind: str) -> Iterator[Added]:
        """The archive's own receipt comes last: until then, adding it again completes the work."""
        with self._store.open(kept.document_id) as archive:
            for member in open_members(archive, kind, arrival.name, kept.size_bytes):
                inner = self._store.keep(member.stream, limit=member.limit)
                yield self._recognised(inner, Arrival(member.name, "archive", kept.document_id))
        self._received(kept, arrival, Recognition(None))

    def _recognised(self, kept: Kept, arrival: Arrival) -> Added:
        with self._store.open(kept.document_id) as stream:
            head = stream.read(HEAD_BYTES)
            if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[", b"<") and kept.size_bytes <= JSON_BYTES:
                head += stream.read()
        if arrival.archive_id is not None and archive_kind(head):
            return self._received(kept, arrival, Recognition(None, problem=NESTED))
        found = recognise(
            bundled_sources(),
            head.decode(kept.text.encoding or "utf-8", errors="ignore").replace("\0", ""),
            is_whole=len(head) == kept.size_bytes,
            ignored=self._options.ignored_columns,
            only=self._options.source_id,
        )
        if kept.text.encoding is None:
            found = Recognition(found.source, found.delimiter, NUL_BYTES if found.source else None)
        return self._received(kept, arrival, found)

    def _received(self, kept: Kept, arrival: Arrival, found: Recognition) -> Added:
        receipt = Receipt(
            document_id=kept.document_id,
            file_name=_printable(arrival.name),
            received_at=self._received_at,
            came_by=arrival.came_by,
            size_bytes=kept.size_bytes,
            text=kept.text,
            source_id=found.source.id if found.source else None,
            delimiter=found.delimiter,
            problem=found.problem,
            archive_id=arrival.archive_id,
            scope=self._options.scope,
            ignored_columns=self._options.ignored_columns,
        )
        known = self._store.receipt(kept.document_id)
        if known is None or _says_more(receipt, known):
            self._store.write_receipt(receipt)
        return Added(receipt.file_name, kept.document_id, found.source, kept.size_bytes, known is None, found.problem)


def expanded(path: Path) -> list[Path]:
    """A file as it is, a folder as all the files below it, hidden ones left out."""
    if path.is_dir():
        found = (each for each in sorted(path.rglob("*")) if each.is_file())
        return [each for each in found if not any(part.startswith(".") for part in each.relative_to(path).parts)]
    return [path]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file's bytes.

    Raises Mistake if it is not there or may not be read.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError as error:
        raise Mistake("there is no such file.", where=str(path), next="Check the name.") from error
    except PermissionError as error:
        raise Mistake("the file may not be read.", where=str(path), next="Check its permissions.") from error
    except OSError as error:
        raise Mistake(f"the file cannot be opened: {error.strerror}.", where=str(path)) from error
    with stream:
        yield stream


def _printable(name: str) -> str:
    """A file's name as text that any encoding can hold; what is no text in it becomes `\ufffd`."""
    return os.fsencode(name).decode("utf-8", errors="replace")


def _says_more(receipt: Receipt, known: Receipt) -> bool:
    """Whether a document that is here already was added with something new: a source, a scope, columns to ignore."""
    declared = (receipt.source_id, receipt.scope, receipt.ignored_columns, receipt.problem, receipt.delimiter)
    before = (known.source_id, known.scope, known.ignored_columns, known.problem, known.delimiter)
    is_settled = known.source_id is not None and known.problem is None
    if is_settled and receipt.scope is None and not receipt.ignored_columns:
        return False
    return declared != before
