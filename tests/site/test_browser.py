"""The published site in a real browser: what readers come for, with and without scripts, by keyboard and on a phone."""

from __future__ import annotations

import csv
import re
import shutil
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

import pytest

from tests.server.conftest import server  # noqa: F401 - a fixture
from whosbehind.server import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

sync_api = pytest.importorskip("playwright.sync_api", reason="the browser is driven by playwright")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE, DESKTOP = 390, 1280
HOMES = {"en": "index.html", "es": "es/index.html"}
AMAZON = "organisations/amazon.html"
PATH = "paths/state-motor-vehicle-agencies-to-ice.html"
GARBLED = "claims/worldtimes-2026-zero-tolerance.html"
# One page of every kind; where a kind has many, one that holds most of its parts and is not the largest.
KINDS = (
    "index.html",
    "organisations/index.html",
    "organisations/palantir.html",
    "agencies/index.html",
    "agencies/tsa.html",
    "recipients/index.html",
    "recipients/*.html",
    "systems/index.html",
    "systems/falcon.html",
    "map.html",
    "map/whole.html",
    "map/biometrics.html",
    "paths/index.html",
    "paths/travel-agencies-to-cbp.html",
    "claims/index.html",
    "claims/by-publication.html",
    GARBLED,
    "documents/kind-*.html",
    "documents/wired-copy.html",
    "evidence/index.html",
    "evidence/*.html",
    "sources/index.html",
    "sources/usaspending-transactions-csv.html",
    "methods.html",
    "coverage.html",
    "dictionary.html",
    "corrections.html",
    "search.html",
    "awards/*.html",
    "rows/amazon/*.html",
    "embed/organisations/amazon.chart.html",
    "embed/systems/falcon.graph.html",
    "embed/systems/falcon.timeline.html",
)
GUIDELINES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Lines and parts that are like those before them, of which axe looks at the first few.
ALIKE = ("tbody tr:nth-of-type(n+6)", "li:nth-of-type(n+9)", "main section:nth-of-type(n+14)", "svg g:nth-of-type(n+9)")
# What can take the keyboard's focus on these pages.
FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex='0']"


@dataclass
class Watched:
    """A way of reading (with scripts or not, on what screen), and all that a browser complained of or should not have done."""

    context: BrowserContext
    scripts: bool
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(10_000)
        self.context.on("console", lambda said: self.wrong.append(said.text))
        self.context.on("weberror", lambda error: self.wrong.append(str(error.error)))
        self.context.on("dialog", self._dismiss)
        self.context.on("request", self._look)

    def _dismiss(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _look(self, request: Any) -> None:
        if not request.url.startswith(("file:", "http://127.0.0.1:")):
            self.wrong.append(f"asked for {request.url}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def ways(browser: Browser) -> Iterator[dict[tuple[bool, int], Watched]]:
    """Ways of reading, by whether scripts run and by the width of the screen."""
    found = {
        (scripts, width): Watched(
            browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900}), scripts
        )
        for scripts in (True, False)
        for width in (PHONE, DESKTOP)
    }
    yield found
    for each in found.values():
        each.context.close()


WAYS = [
    pytest.param((scripts, width), id=f"{'with' if scripts else 'without'} scripts, {width} px")
    for scripts in (True, False)
    for width in (PHONE, DESKTOP)
]


@pytest.fixture(params=WAYS)
def reader(request: pytest.FixtureRequest, ways: dict[tuple[bool, int], Watched]) -> Iterator[Page]:
    """A page in each way of reading."""
    yield from _opened(ways[request.param])


@pytest.fixture(params=HOMES)
def tongue(request: pytest.FixtureRequest) -> str:
    """The language that is read in."""
    return str(request.param)


