"""Reach and paths over a million random flows, against the same questions as recursive SQL written by hand.

Both contenders read the same Parquet file, take turns, and must agree on what they find. The bars
hold on an idle machine: reach 300 ms, paths of up to six steps 500 ms.

    python -m benchmarks.trace [FLOWS] [ENDS]
"""

from __future__ import annotations

import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb

from whosbehind.atlas.trace import LONGEST, FlowTable, Terms, chains
from whosbehind.engine import Engine, Settings
from whosbehind.tables import FLOWS

ROUNDS = 5
DAY = dt.date(2016, 1, 1)
MOST = 100_000
BARS = {"reach": 300, "paths": 500}
# What a row of the table holds besides its ends, numbers and days.
SAME = {
    "category": "'identity'",
    "data": "'records'",
    "standing": "'documented'",
    "confidence": "'high'",
    "sources": "'register'",
}
HOLDS = f"coalesce(earliest_date <= DATE '{DAY}', true) AND coalesce(latest_date >= DATE '{DAY}', true)"


def write_flows(target: Path, count: int, ends: int) -> None:
    """Random flows between random ends, with the columns of the table `flows`; half of them have ended by some day."""
    made = {
        "flow_id": "printf('flow_%07d', i)",
        "from_id": "printf('end_%07d', a)",
        "to_id": "printf('end_%07d', b)",
        "earliest_date": "began",
        "certain_from_date": "began",
        "certain_to_date": "shown",
        "latest_date": "CASE WHEN i % 2 = 0 THEN shown END",
        "flow_number": "i",
        "from_number": "a",
        "to_number": "b",
    }
    columns = ", ".join(
        f'({made.get(each.name) or SAME.get(each.name, "NULL")})::{each.type.sql} AS "{each.name}"' for each in FLOWS.columns
    )
    connection = duckdb.connect()
    connection.execute("SET threads = 1; SELECT setseed(0.42)")  # one thread draws the same numbers each time
    connection.execute(
        f"CREATE TABLE drawn AS SELECT i, (random() * {ends})::BIGINT % {ends} AS a, (random() * {ends})::BIGINT % {ends} AS b, "
        "DATE '2000-01-01' + (random() * 9000)::INTEGER AS began, (random() * 9000)::INTEGER AS days "
        f"FROM range({count}) AS r(i)"
    )
    connection.execute(
        f"COPY (SELECT {columns} FROM (SELECT *, began + days AS shown FROM drawn WHERE a <> b) ORDER BY i) "
        f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
    )
    connection.close()


def our_reach(engine: Engine, file: Path, start: str) -> dict[str, int]:
    """What data of one end reach, with the fewest steps."""
    found, _ = FlowTable(engine, [file]).reached([start], Terms(DAY), forward=True, longest=LONGEST)
    return found


def our_paths(engine: Engine, file: Path, start: str, goal: str) -> set[tuple[str, ...]]:
    """The paths from one end to another, as ids of flows."""
    table = FlowTable(engine, [file])
    graph, _ = table.graphs(Terms(DAY))
    found = chains(graph, table.numbers([start], "from").values(), table.numbers([goal], "to").values(), LONGEST, MOST)
    named = table.flow_ids({number for chain in found.chains for number in chain})
    return {tuple(named[number] for number in chain) for chain in found.chains}


def peer_reach(connection: duckdb.DuckDBPyConnection, file: Path, start: str) -> dict[str, int]:
    """The same by a recursive query that walks on ids."""
    query = f"""
        WITH RECURSIVE holding AS MATERIALIZED (SELECT from_id, to_id FROM read_parquet('{file}') WHERE {HOLDS}),
        reached(id, steps) AS (
            SELECT '{start}', 0
            UNION SELECT to_id, steps + 1 FROM reached JOIN holding ON from_id = id WHERE steps < {LONGEST}
        )
        SELECT id, min(steps) FROM reached WHERE id <> '{start}' GROUP BY id"""
    return dict(connection.execute(query).fetchall())


def peer_paths(connection: duckdb.DuckDBPyConnection, file: Path, start: str, goal: str) -> set[tuple[str, ...]]:
    """The same by two recursive queries: how far each end is from the goal, then every chain that can still get there."""
    query = f"""
        WITH RECURSIVE holding AS MATERIALIZED (
            SELECT flow_id, from_number AS a, to_number AS b, from_id, to_id FROM read_parquet('{file}') WHERE {HOLDS}
        ),
        back(place, steps) AS (
            SELECT DISTINCT b, 0 FROM holding WHERE to_id = '{goal}'
            UNION SELECT a, steps + 1 FROM back JOIN holding ON b = place WHERE steps < {LONGEST}
        ),
        behind AS MATERIALIZED (SELECT place, min(steps) AS steps FROM back GROUP BY place),
        walked(place, met, chain) AS (
            SELECT DISTINCT a, [a], []::VARCHAR[] FROM holding WHERE from_id = '{start}'
            UNION ALL
            SELECT b, list_append(met, b), list_append(chain, flow_id)
            FROM walked JOIN holding ON a = walked.place JOIN behind ON behind.place = b
            WHERE len(chain) + 1 + behind.steps <= {LONGEST} AND NOT list_contains(met, b)
            AND walked.place <> (SELECT place FROM behind WHERE steps = 0)
        )
        SELECT chain FROM walked WHERE place = (SELECT place FROM behind WHERE steps = 0)"""
    return {tuple(row[0]) for row in connection.execute(query).fetchall()}


def take_turns(contenders: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """The median milliseconds of each contender; the first turn warms the disk's cache and does not count."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(ROUNDS + 1):
        answers = []
        for name, work in contenders.items():
            begun = time.perf_counter()
            answers.append(work())
            if turn:
                taken[name].append((time.perf_counter() - begun) * 1000)
        assert all(answer == answers[0] for answer in answers), "the contenders do not agree"
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """Print the milliseconds of both contenders, their ratio, and the bar."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    ends = int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        file, start = Path(folder, "flows.parquet"), "end_0000005"
        write_flows(file, count, ends)
        engine, connection = Engine(Settings(Path(folder, "spill"))), duckdb.connect()
        reached = our_reach(engine, file, start)
        goal = min(reached, key=lambda name: (-reached[name], name))
        found = our_paths(engine, file, start, goal)
        print(f"{count:,} flows, {ends:,} ends: {len(reached):,} reached, {len(found):,} paths to one of the farthest of them")
        compare(
            "reach",
            {"ours": lambda: our_reach(engine, file, start), "theirs": lambda: peer_reach(connection, file, start)},
        )
        compare(
            "paths",
            {"ours": lambda: our_paths(engine, file, start, goal), "theirs": lambda: peer_paths(connection, file, start, goal)},
        )
        engine.close()


def compare(name: str, contenders: Mapping[str, Callable[[], object]]) -> None:
    """One line for two contenders."""
    found = take_turns(contenders)
    ours, theirs = found["ours"], found["theirs"]
    print(f"{name}: {ours:.0f} ms, recursive SQL {theirs:.0f} ms, ratio {ours / theirs:.2f} (bar {BARS[name]} ms)")


if __name__ == "__main__":
    main()
