"""Pages of agencies and offices: what each obligated, to whom and for whose products, what it runs, and which data it gets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.figures import Question, Row
from whosbehind.figures.answer import largest_first
from whosbehind.profiles import AgencyProfile, agency_profile
from whosbehind.records import Agency
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.pages import DRAWN, PAINTED, Page
from whosbehind.site.shelves.flow_lines import lines_around, neighbourhood, tally
from whosbehind.site.shelves.known_parts import awards_of, pages_of_parts, with_verdicts
from whosbehind.site.shelves.money_lines import Paid, recipients_of, yearly_bars
from whosbehind.values import Route

# Rows, companies, recipients and flows that a page shows before it sends readers on to all of them.
SHOWN, COMPANIES, RECIPIENTS, FLOWS = 20, 25, 15, 30


@dataclass(frozen=True)
class Sold:
    """A family of companies with what an agency obligated for what it sells, by route."""

    id: str
    name: str
    page: str | None
    is_reseller: bool
    whole: Number
    by_route: Mapping[Route, Number]


@dataclass(frozen=True)
class Obligated:
    """The money of an agency; every number opens its rows."""

    whole: Number
    by_year: Mapping[int, Number]
    parts: tuple[tuple[str, str | None, Number], ...]
    companies: tuple[Sold, ...]
    family_count: int
    recipients: tuple[Paid, ...]
    recipient_count: int


@dataclass(frozen=True)
class Listed:
    """An agency in the list."""

    id: str
    name: str
    short: str
    whole: Number | None
    system_count: int
    flow_count: int


def agency_pages(material: Material) -> Iterator[Page]:
    """The list of agencies, and a page for each that rows, systems or flows lead to."""
    shown = sorted(material.public_things)
    families = _families(material)
    money = {name: _obligated(material, name, families) for name in shown}
    yield Page(address.AGENCIES, "agencies.html", partial(_list, material, money))
    for name in shown:
        yield Page(
            address.agency(name),
            "agency.html",
            partial(_described, material, name, money[name]),
            {"chart": PAINTED, "graph": DRAWN},
        )


def rows_of(material: Material, name: str) -> tuple[Row, ...]:
    """The rows of an agency, largest first; a department has those of its parts."""
    members = _members(material, name)
    if len(members) == 1:
        return material.by_agency.get(members[0], ())
    listed = [row for member in members for row in material.by_agency.get(member, ())]
    return tuple(largest_first(listed))


def _members(material: Material, name: str) -> list[str]:
    """The abbreviations by which the rows of an agency, or of a department's parts, are kept."""
    agencies = material.atlas.agencies
    if name not in agencies:
        return []
    own = [agencies[name]] if agencies[name].kind == "agency" else [e for e in agencies.values() if e.department_id == name]
    return sorted({each.abbreviation for each in own})


def _families(material: Material) -> dict[str, set[str]]:
    """By agency, the families of companies that its counted rows name."""
    found: dict[str, set[str]] = defaultdict(set)
    for listed in material.opened.attributions.values():
        for each in listed:
            found[material.opened.rows[each["transaction_id"]]["agency"]].add(each["family_id"])
    return found


def _obligated(material: Material, name: str, families: Mapping[str, set[str]]) -> Obligated | None:
    rows, about = rows_of(material, name), address.agency(name)
    if not rows:
        return None
    agency, book = material.atlas.agencies[name], material.book
    whole = book.number(Question(agencies=(agency.abbreviation,)), rows, about)
    by_year = book.by(whole, rows, "fiscal_year", about)
    named = {family for member in _members(material, name) for family in families.get(member, ())}
    return Obligated(
        whole=whole,
        by_year={year: by_year[year] for year in sorted(by_year)},
        parts=tuple(_parts(material, agency, whole)),
        companies=_companies(material, agency, named),
        family_count=len(named),
        recipients=recipients_of(material, whole, rows, about, RECIPIENTS),
        recipient_count=len({row["vendor_id"] for row in rows}),
    )


def _parts(material: Material, agency: Agency, whole: Number) -> Iterator[tuple[str, str | None, Number]]:
    """The agencies of a department that have rows, most money first."""
    if agency.kind != "department":
        return
    own = [each for each in material.atlas.agencies.values() if each.department_id == agency.id]
    found = []
    for each in own:
        rows = material.by_agency.get(each.abbreviation, ())
        if rows:
            question, about = Question(agencies=(each.abbreviation,)), address.agency(each.id)
            found.append((each.name, material.page_of(each.id), material.book.number(question, rows, about, whole)))
    yield from sorted(found, key=lambda part: (-part[2].amount.obligated_usd, part[0]))


