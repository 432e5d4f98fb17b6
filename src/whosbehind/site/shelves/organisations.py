"""Pages of companies: what was obligated for what they sell, directly and through whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from whosbehind.figures import Question, Row
from whosbehind.figures.opened import total
from whosbehind.profiles import organisation_profile
from whosbehind.site import address
from whosbehind.site.drawing.bars import Bar, bars
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number, largest
from whosbehind.site.pages import PAINTED, Page, spread
from whosbehind.site.shelves.company_parts import Companies, parts_of
from whosbehind.values import Route

# Rows, resellers and products that a page shows before it sends readers on to all of them.
SHOWN = 20
# Companies on one page of the list.
LISTED = 500
# Rows of which a chart is drawn at least.
FEWEST_DRAWN = 20


@dataclass(frozen=True)
class Bought:
    """The money of a company: in all, by route, and split further; every number opens its rows."""

    whole: Number
    by_route: Mapping[Route, Number]
    by_year: Mapping[int, Mapping[Route, Number]]
    by_agency: Mapping[str, Mapping[Route, Number]]
    resellers: tuple[tuple[str, Number], ...]
    products: tuple[tuple[str, Number], ...]
    with_inherited: Number | None
    as_owned_today: Number | None


def organisation_pages(material: Material) -> Iterator[Page]:
    """The list of companies, and a page for each that money, a system, a flow or a claim leads to."""
    bought = {name: _bought(material, name) for name in sorted(material.opened.attributions)}
    yield from _lists(material, bought)
    companies = Companies(material)
    for name in sorted(material.described):
        yield Page(
            address.organisation(name),
            "organisation.html",
            partial(_described, companies, name, bought.get(name)),
            {"chart": PAINTED},
        )


def _bought(material: Material, name: str) -> Bought:
    opened, book, about = material.opened, material.book, address.organisation(name)
    rows = opened.of_organisation(name)
    whole = book.number(Question(organisations=(name,)), rows, about)
    by_route = book.by(whole, rows, "route", about)
    through = [row for row in rows if row["route"] == Route.RESELLER]
    resellers = book.by(by_route[Route.RESELLER], through, "vendor_id", about) if through else {}
    return Bought(
        whole,
        {Route(route): number for route, number in by_route.items()},
        {
            year: _routes(material, number, own, about)
            for year, number, own in _split(material, whole, rows, "fiscal_year", about)
        },
        {name: _routes(material, number, own, about) for name, number, own in _split(material, whole, rows, "agency", about)},
        tuple(largest(resellers)),
        tuple(largest(_products(material, name, whole, rows, about))),
        _otherwise(material, whole, replace(whole.question, inherited=True), opened.with_inherited(name)),
        _otherwise(material, whole, replace(whole.question, as_of=opened.today), opened.as_owned_today(name)),
    )


def _otherwise(material: Material, whole: Number, question: Question, rows: tuple[Row, ...]) -> Number | None:
    """What a company's money is under another reading, where that is another number."""
    if total(rows) == whole.amount:
        return None
    return material.book.number(question, rows, address.organisation(question.organisations[0]))


def _split(
    material: Material, whole: Number, rows: tuple[Row, ...], column: str, about: str
) -> Iterator[tuple[Any, Number, list[Row]]]:
    for value, number in sorted(material.book.by(whole, rows, column, about).items()):
        yield value, number, [row for row in rows if row[column] == value]


def _routes(material: Material, number: Number, rows: list[Row], about: str) -> dict[Route, Number]:
    return {Route(route): each for route, each in material.book.by(number, rows, "route", about).items()}


def _products(material: Material, name: str, whole: Number, rows: tuple[Row, ...], about: str) -> dict[str, Number]:
    """What actions that count for a company name of its products."""
    found = {}
    for product in material.atlas.organisations[name].products:
        named = material.opened.products.get(product.id, frozenset())
        own = [row for row in rows if row["transaction_id"] in named]
        if own:
            found[product.id] = material.book.number(Question(organisations=(name,), product=product.id), own, about, whole)
    return found


def _lists(material: Material, bought: Mapping[str, Bought]) -> Iterator[Page]:
    """The companies by what was obligated for what they sell, most first."""
    names = sorted(bought, key=lambda name: (-bought[name].whole.amount.obligated_usd, name))
    for own, place in spread(names, LISTED):
        lines = tuple((name, material.atlas.organisations[name].name, bought[name].whole) for name in own)
        shown = {"lines": lines, "count": len(names), **place}
        yield Page(address.further(address.ORGANISATIONS, place["part"]), "organisations.html", partial(dict, shown))


def _described(companies: Companies, name: str, bought: Bought | None) -> dict[str, Any]:
    material = companies.material
    rows, profile = material.opened.of_organisation(name), organisation_profile(material.known, name)
    return {
        **parts_of(companies, profile, bought.resellers if bought else (), bought.products if bought else ()),
        "profile": profile,
        "bought": bought,
        "figure": material.opened.figure(Question(organisations=(name,)), rows) if bought else None,
        "rows": rows[:SHOWN],
        "chart": _chart(bought) if bought and _is_worth_drawing(bought) else None,
    }


def _is_worth_drawing(bought: Bought) -> bool:
    """Whether a chart shows more than the table beside it: several years, and rows enough."""
    return len(bought.by_year) > 1 and bought.whole.amount.transaction_count >= FEWEST_DRAWN


def _chart(bought: Bought) -> Any:
    listed = [
        Bar(str(year), {route: routes[route].amount.obligated_usd for route in Route if route in routes})
        for year, routes in bought.by_year.items()
    ]
    return bars(listed)
