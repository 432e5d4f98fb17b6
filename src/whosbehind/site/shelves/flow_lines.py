"""Flows of data as pages show them: lines of a table, and the arrows of a drawing."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from whosbehind.atlas import Atlas
from whosbehind.atlas.surroundings import Surroundings
from whosbehind.atlas.tracing import Step
from whosbehind.phrases import Phrase, phrase
from whosbehind.records import CitedSource
from whosbehind.site.drawing.flows import Arrow, Graph, Place
from whosbehind.site.material import Material
from whosbehind.values import Held, Standing, text_of

# Boxes on one side of a drawing; what is beyond goes into one box and stands in the table.
BESIDE = 16
MORE = "further"


@dataclass(frozen=True)
class End:
    """One end of a flow: its name and page; a name that only describes can be translated."""

    id: str
    name: str
    page: str | None
    is_described: bool


@dataclass(frozen=True)
class Objection:
    """Who contests a flow, what they say, and where."""

    who: str
    statement: str
    sources: tuple[CitedSource, ...]


@dataclass(frozen=True)
class Authority:
    """What a flow is said to rest on: a law by its name, or a document by its title with its page."""

    name: str
    document: str | None


@dataclass(frozen=True)
class FlowLine:
    """A flow: what passes from where to where, on what authority, when, how sure, and who says so.

    `first` and `last` are the days outside which it held at no time; None where sources leave that open.
    `joint` is why what came before on a path may not be what passes here.
    """

    id: str
    origin: End
    target: End
    category: str
    data: str
    channel: str | None
    authority: tuple[Authority, ...]
    since: str | None
    until: str | None
    seen: str | None
    first: str
    last: str
    held: Held
    standing: Standing
    confidence: str
    note: str | None
    objection: Objection | None
    sources: tuple[CitedSource, ...]
    joint: str | None = None
    way: str = ""

    @property
    def state(self) -> str:
        """How it is drawn where it is not plainly in force."""
        if self.held is Held.ENDED:
            return "ended"
        if self.held is Held.NOT_YET or self.standing is Standing.PLANNED:
            return "planned"
        if self.standing is Standing.CONTESTED:
            return "contested"
        return "doubtful" if self.standing is Standing.ALLEGED or self.confidence == "low" else ""


def flow_line(material: Material, step: Step, way: str = "") -> FlowLine:
    """A flow as pages show it."""
    flow, stated = step.flow, step.flow.stated
    limits, dispute = stated.bounds, stated.dispute
    sources = material.atlas.sources
    return FlowLine(
        id=flow.id,
        origin=end_of(material, flow.from_id),
        target=end_of(material, flow.to_id),
        category=str(flow.category),
        data=flow.data,
        channel=flow.channel,
        authority=tuple(_authority(material.atlas, *pair) for pair in zip(flow.authority, step.authority, strict=True)),
        since=text_of(stated.since),
        until=text_of(stated.until),
        seen=text_of(stated.seen),
        first="" if limits.earliest == dt.date.min else limits.earliest.isoformat(),
        last="" if limits.latest == dt.date.max else limits.latest.isoformat(),
        held=limits.held(material.day),
        standing=stated.standing,
        confidence=stated.confidence,
        note=stated.note,
        objection=Objection(dispute.who, dispute.statement, tuple(sources[each] for each in dispute.sources))
        if dispute
        else None,
        sources=step.sources,
        joint=step.joint,
        way=way,
    )


def _authority(atlas: Atlas, name: str, shown: str) -> Authority:
    return Authority(shown, name if name in atlas.sources and name not in atlas.laws else None)


def end_of(material: Material, thing: str) -> End:
    """An end of a flow; agencies and offices that are only described (such as "airlines") are no proper names."""
    body = material.atlas.bodies.get(thing)
    is_described = body is not None
    return End(thing, material.atlas.name_of(thing), material.page_of(thing), is_described)


def lines_around(material: Material, around: Surroundings) -> tuple[FlowLine, ...]:
    """The flows around a thing: what is in force first, then by direction and other end."""
    lines = [flow_line(material, each.step, str(each.direction)) for each in around.flows]
    return tuple(sorted(lines, key=lambda line: line.state in ("ended", "planned")))


def neighbourhood(thing: str, around: Surroundings, lines: Iterable[FlowLine]) -> Graph | None:
    """What leads into a thing and what it belongs to, and out of it, as one drawing; None where nothing does."""
    own = {thing, *around.includes}
    centre = Place(thing, around.name, is_described=isinstance(around.name, Phrase), is_centre=True)
    moved = [_centred(line, own, centre) for line in lines if line.way != "within"]
    if not moved:
        return None
    kept = _kept(moved, "in") | _kept(moved, "out")
    arrows = arrows_of(_gathered(line, kept) for line in moved)
    ends = {f"{line.way}:{end.id}": end for line in moved for end in (line.origin, line.target)}
    return Graph((centre, *_sides(arrows, ends, centre.id)), arrows)


def _centred(line: FlowLine, own: Collection[str], centre: Place) -> FlowLine:
    middle = End(centre.id, centre.name, None, is_described=False)
    return replace(line, target=middle) if line.target.id in own else replace(line, origin=middle)


def _kept(lines: Iterable[FlowLine], way: str) -> set[str]:
    """The other ends that have a box of their own: those of most flows."""
    many = Counter(f"{way}:{_other(line).id}" for line in lines if line.way == way)
    ordered = sorted(many, key=lambda name: (-many[name], name))
    return set(ordered if len(ordered) <= BESIDE else ordered[: BESIDE - 1])


def _other(line: FlowLine) -> End:
    return line.origin if line.way == "in" else line.target


def _gathered(line: FlowLine, kept: Collection[str]) -> FlowLine:
    """A flow between boxes: a thing that both gives and gets stands on both sides, what is beyond in one box."""
    name = f"{line.way}:{_other(line).id}"
    box = End(name if name in kept else f"{line.way}:{MORE}", "", None, is_described=False)
    return replace(line, origin=box) if line.way == "in" else replace(line, target=box)


def _sides(arrows: Iterable[Arrow], ends: dict[str, End], centre: str) -> Iterator[Place]:
    for name in dict.fromkeys(name for arrow in arrows for name in (arrow.origin, arrow.target)):
        if name != centre:
            end = ends.get(name)
            yield (Place(name, end.name, end.page, end.is_described) if end else Place(name, phrase("and others"), None, True))


def tally(lines: Iterable[FlowLine]) -> dict[str, int]:
    """How many flows lead in, out and within, and how many of all have ended or are contested."""
    listed = list(lines)
    ways = Counter(line.way for line in listed)
    ended = sum(line.state == "ended" for line in listed)
    contested = sum(line.standing is Standing.CONTESTED for line in listed)
    return {**{way: ways[way] for way in ("in", "out", "within")}, "ended": ended, "contested": contested}


def graph_of(lines: Iterable[FlowLine], centres: Collection[str] = ()) -> Graph | None:
    """Flows as they are, each end once; None where there is no flow."""
    listed = list(lines)
    ends = {end.id: end for line in listed for end in (line.origin, line.target)}
    places = (Place(end.id, end.name, end.page, end.is_described, end.id in centres) for end in ends.values())
    return Graph(tuple(places), arrows_of(listed)) if listed else None


def arrows_of(lines: Iterable[FlowLine]) -> tuple[Arrow, ...]:
    """Flows between the same ends in the same state as one arrow."""
    found: dict[tuple[str, str, str], list[FlowLine]] = defaultdict(list)
    for line in {line.id: line for line in lines}.values():
        found[line.origin.id, line.target.id, line.state].append(line)
    return tuple(_arrow(*key, listed) for key, listed in found.items())


def _arrow(origin: str, target: str, state: str, lines: Collection[FlowLine]) -> Arrow:
    many = Counter(line.category for line in lines)
    firsts, lasts = [line.first for line in lines], [line.last for line in lines]
    since = min(firsts) if all(firsts) else ""
    until = max(lasts) if all(lasts) else ""
    return Arrow(origin, target, tuple(sorted(many.items(), key=lambda each: (-each[1], each[0]))), state, since, until)
