"""The rows of a lake, opened once, so that the numbers of many pages can be made without asking again.

Every sum here is that of a question, and equals what `answer` says to it; a test holds the two together.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from whosbehind.atlas import Atlas
from whosbehind.attribution import is_counted
from whosbehind.figures.answer import answer, largest_first, published_row
from whosbehind.figures.coverage import warnings_of
from whosbehind.figures.figure import Alternative, Amount, Figure, Row
from whosbehind.figures.question import Question
from whosbehind.figures.select import NAMELESS, Lake, filtered, heirs, judged, names_of
from whosbehind.tables import MENTIONS, SYSTEM_AWARDS, TRANSACTIONS, VENDORS
from whosbehind.values import Route

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True)
class Opened:
    """The transactions of a snapshot that figures sum, with all that they count for.

    `rows` are by transaction, each with the columns of the table, its `agency`, `vendor_id`,
    `citation` and `usaspending_url`; `attributions` the counted ones by organisation; `products`
    and `systems` the transactions that name a product, or are for a system. `inherited` has
    what later actions take over from their award besides, `owned_today` all that counts with today's owners.
    """

    snapshot: str
    today: dt.date
    rows: Mapping[str, Row]
    attributions: Mapping[str, tuple[Row, ...]]
    products: Mapping[str, frozenset[str]]
    systems: Mapping[str, frozenset[str]]
    inherited: Mapping[str, tuple[Row, ...]]
    owned_today: Mapping[str, tuple[Row, ...]]
    plain: Mapping[tuple[str, ...], Figure]

    def of_organisation(self, organisation: str) -> tuple[Row, ...]:
        """The rows that count for an organisation, each with its route and the words that decided it, largest first."""
        return self._joined(self.attributions.get(organisation, ()))

    def with_inherited(self, organisation: str) -> tuple[Row, ...]:
        """The same with the rows of actions that take over what their award named first."""
        return self._joined((*self.attributions.get(organisation, ()), *self.inherited.get(organisation, ())))

    def as_owned_today(self, organisation: str) -> tuple[Row, ...]:
        """The rows that count for an organisation with today's owners."""
        return self._joined(self.owned_today.get(organisation, ()))

    def _joined(self, judgements: Iterable[Row]) -> tuple[Row, ...]:
        return tuple(largest_first({**self.rows[each["transaction_id"]], **each} for each in judgements))

    def picked(self, transactions: Collection[str]) -> tuple[Row, ...]:
        """Rows by their transactions, largest first."""
        return tuple(largest_first(self.rows[each] for each in transactions))

    def figure(self, question: Question, rows: Iterable[Row]) -> Figure:
        """The figure of a question without a window, whose rows are known.

        Raises KeyError if the question asks for agencies of which none is in the evidence.
        """
        plain, listed = self.plain[question.agencies], tuple(rows)
        ways = {str(route): total(row for row in listed if row.get("route") == route) for route in Route}
        coverage = {**plain.coverage, "extract": total(row for row in listed if row["is_extract"]).as_json()}
        is_whole = plain.coverage["is_complete"] and not any(row["is_extract"] for row in listed)
        coverage["is_complete"] = is_whole
        changes: dict[str, Any] = self._alternatives(question, total(listed))
        return replace(
            plain,
            amount=total(listed),
            by_route=ways if question.organisations else {},
            organisations=question.organisations,
            coverage=coverage,
            agency_role=" or ".join(sorted({row["agency_role"] for row in listed})) or "awarding",
            warnings=tuple(warnings_of(question, coverage, None)),
            **changes,
        )

    def _alternatives(self, question: Question, amount: Amount) -> dict[str, Alternative]:
        if len(question.organisations) != 1 or question != Question(organisations=question.organisations):
            return {}
        name = question.organisations[0]
        more, today = total(self.with_inherited(name)), total(self.as_owned_today(name))
        return {
            "with_inherited": Alternative(more, more.obligated_usd - amount.obligated_usd),
            "as_owned_today": Alternative(today, today.obligated_usd - amount.obligated_usd, self.today),
        }


