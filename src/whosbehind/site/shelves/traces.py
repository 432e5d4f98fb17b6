"""Pages of paths: by which documented flows data of some people reach an agency, what is in doubt, and what has been broken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.atlas.tracing import DataPath
from whosbehind.site import address
from whosbehind.site.drawing.flows import Graph
from whosbehind.site.material import Material
from whosbehind.site.pages import PAINTED, Page
from whosbehind.site.shelves.flow_lines import End, FlowLine, end_of, flow_line, graph_of
from whosbehind.values import Held

# From whom to whom a trace is worth showing: what people ask about first.
TRACES = (
    ("state_motor_vehicle_agencies", "ice"),
    ("private_plate_cameras", "ice"),
    ("state_local_police", "ice"),
    ("jails", "ice"),
    ("utility_companies", "ice"),
    ("telecom_companies", "ice"),
    ("mobile_app_makers", "ice"),
    ("mobile_app_makers", "cbp"),
    ("travel_agencies", "ice"),
    ("travel_agencies", "cbp"),
    ("irs", "ice"),
    ("ssa", "ice"),
    ("hhs", "ice"),
    ("state_medicaid_agencies", "ice"),
    ("state_election_officials", "save"),
    ("public_web_images", "ice"),
    ("social_media_and_web", "ice"),
    ("money_transfer_companies", "ice"),
    ("orr", "ice"),
    ("schools_and_sponsors", "ice"),
    ("foreign_governments", "ice"),
    ("mexico_inm", "ice"),
)
# Paths of a kind that a page shows; how many more there are stands below them.
SHOWN = 8


@dataclass(frozen=True)
class Chain:
    """A path with its steps; the days on which sources show all of them at once; and why its ends belong to what was asked for.

    `kind` is `certain`, `doubted`, `broken`, or `loose` where what comes in may not be what goes out.
    """

    kind: str
    steps: tuple[FlowLine, ...]
    shown_from: str | None
    shown_to: str | None
    begins: str
    belongs: str

    @property
    def places(self) -> tuple[End, ...]:
        """What it passes, from end to end."""
        return (self.steps[0].origin, *(step.target for step in self.steps))


@dataclass(frozen=True)
class Found:
    """What a trace found, by kind, shortest first."""

    origin: End
    target: End
    certain: tuple[Chain, ...]
    doubted: tuple[Chain, ...]
    broken: tuple[Chain, ...]
    loose: tuple[Chain, ...]
    flow_count: int
    longest: int

    @property
    def page(self) -> str:
        """Its page."""
        return address.path(self.origin.id, self.target.id)

    @property
    def shown(self) -> tuple[Chain, ...]:
        """The chains that are drawn: those that hold, and those that did."""
        return (*self.certain[:SHOWN], *self.doubted[:SHOWN], *self.broken[:SHOWN])


def trace_pages(material: Material) -> Iterator[Page]:
    """The list of traces, and a page for each that found anything."""
    things = {**material.atlas.agencies, **material.atlas.bodies, **material.atlas.systems}
    found = [_found(material, origin, target) for origin, target in TRACES if origin in things and target in things]
    kept = [each for each in found if each.shown or each.loose]
    yield Page(address.PATHS, "paths.html", partial(_listed, material, kept))
    for each in kept:
        yield Page(each.page, "path.html", partial(_described, material, each, kept), {"graph": PAINTED})


def _found(material: Material, origin: str, target: str) -> Found:
    trace = material.workspace.trace(origin, target, as_of=material.day)
    whole = [path for path in trace.paths if path.is_continuous]
    return Found(
        origin=end_of(material, origin),
        target=end_of(material, target),
        certain=_chains(material, (path for path in whole if path.is_certain), "certain"),
        doubted=_chains(material, (path for path in whole if not path.is_certain), "doubted"),
        broken=_chains(material, trace.broken, "broken"),
        loose=_chains(material, (path for path in trace.paths if not path.is_continuous), "loose"),
        flow_count=trace.flow_count,
        longest=trace.longest,
    )


def _chains(material: Material, paths: Iterable[DataPath], kind: str) -> tuple[Chain, ...]:
    return tuple(_chain(material, path, kind) for path in paths)


def _chain(material: Material, path: DataPath, kind: str) -> Chain:
    days = path.together
    return Chain(
        kind=kind,
        steps=tuple(flow_line(material, step) for step in path.steps),
        shown_from=days[0].isoformat() if days else None,
        shown_to=days[1].isoformat() if days else None,
        begins=path.begins,
        belongs=path.belongs,
    )


def _listed(material: Material, found: Iterable[Found]) -> dict[str, Any]:
    return {"found": tuple(found), "today": material.day.isoformat()}


def _described(material: Material, found: Found, others: Iterable[Found]) -> dict[str, Any]:
    return {
        "found": found,
        "graph": _graph(found),
        "breaks": _breaks(found),
        "shown": SHOWN,
        "today": material.day.isoformat(),
        "others": tuple((each.page, each.origin, each.target) for each in others if each is not found),
    }


def _graph(found: Found) -> Graph | None:
    """The flows of all paths that are shown, as one drawing."""
    lines = [step for chain in found.shown for step in chain.steps]
    return graph_of(lines, (found.origin.id, found.target.id))


def _breaks(found: Found) -> tuple[FlowLine, ...]:
    """The steps that broke paths, each once."""
    broken = (step for chain in found.broken for step in chain.steps if step.held in (Held.ENDED, Held.NOT_YET))
    return tuple({step.id: step for step in broken}.values())
