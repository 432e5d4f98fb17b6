"""From a question to the transactions it means, as one Ibis expression."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from whosbehind.atlas import Atlas
from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.things import find_thing
from whosbehind.attribution import attribute, is_counted
from whosbehind.engine import Engine
from whosbehind.errors import Mistake
from whosbehind.figures.figure import Row
from whosbehind.figures.question import Question
from whosbehind.paths import Paths
from whosbehind.phrases import phrase
from whosbehind.records import Agency, Snapshot
from whosbehind.tables import (
    ATTRIBUTIONS,
    DOCUMENTS,
    INHERITED,
    MENTIONS,
    OWNERSHIP,
    RECIPIENTS,
    SYSTEM_AWARDS,
    TRANSACTIONS,
    VENDORS,
    Table,
)
from whosbehind.values import COUNTED, Confidence, Role, Route, clean_name

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Before the kind of a recipient that is never named: `kind:individual`, `kind:undisclosed`.
NAMELESS = "kind"


def nameless_kind(recipient: str) -> str | None:
    """The kind of a recipient that is never named; None for any other vendor or name."""
    kind, _, nameless = recipient.partition(":")
    return nameless if kind == NAMELESS else None


@dataclass(frozen=True)
class Lake:
    """The tables of one snapshot."""

    engine: Engine
    paths: Paths
    snapshot: Snapshot

    def table(self, table: Table) -> ir.Table:
        """A table of the snapshot."""
        return self.engine.parquet(self.paths.files(self.snapshot, table.name), table.schema())

    def documents(self) -> dict[str, Row]:
        """The rows of the table `documents` by document."""
        return {each["document_id"]: each for each in self.table(DOCUMENTS).to_pyarrow().to_pylist()}


@dataclass(frozen=True)
class Named:
    """What the names in a question turned out to mean."""

    agencies: tuple[Agency, ...]
    organisation_ids: tuple[str, ...]
    vendors: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def has_organisations(self) -> bool:
        """Whether anyone was asked for."""
        return bool(self.organisation_ids or self.vendors)


def names_of(lake: Lake, atlas: Atlas, question: Question) -> Named:
    """Look up agencies, organisations and vendors.

    Raises Mistake with near names where one is not known.
    """
    agencies = tuple(dict.fromkeys(atlas.find_agency(name) for name in question.agencies))
    ids, vendors, notes = [], [], []
    for name in question.organisations:
        found = atlas.find_organisation(name)
        owner = None if found else atlas.owner_of_product(name)
        if found:
            ids.append(found.id)
        elif owner:
            ids.append(owner.id)
            notes.append(phrase("{name} is a product of {owner}; the figure is for all of {owner}.", name=name, owner=owner.name))
        else:
            vendors.append(_vendor(lake, atlas, name))
    return Named(agencies, tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(vendors)), tuple(notes))


def _vendor(lake: Lake, atlas: Atlas, name: str) -> str:
    """A recipient's cleaned name, for a vendor that is no organisation of the atlas."""
    wanted = clean_name(name)
    recipients = lake.table(RECIPIENTS)
    listed = recipients.select("clean_name").distinct().to_pyarrow()["clean_name"].to_pylist()
    if wanted in set(listed):
        return wanted
    longer = sorted(each for each in listed if wanted and f" {wanted} " in f" {each} ")[:3]
    near = (
        f"Recipients with these words: {'; '.join(longer)}."
        if longer
        else suggestion(name, [*atlas.organisation_names(), *listed])
    )
    raise Mistake(
        f"no organisation or recipient goes by {name!r}.", next=near or "List them with: whosbehind export organisations -o -"
    )


def selected(lake: Lake, atlas: Atlas, question: Question, named: Named) -> ir.Table:
    """The transactions a question means, each once.

    Where organisations are asked for, `route` says how the set of them is reached:
    direct if the recipient belongs to any of them, else reseller.
    """
    return routed(filtered(lake, atlas, question, named), lake, question, named)


def routed(rows: ir.Table, lake: Lake, question: Question, named: Named) -> ir.Table:
    """Of filtered transactions those that reach the organisations asked for, each with its route."""
    import ibis

    if not named.has_organisations:
        return rows.mutate(route=ibis.null("string"))
    routes = (
        attributions(lake, question, named)
        .group_by("transaction_id")
        .aggregate(is_direct=ibis._.route.isin([str(Route.DIRECT)]).any())
    )
    joined = rows.inner_join(routes, "transaction_id")
    found = joined.mutate(route=ibis.ifelse(joined.is_direct, str(Route.DIRECT), str(Route.RESELLER))).drop("is_direct")
    return found if question.route is None else found.filter(found.route == str(question.route))


