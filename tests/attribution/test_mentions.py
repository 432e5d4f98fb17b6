"""One pass over a description finds what a search for each alias finds; recipients are named by their vendors."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

from tests import one_by_one
from tests.effort import effort
from tests.one_by_one import OneByOne
from whosbehind.atlas import Atlas, content_files, load_atlas
from whosbehind.attribution import Reader, recipient_mentions, write_mentions
from whosbehind.engine import Engine, Settings
from whosbehind.records import Alias, AroundRule
from whosbehind.tables import MENTIONS, TRANSACTIONS, VENDORS

DAY = dt.date(2023, 5, 1)
DESCRIPTIONS = effort(500, 20_000)
FILLER = (
    "LICENSES|SOFTWARE|SUBSCRIPTION|RENEWAL OF|MAINTENANCE|SUPPORT|CLOUD|HOSTING|FOR|AND|THE|ICE|CBP|OPTION YEAR 2|TRAINING|"
    "REPLACEMENT OF|COMPATIBLE WITH|LOCATED AT|ADMINISTRATOR|USERS|SERVERS|EQUIPMENT|DETENTION|TRANSPORT|RADIO|DATA|HP|"
    "PARTS FOR|TO BE REPLACED|SWITCHING FROM|LAWS|O&M|RADIOS|TRAVEL|é|WEB|SEARCH"
).split("|")
WORDINGS = (
    "IT AND TELECOM - BUSINESS APPLICATION SOFTWARE (PERPETUAL LICENSE SOFTWARE)",
    "IT AND TELECOM - BUSINESS APPLICATION/APPLICATION DEVELOPMENT SUPPORT SERVICES (LABOR)",
    "EDUCATION/TRAINING- LECTURES",
    "PAPER AND PAPERBOARD",
    "",
)
RECIPIENTS = ("PLAIN SUPPLY CO", "CLOUD SOFTWARE INC", "ORACLE AMERICA, INC.", None)
GAPS = (" ", " ", " ", " ", ", ", "/", "-", "", ". ", "  ")


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas(content_files(None))


def record(description: str | None, recipient: str | None = None, psc: str | None = None) -> dict[str, Any]:
    return {
        "transaction_id": "t",
        "action_date": DAY,
        "recipient_name": recipient,
        "description": description,
        "psc_name": psc,
        "naics_name": None,
    }


def generated(aliases: list[Alias], seed: int) -> dict[str, Any]:
    """A record whose description holds a few aliases, whole or cut, between words that may stand beside them."""
    draw = random.Random(seed)
    parts = []
    for _ in range(draw.randint(1, 8)):
        alias = draw.choice(aliases)
        words = [alias.text, alias.text, alias.text[:-1], alias.text.lower()]
        words += [word.replace("*", draw.choice(["", "S"])) for word in (*alias.only_with[:3], *alias.unless[:1])]
        parts += [draw.choice(words) if draw.random() < 0.5 else draw.choice(FILLER), draw.choice(GAPS)]
    return record("".join(parts), draw.choice(RECIPIENTS), draw.choice(WORDINGS))


def test_one_pass_equals_a_search_for_each_alias_on_many_descriptions(atlas: Atlas) -> None:
    aliases = list(atlas.aliases())
    reader, slow = Reader(aliases, atlas.around), OneByOne(aliases, "description")
    seen: set[str] = set()
    for seed in range(DESCRIPTIONS):
        row = generated(aliases, seed)
        found = [_told(each) for each in reader.mentions(row)]
        assert found == _slowly(slow, atlas.around, row), row["description"]
        assert reader.may_mention(row["description"]) or not found
        seen |= {each[3] for each in found} | {each[5] for each in found}
    assert seen == {"certain", "probable", "possible", "supplied", "around"}


def _told(mention: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(mention[name] for name in "named_id starts_at ends_at confidence because role around_rule".split())


def _slowly(slow: OneByOne, rules: tuple[AroundRule, ...], row: dict[str, Any]) -> list[tuple[Any, ...]]:
    text, what = row["description"], f"{row['psc_name'] or ''} | "
    hits = slow.hits(text, f"{row['recipient_name'] or ''} | {what}")
    has_another = len({hit.alias.named_id for hit in hits}) > 1
    return [(*hit.as_tuple, *one_by_one.role_of(hit, text, what, has_another, rules)) for hit in hits]


def test_a_record_without_a_description_names_nothing(atlas: Atlas) -> None:
    reader = Reader(atlas.aliases(), atlas.around)
    assert not reader.may_mention(None)
    assert list(reader.mentions(record(None, "ORACLE AMERICA, INC."))) == []


def test_the_recipients_name_and_the_kind_of_product_stand_beside_a_name_and_are_not_read_themselves() -> None:
    reader = Reader([Alias("QUEST", "quest", only_with=("SOFTWARE",)), Alias("ACME", "acme")], ())
    rows = [record("QUEST", "ACME SOFTWARE"), record("QUEST", "ACME", "SOFTWARE"), record("QUEST", "ACME", "PAPER")]
    assert [[(each["named_id"], each["confidence"]) for each in reader.mentions(row)] for row in rows] == [
        [("quest", "probable")],
        [("quest", "probable")],
        [("quest", "possible")],
    ]


def test_the_words_of_a_mention_stand_in_the_record_where_it_says(atlas: Atlas) -> None:
    aliases = list(atlas.aliases())
    reader = Reader(aliases, atlas.around)
    for seed in range(200):
        row = generated(aliases, seed)
        for each in reader.mentions(row):
            assert row["description"][each["starts_at"] : each["ends_at"]] == each["matched"]


def test_mentions_of_a_part_are_written_in_its_order_and_an_empty_part_makes_an_empty_table(tmp_path: Path) -> None:
    rows = [
        {**record(text), "transaction_id": f"t{place}", "row": place}
        for place, text in enumerate(["ACME", None, "PAPER", "ACMES", "X ACME AND ACME"])
    ]
    engine = Engine(Settings.from_environment(tmp_path / "spill"))
    reader = Reader([Alias("ACME", "acme")], ())
    try:
        for listed, name in ((rows, "some"), ([], "none")):
            part = tmp_path / f"{name}.parquet"
            engine.register("part", pa.Table.from_pylist(listed, schema=ibis.schema(TRANSACTIONS.schema()).to_pyarrow()))
            engine.write_parquet("SELECT * FROM part", part)
            write_mentions(engine, part, reader, tmp_path / f"{name}-mentions.parquet")
        found = [
            (each["transaction_id"], each["starts_at"])
            for name in ("some", "none")
            for each in engine.parquet([tmp_path / f"{name}-mentions.parquet"], MENTIONS.schema()).to_pyarrow().to_pylist()
        ]
    finally:
        engine.close()
    assert found == [("t0", 0), ("t4", 2), ("t4", 11)]


def test_a_recipients_mention_is_that_of_its_vendor_whatever_its_own_name_says() -> None:
    def recipient(key: str, name: str) -> dict[str, Any]:
        return {"transaction_id": f"t {name}", "action_date": DAY, "recipient_id": key, "recipient_name": name}

    def vendor(key: str, name: str, named: str | None) -> dict[str, Any]:
        words = {"named_id": named, "matched": name, "starts_at": 0, "ends_at": len(name)} if named else {}
        return {"recipient_id": key, "recipient_name": name, "vendor_id": "v", **words}

    rows = [recipient("r1", "ACME INC"), recipient("r1", "FORMER NAME"), recipient("r2", "PLAIN"), recipient("r2", "ACME INC")]
    vendors = [vendor("r1", "ACME INC", "acme"), vendor("r1", "FORMER NAME", "acme"), vendor("r2", "PLAIN", None)]
    tables = [
        ibis.memtable(pa.Table.from_pylist(listed, schema=ibis.schema(table.schema()).to_pyarrow()))
        for listed, table in ((rows, TRANSACTIONS), (vendors, VENDORS))
    ]
    found = recipient_mentions(*tables).order_by("transaction_id").to_pyarrow().to_pylist()
    told = [(each["transaction_id"], each["named_id"], each["field"], each["confidence"], each["role"]) for each in found]
    assert told == [
        ("t ACME INC", "acme", "recipient_name", "certain", "supplied"),
        ("t FORMER NAME", "acme", "recipient_name", "certain", "supplied"),
    ]
