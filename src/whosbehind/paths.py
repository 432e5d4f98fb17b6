"""Every path of a workspace is drawn here, and nowhere else."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from whosbehind.records import Snapshot


def parsed_content() -> Path:
    """Content files as they were parsed, under the digest of their text, for all of a user's workspaces; may be removed.

    Raises RuntimeError where nobody knows the user's home.
    """
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "whosbehind" / "content"


@dataclass(frozen=True)
class Paths:
    """The rooms of one workspace folder."""

    root: Path

    @property
    def marker(self) -> Path:
        """The file that says this folder is a workspace."""
        return self.root / "whosbehind.json"

    @property
    def lock(self) -> Path:
        """Held while evidence or the lake is written."""
        return self.root / ".lock"

    @property
    def content(self) -> Path:
        """What the owner of the workspace writes; it overlays the bundled content."""
        return self.root / "content"

    @property
    def blobs(self) -> Path:
        """Documents as received, under their SHA-256."""
        return self.root / "evidence" / "sha256"

    @property
    def receipts(self) -> Path:
        """One JSON file for each time a document was received."""
        return self.root / "evidence" / "receipts"

    @property
    def staging(self) -> Path:
        """Half-written files; whatever lies here while nobody holds the lock is rubbish."""
        return self.root / "staging"

    @property
    def spills(self) -> Path:
        """The engines' scratch folders, one a process."""
        return self.root / "spill"

    @property
    def spill(self) -> Path:
        """Where this process's engine puts what does not fit in memory."""
        return self.spills / str(os.getpid())

    @property
    def lake(self) -> Path:
        """Derived tables, named by the digest of what they were made from."""
        return self.root / "lake"

    @property
    def snapshots(self) -> Path:
        """The lists of lake files that belong together."""
        return self.root / "snapshots"

    @property
    def current(self) -> Path:
        """Names the snapshot of the last build."""
        return self.snapshots / "current.json"

    def blob(self, document_id: str) -> Path:
        """The bytes of one document."""
        return self.blobs / document_id[:2] / document_id

    def receipt(self, document_id: str, number: int) -> Path:
        """The receipt of the `number`th time (from 1) a document was received."""
        return self.receipts / f"{document_id}.{number}.json"

    def part(self, table: str, part_digest: str) -> Path:
        """A Parquet file of the lake."""
        return self.lake / table / f"{part_digest}.parquet"

    def note(self, table: str, part_digest: str) -> Path:
        """What was counted while a part was made, as JSON beside it."""
        return self.lake / table / f"{part_digest}.json"

    def snapshot(self, snapshot_id: str) -> Path:
        """The list of one snapshot's files."""
        return self.snapshots / f"{snapshot_id}.json"

    def build(self, build_key: str) -> Path:
        """Names the snapshot that a set of inputs led to."""
        return self.snapshots / "builds" / f"{build_key}.json"

    def files(self, snapshot: Snapshot, table: str) -> list[Path]:
        """The Parquet files that are a table in a snapshot."""
        return [self.lake / name for name in snapshot.files.get(table, ())]
