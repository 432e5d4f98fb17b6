"""Resolved names, and pairs to judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whosbehind.render.terminal import say, show_csv, show_json, show_table
from whosbehind.values import count, dollars

if TYPE_CHECKING:
    from whosbehind.vendors import Resolved


def show_resolved(columns: Sequence[str], rows: Sequence[Mapping[str, str]], found: Sequence[Resolved], output: str) -> None:
    """Each row of a person's list with what its name is judged to be."""
    added = ("vendor_id", "family_id", "basis", "score", "because")
    merged = [{**row, **{name: getattr(each, name) for name in added}} for row, each in zip(rows, found, strict=True)]
    if output == "json":
        show_json([{**row, "basis": str(row["basis"]), "score": float(row["score"])} for row in merged])
    elif output == "csv":
        show_csv([*columns, *added], merged)
    else:
        shown = [{**row, "score": f"{row['score']:.2f}"} for row in merged]  # a share is no money
        show_table({name: name for name in (*columns[:2], *added)}, shown)


def show_pair(pair: Mapping[str, Any], names: Mapping[str, Sequence[Mapping[str, Any]]], place: int, total: int) -> None:
    """Two vendors side by side with all their names, and why they are asked about."""
    say()
    say(f"{place} of {total}: {pair['reason']}; {dollars(pair['obligated_usd'])} would move", style="bold")
    for side in ("left", "right"):
        say(f"  {pair[f'{side}_vendor_id']}", style="cyan")
        for each in names[side]:
            span = f"{each['first_action_date'] or '…'} to {each['last_action_date'] or '…'}"
            parent = f"; parent {each['recipient_parent_name']}" if each["recipient_parent_name"] else ""
            worth = dollars(each["obligated_usd"])
            say(f"    {each['recipient_name']}: {worth} in {count(each['transaction_count'], 'transaction')}, {span}{parent}")
