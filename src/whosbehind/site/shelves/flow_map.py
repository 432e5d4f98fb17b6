"""The map of data flows: who gives data to whom, each kind of data as a drawing of its own, and all of it at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.atlas.tracing import step_of
from whosbehind.phrases import phrase
from whosbehind.site import address
from whosbehind.site.drawing.flows import Arrow, Graph, Place
from whosbehind.site.material import Material
from whosbehind.site.pages import DRAWN, Page
from whosbehind.site.shelves.flow_lines import End, FlowLine, flow_line, graph_of
from whosbehind.values import LooseDay

# What stands in the overview for all that is not an agency of its own there: by the kind of a body, and for companies.
HOUSES = {
    "state_or_local": phrase("States and local agencies"),
    "foreign": phrase("Foreign governments and bodies"),
    "international": phrase("Foreign governments and bodies"),
    "companies": phrase("Companies and private bodies"),
    "people": phrase("People themselves"),
    "records": phrase("Records whose holder is not named"),
    "federal": phrase("Other federal agencies"),
    "office": phrase("Other federal agencies"),
}
# Agencies that have a place of their own in the overview; those of other departments stand together.
OWN = ("ice", "cbp", "uscis", "obim", "fbi")
# Flows that pass between two of these places before an arrow of the overview shows it.
SEVERAL = 3


@dataclass(frozen=True)
class Kind:
    """A kind of data: how many flows carry it, how many of those have ended or are contested, and its page."""

    category: str
    page: str
    count: int
    ended: int
    contested: int


def map_pages(material: Material) -> Iterator[Page]:
    """The overview, the whole, and a page for each kind of data."""
    lines = tuple(flow_line(material, step_of(material.atlas, each, None)) for each in material.atlas.flows.values())
    kinds = tuple(_kinds(lines))
    yield Page(address.MAP, "map.html", partial(_overview, material, lines, kinds), {"graph": DRAWN})
    yield Page(address.WHOLE_MAP, "map_whole.html", partial(_whole, lines), {"graph": DRAWN})
    for kind in kinds:
        own = [line for line in lines if line.category == kind.category]
        yield Page(kind.page, "map_kind.html", partial(_of_kind, kind, own, kinds), {"graph": DRAWN})


def _kinds(lines: Iterable[FlowLine]) -> Iterator[Kind]:
    """The kinds of data that flow, most flows first."""
    many = Counter(line.category for line in lines)
    for category in sorted(many, key=lambda name: (-many[name], name)):
        own = [line for line in lines if line.category == category]
        yield Kind(category, address.flow_kind(category), len(own), _number(own, "ended"), _number(own, "contested"))


def _number(lines: Iterable[FlowLine], what: str) -> int:
    """How many flows have ended, or are contested whether they have ended or not."""
    return sum(what in (line.state, line.standing) for line in lines)


def _overview(material: Material, lines: Iterable[FlowLine], kinds: tuple[Kind, ...]) -> dict[str, Any]:
    houses = {end.id: _house(material, end.id) for line in lines for end in (line.origin, line.target)}
    pairs = Counter((houses[line.origin.id].id, houses[line.target.id].id) for line in lines)
    ends = {house.id: house for house in houses.values()}
    return {
        "graph": _between(lines, houses),
        "several": SEVERAL,
        "rows": _ordered(ends, [origin for origin, _ in pairs.elements()]),
        "columns": _ordered(ends, [target for _, target in pairs.elements()]),
        "pairs": dict(pairs),
        "kinds": kinds,
        "count": sum(pairs.values()),
        "end_count": len(houses),
        "ended": _number(lines, "ended"),
        "contested": _number(lines, "contested"),
    }


def _ordered(ends: Mapping[str, End], met: Iterable[str]) -> tuple[End, ...]:
    many = Counter(met)
    return tuple(ends[name] for name in sorted(many, key=lambda name: (-many[name], name)))


def _between(lines: Iterable[FlowLine], houses: Mapping[str, End]) -> Graph | None:
    """The flows that pass from one house to another, where there are several: givers on the left, receivers on the right."""
    pairs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line in lines:
        origin, target = houses[line.origin.id].id, houses[line.target.id].id
        if origin != target and line.state != "ended":
            pairs[f"from:{origin}", f"to:{target}"].append(line.category)
    arrows = tuple(
        Arrow(origin, target, tuple(Counter(sorted(listed)).most_common()))
        for (origin, target), listed in pairs.items()
        if len(listed) >= SEVERAL
    )
    ends = {f"{side}:{end.id}": end for end in houses.values() for side in ("from", "to")}
    met = dict.fromkeys(name for arrow in arrows for name in (arrow.origin, arrow.target))
    places = tuple(Place(name, ends[name].name, ends[name].page, ends[name].is_described) for name in met)
    return Graph(places, arrows) if arrows else None


def _house(material: Material, thing: str) -> End:
    """Where something stands in the overview: its agency, or the kind of body or company that it is."""
    atlas = material.atlas
    system = atlas.systems.get(thing)
    holder = system.operator_id if system else thing
    above = [holder, *atlas.wholes(holder)]
    own = next((each for each in above if each in OWN), None)
    if own:
        return End(own, atlas.name_of(own), material.page_of(own), is_described=False)
    if "dhs" in above:
        return End("dhs", phrase("Others in DHS"), material.page_of("dhs"), is_described=True)
    body = atlas.bodies.get(holder)
    kind = body.kind if body else "federal" if holder in atlas.agencies else "companies"
    return End(HOUSES[kind], HOUSES[kind], None, is_described=True)


def _years(lines: Iterable[FlowLine]) -> tuple[int, ...]:
    """The years from the first that a flow is dated in to the last."""
    dated = [LooseDay(day).first.year for line in lines for day in (line.since, line.until, line.seen) if day]
    return tuple(range(min(dated), max(dated) + 1)) if dated else ()


def _whole(lines: Iterable[FlowLine]) -> dict[str, Any]:
    return {"graph": graph_of(lines), "count": len(tuple(lines)), "years": _years(lines)}


def _of_kind(kind: Kind, lines: list[FlowLine], kinds: tuple[Kind, ...]) -> dict[str, Any]:
    ordered = sorted(
        lines, key=lambda line: (line.state in ("ended", "planned"), line.target.name.lower(), line.origin.name.lower())
    )
    return {"kind": kind, "graph": graph_of(lines), "lines": tuple(ordered), "kinds": kinds, "years": _years(lines)}
