"""Sorting, filtering and searching in a real browser, from files on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.press.press import Imprint
from whosbehind.site.publish import publish
from whosbehind.site.shelves.organisations import organisation_pages
from whosbehind.site.shelves.search import search_pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as BrowserPage

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, material: Material) -> Path:
    out = tmp_path_factory.mktemp("published")
    companies: list[Page | File] = [each for each in organisation_pages(material) if each.path.endswith("index.html")]
    listed = {each.path for each in organisation_pages(material)}
    found = [*companies, *search_pages(material, listed)]
    publish(found, Imprint("0123456789ab", "2026-11-22"), out, lambda *_: None)
    return out


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[BrowserPage]:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.close()
    assert said == []


def test_searching_from_disk_finds_a_company_while_typing(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "search.html").as_uri())
    page.locator("#seek").press_sequentially("amaz")
    link = page.locator("#found a").first
    link.wait_for()
    assert link.get_attribute("href") == "organisations/amazon.html"
    assert "result" in page.locator("#found-count").inner_text()


def test_a_question_in_the_address_is_answered_in_the_page_s_language(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "es/search.html").as_uri() + "?q=amazon")
    page.locator("#found a").first.wait_for()
    assert page.locator("#seek").input_value() == "amazon"
    assert page.locator("#found a").first.get_attribute("href") == "organisations/amazon.html"


def test_results_are_walked_by_the_arrow_keys(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "search.html").as_uri() + "?q=a")
    page.fill("#seek", "micr")
    page.locator("#found a").first.wait_for()
    page.focus("#seek")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('#found a')")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "seek"


def test_what_nobody_is_called_is_said_to_be_found_nowhere(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "search.html").as_uri() + "?q=zzyzxqq")
    page.get_by_text("Nothing found").wait_for()
    assert page.locator("#found li").count() == 0


def test_a_table_is_sorted_by_its_headers(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "organisations/index.html").as_uri())
    first, money = page.locator("th button").first, page.locator("th.money button")
    first.click()
    names = page.locator("tbody tr th").all_inner_texts()
    assert names == sorted(names, key=str.lower)
    assert page.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    money.click()
    amounts = [float(each.get_attribute("data-usd") or "") for each in page.locator("tbody a.number").all()]
    assert amounts == sorted(amounts, reverse=True)
    assert page.locator("thead th").first.get_attribute("aria-sort") is None


def test_a_long_table_can_be_narrowed(page: BrowserPage, folder: Path) -> None:
    page.goto((folder / "organisations/index.html").as_uri())
    page.fill(".filter input", "amazon")
    assert page.locator("tbody tr:visible").count() == 1


def test_without_scripts_the_search_page_offers_the_lists(browser: Browser, folder: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "search.html").as_uri())
    assert "Searching needs JavaScript" in page.locator("main").inner_text()
    assert page.get_by_role("link", name="Recipients").last.is_visible()
    context.close()
