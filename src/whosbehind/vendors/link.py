"""Links: which printed names are one legal entity, each with its basis and score.

Identifiers come first, then equal names, then what people judged. A likeness of names
never links: it only proposes a pair for review.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from whosbehind.phrases import phrase
from whosbehind.records import Judgement
from whosbehind.values import Basis, Verdict, digest
from whosbehind.vendors.names import name_key

# How sure each basis is, from 0 to 1; docs/decisions/vendors.md says what was measured.
SCORES: Mapping[Basis, Decimal] = {
    Basis.JUDGEMENT: Decimal("1.0"),
    Basis.UEI: Decimal("1.0"),
    Basis.DUNS: Decimal("0.99"),
    Basis.PRINTED: Decimal("0.99"),
    Basis.NAME: Decimal("0.97"),
    Basis.SPACES: Decimal("0.95"),
    Basis.OWN: Decimal("1.0"),
}
ALONE = phrase("known by this name alone")


@dataclass(frozen=True)
class Recipient:
    """A name under which documents state a recipient, with the identifiers they state beside it."""

    id: str
    name: str
    uei: str | None = None
    duns: str | None = None


@dataclass(frozen=True)
class Judged:
    """The vendor a name is judged to be, on which basis, and why in a few words."""

    vendor_id: str
    basis: Basis
    because: str

    @property
    def score(self) -> Decimal:
        """How sure the basis is, 0 to 1."""
        return SCORES[self.basis]


def link(recipients: Iterable[Recipient], judgements: Sequence[Judgement] = ()) -> dict[Recipient, Judged]:
    """The vendor of each recipient.

    A UEI is a vendor; so is a DUNS number that comes with none. A name without identifiers
    joins the one vendor of that name, or is a vendor by itself. Positive judgements join
    vendors, negative ones keep a name from a vendor.
    """
    listed = list(recipients)
    ueis = _ueis_of_duns(listed)
    found = {each: known for each in listed if (known := _identified(each, ueis))}
    vendors = {each: judged.vendor_id for each, judged in found.items()}
    index = NameIndex(vendors, kept_apart(judgements, vendors))
    unknown = [each for each in listed if each not in found]
    index.settle_unknown(each.name for each in unknown)
    found |= {each: index.find(each.name) for each in unknown}
    joined = _joined(judgements, index)
    return {each: joined.get(judged.vendor_id, judged) for each, judged in ((each, found[each]) for each in listed)}


def own_id(name: str) -> str:
    """The id of a vendor known by name alone: the same for all spellings of the name, in every workspace."""
    return _id_of(name_key(name).entity)


@lru_cache(maxsize=1_500_000)
def _id_of(entity: str) -> str:
    return f"name:{digest(entity)[:16]}"


class NameIndex:
    """The vendors that go by each name, to look a name up."""

    def __init__(self, vendors: Mapping[Recipient, str], apart: frozenset[tuple[str, str]] = frozenset()) -> None:
        self._printed: dict[str, set[str]] = defaultdict(set)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._entity: dict[str, set[str]] = defaultdict(set)
        self._joined: dict[str, set[str]] = defaultdict(set)
        self._apart = apart
        for each, vendor_id in vendors.items():
            self._enter(each.name, vendor_id)

    def settle_unknown(self, names: Iterable[str]) -> None:
        """Enter names without identifiers, so that spellings apart by a space alone find each other."""
        for name in sorted(set(names)):
            if not self._entity.get(name_key(name).entity) and not self._joined.get(name_key(name).joined):
                self._enter(name, own_id(name))

    def find(self, name: str) -> Judged:
        """The one vendor of a name; a vendor of its own where none or several go by it."""
        key, printed = name_key(name), plain(name)
        for table, spelling, basis, why in (
            (self._printed, printed, Basis.PRINTED, phrase("printed exactly so")),
            (self._exact, str(key), Basis.NAME, phrase("the same but for punctuation and the spelling of legal forms")),
            (self._entity, key.entity, Basis.NAME, phrase("the same but for the legal form")),
            (self._joined, key.joined, Basis.SPACES, phrase("the same but for spaces")),
        ):
            vendors = table.get(spelling)
            if not vendors:
                continue
            allowed = {each for each in vendors if not self._is_apart(each, name)} if self._apart else vendors
            if len(allowed) == 1:
                vendor_id = next(iter(allowed))
                is_own = vendor_id == own_id(name)
                return Judged(vendor_id, Basis.OWN, ALONE) if is_own else Judged(vendor_id, basis, why)
            if len(allowed) > 1 and basis is not Basis.PRINTED:
                return Judged(self._alone(name), Basis.OWN, phrase("several vendors go by this name, so it is kept by itself"))
        return Judged(self._alone(name), Basis.OWN, ALONE)

    def _alone(self, name: str) -> str:
        """The id of a name kept by itself; of this one spelling where people judged two spellings to be two."""
        return _id_of(plain(name)) if self._apart and self._is_apart(own_id(name), name) else own_id(name)

    def _is_apart(self, vendor_id: str, name: str) -> bool:
        return (vendor_id, plain(name)) in self._apart or (vendor_id, own_id(name)) in self._apart

    def _enter(self, name: str, vendor_id: str) -> None:
        key = name_key(name)
        self._printed[plain(name)].add(vendor_id)
        self._exact[str(key)].add(vendor_id)
        self._entity[key.entity].add(vendor_id)
        self._joined[key.joined].add(vendor_id)


def kept_apart(judgements: Sequence[Judgement], vendors: Mapping[Recipient, str]) -> frozenset[tuple[str, str]]:
    """Pairs of a vendor id and a printed name, or its id, that people judged to be two.

    Where both sides are names, each is kept from the vendors that documents state under the other.
    """
    printed: dict[str, set[str]] = defaultdict(set)
    for each, vendor_id in vendors.items():
        printed[plain(each.name)].add(vendor_id)
    denied = [each for each in standing(judgements) if each.verdict is Verdict.NEGATIVE]
    return frozenset(
        (vendor_id, side_key(other))
        for each in denied
        for one, other in ((each.left, each.right), (each.right, each.left))
        for vendor_id in ({one} if _is_id(one) else {own_id(one)} | printed[plain(one)])
    )


def standing(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The last judgement on each pair; a later one undoes an earlier."""
    in_order = sorted(judgements, key=lambda each: each.date)
    return list({frozenset((side_key(each.left), side_key(each.right))): each for each in in_order}.values())


