"""Verdicts on claims about an invented ledger: true ones, and each way in which one can be wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.claims.entries import asked, claim, finding, written
from whosbehind import Workspace
from whosbehind.claims import Bench, Finding
from whosbehind.claims.claim import Check
from whosbehind.claims.covered import Covered
from whosbehind.claims.measure import measure
from whosbehind.claims.money import cube
from whosbehind.claims.readings import Reading
from whosbehind.figures import Lake, Question
from whosbehind.values import ClaimVerdict, Measure, Route

TRUE = Decimal(2_610_000)  # obligations of ICE to Quorvex in 2022
THOUSANDS = {"precision": 1000}
ONE_AWARD = {"measure": "obligations", "award": "70CTD022C00000777", "until": "2023-12-31"}
ALL_OF_ICE = asked(organisations=None)
IN_USCIS = asked(agencies=["USCIS"], organisations=None, measure="ratio") | {
    "numerator": {"measure": "obligations"},
    "denominator": {"measure": "obligations", "agencies": ["CBP"], "since": "2021-01-01"},
}


def about(number: int, **more: Any) -> dict[str, Any]:
    return {"about": number, **THOUSANDS, **more}


def in_year(year: int, **more: Any) -> dict[str, Any]:
    return asked(since=f"{year}-01-01", until=f"{year}-12-31", **more)


def published_on(date: str | int) -> dict[str, Any]:
    return {"publisher": "The Register", "date": date}


# Each claim with the verdict it must lead to.
SUPPORTED = [
    claim("about", asked(), about(2_610_000)),
    claim("at-least", asked(), {"at_least": 2_600_000}),
    claim("at-most", asked(), {"at_most": 2_700_000}),
    claim("rounded", asked(), {"about": 2_600_000}),
    claim("to-the-cent", asked(), {"exactly": "2610000.00"}),
    claim("product", asked(organisations=["Brammix"]), about(2_610_000)),
    claim("direct", asked(route="direct"), about(2_500_000)),
    claim("transactions", asked(measure="transactions"), {"exactly": 4}),
    claim("awards", asked(measure="awards"), {"exactly": 3}),
    claim("nothing", asked(organisations=["pellumon"]), {"exactly": 0}),
    claim("open-end", asked(until=None), about(9_610_000), appeared=published_on("2023-06-30")),
    claim("open-end-in-a-month", asked(until=None), about(2_610_000), appeared=published_on("2023-04")),
    claim("award", ONE_AWARD, about(2_500_000)),
    claim("award-as-far-as-known", {"measure": "obligations", "award": "70CTD022C00000777"}, about(2_500_000)),
    claim("award-in-a-window", {**ONE_AWARD, "since": "2022-06-01"}, {"at_most": 0}),
    claim("share", {"measure": "share", "numerator": asked(), "denominator": ALL_OF_ICE}, {"about": "0.87"}),
    claim("ratio-where-rows-hide", IN_USCIS, {"at_most": "0.2"}),
    claim("ratio", {"measure": "ratio", "numerator": asked(agencies=["CBP"]), "denominator": asked()}, {"about": "4.2"}),
    claim("fact", {"measure": "fact", "fact": "vellumnet_hits"}, {"exactly": 44435}),
    claim("settled-while-reports-come", in_year(2023, agencies=["TSA"]), {"at_least": 50_000}),
    claim("whatever-is-hidden", asked(agencies=["USCIS"]), {"at_most": 5_000_000}),
    claim("paid-at-least", asked(funding=True), {"at_least": 2_000_000}),
]
GARBLED = {
    "wrong-year": (claim("wrong-year", asked(), about(1_200_000)), {"since": "2021-01-01", "until": "2021-12-31"}, 1_200_000),
    "wrong-agency": (claim("wrong-agency", asked(), about(11_000_000)), {"agencies": ["CBP"]}, 11_000_000),
    "two-agencies": (claim("two-agencies", asked(), about(13_610_000)), {"agencies": ["CBP", "ICE"]}, 13_610_000),
    "any-route": (claim("any-route", asked(route="direct"), about(2_610_000)), {"route": "any"}, 2_610_000),
    "one-route": (claim("one-route", asked(), about(110_000)), {"route": "reseller"}, 110_000),
    "thousandth": (claim("thousandth", asked(), about(2610, precision=1)), {"unit_factor": "0.001"}, 2610),
    "thousandfold": (claim("thousandfold", asked(), about(2_610_000_000)), {"unit_factor": "1000"}, 2_610_000_000),
    "positive": (claim("positive", asked(), about(3_110_000)), {"positive_only": True}, 3_110_000),
    "names": (claim("names", asked(), about(2_570_000)), {"names_only": True}, 2_570_000),
    "funding": (claim("funding", asked(), about(2_540_000)), {"is_funding": True}, 2_540_000),
    "two-changes": (
        claim("two-changes", asked(), about(600_000)),
        {"since": "2023-01-01", "until": "2023-12-31", "agencies": ["CBP"]},
        600_000,
    ),
    "to-publication": (
        claim("to-publication", asked(), about(9_610_000), appeared=published_on("2023-06-30")),
        {"since": "2022-01-01", "until": "2023-06-30"},
        9_610_000,
    ),
    "floor": (
        claim("floor", asked(until="2021-12-31", since="2021-01-01"), {"at_least": 2_610_000, "precision": 1000}),
        {"since": "2022-01-01", "until": "2022-12-31"},
        2_610_000,
    ),
    "award-in-thousands": (claim("award-in-thousands", ONE_AWARD, about(2500, precision=1)), {"unit_factor": "0.001"}, 2500),
    "fact-in-thousands": (
        claim("fact-in-thousands", {"measure": "fact", "fact": "vellumnet_records"}, {"about": 230_000_000}),
        {"unit_factor": "1000"},
        230_000_000,
    ),
}
CONTRADICTED = [
    claim("missed-by-rounding", asked(), {"at_least": 3_000_000, "precision": 1_000_000}),
    claim("a-dollar-short", asked(), {"at_least": 2_610_001, "precision": 1}),
    claim("nowhere", asked(), about(5_432_000)),
    claim("not-nothing", asked(), {"exactly": 0}),
    claim("ambiguous", asked(), {"about": 2_500_000}),
    claim("too-much-while-reports-come", in_year(2023, agencies=["TSA"]), {"at_most": 40_000}),
    claim("more-than-is-hidden", asked(agencies=["USCIS"]), {"at_least": 2_000_000}),
    claim("other-fact", {"measure": "fact", "fact": "vellumnet_hits"}, {"about": 50_000}),
    claim("after-publication", asked(), about(9_610_000), appeared=published_on("2022-12-31")),
]
NOT_TESTABLE = {
    "before-the-evidence": (in_year(2019), "does not cover ICE from 2019-01-01 to 2019-12-31"),
    "partly-before": (asked(since="2019-06-01"), "does not cover ICE from 2019-06-01 to 2019-12-31"),
    "after-the-evidence": (asked(until="2024-12-31"), "does not cover ICE from 2024-01-01 to 2024-12-31"),
    "both-agencies": (
        asked(agencies=["ICE", "CBP"], since="2019-01-01"),
        "does not cover CBP from 2019-01-01 to 2019-12-31; ICE from 2019-01-01 to 2019-12-31.",
    ),
    "one-of-two-agencies": (asked(agencies=["ICE", "FEMA"]), "does not cover FEMA"),
    "department": (in_year(2023, agencies=["DHS"]), "holds nothing of"),
    "no-agency": (asked(agencies=None), "names no agency"),
    "no-first-day": (asked(since=None), "no first day"),
    "no-last-day": (asked(until=None), "no last day"),
    "unknown-vendor": (asked(organisations=["Nobody Knows Ltd"]), "No organisation or recipient goes by 'Nobody Knows Ltd'"),
    "reports-to-come": (in_year(2023, agencies=["TSA"]), "since 2023-12-06 may still have been unreported"),
    "share-that-hidden-rows-could-change": (IN_USCIS, "known to hide"),
    "hidden-rows": (asked(agencies=["USCIS"]), "known to hide"),
    "who-pays": (asked(funding=True), "What other agencies signed for ICE"),
    "no-such-award": ({**ONE_AWARD, "award": "70CTD022C00000999"}, "holds no action of the award"),
    "award-begun-before": ({**ONE_AWARD, "award": "70CTD019C00000001"}, "begins within the award"),
    "award-beyond": ({**ONE_AWARD, "until": "2025-06-30"}, "does not cover ICE from 2024-01-01 to 2025-06-30"),
    "award-open": ({name: value for name, value in ONE_AWARD.items() if name != "until"}, "no last day"),
    "share-of-the-uncovered": (
        {"measure": "share", "numerator": asked(), "denominator": in_year(2019, organisations=None)},
        "does not cover ICE",
    ),
    "share-of-nothing": (
        {"measure": "share", "numerator": asked(), "denominator": asked(organisations=["pellumon"])},
        "The number to divide by is zero",
    ),
    "alleged-fact": ({"measure": "fact", "fact": "vellumnet_errors"}, "alleged"),
}
DOCUMENTED = [
    claim("filled-in", in_year(2019), about(5_000), finding=finding("supported")),
    claim("filled-in-with-need", in_year(2019), about(5_000), finding=finding("not testable")),
    claim("taken-from-elsewhere", asked(), about(5_432_000), finding=finding("garbled")),
    claim("at-odds", asked(), about(2_610_000), finding=finding("garbled")),
    claim("of-one-mind", asked(), about(5_432_000), finding=finding("contradicted")),
    claim(
        "documents-alone",
        finding=finding("contradicted"),
        copies=[{"statement": "Put right.", "appeared": {"publisher": "The Echo"}, "finding": finding("supported")}],
    ),
    claim(
        "retold",
        asked(),
        about(2_610_000),
        finding=finding("supported"),
        signed={"by": "A. Reader", "date": "2026-01-02"},
        copies=[
            {"statement": "As it was.", "appeared": {"publisher": "The Echo"}},
            {"statement": "In 2021.", "appeared": {"publisher": "The Echo"}, "check": in_year(2021), "wording": "quoted"},
            {"statement": "Ten times.", "appeared": {"publisher": "The Echo"}, "published": about(26_100_000)},
        ],
    ),
    claim("met-unless-rows-hide", asked(agencies=["USCIS"]), {"at_least": 500_000}),
    claim("year-alone", asked(until=None), about(9_610_000), appeared=published_on(2023)),
    claim("reading-where-covered", in_year(2019), about(1_200_000), appeared=published_on("2023-06-30")),
]


def _missed(check: dict[str, Any]) -> dict[str, Any]:
    """A number that the stated reading does not give."""
    return about(654_000) if check["measure"] in ("obligations", "fact") else {"about": "0.08"}


@pytest.fixture(scope="module")
def findings(built: Workspace, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    uncovered = [claim(name, check, _missed(check)) for name, (check, _) in NOT_TESTABLE.items()]
    entries = [*SUPPORTED, *(entry for entry, _, _ in GARBLED.values()), *CONTRADICTED, *uncovered, *DOCUMENTED]
    file = written(tmp_path_factory.mktemp("claims") / "claims.yaml", *entries)
    found = built.check(file=file)
    return {each.id: each for finding in found for each in (finding, *finding.copies)}


@pytest.mark.parametrize("name", [entry["id"] for entry in SUPPORTED])
def test_what_the_record_gives_is_supported(findings: dict[str, Finding], name: str) -> None:
    found = findings[name]
    assert found.verdict is ClaimVerdict.SUPPORTED, found.reason
    assert (found.searched, found.repair, found.needed) == (None, None, None)


@pytest.mark.parametrize("name", list(GARBLED))
def test_a_number_that_another_reading_gives_is_garbled_and_the_reading_is_named(findings: dict[str, Finding], name: str) -> None:
    found = findings[name]
    _, reading, value = GARBLED[name]
    assert found.verdict is ClaimVerdict.GARBLED, found.reason
    assert found.repair
    assert found.repair.reading.as_json() == reading
    assert found.repair.value == value
    assert found.as_json()["reading"] == reading
    assert "Another reading gives the published number" in found.reason


@pytest.mark.parametrize("name", [name for name, (entry, _, _) in GARBLED.items() if entry["check"]["measure"] != "fact"])
def test_the_repairing_reading_opens_its_rows(findings: dict[str, Finding], name: str) -> None:
    found = findings[name]
    assert found.repair
    assert found.repaired_figure
    total = sum((row["obligated_usd"] for row in found.repaired_figure.rows), Decimal(0))
    assert total == found.repaired_figure.obligated_usd
    assert total * found.repair.reading.factor == found.repair.value


@pytest.mark.parametrize("name", [entry["id"] for entry in CONTRADICTED])
def test_what_no_reading_gives_is_contradicted(findings: dict[str, Finding], name: str) -> None:
    found = findings[name]
    assert found.verdict is ClaimVerdict.CONTRADICTED, found.reason
    assert found.repair is None
    assert found.searched
    assert found.searched.tried > 0
    assert f"{found.searched.tried:,} other reading" in found.reason
    assert "As stated, it comes to" in found.reason


def test_a_bound_is_missed_by_a_number_that_only_rounds_to_it(findings: dict[str, Finding]) -> None:
    found = findings["missed-by-rounding"]
    assert found.value == TRUE
    assert round(TRUE, -6) == 3_000_000


def test_where_several_numbers_match_as_nearly_all_are_shown_and_none_is_the_repair(findings: dict[str, Finding]) -> None:
    found = findings["ambiguous"].as_json()
    assert found["reading"] is None
    assert [each["value"] for each in found["matching_readings"]] == ["2500000.00", "2540000.00"]
    assert "none of them is nearer" in found["reason"]


def test_an_empty_reading_repairs_no_published_zero(findings: dict[str, Finding]) -> None:
    found = findings["not-nothing"]
    assert found.searched
    assert [match.value for match in found.searched.matches] == [0]
    assert "chance alone" in found.reason


def test_no_reading_uses_records_from_after_the_day_of_publication(findings: dict[str, Finding]) -> None:
    assert findings["to-publication"].verdict is ClaimVerdict.GARBLED
    assert findings["after-publication"].verdict is ClaimVerdict.CONTRADICTED


@pytest.mark.parametrize("name", list(NOT_TESTABLE))
def test_what_the_evidence_does_not_reach_is_never_contradicted(findings: dict[str, Finding], name: str) -> None:
    found = findings[name]
    assert found.verdict is ClaimVerdict.NOT_TESTABLE, found.reason
    assert NOT_TESTABLE[name][1] in found.reason
    assert found.needed
    assert NOT_TESTABLE[name][1] in found.needed


def test_a_bound_that_is_met_only_if_no_row_is_hidden_is_not_testable(findings: dict[str, Finding]) -> None:
    found = findings["met-unless-rows-hide"]
    assert found.value == 555_000
    assert found.verdict is ClaimVerdict.NOT_TESTABLE


def test_readings_with_an_agency_that_the_evidence_lacks_are_not_tried(findings: dict[str, Finding]) -> None:
    searched = findings["one-of-two-agencies"].searched
    assert searched
    assert searched.tried
    assert all("FEMA" not in match.reading.question.agencies for match in searched.matches)
    assert searched.tried < findings["nowhere"].searched.tried  # type: ignore[union-attr]


def test_a_covered_reading_that_gives_the_number_is_shown_and_is_no_verdict(findings: dict[str, Finding]) -> None:
    found = findings["reading-where-covered"]
    assert found.verdict is ClaimVerdict.NOT_TESTABLE
    assert found.as_json()["reading"] == {"since": "2021-01-01", "until": "2021-12-31"}
    assert (
        "Another reading, which it does cover, gives the published number: from 2021-01-01 to 2021-12-31 ($1,200,000.00)."
        in found.reason
    )


def test_an_open_window_ends_on_the_day_of_publication_and_a_year_is_no_day(findings: dict[str, Finding]) -> None:
    assert findings["open-end"].as_json()["stated"]["window"] == {"since": "2022-01-01", "until": "2023-06-30"}
    assert findings["open-end-in-a-month"].as_json()["stated"]["window"]["until"] == "2023-04-30"
    assert findings["year-alone"].as_json()["stated"]["window"]["until"] is None


def test_a_window_that_ends_nobody_knows_when_can_be_met_and_not_missed(findings: dict[str, Finding]) -> None:
    for name in ("year-alone", "award-as-far-as-known"):
        assert findings[name].verdict is ClaimVerdict.SUPPORTED
        assert "the day of its publication is not known" in findings[name].reason
    for name in ("no-last-day", "award-open"):
        assert findings[name].verdict is ClaimVerdict.NOT_TESTABLE


def test_the_value_is_the_measure_of_the_claim(findings: dict[str, Finding]) -> None:
    assert findings["transactions"].value == 4
    assert findings["awards"].value == 3
    assert findings["share"].as_json()["value"] == "0.870000"
    assert findings["share"].as_json()["stated"]["numerator"]["obligated_usd"] == "2610000.00"
    assert findings["award-in-a-window"].as_json()["value"] == "-500000.00"
    assert findings["fact"].as_json()["stated"]["fact_id"] == "vellumnet_hits"


def test_a_product_that_stands_for_its_owner_is_said_beside_the_verdict(findings: dict[str, Finding]) -> None:
    assert findings["product"].reason.endswith("Brammix is a product of Quorvex; the figure is for all of Quorvex.")


def test_documents_fill_in_where_the_evidence_does_not_reach(findings: dict[str, Finding]) -> None:
    found = findings["filled-in"]
    assert (found.verdict, found.rests_on, found.sources) == (ClaimVerdict.SUPPORTED, "documents", ("invented",))
    assert found.reason.startswith("The register says so. (Not recomputed here: The evidence does not cover ICE")
    found = findings["filled-in-with-need"]
    assert (found.verdict, found.needed) == (ClaimVerdict.NOT_TESTABLE, "Other records.")
    found = findings["documents-alone"]
    assert (found.verdict, found.reason, found.rests_on) == (ClaimVerdict.CONTRADICTED, "The register says so.", "documents")


def test_documents_can_say_where_a_number_is_taken_from(findings: dict[str, Finding]) -> None:
    found = findings["taken-from-elsewhere"]
    assert (found.verdict, found.rests_on) == (ClaimVerdict.GARBLED, "computation and documents")
    assert found.true_instead == "Something else is true."
    assert "Documents say what it is taken from: The register says so." in found.reason


def test_where_documents_and_computation_are_at_odds_the_computation_stands_and_says_so(findings: dict[str, Finding]) -> None:
    found = findings["at-odds"]
    assert found.verdict is ClaimVerdict.SUPPORTED
    assert found.true_instead is None
    assert "From documents alone it was judged garbled: The register says so." in found.reason
    assert findings["of-one-mind"].rests_on == "computation"


def test_a_finding_is_a_draft_until_a_person_signs_it(findings: dict[str, Finding]) -> None:
    assert findings["about"].is_draft
    assert not findings["retold"].is_draft
    assert not findings["retold/copy-3"].is_draft
    assert findings["retold"].as_json()["signed"] == {"by": "A. Reader", "date": "2026-01-02"}


def test_copies_are_checked_as_their_own_wording(findings: dict[str, Finding]) -> None:
    drift = {name: str(findings[name].verdict) for name in ("retold", "retold/copy-1", "retold/copy-2", "retold/copy-3")}
    assert drift == {
        "retold": "supported",
        "retold/copy-1": "supported",
        "retold/copy-2": "garbled",
        "retold/copy-3": "contradicted",
    }
    assert [str(findings[f"documents-alone{copy}"].verdict) for copy in ("", "/copy-1")] == ["contradicted", "supported"]
    assert findings["retold/copy-1"].claim.documented
    assert findings["retold/copy-3"].claim.documented is None
    assert [findings[f"retold/copy-{number}"].claim.wording for number in (1, 2)] == ["paraphrased", "quoted"]


def test_a_reading_with_its_rows_still_opens_after_the_check(findings: dict[str, Finding]) -> None:
    entry = findings["wrong-year"].as_json(with_rows=True)
    assert sum(Decimal(row["obligated_usd"]) for row in entry["stated"]["rows"]) == TRUE
    assert sum(Decimal(row["obligated_usd"]) for row in entry["reading_figure"]["rows"]) == 1_200_000
    assert findings["wrong-year"].claim.check
    assert findings["wrong-year"].claim.check.measure is Measure.OBLIGATIONS


READINGS = [
    {},
    {"route": Route.RESELLER},
    {"route": Route.DIRECT, "names_only": True},
    {"names_only": True, "agencies": ("CBP", "ICE")},
    {"positive_only": True},
    {"is_funding": True, "agencies": ("CBP",)},
    {"organisations": (), "positive_only": True},
    {"since": dt.date(2021, 1, 1), "until": dt.date(2023, 5, 4), "agencies": ("ICE", "CBP")},
    {"award": "70CTD022C00000777", "organisations": (), "agencies": (), "positive_only": True},
]


def test_the_cube_says_of_any_reading_what_the_figure_says(built: Workspace) -> None:
    whole = Question(("quorvex",), ("ICE",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    with built.engine() as engine:
        bench = Bench(Lake(engine, built.paths, built.snapshot()), built.atlas)
        for changes in READINGS:
            question = replace(whole, **changes)  # type: ignore[arg-type]
            for counted in (Measure.OBLIGATIONS, Measure.TRANSACTIONS, Measure.AWARDS):
                check = Check(counted, question)
                assert Covered.of(bench).value(cube(bench, check), Reading(question)) == measure(bench, check).value, changes


def test_json_has_what_is_promised(findings: dict[str, Finding]) -> None:
    entry = findings["wrong-year"].as_json()
    assert {"id", "verdict", "stated", "reading", "coverage"} <= set(entry)
    assert entry["stated"]["obligated_usd"] == entry["value"] == "2610000.00"
    assert entry["published"] == {"about": "1200000", "precision": "1000"}
    assert entry["coverage"]["is_complete"]
    assert entry["snapshot"] == entry["stated"]["snapshot"]
    assert entry["readings_tried"] > 0
    assert Decimal(entry["expected_by_chance"]) < 1
