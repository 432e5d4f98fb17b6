"""A document's layout is told from its beginning, and every deviation is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.published import dashboard, inventory, listing, marketplace, product
from tests.synthetic import latest_only, transactions, write_api_csv, write_api_json, write_bulk, write_legacy
from whosbehind import Workspace
from whosbehind.intake import Added, AddOptions
from whosbehind.ledger import ReadPart, read_document
from whosbehind.records import Document
from whosbehind.sources import Recognition, bundled_sources, recognise

ROWS = list(transactions(40))
BULK, API_CSV, LEGACY = "usaspending_transactions_bulk", "usaspending_transactions_csv", "usaspending_contracts_2018"
ANSWERS, AWARD, AWARDS = "usaspending_api_answers", "usaspending_api_award", "usaspending_api_awards"
REAL = {
    "api/agency.json": ANSWERS,
    "api/agency_autocomplete.json": ANSWERS,
    "api/agency_award_summary.json": ANSWERS,
    "api/agency_subagencies.json": ANSWERS,
    "api/awards/accounts.json": ANSWERS,
    "api/awards/award_funding_grant.json": ANSWERS,
    "api/awards/contract.json": AWARD,
    "api/awards/grant.json": AWARD,
    "api/awards/idv.json": AWARD,
    "api/awards/idv_awards.json": "usaspending_api_idv_orders",
    "api/awards/loan.json": AWARD,
    "api/awards/search_results_contracts.json": AWARDS,
    "api/awards/search_results_grants.json": AWARDS,
    "api/awards/search_results_idvs.json": AWARDS,
    "api/awards/search_results_subawards.json": "usaspending_api_subawards",
    "api/awards/transactions.json": "usaspending_api_award_transactions",
    "api/download_assistance.json": ANSWERS,
    "api/download_status.json": ANSWERS,
    "api/recipient_university.json": "usaspending_api_recipient_profile",
    "api/recipients_search.json": "usaspending_api_recipients",
    "api/spending_by_award_contracts.json": AWARDS,
    "api/spending_by_district.json": ANSWERS,
    "api/spending_by_recipient.json": "usaspending_api_recipient_spending",
    "api/spending_by_state.json": ANSWERS,
    "api/tas_agencies.json": ANSWERS,
    "api/tas_codes.json": ANSWERS,
    "api/tas_federal_accounts.json": ANSWERS,
    "api/top_recipients_params.json": ANSWERS,
    "api/top_recipients_response.json": "usaspending_api_recipient_spending",
    "bulk/Assistance_PrimeAwardSummaries_2025-03-21_H19M57S39_1.csv": "usaspending_assistance_summaries",
    "bulk/Contracts_PrimeAwardSummaries_2025-03-21_H19M57S23_1.csv": "usaspending_award_summaries",
    "bulk/Contracts_Subawards_2025-03-28_H03M23S17_1.csv": "usaspending_subawards",
    "bulk/contract_transactions_297_fields.json": None,
    "legacy/fy13.csv": LEGACY,
    "legacy/fy16.csv": LEGACY,
    "legacy/fy17.csv": LEGACY,
    "snapshots/fy2026_2026-02-13.csv": API_CSV,
    "snapshots/fy2026_2026-02-24.csv": API_CSV,
    "snapshots/fy2026_2026-03-02.csv": API_CSV,
    "transactions/CBP_ICE_FY2021_Contract_Obligations.csv": API_CSV,
    "transactions/CBP_ICE_FY2022_Contract_Obligations.csv": API_CSV,
    "transactions/CBP_ICE_FY2023_Contract_Obligations.csv": API_CSV,
    "transactions/CBP_ICE_FY2024_Contract_Obligations.csv": API_CSV,
}


def told(text: str, *ignored: str, only: str | None = None) -> Recognition:
    return recognise(bundled_sources(), text, is_whole=True, ignored=ignored, only=only)


def add(workspace: Workspace, path: Path, options: AddOptions | None = None) -> Added:
    (added,) = workspace.add([path], options)
    return added


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("text") / "api.csv"
    write_api_csv(path, ROWS)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("answer") / "api.json"
    write_api_json(path, ROWS[:3])
    return path.read_text("utf-8")


def rewritten(text: str, change: Callable[[list[list[str]]], list[list[str]]], delimiter: str = ",") -> str:
    """The same CSV after a change to its cells."""
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, lineterminator="\n").writerows(change(list(csv.reader(io.StringIO(text)))))
    return target.getvalue()


def with_column(name: str) -> Callable[[list[list[str]]], list[list[str]]]:
    return lambda rows: [rows[0] + [name], *([*row, "x"] for row in rows[1:])]


def without_column(name: str) -> Callable[[list[list[str]]], list[list[str]]]:
    return lambda rows: [[cell for cell, column in zip(row, rows[0], strict=True) if column != name] for row in rows]


def renamed(old: str, new: str) -> Callable[[list[list[str]]], list[list[str]]]:
    return lambda rows: [[new if cell == old else cell for cell in rows[0]], *rows[1:]]


def test_every_real_file_is_recognised(data: Path, workspace: Workspace) -> None:
    folder = data / "usaspending"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): add(workspace, path) for path in files}
    assert {name: added.source and added.source.id for name, added in found.items()} == REAL
    assert {name: added.problem for name, added in found.items() if added.problem} == {}


@pytest.mark.parametrize(
    ("write", "source_id"),
    [(write_bulk, BULK), (write_api_csv, API_CSV), (write_legacy, LEGACY), (write_api_json, "usaspending_api_transactions")],
)
def test_a_layout_is_recognised(workspace: Workspace, tmp_path: Path, write: Callable[..., None], source_id: str) -> None:
    write(tmp_path / "document", latest_only(ROWS))
    added = add(workspace, tmp_path / "document")
    assert added.source is not None
    assert (added.source.id, added.problem) == (source_id, None)


def test_the_layout_of_2018_is_recognised_with_its_header_too(workspace: Workspace, tmp_path: Path) -> None:
    write_legacy(tmp_path / "document", latest_only(ROWS), header=True)
    added = add(workspace, tmp_path / "document")
    assert added.source is not None
    assert (added.source.id, added.problem) == (LEGACY, None)


@pytest.mark.parametrize("text", ["", "\n\n", "plain words\n", "a,b,c\n1,2,3\n", "<html></html>", "%PDF-1.7", "{}", "[]", "[1]"])
def test_what_is_no_feed_of_ours_is_kept_without_complaint(text: str) -> None:
    found = told(text)
    assert (found.source and found.source.id) in (None, ANSWERS)
    assert found.problem is None


def test_a_header_without_rows_is_fine(text: str) -> None:
    found = told(text.splitlines()[0])
    assert found.source is not None
    assert (found.source.id, found.problem) == (API_CSV, None)


def test_a_new_column_stops_the_reader_with_its_name(text: str) -> None:
    found = told(rewritten(text, with_column("Brand New")))
    assert found.source is not None
    assert found.problem == f"its header is not as {API_CSV} declares it: it has the unknown column 'Brand New'"


def test_a_missing_column_stops_the_reader_with_its_name(text: str) -> None:
    assert "it lacks the column 'NAICS Description'" in str(told(rewritten(text, without_column("NAICS Description"))).problem)


def test_a_missing_key_column_stops_the_reader_with_its_name(text: str) -> None:
    assert "it lacks the column 'Action Date'" in str(told(rewritten(text, without_column("Action Date"))).problem)


def test_a_renamed_column_is_suggested_by_its_new_name(text: str) -> None:
    found = told(rewritten(text, renamed("Recipient Name", "Recipient Name (Legal)")))
    assert "it lacks the column 'Recipient Name' (renamed to 'Recipient Name (Legal)'?)" in str(found.problem)
    assert "unknown" not in str(found.problem)


def test_a_repeated_column_stops_the_reader_with_its_name(text: str) -> None:
    assert told(rewritten(text, with_column("Agency"))).problem == "the column 'Agency' stands twice in its header"


def test_many_deviations_are_counted_after_the_first_five(text: str) -> None:
    found = told(rewritten(text, lambda rows: [rows[0] + [f"New {number}" for number in range(9)]]))
    assert str(found.problem).endswith("; and 4 more")


def test_a_new_column_that_is_ignored_by_name_lets_the_rest_pass(text: str) -> None:
    assert told(rewritten(text, with_column("Brand New")), "Brand New").problem is None


def test_a_missing_column_that_is_ignored_by_name_lets_the_rest_pass(text: str) -> None:
    assert told(rewritten(text, without_column("NAICS Description")), "NAICS Description").problem is None


def test_a_column_that_rows_cannot_be_counted_without_cannot_be_ignored(text: str) -> None:
    assert "the column 'Action Date' cannot be ignored" in str(told(text, "Action Date").problem)


def test_a_header_behind_an_empty_line_is_named_as_such(text: str) -> None:
    assert "it begins with an empty line" in str(told("\n" + text).problem)


@pytest.mark.parametrize("wanted", [BULK, "usaspending_api_awards"])
def test_a_document_that_is_not_of_the_source_asked_for_is_told_so(text: str, answer: str, wanted: str) -> None:
    for document in (text, answer):
        assert told(document, only=wanted).problem == f"its layout is not that of {wanted}"


def test_a_new_key_in_an_answer_stops_the_reader_with_its_place(answer: str) -> None:
    found = told(answer.replace('"Mod"', '"Brand New": 1, "Mod"', 1))
    assert "at /results/0, there is the unknown key 'Brand New'" in str(found.problem)


@pytest.mark.parametrize("key", ["Action Date", "Transaction Amount"])
def test_a_missing_key_in_an_answer_stops_the_reader_with_its_place(answer: str, key: str) -> None:
    found = told(answer.replace(f'"{key}"', '"Award Type"'))
    assert f"at /results/0, the key {key!r} is missing" in str(found.problem)


def test_a_key_that_may_be_missing_from_an_answer_is_not_missed(answer: str) -> None:
    assert told(answer.replace('"Recipient UEI"', '"Award Type"')).problem is None


def test_a_truncated_answer_is_told_where_it_ends(answer: str) -> None:
    assert "the JSON cannot be read" in str(told(answer[: len(answer) // 2]).problem)


def test_an_answer_nested_a_hundred_thousand_deep_is_told_and_no_traceback() -> None:
    assert "the JSON cannot be read" in str(told("[" * 100_000).problem)


WRITTEN: dict[str, Callable[[str], bytes]] = {
    "semicolons": lambda text: rewritten(text, list, ";").encode(),
    "tabs": lambda text: rewritten(text, list, "\t").encode(),
    "bars": lambda text: rewritten(text, list, "|").encode(),
    "a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 little": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 big": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "Windows-1252": lambda text: text.encode("cp1252"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "line ends of two kinds": lambda text: text.replace("\n", "\r\n", 9).encode(),
    "no last line end": lambda text: text.rstrip("\n").encode(),
    "empty lines at the end": lambda text: (text + "\n\n").encode(),
}


Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def read(text: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The rows read from every way of writing them."""
    folder = tmp_path_factory.mktemp("written")
    plain = accented(text)
    return rows_read(folder, {"plain": plain.encode(), **{name: write(plain) for name, write in WRITTEN.items()}})


