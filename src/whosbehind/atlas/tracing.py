"""The answer to a trace: paths of documented flows with their dates and doubts, and what broke those that are gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.things import belonging, find_thing
from whosbehind.atlas.trace import LONGEST, MOST, FlowTable, Graph, Terms, chains
from whosbehind.engine import Engine
from whosbehind.errors import Mistake
from whosbehind.phrases import phrase
from whosbehind.records import CitedSource, Flow
from whosbehind.values import Held, Standing, carries_on, text_of

# Broken paths that are shown at most.
BROKEN = 10


@dataclass(frozen=True)
class Step:
    """One flow of a path: from where to where, what passes, and how sure that is on the day asked for.

    `joint` says why what passed before may not be what passes here; None where nothing speaks against it.
    """

    flow: Flow
    from_name: str
    to_name: str
    held: Held | None
    authority: tuple[str, ...]
    sources: tuple[CitedSource, ...]
    joint: str | None = None

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the step may be doubted, in words."""
        stated = self.flow.stated
        found = [self.joint] if self.joint else []
        if stated.standing is not Standing.DOCUMENTED:
            found.append(phrase(str(stated.standing)))
        if stated.confidence != "high":
            found.append(phrase("{level} confidence", level=phrase(stated.confidence)))
        if self.held is Held.UNKNOWN:
            found.append(phrase("dates do not show it on that day"))
        if self.held is Held.NO_END_KNOWN:
            last = stated.seen or stated.since
            dated = phrase("last documented {day}, no end known", day=last.text) if last else None
            found.append(dated or phrase("no end known"))
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The step for a machine."""
        flow, stated = self.flow, self.flow.stated
        return {
            "flow_id": flow.id,
            "from": flow.from_id,
            "from_name": self.from_name,
            "to": flow.to_id,
            "to_name": self.to_name,
            "category": str(flow.category),
            "data": flow.data,
            "channel": flow.channel,
            "authority": list(self.authority),
            "since": text_of(stated.since),
            "until": text_of(stated.until),
            "seen": text_of(stated.seen),
            "held": str(self.held) if self.held else None,
            "standing": str(stated.standing),
            "confidence": stated.confidence,
            "disputed_by": stated.dispute.__dict__ | {"sources": list(stated.dispute.sources)} if stated.dispute else None,
            "note": stated.note,
            "doubts": list(self.doubts),
            "corrections": [each.as_json() for each in flow.corrections],
            "sources": [source_json(source) for source in self.sources],
        }


@dataclass(frozen=True)
class DataPath:
    """A chain of documented flows; `belongs` says why its last end belongs to what was asked for."""

    steps: tuple[Step, ...]
    begins: str = ""
    belongs: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether no step is in doubt."""
        return not any(step.doubts for step in self.steps)

    @property
    def is_continuous(self) -> bool:
        """Whether each step can pass on what the one before brought."""
        return not any(step.joint for step in self.steps)

    @property
    def broken_by(self) -> tuple[Step, ...]:
        """The steps that have ended, or were yet to begin, on the day asked for."""
        return tuple(step for step in self.steps if step.held in (Held.ENDED, Held.NOT_YET))

    @property
    def together(self) -> tuple[dt.date, dt.date] | None:
        """The days on which sources show all steps at once, or None."""
        spans = [step.flow.stated.bounds for step in self.steps]
        if any(each.certain_from is None or each.certain_to is None for each in spans):
            return None
        first = max(each.certain_from for each in spans if each.certain_from)
        last = min(each.certain_to for each in spans if each.certain_to)
        return (first, last) if first <= last else None

    def as_json(self) -> dict[str, Any]:
        """The path for a machine."""
        days = self.together
        return {
            "length": len(self.steps),
            "is_certain": self.is_certain,
            "is_continuous": self.is_continuous,
            "shown_together": {"since": days[0].isoformat(), "until": days[1].isoformat()} if days else None,
            "begins": self.begins or None,
            "belongs": self.belongs or None,
            "broken_by": [step.flow.id for step in self.broken_by],
            "steps": [step.as_json() for step in self.steps],
        }


