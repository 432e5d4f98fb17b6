"""The flows around a thing: what comes in, what goes out, what passes within; and what changed between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.things import belonging, find_thing
from whosbehind.atlas.tracing import Step, step_of
from whosbehind.errors import Mistake
from whosbehind.records import Flow
from whosbehind.values import Held


class Direction(StrEnum):
    """How a flow stands to a thing and what belongs to it."""

    IN = "in"
    OUT = "out"
    WITHIN = "within"


class Turn(StrEnum):
    """What became of a flow between two days, as far as its sources say."""

    BEGAN = "began"
    BEGAN_AND_ENDED = "began and ended"
    ENDED = "ended"
    MAY_HAVE_ENDED = "may have ended"
    MAY_HAVE_BEGUN = "may have begun"
    FIRST_SHOWN = "first documented"
    NO_LONGER_SHOWN = "no longer documented"


@dataclass(frozen=True)
class NearFlow:
    """A flow beside a thing; `other_name` is its far end, or where it leads if both ends belong to the thing."""

    step: Step
    direction: Direction

    @property
    def other_name(self) -> str:
        """The name of its far end."""
        return self.step.from_name if self.direction is Direction.IN else self.step.to_name

    @property
    def order(self) -> tuple[str, ...]:
        """By direction and other end."""
        flow = self.step.flow
        return str(self.direction), self.other_name.lower(), str(flow.category), flow.id

    def as_json(self) -> dict[str, Any]:
        """The flow for a machine."""
        return {"direction": str(self.direction), **self.step.as_json()}


@dataclass(frozen=True)
class Surroundings:
    """The flows around a thing as they stand on a day; `includes` names what belongs to it, with the reason."""

    id: str
    name: str
    as_of: dt.date
    includes: Mapping[str, str]
    flows: tuple[NearFlow, ...]

    def going(self, direction: Direction) -> tuple[NearFlow, ...]:
        """The flows of one direction, by their other end."""
        return tuple(each for each in self.flows if each.direction is direction)

    def as_json(self) -> dict[str, Any]:
        """The flows for a machine, by direction."""
        return {
            "id": self.id,
            "name": self.name,
            "as_of": self.as_of.isoformat(),
            "includes": [{"id": name, "because": reason} for name, reason in self.includes.items() if reason],
            **{str(way): [each.step.as_json() for each in self.going(way)] for way in Direction},
        }


@dataclass(frozen=True)
class FlowChange:
    """A flow whose state differs between two days."""

    flow: NearFlow
    turn: Turn
    before: Held
    after: Held

    def as_json(self) -> dict[str, Any]:
        """The change for a machine."""
        return {"turn": str(self.turn), "before": str(self.before), "after": str(self.after), **self.flow.as_json()}


@dataclass(frozen=True)
class FlowChanges:
    """What began, ended or came into doubt around a thing between two days."""

    id: str
    name: str
    since: dt.date
    until: dt.date
    changes: tuple[FlowChange, ...]

    def as_json(self) -> dict[str, Any]:
        """The changes for a machine."""
        return {
            "id": self.id,
            "name": self.name,
            "since": self.since.isoformat(),
            "until": self.until.isoformat(),
            "changes": [each.as_json() for each in self.changes],
        }


def flows_around(atlas: Atlas, thing: str, day: dt.date) -> Surroundings:
    """The flows into, out of and within a thing, by its id, and what belongs to it, with their state on a day."""
    own = belonging(atlas, thing, day)
    near = sorted(_near(atlas, own, day), key=lambda each: each.order)
    met = {end for each in near for end in (each.step.flow.from_id, each.step.flow.to_id)}
    includes = {name: reason for name, reason in own.items() if name in met}
    return Surroundings(thing, atlas.name_of(thing), day, includes, tuple(near))


def flow_changes(atlas: Atlas, thing: str, since: dt.date, until: dt.date) -> FlowChanges:
    """The flows around a thing whose state is another on `until` than on `since`, what began and ended first.

    Raises Mistake if nothing goes by the name, or the days are in the wrong order.
    """
    if since > until:
        raise Mistake(f"the comparison ends ({until}) before it begins ({since}).", next="Swap --since and --until.")
    found = find_thing(atlas, thing)
    own = belonging(atlas, found, since) | belonging(atlas, found, until)
    changes = []
    for each in _near(atlas, own, until):
        limits = each.step.flow.stated.bounds
        before, after = limits.held(since), limits.held(until)
        if before is not after:
            changes.append(FlowChange(each, turn(before, after), before, after))
    ordered = sorted(changes, key=lambda change: (list(Turn).index(change.turn), change.flow.order))
    return FlowChanges(found, atlas.name_of(found), since, until, tuple(ordered))


def turn(before: Held, after: Held) -> Turn:
    """What became of something that was in one state and is in another."""
    if after is Held.ENDED:
        return Turn.BEGAN_AND_ENDED if before is Held.NOT_YET else Turn.ENDED
    if before is Held.NOT_YET:
        return Turn.MAY_HAVE_BEGUN if after is Held.UNKNOWN else Turn.BEGAN
    if after is Held.UNKNOWN:
        return Turn.MAY_HAVE_ENDED
    return Turn.FIRST_SHOWN if before is Held.UNKNOWN else Turn.NO_LONGER_SHOWN


def _near(atlas: Atlas, own: Mapping[str, str], day: dt.date) -> list[NearFlow]:
    ways = ((flow, _direction(flow, own)) for flow in atlas.flows.values())
    return [NearFlow(step_of(atlas, flow, day), way) for flow, way in ways if way]


def _direction(flow: Flow, own: Mapping[str, str]) -> Direction | None:
    comes, leads = flow.from_id in own, flow.to_id in own
    if comes and leads:
        return Direction.WITHIN
    return Direction.OUT if comes else Direction.IN if leads else None
