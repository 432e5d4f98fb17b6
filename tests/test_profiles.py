"""Profiles, traces and flows as a user meets them: an invented map and ledger, laid over the bundled content."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests import synthetic
from tests.atlas import invented
from tests.command import run_here
from tests.figures.ledgers import RECEIVED, made
from whosbehind import Workspace
from whosbehind.intake import AddOptions
from whosbehind.profiles import AgencyProfile, OrganisationProfile, SystemProfile

DAY = dt.date(2020, 1, 1)
ICE = {"awarding": synthetic.AGENCIES[0], "awarding_office": synthetic.AGENCIES[0].offices[0], "funding": synthetic.AGENCIES[0]}
CBP = {"awarding": synthetic.AGENCIES[1], "awarding_office": synthetic.AGENCIES[1].offices[0], "funding": synthetic.AGENCIES[1]}
ROWS = [
    made(
        1000, recipient_name="FERNLINE LLC", description="BRAMMIX SOFTWARE", action_date=dt.date(2020, 3, 1), piid="EX01", **ICE
    ),
    made(200, recipient_name="QUORVEX INC", description="SERVERS", action_date=dt.date(2021, 3, 1), piid="EX02", **CBP),
    made(
        30,
        recipient_name="ZANTHIL LLC",
        description="LICENSES FOR VELLUMNET OPERATIONS",
        action_date=dt.date(2018, 3, 1),
        piid="EX03",
        **ICE,
    ),
    made(
        4,
        recipient_name="ZANTHIL LLC",
        description="LICENSES FOR VELLUMNET OPERATIONS",
        action_date=dt.date(2020, 3, 2),
        piid="EX04",
        **ICE,
    ),
    made(5, recipient_name="MOSSGATE LLC", description="BRAMMIX SOFTWARE", action_date=dt.date(2020, 3, 2), piid="EX05", **CBP),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("profiles")
    workspace = Workspace.init(place / "workspace")
    workspace.paths.content.mkdir(parents=True, exist_ok=True)
    for name, text in {**invented.CONTENT, "claims": invented.CLAIMS}.items():
        (workspace.paths.content / f"{name}.yaml").write_text(text, "utf-8")
    synthetic.write_bulk(place / "rows.csv", ROWS)
    list(workspace.add([place / "rows.csv"], AddOptions(received_at=RECEIVED)))
    workspace.build()
    return place / "workspace"


@pytest.fixture(scope="module")
def vellumnet(folder: Path) -> SystemProfile:
    found = Workspace(folder).profile("system", "vellumnet", DAY)
    assert isinstance(found, SystemProfile)
    return found


@pytest.fixture(scope="module")
def quorvex(folder: Path) -> OrganisationProfile:
    found = Workspace(folder).profile("organisation", "QUORVEX", DAY)
    assert isinstance(found, OrganisationProfile)
    return found


@pytest.fixture(scope="module")
def bureau(folder: Path) -> AgencyProfile:
    found = Workspace(folder).profile("agency", "Bureau of Examples", DAY)
    assert isinstance(found, AgencyProfile)
    return found


def names(lines: Any) -> list[str]:
    return [each.name for each in lines]


def answer(folder: Path, *words: str) -> Any:
    done = run_here(*words, "--format", "json", folder=folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def table(folder: Path, *words: str) -> list[dict[str, str]]:
    done = run_here(*words, "--format", "csv", folder=folder)
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout)))


def text(folder: Path, *words: str) -> str:
    """What a person reads, as one line: where lines break does not matter."""
    done = run_here(*words, folder=folder)
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def test_a_system_is_run_by_an_office_of_an_agency_of_a_department(vellumnet: SystemProfile) -> None:
    assert names(vellumnet.operator) == ["Bureau of Examples", "ICE", "DHS"]
    assert names(vellumnet.modules) == ["Vellum Index"]


def test_who_has_a_part_in_a_system_stands_with_dates_doubts_and_sources(vellumnet: SystemProfile) -> None:
    builder, host = vellumnet.parts
    assert (builder.role, builder.id, builder.since, builder.until) == ("builder", "zanthil", "2014-06", "2019")
    assert (host.role, host.standing, host.confidence) == ("host", "contested", "medium")
    entry = host.as_json()
    assert entry["disputed_by"]["who"] == "Quorvex"
    assert [source["id"] for source in entry["disputed_by"]["sources"]] == ["example_news"]


def test_what_came_before_and_after_a_system_is_known_from_either_side(folder: Path, vellumnet: SystemProfile) -> None:
    assert names(vellumnet.predecessors) == ["Old Vellum"]
    older = answer(folder, "system", "old_vellum")
    assert [(each["role"], each["id"], each["since"]) for each in older["successors"]] == [("successor", "vellumnet", "2016-03")]


def test_the_money_of_a_system_is_that_of_actions_that_name_it_and_opens_its_rows(vellumnet: SystemProfile) -> None:
    assert vellumnet.money
    assert vellumnet.money.figure.obligated_usd == Decimal(34)
    assert [group.of["fiscal_year"] for group in vellumnet.money.tables["by_fiscal_year"]] == [2018, 2020]
    assert sorted(row["obligated_usd"] for row in vellumnet.money.figure.rows) == [Decimal(4), Decimal(30)]


def test_contracts_stand_with_the_numbers_stated_about_them(vellumnet: SystemProfile) -> None:
    (contract,) = vellumnet.contracts
    assert (contract.contract.piid, contract.agency, contract.vendor) == ("EX0014C0001", "ICE", "Zanthil")
    assert [(line.fact.quantity, line.fact.value) for line in contract.facts] == [("ceiling", Decimal(1000000))]


def test_claims_are_found_by_what_they_ask_for_and_by_whole_words(vellumnet: SystemProfile, quorvex: OrganisationProfile) -> None:
    assert [line.claim.id for line in vellumnet.claims] == ["example-vellumnet"]
    assert [line.claim.id for line in quorvex.claims] == ["example-brammix"]


def test_a_company_has_owners_and_what_it_owns_with_dates(folder: Path, quorvex: OrganisationProfile) -> None:
    assert [(line.role, line.id, line.since) for line in quorvex.owns] == [
        ("company", "zanthil", "2019-08-01"),
        ("product", "brammix", None),
    ]
    owned = answer(folder, "organisation", "zanthil", "--as-of", "2019-01-01")
    assert [(each["id"], each["held"]) for each in owned["owners"]] == [("quorvex", "not yet")]


def test_a_company_has_its_parts_in_systems(quorvex: OrganisationProfile) -> None:
    assert {(line.role, line.id) for line in quorvex.systems} == {
        ("host", "vellumnet"),
        ("operator", "brammix"),
        ("seller", "brammix"),
    }


def test_the_money_of_a_company_breaks_down_to_its_total_whichever_way(quorvex: OrganisationProfile) -> None:
    money = quorvex.money
    assert money
    assert money.figure.obligated_usd == Decimal(1209)  # with Zanthil's of the time when Quorvex owned it
    for name in ("by_agency", "by_fiscal_year"):
        assert sum(group.amount.obligated_usd for group in money.tables[name]) == money.figure.obligated_usd
    assert [group.of["recipient"] for group in money.tables["by_reseller"]] == ["FERNLINE LLC", "MOSSGATE LLC"]


def test_an_office_has_its_systems_and_flows_and_no_money_of_its_own(bureau: AgencyProfile) -> None:
    assert names(bureau.part_of) == ["ICE", "DHS"]
    assert [(line.id, line.party) for line in bureau.operates] == [("old_vellum", None), ("vellumnet", None)]
    assert (bureau.money, bureau.companies) == (None, ())
    assert bureau.flows.flows


def test_an_agency_has_the_flows_and_systems_of_its_offices(folder: Path) -> None:
    entry = answer(folder, "agency", "ICE", "--as-of", "2020-01-01")
    assert "bureau" in {each["id"] for each in entry["offices"]}
    assert ("vellumnet", "Bureau of Examples") in {(each["id"], each["party"]) for each in entry["operates"]}
    assert "licences_to_vellumnet" in {each["flow_id"] for each in entry["flows"]["in"]}
    assert "vellum_order" in {each["id"] for each in entry["contracts"]}
    assert entry["money"]["obligated_usd"] == "1034.00"
    families = {each["id"]: each for each in entry["companies"]}
    assert (families["quorvex"]["reseller_usd"], families["quorvex"]["direct_usd"]) == ("1000.00", "4.00")
    assert families["zanthil"]["obligated_usd"] == "30.00"  # before Quorvex owned it


def test_laws_of_an_agency_are_those_its_flows_rest_on(folder: Path) -> None:
    company = answer(folder, "flows", "brammix")
    assert [each["authority"] for each in company["in"]] == [["Licence Act (1 Ex. 1)"]]


def test_a_profile_reads_like_prose_with_numbered_sources(folder: Path) -> None:
    shown = text(folder, "system", "vellumnet", "--as-of", "2020-01-01")
    assert "Operated by Bureau of Examples (part of ICE, DHS). The index is run by the same people." in shown
    assert "builder: Zanthil, from 2014-06 to 2019 (no longer). [2]" in shown
    assert "! contested; medium confidence; disputed by Quorvex: It hosts nothing. [3]" in shown
    assert "ceiling: $1,000,000.00, on 2014-06-01. [2]" in shown
    assert "Said: It is a paper mill. The record: It is a system." in shown
    assert "[1] Example Office, EX/PIA-001, An assessment, 2016-03 [grade A, excerpt read]" in shown
    assert "$34.00 in 2 transactions" in shown


def test_csv_of_a_profile_has_a_line_for_each_thing_stated(folder: Path) -> None:
    lines = table(folder, "system", "vellumnet", "--as-of", "2020-01-01")
    found = {(line["section"], line["role"], line["id"]) for line in lines}
    assert {
        ("parts", "builder", "zanthil"),
        ("contracts", "", "vellum_order"),
        ("flows in", "", "licences_to_vellumnet"),
    } <= found
    assert ("contract facts", "ceiling", "vellum_ceiling") in found
    total = next(line for line in lines if line["section"] == "money")
    assert (total["obligated_usd"], total["transaction_count"]) == ("34.00", "2")
    assert [line["name"] for line in lines if line["section"] == "money by fiscal year"] == ["2018", "2020"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["system", "velumnet"], "Did you mean VELLUMNET"),
        (["organisation", "vellumnet"], "no organisation goes by 'vellumnet'"),
        (["agency", "quorvex"], "no agency or body goes by 'quorvex'"),
        (["flows", "nothing_like_it"], "goes by"),
        (["flows", "ice", "--since", "2024-01-01", "--until", "2023-01-01"], "Swap --since and --until"),
        (["flows", "ice", "--until", "2023-01-01"], "needs its first day"),
        (["trace", "drivers"], "give FROM and TO"),
        (["trace"], "needs a beginning or an end"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(folder: Path, words: list[str], said: str) -> None:
    done = run_here(*words, folder=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("error: ")]) == 1


def test_a_trace_shows_numbered_steps_with_authority_dates_and_sources(folder: Path) -> None:
    shown = text(folder, "trace", "drivers", "vellumnet", "--as-of", "2020-01-01")
    assert "1 documented path from Licensed drivers to VELLUMNET on 2020-01-01." in shown
    assert "1. Licensed drivers → Brammix: Driving licences (identity)" in shown
    assert "via a tape · authority: Licence Act (1 Ex. 1) · since 2015, last documented 2024-05" in shown
    assert "source: Example Times, What Brammix sold [grade B, read in full] https://example.org/a" in shown
    assert "Sources show all steps at once from 2016-03-31 to 2021-06-30." in shown


def test_a_path_that_is_gone_is_told_with_the_step_that_ended_when_and_why(folder: Path) -> None:
    shown = text(folder, "trace", "drivers", "vellumnet", "--as-of", "2023-01-01")
    assert "No documented path from Licensed drivers to VELLUMNET on 2023-01-01. Looked through" in shown
    assert "Paths that no longer hold 1. Licensed drivers → Brammix → VELLUMNET" in shown
    assert "ended 2021-06-30: The bureau let the subscription lapse. source: Example Times" in shown


def test_doubts_and_disputes_of_a_step_are_marked(folder: Path) -> None:
    shown = text(folder, "trace", "brammix", "bureau", "--as-of", "2024-01-01")
    assert "! contested; medium confidence ! disputed by Quorvex: It sells to nobody." in shown


def test_csv_of_a_trace_has_a_line_for_each_step(folder: Path) -> None:
    lines = table(folder, "trace", "drivers", "vellumnet", "--as-of", "2020-01-01")
    assert [(line["path"], line["step"], line["flow_id"]) for line in lines] == [
        ("1", "1", "licences_sold"),
        ("1", "2", "licences_to_vellumnet"),
    ]
    gone = table(folder, "trace", "drivers", "vellumnet", "--as-of", "2023-01-01")
    assert {line["is_broken"] for line in gone} == {"true"}


def test_everything_that_is_reached_is_listed_by_steps(folder: Path) -> None:
    entry = answer(folder, "trace", "--from", "drivers", "--as-of", "2020-01-01")
    steps = {each["id"]: each["steps"] for each in entry["reached"]}
    assert (steps["brammix"], steps["vellumnet"], steps["vellum_index"]) == (1, 2, 3)
    back = table(folder, "trace", "--to", "vellum_index", "--as-of", "2020-01-01")
    assert {line["id"]: line["steps"] for line in back} == {"vellumnet": "1", "brammix": "2", "drivers": "3"}


def test_flows_are_shown_by_direction_and_those_that_ended_apart(folder: Path) -> None:
    shown = text(folder, "flows", "vellumnet", "--as-of", "2023-01-01")
    assert "Goes out: 1 flow VELLUMNET → Zanthil: Copies (identity)" in shown
    assert "Had ended: 1 flow Brammix → VELLUMNET: Licences and addresses (identity), from 2016-03 to 2021-06-30" in shown
    lines = table(folder, "flows", "vellumnet", "--as-of", "2023-01-01")
    assert {line["flow_id"]: line["direction"] for line in lines}["index_of_vellumnet"] == "within"


def test_changes_say_what_began_and_what_ended_with_both_states(folder: Path) -> None:
    shown = text(folder, "flows", "brammix", "--since", "2021-01-01", "--until", "2024-01-01")
    assert "1 began, 1 ended" in shown
    assert "not yet → in force" in shown
    lines = table(folder, "flows", "brammix", "--since", "2021-01-01", "--until", "2024-01-01")
    assert [(line["turn"], line["flow_id"]) for line in lines] == [
        ("began", "licences_to_bureau"),
        ("ended", "licences_to_vellumnet"),
    ]


def test_a_figure_of_a_profile_is_that_of_the_command_it_names(folder: Path, quorvex: OrganisationProfile) -> None:
    assert quorvex.money
    words = quorvex.money.command.removeprefix("whosbehind ").removesuffix(" --rows").split()
    assert answer(folder, *words)["obligated_usd"] == f"{quorvex.money.figure.obligated_usd:.2f}"


def test_what_was_corrected_stands_in_the_profile_and_newest_first(folder: Path, vellumnet: SystemProfile) -> None:
    listed = [(each.kind, each.id) for each in vellumnet.corrections]
    assert listed == [("fact", "vellum_ceiling"), ("flow", "licences_to_vellumnet"), ("system", "vellumnet")]
    assert vellumnet.as_json()["corrections"][2] == {
        "kind": "system",
        "id": "vellumnet",
        "name": "VELLUMNET",
        "date": "2024-04-01",
        "what": "The year of opening was 2015.",
        "reason": "It was the year of the notice.",
    }
    said = text(folder, "system", "vellumnet")
    assert "Brammix → VELLUMNET: identity: Corrected on 2024-05-01: It was said to end in 2022. (The notice of 2021 was" in said
    assert " Corrected on 2024-04-01: The year of opening was 2015. (It was the year of the notice.)" in said
    rows = [row for row in table(folder, "system", "vellumnet") if row["section"] == "corrections"]
    assert rows[2]["note"] == "The year of opening was 2015. (It was the year of the notice.)"
    assert rows[2]["since"] == "2024-04-01"


def test_a_company_and_an_agency_show_what_was_corrected_in_what_they_show(quorvex: Any, bureau: AgencyProfile) -> None:
    assert {"example-brammix", "licences_to_vellumnet"} <= {each.id for each in quorvex.corrections}
    assert "licences_to_vellumnet" in {each.id for each in bureau.corrections}


def test_a_step_of_a_trace_says_what_was_corrected_in_its_flow(folder: Path) -> None:
    words = ("trace", "brammix", "vellumnet", "--as-of", "2020-01-01")
    [step] = answer(folder, *words)["paths"][0]["steps"]
    wanted = {"date": "2024-05-01", "what": "It was said to end in 2022.", "reason": "The notice of 2021 was found."}
    assert step["corrections"] == [wanted]
    assert "Corrected on 2024-05-01: It was said to end in 2022." in text(folder, *words)
    assert "Corrected on 2024-05-01: It was said to end in 2022." in text(folder, "flows", "vellumnet")
    assert table(folder, *words)[0]["corrections"].startswith("Corrected on 2024-05-01: It was said")


def test_all_corrections_are_listed_newest_first_those_of_claims_among_them(folder: Path) -> None:
    listed = Workspace(folder).corrections()
    assert [each.correction.date for each in listed] == sorted((each.correction.date for each in listed), reverse=True)
    own = [each.id for each in listed if each.correction.date.year == 2024]
    assert own == ["example-brammix", "vellum_ceiling", "licences_to_vellumnet", "vellumnet"]
    assert answer(folder, "corrections") == [each.as_json() for each in listed]
    assert [row["id"] for row in table(folder, "corrections")][-4:] == own
    assert "claim example-brammix (The bureau paid" in text(folder, "corrections")
    exported = Workspace(folder).table("corrections")
    assert {"vellum_ceiling", "licences_to_vellumnet", "vellumnet"} <= {row["entry_id"] for row in exported}
