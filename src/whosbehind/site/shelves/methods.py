"""Pages on how the site came to be: methods, coverage, the data dictionary, and everything that was corrected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.claims import Finding
from whosbehind.claims.finding import NOT_IN_ANY_RECORD
from whosbehind.figures import Row
from whosbehind.records import Agency, Corrected
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.tables import COVERAGE, DOCUMENTS, REJECTS, TABLES


@dataclass(frozen=True)
class Covered:
    """What the evidence covers of an agency: days, how many rows, and in which documents."""

    agency: str
    name: str
    page: str | None
    covered: tuple[tuple[str | None, str | None], ...]
    gaps: tuple[tuple[str | None, str | None], ...]
    incomplete_since: str | None
    may_be_missing_usd: str
    row_count: int
    documents: tuple[Row, ...]


def methods_pages(material: Material) -> Iterator[Page]:
    """The pages on methods and data."""
    yield Page(address.METHODS, "methods.html", partial(_methods, material))
    yield Page(address.COVERAGE, "coverage.html", partial(_coverage, material))
    yield Page(address.DICTIONARY, "dictionary.html", partial(dict, {"tables": TABLES}))
    yield Page(address.CORRECTIONS, "corrections.html", partial(_corrections, material))


def _methods(material: Material) -> dict[str, Any]:
    documents = material.tables[DOCUMENTS.name]
    return {
        "snapshot": material.opened.snapshot,
        "not_in_any_record": NOT_IN_ANY_RECORD,
        "row_count": len(material.opened.rows),
        "document_count": len(documents),
        "publication_count": len(material.atlas.sources),
    }


def _coverage(material: Material) -> dict[str, Any]:
    whole = material.opened.plain[()].coverage
    documents = material.tables[DOCUMENTS.name]
    return {
        "covered": tuple(_covered(material, each) for each in whole["agencies"]),
        "extract": whole["extract"],
        "may_be_missing_usd": whole["may_be_missing_usd"],
        "notes": material.notes,
        "unread": tuple(each for each in documents if each["status"] == "unread"),
        "rejects": _rejects(material),
        "parts": tuple(_parts(material)),
    }


def _covered(material: Material, held: dict[str, Any]) -> Covered:
    agency = _agency(material, held["agency"])
    own = material.opened.plain.get((agency.id,)) if agency else None
    return Covered(
        agency=held["agency"],
        name=agency.name if agency else held["agency"],
        page=material.page_of(agency.id) if agency else None,
        covered=_spans(held["covered"]),
        gaps=_spans(held["uncovered"]),
        incomplete_since=held["incomplete_since"],
        may_be_missing_usd=own.coverage["may_be_missing_usd"] if own else "0.00",
        row_count=own.transaction_count if own else 0,
        documents=tuple(each for each in _parts(material) if each["agency"] == held["agency"]),
    )


def _agency(material: Material, abbreviation: str) -> Agency | None:
    return next((each for each in material.atlas.agencies.values() if each.abbreviation == abbreviation), None)


def _spans(listed: list[dict[str, str | None]]) -> tuple[tuple[str | None, str | None], ...]:
    return tuple((each["since"], each["until"]) for each in listed)


def _parts(material: Material) -> Iterator[Row]:
    """What each document covers of each agency, by agency and day."""
    names = {each["document_id"]: each["file_name"] for each in material.tables[DOCUMENTS.name]}
    for row in sorted(
        material.tables[COVERAGE.name], key=lambda row: (row["agency_code"], row["first_date"], row["document_id"])
    ):
        agency = material.atlas.agency_of(row["agency_code"])
        yield {**row, "agency": agency.abbreviation if agency else row["agency_code"], "file_name": names[row["document_id"]]}


def _rejects(material: Material) -> tuple[Row, ...]:
    """The documents with values that could not be read, with how many values and rows."""
    lost = {each["document_id"] for each in material.tables[REJECTS.name]}
    return tuple(each for each in material.tables[DOCUMENTS.name] if each["document_id"] in lost)


def _corrections(material: Material) -> dict[str, Any]:
    listed = material.workspace.corrections()
    return {"corrections": tuple((each, _page_of(material, each)) for each in listed), "replies": _replied(material)}


def _page_of(material: Material, corrected: Corrected) -> str | None:
    """The page of what was corrected: the entry's own, or that of the thing it is about."""
    atlas, name = material.atlas, corrected.id
    if corrected.kind == "claim":
        return address.claim(name)
    if corrected.kind == "fact" and name in atlas.facts:
        return material.page_of(atlas.facts[name].about_id)
    if corrected.kind == "flow" and name in atlas.flows:
        return material.page_of(atlas.flows[name].from_id) or material.page_of(atlas.flows[name].to_id)
    if corrected.kind == "contract" and name in atlas.contracts:
        return next(filter(None, map(material.page_of, atlas.contracts[name].systems)), None)
    return material.page_of(name)


def _replied(material: Material) -> tuple[Finding, ...]:
    return tuple(each for _, each in sorted(material.findings.items()) if each.claim.reply)
