"""Tracing: by which documented flows data of one thing reach another, and how far they reach."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from whosbehind.engine import Engine, literal
from whosbehind.values import Standing

# Steps of the longest chain that is looked for, unless asked otherwise; and chains that are looked at.
LONGEST, MOST = 6, 1000
# More steps than any path has.
FAR = 1 << 20
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Terms:
    """Which flows a trace may use.

    On `day` a flow must not have ended nor be yet to begin; without a day every flow is
    used. `certain_only` leaves out what is contested, alleged, planned or of low confidence
    and, with a day, what no source shows to hold on it.
    """

    day: dt.date | None = None
    certain_only: bool = False

    def on_the_day(self) -> str:
        """The condition on rows of `flows` that hold on the day."""
        if self.day is None:
            return "true"
        day = f"DATE '{self.day}'"
        if self.certain_only:  # what is shown on the day has begun by then and not ended
            return f"coalesce({day} BETWEEN certain_from_date AND certain_to_date, false)"
        return f"coalesce(earliest_date <= {day}, true) AND coalesce(latest_date >= {day}, true)"

    def on_any_day(self) -> str:
        """The condition on rows of `flows` that does not depend on the day."""
        return f"standing = {literal(str(Standing.DOCUMENTED))} AND confidence <> 'low'" if self.certain_only else "true"


@dataclass(frozen=True)
class Graph:
    """Flows as columns of numbers: where each comes from, where it leads, and its own; `ends` is above each end."""

    origins: Numbers
    targets: Numbers
    numbers: Numbers
    ends: int

    def only(self, chosen: NDArray[np.bool_]) -> Graph:
        """The chosen ones of these flows."""
        return Graph(self.origins[chosen], self.targets[chosen], self.numbers[chosen], self.ends)

    def steps(self, start: Collection[int], *, forward: bool, longest: int) -> Numbers:
        """The fewest steps by which each end is reached from the start (or, backward, reaches it); FAR where none do."""
        here, there = (self.origins, self.targets) if forward else (self.targets, self.origins)
        found = np.full(self.ends, FAR, dtype=np.int64)
        found[list(start)] = 0
        for step in range(1, min(longest, self.ends) + 1):
            reached = there[found[here] == step - 1]
            fresh = reached[found[reached] == FAR]
            if not len(fresh):
                break
            found[fresh] = step
        return found

    def between(self, ahead: Numbers, behind: Numbers, longest: int) -> dict[int, list[tuple[int, int]]]:
        """The flows that can lie on a path of at most so many steps: from where, with number and where to."""
        fitting = self.only(ahead[self.origins] + 1 + behind[self.targets] <= longest)
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        columns = (fitting.numbers.tolist(), fitting.origins.tolist(), fitting.targets.tolist())
        for flow, origin, target in sorted(zip(*columns, strict=True)):
            found[origin].append((flow, target))
        return found


class FlowTable:
    """The table `flows`, read by columns: a million flows are looked through in a part of a second."""

    def __init__(self, engine: Engine, files: Sequence[Path]) -> None:
        self._engine = engine
        self._source = engine.parquet_relation(files)

    def graphs(self, terms: Terms) -> tuple[Graph, Graph]:
        """The flows that hold on the day of the terms, and those of any day."""
        columns = self._engine.columns(
            f"SELECT from_number, to_number, flow_number, {terms.on_the_day()} AS holds FROM {self._source} "
            f"WHERE {terms.on_any_day()}"
        )
        last = self._engine.rows(f"SELECT max(from_number), max(to_number) FROM {self._source}")[0]
        ever = Graph(columns[0], columns[1], columns[2], max((number + 1 for number in last if number is not None), default=0))
        return (ever.only(columns[3].astype(bool)) if terms.day else ever), ever

    def numbers(self, names: Collection[str], end: str) -> dict[str, int]:
        """The numbers of those names that stand at this end of any flow: `from` or `to`."""
        wanted = ", ".join(literal(name) for name in sorted(names)) or "NULL"
        query = f"SELECT DISTINCT {end}_id, {end}_number FROM {self._source} WHERE {end}_id IN ({wanted})"
        return dict(self._engine.rows(query))

    def flow_ids(self, numbers: Collection[int]) -> dict[int, str]:
        """The ids of flows by their numbers."""
        wanted = ", ".join(str(number) for number in sorted(numbers)) or "NULL"  # as a list, parts of the file are passed over
        return dict(self._engine.rows(f"SELECT flow_number, flow_id FROM {self._source} WHERE flow_number IN ({wanted})"))

    def reached(self, start: Collection[str], terms: Terms, *, forward: bool, longest: int) -> tuple[dict[str, int], int]:
        """All that is reached from the start (or, backward, reaches it) with the fewest steps; and the number of flows used."""
        here, there = ("from_id", "to_id") if forward else ("to_id", "from_id")
        where = f"{terms.on_the_day()} AND {terms.on_any_day()}"
        first = ", ".join(literal(name) for name in sorted(start))
        found = self._engine.rows(
            f"WITH RECURSIVE used AS MATERIALIZED (SELECT {here} AS here, {there} AS there FROM {self._source} WHERE {where}), "
            f"reached(id, steps) AS (SELECT unnest([{first}]::VARCHAR[]), 0 UNION "
            f"SELECT there, steps + 1 FROM reached JOIN used ON here = id WHERE steps < {int(longest)}) "
            "SELECT id, min(steps), (SELECT count(*) FROM used) FROM reached GROUP BY id"
        )
        return {name: steps for name, steps, _ in found if name not in start}, found[0][2]


@dataclass(frozen=True)
class Chains:
    """Paths as the numbers of their flows, shortest first; `is_cut` where there are more."""

    chains: tuple[tuple[int, ...], ...]
    is_cut: bool


def chains(graph: Graph, start: Collection[int], goal: Collection[int], longest: int = LONGEST, most: int = MOST) -> Chains:
    """Every path from one of the start to one of the goal, shortest first, that meets nothing twice.

    A path leaves the start once and ends at the first of the goal it meets.
    """
    behind = graph.steps(goal, forward=False, longest=longest)
    ahead = graph.steps(start, forward=True, longest=longest - 1)
    found: list[tuple[int, ...]] = []
    for length in range(1, longest + 1):
        edges = graph.between(
            ahead, behind, length
        )  # for each length anew: where short paths abound, long ones are never laid out
        for chain in _walk(edges, behind, frozenset(start), frozenset(goal), length):
            if len(found) == most:
                return Chains(tuple(found), is_cut=True)
            found.append(chain)
    return Chains(tuple(found), is_cut=False)


def _walk(
    edges: Mapping[int, list[tuple[int, int]]], behind: Numbers, start: frozenset[int], goal: frozenset[int], length: int
) -> Iterator[tuple[int, ...]]:
    """The chains of exactly so many steps, in the order of their flows."""
    stack: list[tuple[int, tuple[int, ...], frozenset[int]]] = [(place, (), start) for place in sorted(start, reverse=True)]
    while stack:
        place, chain, visited = stack.pop()
        if len(chain) == length:
            yield chain
            continue
        left = length - len(chain) - 1
        for flow, target in reversed(edges.get(place, [])):
            if target not in visited and behind[target] <= left and (target in goal) == (left == 0):
                stack.append((target, (*chain, flow), visited | {target}))
