"""The first page: who is paid by the agencies of the evidence, through whom, and how far that can be relied on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from whosbehind.claims import Finding
from whosbehind.figures import Question, Row
from whosbehind.figures.answer import largest_first
from whosbehind.figures.opened import total
from whosbehind.site import address
from whosbehind.site.drawing.sankey import Band
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number, largest
from whosbehind.site.pages import PAINTED, Page
from whosbehind.tables import DOCUMENTS
from whosbehind.values import ClaimVerdict, RecipientKind, Route

# Agencies, recipients and companies of the drawing, and bands at most.
AGENCIES, RESELLERS, COMPANIES, BANDS = 8, 12, 12, 120
# Recipients and systems that the page lists.
LISTED, SYSTEMS = 10, 8
# The verdicts in the order in which they are told, and those of which an example stands.
VERDICTS = (ClaimVerdict.SUPPORTED, ClaimVerdict.GARBLED, ClaimVerdict.CONTRADICTED, ClaimVerdict.NOT_TESTABLE)
EXAMPLES = VERDICTS[:3]


@dataclass(frozen=True)
class Flow:
    """Money of one agency that reaches one company, paid to it directly or through one reseller."""

    agency: str
    recipient: str
    company: str
    number: Number

    @property
    def band(self) -> Band:
        """It, as it is drawn."""
        route = Route.RESELLER if self.recipient else Route.DIRECT
        return Band((self.agency, self.recipient, self.company), self.number.amount.obligated_usd, str(route))


@dataclass(frozen=True)
class Company:
    """A company of the drawing: what was paid to it directly, and through resellers."""

    id: str
    name: str
    by_route: Mapping[Route, Number]


@dataclass(frozen=True)
class Money:
    """All that the drawing and its tables show: the companies as one set, each of them, and each flow."""

    whole: Number
    by_route: Mapping[Route, Number]
    companies: tuple[Company, ...]
    flows: tuple[Flow, ...]
    labels: Mapping[str, str]

    @property
    def bands(self) -> tuple[Band, ...]:
        """The flows as they are drawn."""
        return tuple(each.band for each in self.flows)


@dataclass(frozen=True)
class Covered:
    """The days of an agency that the evidence covers, and since when reports may still come."""

    agency: str
    page: str | None
    spans: tuple[tuple[str, str], ...]
    incomplete_since: str | None
    number: Number


def home_pages(material: Material) -> Iterator[Page]:
    """The first page."""
    rows = material.rows
    whole = material.book.number(Question(), rows, address.HOME)
    shown = {
        "whole": whole,
        "agencies": tuple(_agencies(material, whole)),
        "money": _money(material),
        "recipients": tuple(_recipients(material)),
        "extract": all(row["is_extract"] for row in rows),
    }
    yield Page(address.HOME, "home.html", partial(_described, material, shown), {"chart": PAINTED})


def _described(material: Material, shown: Mapping[str, Any]) -> dict[str, Any]:
    counts = Counter(each.verdict for each in material.findings.values())
    figure = material.opened.plain[()]
    documents = material.tables[DOCUMENTS.name]
    return {
        **shown,
        "chart": shown["money"],
        "warnings": figure.warnings,
        "days": _days(material),
        "verdicts": tuple((verdict, counts[verdict]) for verdict in VERDICTS),
        "examples": tuple(_examples(material)),
        "systems": tuple(_systems(material)),
        "counts": _counts(material),
        "documents": len(documents),
        "received": max((row["received_date"] for row in documents), default=None),
        "rejects": sum(row["rejected_count"] or 0 for row in documents),
        "snapshot": material.opened.snapshot,
    }


def _days(material: Material) -> tuple[Any, Any]:
    days = [row["action_date"] for row in material.opened.rows.values()]
    return min(days, default=None), max(days, default=None)


def _counts(material: Material) -> dict[str, int]:
    atlas = material.atlas
    return {"systems": len(atlas.systems), "flows": len(atlas.flows), "claims": len(material.findings)}


def _agencies(material: Material, whole: Number) -> Iterator[Covered]:
    """What each agency obligated, and the days of it that the evidence holds."""
    known = {each["agency"]: each for each in material.opened.plain[()].coverage["agencies"]}
    codes = {row["agency"]: row["agency_code"] for row in material.opened.rows.values()}
    numbers = material.book.by(whole, material.opened.rows.values(), "agency", address.HOME)
    for name, number in largest(numbers):
        covered, agency = known.get(name, {}), material.atlas.agency_of(codes[name])
        spans = tuple((each["since"], each["until"]) for each in covered.get("covered", ()))
        page = address.agency(agency.id) if agency else None
        yield Covered(name, page, spans, covered.get("incomplete_since"), number)


def _recipients(material: Material) -> Iterator[tuple[str, str, Number]]:
    """The recipients of most money."""
    for vendor in material.vendors[:LISTED]:
        about = address.recipient(vendor)
        number = material.book.number(Question(recipient=vendor), material.by_vendor[vendor], about)
        yield about, material.vendor_names[vendor], number


def _money(material: Material) -> Money | None:
    """The companies to which resellers brought most money, with all that reached them; None where nobody resells."""
    rows = {name: material.opened.of_organisation(name) for name in _heads(material)}
    resold = {name: total(row for row in own if row["route"] == Route.RESELLER) for name, own in rows.items()}
    most = sorted(rows, key=lambda name: (-resold[name].obligated_usd, name))[:COMPANIES]
    chosen = {name: rows[name] for name in sorted(most) if resold[name].obligated_usd > 0}
    if not chosen:
        return None
    flows = _flows(material, chosen)
    whole, by_route = _set(material, chosen)
    return Money(
        whole=whole,
        by_route=by_route,
        companies=tuple(_company(material, name, chosen[name]) for name in most if name in chosen),
        flows=flows,
        labels=_labels(material, flows),
    )


def _heads(material: Material) -> Iterator[str]:
    """The companies that nobody in the atlas owned on the day of any of their rows: owned ones stand with their owner."""
    organisations = material.atlas.organisations
    for name, listed in material.opened.attributions.items():
        if organisations[name].kind == "company" and all(each["family_id"] == name for each in listed):
            yield name


def _set(material: Material, chosen: Mapping[str, tuple[Row, ...]]) -> tuple[Number, Mapping[Route, Number]]:
    """What was obligated for companies as one set: each row once, direct if it is so for any of them."""
    rows: dict[str, Row] = {}
    for own in chosen.values():
        for row in own:
            known = rows.get(row["transaction_id"])
            if known is None or row["route"] == Route.DIRECT:
                rows[row["transaction_id"]] = row
    listed = largest_first(rows.values())
    whole = material.book.number(Question(organisations=tuple(chosen)), listed, address.HOME)
    return whole, {Route(route): number for route, number in material.book.by(whole, listed, "route", address.HOME).items()}


def _company(material: Material, name: str, rows: tuple[Row, ...]) -> Company:
    about = address.organisation(name)
    whole = material.book.number(Question(organisations=(name,)), rows, about)
    by_route = {Route(route): number for route, number in material.book.by(whole, rows, "route", about).items()}
    return Company(name, material.atlas.organisations[name].name, by_route)


def _flows(material: Material, chosen: Mapping[str, tuple[Row, ...]]) -> tuple[Flow, ...]:
    """The flows of the largest agencies and resellers, most money first."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for name, rows in chosen.items():
        for row in rows:
            through = row["vendor_id"] if row["route"] == Route.RESELLER else ""
            groups[row["agency"], through, name].append(row)
    agencies = _most(groups, 0, AGENCIES)
    resellers = _most({key: rows for key, rows in groups.items() if _is_named(key, rows)}, 1, RESELLERS)
    kept = [key for key in groups if key[0] in agencies and (not key[1] or key[1] in resellers)]
    kept.sort(key=lambda key: (-total(groups[key]).obligated_usd, key))
    return tuple(_flow(material, key, groups[key]) for key in kept[:BANDS])


