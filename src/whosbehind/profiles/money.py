"""The money of a profile: one figure, broken down in several ways at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from whosbehind.attribution import is_counted
from whosbehind.figures import Amount, Figure, Group, Question, answer
from whosbehind.figures.amounts import NOTHING, added, breakdown, summed
from whosbehind.figures.select import filtered, names_of
from whosbehind.profiles.lines import Known
from whosbehind.records import Agency
from whosbehind.tables import ATTRIBUTIONS
from whosbehind.values import Route, usd

Row = dict[str, object]


@dataclass(frozen=True)
class Money:
    """A figure with its breakdowns by name; `command` opens its rows."""

    question: Question
    figure: Figure
    tables: Mapping[str, tuple[Group, ...]]
    command: str

    def opened_by(self, rows_behind: Callable[[Question], list[dict[str, Any]]]) -> Money:
        """The same with its rows at hand."""
        return replace(self, figure=replace(self.figure, open_rows=lambda: rows_behind(self.question)))

    def as_json(self) -> dict[str, Any]:
        """The figure for a machine, with each breakdown as a list of lines."""
        return {
            **replace(self.figure, by=(), groups=()).as_json(),
            "rows_command": self.command,
            **{name: [{**each.of, **each.amount.as_json()} for each in groups] for name, groups in self.tables.items()},
        }


@dataclass(frozen=True)
class Bought:
    """What an agency obligated for the products and services of a family of companies, directly and through resellers."""

    id: str
    name: str
    is_reseller: bool
    amount: Amount
    by_route: Mapping[Route, Amount]

    def as_json(self) -> dict[str, object]:
        """The family for a machine, money as strings."""
        return {
            "id": self.id,
            "name": self.name,
            "sells_what_others_make": self.is_reseller,
            **self.amount.as_json(),
            **{f"{route}_usd": usd(amount.obligated_usd) for route, amount in self.by_route.items()},
        }


def organisation_money(known: Known, organisation: str) -> Money | None:
    """What was obligated to an organisation: by agency and route, by fiscal year, and the resellers through whom."""
    if known.lake is None:
        return None
    question = Question(organisations=(organisation,), by=("agency", "route", "fiscal_year", "recipient"))
    figure = answer(known.lake, known.atlas, question, known.today)
    tables = {
        "by_agency": rolled_up(figure, ("agency", "route")),
        "by_fiscal_year": rolled_up(figure, ("fiscal_year",)),
        "by_reseller": rolled_up(figure, ("recipient",), lambda of: of["route"] == Route.RESELLER),
    }
    return Money(replace(question, by=()), figure, tables, f"whosbehind figure {organisation} --rows")


def agency_money(known: Known, agency: Agency) -> Money | None:
    """What an agency obligated, by fiscal year."""
    if known.lake is None:
        return None
    question = Question(agencies=(agency.id,), by=("fiscal_year",))
    figure = answer(known.lake, known.atlas, question, known.today)
    tables = {"by_fiscal_year": rolled_up(figure, ("fiscal_year",))}
    return Money(replace(question, by=()), figure, tables, f"whosbehind figure --agency {agency.id} --rows")


def system_money(known: Known, system: str) -> Money | None:
    """What was obligated in actions that are for a system: by recipient and by fiscal year."""
    if known.lake is None:
        return None
    question = Question(system=system, by=("recipient", "fiscal_year"))
    figure = answer(known.lake, known.atlas, question, known.today)
    tables = {"by_recipient": rolled_up(figure, ("recipient",)), "by_fiscal_year": rolled_up(figure, ("fiscal_year",))}
    return Money(replace(question, by=()), figure, tables, f"whosbehind figure --system {system} --rows")


def largest_families(known: Known, agency: Agency) -> tuple[Bought, ...]:
    """The families of companies an agency's actions name, most money first.

    A family goes by its last owner on the day of each action. An action that names two counts
    wholly for each, so the lines do not add up to what the agency obligated.
    """
    lake, question = known.lake, Question(agencies=(agency.id,))
    if lake is None:
        return ()
    rows = filtered(lake, known.atlas, question, names_of(lake, known.atlas, question))
    table = lake.table(ATTRIBUTIONS)
    counted = table.filter(is_counted(table))
    ways = counted.group_by("transaction_id", "family_id").aggregate(is_direct=(counted.route == str(Route.DIRECT)).any())
    paid = rows.inner_join(ways, "transaction_id")
    found: dict[str, dict[Route, Amount]] = defaultdict(dict)
    for row in summed(paid.group_by("family_id", "is_direct"), paid).to_pyarrow().to_pylist():
        route = Route.DIRECT if row["is_direct"] else Route.RESELLER
        found[row["family_id"]][route] = Amount(row["obligated_usd"], row["transaction_count"])
    listed = [_bought(known, family, by_route) for family, by_route in found.items()]
    return tuple(sorted(listed, key=lambda each: (-each.amount.obligated_usd, each.id)))


def _bought(known: Known, family: str, by_route: Mapping[Route, Amount]) -> Bought:
    organisation = known.atlas.organisations.get(family)
    is_reseller = organisation is not None and organisation.kind == "reseller"
    routes = {route: by_route.get(route, NOTHING) for route in Route}
    return Bought(family, known.atlas.name_of(family), is_reseller, added(routes.values()), routes)


def rolled_up(
    figure: Figure, columns: tuple[str, ...], keep: Callable[[Mapping[str, object]], bool] = lambda _: True
) -> tuple[Group, ...]:
    """The groups of a figure summed over all columns but some; years in order, else most money first."""
    totals: dict[tuple[object, ...], Amount] = defaultdict(lambda: NOTHING)
    for group in figure.groups:
        if keep(group.of):
            totals[tuple(group.of[name] for name in columns)] += group.amount
    return breakdown(columns, totals)
