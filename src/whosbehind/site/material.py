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
from whosbehind.figures.answer import largest_first
from whosbehind.figures.opened import Opened, grouped, total
from whosbehind.figures.select import nameless_kind
from whosbehind.profiles import Known
from whosbehind.site import address
from whosbehind.site.numbers import Book
from whosbehind.tables import COVERAGE, DOCUMENTS, FAMILIES, RECIPIENTS, REJECTS, SYSTEM_AWARDS, VENDORS
from whosbehind.workspace import Workspace

Ticker = Callable[[str, int, int], None]
# The tables that pages show whole.
TABLES = (DOCUMENTS, COVERAGE, RECIPIENTS, REJECTS, VENDORS, FAMILIES, SYSTEM_AWARDS)


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
        return self._by("vendor_id")

    @cached_property
    def by_agency(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each agency, by its abbreviation."""
        return self._by("agency")

    @cached_property
    def by_award(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each award."""
        return self._by("award_id")

    @cached_property
    def organisations_of(self) -> Mapping[str, tuple[Row, ...]]:
        """The counted attributions of each transaction."""
        every = (each for listed in self.opened.attributions.values() for each in listed)
        return {name: tuple(listed) for name, listed in grouped(every, "transaction_id").items()}

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

    def _by(self, column: str) -> dict[str, tuple[Row, ...]]:
        return {name: tuple(listed) for name, listed in grouped(self.rows, column).items()}

    @cached_property
    def rows(self) -> list[Row]:
        """All rows, largest first."""
        return largest_first(self.opened.rows.values())

    @cached_property
    def vendors(self) -> tuple[str, ...]:
        """The vendors that have a name, those most money went to first."""
        sums = {vendor: total(rows).obligated_usd for vendor, rows in self.by_vendor.items() if nameless_kind(vendor) is None}
        return tuple(sorted(sums, key=lambda vendor: (-sums[vendor], vendor)))

    @cached_property
    def award_of_contracts(self) -> Mapping[str, str]:
        """By PIID, the award in the evidence that the agency of a contract of the atlas placed, where there is exactly one."""
        awards: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for row in self.opened.rows.values():
            awards[row["piid"]].add((row["agency_code"], row["award_id"]))
        found = {}
        for contract in self.atlas.contracts.values():
            codes = self.atlas.codes_below(contract.agency_id)
            own = {award for code, award in awards.get(contract.piid or "", ()) if code in codes}
            if contract.piid and len(own) == 1:
                found[contract.piid] = own.pop()
        return found

    @cached_property
    def companies(self) -> tuple[str, ...]:
        """The companies that have a page, those that most rows count for first."""
        counts = {name: len(rows) for name, rows in self.opened.attributions.items()}
        return tuple(sorted(self.described, key=lambda name: (-counts.get(name, 0), name)))

    @cached_property
    def described(self) -> frozenset[str]:
        """The companies that have a page: those that money, systems, flows, contracts, facts or claims lead to."""
        atlas = self.atlas
        things = [*self.opened.attributions, *(each.vendor_id for each in atlas.contracts.values())]
        things += [part.party_id for system in atlas.systems.values() for _, part in system.parts()]
        things += [end for flow in atlas.flows.values() for end in (flow.from_id, flow.to_id)]
        things += [fact.about_id for fact in atlas.facts.values()]
        checks = [finding.claim.check for finding in self.findings.values() if finding.claim.check]
        things += [name for check in checks for name in (*check.question.organisations, check.company)]
        sellers = [self._seller(each) for each in things if each]
        return frozenset(each for each in sellers if each)

    def _seller(self, thing: str) -> str | None:
        """The company of an id: itself, or the one that sells the product."""
        return thing if thing in self.atlas.organisations else self._sellers.get(thing)

    @cached_property
    def _sellers(self) -> Mapping[str, str]:
        """The company that sells, or sold last, each product."""
        sold = [
            (product.to_date or dt.date.max, product.id, each.id)
            for each in self.atlas.organisations.values()
            for product in each.products
        ]
        return {product: seller for _, product, seller in sorted(sold)}

    @cached_property
    def public_things(self) -> frozenset[str]:
        """The agencies and offices that rows, systems, flows, contracts or facts lead to, and what they are part of."""
        atlas = self.atlas
        found = {agency.id for agency in atlas.agencies.values() if agency.abbreviation in self.by_agency}
        found |= {end for flow in atlas.flows.values() for end in (flow.from_id, flow.to_id)}
        found |= {part.party_id for system in atlas.systems.values() for _, part in system.parts()}
        found |= {system.operator_id for system in atlas.systems.values()}
        found |= {contract.agency_id for contract in atlas.contracts.values()}
        found |= {fact.about_id for fact in atlas.facts.values()}
        found |= {whole for each in found for whole in atlas.wholes(each)}
        return frozenset(found & (set(atlas.agencies) | set(atlas.bodies)))

    def page_of(self, thing: str) -> str | None:
        """The page of anything of the atlas by its id; None where it has none of its own."""
        atlas = self.atlas
        if thing in atlas.systems:
            return address.system(thing)
        if thing in atlas.agencies or thing in atlas.bodies:
            return address.agency(thing) if thing in self.public_things else None
        seller = self._seller(thing)
        return address.organisation(seller) if seller and seller in self.described else None


def gather(workspace: Workspace, day: dt.date, tick: Ticker) -> Material:
    """Ask a workspace for all that its pages need.

    Raises Mistake if nothing is built yet.
    """
    steps = 4
    tick("opening rows", 0, steps)
    opened = workspace.open_rows(day)
    tick("checking claims", 1, steps)
    findings = {each.id: each for each in workspace.check()}
    tick("reading tables", 2, steps)
    tables = {each.name: workspace.table(each.name) for each in TABLES}
    tick("gathered", steps, steps)
    return Material(opened, workspace.known(day), findings, tables, workspace.snapshot().notes, workspace)
