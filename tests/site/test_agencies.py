"""Pages of agencies: their money, whom it went to, what they run, and what flows to them."""

from __future__ import annotations

from pathlib import Path

from whosbehind import Workspace
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.shelves.agencies import agency_pages


def page_of(material: Material, name: str) -> Page:
    return next(page for page in agency_pages(material) if page.path == address.agency(name))


def test_each_agency_that_rows_or_flows_lead_to_has_a_page(material: Material, folder: Path) -> None:
    assert {"ice", "cbp", "dhs", "ero", "state_motor_vehicle_agencies"} <= material.public_things
    for name in material.public_things:
        assert (folder / address.agency(name)).exists()


def test_an_agency_that_nothing_leads_to_has_no_page(material: Material) -> None:
    assert "kennedy_center" not in material.public_things
    assert material.page_of("kennedy_center") is None


def test_the_money_of_an_agency_is_what_a_figure_says(material: Material, built: Workspace) -> None:
    money = page_of(material, "ice").make()["money"]
    assert built.figure(**money.whole.asked).amount == money.whole.amount
    assert sum(each.amount.obligated_usd for each in money.by_year.values()) == money.whole.amount.obligated_usd


def test_what_a_company_sold_an_agency_is_what_a_figure_says(material: Material, built: Workspace) -> None:
    companies = page_of(material, "ice").make()["money"].companies
    for number in (companies[0].whole, *companies[0].by_route.values()):
        assert built.figure(**number.asked).amount == number.amount


def test_a_department_has_the_money_of_its_agencies(material: Material, built: Workspace) -> None:
    money = page_of(material, "dhs").make()["money"]
    assert built.figure(**money.whole.asked).amount == money.whole.amount
    assert sum(number.amount.transaction_count for *_, number in money.parts) == money.whole.amount.transaction_count


def test_a_page_warns_of_what_the_evidence_does_not_cover(folder: Path) -> None:
    assert 'class="warnings"' in (folder / address.agency("ice")).read_text("utf-8")


def test_no_individual_is_named_among_recipients(material: Material) -> None:
    for page in agency_pages(material):
        money = page.make().get("money")
        for paid in money.recipients if money else ():
            assert not (paid.nameless and paid.name)
