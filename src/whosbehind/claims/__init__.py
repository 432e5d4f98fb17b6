"""Claims: what somebody published, recomputed under each defensible reading, with a verdict."""

from whosbehind.claims.check import check_claim
from whosbehind.claims.claim import Claim
from whosbehind.claims.corrected import all_corrections
from whosbehind.claims.finding import Finding, value_label
from whosbehind.claims.kept import ChangedFinding, changed_findings, read_findings, write_findings
from whosbehind.claims.load import claims_file, load_claims
from whosbehind.claims.measured import Bench
from whosbehind.claims.sheet import claim_reviews, reply_text, sheet
from whosbehind.claims.wording import measured_text, number_text, reading_text, relation_text

__all__ = [
    "Bench",
    "ChangedFinding",
    "Claim",
    "Finding",
    "all_corrections",
    "changed_findings",
    "check_claim",
    "claim_reviews",
    "claims_file",
    "load_claims",
    "measured_text",
    "number_text",
    "read_findings",
    "reading_text",
    "relation_text",
    "reply_text",
    "sheet",
    "value_label",
    "write_findings",
]
