"""Pages of the evidence: each document as it was received, what became of its rows, and how to verify it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.figures import Row
from whosbehind.figures.opened import grouped
from whosbehind.records import Receipt
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.tables import COVERAGE, DOCUMENTS, REJECTS

# Rejects that the page of a document shows; the table `rejects` has all of them.
SHOWN = 300


@dataclass(frozen=True)
class Held:
    """What a document covers of an agency: from the first to the last day, declared or observed, and how many rows."""

    agency: str
    page: str | None
    first: str
    last: str
    basis: str
    is_complete: bool
    row_count: int


@dataclass(frozen=True)
class Received:
    """A document with its receipt, what it covers, and what could not be read of it."""

    document: Row
    came_by: str
    received: str
    archive: str | None
    ignored: tuple[str, ...]
    covers: tuple[Held, ...]
    rejects: tuple[Row, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the rows taken, set aside and rejected are all of them."""
        each = self.document
        return bool(each["row_count"] == each["taken_count"] + each["set_aside_count"] + each["rejected_count"])


def evidence_pages(material: Material) -> Iterator[Page]:
    """The list of documents received, and a page for each."""
    received = tuple(_received(material))
    yield Page(address.EVIDENCE, "evidence.html", partial(_listed, material, received))
    for each in received:
        yield Page(address.evidence(each.document["document_id"]), "received.html", partial(_described, each))


def _received(material: Material) -> Iterator[Received]:
    receipts = {each.document_id: each for each in material.workspace.receipts()}
    covers, rejects = (
        grouped(material.tables[COVERAGE.name], "document_id"),
        grouped(material.tables[REJECTS.name], "document_id"),
    )
    for document in sorted(material.tables[DOCUMENTS.name], key=_newest):
        name = document["document_id"]
        yield _with_receipt(material, document, receipts[name], covers.get(name, ()), rejects.get(name, ()))


def _newest(document: Row) -> tuple[int, str]:
    return -document["received_date"].toordinal(), document["file_name"]


def _with_receipt(material: Material, document: Row, receipt: Receipt, covers: Sequence[Row], rejects: Sequence[Row]) -> Received:
    return Received(
        document=document,
        came_by=receipt.came_by,
        received=receipt.received_at.isoformat(timespec="minutes"),
        archive=receipt.archive_id,
        ignored=receipt.ignored_columns,
        covers=tuple(_held(material, each) for each in covers),
        rejects=tuple(rejects),
    )


def _held(material: Material, row: Row) -> Held:
    agency = material.atlas.agency_of(row["agency_code"])
    name, page = (agency.abbreviation, material.page_of(agency.id)) if agency else (row["agency_code"], None)
    first, last = str(row["first_date"]), str(row["last_date"])
    return Held(name, page, first, last, row["basis"], row["is_complete"], row["transaction_count"])


def _listed(material: Material, received: Sequence[Received]) -> dict[str, Any]:
    names = ("row_count", "taken_count", "set_aside_count", "rejected_count")
    totals = {name: sum(each.document[name] or 0 for each in received) for name in names}
    return {"received": received, "totals": totals, "snapshot": material.opened.snapshot}


def _described(received: Received) -> dict[str, Any]:
    return {
        "received": received,
        "rejects": received.rejects[:SHOWN],
        "reject_count": len(received.rejects),
        "shown": SHOWN,
        "command": f"sha256sum {shlex.quote(received.document['file_name'])}",
    }