def _companies(material: Material, agency: Agency, families: Iterable[str]) -> tuple[Sold, ...]:
    """The families most money went to for what they sell."""
    members = set(_members(material, agency.id))
    rows = {family: [r for r in material.opened.of_organisation(family) if r["agency"] in members] for family in families}
    sums = {family: sum(row["obligated_usd"] for row in own) for family, own in rows.items() if own}
    largest = sorted(sums, key=lambda family: (-sums[family], family))[:COMPANIES]
    return tuple(_sold(material, agency, family, rows[family]) for family in largest)


def _sold(material: Material, agency: Agency, family: str, rows: list[Row]) -> Sold:
    organisation, about = material.atlas.organisations.get(family), material.page_of(family) or address.agency(agency.id)
    question = Question(organisations=(family,), agencies=(agency.abbreviation,))
    whole = material.book.number(question, rows, about)
    return Sold(
        id=family,
        name=material.atlas.name_of(family),
        page=material.page_of(family),
        is_reseller=organisation is not None and organisation.kind == "reseller",
        whole=whole,
        by_route={Route(route): each for route, each in material.book.by(whole, rows, "route", about).items()},
    )


def _list(material: Material, money: Mapping[str, Obligated | None]) -> dict[str, Any]:
    atlas = material.atlas
    operated = [(system.operator_id, system.id) for system in atlas.systems.values()]
    lines = {
        name: Listed(
            id=name,
            name=_full_name(material, name),
            short=atlas.name_of(name),
            whole=each.whole if each else None,
            system_count=sum(operator == name for operator, _ in operated),
            flow_count=sum(name in (flow.from_id, flow.to_id) for flow in atlas.flows.values()),
        )
        for name, each in money.items()
    }
    paying = sorted((line for line in lines.values() if line.whole), key=_most_money)
    public = ("office", "federal")
    others = [line for line in lines.values() if not line.whole]
    offices = [line for line in others if line.id in atlas.agencies or atlas.bodies[line.id].kind in public]
    further = [line for line in others if line not in offices]
    return {"paying": paying, "offices": sorted(offices, key=_by_name), "further": sorted(further, key=_by_name)}


def _most_money(line: Listed) -> tuple[Any, ...]:
    return (-line.whole.amount.obligated_usd, line.name) if line.whole else (0, line.name)


def _by_name(line: Listed) -> str:
    return line.name.lower()


def _full_name(material: Material, name: str) -> str:
    atlas = material.atlas
    return atlas.agencies[name].name if name in atlas.agencies else atlas.bodies[name].label


def _described(material: Material, name: str, money: Obligated | None) -> dict[str, Any]:
    profile = agency_profile(material.known, name)
    lines, rows = lines_around(material, profile.flows), rows_of(material, name)
    body = material.atlas.bodies.get(name)
    return {
        "profile": {
            key: value for key, value in profile.__dict__.items() if key not in ("flows", "money", "companies", "snapshot")
        },
        "is_described": body is not None,
        "description": body.description if body else None,
        "pages": pages_of_parts(material, _named(profile), profile.contracts),
        "money": money,
        "warnings": _warnings(material, name) if money else (),
        "rows": rows[:SHOWN],
        "chart": yearly_bars(money.by_year) if money else None,
        "flows": lines[:FLOWS],
        "flow_count": len(lines),
        "graph": neighbourhood(name, profile.flows, lines),
        "tally": tally(lines),
        "awards": awards_of(material, profile.contracts),
        "claims": with_verdicts(material, profile.claims),
    }


def _warnings(material: Material, name: str) -> tuple[str, ...]:
    """What limits the figure of an agency; of a department, what limits those of its parts."""
    agencies = material.atlas.agencies
    own = [name] if agencies[name].kind == "agency" else sorted(e.id for e in agencies.values() if e.department_id == name)
    found: dict[str, None] = {}
    for each in own:
        question, rows = Question(agencies=(each,)), material.by_agency.get(agencies[each].abbreviation, ())
        if rows and question.agencies in material.opened.plain:
            found |= dict.fromkeys(material.opened.figure(question, rows).warnings)
    return tuple(found)


def _named(profile: AgencyProfile) -> Iterator[str]:
    """The ids of all that the page names, so that it can lead there."""
    yield from (each.id for each in (*profile.part_of, *profile.offices))
    yield from (each.id for each in (*profile.operates, *profile.uses, *profile.predecessors) if each.id)
    yield from (each.fact.about_id for each in profile.facts)
