"""The store: bytes under their SHA-256, receipts beside them, nothing ever edited or deleted.

A document is written to the staging folder, flushed to disk and renamed to its
place; then its receipt likewise. A process killed in between leaves a staging
file, which the next run removes, or bytes without a receipt, which the next
`add` of the same file completes.
"""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from whosbehind.errors import Fault, Mistake
from whosbehind.paths import Paths
from whosbehind.records import Receipt, Scope, TextTraits
from whosbehind.values import canonical_json, digest

CHUNK = 1 << 20
_ASCII = bytes(range(128))
# The blanks beyond ASCII that the engine trims, in UTF-8.
_ODD_BLANKS = re.compile(rb"\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xaf]|\xe2\x81\x9f|\xe3\x80\x80")
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Kept:
    """Bytes that are now in the store: their digest, length, how they are written, and whether they were there before."""

    document_id: str
    size_bytes: int
    text: TextTraits
    is_new: bool


@dataclass(frozen=True)
class Flaw:
    """One thing `verify` found: a damaged file (bad news), or something only worth a note."""

    path: Path
    what: str
    is_damage: bool


class EvidenceStore:
    """The documents and receipts of one workspace."""

    def __init__(self, paths: Paths) -> None:
        self._paths = paths

    def keep(self, stream: BinaryIO, progress: Progress | None = None, limit: int | None = None) -> Kept:
        """Store a stream's bytes.

        Raises Mistake if there are more than `limit` bytes, Fault if they cannot be written.
        """
        with _disk_errors_named(self._paths.root), _staged(self._paths.staging) as (staged, path):
            kept = _copy(stream, staged, progress, limit)
            staged.flush()
            os.fsync(staged.fileno())
            staged.close()
            return self._settle(path, kept)

    def _settle(self, staged: Path, kept: Kept) -> Kept:
        place = self._paths.blob(kept.document_id)
        if place.exists():
            return replace(kept, is_new=False)
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.chmod(0o444)
        staged.replace(place)
        _flush_folder(place.parent)
        return kept

    def write_receipt(self, receipt: Receipt) -> None:
        """Add a receipt behind those the document already has."""
        last = max(map(_receipt_number, self._receipts_of(receipt.document_id)), default=0)
        write_atomically(self._paths, self._paths.receipt(receipt.document_id, last + 1), _receipt_json(receipt))

    def receipts(self) -> list[Receipt]:
        """Each document's effective receipt, in the order of the documents' digests.

        It was received when its first receipt says; source, scope and ignored
        columns are those of the last. Raises Mistake if a receipt is damaged.
        """
        found: dict[str, list[Receipt]] = {}
        for path in self._receipt_paths():
            receipt = read_receipt(path)
            found.setdefault(receipt.document_id, []).append(receipt)
        return [_effective(found[document_id]) for document_id in sorted(found)]

    def receipt(self, document_id: str) -> Receipt | None:
        """The effective receipt of one document, or None."""
        own = [read_receipt(path) for path in self._receipts_of(document_id)]
        return _effective(own) if own else None

    def open(self, document_id: str) -> BinaryIO:
        """The bytes of a document."""
        return self._paths.blob(document_id).open("rb")

    def size(self) -> int:
        """How many bytes all documents have together."""
        return sum(path.stat().st_size for path in self._paths.blobs.glob("*/*"))

    def verify(self, progress: Progress | None = None) -> Iterator[Flaw]:
        """Hash every document again and read every receipt; yield what is wrong or worth a note."""
        blobs = {path.name: path for path in sorted(self._paths.blobs.glob("*/*"))}
        for path in blobs.values():
            if _file_digest(path, progress) != path.name:
                yield Flaw(path, "its bytes are not those received. Add the original file again after removing it", True)
        received = set()
        for path in self._receipt_paths():
            try:
                received.add(read_receipt(path).document_id)
            except Mistake as error:
                yield Flaw(path, error.what, True)
        for document_id in sorted(received - set(blobs)):
            yield Flaw(self._paths.blob(document_id), "the document is missing. Add the original file again", True)
        yield from self._missing_receipts()
        for document_id in sorted(set(blobs) - received - {_receipt_owner(path) for path in self._receipt_paths()}):
            yield Flaw(
                blobs[document_id], "it has no receipt: an `add` was interrupted. Adding the file again completes it", False
            )

    def _missing_receipts(self) -> Iterator[Flaw]:
        there = set(self._receipt_paths())
        for path in sorted(there):
            before = self._paths.receipt(_receipt_owner(path), _receipt_number(path) - 1)
            if _receipt_number(path) > 1 and before not in there:
                yield Flaw(before, "this receipt was removed, and what it said of the document is lost", False)

    def _receipts_of(self, document_id: str) -> list[Path]:
        return sorted(self._paths.receipts.glob(f"{document_id}.*.json"), key=_receipt_number)

    def _receipt_paths(self) -> list[Path]:
        return sorted(self._paths.receipts.glob("*.json"), key=lambda path: (_receipt_owner(path), _receipt_number(path)))