@pytest.mark.parametrize("written", WRITTEN)
def test_the_same_rows_are_read_however_they_are_written(read: dict[str, Rows], written: str) -> None:
    assert len(read["plain"]) == len(ROWS)
    assert read[written] == read["plain"]


def accented(text: str) -> str:
    return text.replace("NETWORK EQUIPMENT", "RÉSEAU – “NETWORK” EQUIPMENT")


def rows_read(folder: Path, documents: dict[str, bytes]) -> dict[str, Rows]:
    """All that was read of each document, but for its digest."""
    workspace = Workspace.init(folder / "workspace")
    for name, data in documents.items():
        (added,) = workspace.add_stream(io.BytesIO(data), name)
        assert added.problem is None
    found: dict[str, Rows] = {}
    with workspace.engine() as engine:
        for receipt in workspace.receipts():
            part = ReadPart(workspace.paths, Document(receipt, bundled_sources()[receipt.source_id or ""]), receipt.document_id)
            read_document(engine, workspace.paths, part, workspace.atlas.agency_codes(), lambda *_: iter(()))
            rows = engine.records(f"SELECT * FROM {engine.parquet_relation([part.path])}")
            assert part.note().broken == ()
            assert [row["unread"] for row in rows if row["unread"]] == []
            found[receipt.file_name] = [tuple(value for name, value in row.items() if name != "document_id") for row in rows]
    return found


