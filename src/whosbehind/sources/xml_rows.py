"""Numbers of an XBRL filing as text, each with the company, the part of it and the days it is stated for.

Only documents without a document type are read: with one, entities could stand for anything.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat

from whosbehind.errors import Mistake
from whosbehind.records import Source
from whosbehind.sources.json_rows import Row

INSTANCE = "{http://www.xbrl.org/2003/instance}"
LINKBASE = "{http://www.xbrl.org/2003/linkbase}"
DIMENSIONS = "{http://xbrl.org/2006/xbrldi}"
# What stands beside the facts: where their definitions are, and footnotes.
LINKS = frozenset({"schemaRef", "linkbaseRef", "roleRef", "arcroleRef", "footnoteLink"})
DAMAGED = "Fetch or save the file again."
NO_TYPE = "it declares a document type, whose entities could stand for anything"


class _Seen(Exception):
    """No error: the name of a document's first element was seen, which ends the look at its beginning."""


@dataclass(frozen=True)
class Root:
    """A document's first element, `{namespace}name`, or the name its document type gives it."""

    name: str
    has_type: bool


@dataclass
class Filing:
    """A parsed filing: its elements, prefixes by namespace, and contexts and units by their ids."""

    root: ElementTree.Element
    prefixes: dict[str, str]
    contexts: dict[str, Row] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def short(self, name: str) -> str:
        """`{namespace}name` with the filing's prefix instead: `us-gaap:Revenues`."""
        space, _, local = name[1:].rpartition("}")
        return f"{self.prefixes[space]}:{local}" if self.prefixes.get(space) else local


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree and notes the prefixes, which the tree forgets; the first prefix of a namespace stays.

    A document type is refused where it begins, before any entity of it is read.
    """

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: dict[str, str] = {}

    def start_ns(self, prefix: str | None, space: str) -> None:
        """Note a prefix; the parser calls this."""
        self.prefixes.setdefault(space, prefix or "")

    def doctype(self, *_: str | None) -> None:
        """Refuse a document type; the parser calls this."""
        raise Mistake(f"{NO_TYPE}.")


def root_of(text: str) -> Root | None:
    """The first element of a document, told from its beginning; None if it is no XML."""
    found: list[Root] = []

    def begin(name: str, *_: object) -> None:
        found.append(Root("{" + name if "}" in name else name, has_type=False))
        raise _Seen

    def declare(name: str, *_: object) -> None:
        found.append(Root(name, has_type=True))
        raise _Seen

    parser = expat.ParserCreate("utf-8", "}")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = declare
    with contextlib.suppress(_Seen, expat.ExpatError):
        parser.Parse(text.encode("utf-8", errors="replace"), False)
    return found[0] if found else None


def xml_rows(source: Source, text: str, where: str, ignored: Collection[str] = ()) -> Iterator[Row]:
    """The numbers of a filing in their order, each with the values the manifest takes.

    Raises Mistake where the XML is damaged or declares a document type, where an element is
    none that the layout or `ignored` knows, or where a fact names a context or unit that is
    not there.
    """
    filing = _parsed(text, where)
    about = {filing.short(each.tag): (each.text or "").strip() for each in filing.root if not each.get("unitRef")}
    number = 0
    for element in filing.root:
        if filing.short(element.tag) in ignored:
            continue
        if element.tag.startswith((INSTANCE, LINKBASE)):
            _look_at(filing, element, where)
        elif element.get("contextRef") is None:
            raise Mistake(f"there is the unknown element {filing.short(element.tag)!r}.", where=where)
        elif element.get("unitRef") is not None:
            number += 1
            cells = _fact(filing, element, f"{where}, fact {number}")
            yield {origin: cells.get(origin) or about.get(origin) or None for origin in source.origins()}


def _parsed(text: str, where: str) -> Filing:
    builder = _Builder()
    try:
        parser = ElementTree.XMLParser(target=builder)  # noqa: S314 - the builder refuses what makes it unsafe
        parser.feed(text)
        first = parser.close()
    except ElementTree.ParseError as error:
        raise Mistake(f"the XML cannot be read: {error}.", where=where, next=DAMAGED) from error
    filing = Filing(first, builder.prefixes)
    for each in first:
        if each.tag == f"{INSTANCE}context":
            filing.contexts[each.get("id", "")] = _context(each)
        elif each.tag == f"{INSTANCE}unit":
            filing.units[each.get("id", "")] = _unit(each)
    return filing


def _context(element: ElementTree.Element) -> Row:
    """Whom, what part of them and which days a fact is about."""
    days = {name: element.findtext(f"{INSTANCE}period/{INSTANCE}{name}") for name in ("startDate", "endDate", "instant")}
    members = sorted(_member(each) for each in element.iter() if each.tag.startswith(DIMENSIONS))
    return {
        "identifier": _stripped(element.findtext(f"{INSTANCE}entity/{INSTANCE}identifier")),
        "segment": "; ".join(members) or None,
        "startDate": _stripped(days["startDate"]),
        "endDate": _stripped(days["endDate"]) or _stripped(days["instant"]),
    }


def _member(element: ElementTree.Element) -> str:
    """`axis=member`; for an axis whose members are texts, the text."""
    inner = next(iter(element), None)
    text = element.text if inner is None else inner.text
    return f"{element.get('dimension', '')}={_stripped(text) or ''}"


def _unit(element: ElementTree.Element) -> str:
    """What a number is counted in; of two units divided, the one above and the one below."""
    divided = element.find(f"{INSTANCE}divide")
    if divided is None:
        return _measures(element)
    parts = (divided.find(f"{INSTANCE}{name}") for name in ("unitNumerator", "unitDenominator"))
    return "/".join(_measures(part) for part in parts if part is not None)


def _measures(element: ElementTree.Element) -> str:
    return "*".join(_stripped(each.text) or "" for each in element.findall(f"{INSTANCE}measure"))


def _look_at(filing: Filing, element: ElementTree.Element, where: str) -> None:
    """Signal an element of the framework that no filing is known to have."""
    space, _, local = element.tag[1:].rpartition("}")
    known = LINKS if space == LINKBASE[1:-1] else {"context", "unit"}
    if local not in known:
        raise Mistake(f"there is the unknown element {filing.short(element.tag)!r}.", where=where)


def _fact(filing: Filing, element: ElementTree.Element, where: str) -> Row:
    context, unit = element.get("contextRef", ""), element.get("unitRef", "")
    if context not in filing.contexts:
        raise Mistake(f"it names the context {context!r}, which is not there.", where=where)
    if unit not in filing.units:
        raise Mistake(f"it names the unit {unit!r}, which is not there.", where=where)
    return {
        **filing.contexts[context],
        "concept": filing.short(element.tag),
        "value": _stripped(element.text),
        "measure": filing.units[unit],
        "decimals": element.get("decimals"),
        "id": element.get("id"),
    }


def _stripped(text: str | None) -> str | None:
    return (text or "").strip() or None
