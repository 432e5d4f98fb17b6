"""The real records of fiscal years 2021 to 2024: every row accounted for, every figure recomputed another way."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import shutil
from decimal import Decimal
from importlib import resources
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.real.oracle import Raw
from tests.stages import only_stages
from whosbehind import Workspace
from whosbehind.intake import AddOptions
from whosbehind.values import Route

Routed = list[tuple[Raw, dict[str, str]]]


def test_taken_set_aside_and_rejected_add_up_to_the_rows_of_each_file(real: Workspace, files: list[Path]) -> None:
    documents = {each["file_name"]: each for each in real.table("documents")}
    for file in files:
        document = documents[file.name]
        lines = len(file.read_text("utf-8").splitlines()) - 1
        assert document["row_count"] >= lines - 50  # cells with line breaks make lines, not rows
        assert document["row_count"] == document["taken_count"] + document["set_aside_count"] + document["rejected_count"]


def test_the_total_equals_a_plain_sum_over_distinct_rows_to_the_cent(real: Workspace, raw: list[Raw]) -> None:
    figure = real.figure()
    assert figure.obligated_usd == sum((row.amount for row in raw), Decimal(0))
    assert figure.transaction_count == len(raw)


def test_repeated_keys_of_the_paged_feed_are_said_as_money_that_may_be_missing(real: Workspace) -> None:
    repeated = [row for row in real.table("set_aside") if row["reason"] == "repeated in document"]
    snapshot = real.snapshot()
    assert any("may be missing" in note and f"{len(repeated)} rows" in note for note in snapshot.notes)


def test_the_same_evidence_added_in_another_order_gives_the_same_bytes(
    real: Workspace, files: list[Path], tmp_path: Path
) -> None:
    other = Workspace.init(tmp_path / "elsewhere" / "workspace")
    for file in reversed(files):
        list(other.add([file]))
    other.build()
    assert _bytes_of(other) == _bytes_of(real)
    assert other.snapshot().id == real.snapshot().id


def _bytes_of(workspace: Workspace) -> dict[str, str]:
    snapshot = workspace.snapshot()
    return {
        name: hashlib.sha256((workspace.paths.lake / name).read_bytes()).hexdigest()
        for names in snapshot.files.values()
        for name in names
    }


def test_a_second_build_computes_nothing(real: Workspace) -> None:
    before = {path: path.stat().st_mtime_ns for path in real.paths.lake.rglob("*.parquet")}
    real.build()
    assert {path: path.stat().st_mtime_ns for path in real.paths.lake.rglob("*.parquet")} == before


def test_a_figure_of_each_agency_and_year_equals_a_query_over_the_raw_files(real: Workspace, files: list[Path]) -> None:
    sql = f"""
        SELECT "Agency", year("Action Date"::DATE + INTERVAL 92 DAY), sum("Federal Action Obligation"::DECIMAL(18,2)), count(*)
        FROM (SELECT DISTINCT * FROM read_csv({[str(file) for file in files]!r}, all_varchar = true, header = true))
        GROUP BY ALL ORDER BY ALL"""
    expected = duckdb.sql(sql).fetchall()
    figure = real.figure(by=("agency", "fiscal_year"))
    found = sorted(
        (g.of["agency"], g.of["fiscal_year"], g.amount.obligated_usd, g.amount.transaction_count) for g in figure.groups
    )
    assert found == expected


CASES = [
    (organisations, agencies, since, until)
    for organisations in (
        ["amazon"],
        ["microsoft"],
        ["palantir"],
        ["thomson_reuters", "relx"],
        ["oracle", "salesforce", "google"],
    )
    for agencies, since, until in (
        ([], None, None),
        (["ICE"], dt.date(2022, 1, 1), None),
        (["CBP"], None, dt.date(2023, 9, 30)),
        (["ICE", "CBP"], dt.date(2021, 7, 15), dt.date(2024, 2, 29)),
        (["DHS"], dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    )
]


@pytest.mark.parametrize(("organisations", "agencies", "since", "until"), effort(CASES[::6], CASES))
def test_a_figure_equals_the_sum_of_the_raw_rows_that_name_the_organisations(
    real: Workspace, routes: Routed, organisations: list[str], agencies: list[str], since: dt.date | None, until: dt.date | None
) -> None:
    figure = real.figure(organisations=organisations, agencies=agencies, since=since, until=until)
    direct, reseller = _expected(routes, set(organisations), agencies, since, until)
    assert figure.by_route["direct"].obligated_usd == sum(direct, Decimal(0))
    assert figure.by_route["reseller"].obligated_usd == sum(reseller, Decimal(0))
    assert figure.transaction_count == len(direct) + len(reseller)


def _expected(
    routes: Routed, organisations: set[str], agencies: list[str], since: dt.date | None, until: dt.date | None
) -> tuple[list[Decimal], list[Decimal]]:
    direct: list[Decimal] = []
    reseller: list[Decimal] = []
    for row, named in routes:
        own = {route for organisation, route in named.items() if organisation in organisations}
        if not own or (agencies and agencies != ["DHS"] and row.agency not in agencies):
            continue
        if (since and row.day < since) or (until and row.day > until):
            continue
        (direct if "direct" in own else reseller).append(row.amount)
    return direct, reseller


DAYS = st.dates(dt.date(2020, 9, 1), dt.date(2024, 11, 1))


@settings(max_examples=effort(8, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(
        st.sampled_from(["amazon", "microsoft", "cisco", "dell", "axon", "motorola_solutions", "verizon", "leidos"]),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([[], ["ICE"], ["CBP"], ["ICE", "CBP"]]),
    st.one_of(st.none(), DAYS),
    st.one_of(st.none(), DAYS),
    st.sampled_from([None, Route.DIRECT, Route.RESELLER]),
)
def test_any_figure_equals_the_sum_of_its_raw_rows(
    real: Workspace,
    routes: Routed,
    organisations: set[str],
    agencies: list[str],
    since: dt.date | None,
    until: dt.date | None,
    route: Route | None,
) -> None:
    if since and until and since > until:
        since, until = until, since
    figure = real.figure(organisations=sorted(organisations), agencies=agencies, since=since, until=until, route=route)
    direct, reseller = _expected(routes, organisations, agencies, since, until)
    chosen = {None: direct + reseller, Route.DIRECT: direct, Route.RESELLER: reseller}[route]
    assert figure.obligated_usd == sum(chosen, Decimal(0))
    assert figure.transaction_count == len(chosen)
    assert sum((row["obligated_usd"] for row in figure.rows), Decimal(0)) == figure.obligated_usd


def test_the_bundled_extract_states_what_the_record_states(raw: list[Raw]) -> None:
    known = {(row.award_id, row.modification): row for row in raw}
    text = resources.files("whosbehind").joinpath("content", "shelf", "transactions.csv").read_text("utf-8")
    for fact in csv.DictReader(text.splitlines()):
        row = known[(fact["award_id"], fact["modification_number"])]
        assert (fact["action_date"], fact["obligated_usd"], fact["agency"]) == (
            row.day.isoformat(),
            f"{row.amount:.2f}",
            row.agency,
        )
        assert fact["recipient_name"] == row.recipient
        assert all(part.upper() in row.description.upper() for part in fact["words_named"].split("; "))
        assert fact["usaspending_url"] == f"https://www.usaspending.gov/award/{row.award_id}"


def copied(real: Workspace, folder: Path) -> Workspace:
    """The same workspace once more, by links: what is in the lake is never written again."""
    return Workspace(shutil.copytree(real.paths.root, folder / "workspace", copy_function=os.link))


def test_rows_of_the_extract_yield_to_the_full_record(real: Workspace, raw: list[Raw], tmp_path: Path) -> None:
    workspace = copied(real, tmp_path)
    list(workspace.add_extract())
    workspace.build()
    figure = workspace.figure()
    assert figure.obligated_usd == sum((row.amount for row in raw), Decimal(0))
    assert figure.coverage["extract"]["transaction_count"] == 0


def test_later_snapshots_count_each_transaction_once_and_keep_what_was_corrected(data: Path, tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    for file in sorted((data / "usaspending" / "snapshots").glob("*.csv")):
        day = dt.datetime.fromisoformat(file.stem.split("_")[1]).replace(tzinfo=dt.UTC)
        list(workspace.add([file], AddOptions(received_at=day)))
    workspace.build()
    rows = workspace.figure().rows
    assert len({row["transaction_id"] for row in rows}) == len(rows)
    documents = workspace.table("documents")
    assert all(each["row_count"] == each["taken_count"] + each["set_aside_count"] + each["rejected_count"] for each in documents)
    latest = max(documents, key=lambda each: each["received_date"])
    assert latest["taken_count"] > 0.98 * latest["row_count"]


def test_an_earlier_day_sees_only_the_evidence_received_by_then(data: Path, tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    first, *_, last = sorted((data / "usaspending" / "snapshots").glob("*.csv"))
    for file in (first, last):
        day = dt.datetime.fromisoformat(file.stem.split("_")[1]).replace(tzinfo=dt.UTC)
        list(workspace.add([file], AddOptions(received_at=day)))
    workspace.build()
    alone = Workspace.init(tmp_path / "alone")
    list(alone.add([first], AddOptions(received_at=dt.datetime(2026, 2, 13, tzinfo=dt.UTC))))
    alone.build()
    assert workspace.figure(known=dt.date(2026, 2, 13)).obligated_usd == alone.figure().obligated_usd
    assert workspace.figure().obligated_usd != alone.figure().obligated_usd


def test_every_layout_of_the_publisher_is_read_or_kept(data: Path, tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    added = list(workspace.add([data / "usaspending"]))
    assert all(each.problem is None for each in added)
    workspace.build()
    documents = workspace.table("documents")
    assert {each["status"] for each in documents} <= {"read", "kept"}
    for each in documents:
        assert each["row_count"] == each["taken_count"] + each["set_aside_count"] + each["rejected_count"], each["file_name"]
    assert {each["grain"] for each in documents if each["status"] == "read"} == {
        "transactions",
        "awards",
        "subawards",
        "recipients",
    }


def test_rows_that_hold_only_the_latest_modification_are_in_no_figure(data: Path, tmp_path: Path) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    list(workspace.add([data / "usaspending" / "legacy"]))
    workspace.build()
    assert workspace.figure().transaction_count == 0
    assert sum(each["taken_count"] for each in workspace.table("documents")) > 2000


def test_a_fifth_file_leaves_the_parts_of_the_others_alone(real: Workspace, data: Path, tmp_path: Path) -> None:
    workspace = copied(real, tmp_path)
    before = {path.name for path in (workspace.paths.lake / "read").glob("*.parquet")}
    list(workspace.add([sorted((data / "usaspending" / "snapshots").glob("*.csv"))[0]]))
    with only_stages("read"):
        workspace.build()
    after = {path.name for path in (workspace.paths.lake / "read").glob("*.parquet")}
    assert before < after
    assert len(after - before) == 1


def test_figure_json_has_what_is_promised(real: Workspace) -> None:
    figure = real.figure(organisations=["amazon"], agencies=["ICE"], by=("fiscal_year", "agency", "route", "recipient"))
    entry = json.loads(json.dumps(figure.as_json(with_rows=True)))
    promised = (
        "obligated_usd transaction_count by_route window agencies agency_role organisations basis snapshot coverage groups rows"
    )
    assert set(promised.split()) <= set(entry)
    assert set(entry["by_route"]["direct"]) == {"obligated_usd", "transaction_count"}
    assert sum(Decimal(group["obligated_usd"]) for group in entry["groups"]) == Decimal(entry["obligated_usd"])
    row = "award_id modification_number action_date obligated_usd agency recipient_name description organisation_id route"
    assert set(f"{row} role confidence matched citation".split()) <= set(entry["rows"][0])