def test_the_layout_of_2018_reads_alike_with_and_without_header(tmp_path: Path) -> None:
    write_legacy(tmp_path / "with.csv", latest_only(ROWS), header=True)
    write_legacy(tmp_path / "without.csv", latest_only(ROWS))
    headed, bare = ((tmp_path / name).read_bytes() for name in ("with.csv", "without.csv"))
    found = rows_read(tmp_path, {"headed": headed, "bare": bare, "marked": b"\xef\xbb\xbf" + bare})
    assert len(found["bare"]) == len(latest_only(ROWS))
    assert found["marked"] == found["bare"]
    assert [row[:-1] for row in found["headed"]] == [row[:-1] for row in found["bare"]]
    assert [row[-1] for row in found["bare"]] == list(range(1, len(found["bare"]) + 1))
    assert [row[-1] for row in found["headed"]] == list(range(2, len(found["bare"]) + 2))


@pytest.fixture(scope="module")
def use_cases() -> str:
    return inventory({"purpose": "To find Zanthil"}).decode("cp1252")


def test_a_name_that_a_header_is_known_to_repeat_does_not_stop_the_reader(use_cases: str) -> None:
    found = told(use_cases)
    assert found.source is not None
    assert (found.source.id, found.problem) == ("ai_use_cases_2024", None)
    assert use_cases.splitlines()[0].count("If Other, please explain.") == 3


def test_any_other_name_that_stands_twice_stops_the_reader(use_cases: str) -> None:
    assert told(rewritten(use_cases, with_column("Bureau"))).problem == "the column 'Bureau' stands twice in its header"


def test_a_new_question_of_an_inventory_stops_the_reader_with_its_words(use_cases: str) -> None:
    assert "it has the unknown column 'Is it wise?'" in str(told(rewritten(use_cases, with_column("Is it wise?"))).problem)


@pytest.mark.parametrize(
    ("layout", "key"), [(dashboard(listing("P1", "Zanthil")), "Package_ID"), (marketplace(product("P1", "Zanthil", 1)), "csp")]
)
def test_a_renamed_key_of_a_snapshot_stops_the_reader_with_its_place(layout: bytes, key: str) -> None:
    problem = str(told(layout.decode().replace(f'"{key}"', f'"{key}_new"')).problem)
    assert f"/0, there is the unknown key '{key}_new'" in problem


@pytest.mark.parametrize("layout", [dashboard(), marketplace(), inventory()])
def test_a_document_of_a_publisher_without_rows_is_recognised(layout: bytes) -> None:
    found = told(layout.decode("cp1252"))
    assert found.source is not None
    assert found.problem is None
