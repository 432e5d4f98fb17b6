"""Names from anywhere against the companies of the atlas and the recipients of the record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from whosbehind.records import Organisation
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.values import Basis, clean_name
from whosbehind.vendors import Resolved, Resolver
from whosbehind.vendors.link import ALONE

# The most that equal names score: whether two names are one firm is never beyond doubt.
SURE = Decimal("0.99")
# How like a name must be to be offered; the most that likeness alone can score, and what a product's name does.
LIKE, MOST_FOR_LIKENESS, FOR_PRODUCT = 0.45, 90, 85


class Kind(StrEnum):
    """What a name can be of."""

    ORGANISATION = "organisation"
    RECIPIENT = "recipient"


@dataclass(frozen=True)
class Entity:
    """A company of the atlas or a recipient of the record, with the spellings it goes by; the first is its name."""

    id: str
    kind: Kind
    spellings: tuple[str, ...]
    about: str
    page: str

    @property
    def name(self) -> str:
        """Its usual name."""
        return self.spellings[0]


@dataclass(frozen=True)
class Candidate:
    """What a name may be of: how sure from 0 to 100, and whether it is certain."""

    entity: Entity
    score: int
    is_certain: bool


class Names:
    """Everything that has a name and a page, to look names up. Recipients that are persons are not among it."""

    def __init__(self, material: Material, resolver: Resolver) -> None:
        self._material, self._resolver, self._day = material, resolver, material.day
        self.entities = {each.id: each for each in (*_organisations(material), *_recipients(material))}

    def candidates(self, name: str, kinds: Collection[Kind], limit: int) -> list[Candidate]:
        """What a name may be of, best first: certain where names are equal as `resolve` has it, else only alike."""
        resolved = self._resolver.resolve(name, self._day)
        if resolved.basis in (Basis.INDIVIDUAL, Basis.UNDISCLOSED):
            return []
        found = {each.entity.id: each for each in self._alike(name)}
        nearer = (*self._seller(name), *self._organisation(name), *self._recipient(resolved))
        found |= {each.entity.id: each for each in nearer}
        wanted = [each for each in found.values() if each.entity.kind in kinds]
        return sorted(wanted, key=lambda each: (-each.score, not each.is_certain, each.entity.name))[:limit]

    def beginning(self, prefix: str, limit: int) -> list[Entity]:
        """What has a word that begins so, companies first, then recipients with most money."""
        wanted = f" {clean_name(prefix)}"
        found = (each for each, keys in self._keys if any(wanted in f" {key}" for key in keys))
        return [each for each, _ in zip(found, range(limit), strict=False)] if wanted.strip() else []

    def _organisation(self, name: str) -> Iterator[Candidate]:
        found = self._material.atlas.find_organisation(name)
        entity = self.entities.get(found.id) if found else None
        if found and entity:
            is_own = clean_name(name) in (clean_name(found.name), clean_name(found.id))
            yield Candidate(entity, 100 if is_own else 96, is_own or _is_plain(found, name))

    def _seller(self, name: str) -> Iterator[Candidate]:
        """Who sells the product of a name: worth a look, and another thing than the product."""
        seller = self._material.atlas.owner_of_product(name)
        if seller and seller.id in self.entities:
            yield Candidate(self.entities[seller.id], FOR_PRODUCT, False)

    def _recipient(self, resolved: Resolved) -> Iterator[Candidate]:
        entity = self.entities.get(resolved.vendor_id or "")
        if entity:
            is_shared = resolved.basis is Basis.OWN and not resolved.because.startswith(ALONE)
            yield Candidate(entity, int(min(resolved.score, SURE) * 100), not is_shared)

    def _alike(self, name: str) -> Iterator[Candidate]:
        wanted = _trigrams(name)
        shared: Counter[int] = Counter()
        for trigram in wanted:
            shared.update(self._by_trigram.get(trigram, ()))
        for place, count in shared.items():
            entity, size = self._spelled[place]
            likeness = 2 * count / (len(wanted) + size)
            if likeness >= LIKE:
                yield Candidate(entity, round(likeness * MOST_FOR_LIKENESS), False)

    @cached_property
    def _keys(self) -> list[tuple[Entity, tuple[str, ...]]]:
        return [(each, tuple(map(clean_name, each.spellings))) for each in self.entities.values()]

    @cached_property
    def _spelled(self) -> list[tuple[Entity, int]]:
        return [(each, len(_trigrams(spelling))) for each in self.entities.values() for spelling in each.spellings]

    @cached_property
    def _by_trigram(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        spellings = (spelling for each in self.entities.values() for spelling in each.spellings)
        for place, spelling in enumerate(spellings):
            for trigram in _trigrams(spelling):
                found[trigram].append(place)
        return found


def _organisations(material: Material) -> Iterator[Entity]:
    """The companies that have a page, those with most rows first."""
    for name in material.companies:
        each = material.atlas.organisations[name]
        spellings = dict.fromkeys((each.name, *(alias.text for alias in each.aliases)))
        yield Entity(name, Kind.ORGANISATION, tuple(spellings), each.description, address.organisation(name))


def _recipients(material: Material) -> Iterator[Entity]:
    """The recipients that are no persons, those with most money first, each with all names it is printed under."""
    for vendor in material.vendors:
        spellings = dict.fromkeys((material.vendor_names[vendor], *(row["recipient_name"] for row in material.by_vendor[vendor])))
        kind, _, number = vendor.partition(":")
        about = f"{kind.upper()} {number}" if kind in ("uei", "duns") else "known by name alone"
        yield Entity(vendor, Kind.RECIPIENT, tuple(spellings), about, address.recipient(vendor))


def _is_plain(organisation: Organisation, name: str) -> bool:
    """Whether a spelling names a company wherever it stands, with no further words that must or may not be beside it."""
    aliases = (alias for alias in organisation.aliases if clean_name(alias.text) == clean_name(name))
    return all(not alias.only_with and not alias.unless for alias in aliases)


def _trigrams(name: str) -> frozenset[str]:
    """A cleaned name in pieces of three letters, so that names alike share most of them."""
    padded = f"  {clean_name(name)} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
