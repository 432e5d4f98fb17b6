"""The bundled manifests are sound, and a manifest that is not is refused with the field's name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from whosbehind.errors import Mistake
from whosbehind.ledger.columns import READABLE
from whosbehind.records import Form, Source
from whosbehind.sources import bundled_sources, read_manifest
from whosbehind.values import Grain

SOURCES = pytest.mark.parametrize("source", bundled_sources().values(), ids=list(bundled_sources()))
MANIFEST = """
title: A feed
publisher: A body
licence: CC0-1.0
homepage: https://example.org/
how_to_get: Ask for it.
grain: transactions
form: csv
recognise: [key]
take: {award_id: key}
"""


@SOURCES
def test_a_manifest_says_where_its_records_come_from(source: Source) -> None:
    assert all((source.title, source.publisher, source.licence, source.homepage, source.how_to_get))


@SOURCES
def test_no_column_is_taken_and_ignored_at_once(source: Source) -> None:
    assert set(source.origins()) & set(source.ignore) == set()


@SOURCES
def test_no_column_is_ignored_twice(source: Source) -> None:
    assert len(source.ignore) == len(set(source.ignore))


@SOURCES
def test_every_column_taken_has_a_place_in_the_ledger(source: Source) -> None:
    assert {take.column for take in source.take} <= set(READABLE.get(source.grain, {}))


@SOURCES
def test_every_column_a_table_is_recognised_by_is_declared(source: Source) -> None:
    if source.form is Form.CSV:
        assert set(source.recognise) <= set(source.origins()) | set(source.ignore)


@SOURCES
def test_every_optional_column_is_one_taken(source: Source) -> None:
    assert set(source.optional) <= {origin.split("/")[0] for origin in source.origins()}


@SOURCES
def test_what_a_layout_without_header_holds_is_what_it_declares(source: Source) -> None:
    if source.order:
        assert sorted(source.order) == sorted({*source.origins(), *source.ignore})


@SOURCES
def test_a_source_of_money_cannot_do_without_its_amount_and_day(source: Source) -> None:
    if source.grain is Grain.TRANSACTIONS:
        assert {"obligated_usd", "action_date"} <= {take.column for take in source.take if take.is_required}


def test_the_bulk_layout_is_the_one_the_publisher_lists(data: Path) -> None:
    listed = json.loads((data / "usaspending/bulk/contract_transactions_297_fields.json").read_text("utf-8"))["fields"]
    source = bundled_sources()["usaspending_transactions_bulk"]
    assert len(listed) == 297
    assert {field["name"] for field in listed} == {*source.origins(), *source.ignore}


def test_a_manifest_gives_its_source() -> None:
    source = read_manifest("a_feed", MANIFEST)
    assert (source.id, source.grain, source.origins()) == ("a_feed", Grain.TRANSACTIONS, ("key",))


def test_a_change_to_a_manifest_changes_its_digest() -> None:
    assert read_manifest("a_feed", MANIFEST).digest != read_manifest("a_feed", MANIFEST + "ignore: [x]\n").digest


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("ignore: [key]\n", "taken and ignored at once: key"),
        ("surprise: 1\n", "surprise"),
        ("completeness: mostly\n", "completeness"),
        ("null_values: [1, {}]\n", "null_values"),
        ("order: [\n", "while parsing"),
    ],
)
def test_a_manifest_that_is_not_sound_is_refused_with_what_is_wrong(change: str, named: str) -> None:
    with pytest.raises(Mistake, match=r"a_feed/manifest\.yaml: the manifest cannot be used") as caught:
        read_manifest("a_feed", MANIFEST + change)
    assert named in str(caught.value)
