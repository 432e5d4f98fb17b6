"""Flows of data, drawn from left to right: boxes with names, arrows by kind of data and by how sure they are."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from whosbehind.site.drawing.layers import Layers, Spot, layered
from whosbehind.site.drawing.picture import Picture, element
from whosbehind.values import DataCategory

# Kinds of data that share a colour and a dash, by class; the words beside each arrow say which it is.
GROUPS: dict[str, tuple[DataCategory, ...]] = {
    "person": (DataCategory.BIOMETRICS, DataCategory.IDENTITY, DataCategory.FAMILY, DataCategory.VOTER, DataCategory.EDUCATION),
    "place": (
        DataCategory.ADDRESS,
        DataCategory.HOUSING,
        DataCategory.LOCATION,
        DataCategory.TRAVEL,
        DataCategory.UTILITIES,
        DataCategory.VEHICLE,
    ),
    "speech": (DataCategory.COMMUNICATIONS, DataCategory.SOCIAL_MEDIA),
    "means": (
        DataCategory.BENEFITS,
        DataCategory.EMPLOYMENT,
        DataCategory.FINANCIAL,
        DataCategory.HEALTH,
        DataCategory.TAX,
        DataCategory.TRADE,
    ),
    "files": (DataCategory.CASE_RECORDS, DataCategory.COURT_RECORDS, DataCategory.CRIMINAL_JUSTICE, DataCategory.IMMIGRATION),
    "several": (DataCategory.SEVERAL,),
}
GROUP_OF = {str(category): group for group, listed in GROUPS.items() for category in listed}
# What stands on an arrow that is not plainly in force, by state, in the order in which a group of flows shows it.
MARKS = {"contested": "≠", "doubtful": "?", "planned": "…", "ended": "×"}
# What stands behind the words of an arrow: more flows of that kind, further kinds.
TIMES, FURTHER = "×2", "+2"
# Width of a box and of the room between two columns; height of a line of text; room in a box, between arrows, and around all.
BOX, GAP, LINE, PAD, PORT, EDGE = 184.0, 190.0, 17.0, 9.0, 18.0, 10.0
# Letters in a line of a box and in the words of an arrow that names two kinds; how far it runs level under them.
LETTERS, SHORT, LEVEL = 22, 16, 116.0
# Arrows that may leave a box before their words move to the other end.
BUSY = 6
Words = Callable[[str], str]
Link = Callable[[str], str] | None


@dataclass(frozen=True)
class Place:
    """A box: what it stands for, the page it leads to, and whether its name is a description that can be translated."""

    id: str
    name: str
    page: str | None = None
    is_described: bool = False
    is_centre: bool = False


@dataclass(frozen=True)
class Arrow:
    """Flows between two boxes that look alike: their categories with how many each, their state, and their days."""

    origin: str
    target: str
    categories: tuple[tuple[str, int], ...]
    state: str = ""
    since: str = ""
    until: str = ""

    @property
    def count(self) -> int:
        """How many flows it stands for."""
        return sum(number for _, number in self.categories)

    @property
    def group(self) -> str:
        """The class of its colour: that of all its categories, or of several."""
        found = {GROUP_OF[name] for name, _ in self.categories}
        return found.pop() if len(found) == 1 else "several"


@dataclass(frozen=True)
class Graph:
    """Boxes and the arrows between them, before anything has its place."""

    places: tuple[Place, ...]
    arrows: tuple[Arrow, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The classes of data that it shows, in the order of the legend."""
        found = {arrow.group for arrow in self.arrows}
        return tuple(group for group in GROUPS if group in found)

    @property
    def states(self) -> tuple[str, ...]:
        """The states that it shows, in the order of the legend."""
        found = {arrow.state for arrow in self.arrows}
        return tuple(state for state in MARKS if state in found)


@dataclass(frozen=True)
class _Point:
    """A point of a line: where it enters a column and where it leaves it."""

    enters: float
    leaves: float
    y: float