def write_atomically(paths: Paths, place: Path, text: str) -> None:
    """Write a small file so that it is either whole or not there.

    Raises Fault if it cannot be written.
    """
    with _disk_errors_named(paths.root):
        place.parent.mkdir(parents=True, exist_ok=True)
        with _staged(paths.staging) as (staged, path):
            staged.write(text.encode())
            staged.flush()
            os.fsync(staged.fileno())
            staged.close()
            path.replace(place)
        _flush_folder(place.parent)


def read_receipt(path: Path) -> Receipt:
    """A receipt from its file.

    Raises Mistake if it is damaged.
    """
    try:
        text = path.read_bytes()
        entry: dict[str, Any] = json.loads(text)
        seal = entry.pop("seal")
        if seal != digest(canonical_json(entry)) or text != _sealed(entry).encode():
            raise ValueError("its seal does not match")
        if _receipt_owner(path) != entry["document_id"]:
            raise ValueError("it is named as another document's")
        entry["received_at"] = dt.datetime.fromisoformat(entry["received_at"])
        entry["text"] = TextTraits(**entry["text"])
        entry["ignored_columns"] = tuple(entry["ignored_columns"])
        entry["scope"] = _scope(entry["scope"])
        return Receipt(**entry)
    except (ValueError, KeyError, TypeError) as error:
        raise Mistake(f"the receipt is damaged ({error}). Remove it and add the original file again", where=str(path)) from error


def _receipt_json(receipt: Receipt) -> str:
    entry = asdict(receipt)
    entry["received_at"] = receipt.received_at.isoformat()
    entry["ignored_columns"] = list(receipt.ignored_columns)
    if receipt.scope:
        scope = receipt.scope
        entry["scope"] = {"agencies": list(scope.agencies), "since": str(scope.since), "until": str(scope.until)}
    return _sealed(entry)


def _sealed(entry: dict[str, Any]) -> str:
    """The one text of a receipt, so that no byte of its file can change unseen."""
    return json.dumps({**entry, "seal": digest(canonical_json(entry))}, indent=1, sort_keys=True, ensure_ascii=False)


def _scope(entry: dict[str, Any] | None) -> Scope | None:
    if entry is None:
        return None
    return Scope(tuple(entry["agencies"]), dt.date.fromisoformat(entry["since"]), dt.date.fromisoformat(entry["until"]))


def _effective(receipts: list[Receipt]) -> Receipt:
    first, last = receipts[0], receipts[-1]
    return Receipt(**{**_fields(last), "received_at": first.received_at, "file_name": first.file_name})


def _fields(receipt: Receipt) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in receipt.__dataclass_fields__}


def _receipt_owner(path: Path) -> str:
    return path.name.split(".")[0]


