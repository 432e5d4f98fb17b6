"""Resolving a person's own list of names against the vendors and families of a workspace."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.command import run_here
from tests.effort import effort
from tests.stages import only_stages
from tests.vendors.invented import built, made
from whosbehind import Workspace
from whosbehind.values import Basis

ROWS = [
    made(1, "BRINDLEMARK SYSTEMS, INC.", "BRINDLEMARK1"),
    made(2, "BRINDLEMARK SYSTEMS INCORPORATED"),
    made(4, "TWIN-OAK LLC", "TWINOAKAAAA1"),
    made(8, "TWIN OAK, LLC", "TWINOAKBBBB2"),
    made(16, "SABLEFOX ANALYTICS INC", "SABLEFOXAAA1"),
    made(32, "SABLEFOX OLDMERE JOINT VENTURE", "SABLEFOXJV01"),
    made(64, "PINEMOOR LLC", "PINEMOORLLC1", recipient_parent_name="PINEMOOR GROUP", recipient_parent_uei="PINEMOORGRP1"),
    made(128, "FOXGLOVEWARE INC", "FOXGLOVEWAR1"),
    made(256, "SPRINGFIELD, CITY OF", "SPRINGFIELD1"),
    made(512, "DOE, JANE", "JANEDOEXXXX1"),
    made(1024, "MISCELLANEOUS FOREIGN AWARDEES", "MISCFOREIGN1"),
    made(2048, "OAK & FERN CO", "OAKANDFERNC1", description="SABLEFOX LICENSES"),
]
PRINTED = [row.recipient_name for row in ROWS]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return built(tmp_path_factory.mktemp("resolve"), ROWS)


def vendor(workspace: Workspace, name: str) -> str | None:
    return workspace.resolve([name])[0].vendor_id


def test_every_printed_name_resolves_to_the_vendor_of_the_snapshot(workspace: Workspace) -> None:
    for row in workspace.table("vendors"):
        assert vendor(workspace, row["recipient_name"]) == row["vendor_id"]


@pytest.mark.parametrize(
    ("name", "uei"),
    [
        ("Brindlemark Systems", "BRINDLEMARK1"),
        ("BRINDLEMARK SYSTEMS L.L.C.", "BRINDLEMARK1"),
        ("BRINDLEMARK SYSTEMS INC DBA MARKS", "BRINDLEMARK1"),
        ("Brindle Mark Systems, Inc.", "BRINDLEMARK1"),
        ("City of Springfield", "SPRINGFIELD1"),
        ("SPRINGFIELD, CITY OF (5752)", "SPRINGFIELD1"),
        ("OAK &AMP; FERN COMPANY", "OAKANDFERNC1"),
        ("Oak and Fern, Co.", "OAKANDFERNC1"),
    ],
)
def test_other_spellings_find_the_vendor(workspace: Workspace, name: str, uei: str) -> None:
    assert vendor(workspace, name) == f"uei:{uei}"


def test_another_legal_form_is_not_taken_for_the_vendor(workspace: Workspace) -> None:
    assert vendor(workspace, "BRINDLEMARK SYSTEMS CORP") not in {f"uei:{row.recipient_uei}" for row in ROWS}
    assert vendor(workspace, "BRINDLEMARK SYSTEMS CORP") != vendor(workspace, "BRINDLEMARK SYSTEMS LTD")


def test_twins_with_two_ueis_stay_two_and_wait_in_the_review_queue(workspace: Workspace) -> None:
    assert vendor(workspace, "TWIN-OAK LLC") == "uei:TWINOAKAAAA1"
    assert vendor(workspace, "TWIN OAK, LLC") == "uei:TWINOAKBBBB2"
    [pair] = [row for row in workspace.table("review") if row["left_vendor_id"].startswith("uei:TWIN")]
    assert (pair["right_vendor_id"], pair["reason"]) == ("uei:TWINOAKBBBB2", "same name, two identifiers")
    assert pair["obligated_usd"] == 4


@pytest.mark.parametrize("name", ["DOE, JANE", "DOE, JOHN", "MISCELLANEOUS FOREIGN AWARDEES", "REDACTED", "", "  "])
def test_persons_placeholders_and_blanks_are_never_vendors(workspace: Workspace, name: str) -> None:
    [found] = workspace.resolve([name])
    assert (found.vendor_id, found.family_id) == (None, None)
    assert found.basis in (Basis.INDIVIDUAL, Basis.UNDISCLOSED)


def test_the_money_of_persons_and_placeholders_stays_in_the_total_but_in_no_vendor(workspace: Workspace) -> None:
    assert workspace.figure().obligated_usd == sum((row.obligated_usd for row in ROWS), Decimal(0))
    assert not {"DOE, JANE", "MISCELLANEOUS FOREIGN AWARDEES"} & {row["recipient_name"] for row in workspace.table("vendors")}


def test_a_family_holds_at_the_day_asked_for(workspace: Workspace) -> None:
    before, after = (workspace.resolve(["SABLEFOX ANALYTICS INC"], day)[0] for day in (dt.date(2020, 6, 30), dt.date(2020, 7, 1)))
    assert (before.vendor_id, before.family_id) == ("uei:SABLEFOXAAA1", "oldmere")
    assert (after.vendor_id, after.family_id) == ("uei:SABLEFOXAAA1", "newmere")


def test_a_joint_venture_is_its_own_vendor_and_family_with_partners_in_the_table(workspace: Workspace) -> None:
    [found] = workspace.resolve(["Sablefox Oldmere Joint Venture"], dt.date(2020, 1, 1))
    assert found.vendor_id == found.family_id == "uei:SABLEFOXJV01"
    [row] = [row for row in workspace.table("families") if row["vendor_id"] == found.vendor_id]
    assert row["partners"] == "sablefox; oldmere"


def test_a_printed_parent_is_a_hint(workspace: Workspace) -> None:
    [found] = workspace.resolve(["PINEMOOR LLC"])
    assert found.family_id == "uei:PINEMOORGRP1"
    assert "parent as printed: PINEMOOR GROUP" in found.because


def test_a_product_has_no_family_but_itself_before_it_was_owned(workspace: Workspace) -> None:
    families = [workspace.resolve(["FOXGLOVEWARE INC"], dt.date(year, 6, 1))[0].family_id for year in (2019, 2021)]
    assert families == ["uei:FOXGLOVEWAR1", "newmere"]


def test_every_vendor_of_the_table_has_one_family_on_every_day(workspace: Workspace) -> None:
    families = workspace.table("families")
    for vendor_id in {row["vendor_id"] for row in workspace.table("vendors")}:
        for day in (dt.date(1990, 1, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1), dt.date(2021, 1, 1), dt.date(2030, 1, 1)):
            holding = [
                row
                for row in families
                if row["vendor_id"] == vendor_id and (row["from_date"] or dt.date.min) <= day <= (row["to_date"] or dt.date.max)
            ]
            assert len(holding) == 1


def test_an_unknown_name_keeps_one_id_in_every_workspace_and_the_atlas_may_know_its_family(
    workspace: Workspace, tmp_path: Path
) -> None:
    names = ["Quartzhollow Ltd", "QUARTZHOLLOW, LIMITED"]
    one, other = (found.vendor_id for found in workspace.resolve(names))
    assert one == other
    empty = Workspace.init(tmp_path / "empty")
    with only_stages("link"):
        empty.build()
    assert {found.vendor_id for found in empty.resolve(names)} == {one}
    [found] = workspace.resolve(["SABLEFOX UNHEARD LTD"], dt.date(2021, 1, 1))
    assert (found.family_id, found.basis) == ("newmere", Basis.OWN)


FORMS = ("", " INC", ", Inc.", " Incorporated", " LLC", ", L.L.C.")


@settings(max_examples=effort(5, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["QUILLANE", "Oak & Elm", "Terraquill Data"]), st.lists(st.sampled_from(FORMS), min_size=2), st.booleans())
def test_all_spellings_of_one_name_resolve_to_one_id(workspace: Workspace, name: str, forms: list[str], is_upper: bool) -> None:
    spellings = [(name + form).upper() if is_upper and place % 2 else name + form for place, form in enumerate(forms)]
    found = workspace.resolve([*spellings, name.replace("&", "AND"), name.replace("&", "&AMP;")])
    assert len({each.vendor_id for each in found}) == 1


# The command --------------------------------------------------------------

LIST = 'no,Firm\n7,BRINDLEMARK SYSTEMS INC\n3,\n5,Quartzhollow Ltd\n3,"DOE, JANE"\n1,Brindlemark Systems LLC\n'


def written(folder: Path, text: str | bytes) -> str:
    file = folder / "list.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_every_row_comes_back_in_order_with_its_own_columns_in_csv_and_json(workspace: Workspace, tmp_path: Path) -> None:
    words = ("resolve", written(tmp_path, "\ufeff" + LIST), "--column", "Firm", "--as-of", "2021-01-01", "--format")
    shown = run_here(*words, "csv", folder=workspace.paths.root)
    assert shown.returncode == 0, shown.stderr
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    own = list(csv.DictReader(io.StringIO(LIST)))
    assert list(rows[0]) == ["no", "Firm", "vendor_id", "family_id", "basis", "score", "because"]
    assert [(row["no"], row["Firm"]) for row in rows] == [(row["no"], row["Firm"]) for row in own]
    assert [bool(row["vendor_id"]) for row in rows] == [True, False, True, False, True]
    assert rows[0]["vendor_id"] == rows[4]["vendor_id"] == "uei:BRINDLEMARK1"
    listed = json.loads(run_here(*words, "json", folder=workspace.paths.root).stdout)
    assert [{key: str(value) for key, value in row.items() if key in ("no", "Firm", "basis")} for row in listed] == [
        {key: row[key] for key in ("no", "Firm", "basis")} for row in rows
    ]
    assert [row["vendor_id"] or "" for row in listed] == [row["vendor_id"] for row in rows]


def test_the_table_shows_each_name_with_its_vendor(workspace: Workspace, tmp_path: Path) -> None:
    shown = run_here("resolve", written(tmp_path, LIST), "--column", "Firm", folder=workspace.paths.root, COLUMNS="200")
    assert shown.returncode == 0
    assert "uei:BRINDLEMARK1" in shown.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name\nACME\n", "there is no column 'Firm'. It has: name."),
        ("", "there is no column 'Firm'. It has: no header."),
        ("Firm\n", "there is no row below the header."),
        ("Firm\nSOCIÉTÉ\n".encode("latin-1"), "this is no CSV file in UTF-8"),
        ("Firm\nACME\n".encode("utf-16"), "this is no CSV file in UTF-8"),
        ("Firm,no\nACME, INC.,1\n", "list.csv, line 2: this row has more cells than the header."),
        ("Firm,score\nACME,5\n", "the column 'score' is one that this command adds."),
        ("Firm,Firm\nACME,OAKVALE\n", "the column 'Firm' stands twice in the header."),
    ],
)
def test_a_list_that_cannot_be_used_is_one_clear_error_with_status_2(
    workspace: Workspace, tmp_path: Path, text: str | bytes, said: str
) -> None:
    done = run_here("resolve", written(tmp_path, text), "--column", "Firm", folder=workspace.paths.root)
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert said in line


def test_a_missing_list_and_a_workspace_without_a_build_are_one_error_each(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "empty")
    for file, said in ((str(tmp_path / "none.csv"), "does not exist"), (written(tmp_path, LIST), "nothing is built yet")):
        done = run_here("resolve", file, "--column", "Firm", folder=tmp_path / "empty")
        assert done.returncode == 2
        [line] = done.stderr.splitlines()
        assert said in line
