from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.site.reading import written
from whosbehind import Workspace
from whosbehind.site import address
from whosbehind.site.drawing.steps import Step, steps
from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves.awards import award_pages

DAY = dt.date(2024, 3, 1)


@pytest.fixture(scope="module")
def shelf(material: Material) -> dict[str, Page | File]:
    return {each.path: each for each in award_pages(material)}


def longest(material: Material) -> str:
    return max(material.by_award, key=lambda award: (len(material.by_award[award]), award))


def test_each_award_has_a_page_and_its_rows_as_a_file(material: Material, shelf: dict[str, Page | File]) -> None:
    pages = {address.award(award) for award in material.by_award}
    assert set(shelf) == pages | {address.table(page) for page in pages}


def test_the_total_of_an_award_is_what_a_figure_says(built: Workspace, material: Material, shelf: dict[str, Page | File]) -> None:
    page = shelf[address.award(longest(material))]
    assert isinstance(page, Page)
    number = page.make()["whole"]
    figure = built.figure(**number.asked)
    assert (number.amount.obligated_usd, number.amount.transaction_count) == (figure.obligated_usd, figure.transaction_count)


def test_the_running_total_ends_at_the_total(material: Material, shelf: dict[str, Page | File]) -> None:
    for award in list(material.by_award)[:40]:
        page = shelf[address.award(award)]
        assert isinstance(page, Page)
        made = page.make()
        assert made["actions"][-1].running == made["whole"].amount.obligated_usd
        assert [each.day for each in made["actions"]] == sorted(each.day for each in made["actions"])


def test_every_row_is_found_under_its_mark(material: Material, shelf: dict[str, Page | File]) -> None:
    award = longest(material)
    page = shelf[address.award(award)]
    assert isinstance(page, Page)
    _, found = written(page, dict(page.make()))
    assert {address.action(row["transaction_id"]) for row in material.by_award[award]} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))


def test_no_text_of_a_record_becomes_markup(material: Material, shelf: dict[str, Page | File]) -> None:
    hostile = [
        row["award_id"]
        for row in material.opened.rows.values()
        if "AMAZON WEB SERVICES CLOUD HOSTING" in (row["description"] or "")
    ]
    assert hostile
    for award in dict.fromkeys(hostile):
        page = shelf[address.award(award)]
        assert isinstance(page, Page)
        for code in ("en", "es"):
            text, found = written(page, dict(page.make()), code)
            assert not found.events
            assert "<script>document" not in text
            assert "<img" not in text


def test_a_ceiling_is_shown_and_said_to_be_no_spending(material: Material, shelf: dict[str, Page | File]) -> None:
    page = shelf[address.award(longest(material))]
    assert isinstance(page, Page)
    made = dict(page.make())
    actions = tuple(each._replace(ceiling=Decimal("1234567.00"), change=Decimal("7.00")) for each in made["actions"])
    text, _ = written(page, made | {"actions": actions, "has_ceilings": True, "ceiling": Decimal("1234567.00")})
    assert "$1,234,567.00" in text
    assert "it is no spending" in text
    assert made["whole"].amount.obligated_usd != Decimal("1234567.00")


def test_a_recipient_that_is_a_person_has_no_name_and_no_link(material: Material, shelf: dict[str, Page | File]) -> None:
    page = shelf[address.award(longest(material))]
    assert isinstance(page, Page)
    made = dict(page.make())
    nobody = replace(made["facts"], recipient="", recipient_kind="individual", recipient_page=None)
    text, found = written(page, made | {"facts": nobody})
    assert "an individual" in text
    assert not any("/recipients/" in link and "index" not in link for link in found.links)


def test_money_taken_back_steps_down() -> None:
    listed = [Step(DAY, Decimal(100), None), Step(DAY + dt.timedelta(30), Decimal(-50), None)]
    body = steps(listed).body
    assert "-$50" in body
    assert 'class="ceiling"' not in body


def test_a_ceiling_is_a_line_of_its_own() -> None:
    listed = [Step(DAY, Decimal(10), Decimal(500)), Step(DAY, Decimal(20), Decimal(500))]
    assert 'class="ceiling"' in steps(listed).body


def test_an_award_of_one_action_has_no_line(material: Material, shelf: dict[str, Page | File]) -> None:
    single = next(award for award, rows in material.by_award.items() if len(rows) == 1)
    page = shelf[address.award(single)]
    assert isinstance(page, Page)
    assert page.make()["chart"] is None


def test_every_line_has_files_of_its_own(material: Material, shelf: dict[str, Page | File]) -> None:
    for award, rows in material.by_award.items():
        page = shelf[address.award(award)]
        assert isinstance(page, Page)
        assert set(page.charts) == ({"chart"} if len(rows) > 1 else set())
