"""Charts as files of their own: whole, explained, light on white, and the same as what the page shows."""

from __future__ import annotations

import datetime as dt
import re
import struct
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.site.conftest import DAY
from tests.site.reading import written
from whosbehind.site import address
from whosbehind.site.drawing.bars import WHOLE, Bar, bars
from whosbehind.site.drawing.flows import GROUPS, MARKS
from whosbehind.site.drawing.picture import Picture, element
from whosbehind.site.drawing.samples import SAMPLES, sample
from whosbehind.site.drawing.timeline import WIDTH, Dated, timeline
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.press.charts import LONGEST, Chart, chart_file
from whosbehind.site.press.press import Imprint, charts_of
from whosbehind.site.shelves import pages

SVG = "{http://www.w3.org/2000/svg}"
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=90)
DAYS = st.dates(dt.date(1990, 1, 1), DAY).map(dt.date.isoformat)


@pytest.fixture(scope="module")
def charted(material: Material) -> dict[str, Page]:
    return {each.path: each for each in pages(material) if isinstance(each, Page) and each.charts}


def chart(picture: Picture, title: str = "By year", legend: tuple[str, ...] = ()) -> Chart:
    return Chart(picture, title, "Bars.", tuple((sample(name), f"what {name} means") for name in legend))


def texts(drawn: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(drawn).iter(f"{SVG}text")]  # noqa: S314 - drawn here


def _files(page: Page, every_png: bool = False) -> Iterator[str]:
    for name, kinds in charts_of(page, page.make(), Imprint("snapshot", "2026-11-22", every_png)).items():
        yield from (f"{language}{address.embedded(page.path, name)}" for language in ("", "es/"))
        yield from (address.picture(page.path, name, code, kind) for code in ("en", "es") for kind in kinds)


def test_every_chart_of_every_page_has_its_files(folder: Path, charted: dict[str, Page]) -> None:
    found = {path for way in ("charts", "embed", "es/embed") for path in (folder / way).rglob("*.*")}
    named = {folder / path for page in charted.values() for path in _files(page)}
    assert found == named
    assert {path.name.split(".")[-2] for path in found} == {"chart", "graph", "timeline"}


def test_every_chart_is_painted_where_that_is_asked_for(charted: dict[str, Page]) -> None:
    for page in charted.values():
        asked = [Path(path) for path in _files(page, every_png=True)]
        drawn = {path.with_suffix("") for path in asked if path.suffix == ".svg"}
        assert {path.with_suffix("") for path in asked if path.suffix == ".png"} == drawn
        assert set(map(Path, _files(page))) <= set(asked)


def test_every_file_says_what_it_is_about_and_where_it_comes_from(folder: Path, material: Material) -> None:
    for path in (folder / "charts").rglob("*.svg"):
        drawn = path.read_text("utf-8")
        said = texts(drawn)
        assert material.opened.snapshot in said[-1], path
        title = ET.fromstring(drawn).findtext(f"{SVG}title") or ""  # noqa: S314 - drawn here
        assert " ".join(said).startswith(title.split()[0]), path
        assert "href" not in drawn, path


def test_files_bring_their_colours_and_need_none_of_the_page(folder: Path) -> None:
    drawn = (folder / "charts/en/systems/falcon.graph.svg").read_text("utf-8")
    assert "var(" not in drawn
    assert "@media" not in drawn
    classes = {name for names in re.findall(r'class="([^"]+)"', drawn) for name in names.split()}
    styled = set(re.findall(r"\.([a-z]+)", drawn[: drawn.index("</style>")]))
    assert {"line", "head", "frame", "kind", "sheet"} <= classes & styled


def test_a_page_and_its_file_show_the_same_drawing(folder: Path, charted: dict[str, Page]) -> None:
    page = charted["systems/falcon.html"]
    text, _ = written(page, dict(page.make()))
    alone = texts((folder / "charts/en/systems/falcon.timeline.svg").read_text("utf-8"))
    inline = re.findall(r"<text[^>]*>([^<]*)</text>", text)
    assert len([each for each in alone if each in inline]) > 5


def test_what_is_embedded_leads_to_the_page_and_nowhere_else(folder: Path) -> None:
    text = (folder / "embed/systems/falcon.graph.html").read_text("utf-8")
    assert set(re.findall(r'<a [^>]*href="([^"]+)"', text)) == {"../../systems/falcon.html"}
    assert "headline" not in text


@pytest.mark.parametrize("name", [*GROUPS, *MARKS, *SAMPLES])
def test_every_mark_has_a_sample_that_can_be_drawn(name: str) -> None:
    assert chart_file("A", chart(Picture(10, 10, element("g", {})), legend=(name,)), "here").png().startswith(b"\x89PNG")


def test_the_legend_names_what_is_drawn_and_no_more() -> None:
    assert bars([Bar("2021", {"direct": Decimal(1)}), Bar("2022", {"reseller": Decimal(1)})]).shows == ("direct", "reseller")
    assert bars([Bar("2021", {WHOLE: Decimal(1)})]).shows == ()


@given(WORDS, st.floats(50, 3000), st.lists(st.sampled_from([*GROUPS, *MARKS, *SAMPLES]), max_size=10, unique=True))
def test_a_title_and_a_legend_find_room_in_any_width(title: str, width: float, legend: list[str]) -> None:
    made = chart_file("About", chart(Picture(width, 40, element("g", {})), title, tuple(legend)), "here")
    root = ET.fromstring(made.svg())  # noqa: S314 - drawn here
    assert made.png().startswith(b"\x89PNG")
    for each in root.iter(f"{SVG}text"):
        if each.get("class") == "heading":
            assert len(each.text or "") * 8 < made.picture.width
    tops = [float(each.get("transform", "").split()[-1].rstrip(")")) for each in root.findall(f"{SVG}g")]
    assert tops == sorted(tops)
    assert tops[-1] + 40 < made.picture.height


def test_a_large_drawing_is_no_larger_as_an_image_than_a_program_can_open() -> None:
    data = chart_file("A", chart(Picture(9000, 500, element("g", {}))), "here").png()
    assert max(struct.unpack(">II", data[16:24])) <= LONGEST


@given(st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["span", "open", "moment"]), st.sampled_from("abc"), WORDS), min_size=1))
def test_everything_dated_has_a_line_with_its_words_within_the_timeline(listed: list[tuple[str, str, str, str, str]]) -> None:
    dated = [
        Dated(lane, min(one, two), max(one, two) if kind == "span" else None, text, kind == "open")
        for one, two, kind, lane, text in listed
    ]
    made = timeline(dated, DAY, str)
    root = ET.fromstring(made.alone("Time", "Bars and dots."))  # noqa: S314 - drawn here
    labels = [each for each in root.iter(f"{SVG}text") if (each.get("class") or "").startswith("told")]
    assert len(labels) == len(dated)
    assert len({each.get("y") for each in labels}) == len(dated)
    for label in labels:
        x, length = float(label.get("x", "")), len(label.text or "") * 6.0
        left = x - length if label.get("text-anchor") == "end" else x
        assert left >= 0
        assert left + length <= WIDTH
    assert {each.text for each in root.iter(f"{SVG}text") if each.get("class") == "lane"} == {each.lane for each in dated}
