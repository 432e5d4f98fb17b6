"""A transaction counts once, in whatever layout and however many documents it comes."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import synthetic
from tests.effort import effort
from tests.stages import only_stages
from tests.synthetic import SyntheticTransaction
from whosbehind import Workspace
from whosbehind.intake import AddOptions
from whosbehind.records import Scope

ROWS = list(synthetic.transactions(60, seed=7))
WRITERS: dict[str, Callable[[Path, list[SyntheticTransaction]], None]] = {
    "bulk.csv": synthetic.write_bulk,
    "api.csv": synthetic.write_api_csv,
    "api.json": synthetic.write_api_json,
}


def day(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def total(rows: list[SyntheticTransaction]) -> Decimal:
    return sum((row.obligated_usd for row in rows), Decimal(0))


@pytest.fixture(autouse=True)
def settled() -> Iterator[None]:
    """Builds end when it is settled which rows count, and written down what became of each document."""
    with only_stages("read", "settle", "account"):
        yield


def counted(workspace: Workspace) -> tuple[Decimal, int]:
    """The sum and the number of the transactions that count."""
    amounts = [row["obligated_usd"] for row in workspace.table("transactions")]
    return sum(amounts, Decimal(0)), len(amounts)


def money(rows: list[SyntheticTransaction]) -> tuple[Decimal, int]:
    return total(rows), len(rows)


def added(workspace: Workspace, path: Path, received: str = "2025-01-01", scope: Scope | None = None) -> None:
    found = list(workspace.add([path], AddOptions(received_at=day(received), scope=scope)))
    assert [each.problem for each in found] == [None]


ROTATED = [("bulk.csv", "api.csv", "api.json"), ("api.csv", "api.json", "bulk.csv"), ("api.json", "bulk.csv", "api.csv")]


@pytest.mark.parametrize("order", effort(ROTATED, list(itertools.permutations(WRITERS))))
def test_the_same_transactions_in_several_layouts_count_once_in_any_order(order: tuple[str, ...], tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    for place, name in enumerate(order):
        path = tmp_path / name
        WRITERS[name](path, ROWS)
        added(workspace, path, f"2025-01-0{place + 1}")
    workspace.build()
    assert counted(workspace) == money(ROWS)


def test_the_layout_of_2018_states_nothing_that_is_counted_twice_or_at_all(tmp_path: Path, workspace: Workspace) -> None:
    synthetic.write_legacy(tmp_path / "fy.csv", synthetic.latest_only(ROWS))
    synthetic.write_bulk(tmp_path / "bulk.csv", ROWS)
    added(workspace, tmp_path / "bulk.csv", "2025-01-01")
    added(workspace, tmp_path / "fy.csv", "2025-02-01")
    workspace.build()
    assert counted(workspace) == money(ROWS)


def test_a_later_receipt_corrects_an_earlier_one_and_both_stay_visible(tmp_path: Path, workspace: Workspace) -> None:
    changed = dataclasses.replace(ROWS[0], obligated_usd=ROWS[0].obligated_usd + Decimal("100.00"))
    synthetic.write_bulk(tmp_path / "old.csv", ROWS)
    synthetic.write_bulk(tmp_path / "new.csv", [changed])
    added(workspace, tmp_path / "new.csv", "2025-06-01")
    added(workspace, tmp_path / "old.csv", "2025-01-01")
    workspace.build()
    assert counted(workspace)[0] == total(ROWS) + Decimal("100.00")
    [row] = [each for each in workspace.table("set_aside") if each["reason"] == "corrected"]
    assert row["differs_in"] == "obligated_usd"
    assert row["obligated_usd"] == ROWS[0].obligated_usd


def test_a_newer_answer_without_descriptions_does_not_push_out_the_whole_record(tmp_path: Path, workspace: Workspace) -> None:
    named = dataclasses.replace(ROWS[0], description="AMAZON WEB SERVICES")
    synthetic.write_bulk(tmp_path / "whole.csv", [named])
    synthetic.write_api_json(tmp_path / "answer.json", [dataclasses.replace(named, description="")])
    added(workspace, tmp_path / "whole.csv", "2025-01-01")
    added(workspace, tmp_path / "answer.json", "2025-06-01")
    workspace.build()
    [row] = workspace.table("transactions")
    assert row["description"] == "AMAZON WEB SERVICES"


@pytest.mark.parametrize("layout", WRITERS)
@pytest.mark.parametrize("blanks", [" ", "\xa0", "\u2003 \u3000"])
def test_blanks_of_any_kind_around_a_value_are_none_of_it(tmp_path: Path, workspace: Workspace, layout: str, blanks: str) -> None:
    row = dataclasses.replace(ROWS[0], recipient_name="EXAMPLE WORKS INC", description="PENS")
    padded = dataclasses.replace(row, recipient_name=f"{blanks}EXAMPLE WORKS INC{blanks}", description=f"PENS{blanks}")
    WRITERS[layout](tmp_path / layout, [padded])
    added(workspace, tmp_path / layout)
    workspace.build()
    [found] = workspace.table("transactions")
    assert (found["recipient_name"], found["description"]) == ("EXAMPLE WORKS INC", "PENS")


@pytest.mark.parametrize("printed", [None, "", "-NONE-", "OTHER", "lower"])
@pytest.mark.parametrize("has_parent", [True, False])
def test_the_parts_of_an_awards_key_are_read_from_it_whatever_is_printed_beside_it(
    tmp_path: Path, workspace: Workspace, printed: str | None, has_parent: bool
) -> None:
    row = next(each for each in ROWS if not each.is_vehicle and bool(each.parent_piid) is has_parent)
    synthetic.write_bulk(tmp_path / "bulk.csv", [row])
    with (tmp_path / "bulk.csv").open(encoding="utf-8", newline="") as stream:
        [cells] = csv.DictReader(stream)
    for column in ("parent_award_id_piid", "parent_award_agency_id"):
        cells[column] = cells[column].lower() if printed == "lower" else cells[column] if printed is None else printed
    with (tmp_path / "bulk.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, cells)
        writer.writeheader()
        writer.writerow(cells)
    added(workspace, tmp_path / "bulk.csv")
    workspace.build()
    [found] = workspace.table("transactions")
    expected = (row.award_id, row.piid, row.parent_piid, row.parent_agency_code, row.awarding.code)
    assert tuple(found[name] for name in ("award_id", "piid", "parent_piid", "parent_agency_code", "agency_code")) == expected


def test_no_vehicle_has_a_parent_named_none(tmp_path: Path, workspace: Workspace) -> None:
    vehicle = next(row for row in ROWS if row.is_vehicle)
    synthetic.write_bulk(tmp_path / "bulk.csv", [dataclasses.replace(vehicle, parent_piid="-NONE-", parent_agency_code="-NONE-")])
    added(workspace, tmp_path / "bulk.csv")
    workspace.build()
    [found] = workspace.table("transactions")
    assert (found["parent_piid"], found["parent_agency_code"]) == (None, None)


def test_documents_that_contradict_each_other_and_came_together_are_pointed_out(tmp_path: Path, workspace: Workspace) -> None:
    changed = dataclasses.replace(ROWS[0], obligated_usd=ROWS[0].obligated_usd + 1)
    synthetic.write_bulk(tmp_path / "one.csv", [ROWS[0]])
    synthetic.write_bulk(tmp_path / "two.csv", [changed])
    list(workspace.add([tmp_path / "one.csv", tmp_path / "two.csv"]))
    assert any("nothing says which" in note for note in workspace.build().notes)


def test_a_declared_scope_withdraws_what_the_newer_document_no_longer_has(tmp_path: Path, workspace: Workspace) -> None:
    days = sorted(row.action_date for row in ROWS)
    codes = tuple(sorted({row.awarding.code for row in ROWS}))
    synthetic.write_bulk(tmp_path / "old.csv", ROWS)
    synthetic.write_bulk(tmp_path / "new.csv", ROWS[1:])
    added(workspace, tmp_path / "old.csv", "2025-01-01")
    added(workspace, tmp_path / "new.csv", "2025-06-01", Scope(codes, days[0], days[-1]))
    workspace.build()
    assert counted(workspace) == money(ROWS[1:])
    [row] = [each for each in workspace.table("set_aside") if each["reason"] == "withdrawn"]
    assert row["obligated_usd"] == ROWS[0].obligated_usd


def test_without_a_declared_scope_nothing_is_withdrawn(tmp_path: Path, workspace: Workspace) -> None:
    synthetic.write_bulk(tmp_path / "old.csv", ROWS)
    synthetic.write_bulk(tmp_path / "new.csv", ROWS[1:])
    added(workspace, tmp_path / "old.csv", "2025-01-01")
    added(workspace, tmp_path / "new.csv", "2025-06-01")
    workspace.build()
    assert counted(workspace) == money(ROWS)


def test_a_scope_does_not_reach_beyond_its_days_and_agencies(tmp_path: Path, workspace: Workspace) -> None:
    middle = sorted(row.action_date for row in ROWS)[len(ROWS) // 2]
    code = ROWS[0].awarding.code
    synthetic.write_bulk(tmp_path / "old.csv", ROWS)
    synthetic.write_bulk(tmp_path / "new.csv", [row for row in ROWS if row.action_date > middle][:1])
    kept = [row for row in ROWS if row.awarding.code == code and row.action_date > middle][:1]
    added(workspace, tmp_path / "old.csv", "2025-01-01")
    added(workspace, tmp_path / "new.csv", "2025-06-01", Scope((code,), middle + dt.timedelta(days=1), dt.date(2099, 12, 31)))
    workspace.build()
    outside = [row for row in ROWS if row.awarding.code != code or row.action_date <= middle]
    inside = {row for row in [*kept, *[row for row in ROWS if row.action_date > middle][:1]] if row not in outside}
    new = [row for row in ROWS if row.action_date > middle][:1]
    assert counted(workspace)[0] == total(outside) + total([row for row in inside if row in new])


def test_exact_repetitions_in_a_document_count_once_and_are_reported(tmp_path: Path, workspace: Workspace) -> None:
    paying = next(row for row in ROWS if row.obligated_usd > 0)
    synthetic.write_api_csv(tmp_path / "page.csv", [*ROWS, paying])
    added(workspace, tmp_path / "page.csv")
    snapshot = workspace.build()
    assert counted(workspace) == money(ROWS)
    assert any("may be missing (1 row)" in note for note in snapshot.notes)


def test_a_twin_that_another_document_has_is_recovered(tmp_path: Path, workspace: Workspace) -> None:
    first = next(row for row in ROWS if row.obligated_usd > 0)
    twin = dataclasses.replace(first, modification_number="P00077", parent_piid=first.parent_piid)
    synthetic.write_api_csv(tmp_path / "shuffled.csv", [first, first])
    synthetic.write_api_csv(tmp_path / "whole.csv", [first, twin])
    added(workspace, tmp_path / "shuffled.csv", "2025-06-01")
    added(workspace, tmp_path / "whole.csv", "2025-01-01")
    snapshot = workspace.build()
    assert counted(workspace)[0] == first.obligated_usd + twin.obligated_usd
    assert not any("up to" in note for note in snapshot.notes)


def test_rows_of_a_feed_without_numbers_that_differ_are_different_transactions(tmp_path: Path, workspace: Workspace) -> None:
    other = dataclasses.replace(ROWS[0], obligated_usd=ROWS[0].obligated_usd + 5)
    synthetic.write_api_csv(tmp_path / "api.csv", [ROWS[0], other])
    added(workspace, tmp_path / "api.csv")
    workspace.build()
    assert counted(workspace) == money([ROWS[0], other])


@pytest.mark.parametrize("api_is_newer", [True, False])
def test_transaction_numbers_of_one_layout_find_the_rows_of_another_without_them(
    api_is_newer: bool, tmp_path: Path, workspace: Workspace
) -> None:
    base = ROWS[0]
    second = dataclasses.replace(base, transaction_number="1", obligated_usd=base.obligated_usd + 5)
    third = dataclasses.replace(base, transaction_number="2", obligated_usd=base.obligated_usd + 9)
    synthetic.write_bulk(tmp_path / "bulk.csv", [base, second, third])
    synthetic.write_api_csv(tmp_path / "api.csv", [third, second])
    added(workspace, tmp_path / "bulk.csv", "2025-03-01")
    added(workspace, tmp_path / "api.csv", "2025-06-01" if api_is_newer else "2025-01-01")
    workspace.build()
    assert counted(workspace) == money([base, second, third])


@settings(max_examples=effort(5, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spread=st.lists(st.lists(st.sampled_from(range(len(ROWS))), min_size=1, max_size=25), min_size=1, max_size=4),
    random=st.randoms(use_true_random=False),
)
def test_however_transactions_are_spread_over_documents_their_sum_is_that_of_the_distinct_ones(
    spread: list[list[int]], random: object, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("spread")
    workspace = Workspace.init(folder / "workspace")
    writers = [synthetic.write_bulk, synthetic.write_api_csv]
    for place, chosen in enumerate(spread):
        path = folder / f"{place}.csv"
        writers[random.randrange(2)](path, [ROWS[index] for index in chosen])  # type: ignore[attr-defined]
        added(workspace, path, f"2025-01-{random.randrange(1, 28):02d}")  # type: ignore[attr-defined]
    workspace.build()
    distinct = {index for chosen in spread for index in chosen}
    assert counted(workspace) == money([ROWS[index] for index in distinct])
    for document in workspace.table("documents"):
        assert document["row_count"] == document["taken_count"] + document["set_aside_count"] + document["rejected_count"]
