from __future__ import annotations

import json
import re
from typing import Any

import pytest

from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.shelves import pages
from whosbehind.site.shelves.search import LARGEST, TOGETHER, search_pages, words


@pytest.fixture(scope="module")
def index(material: Material) -> dict[str, Any]:
    listed = {each.path for each in pages(material)}
    files = [each for each in search_pages(material, listed) if isinstance(each, File)]
    texts = [each.make().decode("ascii") for each in files]
    read = [re.fullmatch(r"searchPart\((.*)\);\n", text, re.DOTALL) for text in texts]
    return dict(json.loads(f"[{found[1]}]") for found in read if found)


def _found(index: dict[str, Any], word: str) -> list[list[Any]]:
    """What the script finds for a whole word."""
    shards = set(index["index"][0].split())
    prefix = next(word[:length] for length in range(len(word), 1, -1) if word[:length] in shards)
    places, place = [], 0
    for step in index[f"w-{prefix}"].get(word, "").split():
        place += int(step, 36)
        places.append(place)
    return [index[f"e-{place // TOGETHER}"][place % TOGETHER] for place in places]


def test_a_company_is_found_by_its_name_its_aliases_and_its_products(index: dict[str, Any]) -> None:
    for word in ("amazon", "aws"):
        assert ["organisation", address.organisation("amazon"), "Amazon"] in [each[:3] for each in _found(index, word)]


def test_every_entry_leads_to_a_page_that_is_there(index: dict[str, Any], material: Material) -> None:
    listed = {each.path for each in pages(material) if isinstance(each, Page)}
    entries = [entry for name, part in index.items() if name.startswith("e-") for entry in part]
    assert entries
    assert {entry[1] for entry in entries} <= listed


def test_companies_come_before_awards(index: dict[str, Any]) -> None:
    kinds = [each[0] for each in _found(index, "amazon")]
    assert kinds[0] == "organisation"
    assert kinds == sorted(kinds, key=["organisation", "agency", "system", "claim", "document", "recipient", "award"].index)


def test_an_award_is_found_by_its_number_and_its_first_words(index: dict[str, Any], material: Material) -> None:
    row = next(row for row in material.opened.rows.values() if row["piid"] and row["description"])
    assert any(each[0] == "award" for each in _found(index, row["piid"].lower()))


def test_a_file_of_words_stays_small_unless_it_is_one_word(index: dict[str, Any]) -> None:
    for name, part in index.items():
        if name.startswith("w-") and len(part) > 1:
            assert len(json.dumps(part)) < 1.5 * LARGEST


def test_every_word_stands_in_the_file_of_its_longest_listed_beginning(index: dict[str, Any]) -> None:
    shards = set(index["index"][0].split())
    for name, part in index.items():
        for word in part if name.startswith("w-") else ():
            longest = next(word[:length] for length in range(len(word), 1, -1) if word[:length] in shards)
            assert name == f"w-{longest}"


def test_words_are_small_letters_and_digits_without_accents() -> None:
    assert words("Área de Detección: AT&T, C++ (2019)") == ["area", "de", "deteccion", "at", "2019"]


def test_persons_are_not_in_the_index(index: dict[str, Any], material: Material) -> None:
    nameless = {row["recipient_name"] for row in material.opened.rows.values() if row["recipient_kind"] == "individual"}
    text = json.dumps([part for name, part in index.items() if name.startswith("e-")])
    assert not any(name and name in text for name in nameless)


def test_the_page_lists_every_kind_without_a_script(material: Material) -> None:
    page = next(each for each in search_pages(material, {address.SEARCH}) if isinstance(each, Page))
    assert page.path == address.SEARCH
    assert set(page.make()) == {"counts"}
