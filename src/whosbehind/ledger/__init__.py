"""Documents turned into typed, cited tables; rows that cannot be read or are not counted stay visible."""

from whosbehind.ledger.account import counts, coverage_records, document_record, unexpected_counts
from whosbehind.ledger.checks import checks
from whosbehind.ledger.columns import STATED
from whosbehind.ledger.derive import awards, completed, recipients, set_aside, taken
from whosbehind.ledger.documents import ReadNote, ReadPart, read_document
from whosbehind.ledger.rejects import is_lost, rejects
from whosbehind.ledger.settle import in_order_of_precedence, missing_twins, order_table, settle
from whosbehind.ledger.use_cases import contract_records

__all__ = [
    "STATED",
    "ReadNote",
    "ReadPart",
    "awards",
    "checks",
    "completed",
    "contract_records",
    "counts",
    "coverage_records",
    "document_record",
    "in_order_of_precedence",
    "is_lost",
    "missing_twins",
    "order_table",
    "read_document",
    "recipients",
    "rejects",
    "set_aside",
    "settle",
    "taken",
    "unexpected_counts",
]
