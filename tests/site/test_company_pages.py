from __future__ import annotations

import datetime as dt

from tests.site.reading import written
from whosbehind.profiles import organisation_profile
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.shelves.company_parts import Companies, parts_of
from whosbehind.site.shelves.organisations import organisation_pages


def page_of(material: Material, name: str) -> Page:
    return next(each for each in organisation_pages(material) if each.path == address.organisation(name))


def test_a_company_shows_through_whom_it_was_bought_and_its_products(material: Material) -> None:
    shown = page_of(material, "amazon").make()
    resold = [each.number.amount.obligated_usd for each in shown["resellers"]]
    assert resold
    assert resold == sorted(resold, reverse=True)
    assert shown["sold"]
    text, found = written(page_of(material, "amazon"))
    assert "Through whom it was bought" in text
    assert not found.events
    assert len(found.ids) == len(set(found.ids))


def test_the_page_of_a_builder_names_its_systems_and_claims(material: Material) -> None:
    text, _ = written(page_of(material, "palantir"))
    assert "Its part in government systems" in text
    assert address.system("icm").removeprefix("systems/") in text
    assert "Published claims about it" in text


def test_every_company_that_a_page_leads_to_has_one(material: Material) -> None:
    pages = {each.path for each in organisation_pages(material)}
    assert {address.organisation(name) for name in material.described} <= pages
    led_to = {material.page_of(name) for name in material.atlas.organisations} - {None}
    assert led_to <= pages


def test_authorizations_are_those_of_the_newest_list(material: Material) -> None:
    row = {
        "document_id": "d" * 64,
        "row": 1,
        "snapshot_date": dt.date(2018, 10, 23),
        "provider_name": "Amazon",
        "product_name": "AWS GovCloud",
        "package_id": "F1",
        "designation": "Compliant",
        "is_authorized": True,
        "letter_count": 3,
        "stated_reuse_count": None,
        "underlying_ids": None,
        "dependent_ids": None,
    }
    companies = Companies(material)
    companies.__dict__["marketplace"] = [row]
    held = parts_of(companies, organisation_profile(material.known, "amazon"), (), ())["authorized"]
    assert held.count == 4
    assert parts_of(companies, organisation_profile(material.known, "palantir"), (), ())["authorized"] is None