@pytest.fixture
def hosted(folder: Path) -> Iterator[str]:
    """The address of the published files at a plain web host."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as host:
        thread = Thread(target=host.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{host.server_address[1]}/"
        host.shutdown()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def desk(ways: dict[tuple[bool, int], Watched]) -> Iterator[Page]:
    """A page with scripts on a wide screen."""
    yield from _opened(ways[True, DESKTOP])


def _opened(way: Watched) -> Iterator[Page]:
    page = way.context.new_page()
    way.wrong.clear()
    yield page
    page.close()
    assert way.wrong == []


def enter(page: Page, folder: Path, tongue: str = "en") -> None:
    """Come in by the first page."""
    page.goto((folder / HOMES[tongue]).as_uri())


def follow(page: Page, link: str) -> None:
    """Click the first link of this kind, and stay in the language."""
    tongue = page.locator("html").get_attribute("lang")
    before = page.url
    page.locator(link).first.click()
    page.wait_for_url(lambda url: url != before)
    assert page.locator("html").get_attribute("lang") == tongue
    assert page.locator("h1").is_visible()


def amount(text: str) -> Decimal:
    """Dollars as they are printed."""
    return Decimal(re.sub(r"[$,\s]", "", text).replace("−", "-"))


# What readers come for


def test_a_reader_finds_what_ice_obligated_to_a_company_since_a_date_and_opens_a_row(
    reader: Page, folder: Path, tongue: str
) -> None:
    enter(reader, folder, tongue)
    follow(reader, "header a[href$='agencies/index.html']")
    follow(reader, "main a[href$='agencies/ice.html']")
    whole = amount(reader.locator("tr:has(a[href$='amazon.html']) a.number").first.inner_text())
    follow(reader, "section[aria-labelledby=companies] tr:has(a[href$='amazon.html']) a.number")
    assert amount(reader.locator(".headline .number").inner_text()) == whole
    assert whole == sum(map(amount, reader.locator("tbody td.money").all_inner_texts()))
    _open_the_first_row(reader)


def test_a_reader_opens_a_fiscal_year_of_a_company_and_one_of_its_rows(reader: Page, folder: Path, tongue: str) -> None:
    enter(reader, folder, tongue)
    follow(reader, "header a[href$='organisations/index.html']")
    follow(reader, f"main a[href$='{AMAZON}'], main a[href='../{AMAZON}']")
    follow(reader, "section[aria-labelledby=years] a[href$='reseller.fy2022.html']")
    days = reader.locator("tbody td.day").all_inner_texts()
    assert days
    assert all("2021-10-01" <= day <= "2022-09-30" for day in days)
    _open_the_first_row(reader)


def _open_the_first_row(page: Page) -> None:
    """From a page of rows to the action on its award's page, which shows the same amount."""
    line = page.locator("tbody tr").first
    day, obligated = line.locator("td.day").inner_text(), line.locator("td.money").inner_text()
    follow(page, "tbody tr a[href*='awards/']")
    action = page.locator("tr:target")
    assert day in action.inner_text()
    assert obligated in action.locator("td.money").all_inner_texts()


def test_a_reader_follows_a_driver_s_data_to_ice_and_to_the_document_that_says_so(
    reader: Page, folder: Path, tongue: str
) -> None:
    enter(reader, folder, tongue)
    follow(reader, "main a[href$='paths/index.html']")
    follow(reader, f"main a[href$='{PATH}'], main a[href='../{PATH}']")
    steps = reader.locator(".chain").first.locator(".steps > li")
    assert steps.count() >= 1
    assert all(steps.nth(place).locator("a.source").count() for place in range(steps.count()))
    follow(reader, ".chain .steps a.source")
    assert "/documents/" in reader.url


def test_a_reader_sees_why_a_claim_is_garbled(reader: Page, folder: Path, tongue: str) -> None:
    enter(reader, folder, tongue)
    follow(reader, "header a[href$='claims/index.html']")
    follow(reader, f"section[aria-labelledby=garbled] a[href$='{GARBLED.rpartition('/')[2]}']")
    assert reader.locator(".headline .verdict.garbled").is_visible()
    published, instead = (reader.locator(f"section[aria-labelledby={name}]") for name in ("as-published", "as-found"))
    assert published.is_visible()
    assert len(instead.inner_text()) > 40
    assert len(reader.locator("section[aria-labelledby=why] p").first.inner_text()) > 40


def test_a_reader_gets_the_rows_as_csv(reader: Page, folder: Path, tongue: str) -> None:
    enter(reader, folder, tongue)
    follow(reader, "header a[href$='organisations/index.html']")
    follow(reader, "main a[href$='amazon.html']")
    follow(reader, "section.answer .headline a.number")
    shown = amount(reader.locator(".headline .number").inner_text())
    with reader.expect_download() as awaited:
        reader.locator("main a[href$='.csv']").first.click()
    rows = list(csv.DictReader(StringIO(awaited.value.path().read_text("utf-8"))))
    assert sum(Decimal(row["obligated_usd"]) for row in rows) == shown
    assert f"{len(rows)} " in reader.locator(".headline .rows").inner_text()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_the_same_journey_leads_through_a_server(
    ways: dict[tuple[bool, int], Watched],
    server: Server,  # noqa: F811 - the fixture
    width: int,
) -> None:
    for page in _opened(ways[True, width]):
        page.goto(server.url)
        follow(page, "header a[href$='organisations/index.html']")
        follow(page, "main a[href$='amazon.html']")
        follow(page, "section.answer .headline a.number")
        with page.expect_download() as awaited:
            page.locator("main a[href$='.csv']").first.click()
        assert awaited.value.path().read_text("utf-8").startswith("award_id,piid,")
        _open_the_first_row(page)