@dataclass(frozen=True)
class Reached:
    """Something that is reached (or reaches), with the fewest steps that takes."""

    id: str
    name: str
    steps: int


@dataclass(frozen=True)
class Trace:
    """What a trace found: the paths, those that ended or are yet to begin, or everything that is reached.

    `flow_count` is the number of flows that were looked through, `chain_count` that of the chains
    they make, the shortest first; `is_cut` where there are more, and paths among them may be
    missing. Of the `broken_count` broken paths the shortest are in `broken`; `is_broken_cut` where
    the chains of all days were more than were looked at.
    """

    from_id: str | None
    to_id: str | None
    as_of: dt.date | None
    certain_only: bool
    longest: int
    from_name: str | None = None
    to_name: str | None = None
    flow_count: int = 0
    paths: tuple[DataPath, ...] = ()
    broken: tuple[DataPath, ...] = ()
    reached: tuple[Reached, ...] = ()
    chain_count: int = 0
    is_cut: bool = False
    broken_count: int = 0
    is_broken_cut: bool = False
    snapshot: str = ""

    def as_json(self) -> dict[str, Any]:
        """The trace for a machine."""
        return {
            "from": self.from_id,
            "from_name": self.from_name,
            "to": self.to_id,
            "to_name": self.to_name,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "certain_only": self.certain_only,
            "longest": self.longest,
            "flow_count": self.flow_count,
            "chain_count": self.chain_count,
            "is_cut": self.is_cut,
            "broken_count": self.broken_count,
            "is_broken_cut": self.is_broken_cut,
            "snapshot": self.snapshot,
            "paths": [path.as_json() for path in self.paths],
            "broken_paths": [path.as_json() for path in self.broken],
            "reached": [each.__dict__ for each in self.reached],
        }


@dataclass(frozen=True)
class Limits:
    """Steps of the longest chain that is looked for, and chains that are looked at."""

    longest: int
    most: int


@dataclass(frozen=True)
class Between:
    """Paths from one thing to another: among so many chains, the shortest; `is_cut` where there are more."""

    paths: tuple[DataPath, ...]
    chain_count: int
    is_cut: bool


