"""Resolving names from anywhere: which vendor and which family each is, on which basis."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from whosbehind.values import Basis, RecipientKind
from whosbehind.vendors.families import Families, Membership, Stated, family_at
from whosbehind.vendors.link import NameIndex, Recipient

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Resolved:
    """What a name is judged to be; without a vendor where it is a person's, a placeholder or blank."""

    vendor_id: str | None
    family_id: str | None
    basis: Basis
    score: Decimal
    because: str


class Resolver:
    """Names against the vendors and families of a snapshot."""

    def __init__(
        self, vendors: Iterable[Row], families: Iterable[Row], known: Families, kind_of: Callable[[str], RecipientKind]
    ) -> None:
        listed = list(vendors)
        self._index = NameIndex({Recipient(row["recipient_id"], row["recipient_name"]): row["vendor_id"] for row in listed})
        self._members: dict[str, list[Membership]] = defaultdict(list)
        for row in families:
            self._members[row["vendor_id"]].append(
                Membership(
                    row["vendor_id"], row["family_id"], row["from_date"], row["to_date"], Basis(row["basis"]), row["because"]
                )
            )
        self._known, self._kind_of = known, kind_of

    def resolve(self, name: str, day: dt.date) -> Resolved:
        """The vendor of a name, and its family on a day.

        A name no document states is a vendor by itself, with one id for all its spellings;
        the atlas may still know its family. `score` is that of the vendor link.
        """
        if not name.strip():
            return Resolved(None, None, Basis.UNDISCLOSED, Decimal(1), "there is no name")
        kind = self._kind_of(name)
        if kind is not RecipientKind.ORGANISATION:
            basis = Basis.INDIVIDUAL if kind is RecipientKind.INDIVIDUAL else Basis.UNDISCLOSED
            return Resolved(None, None, basis, Decimal(1), "persons and placeholders are never vendors")
        found = self._index.find(name)
        members = self._members.get(found.vendor_id) or self._known.of([Stated(found.vendor_id, name)])
        family = family_at(members, day)
        family_id = family.family_id if family else found.vendor_id
        why = found.because + (f"; family: {family.because}" if family else "")
        return Resolved(found.vendor_id, family_id, found.basis, found.score, why)
