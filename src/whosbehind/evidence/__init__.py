"""Documents as received, kept byte for byte under their SHA-256, each with its receipts."""

from whosbehind.evidence.archives import ArchiveLimits, Member, archive_kind, open_members
from whosbehind.evidence.store import EvidenceStore, Finding, Kept

__all__ = ["ArchiveLimits", "EvidenceStore", "Finding", "Kept", "Member", "archive_kind", "open_members"]
