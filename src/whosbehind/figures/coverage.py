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
from whosbehind.phrases import phrase
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
        yield phrase("{rows} worth {amount} come from a chosen extract: this is no total of anything.", rows=rows, amount=amount)


def _about_window(question: Question, coverage: Mapping[str, Any]) -> Iterable[str]:
    if not coverage["agencies"] and not coverage["extract"]["transaction_count"]:
        yield phrase("The evidence holds no complete record of any agency asked for.")
    for agency in coverage["agencies"]:
        name, since = agency["agency"], agency["incomplete_since"]
        for span in agency["uncovered"]:
            if span["since"] or span["until"]:
                days = _days(span)
                yield phrase("The evidence does not cover {name} {days}; nothing of those days is counted.", name=name, days=days)
            else:
                yield phrase("The evidence holds no complete record of {name}.", name=name)
        ends = agency["covered"][-1]["until"] if agency["covered"] else None
        if ends and question.until is None:
            yield phrase("The evidence on {name} ends on {day}.", name=name, day=ends)
        if since:
            yield phrase(
                "Actions of {name} since {day} may still have been unreported when the evidence was received.",
                name=name,
                day=since,
            )


def _about_rows(coverage: Mapping[str, Any], taken_back: Amount | None) -> Iterable[str]:
    missing = Decimal(coverage["may_be_missing_usd"])
    if missing:
        yield phrase(
            "Up to {amount} may be missing: a paged feed repeats rows where others of the same amount should stand.",
            amount=dollars(missing),
        )
    if coverage["unread_documents"]:
        unread = count(coverage["unread_documents"], "document")
        yield phrase("{documents} kept and not read; see: whosbehind documents.", documents=unread)
    if taken_back and taken_back.transaction_count:
        yield phrase(
            "Later de-obligations took {amount} back from the awards in this window ({rows}); the figure does not subtract them.",
            amount=dollars(-taken_back.obligated_usd),
            rows=count(taken_back.transaction_count, "transaction"),
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
        return phrase("from {since} to {until}", since=since, until=until)
    return phrase("since {since}", since=since) if since else phrase("until {until}", until=until)
