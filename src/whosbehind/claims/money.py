"""Money and counts of a claim: the figure, what the evidence lacks for it, and all actions it may be about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from whosbehind.claims.claim import Check
from whosbehind.claims.covered import Covered, parts_of
from whosbehind.claims.cube import Cube
from whosbehind.claims.measured import Bench, Measured
from whosbehind.errors import Mistake
from whosbehind.figures import Figure, Question, answer, rows_behind
from whosbehind.figures.select import Named, attributions, filtered, names_of, routed
from whosbehind.phrases import Phrase, all_of, any_of, joined, phrase
from whosbehind.values import Measure, Route

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Said of a window without an end, in a claim of which nobody knows when it was published.
OPEN_END = phrase("The claim has no last day, and the day of its publication is not known.")


def figure_of(bench: Bench, question: Question) -> Figure:
    """The figure of a question, which opens its rows."""
    found = bench.once(("figure", question), lambda: answer(bench.lake, bench.atlas, question, None))
    opened = bench.open_rows or (lambda asked: rows_behind(bench.lake, bench.atlas, asked))
    return replace(found, open_rows=lambda: opened(question))


def money(bench: Bench, check: Check) -> Measured:
    """Obligations, or the number of transactions or awards, with the figure that opens its rows.

    Raises Mistake if an agency is not known; an organisation that no record names is a gap.
    """
    for name in check.question.agencies:
        bench.atlas.find_agency(name)
    try:
        question = _placed(bench, check.question)
        figure = figure_of(bench, question)
    except Mistake as error:
        what = f"{error.what[:1].upper()}{error.what[1:]}"
        return Measured(None, {}, phrase("{what} No record in the evidence names it.", what=what))
    value = bench.once(("value", check.measure, question), lambda: _counted(bench, check, figure))
    return Measured(
        value,
        figure.as_json(),
        gap_of(bench, question, figure),
        _late(question, figure),
        OPEN_END if question.until is None else None,
        Decimal(figure.coverage["may_be_missing_usd"]) if check.measure is Measure.OBLIGATIONS else Decimal(0),
        dict(figure.coverage),
        figure,
        notes=_notes(bench, question),
    )


def _notes(bench: Bench, question: Question) -> tuple[str, ...]:
    """What a product's name was taken for."""
    products = [name for name in question.organisations if bench.atlas.find_organisation(name) is None]
    return names_of(bench.lake, bench.atlas, question).notes if products else ()


def _placed(bench: Bench, question: Question) -> Question:
    """The question with the agencies that signed its award, where it names none: what others lack does not matter to it."""
    if question.agencies or not question.award:
        return question
    signed = {row["agency"] for row in _award(bench, question)}
    return replace(question, agencies=tuple(sorted(signed))) if signed <= bench.atlas.abbreviations else question


def _counted(bench: Bench, check: Check, figure: Figure) -> Decimal:
    match check.measure:
        case Measure.OBLIGATIONS:
            return figure.obligated_usd
        case Measure.TRANSACTIONS:
            return Decimal(figure.transaction_count)
        case _:
            named = names_of(bench.lake, bench.atlas, check.question)
            rows = routed(filtered(bench.lake, bench.atlas, check.question, named), bench.lake, check.question, named)
            return Decimal(rows.award_id.nunique().to_pyarrow().as_py())


def gap_of(bench: Bench, question: Question, figure: Figure) -> str | None:
    """What the evidence lacks to judge a window, in a sentence; None if it lacks nothing."""
    if question.award:
        return _gap_of_award(bench, question)
    coverage = figure.coverage
    if not question.agencies:
        return phrase("The claim names no agency, and the evidence does not hold all of them.")
    if not coverage["agencies"]:
        return phrase("The evidence holds no complete record of {name}.", name=any_of(figure.agencies))
    days = [joined(" ", (each["agency"], _days(each["uncovered"]))) for each in coverage["agencies"] if each["uncovered"]]
    if days:
        return phrase("The evidence does not cover {days}.", days=joined("; ", days))
    if question.since is None:
        return phrase("The claim has no first day, and the evidence has one.")
    asked = [bench.atlas.find_agency(name) for name in question.agencies]
    parts = parts_of(bench.atlas, asked, question.since, question.until)
    absent = {each.abbreviation for each in parts} - {each["agency"] for each in coverage["agencies"]}
    return phrase("The evidence holds nothing of {names}.", names=joined(", ", sorted(absent))) if absent else None


