from __future__ import annotations

import pytest

from tests.site.reading import written
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.shelves.documents import PAGE_LENGTH, document_pages

Shelf = dict[str, Page]


@pytest.fixture(scope="module")
def shelf(material: Material) -> Shelf:
    return {each.path: each for each in document_pages(material)}


def cited_for(shelf: Shelf, source: str, subject: str) -> set[str]:
    groups = shelf[address.document(source)].make()["groups"]
    return {use.name for use in groups.get(subject, ())}


def cited(material: Material, shelf: Shelf) -> list[str]:
    """The publications that have a page."""
    return sorted(name for name in material.atlas.sources if address.document(name) in shelf)


def test_each_publication_that_is_cited_has_a_page_and_stands_in_the_list_once(material: Material, shelf: Shelf) -> None:
    own = cited(material, shelf)
    assert all(shelf[address.document(name)].make()["count"] for name in own)
    parts = -(-len(own) // PAGE_LENGTH)
    listed = [
        line.source.id for part in range(1, parts + 1) for line in shelf[address.further(address.DOCUMENTS, part)].make()["lines"]
    ]
    assert sorted(listed) == own


def test_a_publication_says_all_that_it_is_cited_for(material: Material, shelf: Shelf) -> None:
    atlas = material.atlas
    for finding in material.findings.values():
        assert all(finding.claim.statement in cited_for(shelf, name, "claim") for name in finding.sources)
    for system in list(atlas.systems.values())[:20]:
        own = {source for _, part in system.parts() for source in part.stated.sources} | set(system.sources)
        assert all((system.acronym or system.name) in cited_for(shelf, name, "system") for name in own)
    for organisation in (atlas.organisations[name] for name in sorted(material.described)):
        assert all(organisation.name in cited_for(shelf, name, "owner") for each in organisation.owners for name in each.sources)


def test_it_leads_only_to_companies_that_have_a_page(material: Material, shelf: Shelf) -> None:
    pages = {address.organisation(name) for name in material.described}
    uses = [
        use
        for path in shelf
        if path in map(address.document, material.atlas.sources)
        for own in shelf[path].make()["groups"].values()
        for use in own
    ]
    assert all(use.page in pages for use in uses if use.page and use.page.startswith("organisations/"))


def test_lists_by_kind_hold_that_kind_alone(shelf: Shelf) -> None:
    lines = shelf[address.documents("pia")].make()["lines"]
    assert lines
    assert {str(line.source.kind) for line in lines} == {"pia"}


def test_pages_of_documents_are_small_and_plain(material: Material, shelf: Shelf) -> None:
    largest = sorted(cited(material, shelf), key=lambda name: -shelf[address.document(name)].make()["count"])[:3]
    for page in (shelf[address.DOCUMENTS], *(shelf[address.document(name)] for name in largest)):
        text, found = written(page, code="es")
        assert len(text.encode()) < 300_000
        assert not found.events
        assert len(found.ids) == len(set(found.ids))
