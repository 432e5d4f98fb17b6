"""Pages of the sources: each feed that can be read, what is taken of it, and the documents of it at hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from whosbehind.figures import Row
from whosbehind.records import Source
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.sources import bundled_sources
from whosbehind.tables import DOCUMENTS


def source_pages(material: Material) -> Iterator[Page]:
    """The list of sources, and a page for each."""
    received: dict[str, list[Row]] = defaultdict(list)
    for document in material.tables[DOCUMENTS.name]:
        if document["source_id"]:
            received[document["source_id"]].append(document)
    sources = bundled_sources()
    lines = tuple((each, len(received[name])) for name, each in sorted(sources.items(), key=lambda item: item[1].title))
    yield Page(address.SOURCES, "sources.html", partial(dict, {"lines": lines}))
    for name, each in sources.items():
        yield Page(address.source(name), "source.html", partial(_described, each, received[name]))


def _described(source: Source, documents: Sequence[Row]) -> dict[str, Any]:
    newest = sorted(documents, key=lambda each: (each["received_date"], each["file_name"]), reverse=True)
    return {"source": source, "documents": tuple(newest)}