@dataclass(frozen=True)
class Tracer:
    """Everything a trace needs: the engine, the files of the table `flows`, the atlas."""

    engine: Engine
    files: Sequence[Path]
    atlas: Atlas

    def paths(self, origin: str, target: str, terms: Terms, longest: int = LONGEST, most: int = MOST) -> Trace:
        """The paths from one thing to another, shortest first; and those that are broken on the day asked for.

        Raises Mistake if nothing goes by one of the names.
        """
        start, goal = find_thing(self.atlas, origin), find_thing(self.atlas, target)
        graph, ever = self._table.graphs(terms)
        found = self._between(graph, start, goal, terms, Limits(longest, most))
        trace = self._trace(start, goal, terms, longest, len(graph.numbers))
        trace = replace(trace, paths=found.paths, chain_count=found.chain_count, is_cut=found.is_cut)
        if not terms.day:
            return trace
        of_any_day = self._between(ever, start, goal, terms, Limits(longest, most))
        broken = tuple(path for path in of_any_day.paths if path.broken_by and path.is_continuous)
        return replace(trace, broken=broken[:BROKEN], broken_count=len(broken), is_broken_cut=of_any_day.is_cut)

    def _between(self, graph: Graph, start: str, goal: str, terms: Terms, limits: Limits) -> Between:
        origins, goals = belonging(self.atlas, start, terms.day), belonging(self.atlas, goal, terms.day)
        origins = {name: reason for name, reason in origins.items() if name not in goals or name == start}
        begins = self._table.numbers(origins, "from").values()
        ends = self._table.numbers([name for name in goals if name not in origins], "to").values()
        found = chains(graph, begins, ends, limits.longest, limits.most)
        flows = self._flows({number for chain in found.chains for number in chain})
        paths = []
        for chain in found.chains:
            steps = joined(self.atlas, [step_of(self.atlas, flows[number], terms.day) for number in chain])
            paths.append(DataPath(steps, origins[steps[0].flow.from_id], goals[steps[-1].flow.to_id]))
        kept = tuple(path for path in paths if path.is_continuous or not terms.certain_only)
        return Between(kept, len(found.chains), found.is_cut)

    def reach(self, thing: str, terms: Terms, *, forward: bool, longest: int = LONGEST) -> Trace:
        """Everything data of one thing can reach (or, backward, everything that can reach it).

        Raises Mistake if nothing goes by the name.
        """
        start = find_thing(self.atlas, thing)
        own = belonging(self.atlas, start, terms.day)
        found, flow_count = self._table.reached(own, terms, forward=forward, longest=longest)
        listed = (Reached(name, self.atlas.name_of(name), steps) for name, steps in found.items())
        ordered = tuple(sorted(listed, key=lambda each: (each.steps, each.name, each.id)))
        trace = self._trace(start if forward else None, None if forward else start, terms, longest, flow_count)
        return replace(trace, reached=ordered)

    def _trace(self, origin: str | None, target: str | None, terms: Terms, longest: int, flow_count: int) -> Trace:
        """A trace that has found nothing yet."""
        return Trace(
            from_id=origin,
            to_id=target,
            as_of=terms.day,
            certain_only=terms.certain_only,
            longest=longest,
            from_name=self.atlas.name_of(origin) if origin else None,
            to_name=self.atlas.name_of(target) if target else None,
            flow_count=flow_count,
        )

    @property
    def _table(self) -> FlowTable:
        return FlowTable(self.engine, self.files)

    def _flows(self, numbers: set[int]) -> dict[int, Flow]:
        """Flows by their numbers in the table.

        Raises Mistake if the content holds one of them no longer.
        """
        named = self._table.flow_ids(numbers)
        gone = sorted(name for name in named.values() if name not in self.atlas.flows)
        if gone:
            what = f"the flow {gone[0]!r} of the last build is no longer in the content."
            raise Mistake(what, next="Bring the tables up to date with: whosbehind build")
        return {number: self.atlas.flows[name] for number, name in named.items()}


def joined(atlas: Atlas, steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps with what speaks against each passing on what the one before brought."""
    followed = (replace(after, joint=_joint(atlas, before, after)) for before, after in pairwise(steps))
    return (*steps[:1], *followed)


def _joint(atlas: Atlas, before: Step, after: Step) -> str | None:
    place = after.flow.from_id
    if before.flow.id in after.flow.passes_on:
        return None
    if place in atlas.agencies or place in atlas.bodies:
        return phrase("no document says that what reaches {name} is what it passes on", name=after.from_name)
    if not carries_on(before.flow.category, after.flow.category):
        kinds = {"one": before.flow.category, "other": after.flow.category}
        return phrase("{one} data come in and {other} data go out", **kinds)
    return None


def step_of(atlas: Atlas, flow: Flow, day: dt.date | None) -> Step:
    """A flow as a reader sees it on a day."""
    return Step(
        flow=flow,
        from_name=atlas.name_of(flow.from_id),
        to_name=atlas.name_of(flow.to_id),
        held=flow.stated.bounds.held(day) if day else None,
        authority=tuple(authority_name(atlas, name) for name in flow.authority),
        sources=tuple(atlas.sources[name] for name in flow.stated.sources),
    )


def authority_name(atlas: Atlas, name: str) -> str:
    """A law's name with its citation, or a document's number and title."""
    if name in atlas.laws:
        law = atlas.laws[name]
        return f"{law.name} ({law.citation})" if law.citation else law.name
    source = atlas.sources[name]
    return f"{source.number}, {source.title}" if source.number else source.title


def source_json(source: CitedSource) -> dict[str, Any]:
    """A source for a machine."""
    entry = {name: value for name, value in source.__dict__.items() if value is not None}
    return {name: str(value) for name, value in entry.items()}
