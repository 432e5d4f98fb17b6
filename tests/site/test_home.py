from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.site.reading import written
from whosbehind import Workspace
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.pages import Page
from whosbehind.site.shelves.home import home_pages


@pytest.fixture(scope="module")
def home(material: Material) -> Page:
    (page,) = home_pages(material)
    return page


@pytest.fixture(scope="module")
def data(home: Page) -> dict[str, Any]:
    return dict(home.make())


def same(built: Workspace, number: Number) -> bool:
    figure = built.figure(**number.asked)
    return (number.amount.obligated_usd, number.amount.transaction_count) == (figure.obligated_usd, figure.transaction_count)


def test_the_headline_is_everything_in_the_evidence(built: Workspace, data: dict[str, Any]) -> None:
    assert same(built, data["whole"])
    parts = [each.number.amount.obligated_usd for each in data["agencies"]]
    assert sum(parts, Decimal(0)) == data["whole"].amount.obligated_usd


def test_companies_as_one_set_count_each_row_once(built: Workspace, data: dict[str, Any]) -> None:
    money = data["money"]
    assert same(built, money.whole)
    assert all(same(built, number) for number in money.by_route.values())
    apart = sum((number.amount.transaction_count for each in money.companies for number in each.by_route.values()), 0)
    assert money.whole.amount.transaction_count <= apart


def test_the_number_of_a_band_is_what_a_figure_says(built: Workspace, data: dict[str, Any]) -> None:
    flows = data["money"].flows
    direct = [each for each in flows if not each.recipient][:2]
    through = [each for each in flows if each.recipient][:3]
    assert through
    assert all(same(built, each.number) for each in (*direct, *through))


def test_a_band_of_a_company_is_part_of_what_reached_it(data: dict[str, Any]) -> None:
    for company in data["money"].companies:
        rows = sum(each.number.amount.transaction_count for each in data["money"].flows if each.company == company.id)
        assert rows <= sum(number.amount.transaction_count for number in company.by_route.values())


def test_every_number_leads_to_rows(material: Material, home: Page, data: dict[str, Any]) -> None:
    _, found = written(home, data)
    assert found.numbers
    assert all(each.href.partition("#")[0] in material.book.sets for each in found.numbers)


def test_an_extract_says_that_it_is_none(home: Page, data: dict[str, Any]) -> None:
    assert "This is an extract, and no total." in written(home, data | {"extract": True})[0]
    assert "This is an extract, and no total." not in written(home, data | {"extract": False})[0]


def test_the_question_names_the_agencies_of_the_evidence(home: Page, data: dict[str, Any]) -> None:
    text, _ = written(home, data)
    names = [each.agency for each in data["agencies"]]
    heading = text.partition("<h1>")[2].partition("</h1>")[0]
    assert all(name in heading for name in names) or len(names) > 3


def test_findings_are_counted_by_verdict(material: Material, data: dict[str, Any]) -> None:
    assert sum(count for _, count in data["verdicts"]) == len(material.findings)
    assert len({each.verdict for each in data["examples"]}) == len(data["examples"])


def test_the_page_is_small_in_every_language_and_loads_nothing_from_elsewhere(home: Page, data: dict[str, Any]) -> None:
    for code in ("en", "es"):
        text, found = written(home, data, code)
        assert len(text.encode()) < 150_000
        assert not found.events
        assert all("://" not in link for link in found.loads)
        assert len(found.ids) == len(set(found.ids))


def test_a_workspace_where_nobody_resells_still_has_a_first_page(home: Page, data: dict[str, Any]) -> None:
    text, _ = written(home, data | {"money": None, "chart": None})
    assert address.RECIPIENTS in text
