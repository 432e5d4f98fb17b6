"""Archives: what is inside a `.gz` or `.zip`, within limits on size, ratio, number and paths."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from whosbehind.errors import Mistake


@dataclass(frozen=True)
class ArchiveLimits:
    """How much an archive may unpack to."""

    members: int = 10_000
    member_bytes: int = 64 << 30
    ratio: int = 250
    free_bytes: int = 16 << 20


@dataclass(frozen=True)
class Member:
    """A file inside an archive: its name without folders, and its bytes."""

    name: str
    stream: BinaryIO
    limit: int


def archive_kind(head: bytes) -> str | None:
    """`zip` or `gz` by the first bytes, else None."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "gz" if head.startswith(b"\x1f\x8b") else None


def open_members(archive: BinaryIO, kind: str, name: str, size: int, limits: ArchiveLimits | None = None) -> Iterator[Member]:
    """Each file in the archive, to be read before the next is asked for.

    Raises Mistake if the archive is damaged, encrypted or outside the limits; nothing is
    unpacked from a zip whose list of files is not acceptable as a whole.
    """
    bounds = limits or ArchiveLimits()
    try:
        yield from _zip_members(archive, bounds) if kind == "zip" else _gz_member(archive, name, size, bounds)
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise Mistake(f"the archive is damaged or of an unknown kind: {error}.", next="Fetch it again.") from error


def _gz_member(archive: BinaryIO, name: str, size: int, limits: ArchiveLimits) -> Iterator[Member]:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    allowed = min(limits.member_bytes, max(limits.free_bytes, size * limits.ratio))
    with gzip.GzipFile(fileobj=archive) as stream:
        yield Member(inner, cast(BinaryIO, stream), allowed)


def _zip_members(archive: BinaryIO, limits: ArchiveLimits) -> Iterator[Member]:
    with zipfile.ZipFile(archive) as opened:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        _refuse(entries, limits)
        for entry in entries:
            with opened.open(entry) as stream:
                allowed = max(limits.free_bytes, entry.compress_size * limits.ratio)
                yield Member(PurePosixPath(entry.filename).name, cast(BinaryIO, stream), min(limits.member_bytes, allowed))


def _refuse(entries: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(entries) > limits.members:
        raise Mistake(f"it holds {len(entries):,} files; the limit is {limits.members:,}.")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise Mistake(f"it holds a path that leads outside: {entry.filename!r}.", next="It was not unpacked.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Mistake(f"it holds a link: {entry.filename!r}.", next="It was not unpacked.")
        if entry.flag_bits & 1:
            raise Mistake(f"it is encrypted: {entry.filename!r}.", next="Unpack it yourself and add the files.")
    packed, unpacked = sum(e.compress_size for e in entries), sum(e.file_size for e in entries)
    if unpacked > limits.free_bytes and unpacked > packed * limits.ratio:
        raise Mistake(
            f"it claims to unpack to {unpacked:,} bytes, more than {limits.ratio} times its size.", next="It was not unpacked."
        )
