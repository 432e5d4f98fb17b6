from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.server.asking import Answer, ask
from whosbehind.figures.select import NAMELESS
from whosbehind.server import Server
from whosbehind.site.material import Material


def _ask(server: Server, queries: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    form = urlencode({"queries": json.dumps(queries)}).encode()
    answer = ask(server, "/reconcile", "POST", form, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200
    return {key: each["result"] for key, each in json.loads(answer.text).items()}


def _one(server: Server, name: str, **more: Any) -> list[dict[str, Any]]:
    return _ask(server, {"q": {"query": name, **more}})["q"]


def test_the_service_says_what_it_is(server: Server) -> None:
    manifest = json.loads(ask(server, "/reconcile").text)
    assert manifest["versions"] == ["0.2"]
    assert {"name", "identifierSpace", "schemaSpace", "view", "suggest"} <= set(manifest)
    assert [each["id"] for each in manifest["defaultTypes"]] == ["organisation", "recipient"]
    assert "{{id}}" in manifest["view"]["url"]


def test_a_batch_is_answered_by_its_keys_both_ways(server: Server) -> None:
    queries = {"q0": {"query": "Amazon"}, "q1": {"query": "Zzyzx Qqq"}}
    asked = ask(server, f"/reconcile?queries={quote(json.dumps(queries))}")
    assert {key: each["result"] for key, each in json.loads(asked.text).items()} == _ask(server, queries)
    assert set(json.loads(asked.text)) == {"q0", "q1"}


def test_a_company_is_found_by_its_name_for_certain(server: Server) -> None:
    best = _one(server, "amazon")[0]
    assert (best["id"], best["name"], best["score"], best["match"]) == ("amazon", "Amazon", 100, True)
    assert best["type"] == [{"id": "organisation", "name": "Company"}]


def test_a_recipient_is_certain_in_each_spelling_that_resolve_takes_for_one(server: Server, material: Material) -> None:
    vendor, name = next(each for each in material.vendor_names.items() if "CARAHSOFT" in each[1])
    for spelling in (name, name.lower(), name.replace(".", "").replace(",", "")):
        found = {each["id"]: each for each in _one(server, spelling, type="recipient")}
        assert found[vendor]["match"] is True
        assert found[vendor]["score"] >= 95


def test_a_near_name_is_offered_and_never_certain(server: Server) -> None:
    found = _one(server, "Carahsofft Technologie")
    assert any("CARAHSOFT" in each["name"].upper() for each in found)
    assert not any(each["match"] for each in found)
    assert all(each["score"] <= 90 for each in found)


def test_only_the_kinds_asked_for_come_back_best_first_and_no_more_than_asked(server: Server) -> None:
    found = _one(server, "palantir technologies", type=["recipient"], limit=2)
    assert len(found) <= 2
    assert {kind["id"] for each in found for kind in each["type"]} <= {"recipient"}
    scores = [each["score"] for each in _one(server, "palantir technologies")]
    assert scores == sorted(scores, reverse=True)


def test_persons_are_never_among_the_answers(server: Server, material: Material) -> None:
    assert _one(server, "SMITH, JOHN A") == []
    ids = {each["id"] for name in material.vendor_names.values() for each in _one(server, name, limit=50)}
    nameless = {vendor for vendor in material.vendor_names if vendor.startswith(f"{NAMELESS}:")}
    assert ids <= (set(material.vendor_names) - nameless) | set(material.atlas.organisations)


def test_names_are_suggested_by_how_they_begin(server: Server) -> None:
    found = json.loads(ask(server, "/reconcile/suggest/entity?prefix=ama").text)["result"]
    assert found[0]["id"] == "amazon"
    assert json.loads(ask(server, "/reconcile/suggest/entity?prefix=").text)["result"] == []


def test_an_id_leads_to_its_page(server: Server, material: Material) -> None:
    for each in ("amazon", next(vendor for vendor in material.vendor_names if vendor.startswith(("uei:", "name:")))):
        answer = ask(server, f"/reconcile/view/{quote(each)}")
        assert answer.status == 303
        assert ask(server, answer.headers["location"]).status == 200
    assert ask(server, "/reconcile/view/nothing").status == 404


def test_other_origins_may_read_this_and_no_page(server: Server) -> None:
    assert ask(server, "/reconcile").headers["access-control-allow-origin"] == "*"
    assert ask(server, "/reconcile/suggest/entity?prefix=a").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in ask(server, "/").headers


@pytest.mark.parametrize(
    "queries",
    ["{", "[]", '"x"', '{"q": 1}', '{"q": {}}', '{"q": {"query": 3}}', '{"q": {"query": "a", "limit": "x"}}', "[" * 100_000],
)
def test_what_cannot_be_understood_is_said_so(server: Server, queries: str) -> None:
    answer = _post(server, queries)
    assert answer.status == 400
    assert json.loads(answer.text)["status"] == "error"


def test_too_much_at_once_is_refused(server: Server) -> None:
    assert _post(server, json.dumps({f"q{n}": {"query": "a"} for n in range(201)})).status == 400
    assert _post(server, "x" * 2_000_000).status == 400


def test_hostile_names_are_only_names(server: Server) -> None:
    for name in ("<script>alert(1)</script>", "'; DROP TABLE vendors; --", "\x00", "a" * 100_000, "   "):
        assert isinstance(_one(server, name), list)


def _post(server: Server, queries: str) -> Answer:
    form = urlencode({"queries": queries}).encode()
    return ask(server, "/reconcile", "POST", form, Content_Type="application/x-www-form-urlencoded")


def test_a_product_leads_to_who_sells_it_and_is_not_taken_for_it(server: Server) -> None:
    found = {each["id"]: each for each in _one(server, "AWS")}
    assert found["amazon"]["match"] is False
    assert found["amazon"]["score"] < 96
