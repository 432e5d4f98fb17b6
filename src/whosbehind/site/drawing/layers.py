"""Layered drawings: which column each thing stands in, in what order, and where its lines pass between others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from fast_sugiyama import from_edges

# How often things move towards those they are tied to; and the room between two of them.
SWEEPS, APART = 12, 14.0
# Things stand as far left as they can; the shortest ranking would not end on some graphs with circles.
RANKING: Literal["up"] = "up"
Tie = tuple[int, int]


@dataclass
class Spot:
    """A thing, or the place where a line passes a column: its column, its height and the middle of it."""

    column: int
    height: float
    middle: float = 0.0
    ties: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Layers:
    """Spots by number, and for each tie the spots that its line meets from its beginning to its end."""

    spots: Mapping[int, Spot]
    lines: Mapping[Tie, tuple[int, ...]]

    @property
    def height(self) -> float:
        """How far down the lowest spot reaches."""
        return max((spot.middle + spot.height / 2 for spot in self.spots.values()), default=0.0)


def layered(ties: Sequence[Tie], heights: Mapping[int, float], passing: float) -> Layers:
    """Things in columns, so that ties lead on to the next column where they can and cross little.

    Ties and heights go by the numbers of things from 0; `passing` is the room a line takes up
    in a column that it passes. Parts that nothing ties together stand below each other.
    """
    spots: dict[int, Spot] = {}
    lines: dict[Tie, tuple[int, ...]] = {}
    top = 0.0
    for positions, _, _, parts in from_edges(sorted(set(ties)), dummy_vertices=True, dummy_size=0.5, ranking_type=RANKING):
        start = len(heights) + len(spots)  # lines through columns are numbered anew in each part
        names = {name: int(name) if int(name) in heights else start + int(name) for name, _ in positions}
        own = _spots({names[name]: place for name, place in positions}, heights, passing)
        found = {(names[one], names[other]) for one, other in parts or ()}
        for one, other in found:
            own[one].ties.append(other)
            own[other].ties.append(one)
        _settle(own, top)
        lines |= {tie: _line(own, tie, heights) for tie in ties if tie[0] in own}
        spots |= own
        top = max(spot.middle + spot.height / 2 for spot in own.values()) + 2 * APART
    return Layers(spots, lines)


def _spots(places: Mapping[int, tuple[float, float]], heights: Mapping[int, float], passing: float) -> dict[int, Spot]:
    """Spots in the order in which the layout puts them in their columns; it draws upwards."""
    columns = {y: number for number, y in enumerate(sorted({y for _, y in places.values()}, reverse=True))}
    ordered = sorted(places, key=lambda name: (-places[name][1], places[name][0], name))
    return {name: Spot(columns[places[name][1]], heights.get(name, passing)) for name in ordered}


def _line(spots: Mapping[int, Spot], tie: Tie, heights: Mapping[int, float]) -> tuple[int, ...]:
    """The spots between the two ends of a tie: the chain of passing places that leads from one to the other."""
    waiting: list[tuple[int, ...]] = [(tie[0],)]
    while waiting:
        line = waiting.pop(0)
        for after in sorted(spots[line[-1]].ties):
            if after == tie[1]:
                return (*line, after)
            if after not in heights and after not in line:
                waiting.append((*line, after))
    return tie


def _settle(spots: dict[int, Spot], top: float) -> None:
    """Move each spot towards what it is tied to, in the order that its column has."""
    columns: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots.values():
        columns[spot.column].append(spot)
    for listed in columns.values():
        _place(listed, [0.0] * len(listed))
    for sweep in range(SWEEPS):
        for column in sorted(columns, reverse=bool(sweep % 2)):
            wanted = [_pull(spots, spot) for spot in columns[column]]
            _place(columns[column], wanted)
    first = min(spot.middle - spot.height / 2 for spot in spots.values())
    for spot in spots.values():
        spot.middle += top - first


def _pull(spots: Mapping[int, Spot], spot: Spot) -> float:
    tied = [spots[name].middle for name in spot.ties]
    return sum(tied) / len(tied) if tied else spot.middle


def _place(column: Sequence[Spot], wanted: Sequence[float]) -> None:
    """Put spots as near to where they are wanted as their order and heights allow (least squares)."""
    offsets = [0.0]
    for above, below in pairwise(column):
        offsets.append(offsets[-1] + (above.height + below.height) / 2 + APART)
    groups: list[tuple[float, int]] = []  # the mean of what a group wants, and how many are in it
    for want, offset in zip(wanted, offsets, strict=True):
        mean, size = want - offset, 1
        while groups and groups[-1][0] > mean:
            before, many = groups.pop()
            mean, size = (before * many + mean * size) / (many + size), many + size
        groups.append((mean, size))
    means = [mean for mean, size in groups for _ in range(size)]
    for spot, mean, offset in zip(column, means, offsets, strict=True):
        spot.middle = mean + offset
