"""Inventories of AI use cases, snapshots of the FedRAMP marketplace and a filing, as published."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from whosbehind import Workspace
from whosbehind.figures import Authorizations, FactQuestion, Lake, authorizations, authorized_products, reported

TRANSACTIONS = "usaspending/transactions/CBP_ICE_FY2022_Contract_Obligations.csv"
FILING = "sec/amzn-20221231_htm.xml"
SNAPSHOTS = tuple(
    f"18F_{day}.json" for day in ("2018-02-07", "2018-10-17", "2018-10-23", "2019-12-31", "2021-12-31", "2023-06-30")
)
Row = dict[str, Any]


@pytest.fixture(scope="module")
def published(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.init(tmp_path_factory.mktemp("published") / "workspace")
    added = list(workspace.add([data / "ai_inventory", data / "fedramp", data / FILING, data / TRANSACTIONS]))
    assert {each.file_name: each.problem for each in added if each.problem or each.source is None} == {}
    workspace.build()
    return workspace


@pytest.fixture(scope="module")
def listings(published: Workspace) -> dict[str, list[Row]]:
    """The products of each snapshot by the name of its file."""
    names = {each["document_id"]: each["file_name"] for each in published.table("documents")}
    found: dict[str, list[Row]] = defaultdict(list)
    for row in published.table("authorizations"):
        found[names[row["document_id"]]].append(row)
    return found


def counted(workspace: Workspace, organisation: str, on: str) -> Authorizations:
    with workspace.engine() as engine:
        lake = Lake(engine, workspace.paths, workspace.snapshot())
        return authorizations(lake, workspace.atlas, [organisation], dt.date.fromisoformat(on))


def by_the_dashboard(listed: list[Row]) -> Counter[str]:
    """Authorizations by provider as the dashboard's own code counted a snapshot, written down from it line by line."""
    stored: dict[str, Row] = {}
    for each in listed:
        name = each["Cloud_Service_Provider_Name"] + each["Cloud_Service_Provider_Package"]
        stored[name + each["Package_ID"] + each.get("Sponsoring_Agency", "")] = each
    data, names, found = list(stored.values()), set(), Counter[str]()
    for each in data:
        name = each["Cloud_Service_Provider_Package"].strip()
        if name in names:
            continue
        names.add(name)
        count = len(each["Leveraged_ATO_Letters"])
        leveraged = [other for other in data if each["Package_ID"] in other.get("Underlying_CSP_Package_ID", [])]
        count += len(leveraged) + sum(len(other["Leveraged_ATO_Letters"]) for other in leveraged)
        count += each["Designation"].strip() not in ("In Process", "FedRAMP Ready")
        found[each["Cloud_Service_Provider_Name"].strip()] += count
    return found


@pytest.mark.parametrize(("organisation", "count"), [("amazon", 204), ("google", 27)])
def test_the_count_of_october_2018_is_the_published_one(published: Workspace, organisation: str, count: int) -> None:
    found = counted(published, organisation, "2018-10-23")
    assert (found.count, found.file_name, found.snapshot_basis) == (count, "18F_2018-10-23.json", "stated")
    assert sum(each.count for each in found.products) == count


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_every_provider_counts_as_the_dashboard_counted(data: Path, listings: dict[str, list[Row]], name: str) -> None:
    found: Counter[str] = Counter()
    for each in authorized_products(listings[name], lambda _: True):
        found[each.provider_name] += each.count
    assert found == by_the_dashboard(json.loads((data / "fedramp" / name).read_text("utf-8"))["data"]["Providers"])


def test_the_marketplaces_own_count_of_each_product_is_the_same(listings: dict[str, list[Row]]) -> None:
    found = authorized_products(listings["GSA_2023-06-30.json"], lambda _: True)
    assert len(found) > 400
    assert all(each.count == (each.stated_reuse_count or 0) + each.is_authorized for each in found)


def test_of_two_publishers_of_one_day_the_marketplace_itself_counts(published: Workspace) -> None:
    found = counted(published, "amazon", "2023-06-30")
    stated = sum((each.stated_reuse_count or 0) + each.is_authorized for each in found.products)
    assert (found.file_name, found.count) == ("GSA_2023-06-30.json", stated)


