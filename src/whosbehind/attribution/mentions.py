"""Mentions: which words of which transactions name something of the atlas, how surely, and in which role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whosbehind.attribution.around import Around, role_of
from whosbehind.engine import Engine
from whosbehind.lexicon import Lexicon, Match
from whosbehind.records import Alias, AroundRule
from whosbehind.tables import MENTIONS, TRANSACTIONS
from whosbehind.values import Confidence, Role

if TYPE_CHECKING:
    import ibis.expr.types as ir

RECIPIENT, DESCRIPTION = "recipient_name", "description"
_WHAT = ("psc_name", "naics_name")


class Reader:
    """Reads descriptions with the aliases of the atlas and the rules by which a name is only around."""

    def __init__(self, aliases: Iterable[Alias], rules: Sequence[AroundRule]) -> None:
        self._lexicon = Lexicon(aliases, DESCRIPTION)
        self._around = Around(rules)

    def may_mention(self, description: str | None) -> bool:
        """Whether a description can hold a mention: a quick test before a full look."""
        return bool(description) and self._lexicon.may_match(description or "")

    def mentions(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """The mentions in the description of one transaction, as rows of the table `mentions`."""
        text, what = row[DESCRIPTION] or "", " | ".join(row[name] or "" for name in _WHAT)
        found = self._lexicon.matches(text, f"{row[RECIPIENT] or ''} | {what}")
        if not found:
            return
        has_another = len({match.named_id for match in found}) > 1
        rules = self._around.worth_a_look(text)
        for match in found:
            yield _mention(row, match, *role_of(match, text, what, has_another, rules))


def write_mentions(engine: Engine, transactions: Path, reader: Reader, target: Path) -> None:
    """Write the mentions in the descriptions of one part of the transactions.

    All aliases are looked for in one pass over each description, whose cost does not grow
    with their number; a regular expression of thousands of alternatives is far slower.
    """
    import ibis
    import pyarrow as pa

    schema = ibis.schema(MENTIONS.schema()).to_pyarrow()
    rows = engine.parquet([transactions], TRANSACTIONS.schema()).order_by("row")
    wanted = rows.select("transaction_id", "action_date", RECIPIENT, DESCRIPTION, *_WHAT)
    found = [
        pa.Table.from_pylist([mention for row in _candidates(batch, reader) for mention in reader.mentions(row)], schema=schema)
        for batch in wanted.to_pyarrow_batches(chunk_size=100_000)
    ]
    engine.register("mentions_found", pa.concat_tables([schema.empty_table(), *found]))
    engine.write_parquet("SELECT * FROM mentions_found", target)


def recipient_mentions(transactions: ir.Table, vendors: ir.Table) -> ir.Table:
    """The mentions in recipients' names: of every transaction whose vendor's name means an organisation."""
    import ibis

    known = vendors.filter(vendors.named_id.notnull())
    joined = transactions.inner_join(known, ["recipient_id", "recipient_name"])
    return joined.mutate(
        field=ibis.literal(RECIPIENT),
        confidence=ibis.literal(str(Confidence.CERTAIN)),
        role=ibis.literal(str(Role.SUPPLIED)),
        because=ibis.null("string"),
        around_rule=ibis.null("string"),
    ).select(*MENTIONS.names())


def _candidates(batch: Any, reader: Reader) -> list[dict[str, Any]]:
    """The rows of an Arrow batch whose description can hold a mention."""
    import pyarrow as pa

    places = [place for place, text in enumerate(batch[DESCRIPTION].to_pylist()) if reader.may_mention(text)]
    return list(batch.take(pa.array(places, pa.int64())).to_pylist())


def _mention(row: dict[str, Any], match: Match, role: Role, rule: str | None) -> dict[str, Any]:
    return {
        "transaction_id": row["transaction_id"],
        "action_date": row["action_date"],
        "named_id": match.named_id,
        "field": DESCRIPTION,
        "matched": match.matched,
        "starts_at": match.starts_at,
        "ends_at": match.ends_at,
        "confidence": str(match.confidence),
        "because": match.because,
        "role": str(role),
        "around_rule": rule,
    }
