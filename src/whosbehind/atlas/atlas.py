"""The atlas: every entry of the content, checked against the others, and looked up by any of its names."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from whosbehind.atlas.files import ContentFile, Entry, entries
from whosbehind.atlas.models import AgencyEntry, AliasEntry, OrganisationEntry, ProductEntry, SourceEntry
from whosbehind.errors import Mistake
from whosbehind.records import Agency, Alias, CitedSource, Organisation, Owner, Ownership, Product
from whosbehind.values import Grade, clean_name

Model = TypeVar("Model", bound=BaseModel)
_FIELDS = {"recipient": "recipient_name", "description": "description", None: None}


@dataclass(frozen=True)
class Atlas:
    """All agencies, organisations and sources by id."""

    sources: dict[str, CitedSource]
    agencies: dict[str, Agency]
    organisations: dict[str, Organisation]

    def agency_codes(self) -> dict[str, str]:
        """The sub-agency code each spelling of an agency stands for, in upper case."""
        return {key: agency.code for agency in self.agencies.values() if agency.kind == "agency" for key in agency.spellings()}

    def find_agency(self, name: str) -> Agency:
        """The agency of that id, abbreviation, code, name or alias.

        Raises Mistake with near names if there is none.
        """
        by_key = {key: agency for agency in self.agencies.values() for key in agency.spellings()}
        found = by_key.get(" ".join(name.upper().split()))
        if found:
            return found
        raise Mistake(f"no agency goes by {name!r}.", next=suggestion(name, by_key, lambda key: by_key[key].abbreviation))

    def codes_of(self, agency: Agency) -> tuple[str, ...]:
        """The sub-agency codes an agency's transactions carry; a department has those of its parts."""
        members = [agency] if agency.kind == "agency" else [a for a in self.agencies.values() if a.department_id == agency.id]
        return tuple(sorted({code for member in members for code in _own_codes(member)}))

    def agency_of(self, code: str | None) -> Agency | None:
        """The agency with this sub-agency code."""
        return next((agency for agency in self.agencies.values() if agency.kind == "agency" and code in _own_codes(agency)), None)

    def find_organisation(self, name: str) -> Organisation | None:
        """The organisation of that id, name or alias, or None."""
        if name in self.organisations:
            return self.organisations[name]
        wanted = clean_name(name)
        keyed = (
            (key, each) for each in self.organisations.values() for key in (each.id, each.name, *(a.text for a in each.aliases))
        )
        return next((each for key, each in keyed if clean_name(key) == wanted), None)

    def owner_of_product(self, name: str) -> Organisation | None:
        """The organisation that sells, or sold last, the product of that id, name or alias; None if there is none."""
        wanted = clean_name(name)
        owners = [
            (product.to_date or dt.date.max, each)
            for each in self.organisations.values()
            for product in each.products
            if wanted in {clean_name(key) for key in (product.id, product.name, *(alias.text for alias in product.aliases))}
        ]
        return max(owners, key=lambda pair: pair[0])[1] if owners else None

    def organisation_names(self) -> list[str]:
        """All ids, names and aliases, for suggestions."""
        return [key for each in self.organisations.values() for key in (each.id, each.name, *(a.text for a in each.aliases))]

    def aliases(self) -> Iterator[Alias]:
        """Every alias of every organisation and product, each once."""
        seen: set[Alias] = set()
        for organisation in self.organisations.values():
            for alias in (*organisation.aliases, *(a for p in organisation.products for a in p.aliases)):
                if alias not in seen:
                    seen.add(alias)
                    yield alias


def suggestion(name: str, known: Iterable[str], shown: Callable[[str], str] = str) -> str:
    """A sentence that offers near names, or says how to list them."""
    by_upper = {key.upper(): key for key in known}
    near = difflib.get_close_matches(name.upper(), by_upper, n=3, cutoff=0.6)
    names = list(dict.fromkeys(shown(by_upper[key]) for key in near))
    return f"Did you mean {' or '.join(names)}?" if names else ""