def _days(spans: Sequence[Mapping[str, str | None]]) -> Phrase:
    begin, today = phrase("the beginning"), phrase("today")
    return all_of(phrase("from {since} to {until}", since=each["since"] or begin, until=each["until"] or today) for each in spans)


def _award(bench: Bench, question: Question) -> list[dict[str, Any]]:
    """All actions of an award, in whatever window."""
    whole = Question(award=question.award)
    return bench.once(("rows", whole), lambda: rows_behind(bench.lake, bench.atlas, whole))


def _gap_of_award(bench: Bench, question: Question) -> str | None:
    """An award is known where its first action is in the evidence, and its agency covered from there to the end of the window."""
    rows = _award(bench, question)
    if not rows:
        return phrase("The evidence holds no action of the award {award}.", award=question.award)
    first = min(row["action_date"] for row in rows)
    if not any((row["modification_number"] or "0").strip("0") == "" for row in rows):
        return phrase(
            "The evidence begins within the award {award}, on {day}; its first action is not there.",
            award=question.award,
            day=first,
        )
    until = question.until or max(row["action_date"] for row in rows)
    for agency in sorted({row["agency"] for row in rows}):
        missing = Covered.of(bench).lacking(agency, max(first, question.since or first), until)
        if missing:
            days = all_of(phrase("from {since} to {until}", since=begin, until=end) for begin, end in missing)
            return phrase(
                "The evidence on the award {award} does not cover {name} {days}.", award=question.award, name=agency, days=days
            )
    return None


def _late(question: Question, figure: Figure) -> str | None:
    """Why the number may still grow though the window is covered."""
    if question.is_funding:
        names = any_of(figure.agencies)
        return phrase("What other agencies signed for {names} may not be in the evidence.", names=names)
    for agency in figure.coverage["agencies"]:
        if agency["incomplete_since"]:
            return phrase(
                "Actions of {name} since {day} may still have been unreported when the evidence was received.",
                name=agency["agency"],
                day=agency["incomplete_since"],
            )
    return None


def cube(bench: Bench, check: Check) -> Cube:
    """The actions a claim may be about, ready to be asked for any reading of it."""
    with_awards = check.measure is Measure.AWARDS
    wide = _widest(check.question)
    return bench.once(("cube", check.measure, wide), lambda: Cube(strands(bench, wide, with_awards), check.measure))


def _widest(question: Question) -> Question:
    """A question without window, agencies, route and sign."""
    return replace(
        question, since=None, until=None, agencies=(), route=None, names_only=False, positive_only=False, is_funding=False
    )


def strands(bench: Bench, wide: Question, with_awards: bool) -> list[dict[str, Any]]:
    """The actions of a question without window, agencies, route and sign, summed by what readings tell apart."""
    named = names_of(bench.lake, bench.atlas, wide)
    rows = filtered(bench.lake, bench.atlas, wide, named)
    rows = _flagged(bench, wide, named, rows)
    keys = {
        "action_date": rows.action_date,
        "agency_code": rows.agency_code,
        "funding_code": rows.funding_sub_agency_code,
        "is_direct": rows.is_direct,
        "is_named": rows.is_named,
        "is_direct_named": rows.is_direct_named,
        "is_positive": rows.obligated_usd > 0,
    }
    if with_awards:
        keys["award_id"] = rows.award_id
    found = rows.group_by(**keys).aggregate(obligated_usd=rows.obligated_usd.sum(), transaction_count=rows.count())
    listed: list[dict[str, Any]] = found.to_pyarrow().to_pylist()
    return listed


def _flagged(bench: Bench, question: Question, named: Named, rows: ir.Table) -> ir.Table:
    """Rows with how they reach the organisations: directly or not, by a name or only by a product."""
    import ibis

    if not named.has_organisations:
        false = ibis.literal(False)
        return rows.mutate(is_direct=false, is_named=ibis.literal(True), is_direct_named=false)
    every = _routes(bench, question, named, "is_direct")
    names = _routes(bench, replace(question, names_only=True), named, "is_direct_named").mutate(is_named=ibis.literal(True))
    joined = rows.inner_join(every, "transaction_id").left_join(names, "transaction_id").drop("transaction_id_right")
    return joined.mutate(is_named=joined.is_named.fill_null(False), is_direct_named=joined.is_direct_named.fill_null(False))


def _routes(bench: Bench, question: Question, named: Named, column: str) -> ir.Table:
    """The transactions attributed to the organisations asked for, and whether any of them is reached directly."""
    found = attributions(bench.lake, question, named)
    is_direct = (found.route == str(Route.DIRECT)).fill_null(False)
    return found.group_by("transaction_id").aggregate(**{column: is_direct.any()})