def attributions(lake: Lake, question: Question, named: Named) -> ir.Table:
    """The attributions to the organisations and vendors asked for that count."""
    table = judged(lake, question.as_of, question.names_only)
    chosen = table.filter(is_counted(table) & table.organisation_id.isin(list(named.organisation_ids)))
    if question.inherited:
        taken = heirs(lake, question.as_of)
        taken = taken.filter(taken.organisation_id.isin(list(named.organisation_ids)))
        chosen = chosen.union(taken.anti_join(chosen, ["transaction_id", "organisation_id"]))
    return chosen.union(_vendor_attributions(lake, named.vendors)) if named.vendors else chosen


def judged(lake: Lake, as_of: dt.date | None, names_only: bool = False) -> ir.Table:
    """All attributions with the owners of each action's day, or of one day; or only those that need no product's name."""
    if as_of is None and not names_only:
        return lake.table(ATTRIBUTIONS)
    mentions, owned = lake.table(MENTIONS), lake.table(OWNERSHIP)
    if names_only:
        mentions = mentions.filter(mentions.named_id.notin(owned.filter(owned.rule == "product").named_id))
    return attribute(mentions, owned, as_of)


def heirs(lake: Lake, as_of: dt.date | None) -> ir.Table:
    """What actions inherit, attributed; direct where their own recipient is of the family."""
    taken, named = lake.table(INHERITED), lake.table(MENTIONS)
    own = named.filter(named.field == "recipient_name").semi_join(taken, "transaction_id")
    found = attribute(own.union(taken), lake.table(OWNERSHIP), as_of)
    return found.filter(found.confidence == str(Confidence.INHERITED))


def _names_of_vendors(lake: Lake, vendors: tuple[str, ...]) -> ir.Table:
    """Every recipient that is judged to be one vendor with a recipient of the name asked for."""
    recipients, judged_as = lake.table(RECIPIENTS), lake.table(VENDORS)
    asked = recipients.filter(recipients.clean_name.isin(list(vendors)))
    asked = asked.select("recipient_id", "recipient_name", asked_name=asked.clean_name)
    ids = judged_as.inner_join(asked, ["recipient_id", "recipient_name"]).select("vendor_id", "asked_name").distinct()
    return judged_as.inner_join(ids, "vendor_id").select("recipient_id", "recipient_name", "asked_name").distinct()


def _vendor_attributions(lake: Lake, vendors: tuple[str, ...]) -> ir.Table:
    import ibis

    rows = lake.table(TRANSACTIONS).inner_join(_names_of_vendors(lake, vendors), ["recipient_id", "recipient_name"])
    vendor_id = rows.asked_name.lower().re_replace("[^a-z0-9]+", "_")
    return rows.select(
        "transaction_id",
        organisation_id=vendor_id,
        family_id=vendor_id,
        route=ibis.literal(str(Route.DIRECT)),
        role=ibis.literal(str(Role.SUPPLIED)),
        confidence=ibis.literal(str(Confidence.CERTAIN)),
        is_shared=ibis.literal(False),
        is_reseller=ibis.literal(False),
        matched=rows.recipient_name,
        field=ibis.literal("recipient_name"),
        starts_at=ibis.literal(0, "int64"),
        ends_at=rows.recipient_name.length().cast("int64"),
        because=ibis.null("string"),
        around_rule=ibis.null("string"),
        named_id=vendor_id,
        rule=ibis.literal("recipient"),
    )


def filtered(lake: Lake, atlas: Atlas, question: Question, named: Named) -> ir.Table:
    """The transactions that pass a question's filters, whoever they name."""
    rows = lake.table(TRANSACTIONS)
    rows = rows.filter(~rows.is_latest_only)
    conditions = list(_conditions(rows, atlas, question, named))
    if question.recipient:
        conditions.append(_has_recipient(lake, rows, question.recipient))
    if question.system:
        conditions.append(_is_for_system(lake, atlas, rows, question.system))
    if question.product:
        conditions.append(_names_product(lake, atlas, rows, question.product))
    return rows.filter(conditions) if conditions else rows


def _conditions(rows: ir.Table, atlas: Atlas, question: Question, named: Named) -> Iterable[ir.BooleanValue]:
    if named.agencies:
        codes = sorted({code for agency in named.agencies for code in atlas.codes_of(agency)})
        yield (rows.funding_sub_agency_code if question.is_funding else rows.agency_code).isin(codes)
    if question.positive_only:
        yield rows.obligated_usd > 0
    if question.since:
        yield rows.action_date >= question.since
    if question.until:
        yield rows.action_date <= question.until
    if question.award:
        wanted = question.award.strip().upper()
        yield (rows.award_id == wanted) | (rows.piid.upper() == wanted)
    if question.office:
        yield _either(
            rows,
            ("awarding_office_code", "funding_office_code"),
            ("awarding_office_name", "funding_office_name"),
            question.office,
        )
    if question.psc:
        yield rows.psc_code.upper().startswith(question.psc.strip().upper()).fill_null(False) | _says(rows.psc_name, question.psc)
    if question.words:
        yield _says(rows.description, question.words)