def load_atlas(files: list[ContentFile]) -> Atlas:
    """Read and check content.

    Later files overlay earlier ones by id. Raises Mistake naming file, line and mend.
    """
    sources = {key: _source(model) for key, (_, model) in _checked(files, "sources", SourceEntry).items()}
    agencies = _checked(files, "agencies", AgencyEntry)
    organisations = _checked(files, "organisations", OrganisationEntry)
    for entry, model in [*agencies.values(), *organisations.values()]:
        _check_sources(entry, model, sources)
    _check_agencies(agencies)
    _check_organisations(organisations)
    return Atlas(
        sources,
        {key: _agency(model) for key, (_, model) in agencies.items()},
        {key: _organisation(model) for key, (_, model) in organisations.items()},
    )


def ownerships(atlas: Atlas) -> list[Ownership]:
    """Who owns what an alias can name, with dates; owners of owners included."""
    found: list[Ownership] = []
    for organisation in atlas.organisations.values():
        found += _owned(atlas, organisation.id, organisation.id, None, None, "name", ())
        for product in organisation.products:
            found += _owned(atlas, product.id, organisation.id, product.from_date, product.to_date, "product", ())
    unique = {(each.named_id, each.organisation_id, each.from_date, each.to_date): each for each in reversed(found)}
    return sorted(unique.values(), key=lambda each: (each.named_id, each.organisation_id, str(each.from_date)))


def _owned(
    atlas: Atlas, named: str, owner: str, since: dt.date | None, until: dt.date | None, rule: str, above: tuple[str, ...]
) -> Iterator[Ownership]:
    yield Ownership(named, owner, since, until, rule)
    for edge in atlas.organisations[owner].owners:
        first = max((day for day in (since, edge.from_date) if day), default=None)
        last = min((day for day in (until, edge.to_date) if day), default=None)
        if edge.organisation_id not in above and not (first and last and first > last):
            yield from _owned(atlas, named, edge.organisation_id, first, last, "owner", (*above, owner))


def _own_codes(agency: Agency) -> set[str]:
    return {agency.code} | {alias for alias in agency.aliases if len(alias) == 4 and alias.isalnum() and alias[:1].isdigit()}


def _checked(files: list[ContentFile], kind: str, model: type[Model]) -> dict[str, tuple[Entry, Model]]:
    found: dict[str, tuple[Entry, Model]] = {}
    for file in files:
        if file.kind != kind:
            continue
        for entry in entries(file):
            checked = _validated(entry, model)
            key: str = checked.id  # type: ignore[attr-defined]
            earlier = found.get(key)
            if earlier and earlier[0].file.is_bundled == file.is_bundled:
                raise _wrong(
                    entry,
                    ("id",),
                    f"the id {key!r} stands already in {earlier[0].file.name}, line {earlier[0].line}.",
                    "Rename one.",
                )
            found[key] = (entry, checked)
    return found


def _validated(entry: Entry, model: type[Model]) -> Model:
    try:
        return model.model_validate(entry.data)
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(step for step in first["loc"] if step not in ("AliasEntry", "constrained-str"))
        raise _wrong(entry, path, *_mend(first, path, model)) from error


def _mend(first: Any, path: tuple[int | str, ...], model: type[BaseModel]) -> tuple[str, str]:
    field = ".".join(str(step) for step in path)
    if first["type"] == "extra_forbidden":
        known = [info.alias or name for name, info in model.model_fields.items()]
        near = suggestion(str(path[-1]), known)
        return f"the field {field!r} is not known here.", near or f"Known fields: {', '.join(known)}."
    if first["type"] == "missing":
        return f"the field {field!r} is missing.", "Add it."
    if first["type"] == "string_pattern_mismatch" and path and path[-1] == "id":
        return f"{first['input']!r} is no id.", "Write it in lower case with underscores, such as motorola_solutions."
    return f"the field {field!r} cannot be used: {first['msg'].removeprefix('Value error, ')}.", ""


def _wrong(entry: Entry, path: tuple[int | str, ...], what: str, mend: str) -> Mistake:
    return Mistake(what, where=f"{entry.file.name}, line {entry.line_of(path)}", next=mend or None)


def _check_sources(entry: Entry, model: Any, sources: dict[str, CitedSource]) -> None:
    cited: list[tuple[tuple[str | int, ...], str]] = [(("sources", place), name) for place, name in enumerate(model.sources)]
    for group in ("products", "owners", "predecessors"):
        for index, part in enumerate(getattr(model, group, ())):
            cited += [((group, index, "sources", place), name) for place, name in enumerate(part.sources)]
    for path, name in cited:
        if name not in sources:
            mend = suggestion(name, sources) or "Add it to content/sources."
            raise _wrong(entry, path, f"the source {name!r} is not known.", mend)
    if model.sources and all(sources[name].grade is Grade.D for name in model.sources):
        raise _wrong(
            entry, ("sources",), "a source of grade D may not stand alone.", "Add a better source or leave the entry out."
        )


