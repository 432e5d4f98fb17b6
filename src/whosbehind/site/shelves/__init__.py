"""All pages of the site, from what a workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves.agencies import agency_pages
from whosbehind.site.shelves.awards import award_pages
from whosbehind.site.shelves.claims import claim_pages
from whosbehind.site.shelves.documents import document_pages
from whosbehind.site.shelves.evidence import evidence_pages
from whosbehind.site.shelves.flow_map import map_pages
from whosbehind.site.shelves.home import home_pages
from whosbehind.site.shelves.methods import methods_pages
from whosbehind.site.shelves.organisations import organisation_pages
from whosbehind.site.shelves.recipients import recipient_pages
from whosbehind.site.shelves.rows import row_pages
from whosbehind.site.shelves.search import search_pages
from whosbehind.site.shelves.sources import source_pages
from whosbehind.site.shelves.systems import system_pages
from whosbehind.site.shelves.traces import trace_pages

# Each kind of page; rows come last, since they open the numbers of all others.
SHELVES: tuple[Callable[[Material], Iterator[Page | File]], ...] = (
    home_pages,
    organisation_pages,
    agency_pages,
    system_pages,
    map_pages,
    trace_pages,
    recipient_pages,
    award_pages,
    claim_pages,
    document_pages,
    evidence_pages,
    source_pages,
    methods_pages,
    row_pages,
)


def pages(material: Material) -> Iterator[Page | File]:
    """Every page and file of the site."""
    listed: set[str] = set()
    for shelf in SHELVES:
        for each in shelf(material):
            listed.add(each.path)
            yield each
    yield from search_pages(material, listed)