def _receipt_number(path: Path) -> int:
    number = path.name.split(".")[1]
    return int(number) if number.isdigit() else 0


def _copy(stream: BinaryIO, target: BinaryIO, progress: Progress | None, limit: int | None) -> Kept:
    total, size, watch = hashlib.sha256(), 0, TextWatch()
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if limit is not None and size > limit:
            raise Mistake(f"it unpacks to more than {limit:,} bytes.")
        total.update(chunk)
        watch.feed(chunk)
        target.write(chunk)
        if progress:
            progress(len(chunk))
    return Kept(total.hexdigest(), size, watch.traits(), is_new=True)


class TextWatch:
    """Tells how bytes that pass by are written as text: their encoding, how lines end, whether lines are empty, odd blanks."""

    def __init__(self) -> None:
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()
        self._utf16: bool | None = None
        self._is_binary = self._has_empty_lines = self._has_odd_blanks = False
        self._line_ends: set[str] = set()
        self._last = b""

    def feed(self, chunk: bytes) -> None:
        """Look at the next bytes."""
        if self._utf16 is None:
            self._utf16 = chunk[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
        self._is_binary = self._is_binary or b"\0" in chunk
        piece = self._last + chunk
        self._look_at_lines(piece, len(self._last))
        if not (self._has_odd_blanks or piece.isascii()):
            # What is left without ASCII is short, and no letter of it is parted.
            self._has_odd_blanks = _ODD_BLANKS.search(piece.translate(None, _ASCII)) is not None
        self._last = piece[-2:]
        if self._decoder:
            try:
                self._decoder.decode(chunk)
            except UnicodeDecodeError:
                self._decoder = None

    def _look_at_lines(self, piece: bytes, seen: int) -> None:
        """Look at line ends; the first `seen` bytes were there before, and a final CR waits for what follows."""
        if b"\r" not in piece:
            self._line_ends |= {"LF"} if piece.find(b"\n", seen) >= 0 else set()
            self._has_empty_lines = self._has_empty_lines or b"\n\n" in piece
            return
        self._has_empty_lines = self._has_empty_lines or any(two in piece for two in (b"\n\n", b"\n\r\n", b"\r\r"))
        pairs = piece.count(b"\r\n")
        if pairs:
            self._line_ends.add("CRLF")
        if piece.count(b"\r") - piece.endswith(b"\r") > pairs:
            self._line_ends.add("CR")
        if piece.count(b"\n") - piece.startswith(b"\n") > pairs:
            self._line_ends.add("LF")

    def traits(self) -> TextTraits:
        """What was seen."""
        encoding = self._encoding()
        return TextTraits(encoding, len(self._line_ends) > 1, self._has_empty_lines, encoding != "utf-8" or self._has_odd_blanks)

    def _encoding(self) -> str | None:
        if self._utf16:
            return "utf-16"
        if self._is_binary:
            return None
        return "utf-8" if self._is_utf8() else "cp1252"

    def _is_utf8(self) -> bool:
        try:
            return self._decoder is not None and self._decoder.decode(b"", final=True) is not None
        except UnicodeDecodeError:
            return False


@contextlib.contextmanager
def _staged(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file in the staging folder, removed again unless it was renamed away."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as staged:
        path = Path(staged.name)
        try:
            yield staged, path  # type: ignore[misc]
        finally:
            staged.close()
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _disk_errors_named(root: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise disk_fault(error, root) from error


def disk_fault(error: OSError, root: Path) -> Fault:
    """The system's refusal to read or write below `root`, as one line a person can act on."""
    named = f" ({error.filename})" if error.filename else ""
    reason = f"the disk cannot be used: {error.strerror or error}{named}."
    return Fault(reason, where=str(root), next="What was kept before is safe; mend this and run again.")


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _file_digest(path: Path, progress: Progress | None) -> str:
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
            if progress:
                progress(len(chunk))
    return total.hexdigest()
