"""How fast the read stage is, against DuckDB copying the same typed columns; and whether its memory is flat.

Run it with `python -m benchmarks.ingest [--rows N] [--runs K]`. Every measurement has a
process of its own; the two contenders take turns over the same file. What a process does once, whatever it
reads, is done before the clock starts: connecting, and loading libraries and word lists.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb
from tests.synthetic import columns_of, write_bulk_large

from whosbehind.engine import Engine, Settings, identifier, literal
from whosbehind.evidence.store import CHUNK, TextWatch
from whosbehind.ledger import ReadPart, read_document
from whosbehind.ledger.columns import READABLE
from whosbehind.paths import Paths
from whosbehind.records import Document, Receipt
from whosbehind.sources import bundled_sources

TARGET = 1.5
GROWTH = 1.25
Seconds = tuple[float, float]
SOURCE = bundled_sources()["usaspending_transactions_bulk"]


@dataclass(frozen=True)
class Measurement:
    """One pass over a file: seconds by the clock and of processors; peak and growth of resident memory in MB."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    growth_mb: float


def main() -> None:
    """Write the files, let the contenders take turns, and print what was found."""
    options = _options()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        small, large = Path(folder, "rows.csv"), Path(folder, "rows4.csv")
        write_bulk_large(small, options.rows, seed=1)
        found = _take_turns(small, options.runs)
        _print_speed(found, options.rows, small.stat().st_size)
        if not options.no_memory:
            write_bulk_large(large, 4 * options.rows, seed=1)
            _print_memory(found["read"], measured("read", large), options.rows)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.ingest", description=__doc__)
    parser.add_argument(
        "--rows", type=int, default=250_000, help="rows of the file; memory is measured with four times as many too"
    )
    parser.add_argument("--runs", type=int, default=3, help="passes of each contender")
    parser.add_argument("--folder", type=Path, help="where the files go; four times a million rows are 9 GB")
    parser.add_argument("--no-memory", action="store_true", help="leave the larger file out")
    return parser.parse_args()


def _take_turns(file: Path, runs: int) -> dict[str, list[Measurement]]:
    """Each contender's measurements; the first pass of each warms the disk's cache and does not count."""
    found: dict[str, list[Measurement]] = {name: [] for name in CONTENDERS}
    for turn in range(runs + 1):
        for name, measurements in found.items():
            measurement = measured(name, file)
            if turn:
                measurements.append(measurement)
    return found


def measured(name: str, file: Path) -> Measurement:
    """A contender's pass over a file in a process of its own.

    Raises CalledProcessError if the pass fails.
    """
    code = f"from benchmarks import ingest; ingest.measure({name!r}, {str(file)!r})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return Measurement(**json.loads(done.stdout.splitlines()[-1]))


def measure(name: str, file: str) -> None:
    """Run a contender in this process and print its measurement as JSON."""
    with tempfile.TemporaryDirectory(dir=Path(file).parent) as folder:
        before = _peak_mb()
        seconds, cpu_seconds = CONTENDERS[name](Path(file), Path(folder))
    print(json.dumps(asdict(Measurement(seconds, cpu_seconds, _peak_mb(), _peak_mb() - before))))


def _peak_mb() -> float:
    """Peak resident memory so far; Linux counts it in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def copy_typed(file: Path, folder: Path) -> Seconds:
    """Seconds in which DuckDB copies the taken columns, typed by its CSV reader, to Parquet."""
    settings = Settings.from_environment(folder / "spill")
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = {literal(settings.memory)}; SET preserve_insertion_order = true")
        connection.execute(f"SET temp_directory = {literal(str(settings.spill))}; SET enable_progress_bar = false")
        if settings.threads:
            connection.execute(f"SET threads = {settings.threads}")
        return _timed(lambda: connection.execute(_copy_sql(file, folder / "raw.parquet")))


def _copy_sql(file: Path, target: Path) -> str:
    types = {take.origin: READABLE[SOURCE.grain][take.column].sql for take in SOURCE.take}
    columns = ", ".join(f"{literal(name)}: {literal(types.get(name, 'VARCHAR'))}" for name in columns_of(SOURCE))
    relation = (
        f"read_csv({literal(str(file))}, auto_detect = false, header = true, delim = ',', quote = '\"', columns = {{{columns}}})"
    )
    selected = ", ".join(map(identifier, SOURCE.origins()))
    options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880"
    return f"COPY (SELECT {selected} FROM {relation}) TO {literal(str(target))} ({options})"


def read_stage(file: Path, folder: Path) -> Seconds:
    """Seconds in which the read stage makes a document of the file into its part of the lake."""
    paths = Paths(folder)
    document = Document(_receipt(file), SOURCE)
    blob = paths.blob(document.id)
    blob.parent.mkdir(parents=True)
    blob.symlink_to(file.resolve())
    part = ReadPart(paths, document, "0" * 64)
    engine = Engine(Settings.from_environment(paths.spill))
    try:
        engine.use_guard()
        engine.rows("SELECT mask_contacts('nothing', NULL)")
        return _timed(lambda: read_document(engine, paths, part, {}, None))
    finally:
        engine.close()


def _receipt(file: Path) -> Receipt:
    """The receipt that `add` writes, with what it saw of the text while the bytes passed by."""
    watch = TextWatch()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            watch.feed(chunk)
    return Receipt("0" * 64, file.name, datetime(2026, 1, 1, tzinfo=UTC), "file", file.stat().st_size, watch.traits(), SOURCE.id)


def _timed(action: Callable[[], object]) -> Seconds:
    start, cpu_start = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - start, time.process_time() - cpu_start


def _print_speed(found: dict[str, list[Measurement]], rows: int, size: int) -> None:
    medians = {name: statistics.median(each.seconds for each in measurements) for name, measurements in found.items()}
    cpu = {name: statistics.median(each.cpu_seconds for each in measurements) for name, measurements in found.items()}
    print(f"{rows:,} rows, {size / 1e6:,.0f} MB, medians of {len(found['read'])} runs:")
    for name, seconds in medians.items():
        speed = f"{rows / seconds:>10,.0f} rows/s  {size / 1e6 / seconds:>6,.0f} MB/s"
        print(f"  {name:<5} {seconds:7.2f} s  {speed}  ({cpu[name]:.2f} s of processors)")
    ratio = medians["read"] / medians["copy"]
    verdict = "reached" if ratio <= TARGET else "not reached"
    print(f"  ratio {ratio:7.2f}    target {TARGET}: {verdict}    (of processor time {cpu['read'] / cpu['copy']:.2f})")


def _print_memory(small: list[Measurement], large: Measurement, rows: int) -> None:
    usual = sorted(small, key=lambda each: each.growth_mb)[len(small) // 2]
    print("peak memory of the read stage (growth while reading):")
    for count, each in ((rows, usual), (4 * rows, large)):
        print(f"  {count:>12,} rows  {each.peak_mb:7,.0f} MB  (+{each.growth_mb:,.0f} MB)")
    growth = large.growth_mb / usual.growth_mb
    print(f"  four times the rows take {growth:.2f} times the memory: {'flat' if growth <= GROWTH else 'not flat'}")


CONTENDERS: dict[str, Callable[[Path, Path], Seconds]] = {"copy": copy_typed, "read": read_stage}


if __name__ == "__main__":
    main()
