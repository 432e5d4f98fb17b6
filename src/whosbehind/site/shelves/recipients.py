"""Pages of recipients: the names of a vendor, what it was paid, and whose technology it resells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.figures import Question, Row
from whosbehind.figures.opened import grouped, total
from whosbehind.figures.select import nameless_kind
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number, largest, narrowed
from whosbehind.site.pages import File, Page, spread
from whosbehind.site.shelves.rows import row_file
from whosbehind.tables import FAMILIES, RECIPIENTS, VENDORS
from whosbehind.values import Route

# Lines of one page of the list.
LIST_LENGTH = 300
# Up to so many rows stand on the recipient's own page, so that its numbers open them there; of more, the largest are shown.
ON_PAGE, SHOWN = 25, 20
# Where the rows begin on a recipient's page.
ROWS = "rows"


@dataclass(frozen=True)
class Resold:
    """A company that a recipient's rows count for, without being of its family."""

    name: str
    page: str
    number: Number


@dataclass(frozen=True)
class Received:
    """The money of a recipient: in all and split, and what of it counts for others; every number opens its rows."""

    vendor: str
    name: str
    whole: Number
    by_agency: tuple[tuple[str, Number], ...]
    by_year: tuple[tuple[int, Number], ...]
    resold: tuple[Resold, ...]

    @property
    def page(self) -> str:
        """Its page."""
        return address.recipient(self.vendor)


@dataclass(frozen=True)
class Name:
    """A name with identifiers as documents state it, and why it is of this vendor."""

    name: str
    uei: str | None
    duns: str | None
    parent: str | None
    basis: str
    score: Any
    because: str


@dataclass(frozen=True)
class Member:
    """A family with the days and the reason of belonging to it; `page` where it has one."""

    name: str
    page: str | None
    since: dt.date | None
    until: dt.date | None
    basis: str
    because: str
    holds: bool


def recipient_pages(material: Material) -> Iterator[Page | File]:
    """The list of recipients, and a page for each that is no natural person."""
    received = [_received(material, vendor, material.by_vendor[vendor]) for vendor in material.vendors]
    yield from _list_pages(material, received)
    names, families = _names(material), grouped(material.tables[FAMILIES.name], "vendor_id")
    for each in received:
        rows = material.by_vendor[each.vendor]
        yield Page(each.page, "recipient.html", partial(_described, material, each, names, families))
        if len(rows) <= ON_PAGE:
            yield row_file(each.page, rows)


def _list_pages(material: Material, received: list[Received]) -> Iterator[Page]:
    nameless = tuple(_nameless(material))
    for own, place in spread(received, LIST_LENGTH):
        on_first = nameless if place["part"] == 1 else ()
        shown = {"lines": tuple(own), "count": len(received), "nameless": on_first, **place}
        yield Page(address.further(address.RECIPIENTS, place["part"]), "recipients.html", partial(dict, shown))


def _nameless(material: Material) -> Iterator[tuple[str, Number]]:
    """The money of recipients that are never named, by kind."""
    for vendor, rows in material.by_vendor.items():
        kind = nameless_kind(vendor)
        if kind is not None:
            yield kind, material.book.number(Question(recipient=vendor), rows, address.RECIPIENTS)


def _received(material: Material, vendor: str, rows: tuple[Row, ...]) -> Received:
    book, about = material.book, address.recipient(vendor)
    question = Question(recipient=vendor)
    if len(rows) <= ON_PAGE:
        whole = Number(total(rows), question, f"{about}#{ROWS}")
        years = tuple(_years_on_page(whole, rows, about))
    else:
        whole = book.number(question, rows, about)
        years = tuple(book.by(whole, rows, "fiscal_year", about).items())
    agencies = largest(book.by(whole, rows, "agency", about))
    return Received(
        vendor,
        material.vendor_names[vendor],
        whole,
        tuple(agencies),
        tuple(sorted(years)),
        _resold(material, vendor, whole, rows),
    )


def _years_on_page(whole: Number, rows: tuple[Row, ...], about: str) -> Iterator[tuple[int, Number]]:
    """The years of a recipient whose rows all stand on its page, each under a heading of its own."""
    for year, own in _by_year(rows):
        yield year, Number(total(own), narrowed(whole.question, "fiscal_year", year, own[0]), f"{about}#{year_mark(year)}")


