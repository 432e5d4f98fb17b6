"""Families: which vendors belong to one owner, from when to when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from whosbehind.lexicon import Lexicon
from whosbehind.phrases import phrase
from whosbehind.records import Alias, Ownership
from whosbehind.values import Basis, Confidence
from whosbehind.vendors.names import is_joint_venture

FAMILY_SCORES: Mapping[Basis, Decimal] = {Basis.ATLAS: Decimal("0.97"), Basis.PARENT: Decimal("0.85"), Basis.OWN: Decimal(1)}


@dataclass(frozen=True)
class Stated:
    """What documents state about a vendor: a name, the parent printed beside it, and the first day of that."""

    vendor_id: str
    name: str
    transaction_count: int = 0
    parent_name: str | None = None
    parent_uei: str | None = None
    first_date: dt.date | None = None


@dataclass(frozen=True)
class Membership:
    """A vendor's family between two days; None means without end. `family_id` is an organisation or a vendor."""

    vendor_id: str
    family_id: str
    from_date: dt.date | None
    to_date: dt.date | None
    basis: Basis
    because: str
    organisation_id: str | None = None
    partners: str | None = None

    @property
    def score(self) -> Decimal:
        """How sure the basis is, 0 to 1."""
        return FAMILY_SCORES[self.basis]


class Families:
    """Families by the atlas's aliases and dated owners, else by the parent that documents print."""

    def __init__(self, aliases: Iterable[Alias], ownership: Sequence[Ownership]) -> None:
        self._lexicon = Lexicon(aliases, "recipient_name")
        self._chains: dict[str, list[Ownership]] = defaultdict(list)
        for each in ownership:
            self._chains[each.named_id].append(each)

    def of(self, stated: Iterable[Stated]) -> list[Membership]:
        """The memberships of all vendors; each vendor has a family on every day."""
        by_vendor: dict[str, list[Stated]] = defaultdict(list)
        for each in stated:
            by_vendor[each.vendor_id].append(each)
        return [found for vendor_id, listed in sorted(by_vendor.items()) for found in self._memberships(vendor_id, listed)]

    def organisation(self, name: str) -> tuple[str, str] | None:
        """The organisation or product an alias in a recipient's name means, and its words; none for joint ventures."""
        if is_joint_venture(name):
            return None
        match = next((each for each in self._lexicon.matches(name) if each.confidence is Confidence.CERTAIN), None)
        return (match.named_id, match.matched) if match and match.named_id in self._chains else None

    def _memberships(self, vendor_id: str, listed: Sequence[Stated]) -> Iterator[Membership]:
        names = [each.name for each in sorted(listed, key=lambda each: (-each.transaction_count, each.name))]
        if is_joint_venture(names[0]):
            partners = "; ".join(dict.fromkeys(match.named_id for match in self._lexicon.matches(names[0]))) or None
            yield Membership(
                vendor_id, vendor_id, None, None, Basis.OWN, "a joint venture is a family of its own", None, partners
            )
            return
        known = next((found for name in names if (found := self.organisation(name))), None)
        if known:
            yield from self._spans(vendor_id, *known, Basis.ATLAS)
            return
        yield from self._by_parent(vendor_id, listed)

    def _by_parent(self, vendor_id: str, listed: Sequence[Stated]) -> Iterator[Membership]:
        """The parent as documents print it, undated there: so a hint, from the first day on which it was printed."""
        named = [each for each in listed if each.parent_uei and f"uei:{each.parent_uei.upper()}" != vendor_id]
        if not named:
            yield Membership(vendor_id, vendor_id, None, None, Basis.OWN, phrase("no owner is known"))
            return
        last = max(
            named, key=lambda each: (each.first_date or dt.date.min, each.parent_uei or "", each.parent_name or "", each.name)
        )
        known = self.organisation(last.parent_name or "")
        if known:
            yield from self._spans(vendor_id, known[0], f"parent {last.parent_name}", Basis.PARENT)
            return
        assert last.parent_uei is not None
        why = phrase("parent as printed: {name}", name=last.parent_name or last.parent_uei)
        yield Membership(vendor_id, f"uei:{last.parent_uei.upper()}", None, None, Basis.PARENT, why)

    def _spans(self, vendor_id: str, named_id: str, words: str, basis: Basis) -> Iterator[Membership]:
        """The last owner in the chain on each stretch of days."""
        chain = self._chains[named_id]
        starts = {each.from_date for each in chain if each.from_date}
        starts |= {each.to_date + dt.timedelta(days=1) for each in chain if each.to_date}
        bounds: list[dt.date | None] = [None, *sorted(starts)]
        for first, following in zip(bounds, [*bounds[1:], None], strict=True):
            last = following - dt.timedelta(days=1) if following else None
            head = _head(chain, first, last)
            if head:
                yield Membership(vendor_id, head, first, last, basis, phrase("named “{name}”", name=words), named_id)
            else:
                yield Membership(vendor_id, vendor_id, first, last, Basis.OWN, phrase("no owner is known on these days"))


def _head(chain: Sequence[Ownership], first: dt.date | None, last: dt.date | None) -> str | None:
    """The most distant owner that holds on the whole stretch."""
    holding = [
        each
        for each in chain
        if (each.from_date is None or (first is not None and each.from_date <= first))
        and (each.to_date is None or (last is not None and each.to_date >= last))
    ]
    return max(holding, key=lambda each: (each.distance, each.organisation_id)).organisation_id if holding else None


def family_at(memberships: Iterable[Membership], day: dt.date) -> Membership | None:
    """The membership that holds on a day."""
    return next(
        (
            each
            for each in memberships
            if (each.from_date is None or each.from_date <= day) and (each.to_date is None or each.to_date >= day)
        ),
        None,
    )
