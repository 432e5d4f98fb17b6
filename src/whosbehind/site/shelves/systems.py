"""Pages of government systems: what each does, who runs and builds it, what is known to be paid for it, what flows where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.figures import Question, Row
from whosbehind.phrases import phrase
from whosbehind.profiles import Line, SystemProfile, system_profile
from whosbehind.profiles.lines import ContractLine
from whosbehind.records import CitedSource
from whosbehind.site import address
from whosbehind.site.drawing.timeline import Dated
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.pages import DRAWN, PAINTED, Page
from whosbehind.site.shelves.flow_lines import FlowLine, lines_around, neighbourhood, tally
from whosbehind.site.shelves.known_parts import awards_of, pages_of_parts, with_verdicts
from whosbehind.site.shelves.money_lines import Paid, recipients_of, yearly_bars
from whosbehind.values import text_of

# Rows and recipients that a page shows before it sends readers on to all of them.
SHOWN, RECIPIENTS = 20, 15
# Statuses that last.
LASTING = ("active", "pilot", "paused")
# Its drawings, by their names in what the page shows.
CHARTS = {"chart": PAINTED, "graph": PAINTED, "timeline": DRAWN}


@dataclass(frozen=True)
class Spent:
    """What is known to have been obligated for a system; every number opens its rows."""

    whole: Number
    by_year: Mapping[int, Number]
    recipients: tuple[Paid, ...]


@dataclass(frozen=True)
class Listed:
    """A system in the list: its names, its operator, what is known of its money, and how many flows it has."""

    id: str
    name: str
    acronym: str | None
    kind: str
    operator: str
    operator_page: str | None
    status: str | None
    spent: Number | None
    flow_count: int


def system_pages(material: Material) -> Iterator[Page]:
    """The list of systems, and a page for each."""
    spent = {name: _spent(material, name) for name in sorted(material.atlas.systems)}
    yield Page(address.SYSTEMS, "systems.html", partial(_list, material, spent))
    for name, money in spent.items():
        yield Page(address.system(name), "system.html", partial(_described, material, name, money), CHARTS)


def _spent(material: Material, name: str) -> Spent | None:
    about, rows = address.system(name), material.opened.picked(material.opened.systems.get(name, frozenset()))
    if not rows:
        return None
    whole = material.book.number(Question(system=name), rows, about)
    by_year = material.book.by(whole, rows, "fiscal_year", about)
    return Spent(
        whole, {year: by_year[year] for year in sorted(by_year)}, recipients_of(material, whole, rows, about, RECIPIENTS)
    )


def _list(material: Material, spent: Mapping[str, Spent | None]) -> dict[str, Any]:
    lines = [_listed(material, name, money) for name, money in spent.items()]
    groups: dict[str, list[Listed]] = defaultdict(list)
    for line in sorted(lines, key=lambda line: (line.acronym or line.name).lower()):
        groups[_house(material, line.id)].append(line)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return {"groups": ordered, "count": len(lines), "with_money": sum(line.spent is not None for line in lines)}


def _house(material: Material, name: str) -> str:
    """The agency or company under which a system is listed: of an office, the agency that it is part of."""
    atlas, operator = material.atlas, material.atlas.systems[name].operator_id
    above = [operator, *atlas.wholes(operator)]
    agency = next((each for each in above if each in atlas.agencies), None)
    return atlas.agencies[agency].name if agency else atlas.name_of(operator)


def _listed(material: Material, name: str, money: Spent | None) -> Listed:
    system = material.atlas.systems[name]
    operator = material.atlas.name_of(system.operator_id)
    flows = [flow for flow in material.atlas.flows.values() if name in (flow.from_id, flow.to_id)]
    status = system.statuses[-1].status if system.statuses else None
    return Listed(
        id=name,
        name=system.name,
        acronym=system.acronym,
        kind=system.kind,
        operator=operator,
        operator_page=material.page_of(system.operator_id),
        status=status,
        spent=money.whole if money else None,
        flow_count=len(flows),
    )


def _described(material: Material, name: str, money: Spent | None) -> dict[str, Any]:
    profile = system_profile(material.known, name)
    lines = lines_around(material, profile.flows)
    rows: tuple[Row, ...] = material.opened.picked(material.opened.systems.get(name, frozenset()))
    return {
        "profile": _without_flows(profile),
        "pages": pages_of_parts(material, _named(profile), profile.contracts),
        "spent": money,
        "figure": material.opened.figure(Question(), rows) if money else None,
        "rows": rows[:SHOWN],
        "chart": yearly_bars(money.by_year) if money else None,
        "flows": lines,
        "graph": neighbourhood(name, profile.flows, lines),
        "tally": tally(lines),
        "awards": awards_of(material, profile.contracts),
        "claims": with_verdicts(material, profile.claims),
        "timeline": _timeline(profile, lines),
        "today": material.day,
    }


def _without_flows(profile: SystemProfile) -> dict[str, Any]:
    """What the template shows of a profile."""
    return {key: value for key, value in profile.__dict__.items() if key not in ("flows", "money", "snapshot")}


def _named(profile: SystemProfile) -> Iterator[str]:
    """The ids of all that the page names, so that it can lead there."""
    yield from (each.id for each in (*profile.operator, *profile.modules))
    yield from (each.id for each in (*profile.parts, *profile.predecessors, *profile.successors) if each.id)
    if profile.part_of:
        yield profile.part_of.id


def _timeline(profile: SystemProfile, flows: Iterable[FlowLine]) -> tuple[Dated, ...]:
    """All that is dated, by lane, in the order of time; empty where too little is to draw."""
    listed = [
        *_statuses(profile.statuses),
        *(_contract(line) for line in profile.contracts),
        *(_published(each) for each in profile.documents),
        *(Dated(phrase("flow began"), line.since, None, _passing(line)) for line in flows),
        *(Dated(phrase("flow ended"), line.until, None, _passing(line)) for line in flows if line.state == "ended"),
    ]
    dated = [each for each in listed if each.since or each.until]
    return tuple(dated) if len(dated) > 1 else ()


def _statuses(lines: Sequence[Line]) -> Iterator[Dated]:
    """What a system was, in turn: what has no end of its own lasts until the next began, and the last one until today."""
    for place, line in enumerate(lines):
        lasts = line.name in LASTING
        next_began = next((each.since for each in lines[place + 1 :] if each.since), None)
        until = line.until or (next_began if lasts else None)
        lane = phrase("status: {status}", status=phrase(line.name))
        yield Dated(lane, line.since, until, line.note or line.name, is_open=lasts and until is None)


def _contract(line: ContractLine) -> Dated:
    since, until = line.contract.since, line.contract.until
    return Dated(phrase("contract"), text_of(since), text_of(until), line.contract.title)


def _published(each: CitedSource) -> Dated:
    return Dated(phrase("document"), each.date, None, each.title)


def _passing(line: FlowLine) -> str:
    ends = {"origin": line.origin.name, "target": line.target.name}
    return phrase("{origin} → {target}: {category}", **ends, category=phrase(line.category))