def test_on_a_phone_the_amount_of_a_row_is_in_sight_without_scrolling_sideways(
    ways: dict[tuple[bool, int], Watched], folder: Path
) -> None:
    for page in _opened(ways[False, PHONE]):
        page.goto((folder / "rows/amazon/all.html").as_uri())
        for cell in page.locator("tbody tr").first.locator("td").all():
            box = cell.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE


# Comforts that need scripts


def test_search_in_the_header_finds_a_company_and_opens_it(desk: Page, folder: Path, tongue: str) -> None:
    enter(desk, folder, tongue)
    desk.fill("#find", "amazon")
    desk.keyboard.press("Enter")
    desk.locator("#found a").first.wait_for()
    follow(desk, "#found a")
    assert desk.url.endswith(AMAZON)
    assert desk.locator("h1").inner_text() == "Amazon"


def test_the_language_is_switched_where_one_stands(desk: Page, folder: Path) -> None:
    desk.goto((folder / AMAZON).as_uri())
    desk.locator(".tongues a").click()
    desk.wait_for_url("**/es/organisations/amazon.html")
    assert desk.locator("html").get_attribute("lang") == "es"
    desk.locator(".tongues a").click()
    desk.wait_for_url(lambda url: "/es/" not in url)


def test_a_table_of_rows_is_sorted_by_its_amounts(desk: Page, folder: Path) -> None:
    desk.goto((folder / "rows/amazon/all.html").as_uri())
    header = desk.locator("thead th.money")
    header.locator("button").click()
    shown = [amount(text) for text in desk.locator("tbody td.money").all_inner_texts()]
    assert shown == sorted(shown, reverse=True)
    assert header.get_attribute("aria-sort") == "descending"


@pytest.mark.parametrize("media", ["screen", "print"])
def test_nothing_of_a_drawing_is_hidden_on_screen_or_on_paper(
    desk: Page, folder: Path, media: Literal["screen", "print"]
) -> None:
    desk.emulate_media(media=media)
    for path in ("index.html", "map.html", "systems/falcon.html", AMAZON, PATH):
        desk.goto((folder / path).as_uri())
        hidden = "(drawn) => drawn.filter((each) => getComputedStyle(each).display === 'none').map((each) => each.outerHTML)"
        drawn = desk.locator("figure svg.picture :is(g, path, rect, text, circle)")
        assert drawn.count() > 3
        assert drawn.evaluate_all(hidden) == []


def test_a_chart_that_was_not_painted_is_painted_by_the_browser_where_a_host_serves_the_page(
    desk: Page, folder: Path, hosted: str
) -> None:
    for page, chart in (("map.html", "map.graph"), ("es/systems/icm.html", "systems/icm.timeline")):
        drawn = folder / "charts" / ("es" if page.startswith("es/") else "en") / f"{chart}.svg"
        desk.goto(hosted + page)
        files = desk.locator("p.files", has=desk.locator(f"a[href$='{chart}.svg']"))
        with desk.expect_download() as awaited:
            files.get_by_role("button", name="PNG").click()
        assert awaited.value.suggested_filename == f"{drawn.stem}.png"
        data = awaited.value.path().read_bytes()
        width, height = map(float, re.findall(r' (?:width|height)="([\d.]+)"', drawn.read_text("utf-8"))[:2])
        zoom = max(1, 1000 / width)
        assert data.startswith(b"\x89PNG")
        assert struct.unpack(">II", data[16:24]) == pytest.approx((width * zoom, height * zoom), abs=1)


def test_what_was_painted_or_is_opened_from_disk_has_no_button_to_paint(desk: Page, folder: Path, hosted: str) -> None:
    desk.goto(hosted + AMAZON)
    assert desk.locator("p.files a[href$='.png']").count() == 1
    assert desk.locator("p.files button").count() == 0
    desk.goto((folder / "map.html").as_uri())
    assert desk.locator("p.files a[href$='.svg']").count() == 1
    assert desk.locator("p.files button").count() == 0


def test_a_citation_is_copied_with_its_snapshot_and_address(
    desk: Page, folder: Path, ways: dict[tuple[bool, int], Watched]
) -> None:
    ways[True, DESKTOP].context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto((folder / AMAZON).as_uri())
    desk.locator("details.cite summary").click()
    desk.locator("details.cite button").click()
    desk.locator("details.cite button", has_text="Copied").wait_for()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert re.search(r"whosbehind, “Amazon”, snapshot \w+, published 2026-11-22, file:.*amazon\.html$", copied)


# Everyone can read it


def of_kinds(folder: Path) -> list[str]:
    """A page of every kind, by path."""
    return [_middle(folder, kind) for kind in KINDS]


