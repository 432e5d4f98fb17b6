"""Organisations, agencies and the words that name them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from whosbehind.records.corrections import Correction
from whosbehind.values import Role, Verdict


@dataclass(frozen=True)
class Alias:
    """A spelling that names an organisation or product, the field it is safe in, and what must or may not stand beside it."""

    text: str
    named_id: str
    field: str | None = None
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    role: Role = Role.SUPPLIED


@dataclass(frozen=True)
class AroundRule:
    """When a name stands for a platform, place or replaced brand: the words beside it that say so.

    The rule applies where `before` stands at most `within` words before the name, `after` at
    most `within` words behind it, or `anywhere` in the record; only where the record's wording
    of product and service holds one of `psc` (if given) and none of `unless` stands in it;
    with `beside_another` only where another maker is named too.
    """

    id: str
    means: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    within: int = 0
    psc: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    beside_another: bool = False


@dataclass(frozen=True)
class Ownership:
    """From when to when an organisation owns what is named; None means without end."""

    named_id: str
    organisation_id: str
    from_date: dt.date | None
    to_date: dt.date | None
    rule: str
    distance: int = 0
    is_reseller: bool = False


@dataclass(frozen=True)
class Product:
    """What an organisation sells, with the days it owned it."""

    id: str
    name: str
    aliases: tuple[Alias, ...]
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """An organisation that owns another, with the days it did."""

    organisation_id: str
    from_date: dt.date | None
    to_date: dt.date | None
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """A company or public body of the atlas."""

    id: str
    name: str
    kind: str
    description: str
    aliases: tuple[Alias, ...]
    products: tuple[Product, ...] = ()
    owners: tuple[Owner, ...] = ()
    sources: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def all_aliases(self) -> tuple[Alias, ...]:
        """Its own aliases and those of its products."""
        return (*self.aliases, *(alias for product in self.products for alias in product.aliases))


@dataclass(frozen=True)
class Judgement:
    """A person's recorded decision whether two names (or `uei:` identifiers) are one legal entity."""

    id: str
    left: str
    right: str
    verdict: Verdict
    author: str
    date: dt.date
    reason: str


@dataclass(frozen=True)
class FormerAgency:
    """An agency whose work another took over, on a day as coarse as it is known."""

    agency_id: str
    date: str | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Agency:
    """A department or sub-agency with the names and codes it goes by."""

    id: str
    name: str
    kind: str
    abbreviation: str
    code: str
    department_id: str | None = None
    aliases: tuple[str, ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    predecessors: tuple[FormerAgency, ...] = ()
    sources: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """All spellings by which the agency is known, in upper case."""
        return tuple(dict.fromkeys(text.upper() for text in (self.id, self.abbreviation, self.code, self.name, *self.aliases)))
