"""Anything of the atlas by any of its names, and what belongs to it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from whosbehind.atlas.atlas import Atlas, suggestion
from whosbehind.errors import Mistake
from whosbehind.phrases import phrase
from whosbehind.records import Organisation
from whosbehind.values import Held, clean_name

# Kinds of things, the one that wins first where a name means several.
KINDS = ("system", "agency", "body", "organisation", "product")


def find_thing(atlas: Atlas, name: str, kinds: tuple[str, ...] = KINDS) -> str:
    """The id of the system, agency, body, organisation or product that goes by a name.

    Raises Mistake with near names if there is none.
    """
    listed = {kind: names(atlas, kind) for kind in kinds}
    for wanted in (name.strip(), clean_name(name)):
        for kind in kinds:
            if wanted.upper() in listed[kind]:
                return listed[kind][wanted.upper()]
    known = {spelling for spellings in listed.values() for spelling in spellings}
    what = " or ".join(kinds) if len(kinds) < len(KINDS) else "system, agency, organisation or product"
    raise Mistake(
        f"no {what} goes by {name!r}.", next=suggestion(name, sorted(known)) or "List them with: whosbehind export systems -o -"
    )


def names(atlas: Atlas, kind: str) -> dict[str, str]:
    """The id each spelling of a kind of thing stands for, in upper case; where two share one, the first keeps it."""
    if kind not in atlas.names_by_kind:
        atlas.names_by_kind[kind] = _names(atlas, kind)
    return atlas.names_by_kind[kind]


def _names(atlas: Atlas, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, spellings in _spellings(atlas, kind):
        for spelling in spellings:
            if spelling:
                found.setdefault(spelling.upper(), thing)
    return found


def _spellings(atlas: Atlas, kind: str) -> Iterator[tuple[str, tuple[str | None, ...]]]:
    if kind == "system":
        return ((each.id, (each.id, each.acronym, each.name)) for each in atlas.systems.values())
    if kind == "agency":
        return ((each.id, each.spellings()) for each in atlas.agencies.values())
    if kind == "body":
        return ((each.id, (each.id, each.name)) for each in atlas.bodies.values())
    organisations = atlas.organisations.values()
    if kind == "organisation":
        return ((each.id, _names_of(each)) for each in organisations)
    return ((product.id, (product.id, product.name)) for each in organisations for product in each.products)


def _names_of(organisation: Organisation) -> tuple[str, ...]:
    """An organisation's id, name and those aliases that need no other word beside them."""
    plain = (alias.text for alias in organisation.aliases if not (alias.only_with or alias.unless))
    return organisation.id, organisation.name, clean_name(organisation.name), *plain


def belonging(atlas: Atlas, thing: str, day: dt.date | None = None) -> dict[str, str]:
    """The thing and all that is documented to belong to it, each with the reason.

    Offices, modules, the systems it operates; of a company also its products and the companies
    it owns on the day (without one: ever).
    """
    parts = _parts(atlas, day)
    found, waiting = {thing: ""}, [thing]
    while waiting:
        whole = waiting.pop()
        for part, reason in parts.get(whole, ()):
            if part not in found:
                found[part] = reason
                waiting.append(part)
    return found


def held_between(first: dt.date | None, last: dt.date | None, day: dt.date) -> Held:
    """Whether something dated by days holds on one; a missing day means without end."""
    if first and day < first:
        return Held.NOT_YET
    return Held.ENDED if last and day > last else Held.IN_FORCE


def _parts(atlas: Atlas, day: dt.date | None) -> dict[str, list[tuple[str, str]]]:
    """By each whole the things that belong to it, with how; worked out once for a day."""
    if day not in atlas.parts_by_day:
        atlas.parts_by_day[day] = _parts_on(atlas, day)
    return atlas.parts_by_day[day]


def _parts_on(atlas: Atlas, day: dt.date | None) -> dict[str, list[tuple[str, str]]]:
    parts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for whole, part, reason in (*_company_parts(atlas, day), *_public_parts(atlas)):
        parts[whole].append((part, reason))
    return parts


def _public_parts(atlas: Atlas) -> Iterator[tuple[str, str, str]]:
    for agency in atlas.agencies.values():
        if agency.department_id:
            yield agency.department_id, agency.id, phrase("part of {name}", name=atlas.name_of(agency.department_id))
    for body in atlas.bodies.values():
        if body.part_of_id:
            yield body.part_of_id, body.id, phrase("part of {name}", name=atlas.name_of(body.part_of_id))
    for system in atlas.systems.values():
        yield system.operator_id, system.id, phrase("operated by {name}", name=atlas.name_of(system.operator_id))
        if system.part_of_id:
            yield system.part_of_id, system.id, phrase("part of {name}", name=atlas.name_of(system.part_of_id))
        if system.product_id:
            yield system.product_id, system.id, phrase("the same service")


def _company_parts(atlas: Atlas, day: dt.date | None) -> Iterator[tuple[str, str, str]]:
    for each in atlas.organisations.values():
        for product in each.products:
            if day is None or held_between(product.from_date, product.to_date, day) is Held.IN_FORCE:
                yield each.id, product.id, phrase("sold by {name}", name=each.name)
        for owner in each.owners:
            if day is None or held_between(owner.from_date, owner.to_date, day) is Held.IN_FORCE:
                name = atlas.name_of(owner.organisation_id)
                yield owner.organisation_id, each.id, phrase("owned by {name}", name=name)
