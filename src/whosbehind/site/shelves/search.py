"""Searching without a server: an index of names and titles, in small files of which a question opens a few.

A file of words holds for each word the places of what it names, and is that of the word's first
letters; a file of entries holds what stands at the places. What matters most comes first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.figures import Row
from whosbehind.figures.opened import total
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.press.language import LANGUAGES, language
from whosbehind.values import RecipientKind

# Entries in a file of them; characters that a file of words grows to before it is divided; those of a title.
TOGETHER, LARGEST, TITLE = 50, 12_000, 110
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its page, what it is called, a line about it, and all words that find it."""

    kind: str
    path: str
    title: str
    detail: str
    spellings: tuple[str, ...]
    titles: Mapping[str, str]

    def shown(self) -> list[Any]:
        """What the script shows of it; titles in other languages only where there are any."""
        return [self.kind, self.path, self.title, self.detail, *([dict(self.titles)] if self.titles else [])]


def search_pages(material: Material, listed: Collection[str]) -> Iterator[Page | File]:
    """The page that searches, and its index; `listed` are the pages that there are."""
    entries = [each for each in _entries(material) if each.path in listed]
    shards = dict(_sharded(_places(entries), 2))
    counts: dict[str, int] = defaultdict(int)
    for each in entries:
        counts[each.kind] += 1
    yield Page(address.SEARCH, "search.html", partial(dict, counts=dict(counts)))
    yield _file("index", [" ".join(sorted(shards)), TOGETHER])
    for prefix, places in shards.items():
        yield _file(f"w-{prefix}", places)
    for number, start in enumerate(range(0, len(entries), TOGETHER)):
        yield _file(f"e-{number}", [each.shown() for each in entries[start : start + TOGETHER]])


def _file(name: str, content: object) -> File:
    """A part of the index: a script, since pages opened from disk may load nothing else."""
    text = f"searchPart({json.dumps(name)},{json.dumps(content, separators=(',', ':'))});\n"
    return File(f"search/{name}.js", partial(str.encode, text), partial(str, text))


def _places(entries: list[Entry]) -> dict[str, str]:
    """For each word the places of the entries it finds, each as its distance from the one before."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(entries):
        for word in sorted({word for text in each.spellings for word in words(text)}):
            found[word].append(place)
    return {
        word: " ".join(_short(one - before) for before, one in zip([0, *places], places, strict=False))
        for word, places in found.items()
    }


def words(text: str) -> list[str]:
    """The words of a text as they are looked up: small letters and digits, without accents."""
    plain = text if text.isascii() else _without_accents(text)
    return [word for word in re.findall(r"[a-z0-9]+", plain.lower()) if len(word) > 1]


def _without_accents(text: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each))


def _short(number: int) -> str:
    """A number in base 36."""
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits


def _sharded(places: Mapping[str, str], length: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Words by their first letters: by so many, and by more where one file would grow too large."""
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for word in sorted(places):
        groups[word[:length]][word] = places[word]
    for prefix, group in groups.items():
        longer = {word: text for word, text in group.items() if len(word) > length}
        if sum(len(word) + len(text) + 6 for word, text in group.items()) <= LARGEST or not longer:
            yield prefix, group
            continue
        if prefix in group:
            yield prefix, {prefix: group[prefix]}
        yield from _sharded(longer, length + 1)


def _entries(material: Material) -> Iterator[Entry]:
    """Everything that can be found, kind by kind, within a kind what most money went to first."""
    yield from _organisations(material)
    yield from _agencies(material)
    yield from _systems(material)
    yield from _claims(material)
    yield from _documents(material)
    yield from _recipients(material)
    yield from _awards(material)


def _organisations(material: Material) -> Iterator[Entry]:
    for name in material.companies:
        each = material.atlas.organisations[name]
        products = [product.name for product in each.products]
        spellings = (each.name, *products, *(alias.text for alias in each.all_aliases()))
        yield Entry("organisation", address.organisation(name), each.name, _shortened(", ".join(products[:4])), spellings, {})


def _agencies(material: Material) -> Iterator[Entry]:
    atlas = material.atlas
    for agency in atlas.agencies.values():
        spellings = (agency.name, agency.abbreviation, *agency.aliases)
        yield Entry("agency", address.agency(agency.id), agency.name, agency.abbreviation, spellings, {})
    for body in atlas.bodies.values():
        yield Entry("agency", address.agency(body.id), body.name, "", (body.name,), {})


def _systems(material: Material) -> Iterator[Entry]:
    for each in material.atlas.systems.values():
        spellings = (each.name, each.acronym or "", *(alias.text for alias in each.aliases))
        yield Entry("system", address.system(each.id), each.name, each.acronym or "", spellings, {})


def _claims(material: Material) -> Iterator[Entry]:
    for finding in material.findings.values():
        claim = finding.claim
        told = {code: said for code in LANGUAGES if (said := language(code).said(claim.statement)) and said != claim.statement}
        titles = {code: _shortened(str(said)) for code, said in told.items()}
        spellings = (claim.statement, claim.appeared.publisher, *map(str, told.values()))
        yield Entry("claim", address.claim(claim.id), _shortened(claim.statement), claim.appeared.publisher, spellings, titles)


def _documents(material: Material) -> Iterator[Entry]:
    for each in material.atlas.sources.values():
        detail = ", ".join(filter(None, (each.publisher, each.date)))
        spellings = (each.title, each.publisher, each.number or "")
        yield Entry("document", address.document(each.id), _shortened(each.title), detail, spellings, {})


def _recipients(material: Material) -> Iterator[Entry]:
    for vendor in material.vendors:
        spellings = tuple(sorted({row["recipient_name"] for row in material.by_vendor[vendor]}))
        detail = vendor.partition(":")[2] if vendor.startswith("uei:") else ""
        yield Entry("recipient", address.recipient(vendor), material.vendor_names[vendor], detail, (*spellings, detail), {})


def _awards(material: Material) -> Iterator[Entry]:
    for award, rows in sorted(material.by_award.items(), key=lambda each: (-total(each[1]).obligated_usd, each[0])):
        first = min(rows, key=lambda row: (row["action_date"], row["modification_number"], row["transaction_id"]))
        number = first["piid"] or award
        title = first["description"] or number
        recipient = first["recipient_name"] if _is_named(first) else ""
        detail = " · ".join(filter(None, (number, recipient, first["agency"])))
        yield Entry("award", address.award(award), _shortened(title), detail, (title, number), {})


def _is_named(row: Row) -> bool:
    """Whether a row's recipient is called by name; persons never are."""
    return bool(row["recipient_kind"] == RecipientKind.ORGANISATION)


def _shortened(text: str) -> str:
    return text if len(text) <= TITLE else f"{text[:TITLE].rstrip()}…"
