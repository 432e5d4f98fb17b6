"""What every table holds, stated once: columns, types, units, keys, meanings.

Schemas, the data dictionary and the data checks derive from these pages.
"""

from __future__ import annotations

from whosbehind.tables.atlas import (
    AGENCIES,
    BODIES,
    CONTRACTS,
    CORRECTIONS,
    FACTS,
    FLOWS,
    LAWS,
    ORGANISATIONS,
    SOURCES,
    SYSTEM_AWARDS,
    SYSTEMS,
)
from whosbehind.tables.columns import Column, Table, Type
from whosbehind.tables.judged import ATTRIBUTIONS, FAMILIES, INHERITED, MENTIONS, OWNERSHIP, REVIEW, VENDORS
from whosbehind.tables.ledger import AWARDS, COVERAGE, DOCUMENTS, RECIPIENTS, REJECTS, SET_ASIDE, SUBAWARDS, TRANSACTIONS
from whosbehind.tables.published import AI_USE_CASES, AUTHORIZATIONS, REPORTED_FACTS, USE_CASE_CONTRACTS

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    TRANSACTIONS,
    AWARDS,
    RECIPIENTS,
    SUBAWARDS,
    AI_USE_CASES,
    USE_CASE_CONTRACTS,
    AUTHORIZATIONS,
    REPORTED_FACTS,
    REJECTS,
    SET_ASIDE,
    COVERAGE,
    VENDORS,
    FAMILIES,
    REVIEW,
    MENTIONS,
    INHERITED,
    OWNERSHIP,
    ATTRIBUTIONS,
    ORGANISATIONS,
    AGENCIES,
    SYSTEMS,
    SYSTEM_AWARDS,
    BODIES,
    FLOWS,
    LAWS,
    CONTRACTS,
    FACTS,
    CORRECTIONS,
    SOURCES,
)


def table(name: str) -> Table:
    """The table of that name.

    Raises KeyError if there is none.
    """
    return {each.name: each for each in TABLES}[name]


__all__ = [
    "AGENCIES",
    "AI_USE_CASES",
    "ATTRIBUTIONS",
    "AUTHORIZATIONS",
    "AWARDS",
    "BODIES",
    "CONTRACTS",
    "CORRECTIONS",
    "COVERAGE",
    "DOCUMENTS",
    "FACTS",
    "FAMILIES",
    "FLOWS",
    "INHERITED",
    "LAWS",
    "MENTIONS",
    "ORGANISATIONS",
    "OWNERSHIP",
    "RECIPIENTS",
    "REJECTS",
    "REPORTED_FACTS",
    "REVIEW",
    "SET_ASIDE",
    "SOURCES",
    "SUBAWARDS",
    "SYSTEMS",
    "SYSTEM_AWARDS",
    "TABLES",
    "TRANSACTIONS",
    "USE_CASE_CONTRACTS",
    "VENDORS",
    "Column",
    "Table",
    "Type",
    "table",
]