def _check_agencies(found: dict[str, tuple[Entry, AgencyEntry]]) -> None:
    taken: dict[str, tuple[Entry, AgencyEntry]] = {}
    for entry, model in found.values():
        if model.department and (model.department not in found or found[model.department][1].kind != "department"):
            raise _wrong(entry, ("department",), f"{model.department!r} is no department.", suggestion(model.department, found))
        for index, before in enumerate(model.predecessors):
            if before.agency not in found:
                raise _wrong(entry, ("predecessors", index), f"{before.agency!r} is no agency.", suggestion(before.agency, found))
        for key in _agency(model).spellings():
            other = taken.setdefault(key, (entry, model))
            if other[1].id != model.id:
                raise _wrong(
                    entry, (), f"{key!r} already means {other[1].id} ({other[0].file.name}, line {other[0].line}).", "Keep one."
                )


def _check_organisations(found: dict[str, tuple[Entry, OrganisationEntry]]) -> None:
    spellings: dict[tuple[str, str | None], tuple[Entry, str]] = {}
    products: dict[str, list[ProductEntry]] = {}
    for entry, model in found.values():
        for index, owner in enumerate(model.owners):
            if owner.organisation not in found:
                raise _wrong(
                    entry,
                    ("owners", index),
                    f"the owner {owner.organisation!r} is no organisation.",
                    suggestion(owner.organisation, found),
                )
        for product in model.products:
            if product.id in found:
                raise _wrong(entry, ("products",), f"{product.id!r} is an organisation's id.", "Give the product another id.")
            _check_product_dates(entry, product, products.setdefault(product.id, []))
        for alias in _organisation_aliases(model):
            _check_alias(entry, alias, spellings)


def _check_product_dates(entry: Entry, product: ProductEntry, others: list[ProductEntry]) -> None:
    for other in others:
        first = max(product.from_date or dt.date.min, other.from_date or dt.date.min)
        last = min(product.to_date or dt.date.max, other.to_date or dt.date.max)
        if first <= last:
            raise _wrong(entry, ("products",), f"two organisations own {product.id!r} at once.", "Give each its `from` and `to`.")
    others.append(product)


def _check_alias(entry: Entry, alias: Alias, spellings: dict[tuple[str, str | None], tuple[Entry, str]]) -> None:
    for field in ("recipient_name", "description"):
        if alias.field not in (None, field):
            continue
        other = spellings.setdefault((alias.text.upper(), field), (entry, alias.named_id))
        if other[1] != alias.named_id:
            raise _wrong(
                entry, ("aliases",), f"the alias {alias.text!r} already means {other[1]}.", "An alias names one thing; keep one."
            )


def _organisation_aliases(model: OrganisationEntry) -> list[Alias]:
    return [*_aliases(model.aliases, model.id), *(alias for each in model.products for alias in _aliases(each.aliases, each.id))]


def _aliases(listed: tuple[AliasEntry | str, ...], named_id: str) -> tuple[Alias, ...]:
    return tuple(
        Alias(each, named_id) if isinstance(each, str) else Alias(each.text, named_id, _FIELDS[each.where]) for each in listed
    )


def _source(model: SourceEntry) -> CitedSource:
    return CitedSource(model.id, model.publisher, model.title, model.date, model.url, model.grade, model.read)


def _agency(model: AgencyEntry) -> Agency:
    return Agency(
        model.id,
        model.name,
        model.kind,
        model.abbreviation or model.name,
        model.code,
        model.department,
        model.aliases,
        model.from_date,
        model.to_date,
        tuple(each.agency for each in model.predecessors),
        model.sources,
    )


def _organisation(model: OrganisationEntry) -> Organisation:
    products = tuple(Product(p.id, p.name, _aliases(p.aliases, p.id), p.from_date, p.to_date, p.sources) for p in model.products)
    owners = tuple(Owner(o.organisation, o.from_date, o.to_date, o.confidence, o.sources) for o in model.owners)
    return Organisation(
        model.id, model.name, model.kind, model.description, _aliases(model.aliases, model.id), products, owners, model.sources
    )
