"""All pages of the site, from what a workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whosbehind.site.agencies import agency_pages
from whosbehind.site.awards import award_pages
from whosbehind.site.claims import claim_pages
from whosbehind.site.documents import document_pages
from whosbehind.site.evidence import evidence_pages
from whosbehind.site.flow_map import map_pages
from whosbehind.site.home import home_pages
from whosbehind.site.material import Material
from whosbehind.site.methods import methods_pages
from whosbehind.site.organisations import organisation_pages
from whosbehind.site.pages import File, Page
from whosbehind.site.recipients import recipient_pages
from whosbehind.site.rows import row_pages
from whosbehind.site.search import search_pages
from whosbehind.site.sources import source_pages
from whosbehind.site.systems import system_pages
from whosbehind.site.traces import trace_pages

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
