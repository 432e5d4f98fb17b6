"""Pages of the four real years: every number equals its figure to the cent."""

from __future__ import annotations

import random

import pytest

from tests.effort import effort
from tests.site.conftest import DAY
from tests.site.reading import Read
from whosbehind import Workspace
from whosbehind.figures.opened import total
from whosbehind.site.material import Material, gather
from whosbehind.site.pages import Page
from whosbehind.site.press.language import LANGUAGES, language
from whosbehind.site.press.press import Imprint, Press
from whosbehind.site.shelves import pages

# Kinds of pages by their folder, with how many of each are read.
KINDS = {"index.html": 1, "agencies": 1, "organisations": 4, "recipients": 2, "systems": 1, "awards": 1}
# Numbers of one page that are asked again at most; a thorough run asks them all.
ASKED = effort(12, 10_000)


@pytest.fixture(scope="module")
def material(real: Workspace) -> Material:
    return gather(real, DAY, lambda *_: None)


def test_every_number_on_ten_random_pages_equals_its_figure(real: Workspace, material: Material) -> None:
    draw = random.Random(2024)
    by_kind: dict[str, list[Page]] = {kind: [] for kind in KINDS}
    for each in pages(material):
        kind = each.path.partition("/")[0]
        if isinstance(each, Page) and kind in by_kind and not each.path.endswith("/index.html"):
            by_kind[kind].append(each)
    chosen = [page for kind, many in KINDS.items() for page in draw.sample(by_kind[kind], many)]
    presses = [Press(language(code)) for code in LANGUAGES]
    asked = 0
    for page in chosen:
        found = Read()
        found.feed(draw.choice(presses).text(page, page.make(), Imprint(material.opened.snapshot, DAY.isoformat())))
        for shown in draw.sample(found.numbers, min(ASKED, len(found.numbers))):
            figure = real.figure(**shown.question)
            assert (shown.usd, shown.count) == (figure.obligated_usd, figure.transaction_count), (page.path, shown)
            asked += 1
    assert asked >= len(chosen) - 2


def test_all_companies_and_agencies_come_to_what_a_figure_says(real: Workspace, material: Material) -> None:
    opened = material.opened
    groups = real.figure(organisations=sorted(opened.attributions), by=["organisation"]).groups
    stated = {group.of["organisation"]: group.amount for group in groups}
    assert stated == {name: total(opened.of_organisation(name)) for name in opened.attributions}
