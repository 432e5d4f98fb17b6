"""Checks of entries against each other: every id resolves, every alias names one thing, every fact has a source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.convert import agency
from whosbehind.atlas.entries import parts, wrong
from whosbehind.atlas.files import Entry
from whosbehind.atlas.models import AgencyEntry, LoggedEntry
from whosbehind.records import Alias, CitedSource, Organisation, Owner, Product, System
from whosbehind.values import Grade

# The fields that list sources.
CITING = ("sources", "documents")
# By upper-case spelling and field, the entry and alias that use it.
Spellings = dict[tuple[str, str], tuple[Entry, Alias]]


def check_sources(entry: Entry, model: BaseModel, sources: Mapping[str, CitedSource]) -> None:
    """Raise Mistake where a source is not known, or one of grade D stands alone; in an entry or in a part of one."""
    listed = [((*path, name), getattr(part, name, ())) for path, part in parts(model) for name in CITING]
    for path, cited in listed:
        for place, name in enumerate(cited):
            if name not in sources:
                mend = suggestion(name, sources) or "Add it to content/sources."
                raise wrong(entry, (*path, place), f"the source {name!r} is not known.", mend)
        if path[-1] == "sources" and cited and all(sources[name].grade is Grade.D for name in cited):
            raise wrong(entry, path, "a source of grade D may not stand alone.", "Add a better source or leave the entry out.")


def check_corrections(entry: Entry, model: LoggedEntry, today: dt.date) -> None:
    """Raise Mistake where a correction is of a day yet to come."""
    for place, each in enumerate(model.corrections):
        if each.date > today:
            what = f"a correction of {each.date} cannot have been made by today, {today}."
            raise wrong(entry, ("corrections", place, "date"), what, "Give the day on which it was made.")


def check_agencies(found: Mapping[str, tuple[Entry, AgencyEntry]]) -> None:
    """Raise Mistake where a department, predecessor or spelling does not fit the others."""
    taken: dict[str, tuple[Entry, AgencyEntry]] = {}
    for entry, model in found.values():
        if model.department and (model.department not in found or found[model.department][1].kind != "department"):
            raise wrong(entry, ("department",), f"{model.department!r} is no department.", suggestion(model.department, found))
        for index, before in enumerate(model.predecessors):
            if before.agency not in found:
                raise wrong(entry, ("predecessors", index), f"{before.agency!r} is no agency.", suggestion(before.agency, found))
        for key in agency(model).spellings():
            other = taken.setdefault(key, (entry, model))
            if other[1].id != model.id:
                raise wrong(
                    entry, (), f"{key!r} already means {other[1].id} ({other[0].file.name}, line {other[0].line}).", "Keep one."
                )


def check_names(
    organisations: Mapping[str, tuple[Entry, Organisation]],
    systems: Mapping[str, tuple[Entry, System]],
) -> None:
    """Raise Mistake where an owner, id or alias of organisations, products and systems does not fit the others."""
    spellings: Spellings = {}
    for entry, system in systems.values():
        _check_aliases(entry, system.aliases, spellings)
    products: dict[str, list[Product]] = {}
    for entry, organisation in organisations.values():
        _check_owners(entry, organisation, organisations)
        for product in organisation.products:
            if product.id in organisations or (product.id in systems and systems[product.id][1].product_id != product.id):
                raise wrong(entry, ("products",), f"{product.id!r} is another entry's id.", "Give the product another id.")
            _check_product_dates(entry, product, products.setdefault(product.id, []))
        _check_aliases(entry, organisation.all_aliases(), spellings)


def _check_owners(entry: Entry, organisation: Organisation, organisations: Mapping[str, object]) -> None:
    for index, owner in enumerate(organisation.owners):
        name = owner.organisation_id
        if name not in organisations:
            raise wrong(entry, ("owners", index), f"the owner {name!r} is no organisation.", suggestion(name, organisations))
        for other in organisation.owners[:index]:
            if first := _first_shared_day(owner, other):
                what = f"{name!r} and {other.organisation_id!r} own it at once, on {first}."
                raise wrong(entry, ("owners", index), what, "A day has one owner; mend `from` or `to`.")


def _check_product_dates(entry: Entry, product: Product, others: list[Product]) -> None:
    if any(_first_shared_day(product, other) for other in others):
        raise wrong(entry, ("products",), f"two organisations own {product.id!r} at once.", "Give each its `from` and `to`.")
    others.append(product)


def _first_shared_day(one: Owner | Product, other: Owner | Product) -> dt.date | None:
    """The first day on which both hold, or None."""
    first = max(one.from_date or dt.date.min, other.from_date or dt.date.min)
    last = min(one.to_date or dt.date.max, other.to_date or dt.date.max)
    return first if first <= last else None


def _check_aliases(entry: Entry, listed: Sequence[Alias], spellings: Spellings) -> None:
    """A spelling names one thing; two things share it only where each says which words tell them apart."""
    for alias in listed:
        for field in ("recipient_name", "description"):
            if alias.field not in (None, field):
                continue
            place, other = spellings.setdefault((alias.text.upper(), field), (entry, alias))
            if other.named_id != alias.named_id and not (alias.only_with and other.only_with):
                what = f"the alias {alias.text!r} already means {other.named_id} ({place.file.name}, line {place.line})."
                raise wrong(entry, ("aliases",), what, "Keep one, or give both the words that tell them apart in `with`.")
