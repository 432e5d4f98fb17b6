"""The same numbers by another way: the csv module, Decimal and one regular expression an alias. No engine, no lake."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from whosbehind.atlas import Atlas, ownerships
from whosbehind.records import Alias


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
    )


class Oracle:
    """Who a raw row buys from, alias by alias."""

    def __init__(self, atlas: Atlas) -> None:
        self._aliases = [(alias, _pattern(alias.text)) for alias in atlas.aliases()]
        self._owners = ownerships(atlas)
        self._any = re.compile("|".join(re.escape(alias.text) for alias, _ in self._aliases), re.I)

    def routes(self, row: Raw) -> dict[str, str]:
        """Organisations a row buys from, with the route."""
        found: dict[str, str] = {}
        for field, route in (("description", "reseller"), ("recipient_name", "direct")):
            text = row.description if field == "description" else row.recipient
            for named_id in self._named(text, field):
                for owner in self._owners:
                    if owner.named_id == named_id and _holds(owner.from_date, owner.to_date, row.day):
                        found[owner.organisation_id] = route
        return found

    def _named(self, text: str, field: str) -> Iterator[str]:
        if not self._any.search(text):
            return
        hits = [(m.start(), m.end(), a.named_id) for a, p in self._aliases if _is_for(a, field) for m in p.finditer(text)]
        for start, end, named_id in hits:
            if not any((s, e) != (start, end) and s <= start and end <= e for s, e, _ in hits):
                yield named_id


def _pattern(text: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if re.match(r"\w", text) else ""
    after = r"(?!\w)" if re.search(r"\w$", text) else ""
    return re.compile(before + re.escape(text) + after, re.I)


def _is_for(alias: Alias, field: str) -> bool:
    return alias.field in (None, field)


def _holds(first: dt.date | None, last: dt.date | None, day: dt.date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)
