"""What the readings of a claim come to, as a page shows them: what was counted, the number, and the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from whosbehind.atlas.texts import quantity_words
from whosbehind.claims import Finding, number_text
from whosbehind.claims.claim import Check, Claim
from whosbehind.claims.readings import Match
from whosbehind.figures import Figure, Question, Row
from whosbehind.profiles.lines import cited
from whosbehind.records import CitedSource
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.shelves.rows import asked
from whosbehind.values import Measure

Parts = tuple[tuple[str, str], ...]
# The units of facts that are written as part of the number.
WRITTEN = {"USD": Measure.OBLIGATIONS, "share": Measure.SHARE}


@dataclass(frozen=True)
class Counted:
    """What was measured for a claim, and what it comes to.

    `value` is the number as a reader sees it, with its `unit` where it has one; a sum of
    obligations opens its rows as `number`. `asked` is what was asked for, part by part, of which
    `changed` differs from the stated reading. A share or ratio has the two it divides as
    `parts`; a fact has the name of what it is about, its quantity, day and publications.
    """

    measure: str
    value: str | None = None
    unit: str | None = None
    asked: Parts = ()
    changed: Parts = ()
    number: Number | None = None
    parts: tuple[Counted, ...] = ()
    about: str | None = None
    page: str | None = None
    quantity: str | None = None
    day: str | None = None
    sources: tuple[CitedSource, ...] = ()


def stated(material: Material, finding: Finding) -> Counted | None:
    """The stated reading of a claim; None where nothing is computed."""
    check = finding.claim.check
    if check is None or finding.stated is None:
        return None
    found = _counted(material, check, finding.stated, finding.stated_figure, address.claim(finding.id))
    return replace(found, value=_shown(finding.claim, finding.value, found))


def repaired(material: Material, finding: Finding, first: Counted | None) -> Counted | None:
    """The reading that is the published number, where there is exactly one."""
    check = finding.claim.check
    if finding.repair is None or check is None or first is None:
        return None
    found = _other(material, finding.claim, finding.repair, first)
    figure = finding.repaired_figure
    if figure is None:
        return found
    return replace(found, number=number_of(material, finding.repair.reading.question, figure.rows, address.claim(finding.id)))


def others(material: Material, finding: Finding, first: Counted | None) -> tuple[Counted, ...]:
    """The readings that give the published number too, where none of them is the repair."""
    if finding.searched is None or finding.repair or first is None:
        return ()
    return tuple(_other(material, finding.claim, match, first) for match in finding.searched.matches)


def published(claim: Claim, first: Counted | None) -> str | None:
    """The published number as a reader sees it; its relation stands in the claim."""
    return _shown(claim, claim.published.value, first) if claim.published else None


def number_of(material: Material, question: Question, rows: list[Row], about: str) -> Number:
    """A number that opens these rows, with all that a page shows of a row."""
    return material.book.number(question, [{**material.opened.rows[row["transaction_id"]], **row} for row in rows], about)


def _other(material: Material, claim: Claim, match: Match, first: Counted) -> Counted:
    reading = match.reading
    parts = asked(material, reading.question)
    if reading.factor != 1:
        parts = (*parts, ("factor", f"{reading.factor:f}"))
    if ("route", "any") in reading.changed:
        parts = (*parts, ("any_route", ""))
    changed = tuple(part for part in parts if part not in first.asked)
    return Counted(first.measure, _shown(claim, match.value, first), first.unit, parts, changed)


def _counted(material: Material, check: Check, shown: Mapping[str, Any], figure: Figure | None, about: str) -> Counted:
    match check.measure:
        case Measure.SHARE | Measure.RATIO:
            pairs = ((check.numerator, "numerator"), (check.denominator, "denominator"))
            parts = (_part(material, part, shown.get(name) or {}, about) for part, name in pairs if part)
            return Counted(str(check.measure), parts=tuple(parts))
        case Measure.FACT:
            return _fact(material, shown)
        case Measure.AUTHORIZATIONS:
            names = tuple(("name", material.atlas.name_of(name)) for name in check.question.organisations)
            return Counted(str(check.measure), asked=names, day=str(check.on))
        case Measure.REPORTED:
            return _reported(material, check)
        case _:
            number = number_of(material, check.question, figure.rows, about) if figure else None
            return Counted(str(check.measure), asked=asked(material, check.question), number=number)


def _part(material: Material, check: Check, shown: Mapping[str, Any], about: str) -> Counted:
    """One of the two numbers of a share or ratio, with its own value."""
    is_sum = check.measure in (Measure.OBLIGATIONS, Measure.TRANSACTIONS, Measure.AWARDS) and "window" in shown
    figure = material.workspace.figure(check.question) if is_sum else None
    found = _counted(material, check, shown, figure, about)
    value = shown.get("obligated_usd") if check.measure is Measure.OBLIGATIONS else shown.get("value")
    value = shown.get("transaction_count") if check.measure is Measure.TRANSACTIONS else value
    return found if value is None or found.value else replace(found, value=written(str(check.measure), Decimal(str(value))))


def _fact(material: Material, shown: Mapping[str, Any]) -> Counted:
    unit = shown["unit"]
    return Counted(
        str(Measure.FACT),
        value=written(str(WRITTEN.get(unit, Measure.FACT)), Decimal(shown["value"])),
        unit=None if unit in WRITTEN else unit,
        about=material.atlas.name_of(shown["about"]),
        page=material.page_of(shown["about"]),
        quantity=quantity_words(str(shown["quantity"])),
        day=shown["date"],
        sources=cited(material.atlas, shown["sources"]),
    )


def _reported(material: Material, check: Check) -> Counted:
    name = check.company or ""
    company = material.atlas.find_organisation(name)
    return Counted(
        str(Measure.REPORTED),
        asked=tuple((kind, str(day)) for kind, day in (("since", check.question.since), ("until", check.question.until)) if day),
        about=company.name if company else name,
        page=material.page_of(company.id) if company else None,
        quantity=" · ".join(filter(None, (check.concept, check.segment))),
    )


def _shown(claim: Claim, value: Decimal | None, first: Counted | None) -> str | None:
    """A number of a claim in the unit of what it is compared with."""
    if value is None or claim.check is None:
        return None
    if claim.check.measure is Measure.FACT and first and first.value:
        measure = {"$": Measure.OBLIGATIONS, "%": Measure.SHARE}.get(_sign(first.value), Measure.FACT)
        return written(str(measure), value)
    return written(str(claim.check.measure), value)


def _sign(text: str) -> str:
    return text[-1] if text.endswith("%") else text.lstrip("-")[0]


def written(measure: str, value: Decimal) -> str:
    """A number as a reader sees it: dollars without cents where there are none, shares in percent."""
    return number_text(Measure(measure), value).removesuffix(".00")
