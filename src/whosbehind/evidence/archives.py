"""Archives: what is inside a `.gz` or `.zip`, within limits on size, ratio, number and paths."""

from __future__ import annotations

import gzip
import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from whosbehind.errors import Mistake


@dataclass(frozen=True)
class ArchiveLimits:
    """How much an archive may unpack to."""

    members: int = 10_000
    member_bytes: int = 64 << 30
    ratio: int = 250
    free_bytes: int = 16 << 20


# How many first bytes tell an archive from another document.
HEAD_BYTES = 64
# The first file in a zip that is an office document, not an archive; its name stands 30 bytes from the start.
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"mimetype")
# What the libraries raise over bytes that are no sound archive; found by changing bytes at random.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, EOFError, RuntimeError, ValueError, LookupError,
)  # fmt: skip


@dataclass(frozen=True)
class Member:
    """A file inside an archive: its name without folders, its bytes, and how many it may have."""

    name: str
    stream: BinaryIO
    limit: int


class _Unpacking:
    """A member's bytes; damage met while reading them is a Mistake."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        try:
            return self._stream.read(size)
        except _DAMAGE as error:
            raise _damaged(error) from error


def archive_kind(head: bytes) -> str | None:
    """`zip` or `gz` by the first HEAD_BYTES, else None."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return None if head[30:].startswith(_OFFICE) else "zip"
    return "gz" if head.startswith(b"\x1f\x8b") else None


def open_members(archive: BinaryIO, kind: str, name: str, size: int, limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """Each file in the archive, to be read before the next is asked for.

    Raises Mistake if the archive is damaged, encrypted or outside the limits; nothing is
    unpacked from a zip whose list of files is not acceptable as a whole.
    """
    bounds = limits or ArchiveLimits()
    try:
        yield from _zip_members(archive, size, bounds) if kind == "zip" else _gz_member(archive, name, size, bounds)
    except _DAMAGE as error:
        raise _damaged(error) from error


def _damaged(error: Exception) -> Mistake:
    reason = str(error).rstrip(".") or type(error).__name__
    return Mistake(f"the archive is damaged or of an unknown kind: {reason}.", next="Fetch it again.")


def _gz_member(archive: BinaryIO, name: str, size: int, limits: ArchiveLimits) -> Iterator[Member]:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    allowed = min(limits.member_bytes, max(limits.free_bytes, size * limits.ratio))
    with gzip.GzipFile(fileobj=archive) as stream:
        yield Member(inner, cast(BinaryIO, _Unpacking(stream)), allowed)


def _zip_members(archive: BinaryIO, size: int, limits: ArchiveLimits) -> Iterator[Member]:
    with zipfile.ZipFile(archive) as opened:
        entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]
        _refuse(entries, size, limits)
        for entry in entries:
            with opened.open(entry) as stream:
                allowed = max(limits.free_bytes, entry.compress_size * limits.ratio)
                yield Member(_inner_path(entry).name, cast(BinaryIO, _Unpacking(stream)), min(limits.member_bytes, allowed))


def _inner_path(entry: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(entry.filename.replace("\\", "/"))


def _refuse(entries: list[zipfile.ZipInfo], size: int, limits: ArchiveLimits) -> None:
    if len(entries) > limits.members:
        raise Mistake(f"it holds {len(entries):,} files; the limit is {limits.members:,}.")
    for entry in entries:
        path = _inner_path(entry)
        if not path.name or path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Mistake(f"it holds a path that leads outside: {entry.filename!r}.", next="It was not unpacked.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Mistake(f"it holds a link: {entry.filename!r}.", next="It was not unpacked.")
        if entry.flag_bits & 1:
            raise Mistake(f"it is encrypted: {entry.filename!r}.", next="Unpack it yourself and add the files.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > max(limits.free_bytes, size * limits.ratio):
        raise Mistake(
            f"it claims to unpack to {unpacked:,} bytes, more than {limits.ratio} times its size.", next="It was not unpacked."
        )