def _middle(folder: Path, kind: str) -> str:
    """The page of middle size among those that a pattern names, without lists."""
    found = [path for path in folder.glob(kind) if "*" not in kind or path.name != "index.html"]
    assert found, kind
    return sorted(found, key=lambda path: (path.stat().st_size, path))[len(found) // 2].relative_to(folder).as_posix()


@pytest.mark.parametrize("width", [PHONE, DESKTOP])
def test_axe_finds_nothing_wrong_on_a_page_of_any_kind_in_light_and_dark(
    ways: dict[tuple[bool, int], Watched], folder: Path, width: int
) -> None:
    wrong: list[str] = []
    for page in _opened(ways[True, width]):
        for path in of_kinds(folder):
            page.goto((folder / path).as_uri())
            page.emulate_media(color_scheme="light")
            wrong += [f"{path} in light: {each}" for each in violations(page, {"type": "tag", "values": GUIDELINES})]
            page.emulate_media(color_scheme="dark")
            wrong += [f"{path} in dark: {each}" for each in violations(page, {"type": "rule", "values": ["color-contrast"]})]
    assert wrong == []


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    """What axe finds on a page by some of its rules; between light and dark, only contrast can differ."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    options = {"runOnly": rules, "preload": False, "resultTypes": ["violations"]}
    found = axe.run(page, context={"exclude": [[each] for each in ALIKE]}, options=options).response
    return [f"{each['id']}: {node['html'][:200]}" for each in found["violations"] for node in each["nodes"][:3]]


@pytest.mark.parametrize("width", [640, 320], ids=["at 200%", "at 400%"])
def test_no_page_scrolls_sideways_when_it_is_zoomed(browser: Browser, folder: Path, width: int) -> None:
    zoomed = browser.new_context(viewport={"width": width, "height": 512}, device_scale_factor=DESKTOP / width)
    page = zoomed.new_page()
    too_wide = []
    for path in [*of_kinds(folder), "es/index.html", "es/organisations/amazon.html", "es/agencies/ice.html"]:
        page.goto((folder / path).as_uri())
        needed = page.evaluate("document.documentElement.scrollWidth")
        too_wide += [(path, needed)] if needed > width else []
    zoomed.close()
    assert too_wide == []


def test_the_skip_link_comes_first_and_leads_past_the_header(desk: Page, folder: Path, tongue: str) -> None:
    enter(desk, folder, tongue)
    desk.keyboard.press("Tab")
    skip = desk.locator("a.skip")
    assert skip.evaluate("each => each === document.activeElement && each.getBoundingClientRect().left >= 0")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "content"
    desk.keyboard.press("Tab")
    assert desk.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["index.html", AMAZON, GARBLED, PATH, "map.html", "search.html", "rows/amazon/all.html"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(desk: Page, folder: Path, path: str) -> None:
    desk.goto((folder / path).as_uri())
    desk.evaluate(WATCH_FOCUS, FOCUSABLE)
    for _ in range(desk.evaluate("wanted.size") + 3):
        desk.keyboard.press("Tab")
        if desk.evaluate("wanted.size === 0"):
            break
    assert desk.evaluate("[...wanted].map((each) => each.outerHTML.slice(0, 120))") == []
    assert desk.evaluate("unseen") == []


# Keeps what is still to be reached in `wanted`, and what showed no outline when it was in `unseen`.
WATCH_FOCUS = """(focusable) => {
  document.activeElement?.blur();
  window.unseen = [];
  const seen = (each) => each.checkVisibility({ visibilityProperty: true });
  window.wanted = new Set([...document.querySelectorAll(focusable)].filter(seen));
  document.addEventListener("focusin", ({ target }) => {
    wanted.delete(target);
    const style = getComputedStyle(target);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) unseen.push(target.outerHTML.slice(0, 120));
  });
}"""


def test_nothing_moves_for_readers_who_asked_for_less_motion(desk: Page, folder: Path) -> None:
    desk.goto((folder / AMAZON).as_uri())
    desk.emulate_media(reduced_motion="reduce")
    assert desk.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter((each) => getComputedStyle(each).animationName !== 'none').length"
    assert desk.evaluate(moving) == 0


# What records say stays text


def test_no_record_runs_as_a_script_on_any_page_that_shows_it(desk: Page, folder: Path) -> None:
    showing = [path for path in sorted(folder.rglob("*.html")) if "document.title" in path.read_text("utf-8")]
    assert len(showing) > 20
    for path in showing[:: max(1, len(showing) // 25)]:
        desk.goto(path.as_uri())
        assert "whosbehind" in desk.title()
        assert desk.evaluate("document.title") != "BROKEN"
        assert desk.locator("blink, img, main script").count() == 0


def test_a_search_for_a_hostile_record_shows_it_as_text(desk: Page, folder: Path) -> None:
    desk.goto((folder / "search.html").as_uri() + "?q=broken")
    desk.locator("#found a").first.wait_for()
    assert desk.locator("#found img, #found script, #found svg, #found blink").count() == 0
    assert desk.title() != "BROKEN"
