"""The rest of a company's page: through whom and what was bought of it, its family, its parts in systems, flows and claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from whosbehind.figures import AuthorizedProduct, Row, authorized_products
from whosbehind.profiles import Line, OrganisationProfile
from whosbehind.records import Organisation
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.shelves.flow_lines import lines_around
from whosbehind.site.shelves.known_parts import awards_of, pages_of_parts, with_verdicts
from whosbehind.site.shelves.money_lines import paid
from whosbehind.tables import AUTHORIZATIONS
from whosbehind.values import clean_name

# Resellers, names and owned companies that a page shows at once; what is beyond can be unfolded.
SHOWN = 20


@dataclass(frozen=True)
class Sold:
    """A product of a company: since and until when it owned it, and what was obligated in rows that name it."""

    line: Line
    number: Number | None


@dataclass(frozen=True)
class Authorized:
    """What the newest list of the FedRAMP marketplace says of a company: its day, its document, and the products."""

    day: str
    document_id: str
    products: tuple[AuthorizedProduct, ...]

    @property
    def count(self) -> int:
        """The authorizations of all its products."""
        return sum(each.count for each in self.products)


@dataclass(frozen=True)
class Companies:
    """What the pages of all companies draw on, looked up once."""

    material: Material

    @cached_property
    def marketplace(self) -> Sequence[Row]:
        """The rows of the newest list of the FedRAMP marketplace; none where no list was received."""
        rows = self.material.workspace.table(AUTHORIZATIONS.name)
        newest = max(rows, key=lambda row: (row["snapshot_date"], row["document_id"]), default=None)
        return [row for row in rows if newest and row["document_id"] == newest["document_id"]]

    @cached_property
    def providers(self) -> frozenset[str]:
        """The names of all that offer a product there, reduced to what makes them distinct."""
        return frozenset(clean_name(row["provider_name"]) for row in self.marketplace)

    def authorized(self, organisation: Organisation) -> Authorized | None:
        """The products of a company in the marketplace; None where it has none."""
        names = {
            clean_name(text) for text in (organisation.id, organisation.name, *(alias.text for alias in organisation.aliases))
        }
        if not names & self.providers:
            return None
        products = authorized_products(self.marketplace, lambda provider: clean_name(provider) in names)
        first = self.marketplace[0]
        return Authorized(str(first["snapshot_date"]), first["document_id"], tuple(products)) if products else None


def parts_of(
    companies: Companies,
    profile: OrganisationProfile,
    resellers: Sequence[tuple[str, Number]],
    seen: Sequence[tuple[str, Number]],
) -> dict[str, Any]:
    """What a page of a company shows beside its sums."""
    material = companies.material
    return {
        "resellers": tuple(paid(material, vendor, number) for vendor, number in resellers[:SHOWN]),
        "reseller_count": len(resellers),
        "sold": _sold(profile, dict(seen)),
        "owned": tuple(line for line in profile.owns if line.role == "company"),
        "flows": lines_around(material, profile.flows),
        "pages": pages_of_parts(material, _named(profile), profile.contracts),
        "awards": awards_of(material, profile.contracts),
        "claims": with_verdicts(material, profile.claims),
        "authorized": companies.authorized(profile.organisation),
        "aliases": _other_names(profile.organisation),
        "shown": SHOWN,
    }


def _sold(profile: OrganisationProfile, seen: Mapping[str, Number]) -> tuple[Sold, ...]:
    """Its products, those most was obligated for first."""
    listed = [Sold(line, seen.get(line.id or "")) for line in profile.owns if line.role == "product"]
    return tuple(sorted(listed, key=_most))


def _most(sold: Sold) -> tuple[bool, Any, str]:
    usd = sold.number.amount.obligated_usd if sold.number else 0
    return sold.number is None, -usd, sold.line.name.lower()


def _named(profile: OrganisationProfile) -> Iterator[str]:
    """The ids of all that the page names, so that it can lead there."""
    yield from (line.id for line in (*profile.owners, *profile.owns, *profile.systems) if line.id)


def _other_names(organisation: Organisation) -> tuple[str, ...]:
    """The spellings it goes by beside its name, each once."""
    own = organisation.name.upper()
    found = {alias.text.upper(): alias.text for alias in organisation.aliases if alias.text.upper() != own}
    return tuple(found[key] for key in sorted(found))
