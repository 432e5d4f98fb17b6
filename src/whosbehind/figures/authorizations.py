"""How many FedRAMP authorizations a company holds, counted as the marketplace's dashboard counted them in 2018."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from whosbehind.atlas import Atlas, ownerships
from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.things import held_between
from whosbehind.errors import Mistake
from whosbehind.figures.figure import Row, citation
from whosbehind.figures.select import Lake
from whosbehind.phrases import any_of, phrase
from whosbehind.tables import AUTHORIZATIONS
from whosbehind.values import Held, clean_name

# Where two publishers list the marketplace on one day, the one that runs it comes first.
OWN_SOURCE = "fedramp_marketplace"


@dataclass(frozen=True)
class Dependent:
    """A product that is built on another, and how many agencies' letters it has."""

    package_id: str
    product_name: str
    provider_name: str
    letter_count: int
    row: int


@dataclass(frozen=True)
class AuthorizedProduct:
    """A product in a snapshot with all that counts for it: letters, dependents with theirs, and itself."""

    provider_name: str
    product_name: str
    package_id: str
    designation: str
    is_authorized: bool
    letter_count: int
    dependents: tuple[Dependent, ...]
    stated_reuse_count: int | None
    row: int

    @property
    def count(self) -> int:
        """Its authorizations."""
        return self.letter_count + sum(1 + each.letter_count for each in self.dependents) + int(self.is_authorized)


@dataclass(frozen=True)
class Authorizations:
    """The authorizations of a set of providers on a day; `reason` says why there is no count, or what it lacks."""

    on: dt.date
    organisation_ids: tuple[str, ...]
    products: tuple[AuthorizedProduct, ...] = ()
    snapshot_date: dt.date | None = None
    snapshot_basis: str | None = None
    document_id: str | None = None
    file_name: str | None = None
    place_prefix: str = ""
    reason: str | None = None

    @property
    def count(self) -> int | None:
        """The number, or None where there is no snapshot to count in."""
        return None if self.document_id is None else sum(each.count for each in self.products)

    def citation(self, part: AuthorizedProduct | Dependent) -> str:
        """Where a product or dependent stands in the evidence."""
        return citation({"document_id": self.document_id, "row": part.row}, {"place_prefix": self.place_prefix})


def authorizations(
    lake: Lake, atlas: Atlas, organisation_ids: Collection[str], on: dt.date, *, with_owned: bool = False
) -> Authorizations:
    """Count the authorizations of organisations in the newest snapshot of `on` or an earlier day.

    A provider is an organisation's if its printed name is the organisation's name or one of
    its aliases, legal forms aside; `with_owned` adds the providers that the organisations own
    on that day. Of two snapshots of one day the marketplace's own counts, then the one
    received last. Raises Mistake for an organisation that the atlas does not know.
    """
    names = _provider_names(atlas, organisation_ids, on if with_owned else None)
    asked = Authorizations(on, tuple(organisation_ids))
    rows = lake.table(AUTHORIZATIONS)
    days = rows.filter(rows.snapshot_date <= on).select("document_id", "snapshot_date", "snapshot_basis").distinct()
    found = days.to_pyarrow().to_pylist()
    if not found:
        none = phrase("The evidence holds no snapshot of the FedRAMP marketplace of {day} or an earlier day.", day=on)
        return replace(asked, reason=none)
    documents = lake.documents()
    chosen = max(found, key=lambda each: _preference(each, documents[each["document_id"]]))
    document = documents[chosen["document_id"]]
    listed = rows.filter(rows.document_id == chosen["document_id"]).order_by("row").to_pyarrow().to_pylist()
    products = authorized_products(listed, lambda provider: clean_name(provider) in names)
    asked_for, day = any_of(organisation_ids), chosen["snapshot_date"]
    lacking = phrase("The snapshot of {day} lists no product of {names}.", day=day, names=asked_for)
    return replace(
        asked,
        products=tuple(products),
        snapshot_date=chosen["snapshot_date"],
        snapshot_basis=chosen["snapshot_basis"],
        document_id=chosen["document_id"],
        file_name=document["file_name"],
        place_prefix=document["place_prefix"],
        reason=None if products else lacking,
    )


def authorized_products(rows: Sequence[Row], is_wanted: Callable[[str], bool]) -> list[AuthorizedProduct]:
    """The products of wanted providers in one snapshot, with all that counts for them, in its order.

    This is the rule of the dashboard's code in October 2018 (18F/fedramp-dashboard,
    `storage-data.factory.js`). A product counts

    * each letter by which a further agency authorized it,
    * each product of the snapshot that names it as underlying, whoever offers that one and
      however far it is, and each letter of that product,
    * 1 if it is authorized itself: neither in process nor only ready;

    and a provider counts the sum of its products. A product built on two others counts for
    both, so the sum can count one letter twice. A package listed twice counts once, and its
    last listing stands, since the dashboard kept listings under their names and let a later
    one replace an earlier. `rows` are rows of the table `authorizations`.
    """
    listed = {row["package_id"]: row for row in rows}
    dependents = _dependents(listed)
    return [
        _product(row, [listed[each] for each in dependents[row["package_id"]]])
        for row in listed.values()
        if is_wanted(row["provider_name"])
    ]


def _dependents(listed: dict[str, Row]) -> dict[str, list[str]]:
    """The packages built on each package: as they say themselves, or as it says of them."""
    found: dict[str, list[str]] = {package: [] for package in listed}
    for package, row in listed.items():
        for underlying in _ids(row["underlying_ids"]):
            if underlying in found:
                found[underlying].append(package)
    for package, row in listed.items():
        found[package] += [each for each in _ids(row["dependent_ids"]) if each in listed and each not in found[package]]
    return found


def _ids(text: str | None) -> Iterable[str]:
    return dict.fromkeys(each.strip() for each in (text or "").split(";") if each.strip())


def _product(row: Row, dependents: Iterable[Row]) -> AuthorizedProduct:
    return AuthorizedProduct(
        provider_name=row["provider_name"],
        product_name=row["product_name"],
        package_id=row["package_id"],
        designation=row["designation"] or "",
        is_authorized=bool(row["is_authorized"]),
        letter_count=row["letter_count"] or 0,
        dependents=tuple(
            Dependent(each["package_id"], each["product_name"], each["provider_name"], each["letter_count"] or 0, each["row"])
            for each in dependents
        ),
        stated_reuse_count=row["stated_reuse_count"],
        row=row["row"],
    )


def _preference(snapshot: Row, document: Row) -> tuple[dt.date, bool, dt.date, str]:
    return (snapshot["snapshot_date"], document["source_id"] == OWN_SOURCE, document["received_date"], document["document_id"])


def _provider_names(atlas: Atlas, organisation_ids: Collection[str], day: dt.date | None) -> set[str]:
    """The cleaned names of the organisations, and where a day is given of those they own on it."""
    unknown = next((each for each in organisation_ids if each not in atlas.organisations), None)
    if unknown is not None:
        raise Mistake(f"the atlas has no organisation {unknown!r}.", next=suggestion(unknown, atlas.organisations) or None)
    wanted = set(organisation_ids)
    if day:
        wanted |= {
            each.named_id
            for each in ownerships(atlas)
            if each.organisation_id in wanted
            and each.named_id in atlas.organisations
            and held_between(each.from_date, each.to_date, day) is Held.IN_FORCE
        }
    named = (atlas.organisations[each] for each in sorted(wanted))
    return {clean_name(text) for each in named for text in (each.id, each.name, *(alias.text for alias in each.aliases))}