def total(rows: Iterable[Row]) -> Amount:
    """The obligations of rows and how many they are."""
    listed = [row["obligated_usd"] for row in rows]
    return Amount(sum(listed, Decimal(0)), len(listed))


def grouped(rows: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    """Rows by what stands in a column, in the order in which they come."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[column]].append(row)
    return found


def open_rows(lake: Lake, atlas: Atlas, today: dt.date) -> Opened:
    """Open the rows of a lake."""
    transactions = lake.table(TRANSACTIONS)
    transactions = transactions.filter(~transactions.is_latest_only)
    counted = _counted(judged(lake, None))
    rows = {row["transaction_id"]: row for row in _rows(lake, atlas, transactions)}
    agencies = {agency.id for row in rows.values() if (agency := atlas.agency_of(row["agency_code"]))}
    questions = [Question(), *(Question(agencies=(each,)) for each in sorted(agencies))]
    return Opened(
        snapshot=lake.snapshot.id,
        today=today,
        rows=rows,
        attributions=_by_organisation(counted, rows),
        products=_products(lake, atlas, rows),
        systems=_systems(lake, atlas),
        inherited=_by_organisation(_counted_heirs(lake, counted), rows),
        owned_today=_by_organisation(_counted(judged(lake, today)), rows),
        plain={each.agencies: answer(lake, atlas, each, None) for each in questions},
    )


def _counted(table: ir.Table) -> ir.Table:
    return table.filter(is_counted(table))


def _counted_heirs(lake: Lake, counted: ir.Table) -> ir.Table:
    """What inheritance would add to what counts anyway."""
    return heirs(lake, None).anti_join(counted, ["transaction_id", "organisation_id"])


def _rows(lake: Lake, atlas: Atlas, transactions: ir.Table) -> Iterable[Row]:
    """All columns of each transaction with those a published row has, and its vendor."""
    vendors = {(each["recipient_id"], each["recipient_name"]): each["vendor_id"] for each in _listed(lake.table(VENDORS))}
    documents = lake.documents()
    for row in _listed(transactions.order_by("transaction_id")):
        published = published_row(atlas, {**row, "route": None}, [], documents[row["document_id"]])
        nameless = f"{NAMELESS}:{row['recipient_kind']}"
        yield {**row, **published, "vendor_id": vendors.get((row["recipient_id"], row["recipient_name"]), nameless)}


def _listed(table: ir.Table) -> list[Row]:
    found: list[Row] = table.to_pyarrow().to_pylist()
    return found


def _by_organisation(counted: ir.Table, rows: Mapping[str, Row]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for each in _listed(counted.order_by("organisation_id", "transaction_id")):
        if each["transaction_id"] in rows:
            found[each["organisation_id"]].append(each)
    return {name: tuple(listed) for name, listed in found.items()}


def _products(lake: Lake, atlas: Atlas, rows: Mapping[str, Row]) -> dict[str, frozenset[str]]:
    """The transactions that name each product as supplied."""
    products = {product.id for each in atlas.organisations.values() for product in each.products}
    found: dict[str, set[str]] = defaultdict(set)
    for each in _listed(_counted(lake.table(MENTIONS)).select("transaction_id", "named_id")):
        if each["named_id"] in products and each["transaction_id"] in rows:
            found[each["named_id"]].add(each["transaction_id"])
    return {name: frozenset(listed) for name, listed in found.items()}


def _systems(lake: Lake, atlas: Atlas) -> dict[str, frozenset[str]]:
    """The transactions that are for each system; none where no record names it and no award is linked to it."""
    mentions, links = lake.table(MENTIONS), lake.table(SYSTEM_AWARDS)
    seen = {each["named_id"] for each in _listed(mentions.select("named_id").distinct())}
    seen |= {each["system_id"] for each in _listed(links.select("system_id").distinct())}
    found: dict[str, frozenset[str]] = {}
    for name, system in atlas.systems.items():
        if not {name, system.product_id} & seen:
            found[name] = frozenset()
            continue
        question = Question(system=name)
        rows = filtered(lake, atlas, question, names_of(lake, atlas, question))
        found[name] = frozenset(rows.transaction_id.to_pyarrow().to_pylist())
    return found
