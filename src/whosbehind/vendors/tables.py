"""Vendors and families as tables: the stage's work on the recipients of a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whosbehind.records import Judgement
from whosbehind.values import Basis
from whosbehind.vendors.families import Families, Membership, Stated
from whosbehind.vendors.link import Judged, Recipient, link
from whosbehind.vendors.names import name_key

Row = Mapping[str, Any]


def judged_recipients(recipients: Iterable[Row], judgements: Sequence[Judgement]) -> list[tuple[Row, Judged]]:
    """Each row of the table `recipients` with the vendor it is judged to be."""
    rows = list(recipients)
    keyed = [Recipient(row["recipient_id"], row["recipient_name"], row["recipient_uei"], row["recipient_duns"]) for row in rows]
    links = link(keyed, judgements)
    return [(row, links[key]) for row, key in zip(rows, keyed, strict=True)]


def memberships(judged: Iterable[tuple[Row, Judged]], families: Families) -> list[Membership]:
    """The families of all vendors, on every day."""
    return families.of(
        Stated(
            found.vendor_id,
            row["recipient_name"],
            row["transaction_count"] or 0,
            row["recipient_parent_name"],
            row["recipient_parent_uei"],
            row["first_action_date"],
        )
        for row, found in judged
    )


def vendor_records(
    judged: Iterable[tuple[Row, Judged]], members: Iterable[Membership], families: Families
) -> list[dict[str, Any]]:
    """The table `vendors`: links, with the organisation each vendor's name means and the words that say so."""
    own = {each.vendor_id: each.organisation_id for each in members if each.organisation_id and each.basis is Basis.ATLAS}
    return [_vendor(row, found, own.get(found.vendor_id), families) for row, found in judged]


def name_records(judged: Iterable[tuple[Row, Judged]]) -> list[dict[str, Any]]:
    """Names with what the review queue compares: key, core and the block they stand in."""
    found = []
    for row, each in judged:
        key = name_key(row["recipient_name"])
        found.append(
            {
                "vendor_id": each.vendor_id,
                "recipient_id": row["recipient_id"],
                "recipient_name": row["recipient_name"],
                "key": str(key),
                "core": key.core,
                "block": key.core.split(" ")[0][:8],
                "obligated_usd": row["obligated_usd"],
            }
        )
    return found


def _vendor(row: Row, found: Judged, organisation_id: str | None, families: Families) -> dict[str, Any]:
    name = row["recipient_name"]
    entry = {
        "recipient_id": row["recipient_id"],
        "recipient_name": name,
        "vendor_id": found.vendor_id,
        "basis": str(found.basis),
        "score": found.score,
        "because": found.because,
    }
    if organisation_id is None:
        return entry
    own = families.organisation(name)
    words = own[1] if own and own[0] == organisation_id else name
    start = name.find(words)
    return {**entry, "named_id": organisation_id, "matched": words, "starts_at": start, "ends_at": start + len(words)}
