"""What stands in the tables: types, awards, recipients, subawards, coverage; the same bytes from the same inputs."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from importlib import resources
from pathlib import Path

import pytest

from tests import synthetic
from tests.stages import only_stages
from whosbehind import Workspace
from whosbehind.atlas import RECORDS
from whosbehind.tables import TABLES, Type

ROWS = list(synthetic.transactions(200, seed=3))
ARROW = {
    Type.TEXT: "string",
    Type.USD: "decimal128(18, 2)",
    Type.DAY: "date32[day]",
    Type.INTEGER: "int64",
    Type.FLAG: "bool",
    Type.SHARE: "decimal128(4, 3)",
    Type.NUMBER: "decimal128(24, 4)",
    Type.QUANTITY: "decimal128(38, 12)",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("built")
    workspace = Workspace.init(folder / "workspace")
    synthetic.write_bulk(folder / "transactions.csv", ROWS)
    synthetic.write_award_summaries(folder / "awards.csv", ROWS[:100])
    synthetic.write_subawards(folder / "subawards.csv", ROWS[:40])
    found = list(workspace.add([folder / "transactions.csv", folder / "awards.csv", folder / "subawards.csv"]))
    assert all(each.problem is None for each in found)
    workspace.build()
    return workspace


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_tables_have_exactly_the_declared_columns_and_types(built: Workspace, table: object) -> None:
    from whosbehind.tables import Table

    assert isinstance(table, Table)
    with built.engine() as engine:
        for path in built.paths.files(built.snapshot(), table.name):
            schema = engine.parquet([path], table.schema()).limit(0).to_pyarrow().schema
            assert schema.names == list(table.names())
            assert [str(schema.field(column.name).type) for column in table.columns] == [
                ARROW[column.type] for column in table.columns
            ]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_unique(built: Workspace, table: object) -> None:
    from whosbehind.tables import Table

    assert isinstance(table, Table)
    keys = [tuple(row[name] for name in table.key) for row in built.table(table.name)]
    assert len(keys) == len(set(keys))


def test_awards_carry_ceilings_that_no_figure_sums(built: Workspace) -> None:
    awards = built.table("awards")
    assert {row["award_id"] for row in awards} >= {row["award_id"] for row in built.table("transactions")}
    assert any(row["ceiling_usd"] and row["ceiling_usd"] > row["transactions_usd"] for row in awards)
    assert built.figure().obligated_usd == sum((row.obligated_usd for row in ROWS), Decimal(0))


def test_an_awards_transactions_are_those_of_the_ledger(built: Workspace) -> None:
    sums: dict[str, Decimal] = {}
    for row in built.table("transactions"):
        sums[row["award_id"]] = sums.get(row["award_id"], Decimal(0)) + row["obligated_usd"]
    assert {row["award_id"]: row["transactions_usd"] for row in built.table("awards") if row["transaction_count"]} == sums


def test_the_money_of_recipients_and_of_individuals_is_all_the_money(built: Workspace) -> None:
    named = sum((row["obligated_usd"] for row in built.table("recipients")), Decimal(0))
    others = sum((row["obligated_usd"] for row in built.table("transactions") if row["recipient_id"] is None), Decimal(0))
    assert named + others == sum((row.obligated_usd for row in ROWS), Decimal(0))


def test_subawards_are_a_total_of_their_own(built: Workspace) -> None:
    [document] = [each for each in built.table("documents") if each["grain"] == "subawards"]
    assert len(built.table("subawards")) == document["row_count"] > 0
    assert {row["award_id"] for row in built.table("subawards")} <= {row["award_id"] for row in built.table("awards")}


def test_coverage_holds_the_days_seen_of_each_agency(built: Workspace) -> None:
    for row in built.table("coverage"):
        days = [each.action_date for each in ROWS if each.awarding.code == row["agency_code"]]
        assert (row["first_date"], row["last_date"], row["transaction_count"]) == (min(days), max(days), len(days))


def test_another_folder_and_order_of_adding_give_the_same_snapshot(built: Workspace, tmp_path: Path) -> None:
    other = Workspace.init(tmp_path / "deep" / "below" / "workspace")
    for receipt in reversed(built.receipts()):
        path = tmp_path / receipt.file_name
        path.write_bytes(built.paths.blob(receipt.document_id).read_bytes())
        list(other.add([path]))
    other.build()
    assert other.snapshot().digests == built.snapshot().digests


def test_a_lake_that_was_deleted_is_built_again_to_the_same_bytes(built: Workspace, tmp_path: Path) -> None:
    workspace = Workspace(shutil.copytree(built.paths.root, tmp_path / "copy"))
    shutil.rmtree(workspace.paths.lake)
    assert workspace.build().id == built.snapshot().id
    assert bytes_of(workspace) == bytes_of(built)


def bytes_of(workspace: Workspace) -> dict[str, bytes]:
    snapshot = workspace.snapshot()
    return {name: (workspace.paths.lake / name).read_bytes() for names in snapshot.files.values() for name in names}


def test_a_row_without_transactions_or_documents_builds_empty_tables(workspace: Workspace) -> None:
    workspace.build()
    assert all(
        workspace.table(table.name) == []
        for table in TABLES
        if table.name not in {"ownership", *(content.name for content, _ in RECORDS)}
    )
    assert workspace.figure().obligated_usd == 0


def test_a_window_is_made_of_action_dates(built: Workspace) -> None:
    middle = sorted(row.action_date for row in ROWS)[100]
    before = built.figure(until=middle - dt.timedelta(days=1)).obligated_usd
    after = built.figure(since=middle).obligated_usd
    assert before + after == built.figure().obligated_usd


def test_a_document_with_far_too_few_rows_is_pointed_out(tmp_path: Path, workspace: Workspace) -> None:
    text = resources.files("whosbehind").joinpath("content", "shelf", "transactions.csv").read_text("utf-8")
    (tmp_path / "cut.csv").write_text("\n".join(text.splitlines()[:5]) + "\n", "utf-8")
    list(workspace.add([tmp_path / "cut.csv"]))
    with only_stages("read"):
        notes = workspace.build().notes
    assert any("cut.csv has 4 rows, fewer than the 100 expected" in note for note in notes)