def _is_named(key: tuple[str, str, str], rows: list[Row]) -> bool:
    return bool(key[1]) and rows[0]["recipient_kind"] == RecipientKind.ORGANISATION


def _most(groups: Mapping[tuple[str, str, str], Iterable[Row]], place: int, count: int) -> set[str]:
    """The names at one place of the groups that have most money."""
    sums: Counter[str] = Counter()
    for key, rows in groups.items():
        sums[key[place]] += total(rows).obligated_usd  # type: ignore[assignment]
    return set(sorted(sums, key=lambda name: (-sums[name], name))[:count])


def _flow(material: Material, key: tuple[str, str, str], rows: Iterable[Row]) -> Flow:
    agency, recipient, company = key
    route = Route.RESELLER if recipient else Route.DIRECT
    question = Question(organisations=(company,), agencies=(agency,), recipient=recipient or None, route=route)
    return Flow(agency, recipient, company, material.book.number(question, rows, address.organisation(company)))


def _labels(material: Material, flows: Iterable[Flow]) -> dict[str, str]:
    organisations = material.atlas.organisations
    labels = {each.recipient: material.vendor_names[each.recipient] for each in flows if each.recipient}
    return labels | {each.company: organisations[each.company].name for each in flows}


def _examples(material: Material) -> Iterator[Finding]:
    """A claim for each verdict: one that is computed if there is one, and a short one."""
    for verdict in EXAMPLES:
        found = [each for each in material.findings.values() if each.verdict is verdict]
        if found:
            yield min(found, key=_as_example)


def _as_example(finding: Finding) -> tuple[bool, bool, int, str]:
    """What makes a finding a good example: rows that it opens, then a number, then few words."""
    return (finding.stated_figure is None, finding.value is None, len(finding.claim.statement), finding.id)


def _systems(material: Material) -> Iterator[tuple[str, str, str, int]]:
    """The systems that most flows lead to or from: page, name, purpose, and how many flows."""
    counts: Counter[str] = Counter()
    for flow in material.atlas.flows.values():
        counts.update({flow.from_id, flow.to_id} & set(material.atlas.systems))
    for name in sorted(counts, key=lambda each: (-counts[each], each))[:SYSTEMS]:
        system = material.atlas.systems[name]
        yield address.system(name), material.atlas.name_of(name), system.purpose, counts[name]
