"""Persons and contacts planted in every layout the project reads reach no table; the money and the evidence stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.published import dashboard, fact, filing, listing, marketplace, product
from tests.stages import only_stages
from tests.synthetic import columns_of
from whosbehind import Workspace
from whosbehind.records import Form, Source, Take
from whosbehind.sources import bundled_sources
from whosbehind.values import AN_INDIVIDUAL, Grain

PERSON, PERSON_TURNED = "QUIXWELL, JANE", "JANE Q QUIXWELL"
EMAIL, PHONE, ADDRESS = "JANE.QUIXWELL@EXAMPLE.GOV", "202-555-0143", "7 PLANTED LANE"
# Parts of what was planted; none may stand in any table.
CANARIES = ("quixwell", "@example", "example.gov", "555-0143", "2025550143", "planted lane")
CONTACT = f"LAPTOPS; COR: {PERSON_TURNED}, {EMAIL}, {PHONE}"
FIRM = "BRINDLEMARK SYSTEMS, INC."

# What each planted row says beside what every row says: our column, its value.
PLANTS: dict[str, dict[str, str]] = {
    "a contact in the description": {"description": CONTACT},
    "a person as recipient": {
        "recipient_name": PERSON,
        "recipient_parent_name": PERSON,
        "recipient_uei": "QUIXWELL0001",
        "recipient_parent_uei": "QUIXWELL0001",
        "description": f"INTERPRETING BY {PERSON_TURNED}, {PHONE}",
    },
    "a person as sole proprietor": {
        "recipient_name": "JANE QUIXWELL",
        "is_sole_proprietor": "t",
        "description": "JANE QUIXWELL TRAINING",
    },
    "a placeholder for a person": {"recipient_name": "REDACTED DUE TO PII", "prime_recipient_name": PERSON},
    "an address where a day belongs": {"action_date": EMAIL, "base_action_date": EMAIL, "last_modified_date": EMAIL},
    "a number where an amount belongs": {"obligated_usd": PHONE, "total_obligated_usd": PHONE, "subaward_usd": PHONE},
}
PLAIN = {
    "action_date": "2024-03-01",
    "base_action_date": "2024-03-01",
    "latest_action_date": "2024-03-01",
    "last_modified_date": "2024-03-02",
    "modification_number": "0",
    "transaction_number": "0",
    "awarding_agency_code": "070",
    "awarding_sub_agency_code": "7012",
    "awarding_sub_agency_label": "U.S. Immigration and Customs Enforcement",
    "agency_label": "ICE",
    "award_or_idv_flag": "AWARD",
    "award_type": "DELIVERY ORDER",
    "award_type_code": "C",
    "recipient_name": FIRM,
    "prime_recipient_name": FIRM,
    "description": "LAPTOPS",
    "is_sole_proprietor": "f",
    "subaward_number": "1",
    "subaward_report_id": "1",
}
ARRANGED: dict[str, Callable[[list[Any]], Any]] = {
    "usaspending_api_award": lambda rows: rows[0],
    "usaspending_api_recipient_profile": lambda rows: rows[0],
    "usaspending_api_recipient_spending": lambda rows: {"category": "recipient", "results": rows},
}
# Layouts whose document is one object: a document a planted row.
SINGLE = ("usaspending_api_award", "usaspending_api_recipient_profile")
PAYING = (Grain.TRANSACTIONS, Grain.AWARDS, Grain.SUBAWARDS, Grain.RECIPIENTS)
SOURCES = {name: source for name, source in bundled_sources().items() if source.grain in PAYING}
USE_CASES = [source for source in bundled_sources().values() if source.grain is Grain.USE_CASES]
NOTES = {"CSP_POC_Name": PERSON, "CSP_POC_Email": EMAIL, "CSO_Description": CONTACT, "CSP_URL": EMAIL}
LISTED = {
    "fedramp_dashboard": dashboard(listing("P1", FIRM, letters=2, **NOTES)),
    "fedramp_marketplace": marketplace(product("P2", FIRM, 1, sales_email=EMAIL, security_email=EMAIL, service_desc=CONTACT)),
    "sec_xbrl_instance": filing(fact("zan:Revenues", "1"), head=f"<!-- {CONTACT} -->").encode(),
}


@dataclass(frozen=True)
class Planted:
    """A workspace built from planted documents, and which document came from which layout."""

    workspace: Workspace
    documents: dict[str, list[str]]


def _value(source: Source, take: Take, number: int, plant: dict[str, str]) -> str:
    if take.column == "description" and not _names_recipient(source):
        plant = {key: text for key, text in plant.items() if key != "description" or text == CONTACT}
    own = {
        "piid": f"P{number}",
        "award_id": _award_id(source, number),
        "transaction_key": f"CONT_TX_7012_-NONE-_T{number}_0_-NONE-_0",
    }
    value = plant.get(take.column) or own.get(take.column) or PLAIN.get(take.column)
    if value is None:
        value = "100.00" if take.column.endswith("_usd") else ""
    return value


def _names_recipient(source: Source) -> bool:
    """Whether the layout states a recipient; where it does not, nothing tells a person's name in a text from a product's."""
    return any(take.column == "recipient_name" for take in source.take)


def _award_id(source: Source, number: int) -> str:
    return f"CONT_AWD_L{list(SOURCES).index(source.id)}N{number}_7012_-NONE-_-NONE-"


def _unread(column: str) -> str:
    """What stands in a column that readers drop: a person, a number or an address."""
    if "phone" in column or "fax" in column:
        return PHONE
    if "address" in column:
        return ADDRESS
    return PERSON if any(part in column for part in ("name", "officer", "raw", "dba", "parent")) else ""


def _csv_document(source: Source, *, has_header: bool) -> str:
    columns = columns_of(source)
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    if has_header:
        writer.writerow(columns)
    for number, plant in enumerate(PLANTS.values(), 1 if has_header else 101):
        taken = {take.origin: _value(source, take, number, plant) for take in source.take}
        writer.writerow([taken.get(column, _unread(column)) for column in columns])
    return stream.getvalue() + f'ICE,"{PERSON}",{EMAIL},{PHONE},{PERSON}\n'


def _json_row(source: Source, number: int, plant: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {key: {"name": PERSON, "officers": [{"name": PERSON, "phone": PHONE}]} for key in source.ignore}
    for take in source.take:
        *path, last = take.origin.split("/")
        place = row
        for step in path:
            place = place.setdefault(step, {"contact": EMAIL})
        place[last] = _value(source, take, number, plant) or None
    return row


def _documents(source: Source) -> Iterator[tuple[str, str]]:
    if source.form is Form.CSV:
        yield f"{source.id}.csv", _csv_document(source, has_header=True)
        if source.order:
            yield f"{source.id}.headerless.csv", _csv_document(source, has_header=False)
        return
    rows = [_json_row(source, number, plant) for number, plant in enumerate(PLANTS.values(), 1)]
    arrange = ARRANGED.get(source.id, _as_results)
    for place, part in enumerate([[row] for row in rows] if source.id in SINGLE else [rows]):
        yield f"{source.id}.{place}.json", json.dumps(arrange(part))


def _use_cases(source: Source) -> str:
    """An inventory with a contact in each text of its one use case."""
    header = (*columns_of(source), *source.repeated, *source.repeated)
    cells = {take.origin: "2024-03-01" if take.formats else CONTACT for take in source.take}
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([header, [cells.get(column, _unread(column)) for column in header]])
    return stream.getvalue()


def _as_results(rows: list[Any]) -> Any:
    return {"results": rows}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("planted")
    documents: dict[str, list[str]] = {}
    workspace = Workspace.init(folder / "workspace")
    for source in SOURCES.values():
        for name, text in _documents(source):
            path = folder / name
            path.write_text(text, "utf-8")
            (added,) = workspace.add([path])
            assert (added.source and added.source.id, added.problem) == (source.id, None), name
            documents.setdefault(source.id, []).append(added.document_id)
    for source_id, data in {**LISTED, **{source.id: _use_cases(source).encode() for source in USE_CASES}}.items():
        (added,) = workspace.add_stream(io.BytesIO(data), source_id)
        assert (added.source and added.source.id, added.problem) == (source_id, None)
    workspace.build()
    return Planted(workspace, documents)


def test_no_cell_of_any_table_holds_what_was_planted(planted: Planted) -> None:
    files = sorted(planted.workspace.paths.lake.rglob("*.parquet"))
    assert {path.parent.name for path in files} >= {"read", "transactions", "awards", "subawards", "recipients", "rejects"}
    assert all(planted.workspace.table(name) for name in ("ai_use_cases", "authorizations", "reported_facts"))
    with duckdb.connect() as connection:
        leaks = [f"{path.parent.name}.{leak}" for path in files for leak in _leaks(connection, path)]
    assert leaks == []


def _leaks(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[str]:
    relation = connection.read_parquet(str(path))
    for column in relation.columns:
        for (value,) in connection.execute(f'SELECT DISTINCT "{column}"::VARCHAR FROM read_parquet(?)', [str(path)]).fetchall():
            if value and any(canary in value.lower() for canary in CANARIES):
                yield f"{column}: {value}"


def test_no_file_beside_the_evidence_holds_what_was_planted(planted: Planted) -> None:
    root = planted.workspace.paths.root
    others = [path for path in root.rglob("*") if path.is_file() and "evidence/sha256" not in path.as_posix()]
    leaks = [path.name for path in others for canary in CANARIES if canary.encode() in path.read_bytes().lower()]
    assert leaks == []


def test_the_evidence_keeps_the_bytes(planted: Planted) -> None:
    for documents in planted.documents.values():
        held = [planted.workspace.paths.blob(document).read_bytes() for document in documents]
        assert any(PERSON.encode() in each for each in held)


def test_no_person_and_no_placeholder_is_a_recipient(planted: Planted) -> None:
    assert {row["recipient_name"] for row in planted.workspace.table("recipients")} == {FIRM}


def test_an_address_in_a_recipients_name_is_masked(workspace: Workspace, tmp_path: Path) -> None:
    lines = ["Agency,Award ID,Recipient Name,Federal Action Obligation,Action Date,Modification,Product/Service Description"]
    lines[0] += ",NAICS Description,Transaction Description,Generated Award ID"
    lines += ["ICE,70X,ACME SUPPLY QUIXWELL@EXAMPLE.GOV LLC,5.00,2024-01-02,0,A,B,PAPER,CONT_AWD_70X_7012_-NONE-_-NONE-"]
    (tmp_path / "rows.csv").write_text("\n".join(lines) + "\n", "utf-8")
    list(workspace.add([tmp_path / "rows.csv"]))
    with only_stages("read", "settle"):
        workspace.build()
    (row,) = workspace.table("transactions")
    assert row["recipient_name"] == "ACME SUPPLY [e-mail] LLC"
    assert row["obligated_usd"] == Decimal(5)


def test_a_person_who_is_a_firms_parent_is_not_shown(tmp_path: Path) -> None:
    source = SOURCES["usaspending_transactions_bulk"]
    plant = {"recipient_parent_name": PERSON, "recipient_parent_uei": "QUIXWELL0001"}
    taken = {take.origin: _value(source, take, 1, plant) for take in source.take}
    path = tmp_path / "parent.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerows([columns_of(source), [taken.get(column, "") for column in columns_of(source)]])
    workspace = Workspace.init(tmp_path / "workspace")
    list(workspace.add([path]))
    with only_stages("read", "settle"):
        workspace.build()
    (row,) = workspace.table("transactions")
    assert (row["recipient_name"], row["obligated_usd"]) == (FIRM, Decimal(100))
    assert "QUIXWELL" not in f"{row['recipient_parent_name']} {row['recipient_parent_uei']}"


# What a row of each grain amounts to, and how many of the planted rows can be counted: where a day or
# an amount is needed and cannot be read, the row is in `rejects`.
MONEY = {
    Grain.TRANSACTIONS: ("transactions", "obligated_usd", 4),
    Grain.AWARDS: ("awards", "total_obligated_usd", 5),
    Grain.SUBAWARDS: ("subawards", "subaward_usd", 5),
}


@pytest.mark.parametrize("source_id", [name for name, source in SOURCES.items() if source.grain in MONEY])
def test_the_money_paid_to_persons_is_still_there(planted: Planted, source_id: str) -> None:
    table, column, count = MONEY[SOURCES[source_id].grain]
    documents = planted.documents[source_id]
    rows = [row for row in planted.workspace.table(table) if row["document_id"] in documents]
    layouts = 2 if SOURCES[source_id].order else 1
    assert sum(row[column] or Decimal(0) for row in rows) == 100 * count * layouts


@pytest.mark.parametrize("source_id", [name for name, source in SOURCES.items() if source.grain in MONEY])
def test_what_was_paid_to_a_person_is_shown_as_paid_to_an_individual(planted: Planted, source_id: str) -> None:
    table = MONEY[SOURCES[source_id].grain][0]
    rows = [row for row in planted.workspace.table(table) if row["document_id"] in planted.documents[source_id]]
    individuals = [row for row in rows if row["recipient_kind"] == "individual"]
    layouts = 2 if SOURCES[source_id].order else 1
    assert len(individuals) == (3 * layouts if _names_recipient(SOURCES[source_id]) else 0)
    for row in individuals:
        assert row["recipient_name"] == AN_INDIVIDUAL
        assert {
            row[name] for name in row if name.startswith("recipient_") and name not in {"recipient_name", "recipient_kind"}
        } == {None}


def test_what_could_not_be_read_is_in_rejects_with_its_contacts_masked(planted: Planted) -> None:
    rejects = planted.workspace.table("rejects")
    values = [row["value"] or "" for row in rejects]
    assert {"[e-mail]", "[phone]"} <= set(values)
    broken = [row for row in rejects if row["column_name"] is None]
    tabular = [source for source in SOURCES.values() if source.form is Form.CSV]
    assert len(broken) == len(tabular) + sum(bool(source.order) for source in tabular)
    assert {row["value"].split(",")[:4] == ["ICE", AN_INDIVIDUAL, "[e-mail]", "[phone]"] for row in broken} == {True}