def _by_year(rows: Iterable[Row]) -> list[tuple[int, list[Row]]]:
    return sorted(grouped(rows, "fiscal_year").items(), reverse=True)


def year_mark(year: int) -> str:
    """The mark of a year's rows on a page."""
    return f"fy{year}"


def _resold(material: Material, vendor: str, whole: Number, rows: tuple[Row, ...]) -> tuple[Resold, ...]:
    """The companies that a recipient's rows count for, apart from its own family; most money first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for each in material.organisations_of.get(row["transaction_id"], ()):
            if each["route"] == Route.RESELLER:
                found[each["organisation_id"]].append({**row, **each})
    numbers = {name: _through(material, vendor, name, own, whole) for name, own in found.items()}
    organisations = material.atlas.organisations
    return tuple(Resold(organisations[name].name, address.organisation(name), number) for name, number in largest(numbers))


def _through(material: Material, vendor: str, name: str, rows: list[Row], whole: Number) -> Number:
    question = Question(organisations=(name,), recipient=vendor, route=Route.RESELLER)
    return material.book.number(question, rows, address.recipient(vendor), whole)


def _names(material: Material) -> dict[str, list[Name]]:
    """The names of each vendor, with the money of each deciding their order."""
    stated = {(row["recipient_id"], row["recipient_name"]): row for row in material.tables[RECIPIENTS.name]}
    found: dict[str, list[tuple[Any, Name]]] = defaultdict(list)
    for row in material.tables[VENDORS.name]:
        own = stated[row["recipient_id"], row["recipient_name"]]
        found[row["vendor_id"]].append((-own["obligated_usd"], _name(row, own)))
    return {vendor: [name for _, name in sorted(listed, key=lambda each: each[0])] for vendor, listed in found.items()}


def _name(row: Row, own: Row) -> Name:
    return Name(
        name=row["recipient_name"],
        uei=own["recipient_uei"],
        duns=own["recipient_duns"],
        parent=own["recipient_parent_name"],
        basis=row["basis"],
        score=row["score"],
        because=row["because"],
    )


def _described(
    material: Material, received: Received, names: Mapping[str, list[Name]], families: Mapping[str, list[Row]]
) -> dict[str, Any]:
    rows = material.by_vendor[received.vendor]
    stays, own = len(rows) <= ON_PAGE, tuple(names.get(received.vendor, ()))
    family = families.get(received.vendor, [])
    days = sorted(row["action_date"] for row in rows)
    return {
        "received": received,
        "first": days[0],
        "last": days[-1],
        "names": own,
        "has_identifiers": any(each.uei or each.duns or each.parent for each in own),
        "company": _company(material, family),
        "families": tuple(_member(material, received, row) for row in family if not _is_own(row)),
        "partners": tuple(_partners(material, family)),
        "years": tuple(_by_year(rows)) if stays else (),
        "rows": () if stays else rows[:SHOWN],
        "is_extract": any(row["is_extract"] for row in rows),
    }


def _is_own(row: Row) -> bool:
    """Whether a vendor is a family of its own, which needs no saying."""
    return row["family_id"] in (row["vendor_id"], row["organisation_id"]) and not row["from_date"] and not row["to_date"]


def _company(material: Material, family: list[Row]) -> tuple[str, str] | None:
    """The company of the atlas that the vendor's name means, with its page."""
    named = next((row["organisation_id"] for row in family if row["organisation_id"]), None)
    page = material.page_of(named) if named else None
    return (material.atlas.name_of(named), page) if named and page else None


def _partners(material: Material, family: list[Row]) -> Iterator[tuple[str, str | None]]:
    """The companies whose names a joint venture's name holds."""
    ids = dict.fromkeys(each for row in family if row["partners"] for each in row["partners"].split("; "))
    yield from ((material.atlas.name_of(each), material.page_of(each)) for each in ids)


def _member(material: Material, received: Received, row: Row) -> Member:
    owner, since, until = row["family_id"], row["from_date"], row["to_date"]
    is_vendor = owner in material.vendor_names
    page = address.recipient(owner) if is_vendor else material.page_of(owner)
    is_own = owner in (received.vendor, row["organisation_id"])
    return Member(
        name=material.vendor_names[owner] if is_vendor else material.atlas.name_of(owner),
        page=None if is_own and is_vendor else page,
        since=since,
        until=until,
        basis=row["basis"],
        because=row["because"],
        holds=(since or dt.date.min) <= material.day <= (until or dt.date.max),
    )
