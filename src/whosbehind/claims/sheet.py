"""A finding for others: a fact-check sheet in Markdown, and ClaimReview for web pages and search engines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from whosbehind.claims.claim import Appeared, Published
from whosbehind.claims.finding import NOT_IN_ANY_RECORD, Finding
from whosbehind.figures import Figure
from whosbehind.records import CitedSource
from whosbehind.values import ClaimVerdict, Measure, count, dollars

# Rows of a figure in a sheet.
ROWS_SHOWN = 25
HEADING = ("| date | agency | obligated | recipient | award | evidence |", "| --- | --- | ---: | --- | --- | --- |")
RELATIONS = {"at_least": "at least", "about": "about", "exactly": "exactly", "at_most": "at most"}
# Places on a scale from 1 (false) to 5 (true), as ClaimReview wants it; what cannot be judged has none.
RATINGS = {ClaimVerdict.CONTRADICTED: 1, ClaimVerdict.GARBLED: 2, ClaimVerdict.SUPPORTED: 5}


def sheet(findings: Iterable[Finding], sources: Mapping[str, CitedSource], with_rows: bool = True) -> str:
    """A fact-check sheet: each claim with its wording, verdict, readings, rows and sources."""
    return "\n".join(line for finding in findings for line in _section(finding, sources, with_rows, "#"))


def _section(finding: Finding, sources: Mapping[str, CitedSource], with_rows: bool, level: str) -> list[str]:
    claim = finding.claim
    draft = " (draft: no person has signed this finding)" if finding.is_draft else f" (signed by {_text(claim.signed.by)})"  # type: ignore[union-attr]
    lines = [f"{level} {_text(claim.id)}: {finding.verdict}", "", f"> {_text(claim.statement)}", ""]
    lines += [f"{_text(appeared(claim.appeared))}{'' if claim.wording == 'quoted' else ', in our words'}", ""]
    lines += [f"**{str(finding.verdict).capitalize()}**{draft}. {_text(finding.reason)}", ""]
    lines += _numbers(finding)
    lines += _documents(finding, sources)
    for figure, what in ((finding.stated_figure, "as stated"), (finding.repaired_figure, "of the reading that gives the number")):
        lines += _rows(figure, what) if figure and with_rows else []
    if claim.reply:
        lines += [f"Reply of {_text(claim.reply.who)}: {_text(claim.reply.statement)}", ""]
    for correction in claim.corrections:
        lines += [f"Corrected on {correction.date}: {_text(correction.what)} ({_text(correction.reason)})", ""]
    lines += [f"{NOT_IN_ANY_RECORD} Snapshot {finding.snapshot}.", ""] if level == "#" else []
    for copy in finding.copies:
        lines += _section(copy, sources, with_rows, level + "#")
    return lines


def _numbers(finding: Finding) -> list[str]:
    lines = []
    claim = finding.claim
    if claim.published and claim.check:
        lines.append(f"- Published: {relation_text(claim.published, claim.check.measure)}")
    if finding.value is not None and claim.check:
        lines.append(f"- As stated: {number_text(claim.check.measure, finding.value)}")
    if finding.repair and claim.check:
        changed = ", ".join(f"{name} {value}" for name, value in finding.repair.reading.as_json().items())
        lines.append(f"- Another reading ({changed}): {number_text(claim.check.measure, finding.repair.value)}")
    if finding.searched:
        lines.append(f"- Readings tried: {finding.searched.tried:,}")
    if finding.needed:
        lines.append(f"- It would take: {_text(finding.needed)}")
    if claim.documented and finding.rests_on == "computation":
        lines.append(f"- Documents add: {_text(claim.documented.reason)}")
    if claim.documented and claim.documented.true_instead:
        lines.append(f"- What is true: {_text(claim.documented.true_instead)}")
    return [*lines, ""] if lines else []


def _documents(finding: Finding, sources: Mapping[str, CitedSource]) -> list[str]:
    cited = [sources[name] for name in finding.sources if name in sources]
    return ["Sources:", "", *(f"- {_text(source_text(each))}" for each in cited), ""] if cited else []


def _rows(figure: Figure, what: str) -> list[str]:
    rows = figure.rows
    if not rows:
        return []
    lines = [
        f"The {count(len(rows), 'row')} {what}, largest first:",
        "",
        "| date | agency | obligated | recipient | award | evidence |",
    ]
    lines.append("| --- | --- | ---: | --- | --- | --- |")
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
    return ", ".join(part for part in (where.publisher, title, where.date, where.url) if part)


def source_text(source: CitedSource) -> str:
    """A source in a line: who, what, when, where, how far it was read."""
    read = {"full": "read in full", "excerpt": "read as an excerpt", "not_read": "not read"}[source.read]
    parts = (source.publisher, source.number, source.title, source.date, source.url, f"grade {source.grade}", read)
    return ", ".join(part for part in parts if part)


def relation_text(published: Published, measure: Measure) -> str:
    """A published number with its relation."""
    return f"{RELATIONS[published.relation]} {number_text(measure, published.value)}"


def number_text(measure: Measure, value: Decimal) -> str:
    """A measured number for a person."""
    if measure is Measure.OBLIGATIONS:
        return dollars(value)
    if measure is Measure.SHARE:
        return f"{value * 100:.1f}%"
    return f"{value.normalize():,f}"


def _text(text: str) -> str:
    """Text that Markdown takes for nothing else."""
    cleaned = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        cleaned = cleaned.replace(sign, f"\\{sign}")
    return cleaned
