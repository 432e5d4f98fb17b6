"""Answering a question: the sums, the breakdown, the coverage, and the rows behind them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from whosbehind.atlas import Atlas
from whosbehind.figures.amounts import NOTHING, added, amount, amount_of, breakdown, summed
from whosbehind.figures.coverage import coverage_of, warnings_of
from whosbehind.figures.figure import ROW_COLUMNS, Alternative, Amount, Figure, Group, Row, Window, citation
from whosbehind.figures.question import Question
from whosbehind.figures.select import Lake, Named, attributions, filtered, names_of, routed, selected
from whosbehind.tables import TRANSACTIONS
from whosbehind.values import Route

if TYPE_CHECKING:
    import ibis.expr.types as ir

BASIS = "net obligations: federal_action_obligation summed over transactions, de-obligations included"
POSITIVE = "positive obligations: federal_action_obligation summed over transactions, de-obligations left out"


def answer(lake: Lake, atlas: Atlas, question: Question, today: dt.date | None) -> Figure:
    """The figure a question leads to; beside it what inheritance would add and what today's owners would make of it.

    Without `today` these two are left out. Raises Mistake if it names an agency, organisation or recipient that is not known.
    """
    named = names_of(lake, atlas, question)
    every = filtered(lake, atlas, question, named)
    rows = routed(every, lake, question, named)
    total, by_route = _amounts(rows, named)
    roles = sorted(str(role) for role in rows.select("agency_role").distinct().to_pyarrow()["agency_role"].to_pylist())
    coverage = coverage_of(lake, atlas, question, named, rows)
    taken_back = _taken_back_later(lake, question, rows)
    return Figure(
        amount=total,
        by_route=by_route,
        window=Window(question.since, question.until),
        agencies=tuple(agency.abbreviation for agency in named.agencies),
        agency_role="funding" if question.is_funding else " or ".join(roles) or "awarding",
        organisations=(*named.organisation_ids, *named.vendors),
        basis=POSITIVE if question.positive_only else BASIS,
        snapshot=lake.snapshot.id,
        coverage=coverage,
        filters=_filters(question),
        as_of=question.as_of,
        known=question.known,
        taken_back_later=taken_back,
        warnings=(*named.notes, *warnings_of(question, coverage, taken_back)),
        has_inherited=question.inherited,
        with_inherited=_with_inherited(every, lake, question, named, total) if today else None,
        as_owned_today=_as_owned(every, lake, question, named, total, today) if today else None,
        by=question.by,
        groups=_groups(lake, atlas, question, named, rows) if question.by else (),
    )


def _with_inherited(every: ir.Table, lake: Lake, question: Question, named: Named, total: Amount) -> Alternative | None:
    """The figure with what later actions inherit from their award, where organisations were asked for without it."""
    if question.inherited or not named.organisation_ids:
        return None
    return _alternative(every, lake, replace(question, inherited=True), named, total)


def _as_owned(every: ir.Table, lake: Lake, question: Question, named: Named, total: Amount, today: dt.date) -> Alternative | None:
    """The figure with today's owners, where organisations were asked for with each action's own."""
    if question.as_of or not named.organisation_ids:
        return None
    return replace(_alternative(every, lake, replace(question, as_of=today), named, total), date=today)


def _alternative(every: ir.Table, lake: Lake, question: Question, named: Named, total: Amount) -> Alternative:
    other, _ = _amounts(routed(every, lake, question, named), named)
    return Alternative(other, other.obligated_usd - total.obligated_usd)


def _filters(question: Question) -> dict[str, str]:
    asked = {
        name: getattr(question, name) for name in ("route", "award", "recipient", "office", "psc", "words", "system", "product")
    }
    return {name: str(value) for name, value in asked.items() if value} | ({"names": "only"} if question.names_only else {})


def _amounts(rows: ir.Table, named: Named) -> tuple[Amount, dict[str, Amount]]:
    found = summed(rows.group_by("route"), rows)
    amounts = {row["route"]: amount(row) for row in found.to_pyarrow().to_pylist()}
    by_route = {str(route): amounts.get(str(route), NOTHING) for route in Route} if named.has_organisations else {}
    return added(amounts.values()), by_route


def _groups(lake: Lake, atlas: Atlas, question: Question, named: Named, rows: ir.Table) -> tuple[Group, ...]:
    if "organisation" in question.by:  # then the route is each organisation's own, not that of the set
        own = attributions(lake, question, named).select("transaction_id", "organisation_id", "route")
        rows = rows.drop("route").inner_join(own, "transaction_id")
    rows = rows.mutate(**{f"by_{name}": _grouping(rows, name) for name in question.by})
    keys = [f"by_{name}" for name in question.by]
    found = summed(rows.group_by(keys), rows).to_pyarrow().to_pylist()
    merged: dict[tuple[Any, ...], Amount] = defaultdict(lambda: NOTHING)
    for row in found:
        key = tuple(_shown(atlas, name, row[f"by_{name}"]) for name in question.by)
        merged[key] += amount(row)
    return breakdown(question.by, merged)


def _grouping(rows: ir.Table, name: str) -> ir.Value:
    columns = {
        "agency": lambda: rows.agency_code,
        "recipient": lambda: rows.recipient_name,
        "organisation": lambda: rows.organisation_id,
        "office": lambda: rows.awarding_office_name.coalesce(rows.awarding_office_code),
        "psc": lambda: rows.psc_code.coalesce(rows.psc_name),
        "award": lambda: rows.award_id,
        "year": lambda: rows.action_date.year().cast("int64"),
        "month": lambda: rows.action_date.strftime("%Y-%m"),
    }
    return columns[name]() if name in columns else rows[name]


def _shown(atlas: Atlas, name: str, value: Any) -> Any:
    if name != "agency":
        return value
    agency = atlas.agency_of(value)
    return agency.abbreviation if agency else value


def _taken_back_later(lake: Lake, question: Question, rows: ir.Table) -> Amount | None:
    """What de-obligations after a closed window took back from the awards inside it."""
    if question.until is None:
        return None
    every = lake.table(TRANSACTIONS)
    later = every.filter(~every.is_latest_only & (every.action_date > question.until) & (every.obligated_usd < 0))
    own = later.semi_join(rows.select("award_id").distinct(), "award_id")
    return amount_of(own)


def rows_behind(lake: Lake, atlas: Atlas, question: Question) -> list[Row]:
    """The transactions of a figure, each once, largest first; their obligations sum to the figure."""
    named = names_of(lake, atlas, question)
    rows = selected(lake, atlas, question, named)
    wanted = (
        "award_id piid modification_number action_date obligated_usd agency_code recipient_name description route "
        "transaction_id psc_name document_id row"
    )
    found = rows.select(*wanted.split()).to_pyarrow().to_pylist()
    judged = _judgements(lake, question, named, rows) if named.has_organisations else {}
    documents = lake.documents()
    listed = [published_row(atlas, row, judged.get(row["transaction_id"], []), documents[row["document_id"]]) for row in found]
    return largest_first(listed)


def largest_first(rows: Iterable[Row]) -> list[Row]:
    """Rows as figures list them."""
    return sorted(rows, key=lambda row: (-row["obligated_usd"], row["action_date"], row["transaction_id"]))


def _judgements(lake: Lake, question: Question, named: Named, rows: ir.Table) -> dict[str, list[Row]]:
    table = attributions(lake, question, named).semi_join(rows, "transaction_id").order_by("transaction_id", "organisation_id")
    judged: dict[str, list[Row]] = defaultdict(list)
    for each in table.to_pyarrow().to_pylist():
        judged[each["transaction_id"]].append(each)
    return judged


def published_row(atlas: Atlas, row: Row, judged: list[Row], document: Row) -> Row:
    """One row in the published columns; where several organisations share it, their ids stand behind each other."""
    joined = {
        name: "; ".join(dict.fromkeys(str(each[name]) for each in judged if each[name] is not None)) or None
        for name in ("organisation_id", "role", "confidence", "matched", "because", "field", "rule", "named_id", "family_id")
    }
    entry = {
        **row,
        **joined,
        "is_shared": any(each["is_shared"] for each in judged) if judged else None,
        "agency": _shown(atlas, "agency", row["agency_code"]),
        "usaspending_url": f"https://www.usaspending.gov/award/{row['award_id']}",
        "file_name": document["file_name"],
        "citation": citation(row, document),
    }
    return {name: entry[name] for name in ROW_COLUMNS}
