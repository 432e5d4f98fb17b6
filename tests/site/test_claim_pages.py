from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.site.reading import written
from whosbehind import Workspace
from whosbehind.claims import Finding
from whosbehind.claims.claim import Signature
from whosbehind.claims.readings import Match, Reading, Searched
from whosbehind.figures import Question
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Book
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves.claims import Told, claim_pages
from whosbehind.values import ClaimVerdict

Shelf = dict[str, Page | File]
COUNTED = "wired-2026-ice-microsoft"


@pytest.fixture(scope="module")
def shelf(material: Material) -> Shelf:
    return {each.path: each for each in claim_pages(material)}


def with_finding(material: Material, finding: Finding) -> Shelf:
    """The pages of one claim alone."""
    alone = replace(material, findings={finding.id: finding}, book=Book())
    return {each.path: each for each in claim_pages(alone)}


def told(shelf: Shelf, name: str) -> Told:
    page = shelf[address.claim(name)]
    assert isinstance(page, Page)
    found: Told = page.make()["told"]
    return found


def repaired(built: Workspace, finding: Finding, since: dt.date) -> Finding:
    """A finding as it would be if another first day gave the published number."""
    assert finding.claim.check
    question = replace(finding.claim.check.question, since=since)
    figure = built.figure(question)
    match = Match(Reading(question, changed=(("since", since), ("until", question.until))), figure.obligated_usd)
    searched = Searched(12, (match,), match, Decimal("0.010"))
    return replace(finding, verdict=ClaimVerdict.GARBLED, searched=searched, repaired_figure=figure)


def test_each_claim_has_a_page_a_sheet_and_all_of_it_as_json(material: Material, shelf: Shelf) -> None:
    for name in material.findings:
        assert isinstance(shelf[address.claim(name)], Page)
        sheet, whole = shelf[address.sheet(name, "md")], shelf[address.sheet(name, "json")]
        assert isinstance(sheet, File)
        assert isinstance(whole, File)
        assert json.loads(whole.make())["id"] == name
        assert material.findings[name].claim.statement[:20] in sheet.make().decode() or "\\" in sheet.make().decode()


def test_the_list_has_each_claim_once_under_its_verdict(material: Material, shelf: Shelf) -> None:
    page = shelf[address.CLAIMS]
    assert isinstance(page, Page)
    listed = [(verdict, each.finding.id) for verdict, own in page.make()["groups"].items() for each in own]
    assert sorted(name for _, name in listed) == sorted(material.findings)
    assert all(material.findings[name].verdict is verdict for verdict, name in listed)


def test_the_number_of_a_claim_is_what_a_figure_says_and_opens_its_rows(
    built: Workspace, material: Material, shelf: Shelf
) -> None:
    first = told(shelf, COUNTED).stated
    assert first
    assert first.number
    figure = built.figure(**first.number.asked)
    assert (first.number.amount.obligated_usd, first.number.amount.transaction_count) == (
        figure.obligated_usd,
        figure.transaction_count,
    )
    rows = material.book.sets[first.number.page].rows
    assert [row["transaction_id"] for row in rows] == [row["transaction_id"] for row in figure.rows]
    assert all("vendor_id" in row and row["route"] for row in rows)


def test_a_garbled_number_stands_beside_the_reading_that_gives_it(built: Workspace, material: Material) -> None:
    finding = repaired(built, material.findings[COUNTED], dt.date(2021, 10, 1))
    pages = with_finding(material, finding)
    other = told(pages, COUNTED).repaired
    assert other
    assert other.number
    assert other.changed == (("since", "2021-10-01"),)
    text, found = written(pages[address.claim(COUNTED)])
    assert "<mark>since 2021-10-01</mark>" in text
    assert text.index("As published") < text.index("What gives that number") < text.index("How it was computed")
    assert other.number.amount.obligated_usd in {each.usd for each in found.numbers}


def test_readings_with_different_filters_never_share_a_page_of_rows() -> None:
    plain = Question(organisations=("amazon",), agencies=("ICE",))
    others = (
        replace(plain, names_only=True),
        replace(plain, positive_only=True),
        replace(plain, is_funding=True),
        replace(plain, words="cloud"),
        replace(plain, as_of=dt.date(2024, 1, 1)),
    )
    assert len({address.rows(each) for each in (plain, *others)}) == 1 + len(others)


def test_a_finding_is_a_draft_until_a_person_signs_it(material: Material) -> None:
    finding = material.findings[COUNTED]
    text, _ = written(with_finding(material, finding)[address.claim(COUNTED)])
    assert "draft: no person has signed this finding" in text
    signed = replace(finding, claim=replace(finding.claim, signed=Signature("A. Editor", dt.date(2026, 4, 2))))
    text, _ = written(with_finding(material, signed)[address.claim(COUNTED)])
    assert "signed by A. Editor on 2026-04-02" in text
    assert "no person has signed" not in text


def test_what_is_not_testable_says_what_it_would_take(material: Material, shelf: Shelf) -> None:
    name = next(each.id for each in material.findings.values() if each.verdict is ClaimVerdict.NOT_TESTABLE and each.needed)
    text, _ = written(shelf[address.claim(name)])
    assert "What it would take" in text


def test_a_retelling_shows_what_drifted(material: Material, shelf: Shelf) -> None:
    copies = [copy for each in material.findings.values() if each.copies for copy in told(shelf, each.id).copies]
    assert copies
    drifted = next(copy for copy in copies if copy.drift)
    name = drifted.finding.id.split("/")[0]
    text, _ = written(shelf[address.claim(name)])
    assert "What drifted" in text
    assert "This retelling" in text


def test_a_sentence_cannot_leave_the_data_block(material: Material) -> None:
    finding = material.findings[COUNTED]
    hostile = "</script><script>alert(1)</script><!-- {{ 7*7 }}"
    broken = replace(finding, claim=replace(finding.claim, statement=hostile))
    text, found = written(with_finding(material, broken)[address.claim(COUNTED)])
    assert "<script>alert" not in text
    assert found.tags.count("script") == 2
    assert "49" not in text.split("<main")[1].split("</h1>")[0]
    block = text.split('<script type="application/ld+json">')[1].split("</script>")[0]
    assert json.loads(block)[0]["claimReviewed"] == hostile
