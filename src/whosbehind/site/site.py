"""All pages of the site, from what a workspace holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whosbehind.site.material import Material
from whosbehind.site.organisations import organisation_pages
from whosbehind.site.pages import File, Page
from whosbehind.site.rows import row_pages

# Each kind of page; rows come last, since they open the numbers of all others.
SHELVES: tuple[Callable[[Material], Iterator[Page | File]], ...] = (organisation_pages, row_pages)


def pages(material: Material) -> Iterator[Page | File]:
    """Every page and file of the site."""
    for shelf in SHELVES:
        yield from shelf(material)