def side_key(side: str) -> str:
    """A side of a judgement as it is compared: an id as it is, a name in upper case with single spaces."""
    return side if _is_id(side) else plain(side)


def plain(name: str) -> str:
    """A printed name in upper case with single spaces."""
    return " ".join(name.upper().split())


def _ueis_of_duns(recipients: Iterable[Recipient]) -> dict[str, str]:
    """The UEI of each DUNS number; none where documents state several."""
    stated: dict[str, set[str]] = defaultdict(set)
    for each in recipients:
        if each.duns and each.uei:
            stated[each.duns].add(each.uei.upper())
    return {duns: next(iter(ueis)) for duns, ueis in stated.items() if len(ueis) == 1}


def _identified(recipient: Recipient, ueis: Mapping[str, str]) -> Judged | None:
    if recipient.uei:
        return Judged(f"uei:{recipient.uei.upper()}", Basis.UEI, f"UEI {recipient.uei.upper()}")
    if recipient.duns:
        uei = ueis.get(recipient.duns)
        return Judged(f"uei:{uei}" if uei else f"duns:{recipient.duns}", Basis.DUNS, f"DUNS {recipient.duns}")
    return None


def _joined(judgements: Sequence[Judgement], index: NameIndex) -> dict[str, Judged]:
    """For each vendor that people joined to another, the vendor it became: the identified, else the first by id."""
    parent: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for each in standing(judgements):
        if each.verdict is not Verdict.POSITIVE:
            continue
        sides = [_root(parent, _vendor_of(side, index)) for side in (each.left, each.right)]
        kept, given = sorted(sides, key=lambda vendor: (not vendor.startswith("uei:"), vendor))
        if kept != given:
            parent[given] = kept
            reasons[given] = phrase("judged one by {who}: {reason}", who=each.author, reason=each.reason)
    return {vendor: Judged(_root(parent, vendor), Basis.JUDGEMENT, reason) for vendor, reason in reasons.items()}


def _root(parent: Mapping[str, str], vendor: str) -> str:
    while vendor in parent:
        vendor = parent[vendor]
    return vendor


def _vendor_of(side: str, index: NameIndex) -> str:
    return side if _is_id(side) else index.find(side).vendor_id


def _is_id(text: str) -> bool:
    return text.startswith(("uei:", "duns:", "name:"))
