"""Pages of claims: the sentence as published, the verdict, and what it rests on, number by number."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from whosbehind.claims import Finding, claim_reviews, sheet
from whosbehind.claims.claim import Appeared
from whosbehind.claims.finding import NOT_IN_ANY_RECORD
from whosbehind.figures import Figure
from whosbehind.phrases import joined, phrase
from whosbehind.profiles.lines import cited
from whosbehind.records import CitedSource
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves.readings import Counted, others, published, repaired, stated
from whosbehind.values import ClaimVerdict

# The order in which verdicts are listed: what a reader would not expect comes first.
ORDER = (ClaimVerdict.GARBLED, ClaimVerdict.CONTRADICTED, ClaimVerdict.SUPPORTED, ClaimVerdict.NOT_TESTABLE)


@dataclass(frozen=True)
class Drift:
    """How a copy differs from its original: what differs, what the original says, what the copy says."""

    what: str
    was: str
    now: str


@dataclass(frozen=True)
class Told:
    """A finding as its page shows it: its numbers, its publications, and its copies with how far they drifted."""

    finding: Finding
    published: str | None
    stated: Counted | None
    repaired: Counted | None
    others: tuple[Counted, ...]
    publication: CitedSource | None
    sources: tuple[CitedSource, ...]
    replied_in: tuple[CitedSource, ...]
    copies: tuple[Told, ...] = ()
    drift: tuple[Drift, ...] = ()


def claim_pages(material: Material) -> Iterator[Page | File]:
    """The lists of claims, a page for each, and the findings as files."""
    findings = {name: _opened(finding) for name, finding in sorted(material.findings.items())}
    told = {name: _told(material, finding) for name, finding in findings.items()}
    yield Page(address.CLAIMS, "claims.html", partial(_listed, told))
    yield Page(address.CLAIMS_BY_PUBLICATION, "claims_by_publication.html", partial(_by_publication, told))
    for name, each in told.items():
        yield Page(address.claim(name), "claim.html", partial(_described, material, each))
        yield _file(address.sheet(name, "md"), partial(sheet, [each.finding], material.atlas.sources))
        yield _file(address.sheet(name, "json"), partial(_finding_text, each.finding))
    listed = list(findings.values())
    yield _file(address.ALL_FINDINGS, partial(_findings_text, listed))
    yield _file(address.ALL_REVIEWS, partial(_reviews_text, material, listed))


def _file(path: str, text: Any) -> File:
    return File(path, lambda: text().encode(), text)


def _finding_text(finding: Finding) -> str:
    return _json(finding.as_json(with_rows=True))


def _findings_text(findings: Sequence[Finding]) -> str:
    return _json([each.as_json() for each in findings])


def _reviews_text(material: Material, findings: Sequence[Finding]) -> str:
    return _json(claim_reviews(findings, material.atlas.sources))


def _json(value: object) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def _opened(finding: Finding) -> Finding:
    """A finding whose rows are at hand, opened once for its page and its files."""
    return replace(
        finding,
        stated_figure=_kept(finding.stated_figure),
        repaired_figure=_kept(finding.repaired_figure),
        copies=tuple(_opened(copy) for copy in finding.copies),
    )


def _kept(figure: Figure | None) -> Figure | None:
    if figure is None:
        return None
    rows = figure.rows
    return replace(figure, open_rows=lambda: rows)


def _told(material: Material, finding: Finding) -> Told:
    """A finding with its copies and how far they drifted."""
    own = _alone(material, finding)
    return replace(own, copies=tuple(_drifted(_told(material, copy), own) for copy in finding.copies))


def _alone(material: Material, finding: Finding) -> Told:
    claim, first = finding.claim, stated(material, finding)
    return Told(
        finding=finding,
        published=published(claim, first),
        stated=first,
        repaired=repaired(material, finding, first),
        others=others(material, finding, first),
        publication=_publication(material, claim.appeared),
        sources=cited(material.atlas, finding.sources),
        replied_in=cited(material.atlas, claim.reply.sources) if claim.reply else (),
    )


def _publication(material: Material, appeared: Appeared) -> CitedSource | None:
    """The publication a claim stood in, where it is cited for something itself."""
    return next((each for each in material.atlas.sources.values() if appeared.url and each.url == appeared.url), None)


def _drifted(own: Told, first: Told) -> Told:
    """A copy with how it differs from its original."""
    pairs = (
        ("relation", _relation(first), _relation(own)),
        ("number", first.published, own.published),
        ("reading", _reading(first.stated), _reading(own.stated)),
        ("verdict", str(first.finding.verdict), str(own.finding.verdict)),
    )
    return replace(own, drift=tuple(Drift(what, was or "", now or "") for what, was, now in pairs if was != now))


def _relation(told: Told) -> str | None:
    number = told.finding.claim.published
    return number.relation if number else None


def _reading(counted: Counted | None) -> str | None:
    """What a reading asks for, in a line."""
    if counted is None:
        return None
    parts = [value for _, value in counted.asked] + [phrase(each.quantity or "") for each in (counted, *counted.parts)]
    return joined(" · ", filter(None, parts))


def _grouped(told: Mapping[str, Told]) -> dict[ClaimVerdict, tuple[Told, ...]]:
    """The claims of each verdict, the latest publications first."""
    newest = sorted(told.values(), key=lambda each: each.finding.claim.appeared.date or "", reverse=True)
    return {verdict: tuple(each for each in newest if each.finding.verdict is verdict) for verdict in ORDER}


def _listed(told: Mapping[str, Told]) -> dict[str, Any]:
    groups = _grouped(told)
    return {"groups": groups, "count": len(told), "signed": sum(not each.finding.is_draft for each in told.values())}


def _by_publication(told: Mapping[str, Told]) -> dict[str, Any]:
    found: dict[tuple[str, str, str], list[Told]] = {}
    for each in told.values():
        where = each.finding.claim.appeared
        found.setdefault((where.publisher, where.title or "", where.date or ""), []).append(each)
    listed = sorted(found.items(), key=lambda item: (item[0][2], item[0]), reverse=True)
    return {"publications": [(*where, _first_url(own), tuple(own)) for where, own in listed], "count": len(told)}


def _first_url(own: Sequence[Told]) -> str | None:
    return next((each.finding.claim.appeared.url for each in own if each.finding.claim.appeared.url), None)


def _described(material: Material, told: Told) -> dict[str, Any]:
    return {
        "told": told,
        "about": _about(material, told.finding),
        "reviews": claim_reviews([told.finding], material.atlas.sources),
        "not_in_any_record": NOT_IN_ANY_RECORD,
    }


def _about(material: Material, finding: Finding) -> tuple[tuple[str, str], ...]:
    """The things a claim asks for, each with its page."""
    check, atlas = finding.claim.check, material.atlas
    if check is None:
        return ()
    question = check.question
    things = [*question.organisations, *(atlas.find_agency(name).id for name in question.agencies), question.system]
    things += [atlas.facts[check.fact].about_id] if check.fact else []
    pages = [(atlas.name_of(thing), material.page_of(thing)) for thing in things if thing]
    return tuple((name, page) for name, page in pages if page)
