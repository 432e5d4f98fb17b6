"""Documents as received, kept byte for byte under their SHA-256, each with its receipts."""

from whosbehind.evidence.archives import HEAD_BYTES, ArchiveLimits, Member, archive_kind, open_members
from whosbehind.evidence.store import EvidenceStore, Flaw, Kept

__all__ = ["HEAD_BYTES", "ArchiveLimits", "EvidenceStore", "Flaw", "Kept", "Member", "archive_kind", "open_members"]
