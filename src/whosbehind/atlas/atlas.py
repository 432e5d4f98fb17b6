"""The atlas: every entry of the content, looked up by any of its names."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from whosbehind.errors import Mistake
from whosbehind.phrases import phrase
from whosbehind.records import (
    Agency,
    Alias,
    AroundRule,
    Body,
    CitedSource,
    Contract,
    Fact,
    Flow,
    Judgement,
    Law,
    Organisation,
    Ownership,
    System,
)
from whosbehind.values import clean_name


@dataclass(frozen=True)
class Atlas:
    """All agencies, organisations, systems and sources by id; and what else a reader of records must know.

    `phrases` hold a name and mean something else; `around` are the rules by which a name is
    only a platform, place or replaced brand; `judgements` say which recipients are one entity.
    """

    sources: dict[str, CitedSource]
    agencies: dict[str, Agency]
    organisations: dict[str, Organisation]
    systems: dict[str, System]
    bodies: dict[str, Body]
    flows: dict[str, Flow]
    laws: dict[str, Law]
    contracts: dict[str, Contract]
    facts: dict[str, Fact]
    phrases: tuple[str, ...]
    around: tuple[AroundRule, ...]
    judgements: tuple[Judgement, ...]

    def agency_codes(self) -> dict[str, str]:
        """The sub-agency code each spelling of an agency stands for, in upper case."""
        return {key: agency.code for key, agency in self._by_spelling.items() if agency.kind == "agency"}

    def find_agency(self, name: str) -> Agency:
        """The agency of that id, abbreviation, code, name or alias.

        Raises Mistake with near names if there is none.
        """
        known = self._by_spelling
        found = known.get(" ".join(name.upper().split()))
        if found:
            return found
        raise Mistake(f"no agency goes by {name!r}.", next=suggestion(name, known, lambda key: known[key].abbreviation))

    def codes_of(self, agency: Agency) -> tuple[str, ...]:
        """The sub-agency codes an agency's transactions carry; a department has those of its parts."""
        members = [agency] if agency.kind == "agency" else [a for a in self.agencies.values() if a.department_id == agency.id]
        return tuple(sorted({code for member in members for code in _own_codes(member)}))

    def agency_of(self, code: str | None) -> Agency | None:
        """The agency with this sub-agency code."""
        return self._by_code.get(code or "")

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

    def product_name(self, product_id: str) -> str:
        """The usual name of a product."""
        return self.product_names[product_id]

    def codes_below(self, party: str) -> tuple[str, ...]:
        """The sub-agency codes of an agency, or of the agency a body is part of; none where no agency stands above it."""
        agency = next((name for name in (party, *self.wholes(party)) if name in self.agencies), None)
        return self.codes_of(self.agencies[agency]) if agency else ()

    def wholes(self, thing: str) -> list[str]:
        """What an agency or body is a part of, the next larger first: of HSI these are ICE and DHS."""
        found: list[str] = []
        whole = self._whole(thing)
        while whole and whole not in found:
            found.append(whole)
            whole = self._whole(whole)
        return found

    def _whole(self, thing: str) -> str | None:
        body, agency = self.bodies.get(thing), self.agencies.get(thing)
        return body.part_of_id if body else agency.department_id if agency else None

    def name_of(self, thing: str) -> str:
        """The usual short name of whatever an id names; the id itself where nothing does.

        One that only describes, such as that of a group or a contract, is a phrase.
        """
        if thing in self.agencies:
            return self.agencies[thing].abbreviation
        if thing in self.systems:
            return self.systems[thing].acronym or self.systems[thing].name
        if thing in self.bodies:
            return self.bodies[thing].label
        for named in (self.organisations, self.laws):
            if thing in named:
                return str(named[thing].name)
        if thing in self.contracts:
            return phrase(self.contracts[thing].title)
        return self.product_names.get(thing, thing)

    @cached_property
    def parts_by_day(self) -> dict[dt.date | None, dict[str, list[tuple[str, str]]]]:
        """What belongs to each whole on the days for which that was worked out; None stands for any day."""
        return {}

    @cached_property
    def names_by_kind(self) -> dict[str, dict[str, str]]:
        """What the spellings of each kind of thing stand for, of the kinds for which that was worked out."""
        return {}

    @cached_property
    def abbreviations(self) -> frozenset[str]:
        """Those of all agencies and departments."""
        return frozenset(agency.abbreviation for agency in self.agencies.values())

    @cached_property
    def _by_spelling(self) -> dict[str, Agency]:
        return {key: agency for agency in self.agencies.values() for key in agency.spellings()}

    @cached_property
    def _by_code(self) -> dict[str, Agency]:
        """Agencies by each code of theirs; where two share one, the first has it."""
        listed = [each for each in self.agencies.values() if each.kind == "agency"]
        return {code: each for each in reversed(listed) for code in _own_codes(each)}

    @cached_property
    def product_names(self) -> dict[str, str]:
        """The usual name of each product by its id; of one sold by several in turn, that of the first listed."""
        products = [product for each in self.organisations.values() for product in each.products]
        return {product.id: product.name for product in reversed(products)}

    def organisation_names(self) -> list[str]:
        """All ids, names and aliases, for suggestions."""
        return [key for each in self.organisations.values() for key in (each.id, each.name, *(a.text for a in each.aliases))]

    def aliases(self) -> Iterator[Alias]:
        """Every alias of every organisation, product and system, each once; phrases as aliases of nothing."""
        named = (alias for each in self.organisations.values() for alias in each.all_aliases())
        listed = (
            *named,
            *(a for each in self.systems.values() for a in each.aliases),
            *(Alias(text, "") for text in self.phrases),
        )
        yield from dict.fromkeys(listed)


def suggestion(name: str, known: Iterable[str], shown: Callable[[str], str] = str) -> str:
    """A sentence that offers near names, or says how to list them."""
    by_upper = {key.upper(): key for key in known}
    near = difflib.get_close_matches(name.upper(), by_upper, n=3, cutoff=0.6)
    names = list(dict.fromkeys(shown(by_upper[key]) for key in near))
    return f"Did you mean {' or '.join(names)}?" if names else ""


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
    is_reseller = atlas.organisations[owner].kind == "reseller"
    yield Ownership(named, owner, since, until, rule, len(above), is_reseller)
    for edge in atlas.organisations[owner].owners:
        first = max((day for day in (since, edge.from_date) if day), default=None)
        last = min((day for day in (until, edge.to_date) if day), default=None)
        if edge.organisation_id not in above and not (first and last and first > last):
            yield from _owned(atlas, named, edge.organisation_id, first, last, "owner", (*above, owner))


def _own_codes(agency: Agency) -> set[str]:
    return {agency.code} | {alias for alias in agency.aliases if len(alias) == 4 and alias.isalnum() and alias[:1].isdigit()}
