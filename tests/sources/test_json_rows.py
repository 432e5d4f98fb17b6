"""Rows of JSON: values exactly as the document spells them."""

from __future__ import annotations

import json

import pytest

from tests.published import dashboard, listing
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


DASHBOARD = bundled_sources()["fedramp_dashboard"]


def snapshot(**changes: object) -> dict[str, object]:
    return json.loads(dashboard(listing("P1", "Zanthil", letters=2, **changes)))  # type: ignore[no-any-return]


def test_texts_of_a_list_stand_side_by_side_and_its_length_is_a_value() -> None:
    [row] = json_rows(DASHBOARD, snapshot())
    assert row["Service_Model/*"] == "IaaS; PaaS"
    assert row["Leveraged_ATO_Letters/#"] == "2"
    assert row["Leveraged_ATO_Letters/*/Authorizing_Agency"] == "Department of Examples; Department of Examples"
    assert row["Underlying_CSP_Package_ID/*"] is None


def test_a_name_that_begins_with_a_slash_leads_from_the_top_of_the_document() -> None:
    [row] = json_rows(DASHBOARD, snapshot())
    assert row["/meta/Created_At"] == "2018-10-23T04:40:50.185Z"


def test_a_list_that_is_none_stops_the_reader_with_its_place() -> None:
    with pytest.raises(Mistake, match="/data/Providers/0/Service_Model: expected a list, found str"):
        list(json_rows(DASHBOARD, snapshot(Service_Model="SaaS")))


def test_an_unknown_key_inside_a_list_stops_the_reader_with_its_place() -> None:
    letters = [{"Authorizing_Agency": "A"}, {"Brand_New": 1}]
    with pytest.raises(Mistake, match="/data/Providers/0/Leveraged_ATO_Letters/1: there is the unknown key 'Brand_New'"):
        list(json_rows(DASHBOARD, snapshot(Leveraged_ATO_Letters=letters)))
    assert list(json_rows(DASHBOARD, snapshot(Leveraged_ATO_Letters=letters), {"Brand_New"}))


def test_a_list_of_objects_that_holds_something_else_stops_the_reader() -> None:
    with pytest.raises(Mistake, match="Leveraged_ATO_Letters/0: expected an object, found str"):
        list(json_rows(DASHBOARD, snapshot(Leveraged_ATO_Letters=["text"])))
