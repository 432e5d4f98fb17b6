"""Attribution of synthetic descriptions with the full lexicon, against one pass of the engine's regular expressions.

The peer only says which rows hold some alias; attribution finds every alias with its place. The pairs are checked
against a plain search for each alias, one by one.

    python -m benchmarks.attribution [ROWS] [PEER_ROWS]
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
from tests.one_by_one import OneByOne

from whosbehind.atlas import content_files, load_atlas
from whosbehind.attribution import Reader, write_mentions
from whosbehind.engine import Engine, Settings
from whosbehind.lexicon import Lexicon
from whosbehind.records import Alias
from whosbehind.tables import TRANSACTIONS

FILLER = (
    "PURCHASE OF ANNUAL RENEWAL FOR THE MODIFICATION EXERCISE OPTION YEAR SUPPORT SERVICES LICENSES SOFTWARE HARDWARE "
    "MAINTENANCE EQUIPMENT ICE CBP OFFICE FIELD BORDER PATROL SECTOR STATION CONTRACT FUNDING PERIOD PERFORMANCE"
).split()
CHECKED = 100_000
ROUNDS = 3


def descriptions(count: int, aliases: list[str], seed: int) -> list[str]:
    """Descriptions of five to fifteen words, every third with an alias in it."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        words = rng.choices(FILLER, k=rng.randint(5, 14))
        if number % 3 == 0:
            words.insert(rng.randrange(len(words)), rng.choice(aliases))
        found.append(" ".join(words))
    return found


def write_transactions(engine: Engine, texts: list[str], copies: int, target: Path) -> None:
    """A part of the table `transactions` with these descriptions, repeated with a number behind each."""
    import pyarrow as pa

    engine.register("texts", pa.table({"place": range(len(texts)), "text": texts}))
    columns = ", ".join(f"NULL::{column.type.sql} AS {column.name}" for column in TRANSACTIONS.columns if column.name not in MADE)
    made = (
        f"SELECT copy || '-' || place AS transaction_id, DATE '2024-03-01' AS action_date, text || ' ' || copy AS description, "
        f"copy * {len(texts)} + place AS \"row\", 'RESELLER LLC' AS recipient_name, {columns} "
        f"FROM texts, range({copies}) AS c(copy) ORDER BY copy, place"
    )
    names = ", ".join(f'"{name}"' for name in TRANSACTIONS.names())
    engine.write_parquet(f"SELECT {names} FROM ({made})", target)


MADE = {"transaction_id", "action_date", "description", "row", "recipient_name"}


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Print the ratio, the absolute times, and the number of differences."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    peer_rows = int(sys.argv[2]) if len(sys.argv) > 2 else 40_000
    atlas = load_atlas(content_files(None))
    aliases = [each for each in atlas.aliases() if each.field in (None, "description")]
    spellings = sorted({each.text for each in aliases})
    texts = descriptions(min(rows, 100_000), spellings, 1)
    reader = Reader(aliases, atlas.around)
    pattern = "|".join(re.escape(text) for text in spellings)
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(Settings.from_environment(Path(folder) / "spill"))
        part, small = Path(folder) / "part.parquet", Path(folder) / "small.parquet"
        write_transactions(engine, texts, max(1, rows // len(texts)), part)
        write_transactions(engine, texts[:peer_rows], 1, small)
        con = duckdb.connect()
        con.execute("SET threads = 2")
        query = f"SELECT count(*) FROM read_parquet('{small}') WHERE regexp_matches(description, ?, 'i')"
        ours, peers = [], []
        for number in range(ROUNDS):
            peers.append(seconds(lambda: con.execute(query, [pattern]).fetchall()) / min(peer_rows, len(texts)))
            target = Path(folder) / f"found{number}.parquet"
            ours.append(seconds(partial(write_mentions, engine, part, reader, target)) / rows)
        engine.close()
    own, peer = statistics.median(ours), statistics.median(peers)
    print(f"{len(aliases):,} aliases, {rows:,} descriptions ({peer_rows:,} for the peer), medians of {ROUNDS}, interleaved")
    print(f"attribution   {own * 1e6:8.2f} µs a row  ({own * 1e7:,.0f} s for 10 million)")
    print(f"regexp_matches{peer * 1e6:8.2f} µs a row  ({peer * 1e7:,.0f} s for 10 million)")
    print(f"ratio         {own / peer:8.3f}")
    check(aliases)


def check(aliases: list[Alias]) -> None:
    """Compare the pairs of the one pass with those of a search for each alias, where no neighbours decide."""
    plain = list({each.text.upper(): Alias(each.text, each.named_id, each.field) for each in aliases}.values())
    lexicon, one_by_one = Lexicon(plain, "description"), OneByOne(plain, "description")
    differences = 0
    for text in descriptions(CHECKED, [each.text for each in plain], 2):
        found = [(match.named_id, match.starts_at, match.ends_at) for match in lexicon.matches(text)]
        differences += found != [hit.as_tuple[:3] for hit in one_by_one.hits(text)]
    print(f"{CHECKED:,} descriptions checked against a search for each alias: {differences} differences")


if __name__ == "__main__":
    main()
