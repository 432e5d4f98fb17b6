"""Use cases, authorizations and reported facts stand in the lake as their documents state them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ledger.test_tables import ARROW, ROWS
from tests.published import dashboard, fact, filing, inventory, listing, marketplace, product
from tests.synthetic import write_bulk
from whosbehind import Workspace
from whosbehind.intake import AddOptions
from whosbehind.tables import AI_USE_CASES, AUTHORIZATIONS, REPORTED_FACTS, USE_CASE_CONTRACTS, Table

RECEIVED = dt.datetime(2024, 5, 6, tzinfo=dt.UTC)
USE_CASES = inventory(
    {"initiated_date": "2/3/2024", "acquisition_date": "2024-05-01", "implemented_date": "24-Oct", "retired_date": "N/A"},
    {"use_case_name": "Two\nlines’", "bureau_name": "Office of Nobody", "piids": "70OCTD22FR00000002; call jane@example.org"},
    {"use_case_name": "", "purpose": "A row without a name"},
)
FACTS = filing(
    fact("us-gaap:Revenues", "513983000000"),
    fact("zan:Share", "0.155833987194", "cloud", "each", "INF"),
    fact("zan:Share", "1E6", "day"),
)
EARLY = dashboard(listing("P1", "Zanthil ", letters=2, Underlying_CSP_Package_ID=["P2 "], Designation="In Process"))
LATE = marketplace(product("P1", "Zanthil", 3, 9, leveraged_systems=[{"id": "P7", "csp": "Quorvex"}], partnering_agency=""))
KNOWN = ROWS[0].piid
MISTYPED = f"{KNOWN[:2]}-{KNOWN[2:]}"
DOCUMENTS = {
    "inventory": USE_CASES,
    "contracts": inventory({"piids": f"{KNOWN} and {MISTYPED}, 99XYZ999F99999999"}),
    "early": EARLY,
    "late": LATE,
    "undated": dashboard(listing("P1", "Zanthil"), day=None, meta={"Produced_By": "x"}),
    "blessed": dashboard(listing("P1", "Zanthil", Designation="Blessed")),
    "facts": FACTS.encode(),
    "no use cases": inventory(),
    "no listings": dashboard(),
    "no products": marketplace(),
    "no facts": filing().encode(),
}
Row = dict[str, Any]


def built(folder: Path, documents: Mapping[str, bytes]) -> Workspace:
    workspace = Workspace.init(folder / "workspace")
    for name, data in documents.items():
        for added in workspace.add_stream(io.BytesIO(data), name, AddOptions(received_at=RECEIVED)):
            assert added.problem is None
    workspace.build()
    return workspace


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("stated")
    write_bulk(folder / "transactions.csv", ROWS[:5])
    return built(folder, {**DOCUMENTS, "transactions": (folder / "transactions.csv").read_bytes()})


def rows(workspace: Workspace, table: str, name: str) -> list[Row]:
    """The rows of one table that one document states."""
    [document] = [each for each in workspace.table("documents") if each["file_name"] == name]
    return [each for each in workspace.table(table) if each["document_id"] == document["document_id"]]


def test_a_use_case_keeps_its_row_its_words_and_its_days(stated: Workspace) -> None:
    first, second = rows(stated, "ai_use_cases", "inventory")
    assert (first["row"], first["inventory_year"], first["use_case_name"]) == (2, 2024, "Zanthil finder")
    assert (first["bureau_name"], first["agency_code"]) == ("ICE", "7012")
    assert (first["initiated_date"], first["acquisition_date"]) == (dt.date(2024, 2, 3), dt.date(2024, 5, 1))
    assert (first["retired_date"], first["purpose"]) == (None, None)
    assert (second["row"], second["use_case_name"], second["agency_code"]) == (3, "Two\nlines’", None)


def test_a_day_that_fits_no_shape_is_rejected_alone_and_its_text_is_kept(stated: Workspace) -> None:
    first = rows(stated, "ai_use_cases", "inventory")[0]
    assert (first["implemented_date"], first["unread"]) == (None, "Date Implemented=24-Oct")
    [reject] = [each for each in rows(stated, "rejects", "inventory") if each["row"] == 2]
    assert (reject["column_name"], reject["value"], reject["is_row_lost"]) == ("Date Implemented", "24-Oct", False)


def test_a_row_without_what_it_is_about_is_lost_and_accounted_for(stated: Workspace) -> None:
    [document] = rows(stated, "documents", "inventory")
    assert (document["row_count"], document["taken_count"], document["rejected_count"]) == (3, 2, 1)
    assert [each["row"] for each in rows(stated, "rejects", "inventory") if each["is_row_lost"]] == [4]


def test_contacts_in_a_cell_of_contracts_are_masked(stated: Workspace) -> None:
    assert rows(stated, "ai_use_cases", "inventory")[1]["piids"] == "70OCTD22FR00000002; call [e-mail]"


def test_contracts_of_use_cases_are_held_against_those_of_the_ledger(stated: Workspace) -> None:
    found = rows(stated, "use_case_contracts", "contracts")
    assert [(each["place"], each["printed"], each["piid"], each["basis"]) for each in found] == [
        (1, KNOWN, KNOWN, "as printed"),
        (2, MISTYPED, KNOWN, "repaired"),
        (3, "99XYZ999F99999999", None, "unknown"),
    ]


def test_both_layouts_of_the_marketplace_give_one_table(stated: Workspace) -> None:
    [one], [other] = (rows(stated, "authorizations", name) for name in ("early", "late"))
    assert (one["snapshot_date"], one["snapshot_basis"]) == (dt.date(2018, 10, 23), "stated")
    assert (one["provider_name"], one["is_authorized"], one["letter_count"], one["underlying_ids"]) == ("Zanthil", False, 2, "P2")
    assert one["service_models"] == "IaaS; PaaS"
    assert (other["is_authorized"], other["letter_count"], other["dependent_ids"]) == (True, 2, "P7")
    assert (other["stated_authorization_count"], other["stated_reuse_count"]) == (3, 9)
    assert (other["authorization_date"], other["agencies"], other["authorizing_agency"]) == (None, None, None)


def test_no_contact_of_a_product_reaches_the_lake(stated: Workspace) -> None:
    assert not any(b"Placeholder" in path.read_bytes() for path in stated.paths.lake.rglob("*.parquet"))
    assert "Placeholder" not in str(stated.table("authorizations"))


def test_a_snapshot_without_a_day_is_dated_by_its_receipt_and_says_so(stated: Workspace) -> None:
    [row] = rows(stated, "authorizations", "undated")
    assert (row["snapshot_date"], row["snapshot_basis"]) == (RECEIVED.date(), "received")


def test_a_designation_nobody_knows_is_no_authorization_and_is_told(stated: Workspace) -> None:
    [row], [reject] = (rows(stated, table, "blessed") for table in ("authorizations", "rejects"))
    assert (row["designation"], row["is_authorized"]) == ("Blessed", None)
    assert (reject["column_name"], reject["value"]) == ("Designation", "Blessed")
    assert reject["reason"] == "is no designation the project knows"


def test_reported_numbers_are_exact_whatever_their_size(stated: Workspace) -> None:
    first, second, third = rows(stated, "reported_facts", "facts")
    assert (first["row"], first["value"], first["unit"], first["decimals"]) == (1, Decimal(513983000000), "iso4217:USD", "-6")
    assert (second["value"], second["segment"]) == (Decimal("0.155833987194"), "us-gaap:SegmentsAxis=zan:CloudMember")
    assert (third["value"], third["period_start_date"], third["period_end_date"]) == (None, None, dt.date(2022, 12, 31))
    [reject] = rows(stated, "rejects", "facts")
    assert (reject["row"], reject["value"], reject["reason"]) == (3, "1E6", "is not a number with at most twelve decimals")
    [document] = rows(stated, "documents", "facts")
    assert (document["taken_count"], document["place_prefix"]) == (3, "fact=")


def test_a_number_is_exported_with_all_its_decimals_and_no_more(stated: Workspace, tmp_path: Path) -> None:
    stated.export("reported_facts", tmp_path / "facts.csv")
    lines = (tmp_path / "facts.csv").read_text("utf-8").splitlines()
    assert ",513983000000," in lines[1]
    assert ",0.155833987194," in lines[2]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.startswith("no ")])
def test_a_document_without_rows_is_read_to_none(stated: Workspace, name: str) -> None:
    [found] = rows(stated, "documents", name)
    assert (found["status"], found["row_count"]) == ("read", 0)


@pytest.mark.parametrize("table", [AI_USE_CASES, USE_CASE_CONTRACTS, AUTHORIZATIONS, REPORTED_FACTS], ids=lambda each: each.name)
def test_tables_have_exactly_the_declared_columns_and_types(stated: Workspace, table: Table) -> None:
    files = stated.paths.files(stated.snapshot(), table.name)
    assert files
    with stated.engine() as engine:
        for path in files:
            schema = engine.parquet([path], table.schema()).limit(0).to_pyarrow().schema
            assert [(field.name, str(field.type)) for field in schema] == [
                (each.name, ARROW[each.type]) for each in table.columns
            ]


def test_another_folder_and_order_give_the_same_bytes(stated: Workspace, tmp_path: Path) -> None:
    write_bulk(tmp_path / "transactions.csv", ROWS[:5])
    documents = {"transactions": (tmp_path / "transactions.csv").read_bytes(), **dict(reversed(DOCUMENTS.items()))}
    assert built(tmp_path, documents).snapshot().digests == stated.snapshot().digests


def test_a_further_document_leaves_the_parts_of_the_others_alone(tmp_path: Path) -> None:
    workspace = built(tmp_path, {"early": EARLY})
    [before] = workspace.paths.files(workspace.snapshot(), "authorizations")
    written = before.stat().st_mtime_ns
    list(workspace.add_stream(io.BytesIO(LATE), "late"))
    workspace.build()
    files = workspace.paths.files(workspace.snapshot(), "authorizations")
    assert before in files
    assert len(files) == 2
    assert before.stat().st_mtime_ns == written