def test_every_product_is_read_and_no_value_of_a_snapshot_is_rejected(data: Path, published: Workspace) -> None:
    documents = [each for each in published.table("documents") if each["grain"] == "authorizations"]
    for each in documents:
        listed = json.loads((data / "fedramp" / each["file_name"]).read_text("utf-8-sig"))["data"]
        products = listed if isinstance(listed, list) else listed.get("Providers") or listed["Products"]
        assert (each["row_count"], each["taken_count"], each["reject_count"]) == (len(products), len(products), 0)


def test_the_share_of_its_cloud_in_amazons_sales_is_as_reported(published: Workspace) -> None:
    concept = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
    year = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
    with published.engine() as engine:
        lake = Lake(engine, published.paths, published.snapshot())
        cloud = reported(lake, FactQuestion("Amazon.com", concept, *year, "amzn:AmazonWebServicesSegmentMember"))
        sales = reported(lake, FactQuestion("Amazon.com", concept, *year))
        profit = reported(lake, FactQuestion("1018724", "OperatingIncomeLoss", *year, "AmazonWebServicesSegmentMember"))
    assert cloud.value is not None
    assert sales.value is not None
    assert (cloud.value, sales.value, profit.value) == (
        Decimal(80_096_000_000),
        Decimal(513_983_000_000),
        Decimal(22_841_000_000),
    )
    assert round(cloud.value / sales.value, 3) == Decimal("0.156")
    assert {cloud.unit, sales.unit} == {"iso4217:USD"}


def test_the_parts_of_the_company_add_up_to_the_whole(published: Workspace) -> None:
    segments = {
        row["segment"].partition(":")[2]: row["value"]
        for row in published.table("reported_facts")
        if row["concept"] == "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
        and row["period_end_date"] == dt.date(2022, 12, 31)
        and (row["segment"] or "").startswith("us-gaap:StatementBusinessSegmentsAxis=")
        and ";" not in row["segment"]
    }
    assert sum(segments.values()) == Decimal(513_983_000_000)


def test_every_use_case_is_read(published: Workspace) -> None:
    documents = {each["file_name"]: each for each in published.table("documents") if each["grain"] == "use cases"}
    assert {name: each["row_count"] for name, each in documents.items()} == {
        "2023_consolidated_ai_inventory_raw.csv": 710,
        "2024_consolidated_ai_inventory_raw_v2.csv": 2133,
    }
    assert all(each["rejected_count"] == 0 for each in documents.values())
    days = [each["column_name"] for each in published.table("rejects") if each["document_id"] in _ids(documents)]
    assert len(days) > 50
    assert all(name.startswith("Date") for name in days)


def _ids(documents: dict[str, Row]) -> set[str]:
    return {each["document_id"] for each in documents.values()}


def test_mistyped_contracts_of_ice_use_cases_are_set_right_where_the_ledger_knows_them(published: Workspace) -> None:
    cases = {(row["document_id"], row["row"]): row for row in published.table("ai_use_cases") if row["agency_code"] == "7012"}
    assert Counter(row["inventory_year"] for row in cases.values()) == {2023: 6, 2024: 25}
    contracts = [row for row in published.table("use_case_contracts") if (row["document_id"], row["row"]) in cases]
    found = {(row["printed"], row["piid"], row["basis"]) for row in contracts}
    assert ("70OCTD22FR00000002", "70CTD022FR0000002", "repaired") in found
    assert ("70OCTD22FR00000009", "70CTD022FR0000009", "repaired") in found
    assert ("70OCTD22FR00000235", None, "unknown") in found
    assert ("70CTD022FR0000005", "70CTD022FR0000005", "as printed") in found
    named = {cases[row["document_id"], row["row"]]["use_case_name"] for row in contracts if row["piid"] == "70CTD022FR0000002"}
    assert "Translation and Transcription for Investigative Data" in named


def test_no_contact_stands_in_a_use_case(published: Workspace) -> None:
    texts = [str(value) for row in published.table("ai_use_cases") for value in row.values() if isinstance(value, str)]
    assert not [text for text in texts if "contact@" in text or "202-555-0100" in text]