def _is_for_system(lake: Lake, atlas: Atlas, rows: ir.Table, wanted: str) -> ir.BooleanValue:
    """Whether an action's award is linked to a system, or its description names the system at the operator's agency.

    What is bought for a system, such as training on it, is for it; a service is bought as its product.
    """
    system = atlas.systems[find_thing(atlas, wanted, ("system",))]
    names = lake.table(MENTIONS)
    # A system is not bought, so its name may stand for a place or platform; a product must be what is supplied.
    is_meant = is_counted(names) if system.product_id else names.confidence.isin([str(each) for each in COUNTED])
    names = names.filter((names.named_id == (system.product_id or system.id)) & is_meant)
    codes = list(atlas.codes_below(system.operator_id))
    at_operator = rows.agency_code.isin(codes) if codes else rows.award_id.notnull()
    return _is_linked(lake, rows, system.id) | (rows.transaction_id.isin(names.transaction_id) & at_operator)


def _names_product(lake: Lake, atlas: Atlas, rows: ir.Table, wanted: str) -> ir.BooleanValue:
    """Whether an action names a product as supplied, whoever owned it that day."""
    names = lake.table(MENTIONS)
    product = find_thing(atlas, wanted, ("product",))
    return rows.transaction_id.isin(names.filter((names.named_id == product) & is_counted(names)).transaction_id)


def _is_linked(lake: Lake, rows: ir.Table, system_id: str) -> ir.BooleanValue:
    """Whether an action's award is linked to a system, on the action's day."""
    links = lake.table(SYSTEM_AWARDS)
    found = links.filter(links.system_id == system_id).select("award_id", "from_date").distinct().to_pyarrow().to_pylist()
    always = sorted(each["award_id"] for each in found if each["from_date"] is None)
    later = sorted((each["award_id"], each["from_date"]) for each in found if each["from_date"])
    tests = [(rows.award_id == award) & (rows.action_date >= day) for award, day in later]
    return reduce(lambda one, other: one | other, tests, rows.award_id.isin(always))


def _either(rows: ir.Table, codes: tuple[str, ...], names: tuple[str, ...], wanted: str) -> ir.BooleanValue:
    tests = [(rows[code].upper() == wanted.strip().upper()).fill_null(False) for code in codes] + [
        _says(rows[name], wanted) for name in names
    ]
    return reduce(lambda one, other: one | other, tests)


def _says(text: ir.StringColumn, wanted: str) -> ir.BooleanValue:
    """Whether a text holds these words, one behind the other, as whole words, in any case."""
    return text.re_search(whole_words(wanted)).fill_null(False)


def whole_words(wanted: str) -> str:
    """A pattern for words as they stand; a boundary only where the words end in a letter or digit."""
    words = r"\s+".join(re.escape(word) for word in wanted.split())
    before = r"(^|\W)" if re.match(r"\w", wanted.strip()) else ""
    after = r"(\W|$)" if re.search(r"\w$", wanted.strip()) else ""
    return f"(?i){before}{words}{after}"


def _has_recipient(lake: Lake, rows: ir.Table, wanted: str) -> ir.BooleanValue:
    """Whether an action's recipient is the vendor of an id, one of a kind without names, or has a name that holds these words."""
    kind = nameless_kind(wanted)
    if kind is not None:
        return rows.recipient_kind == kind
    vendors = lake.table(VENDORS)
    own = vendors.filter(vendors.vendor_id == wanted).select("recipient_id", "recipient_name").to_pyarrow().to_pylist()
    if own:
        keys = [each["recipient_id"] + "\n" + each["recipient_name"] for each in own]
        return (rows.recipient_id + "\n" + rows.recipient_name).isin(sorted(keys)).fill_null(False)
    recipients = lake.table(RECIPIENTS)
    cleaned = clean_name(wanted)
    padded = " " + recipients.clean_name + " "
    names = recipients.filter(padded.contains(f" {cleaned} ")).select("recipient_name").distinct().to_pyarrow()
    found = names["recipient_name"].to_pylist()
    if not found:
        listed = recipients.select("clean_name").distinct().to_pyarrow()["clean_name"].to_pylist()
        raise Mistake(f"no recipient's name holds {wanted!r}.", next=suggestion(cleaned, listed) or None)
    return rows.recipient_name.isin(sorted(found))
