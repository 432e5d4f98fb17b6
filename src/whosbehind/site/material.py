"""What the pages are made of: everything asked of a workspace once, before the first page is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from whosbehind.atlas import Atlas
from whosbehind.claims import Finding
from whosbehind.figures import Row
from whosbehind.figures.opened import Opened
from whosbehind.profiles import Known
from whosbehind.site import address
from whosbehind.site.numbers import Book
from whosbehind.tables import COVERAGE, DOCUMENTS, RECIPIENTS, REJECTS
from whosbehind.workspace import Workspace

Ticker = Callable[[str, int, int], None]
# The tables that pages show whole.
TABLES = (DOCUMENTS, COVERAGE, RECIPIENTS, REJECTS)


@dataclass(frozen=True)
class Material:
    """What pages are made of: rows, atlas, findings and tables of one snapshot, as they stand on `day`."""

    opened: Opened
    known: Known
    findings: Mapping[str, Finding]
    tables: Mapping[str, list[Row]]
    notes: tuple[str, ...]
    workspace: Workspace
    book: Book = field(default_factory=Book)

    @property
    def atlas(self) -> Atlas:
        """The content."""
        return self.known.atlas

    @property
    def day(self) -> dt.date:
        """The day as of which flows and owners are shown."""
        return self.known.day

    @cached_property
    def by_vendor(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each vendor, and of each kind of nameless recipient."""
        return self._grouped("vendor_id")

    @cached_property
    def by_agency(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each agency, by its abbreviation."""
        return self._grouped("agency")

    @cached_property
    def by_award(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each award."""
        return self._grouped("award_id")

    @cached_property
    def organisations_of(self) -> Mapping[str, tuple[Row, ...]]:
        """The counted attributions of each transaction."""
        found: dict[str, list[Row]] = defaultdict(list)
        for listed in self.opened.attributions.values():
            for each in listed:
                found[each["transaction_id"]].append(each)
        return {name: tuple(listed) for name, listed in found.items()}

    @cached_property
    def vendor_names(self) -> Mapping[str, str]:
        """The name most money went to under which each vendor is known."""
        found: dict[str, tuple[Any, str]] = {}
        for vendor, rows in self.by_vendor.items():
            sums: dict[str, Any] = defaultdict(int)
            for row in rows:
                sums[row["recipient_name"]] += row["obligated_usd"]
            found[vendor] = min((-usd, name) for name, usd in sums.items())
        return {vendor: name for vendor, (_, name) in found.items()}

    def _grouped(self, column: str) -> dict[str, tuple[Row, ...]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(self.opened.rows.values(), key=_largest):
            found[row[column]].append(row)
        return {name: tuple(listed) for name, listed in found.items()}

    def page_of(self, thing: str) -> str | None:
        """The page of anything of the atlas by its id; None where it has none of its own."""
        atlas = self.atlas
        if thing in atlas.systems:
            return address.system(thing)
        if thing in atlas.agencies or thing in atlas.bodies:
            return address.agency(thing)
        if thing in atlas.organisations:
            return address.organisation(thing)
        return self._page_of_product(thing)

    def _page_of_product(self, thing: str) -> str | None:
        owner = self.atlas.owner_of_product(thing)
        return address.organisation(owner.id) if owner else None


def _largest(row: Row) -> tuple[Any, ...]:
    return (-row["obligated_usd"], row["action_date"], row["transaction_id"])


def gather(workspace: Workspace, day: dt.date, tick: Ticker) -> Material:
    """Ask a workspace for all that its pages need.

    Raises Mistake if nothing is built yet.
    """
    steps = 4
    tick("opening rows", 0, steps)
    opened = workspace.open_rows()
    tick("checking claims", 1, steps)
    findings = {each.id: each for each in workspace.check()}
    tick("reading tables", 2, steps)
    tables = {each.name: workspace.table(each.name) for each in TABLES}
    tick("gathered", steps, steps)
    return Material(opened, workspace.known(day), findings, tables, workspace.snapshot().notes, workspace)
