"""Explaining attributions: for each action of an award, one sentence on every organisation and system it names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from whosbehind.atlas import Atlas
from whosbehind.errors import Mistake
from whosbehind.figures.figure import Row, citation
from whosbehind.figures.select import Lake, heirs
from whosbehind.tables import ATTRIBUTIONS, MENTIONS, TRANSACTIONS
from whosbehind.values import COUNTED, Confidence, Role, Route

_FIELDS = {"recipient_name": "the recipient's name", "description": "the description"}


@dataclass(frozen=True)
class Reason:
    """Why an organisation or system is, or is not, counted for a transaction, in one sentence."""

    subject_id: str
    is_counted: bool
    sentence: str


@dataclass(frozen=True)
class Explained:
    """One transaction with the reasons for all it names."""

    transaction: Row
    reasons: tuple[Reason, ...]


def explain(lake: Lake, atlas: Atlas, award: str, modification: str | None) -> list[Explained]:
    """The actions of an award, or one of them, each with its reasons.

    Raises Mistake if no such award or modification is in the evidence.
    """
    rows = _transactions(lake, award, modification)
    ids = [row["transaction_id"] for row in rows]
    reasons: dict[str, list[Reason]] = defaultdict(list)
    own = _of(lake.table(ATTRIBUTIONS), ids)
    counted = {(each["transaction_id"], each["organisation_id"]) for each in own if _is_counted(each)}
    taken = [each for each in _of(heirs(lake, None), ids) if (each["transaction_id"], each["organisation_id"]) not in counted]
    for each in (*own, *taken):
        reasons[each["transaction_id"]].append(_reason(atlas, each))
    for each in _of(lake.table(MENTIONS), ids):
        if each["named_id"] in atlas.systems:
            reasons[each["transaction_id"]].append(_system(atlas, each))
    return [Explained(row, tuple(reasons[row["transaction_id"]])) for row in rows]


def _transactions(lake: Lake, award: str, modification: str | None) -> list[Row]:
    wanted = award.strip().upper()
    table = lake.table(TRANSACTIONS)
    table = table.filter((table.award_id.upper() == wanted) | (table.piid.upper() == wanted))
    listed = list(table.order_by("action_date", "transaction_id").to_pyarrow().to_pylist())
    if not listed:
        raise Mistake(
            f"no award {award!r} is in the evidence.", next="Give its PIID or its generated key, as `figure --rows` shows them."
        )
    chosen = [row for row in listed if modification in (None, row["modification_number"])]
    if not chosen:
        known = ", ".join(dict.fromkeys(str(row["modification_number"]) for row in listed))
        raise Mistake(f"the award {award} has no modification {modification!r} in the evidence.", next=f"It has: {known}.")
    documents = lake.documents()
    return [{**row, "citation": citation(row, documents[row["document_id"]])} for row in chosen]


def _of(table: Any, ids: list[str]) -> list[Row]:
    order = [name for name in ("transaction_id", "starts_at", "organisation_id", "named_id") if name in table.columns]
    return list(table.filter(table.transaction_id.isin(ids)).order_by(order).to_pyarrow().to_pylist())


def _reason(atlas: Atlas, row: Row) -> Reason:
    organisation = atlas.organisations[row["organisation_id"]].name
    is_counted = _is_counted(row)
    found = f"{organisation}: {_FIELDS[row['field']]} says “{row['matched']}”{_what_that_is(atlas, row)}"
    return Reason(row["organisation_id"], is_counted, f"{found}{_way(row)}; {_sureness(row, is_counted)}.")


def _is_counted(row: Row) -> bool:
    return row["role"] == Role.SUPPLIED and row["confidence"] in COUNTED


def _what_that_is(atlas: Atlas, row: Row) -> str:
    """What the words name, where that is not the organisation itself."""
    if row["rule"] == "name":
        return ""
    owner = atlas.organisations.get(row["named_id"])
    name = owner.name if owner else atlas.product_name(row["named_id"])
    return f", which is {name}, {'a product of the organisation' if row['rule'] == 'product' else 'owned by it'} at that date"


def _way(row: Row) -> str:
    if row["route"] == Route.DIRECT:
        return ", and the recipient is of its family" if row["field"] != "recipient_name" else ""
    return ", and the recipient is not of its family, so the money goes through a reseller"


def _sureness(row: Row, is_counted: bool) -> str:
    if row["role"] == Role.AROUND:
        return f"not counted, since the name stands only around what is bought (rule: {row['around_rule']})"
    if row["confidence"] == Confidence.POSSIBLE:
        return "not counted, since the word is ambiguous and nothing beside it makes it plain"
    if row["confidence"] == Confidence.INHERITED:
        return f"counted only with --inherited, since this action names nothing and {row['because']} of the award did"
    sure = "certain" if row["confidence"] == Confidence.CERTAIN else f"probable, since “{row['because']}” stands beside it"
    shared = "; the same dollars count for another family too" if row["is_shared"] else ""
    return f"counted as {sure}{shared}" if is_counted else "not counted"


def _system(atlas: Atlas, row: Row) -> Reason:
    system = atlas.systems[row["named_id"]]
    operator = atlas.name_of(system.operator_id)
    words = f"{system.name}: {_FIELDS[row['field']]} says “{row['matched']}”"
    return Reason(
        system.id, False, f"{words}, a system of {operator}; a system is never a company, so nothing is counted for it."
    )
