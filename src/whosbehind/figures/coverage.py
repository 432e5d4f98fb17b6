"""Coverage: which days of which agency the evidence holds, and what to say where it holds less than was asked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from whosbehind.atlas import Atlas
from whosbehind.figures.figure import Amount
from whosbehind.figures.question import Question
from whosbehind.figures.select import Lake, Named
from whosbehind.tables import COVERAGE, DOCUMENTS, SET_ASIDE
from whosbehind.values import count, dollars, usd

if TYPE_CHECKING:
    import ibis.expr.types as ir

DAY = dt.timedelta(days=1)
# Days without an action that are no gap: long weekends, the turn of a fiscal year.
_GAP = dt.timedelta(days=10)
# Contracts are reported within 5 to 30 days; the Department of Defense publishes after 90.
DELAY, DELAY_OF_DEFENCE = dt.timedelta(days=30), dt.timedelta(days=90)
Span = tuple[dt.date, dt.date]


def coverage_of(lake: Lake, atlas: Atlas, question: Question, named: Named, rows: ir.Table) -> dict[str, Any]:
    """What part of the question the evidence covers, as plain data."""
    codes = {code for agency in named.agencies for code in atlas.codes_of(agency)}
    entries = [each for each in lake.table(COVERAGE).to_pyarrow().to_pylist() if not codes or each["agency_code"] in codes]
    whole = [each for each in entries if each["is_complete"]]
    agencies = []
    for name, own in _by_agency(atlas, named, whole).items():
        spans = merged((each["first_date"], each["last_date"]) for each in own)
        agencies.append(
            {
                "agency": name,
                "covered": [_span(each) for each in spans],
                "uncovered": [_span(each) for each in uncovered(spans, question.since, question.until)],
                "incomplete_since": _incomplete_since(atlas, own, spans, question.until),
            }
        )
    extract = rows.filter(rows.is_extract)
    found = extract.aggregate(usd=extract.obligated_usd.sum(), n=extract.count()).to_pyarrow().to_pylist()[0]
    unread = lake.table(DOCUMENTS)
    return {
        "is_complete": bool(agencies)
        and all(not each["uncovered"] and not each["incomplete_since"] for each in agencies)
        and not found["n"],
        "agencies": agencies,
        "extract": {"obligated_usd": usd(found["usd"] or Decimal(0)), "transaction_count": found["n"]},
        "may_be_missing_usd": usd(_may_be_missing(lake, question, codes)),
        "unread_documents": unread.filter(unread.status == "unread").count().to_pyarrow().as_py(),
    }


def _by_agency(atlas: Atlas, named: Named, entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Entries by the abbreviation of their agency; agencies asked for stand there even without any."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for agency in named.agencies:
        if agency.kind == "agency":
            found[agency.abbreviation] = []
    for entry in entries:
        agency_of = atlas.agency_of(entry["agency_code"])
        found[agency_of.abbreviation if agency_of else entry["agency_code"]].append(entry)
    for agency in named.agencies:
        if agency.kind == "department" and not entries:
            found[agency.abbreviation] = []
    return dict(sorted(found.items()))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans joined where they touch, overlap or leave only a few days between them."""
    joined: list[Span] = []
    for first, last in sorted(spans):
        if joined and first - joined[-1][1] <= _GAP:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def uncovered(spans: list[Span], since: dt.date | None, until: dt.date | None) -> list[Span]:
    """The parts of a window that no span covers; an open end asks for nothing beyond the spans."""
    if not spans:
        return [(since or dt.date.min, until or dt.date.max)]
    start, end = since or spans[0][0], until or spans[-1][1]
    missing, place = [], start
    for first, last in spans:
        if first - place > _GAP and place <= end:
            missing.append((place, min(first - DAY, end)))
        place = max(place, last + DAY)
    if end - place >= _GAP:
        missing.append((place, end))
    return missing


def _incomplete_since(atlas: Atlas, entries: list[dict[str, Any]], spans: list[Span], until: dt.date | None) -> str | None:
    """The first day on which reports were still to come when the newest document was received."""
    if not spans:
        return None
    newest = max(entries, key=lambda each: (each["last_date"], each["received_date"]))
    agency = atlas.agency_of(newest["agency_code"])
    delay = DELAY_OF_DEFENCE if agency and agency.department_id == "dod" else DELAY
    first = newest["received_date"] - delay
    reached = min(until or newest["last_date"], newest["last_date"])
    return first.isoformat() if reached > first else None


def _may_be_missing(lake: Lake, question: Question, codes: set[str]) -> Decimal:
    table = lake.table(SET_ASIDE)
    rows = table.filter(table.may_be_missing_usd > 0)
    if codes:
        rows = rows.filter(rows.agency_code.isin(sorted(codes)))
    if question.since:
        rows = rows.filter(rows.action_date >= question.since)
    if question.until:
        rows = rows.filter(rows.action_date <= question.until)
    found = rows.may_be_missing_usd.sum().to_pyarrow().as_py()
    return Decimal(found or 0)


def warnings_of(question: Question, coverage: Mapping[str, Any], taken_back: Amount | None) -> list[str]:
    """The sentences that go with a figure, most important first."""
    return [*_about_extract(coverage), *_about_window(question, coverage), *_about_rows(coverage, taken_back)]


def _about_extract(coverage: Mapping[str, Any]) -> Iterable[str]:
    extract = coverage["extract"]
    if extract["transaction_count"]:
        rows = count(extract["transaction_count"], "row")
        amount = dollars(Decimal(extract["obligated_usd"]))
        yield f"{rows} worth {amount} come from a chosen extract: this is no total of anything."


def _about_window(question: Question, coverage: Mapping[str, Any]) -> Iterable[str]:
    if not coverage["agencies"] and not coverage["extract"]["transaction_count"]:
        yield "The evidence holds no complete record of any agency asked for."
    for agency in coverage["agencies"]:
        for span in agency["uncovered"]:
            if span["since"] or span["until"]:
                yield f"The evidence does not cover {agency['agency']} {_days(span)}; nothing of those days is counted."
            else:
                yield f"The evidence holds no complete record of {agency['agency']}."
        ends = agency["covered"][-1]["until"] if agency["covered"] else None
        if ends and question.until is None:
            yield f"The evidence on {agency['agency']} ends on {ends}."
        if agency["incomplete_since"]:
            since = f"Actions of {agency['agency']} since {agency['incomplete_since']}"
            yield f"{since} may still have been unreported when the evidence was received."


def _about_rows(coverage: Mapping[str, Any], taken_back: Amount | None) -> Iterable[str]:
    missing = Decimal(coverage["may_be_missing_usd"])
    if missing:
        yield f"Up to {dollars(missing)} may be missing: a paged feed repeats rows where others of the same amount should stand."
    if coverage["unread_documents"]:
        yield f"{count(coverage['unread_documents'], 'document')} kept and not read; see: whosbehind documents."
    if taken_back and taken_back.transaction_count:
        yield (
            f"Later de-obligations took {dollars(-taken_back.obligated_usd)} back from the awards in this window "
            f"({count(taken_back.transaction_count, 'transaction')}); the figure does not subtract them."
        )


def _span(span: Span) -> dict[str, str | None]:
    first, last = span
    return {
        "since": None if first == dt.date.min else first.isoformat(),
        "until": None if last == dt.date.max else last.isoformat(),
    }


def _days(span: Mapping[str, str | None]) -> str:
    since, until = span["since"], span["until"]
    if since and until:
        return f"from {since} to {until}"
    return f"since {since}" if since else f"until {until}"
