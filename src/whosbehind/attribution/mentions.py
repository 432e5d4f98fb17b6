"""Mentions: which words of which transactions name something of the atlas."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whosbehind.attribution.lexicon import FIELDS, Lexicon
from whosbehind.engine import Engine
from whosbehind.records import Alias
from whosbehind.tables import MENTIONS, TRANSACTIONS


def write_mentions(engine: Engine, transactions: Path, aliases: Iterable[Alias], target: Path) -> None:
    """Write the mentions in one part of the transactions to a part of the table `mentions`.

    The engine picks the rows that can hold a mention; only these are looked at word by word.
    """
    import ibis
    import pyarrow as pa

    listed = list(aliases)
    lexicons = {field: Lexicon(listed, field) for field in FIELDS}
    schema = ibis.schema(MENTIONS.schema()).to_pyarrow()
    found = [row for batch in _candidates(engine, transactions, lexicons) for row in _mentions(batch.to_pylist(), lexicons)]
    engine.register("mentions_found", pa.Table.from_pylist(found, schema=schema))
    engine.write_parquet("SELECT * FROM mentions_found", target)


def _candidates(engine: Engine, transactions: Path, lexicons: dict[str, Lexicon]) -> Any:
    rows = engine.parquet([transactions], TRANSACTIONS.schema())
    conditions = [rows[field].re_search(pattern) for field, lexicon in lexicons.items() if (pattern := lexicon.pattern())]
    if not conditions:
        return []
    some = conditions[0] if len(conditions) == 1 else conditions[0] | conditions[1]
    chosen = rows.filter(some).order_by("row").select("transaction_id", "action_date", "recipient_kind", *FIELDS)
    return chosen.to_pyarrow_batches(chunk_size=100_000)


def _mentions(rows: list[dict[str, Any]], lexicons: dict[str, Lexicon]) -> list[dict[str, Any]]:
    return [
        {
            "transaction_id": row["transaction_id"],
            "action_date": row["action_date"],
            "named_id": match.named_id,
            "field": field,
            "matched": match.matched,
            "starts_at": match.starts_at,
            "ends_at": match.ends_at,
        }
        for row in rows
        for field, lexicon in lexicons.items()
        for match in lexicon.matches(row[field] or "")
    ]