def drawn(graph: Graph, words: Words, link: Link) -> Picture:
    """A graph as a drawing; `words` translates, `link` makes a page's address, without which no box leads anywhere.

    Raises ValueError if it has no arrows.
    """
    if not graph.arrows:
        raise ValueError("a drawing of flows needs at least one arrow")
    lines = {place.id: _wrapped(place, words) for place in graph.places}
    numbers = {place.id: number for number, place in enumerate(graph.places)}
    heights = _heights(graph, lines, numbers)
    layers = layered([(numbers[each.origin], numbers[each.target]) for each in graph.arrows], heights, PORT)
    ports = _ports(graph, layers, numbers)
    arrows = [_arrow(each, layers, numbers, ports, words, graph) for each in graph.arrows]
    boxes = [_box(each, layers.spots[numbers[each.id]], lines[each.id], link) for each in graph.places]
    columns = max(spot.column for spot in layers.spots.values()) + 1
    width = 2 * EDGE + columns * BOX + (columns - 1) * GAP
    body = element("g", {"class": "arrows"}, Markup("").join(arrows)) + element("g", {"class": "boxes"}, Markup("").join(boxes))
    return Picture(width, layers.height + 2 * EDGE, body, (*graph.groups, *graph.states, *_abbreviations(graph, words)))


def _abbreviations(graph: Graph, words: Words) -> Iterator[str]:
    """The signs for more flows and further kinds, where any arrow has them."""
    told = [_kinds(arrow, words) for arrow in graph.arrows]
    yield from (sign for sign in (TIMES, FURTHER) if any(f" {sign[0]}" in text for text in told))


def _wrapped(place: Place, words: Words) -> list[str]:
    name = words(place.name) if place.is_described else place.name
    return textwrap.wrap(name, LETTERS, max_lines=5, placeholder="…") or [place.id]


def _heights(graph: Graph, lines: Mapping[str, Sequence[str]], numbers: Mapping[str, int]) -> dict[int, float]:
    """Boxes as high as their names, and as the arrows at their busier side."""
    leave = Counter(arrow.origin for arrow in graph.arrows)
    reach = Counter(arrow.target for arrow in graph.arrows)
    text = {place.id: len(lines[place.id]) * LINE + 2 * PAD for place in graph.places}
    return {numbers[name]: max(high, max(leave[name], reach[name]) * PORT + PAD) for name, high in text.items()}


def _x(spot: Spot) -> float:
    return EDGE + spot.column * (BOX + GAP)


Ports = dict[tuple[int, int], float]  # by the place of an arrow in the graph, and its end: 0 or 1


def _ports(graph: Graph, layers: Layers, numbers: Mapping[str, int]) -> tuple[Ports, Counter[tuple[int, bool]]]:
    """Where on its boxes each arrow begins and ends, in the order of what they lead to; and how many each side has."""
    sides: dict[tuple[int, bool], list[tuple[float, int, int]]] = defaultdict(list)
    for place, arrow in enumerate(graph.arrows):
        line = layers.lines[numbers[arrow.origin], numbers[arrow.target]]
        for end, own, near in ((0, line[0], line[1]), (1, line[-1], line[-2])):
            is_right = layers.spots[near].column > layers.spots[own].column
            sides[own, is_right].append((layers.spots[near].middle, place, end))
    found: Ports = {}
    for (own, _), listed in sides.items():
        first = layers.spots[own].middle - (len(listed) - 1) * PORT / 2
        for order, (_, place, end) in enumerate(sorted(listed)):
            found[place, end] = first + order * PORT + EDGE
    return found, Counter({side: len(listed) for side, listed in sides.items()})


def _arrow(
    arrow: Arrow,
    layers: Layers,
    numbers: Mapping[str, int],
    ports: tuple[Ports, Counter[tuple[int, bool]]],
    words: Words,
    graph: Graph,
) -> Markup:
    line = layers.lines[numbers[arrow.origin], numbers[arrow.target]]
    own, sides = ports[0], ports[1]
    place = graph.arrows.index(arrow)
    spots = [layers.spots[name] for name in line]
    points = _points(spots, own[place, 0], own[place, 1])
    is_forward = spots[-1].column > spots[-2].column
    at_origin = sides[line[0], spots[1].column > spots[0].column] <= max(sides[line[-1], not is_forward], BUSY)
    parts = [element("title", {}, _told(arrow, words, graph)), _stroke(points, at_origin), _head(points[-1], is_forward)]
    parts.append(_label(arrow, points, at_origin, words))
    if arrow.state:
        parts.append(_mark(points, at_origin, MARKS[arrow.state]))
    shown = {"class": " ".join(filter(None, ("arrow", arrow.group, arrow.state)))}
    shown |= {"data-since": arrow.since} if arrow.since else {}
    shown |= {"data-until": arrow.until} if arrow.until else {}
    return element("g", shown, Markup("").join(parts))


