from __future__ import annotations

import pytest

from tests.site.reading import written
from whosbehind import Workspace
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves.recipients import Received, recipient_pages


@pytest.fixture(scope="module")
def shelf(material: Material) -> dict[str, Page | File]:
    return {each.path: each for each in recipient_pages(material)}


def received(shelf: dict[str, Page | File]) -> list[Received]:
    first = shelf[address.RECIPIENTS]
    assert isinstance(first, Page)
    lines: list[Received] = list(first.make()["lines"])
    return lines


def test_each_vendor_has_a_page_and_nobody_without_a_name(material: Material, shelf: dict[str, Page | File]) -> None:
    named = {address.recipient(vendor) for vendor in material.by_vendor if not vendor.startswith("kind:")}
    assert named == {path for path in shelf if path.startswith("recipients/") and "index" not in path}


def test_the_list_begins_with_most_money(shelf: dict[str, Page | File]) -> None:
    amounts = [each.whole.amount.obligated_usd for each in received(shelf)]
    assert amounts == sorted(amounts, reverse=True)


def test_every_number_of_a_reseller_is_what_a_figure_says(built: Workspace, shelf: dict[str, Page | File]) -> None:
    reseller = max(received(shelf), key=lambda each: len(each.resold))
    assert reseller.resold
    numbers: list[Number] = [
        reseller.whole,
        reseller.resold[0].number,
        reseller.by_agency[0][1],
        reseller.by_year[-1][1],
    ]
    for number in numbers:
        figure = built.figure(**number.asked)
        assert (number.amount.obligated_usd, number.amount.transaction_count) == (figure.obligated_usd, figure.transaction_count)


def test_what_is_of_its_own_family_is_not_resold(material: Material, shelf: dict[str, Page | File]) -> None:
    for each in received(shelf):
        for resold in each.resold:
            rows = {row["transaction_id"] for row in material.by_vendor[each.vendor]}
            (name,) = resold.number.question.organisations
            own = [one for one in material.opened.attributions[name] if one["transaction_id"] in rows]
            assert any(one["route"] == "reseller" for one in own)


def test_a_number_leads_to_rows_that_are_there(material: Material, shelf: dict[str, Page | File]) -> None:
    marks = {address.recipient(each.vendor): written(shelf[each.page])[1].ids for each in received(shelf)[:20]}
    for each in received(shelf)[:20]:
        for number in (each.whole, *(number for _, number in each.by_year)):
            page, _, mark = number.page.partition("#")
            assert mark in marks[page] if mark else page in material.book.sets


def test_no_text_of_a_record_becomes_markup(shelf: dict[str, Page | File]) -> None:
    for path, page in shelf.items():
        if isinstance(page, Page):
            text, found = written(page)
            assert not found.events, path
            assert "<script>document" not in text
            assert "<img" not in text


def test_pages_are_small_and_their_ids_their_own(shelf: dict[str, Page | File]) -> None:
    for page in shelf.values():
        if isinstance(page, Page):
            text, found = written(page, code="es")
            assert len(text.encode()) < 300_000
            assert len(found.ids) == len(set(found.ids))
