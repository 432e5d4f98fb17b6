"""What a reader may hand over for each grain: the columns a manifest can take, with their types."""

from __future__ import annotations

from whosbehind.tables import (
    AI_USE_CASES,
    AUTHORIZATIONS,
    AWARDS,
    RECIPIENTS,
    REPORTED_FACTS,
    SUBAWARDS,
    TRANSACTIONS,
    Table,
    Type,
)
from whosbehind.values import Grain

_AGENCY_LABELS = {
    "agency_label": Type.TEXT,
    "awarding_sub_agency_label": Type.TEXT,
    "funding_sub_agency_label": Type.TEXT,
}
_RECIPIENT_EXTRAS = {"is_sole_proprietor": Type.FLAG}
_DERIVED = frozenset(
    "transaction_id fiscal_year agency_code agency_role recipient_id recipient_kind is_latest_only is_extract unread "
    "document_id row subaward_id is_above_prime is_suspect_amount is_repeated transaction_count transactions_usd "
    "clean_name obligated_sum first_action_date last_action_date is_authorized snapshot_basis".split()
)


def _taken(table: Table, **extras: Type) -> dict[str, Type]:
    own = {column.name: column.type for column in table.columns if column.name not in _DERIVED}
    return {**own, **extras}


# Stands between the notes of a row on what could not be read.
SEPARATOR = " | "
# Columns a manifest may take, by grain.
READABLE: dict[Grain, dict[str, Type]] = {
    Grain.TRANSACTIONS: _taken(
        TRANSACTIONS,
        award_or_idv_flag=Type.TEXT,
        award_type_code=Type.TEXT,
        transaction_key=Type.TEXT,
        **_AGENCY_LABELS,
        **_RECIPIENT_EXTRAS,
    ),
    Grain.AWARDS: _taken(AWARDS, **_AGENCY_LABELS, **_RECIPIENT_EXTRAS),
    Grain.SUBAWARDS: _taken(SUBAWARDS, subaward_report_id=Type.TEXT, **_AGENCY_LABELS, **_RECIPIENT_EXTRAS),
    Grain.RECIPIENTS: {
        name: column_type
        for name, column_type in _taken(RECIPIENTS, recipient_raw_name=Type.TEXT, **_RECIPIENT_EXTRAS).items()
        if name not in {"obligated_usd"}
    },
    Grain.USE_CASES: _taken(AI_USE_CASES),
    Grain.AUTHORIZATIONS: _taken(AUTHORIZATIONS),
    Grain.REPORTED_FACTS: _taken(REPORTED_FACTS),
}
# Besides the recipient: free text, in which contacts are masked, and further names that may be a person's.
GUARDED: dict[Grain, tuple[str, ...]] = {
    Grain.TRANSACTIONS: ("description",),
    Grain.AWARDS: ("description",),
    Grain.SUBAWARDS: ("description", "prime_recipient_name"),
    Grain.RECIPIENTS: (),
    Grain.USE_CASES: tuple(name for name, kind in READABLE[Grain.USE_CASES].items() if kind is Type.TEXT),
    Grain.AUTHORIZATIONS: ("provider_name", "product_name", "agencies", "sub_agencies", "authorizing_agency"),
    Grain.REPORTED_FACTS: ("entity_name",),
}
# Identifiers that a spreadsheet may have turned into numbers, losing digits.
CODES = frozenset(
    {
        "award_id",
        "transaction_key",
        "piid",
        "parent_piid",
        "parent_agency_code",
        "modification_number",
        "subaward_number",
        "recipient_uei",
    }
)
# The grain's table before rows of different documents are held against each other.
TABLE_OF = {Grain.TRANSACTIONS: TRANSACTIONS, Grain.AWARDS: AWARDS, Grain.SUBAWARDS: SUBAWARDS}
# Rows that are tables as their documents state them: nothing in them is summed, and no two of them are held to be one.
STATED = {
    Grain.USE_CASES: AI_USE_CASES,
    Grain.AUTHORIZATIONS: AUTHORIZATIONS,
    Grain.REPORTED_FACTS: REPORTED_FACTS,
}
