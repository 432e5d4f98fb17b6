"""The same numbers by another way: the csv module, Decimal and one regular expression an alias. No engine, no lake."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from tests import one_by_one
from tests.one_by_one import OneByOne
from whosbehind.atlas import Atlas, ownerships
from whosbehind.vendors import is_joint_venture


@dataclass(frozen=True)
class Raw:
    """A distinct row of the published files."""

    agency: str
    day: dt.date
    amount: Decimal
    recipient: str
    description: str
    award_id: str
    modification: str
    psc: str
    naics: str


def distinct_rows(files: Iterable[Path]) -> list[Raw]:
    """Every distinct row of every file."""
    found: dict[tuple[str, ...], Raw] = {}
    for file in files:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            for row in csv.DictReader(stream):
                found.setdefault((file.name, *row.values()), _raw(row))
    return list(found.values())


def _raw(row: dict[str, str]) -> Raw:
    return Raw(
        row["Agency"],
        dt.date.fromisoformat(row["Action Date"]),
        Decimal(row["Federal Action Obligation"]).quantize(Decimal("0.01")),
        row["Recipient Name"],
        row["Transaction Description"],
        row["Generated Award ID"],
        row["Modification"],
        row["Product/Service Description"],
        row["NAICS Description"],
    )


class Oracle:
    """Who a raw row buys from: its description alias by alias, its recipient by the names of its vendor.

    `vendors` says which vendor each recipient's name is judged to be; who that vendor is, is found here.
    """

    def __init__(self, atlas: Atlas, vendors: Mapping[str, str], rows: Iterable[Raw]) -> None:
        aliases = list(atlas.aliases())
        self._descriptions, self._names = OneByOne(aliases, "description"), OneByOne(aliases, "recipient_name")
        self._rules = atlas.around
        self._owners: dict[str, list[tuple[int, str, dt.date, dt.date]]] = defaultdict(list)
        for each in ownerships(atlas):
            span = (each.from_date or dt.date.min, each.to_date or dt.date.max)
            self._owners[each.named_id].append((each.distance, each.organisation_id, *span))
        self._named_by = cache(self._named)
        self._recipients = self._named_recipients(vendors, Counter(row.recipient for row in rows))

    def routes(self, row: Raw) -> dict[str, str]:
        """Organisations a row buys from, with the route: direct where the recipient is of the organisation's family."""
        recipient = self._recipients.get(row.recipient)
        own = {self._family(recipient, row.day)} if recipient else set()
        found: dict[str, str] = {}
        for named in (*([recipient] if recipient else []), *self._named_by(row.description, row.recipient, row.psc, row.naics)):
            route = "direct" if self._family(named, row.day) in own else "reseller"
            for organisation in self._chain(named, row.day):
                found[organisation] = "direct" if found.get(organisation) == "direct" else route
        return found

    def _named(self, description: str, recipient: str, psc: str, naics: str) -> tuple[str, ...]:
        """What a description names that counts: supplied, and certain or probable."""
        what = f"{psc} | {naics}"
        hits = self._descriptions.hits(description, f"{recipient} | {what}")
        has_another = len({hit.alias.named_id for hit in hits}) > 1
        return tuple(
            hit.alias.named_id
            for hit in hits
            if hit.confidence != "possible"
            and one_by_one.role_of(hit, description, what, has_another, self._rules)[0] == "supplied"
        )

    def _named_recipients(self, vendors: Mapping[str, str], counts: Counter[str]) -> dict[str, str]:
        """By recipient's name, what its vendor is: what the first of the vendor's names says, the most frequent first."""
        names: dict[str, list[str]] = defaultdict(list)
        for name in sorted(vendors, key=lambda name: (-counts[name], name)):
            names[vendors[name]].append(name)
        meant = {vendor: self._meaning(listed) for vendor, listed in names.items()}
        return {name: named for name, vendor in vendors.items() if (named := meant[vendor])}

    def _meaning(self, names: list[str]) -> str | None:
        if is_joint_venture(names[0]):
            return None
        return next((found for name in names if not is_joint_venture(name) and (found := self._certain(name))), None)

    def _certain(self, name: str) -> str | None:
        first = next((hit.alias.named_id for hit in self._names.hits(name) if hit.confidence == "certain"), None)
        return first if first in self._owners else None

    def _chain(self, named: str, day: dt.date) -> list[str]:
        return [owner for _, owner, first, last in sorted(self._owners.get(named, [])) if first <= day <= last]

    def _family(self, named: str, day: dt.date) -> str | None:
        return next(iter(reversed(self._chain(named, day))), None)
