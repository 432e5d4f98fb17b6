"""Rows of JSON: values exactly as the document spells them."""

from __future__ import annotations

import pytest

from whosbehind.errors import Mistake
from whosbehind.sources import bundled_sources, json_rows
from whosbehind.sources.json_rows import parse_json, pointer

SUBAWARDS = bundled_sources()["usaspending_api_award_transactions"]


@pytest.mark.parametrize("spelt", ["0.1", "20298.727400000002", "1E5", "-0", "12345678901234567890.10"])
def test_a_number_stays_as_it_is_spelt(spelt: str) -> None:
    assert parse_json(f'{{"amount": {spelt}}}', "a.json") == {"amount": spelt}


def test_what_is_no_json_is_a_mistake_that_says_where() -> None:
    with pytest.raises(Mistake, match=r"a\.json: the JSON cannot be read: .*line 2 column 1"):
        parse_json("{\n", "a.json")


@pytest.mark.parametrize(
    ("path", "found"),
    [("", {"a": [{"b": "c"}]}), ("/a/0/b", "c"), ("/a/1/b", None), ("/a/b", None), ("/x", None), ("/a/0/b/c", None)],
)
def test_a_pointer_leads_to_what_it_says_or_to_nothing(path: str, found: object) -> None:
    assert pointer({"a": [{"b": "c"}]}, path) == found


def test_rows_that_are_no_objects_are_a_mistake() -> None:
    with pytest.raises(Mistake, match="/results/0: expected an object, found str"):
        list(json_rows(SUBAWARDS, {"results": ["text"]}))
