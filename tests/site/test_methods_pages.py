from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.site.reading import written
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.shelves.evidence import evidence_pages
from whosbehind.site.shelves.methods import methods_pages
from whosbehind.site.shelves.sources import source_pages
from whosbehind.sources import bundled_sources
from whosbehind.tables import DOCUMENTS, REJECTS, TABLES

Shelf = dict[str, Page]


def all_of(material: Material) -> Iterator[Page]:
    yield from evidence_pages(material)
    yield from source_pages(material)
    yield from methods_pages(material)


@pytest.fixture(scope="module")
def shelf(material: Material) -> Shelf:
    return {each.path: each for each in all_of(material)}


def test_each_document_has_a_page_that_says_how_to_verify_it(material: Material, shelf: Shelf) -> None:
    for document in material.tables[DOCUMENTS.name]:
        text, _ = written(shelf[address.evidence(document["document_id"])])
        assert document["document_id"] in text
        assert "sha256sum" in text
        assert "#row=" in text


def test_what_became_of_the_rows_of_a_document_adds_up(material: Material, shelf: Shelf) -> None:
    received = shelf[address.EVIDENCE].make()["received"]
    assert len(received) == len(material.tables[DOCUMENTS.name])
    assert all(each.adds_up for each in received)
    assert "adds up" in written(shelf[address.evidence(received[0].document["document_id"])])[0]


def test_what_could_not_be_read_stands_with_its_document(material: Material) -> None:
    document = material.tables[DOCUMENTS.name][0]
    reject = {
        "document_id": document["document_id"],
        "file_name": document["file_name"],
        "row": 7,
        "column_name": "federal_action_obligation",
        "value": "<b>12.3.4</b>",
        "reason": "is not an amount",
        "is_row_lost": True,
    }
    broken = replace(material, tables={**material.tables, REJECTS.name: [reject]})
    shelf = {each.path: each for each in all_of(broken)}
    text, _ = written(shelf[address.evidence(document["document_id"])])
    assert "&lt;b&gt;12.3.4&lt;/b&gt;" in text
    assert f"{address.evidence(document['document_id'])}#rejects" in written(shelf[address.COVERAGE])[0]


def test_each_source_says_what_is_taken_and_what_is_left(shelf: Shelf) -> None:
    for name, source in bundled_sources().items():
        text, _ = written(shelf[address.source(name)])
        assert all(f"<code>{take.column}</code>" in text for take in source.take)
        assert text.count("<li><code>") >= len(source.ignore)


def test_the_dictionary_has_every_column_of_every_table(shelf: Shelf) -> None:
    text, found = written(shelf[address.DICTIONARY])
    for table in TABLES:
        assert table.name in found.ids
        assert all(f"<code>{name}</code>" in text for name in table.names())


def test_coverage_says_that_an_extract_is_no_total(shelf: Shelf) -> None:
    assert "no total of anything" in written(shelf[address.COVERAGE])[0]


def test_coverage_repeats_every_note_of_the_build(material: Material, shelf: Shelf) -> None:
    _, found = written(shelf[address.COVERAGE])
    words = " ".join(found.words)
    assert all(note in words for note in material.notes)


def test_corrections_stand_newest_first_and_lead_to_what_was_corrected(material: Material, shelf: Shelf) -> None:
    listed = shelf[address.CORRECTIONS].make()["corrections"]
    assert len(listed) == len(material.workspace.corrections())
    days = [each.correction.date for each, _ in listed]
    assert days == sorted(days, reverse=True)
    assert any(page for _, page in listed)


def test_every_number_on_methods_is_of_this_workspace(material: Material, shelf: Shelf) -> None:
    text, _ = written(shelf[address.METHODS])
    assert f"{len(material.opened.rows):,} rows" in text
    assert material.opened.snapshot in text


def test_these_pages_are_small_and_plain(shelf: Shelf) -> None:
    for path, page in shelf.items():
        text, found = written(page, code="es")
        assert len(text.encode()) < 300_000, path
        assert not found.events, path
        assert len(found.ids) == len(set(found.ids)), path
