"""A number a company reported in a filing, with the places that state it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from whosbehind.figures.figure import Row, citation
from whosbehind.figures.select import Lake
from whosbehind.phrases import phrase
from whosbehind.tables import REPORTED_FACTS
from whosbehind.values import clean_name


@dataclass(frozen=True)
class FactQuestion:
    """Which reported number is meant.

    `entity` is the filer's number (CIK) or name, legal forms aside; `concept` the concept with or
    without the filing's prefix; `since` and `until` are the first and last day of the period,
    both the same for a number that holds on one day. `member` is the part of the company, with
    or without prefix, such as `AmazonWebServicesSegmentMember`; None is the whole company.
    """

    entity: str
    concept: str
    since: dt.date
    until: dt.date
    member: str | None = None


@dataclass(frozen=True)
class ReportedFact:
    """The number in the unit stated, with the rows that state it; `reason` says why there is none."""

    question: FactQuestion
    value: Decimal | None
    unit: str | None
    rows: tuple[Row, ...]
    citations: tuple[str, ...]
    reason: str | None


def reported(lake: Lake, question: FactQuestion) -> ReportedFact:
    """The number as the filing received last states it.

    There is none where no filing states it, or where one states two values for it: the less
    precise of two that agree when rounded yields to the more precise.
    """
    rows = _rows(lake, question)
    documents = lake.documents()
    newest = max((documents[row["document_id"]] for row in rows), key=_received, default=None)
    if newest is None:
        return ReportedFact(question, None, None, (), (), phrase("No filing in the evidence states it."))
    own = sorted((row for row in rows if row["document_id"] == newest["document_id"]), key=lambda row: int(row["row"]))
    best = max(own, key=lambda row: (_precision(row), -row["row"]))
    cited = tuple(citation(row, newest) for row in own)
    if not all(row["unit"] == best["unit"] and _agrees(row, best) for row in own):
        return ReportedFact(question, None, None, tuple(own), cited, phrase("One filing states two values for it."))
    return ReportedFact(question, best["value"], best["unit"], tuple(own), cited, None)


def _rows(lake: Lake, question: FactQuestion) -> list[Row]:
    table = lake.table(REPORTED_FACTS)
    starts = table.period_start_date.isnull() if question.since == question.until else table.period_start_date == question.since
    local = table.concept.split(":")[-1]
    stated = table.filter(table.value.notnull(), starts, table.period_end_date == question.until)
    stated = stated.filter((table.concept == question.concept) | (local == question.concept))
    found: list[Row] = stated.order_by("document_id", "row").to_pyarrow().to_pylist()
    return [row for row in found if _is_of(row, question.entity) and _is_part(row["segment"], question.member)]


def _is_of(row: Row, entity: str) -> bool:
    if entity.strip().isdigit():
        return str(row["entity_id"]).lstrip("0") == entity.strip().lstrip("0")
    return clean_name(row["entity_name"] or "") == clean_name(entity)


def _is_part(segment: str | None, member: str | None) -> bool:
    """Whether a fact is for exactly this part of the company: one axis, or none."""
    if segment is None or member is None:
        return segment is None and member is None
    stated = segment.partition("=")[2]
    return ";" not in segment and member in (stated, stated.rpartition(":")[2])


def _received(document: Row) -> tuple[dt.date, str]:
    return (document["received_date"], document["document_id"])


def _precision(row: Row) -> int:
    """Decimals that are stated to be right; more than any number has where the number is exact."""
    stated = row["decimals"]
    return 99 if stated in (None, "INF") else int(stated)


def _agrees(row: Row, best: Row) -> bool:
    """Whether a number is the more precise one, rounded as far as it says."""
    places = _precision(row)
    return bool(row["value"] == best["value"]) or abs(row["value"] - best["value"]) <= Decimal(1).scaleb(-places) / 2