def _points(spots: Sequence[Spot], begins: float, ends: float) -> list[_Point]:
    """The line through columns; it leaves and enters boxes on the side of where it leads."""
    found = []
    for order, spot in enumerate(spots):
        left, right = _x(spot), _x(spot) + BOX
        onward = spots[order + 1].column > spot.column if order + 1 < len(spots) else spot.column > spots[order - 1].column
        enters, leaves = (left, right) if onward else (right, left)
        y = begins if order == 0 else ends if order == len(spots) - 1 else spot.middle + EDGE
        found.append(_Point(enters, leaves, y))
    return found


def _stroke(points: Sequence[_Point], at_origin: bool) -> Markup:
    """A line that runs level under its words and bends between them and the other end."""
    path = [f"M{points[0].leaves:.0f} {points[0].y:.0f}"]
    last = len(points) - 2
    for order, (before, after) in enumerate(pairwise(points)):
        level = LEVEL if after.enters > before.leaves else -LEVEL
        start = before.leaves + (level if at_origin and order == 0 else 0)
        end = after.enters - (level if not at_origin and order == last else 0)
        half = (start + end) / 2
        path.append(f"H{start:.0f}C{half:.0f} {before.y:.0f} {half:.0f} {after.y:.0f} {end:.0f} {after.y:.0f}H{after.leaves:.0f}")
    text = "".join(path).rsplit("H", 1)[0] + f"H{points[-1].enters:.0f}"
    return element("path", {"class": "under", "d": text}) + element("path", {"class": "line", "d": text})


def _head(point: _Point, is_forward: bool) -> Markup:
    x, y, back = point.enters, point.y, -9 if is_forward else 9
    return element("path", {"class": "head", "d": f"M{x:.0f} {y:.0f}l{back} -5v10z"})


def _label(arrow: Arrow, points: Sequence[_Point], at_origin: bool, words: Words) -> Markup:
    near, far = (points[0], points[1]) if at_origin else (points[-1], points[-2])
    x = near.leaves if at_origin else near.enters
    is_right = (far.enters if at_origin else far.leaves) > x
    room = 8 if at_origin else 14
    where: dict[str, object] = {"class": "kind", "x": x + (room if is_right else -room), "y": near.y - 4}
    return element("text", where | ({} if is_right else {"text_anchor": "end"}), _kinds(arrow, words))


def _kinds(arrow: Arrow, words: Words) -> str:
    """The categories in a few words."""
    named = [words(name) for name, _ in arrow.categories]
    if len(named) == 1:
        return f"{named[0]} ×{arrow.count}" if arrow.count > 1 else named[0]
    both = ", ".join(named[:2])
    shown = 2 if len(both) <= SHORT else 1
    text = both if shown == 2 else named[0]
    return f"{text} +{len(named) - shown}" if len(named) > shown else text


def _told(arrow: Arrow, words: Words, graph: Graph) -> str:
    names = {place.id: words(place.name) if place.is_described else place.name for place in graph.places}
    kinds = ", ".join(words(name) + (f" ×{number}" if number > 1 else "") for name, number in arrow.categories)
    state = f" ({words(arrow.state)})" if arrow.state else ""
    return f"{names[arrow.origin]} → {names[arrow.target]}: {kinds}{state}"


def _mark(points: Sequence[_Point], at_origin: bool, sign: str) -> Markup:
    """A sign behind the words of a line, where it begins to bend."""
    near, far = (points[0], points[1]) if at_origin else (points[-1], points[-2])
    begins, ends = (near.leaves, far.enters) if at_origin else (near.enters, far.leaves)
    x, y = begins + (LEVEL if ends > begins else -LEVEL), near.y
    round_ = element("circle", {"class": "disc", "cx": x, "cy": y, "r": 8.0})
    return round_ + element("text", {"class": "sign", "x": x, "y": y + 4.5, "text_anchor": "middle"}, sign)


def _box(place: Place, spot: Spot, lines: Sequence[str], link: Link) -> Markup:
    left, top = _x(spot), spot.middle - spot.height / 2 + EDGE
    frame = element("rect", {"class": "frame", "x": left, "y": top, "width": BOX, "height": spot.height, "rx": 4.0})
    first = spot.middle + EDGE - (len(lines) - 1) * LINE / 2 + 5
    texts = [
        element("text", {"x": left + BOX / 2, "y": first + row * LINE, "text_anchor": "middle"}, text)
        for row, text in enumerate(lines)
    ]
    body = frame + Markup("").join(texts)
    inner = element("a", {"href": link(place.page)}, body) if place.page and link else body
    return element("g", {"class": "box centre" if place.is_centre else "box"}, inner)
