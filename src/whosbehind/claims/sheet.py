"""A finding for others: a fact-check sheet in Markdown, and ClaimReview for web pages and search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from whosbehind.claims.claim import Appeared, Reply
from whosbehind.claims.finding import NOT_IN_ANY_RECORD, Finding, value_label
from whosbehind.claims.wording import measured_text, number_text, reading_text, relation_text
from whosbehind.figures import Figure
from whosbehind.records import CitedSource
from whosbehind.values import ClaimVerdict, count, dollars

# What makes a line a list, a rule or a heading where it stands first.
LINE_SIGNS = tuple("-+=")
# Rows of a figure in a sheet.
ROWS_SHOWN = 25
HEADING = ("| date | agency | obligated | recipient | award | evidence |", "| --- | --- | ---: | --- | --- | --- |")
READ = {"full": "read in full", "excerpt": "read as an excerpt", "not_read": "not read"}
# Places on a scale from 1 (false) to 5 (true), as ClaimReview wants it; what cannot be judged has none.
RATINGS = {ClaimVerdict.CONTRADICTED: 1, ClaimVerdict.GARBLED: 2, ClaimVerdict.SUPPORTED: 5}


def sheet(findings: Iterable[Finding], sources: Mapping[str, CitedSource], with_rows: bool = True) -> str:
    """A fact-check sheet: each claim with its wording, verdict, readings, rows and sources."""
    return "\n".join(line for finding in findings for line in _section(finding, sources, with_rows, "#"))


def _section(finding: Finding, sources: Mapping[str, CitedSource], with_rows: bool, level: str) -> list[str]:
    claim = finding.claim
    draft = " (draft: no person has signed this finding)" if finding.is_draft else f" (signed by {_text(claim.signed.by)})"  # type: ignore[union-attr]
    lines = [f"{level} {_text(claim.id)}: {finding.verdict}", "", f"> {_text(claim.statement)}", ""]
    where = _with_link(appeared(claim.appeared), claim.appeared.url)
    lines += [where if claim.wording == "quoted" else f"{where}; in our words", ""]
    lines += [f"**{str(finding.verdict).capitalize()}**{draft}. {_text(finding.reason)}", ""]
    lines += _numbers(finding)
    lines += _documents(finding, sources)
    for figure, what in ((finding.stated_figure, "as stated"), (finding.repaired_figure, "of the reading that gives the number")):
        lines += _rows(figure, what) if figure and with_rows else []
    if claim.reply:
        lines += [_text(reply_text(claim.reply)), ""]
    for correction in claim.corrections:
        lines += [f"Corrected on {correction.date}: {_text(correction.what)} ({_text(correction.reason)})", ""]
    lines += [NOT_IN_ANY_RECORD, ""] if finding.stated_figure else []
    lines += [f"Snapshot {finding.snapshot}.", ""] if level == "#" else []
    for copy in finding.copies:
        lines += _section(copy, sources, with_rows, level + "#")
    return lines


def _numbers(finding: Finding) -> list[str]:
    lines = []
    claim = finding.claim
    if claim.published and claim.check:
        lines.append(f"- Published: {relation_text(claim.published, claim.check.measure)}")
        lines += [f"- Computed: {_text(measured_text(claim.check, finding.stated))}"] if finding.stated else []
    if finding.value is not None and claim.check:
        lines.append(f"- {value_label(finding).capitalize()}: {number_text(claim.check.measure, finding.value)}")
    if finding.repair and claim.check:
        changed = reading_text(finding.repair.reading)
        lines.append(f"- Another reading ({_text(changed)}): {number_text(claim.check.measure, finding.repair.value)}")
    if finding.searched:
        lines.append(f"- Readings tried: {finding.searched.tried:,}")
    if finding.needed and finding.needed not in finding.reason:
        lines.append(f"- It would take: {_text(finding.needed)}")
    if claim.documented and finding.rests_on == "computation":
        lines.append(f"- Documents add: {_text(claim.documented.reason)}")
    if claim.documented and claim.documented.verdict is not ClaimVerdict.NOT_TESTABLE:
        lines.append(f"- Confidence of what documents say: {claim.documented.confidence}")
    if finding.true_instead:
        lines.append(f"- What is true: {_text(finding.true_instead)}")
    return [*lines, ""] if lines else []


def _documents(finding: Finding, sources: Mapping[str, CitedSource]) -> list[str]:
    cited = [sources[name] for name in finding.sources if name in sources]
    return ["Sources:", "", *(f"- {_with_link(source_text(each), each.url)}" for each in cited), ""] if cited else []


def _rows(figure: Figure, what: str) -> list[str]:
    rows = figure.rows
    if not rows:
        return []
    lines = [f"The {count(len(rows), 'row')} {what}, largest first:", "", *HEADING]
    for row in rows[:ROWS_SHOWN]:
        cells = (
            row["action_date"],
            row["agency"],
            dollars(row["obligated_usd"]),
            row["recipient_name"],
            row["piid"],
            row["citation"],
        )
        lines.append("| " + " | ".join(_text(str(cell)) for cell in cells) + " |")
    left = len(rows) - ROWS_SHOWN
    return [*lines, *([f"| … and {count(left, 'smaller row')} | | | | | |"] if left > 0 else []), ""]


def claim_reviews(findings: Sequence[Finding], sources: Mapping[str, CitedSource]) -> list[dict[str, Any]]:
    """ClaimReview entries (schema.org) as JSON-LD, one for each claim and copy."""
    found = []
    for finding in findings:
        found.append(_review(finding, sources))
        found += claim_reviews(finding.copies, sources)
    return found


def _review(finding: Finding, sources: Mapping[str, CitedSource]) -> dict[str, Any]:
    claim = finding.claim
    rating: dict[str, Any] = {"@type": "Rating", "alternateName": str(finding.verdict)}
    if finding.verdict in RATINGS:
        rating |= {"ratingValue": RATINGS[finding.verdict], "worstRating": 1, "bestRating": 5}
    appearance = {"@type": "CreativeWork", "headline": claim.appeared.title, "url": claim.appeared.url}
    publisher = {"@type": "Organization", "name": claim.appeared.publisher}
    item = {"@type": "Claim", "author": publisher, "datePublished": claim.appeared.date, "appearance": _present(appearance)}
    cited = [sources[name] for name in finding.sources if name in sources]
    entry = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": claim.id,
        "claimReviewed": claim.statement,
        "itemReviewed": _present(item),
        "reviewRating": rating,
        "reviewBody": finding.reason,
        "datePublished": claim.signed.date.isoformat() if claim.signed else None,
        "creativeWorkStatus": "Draft" if finding.is_draft else "Published",
        "author": {"@type": "Organization", "name": claim.signed.by} if claim.signed else None,
        "citation": [_present({"@type": "CreativeWork", "name": source_text(each), "url": each.url}) for each in cited] or None,
    }
    return _present(entry)


def _present(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value is not None}


def appeared(where: Appeared) -> str:
    """Where a claim stood, in a line."""
    title = f"“{where.title}”" if where.title else None
    read = READ[where.read] if where.read else None
    return ", ".join(part for part in (where.publisher, title, where.date, where.url, read) if part)


def source_text(source: CitedSource) -> str:
    """A source in a line: who, what, when, where, how far it was read."""
    parts = (source.publisher, source.number, source.title, source.date, source.url, f"grade {source.grade}", READ[source.read])
    return ", ".join(part for part in parts if part)


def reply_text(reply: Reply) -> str:
    """What the publisher or company answered, in a line."""
    return f"Reply of {reply.who}{f', {reply.date}' if reply.date else ''}: {reply.statement}"


def _with_link(text: str, url: str | None) -> str:
    """Text in which the URL of its source stays a link."""
    is_plain = url is not None and not set(url) & set("<>\\")
    return _text(text).replace(_text(url), f"<{url}>") if url and is_plain else _text(text)


def _text(text: str) -> str:
    """Text that Markdown takes for nothing else."""
    cleaned = " ".join(text.split())
    for sign in "\\`*_[]<>|#~":
        cleaned = cleaned.replace(sign, f"\\{sign}")
    return f"\\{cleaned}" if cleaned[:1] in LINE_SIGNS else cleaned
