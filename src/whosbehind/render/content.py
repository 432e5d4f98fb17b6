"""What a change of content does, and how judgements agree with labels."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from whosbehind.render.prose import correction_text, paragraph
from whosbehind.render.terminal import say, show_csv, show_json, show_rows, show_table
from whosbehind.values import count, dollars, usd

if TYPE_CHECKING:
    from whosbehind.figures import Change
    from whosbehind.records import Corrected
    from whosbehind.scoring import Score


def show_corrections(corrections: Sequence[Corrected], output: str) -> None:
    """What was corrected in facts and findings, newest first, in the asked format."""
    entries = [each.as_json() for each in corrections]
    if output == "json":
        show_json(entries)
    elif output == "csv":
        show_csv(("date", "kind", "id", "name", "what", "reason"), entries)
    for each in corrections if output == "table" else ():
        paragraph(f"{each.kind} {each.id} ({each.name})", style="bold")
        paragraph(correction_text(each.correction), indent=2, hanging=2)
    if output == "table" and not corrections:
        say("Nothing was corrected so far.")


def show_impact(changes: Sequence[Change], output: str) -> None:
    """For each organisation what is attributed before and after, and the largest transactions that come or go."""
    if output != "table":
        money = usd if output == "json" else Decimal  # a number in CSV is no text that might be a formula
        lines = [
            {
                "organisation_id": each.organisation_id,
                "before_usd": money(each.before.obligated_usd),
                "after_usd": money(each.after.obligated_usd),
                "difference_usd": money(each.difference_usd),
                "before_count": each.before.transaction_count,
                "after_count": each.after.transaction_count,
            }
            for each in changes
        ]
        show_rows({name: name for name in ("organisation_id", "difference_usd")}, lines, output)
        return
    for each in changes:
        moved = f"{dollars(each.before.obligated_usd)} → {dollars(each.after.obligated_usd)}"
        transactions = f"{each.before.transaction_count:,} → {count(each.after.transaction_count, 'transaction')}"
        say(f"{each.organisation_id}: {moved} in {transactions}", style="bold")
        for sign, rows in (("+", each.came), ("-", each.went)):
            for row in rows:
                worth = dollars(row["obligated_usd"])
                say(f"  {sign} {worth}  “{row['matched']}” in: {row['recipient_name']} | {(row['description'] or '')[:90]}")
    if not changes:
        say("The content as it stands now attributes every transaction as the last build did.")


def show_scores(scores: Sequence[Score], output: str) -> None:
    """Agreement with labels, and each difference."""
    if output == "json":
        show_json([each.as_json() for each in scores])
        return
    if output == "csv":
        show_csv(["what", "label_id", "kind", "organisation", "words", "record"], [m for each in scores for m in each.listed()])
        return
    columns = {"what": "labels", "records": "n", "right": "right", "wrong": "wrong", "missed": "missed"}
    rows = [
        {
            **{name: getattr(each, name) for name in columns},
            "p": f"{each.precision:.3f}",
            "r": f"{each.recall:.3f}",
            "s": each.route_text,
        }
        for each in scores
    ]
    show_table({**columns, "p": "precision", "r": "recall", "s": "route"}, rows)
    for each in scores:
        for miss in each.misses:
            say(f"  {miss.label_id} {miss.kind}: {miss.organisation} · “{miss.words}” · {miss.record[:160]}")
