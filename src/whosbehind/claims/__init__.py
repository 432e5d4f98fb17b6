"""Claims: what somebody published, recomputed under each defensible reading, with a verdict."""

from whosbehind.claims.check import check_claim
from whosbehind.claims.claim import Claim
from whosbehind.claims.finding import Finding
from whosbehind.claims.kept import ChangedFinding, changed_findings, read_findings, write_findings
from whosbehind.claims.load import claims_file, load_claims
from whosbehind.claims.sheet import claim_reviews, number_text, relation_text, sheet

__all__ = [
    "ChangedFinding",
    "Claim",
    "Finding",
    "changed_findings",
    "check_claim",
    "claim_reviews",
    "claims_file",
    "load_claims",
    "number_text",
    "read_findings",
    "relation_text",
    "sheet",
    "write_findings",
]
