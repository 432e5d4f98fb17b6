"""Findings on claims."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from whosbehind.claims import (
    ChangedFinding,
    Finding,
    claim_reviews,
    measured_text,
    number_text,
    relation_text,
    reply_text,
    sheet,
    value_label,
)
from whosbehind.render.prose import correction_text
from whosbehind.render.terminal import console, remark, say, show_csv, show_json
from whosbehind.values import ClaimVerdict, count

if TYPE_CHECKING:
    from whosbehind.records import CitedSource

STYLES = {
    ClaimVerdict.SUPPORTED: "green",
    ClaimVerdict.CONTRADICTED: "red",
    ClaimVerdict.GARBLED: "yellow",
    ClaimVerdict.NOT_TESTABLE: "dim",
}
COLUMNS = (
    "id verdict statement publisher date published value reading readings_tried reason rests_on is_draft needed sources snapshot"
).split()


def show_findings(findings: Sequence[Finding], output: str, with_rows: bool, sources: Mapping[str, CitedSource]) -> None:
    """Findings in the asked format."""
    if output == "json":
        show_json([finding.as_json(with_rows) for finding in findings])
    elif output == "csv":
        show_csv(COLUMNS, [_line(each) for each in _with_copies(findings)])
    elif output == "markdown":
        sys.stdout.write(sheet(findings, sources, with_rows))
    elif output == "claimreview":
        show_json(claim_reviews(findings, sources))
    else:
        _table(findings)


def _with_copies(findings: Sequence[Finding]) -> list[Finding]:
    return [each for finding in findings for each in (finding, *finding.copies)]


def _line(finding: Finding) -> dict[str, Any]:
    entry = finding.as_json()
    published = finding.claim.published
    return {
        **entry,
        "publisher": finding.claim.appeared.publisher,
        "date": finding.claim.appeared.date,
        "published": f"{published.relation} {published.value:f}" if published else None,
        "reading": "; ".join(f"{name}={value}" for name, value in (entry["reading"] or {}).items()) or None,
        "sources": "; ".join(entry["sources"]),
    }


def _table(findings: Sequence[Finding]) -> None:
    listed = _with_copies(findings)
    for finding in listed:
        _one(finding)
    totals = [(verdict, sum(each.verdict is verdict for each in listed)) for verdict in ClaimVerdict]
    say(", ".join(f"{number} {verdict}" for verdict, number in totals if number) or "No claims.", style="bold")
    drafts = sum(finding.is_draft for finding in findings)
    if drafts:
        say(f"{count(drafts, 'finding')} not signed by anybody: drafts.", style="dim")


def _one(finding: Finding) -> None:
    claim = finding.claim
    head = Text(f"{claim.id}  ", style="bold").append(Text(str(finding.verdict), style=STYLES[finding.verdict]))
    console().print(head, soft_wrap=True)
    where = ", ".join(part for part in (claim.appeared.publisher, claim.appeared.date) if part)
    say(f"  {claim.statement} ({where})")
    if claim.check and claim.published and finding.value is not None:
        measure = claim.check.measure
        value = f"{value_label(finding)} {number_text(measure, finding.value)}"
        numbers = f"  published {relation_text(claim.published, measure)} · {value}"
        if finding.repair:
            numbers += f" · other reading {number_text(measure, finding.repair.value)}"
        say(numbers)
        say(f"  computed: {measured_text(claim.check, finding.stated or {})}", style="dim")
    say(f"  {finding.reason}")
    known = claim.documented
    if known and finding.rests_on == "computation":
        say(f"  Documents add: {known.reason}")
    if known and known.confidence != "high" and known.verdict is not ClaimVerdict.NOT_TESTABLE:
        say(f"  Confidence of what documents say: {known.confidence}")
    if finding.true_instead:
        say(f"  What is true: {finding.true_instead}")
    if claim.reply:
        say(f"  {reply_text(claim.reply)}")
    for correction in claim.corrections:
        say(f"  {correction_text(correction)}")
    if finding.sources:
        say(f"  Sources: {', '.join(finding.sources)}", style="dim")
    say()


def show_changed_findings(changes: Sequence[ChangedFinding]) -> None:
    """What differs from the findings written down before, on standard error."""
    for change in changes:
        remark(f"changed: {change.id}: {change.part} was {change.before}, is {change.now}.")
