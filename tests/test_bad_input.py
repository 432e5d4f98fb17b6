"""Bad input from end to end: what can be read is read, what cannot is in `rejects` with its place, and counts add up."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from whosbehind import Workspace
from whosbehind.intake import Added, AddOptions

COLUMNS = (
    "Agency",
    "Award ID",
    "Recipient Name",
    "Federal Action Obligation",
    "Action Date",
    "Modification",
    "Product/Service Description",
    "NAICS Description",
    "Transaction Description",
    "Generated Award ID",
)
AMOUNT, DAY, KEY, WORK = "Federal Action Obligation", "Action Date", "Generated Award ID", "Transaction Description"
NUMBERS = count(1)
MEGABYTE = 1 << 20

NO_AMOUNT = (
    "12.3.4 1.2E+05 1e5 1,234.50 $5 (5.00) +5 .5 5. 0.005 12.345 20298.727400000002 20298.7299 12.3400100 −5 ١٢ NaN inf 0x10 "
    "9999999999999999.99"
).split()
# A binary fraction printed in full is the amount it stands for; it differs by less than a ten-thousandth of a cent.
AMOUNTS = {
    "7": "7.00",
    "-5.1": "-5.10",
    "-0.01": "-0.01",
    "12.34000": "12.34",
    " 7.25 ": "7.25",
    "123456789012345.67": "123456789012345.67",
    "20298.730000000002": "20298.73",
    "20298.729999999996": "20298.73",
    "-20298.729999999996": "-20298.73",
    "1234567890123.4500000001": "1234567890123.45",
}
NO_DAY = ["2024-13-01", "31/12/2024", "2024-02-30", "2024-1-5", "20240405", "45000", "0024-04-05", "1899-12-31", "2100-01-02"]
DAYS = {"2024-04-05": (4, 5), "4/5/2024": (4, 5), "04/05/24": (4, 5), "2024-04-05T00:00:00Z": (4, 5), "12/31/2024": (12, 31)}
NO_KEY = ["1.40E+11", "CONT_AWD_70B01C24F00000001", "CONT_IDV_A_B_C"]


def record(**changed: str) -> list[str]:
    """A sound row of its own award, with some cells changed; `_` in a name stands for a blank."""
    number = next(NUMBERS)
    cells = {
        "Agency": "CBP",
        "Award ID": f"70B01C24F{number:08}",
        "Recipient Name": "BRINDLEMARK SYSTEMS, INC.",
        AMOUNT: f"{number}.50",
        DAY: "2024-04-05",
        "Modification": "0",
        "Product/Service Description": "SUPPORT",
        "NAICS Description": "SERVICES",
        WORK: "NETWORK EQUIPMENT",
        KEY: f"CONT_AWD_70B01C24F{number:08}_7014_-NONE-_-NONE-",
    }
    changes = {name.replace("_", " "): text for name, text in changed.items()}
    assert set(changes) <= set(cells)
    return [{**cells, **changes}[name] for name in COLUMNS]


def line(**changed: str) -> str:
    return written([record(**changed)])


def written(rows: Sequence[Sequence[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


HEADER = written([COLUMNS])


def table(*rows: Sequence[str]) -> str:
    return HEADER + written(rows)


def cents(amounts: random.Random) -> Decimal:
    return Decimal(amounts.randint(-(10**11), 10**11)).scaleb(-2)


def printed_in_full(amount: Decimal) -> str:
    """An amount as a program prints it that holds it as a binary fraction."""
    return format(float(amount), ".17g") if abs(amount) >= 1 else str(amount)


# Stand in a document for this many bytes of text, which are put in when it is written.
LONG, SOMEWHAT_LONG, ENDLESS = "<long>", "<somewhat long>", "<endless>"
BYTES = {LONG: 32 * MEGABYTE, SOMEWHAT_LONG: 3 * MEGABYTE, ENDLESS: 49 * MEGABYTE}
SOME_CENTS = [cents(random.Random(seed)) for seed in range(200)]
DOCUMENTS = {
    "good.csv": table(*(record() for _ in range(5))),
    "cut in a row.csv": table(*(record() for _ in range(4)))[:-60],
    "cut in a cell.csv": table(record(), record(Transaction_Description="A LONG, QUOTED TEXT")).partition("QUOTED")[0],
    "only a header.csv": HEADER,
    "empty.csv": "",
    "nul.csv": table(*(record() for _ in range(3))).replace("NETWORK", "NET\0WORK", 1),
    "broken.csv": "".join(
        [
            HEADER,
            line(Transaction_Description="2"),
            "too,few\n",
            line(Transaction_Description="4\nover three\nlines"),
            line().rstrip() + ",too,many\n",
            "\n",
            line(Transaction_Description="7"),
            line().replace("NETWORK", '"NETWORK" '),
            line(Transaction_Description='9 "so called"\r\nover two'),
            "too,few\n",
            "too,few\n",
            line(Transaction_Description="12"),
            "\n",
            "\n",
            line(Transaction_Description="15"),
        ]
    ),
    "line ends.csv": HEADER + line(Transaction_Description="2").replace("\n", "\r\n") + line(Transaction_Description="3"),
    "long.csv": HEADER
    + line(Transaction_Description="2")
    + line(Transaction_Description=LONG)
    + line(Transaction_Description="4")
    + line(Transaction_Description=SOMEWHAT_LONG),
    "endless.csv": HEADER + line() + line(Transaction_Description=ENDLESS) + line(),
    "amounts.csv": table(*(record(Federal_Action_Obligation=text) for text in (*NO_AMOUNT, *AMOUNTS))),
    "fractions.csv": table(
        *(record(Federal_Action_Obligation=printed_in_full(amount)) for amount in SOME_CENTS),
        *(record(Federal_Action_Obligation=f"{amount}{1 + place % 9}") for place, amount in enumerate(SOME_CENTS)),
    ),
    "days.csv": table(*(record(Action_Date=text) for text in (*NO_DAY, *DAYS))),
    "keys.csv": table(*(record(Generated_Award_ID=text) for text in NO_KEY)),
    "missing.csv": table(record(Federal_Action_Obligation=""), record(Action_Date=" "), record(Generated_Award_ID="")),
    "labels.csv": table(record(Agency="ICE"), record(Agency="Bureau of Nothing"), record(Agency="")),
    "hostile.csv": table(record(Action_Date="'); DROP TABLE x; --"), record(Action_Date='=cmd|"/c calc"!A1')),
    "lacking.csv": written(
        [[cell for name, cell in zip(COLUMNS, row, strict=True) if name != WORK] for row in (COLUMNS, record())]
    ),
    "bar.csv": table(record(Agency="Nothing | Award ID=5")),
    "words.csv": table(record(), record(Action_Date="2024-04-05 or so")),
    "unnumbered.csv": table(record(), record(Modification="")),
    "mixed.csv": HEADER + line(Transaction_Description="2").rstrip("\n") + "\n\r" + line(Transaction_Description="4"),
}
# Columns that a document lacks and that are given as ignored when it is added.
IGNORED = {"lacking.csv": (WORK,)}


def filled(text: str) -> str:
    for mark, size in BYTES.items():
        text = text.replace(mark, "x" * size)
    return text


@dataclass(frozen=True)
class Read:
    """What a build made of one document."""

    added: Added
    document: dict[str, Any]
    rows: list[dict[str, Any]]
    rejects: list[dict[str, Any]]

    def told(self) -> list[tuple[int, str | None, str | None]]:
        return [(reject["row"], reject["column_name"], reject["value"]) for reject in self.rejects]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """All documents above, added and built together: none of them keeps another from being read."""
    folder = tmp_path_factory.mktemp("bad")
    workspace = Workspace.init(folder / "workspace")
    added = {}
    for name, text in DOCUMENTS.items():
        (folder / name).write_bytes(filled(text).encode())
        (added[name],) = workspace.add([folder / name], AddOptions(ignored_columns=IGNORED.get(name, ())))
    workspace.build()
    assert list(workspace.verify()) == []
    tables = {name: workspace.table(name) for name in ("documents", "transactions", "rejects")}

    def rows(name: str, document_id: str) -> list[dict[str, Any]]:
        found = [row for row in tables[name] if row["document_id"] == document_id]
        return sorted(found, key=lambda row: int(row.get("row", 0)))

    found = {}
    for name, each in added.items():
        (document,) = rows("documents", each.document_id)
        found[name] = Read(each, document, rows("transactions", each.document_id), rows("rejects", each.document_id))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_row_of_a_document_is_taken_set_aside_or_rejected(read: dict[str, Read], name: str) -> None:
    document = read[name].document
    assert document["row_count"] == document["taken_count"] + document["set_aside_count"] + document["rejected_count"]
    assert document["taken_count"] == len(read[name].rows)
    assert document["reject_count"] == len(read[name].rejects)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_reject_names_its_document_place_and_reason(read: dict[str, Read], name: str) -> None:
    for reject in read[name].rejects:
        assert reject["file_name"] == name
        assert reject["row"] >= 2
        assert reject["reason"]


def test_a_good_document_beside_bad_ones_is_read_whole(read: dict[str, Read]) -> None:
    assert [row["row"] for row in read["good.csv"].rows] == [2, 3, 4, 5, 6]


def test_a_file_cut_inside_a_row_loses_that_row_alone(read: dict[str, Read]) -> None:
    found = read["cut in a row.csv"]
    assert [row["row"] for row in found.rows] == [2, 3, 4]
    (reject,) = found.rejects
    assert (reject["row"], reject["is_row_lost"]) == (5, True)
    assert reject["value"].startswith("CBP,70B01C24F")


def test_a_file_cut_inside_a_quoted_cell_loses_that_row_alone(read: dict[str, Read]) -> None:
    found = read["cut in a cell.csv"]
    assert [row["row"] for row in found.rows] == [2]
    (reject,) = found.rejects
    assert reject["row"] == 3
    assert reject["reason"].startswith("a quotation mark is not closed")


def test_rows_after_broken_ones_keep_their_true_place(read: dict[str, Read]) -> None:
    for row in read["broken.csv"].rows:
        assert row["description"].startswith(str(row["row"]))
    assert [row["row"] for row in read["broken.csv"].rows] == [2, 4, 7, 9, 12, 15]


def test_broken_rows_are_rejected_with_their_place_and_reason(read: dict[str, Read]) -> None:
    reasons = {reject["row"]: reject["reason"].split(" (")[0] for reject in read["broken.csv"].rejects}
    few, many = "the row has too few columns", "the row has too many columns"
    quoted = "a quotation mark is not closed, or text follows it; rows behind it may stand in this one"
    assert reasons == {3: few, 5: many, 8: quoted, 10: few, 11: few}


def test_line_ends_of_two_kinds_in_one_file_lose_nothing(read: dict[str, Read]) -> None:
    assert [(row["row"], row["description"]) for row in read["line ends.csv"].rows] == [(2, "2"), (3, "3")]


def test_a_row_longer_than_the_limit_is_rejected_and_those_around_it_are_read(read: dict[str, Read]) -> None:
    found = read["long.csv"]
    assert [row["row"] for row in found.rows] == [2, 4, 5]
    (reject,) = found.rejects
    assert reject["row"] == 3
    assert reject["reason"].startswith("the row is longer than 4 MB")
    assert len(reject["value"]) <= 200


def test_a_line_without_end_is_told_of_the_document_and_never_passed_over(read: dict[str, Read]) -> None:
    document = read["endless.csv"].document
    assert document["status"] == "unread"
    assert "one of its lines is longer than 48 MB" in document["problem"]


@pytest.mark.parametrize("name", ["only a header.csv", "empty.csv"])
def test_a_file_without_rows_is_fine(read: dict[str, Read], name: str) -> None:
    assert read[name].document["problem"] is None
    assert read[name].document["row_count"] == 0


def test_a_table_with_nul_bytes_is_kept_and_told_to_be_damaged(read: dict[str, Read]) -> None:
    found = read["nul.csv"]
    assert found.added.status == "not read"
    assert "NUL bytes" in found.document["problem"]
    assert found.document["status"] == "unread"


def test_what_is_no_amount_is_rejected_as_it_is_spelt(read: dict[str, Read]) -> None:
    found = read["amounts.csv"]
    assert found.told() == [(row, AMOUNT, text) for row, text in enumerate(NO_AMOUNT, 2)]
    assert {reject["reason"] for reject in found.rejects} == {"is not an amount in dollars and cents"}


def test_an_amount_is_read_to_the_cent(read: dict[str, Read]) -> None:
    assert [row["obligated_usd"] for row in read["amounts.csv"].rows] == [Decimal(text) for text in AMOUNTS.values()]


def test_an_amount_printed_in_full_from_a_binary_fraction_is_that_amount(read: dict[str, Read]) -> None:
    assert [row["obligated_usd"] for row in read["fractions.csv"].rows] == SOME_CENTS


def test_a_true_fraction_of_a_cent_is_rejected(read: dict[str, Read]) -> None:
    places = [reject["row"] for reject in read["fractions.csv"].rejects]
    assert places == list(range(2 + len(SOME_CENTS), 2 + 2 * len(SOME_CENTS)))


def test_what_is_no_day_is_rejected_as_it_is_spelt(read: dict[str, Read]) -> None:
    found = read["days.csv"]
    assert found.told() == [(row, DAY, text) for row, text in enumerate(NO_DAY, 2)]
    assert all(reject["reason"].startswith("is not a day written as") for reject in found.rejects)


def test_a_day_is_read_in_each_declared_way(read: dict[str, Read]) -> None:
    assert [row["action_date"] for row in read["days.csv"].rows] == [dt.date(2024, *day) for day in DAYS.values()]


def test_a_spoilt_key_is_rejected_and_its_row_not_counted(read: dict[str, Read]) -> None:
    assert read["keys.csv"].told() == [(row, KEY, text) for row, text in enumerate(NO_KEY, 2)]
    assert read["keys.csv"].rows == []


def test_a_row_without_what_it_needs_is_rejected_by_the_column_it_lacks(read: dict[str, Read]) -> None:
    assert read["missing.csv"].told() == [(2, AMOUNT, None), (3, DAY, None), (4, KEY, None)]
    assert all(reject["reason"].startswith("is missing") for reject in read["missing.csv"].rejects)


def test_an_unknown_agency_is_told_and_its_money_kept(read: dict[str, Read]) -> None:
    found = read["labels.csv"]
    (reject,) = found.rejects
    assert (reject["row"], reject["column_name"], reject["value"]) == (3, "Agency", "Bureau of Nothing")
    assert (reject["reason"], reject["is_row_lost"]) == ("is no agency the project knows", False)
    assert [row["agency_code"] for row in found.rows] == ["7012", None, None]


def test_what_looks_like_code_is_only_text(read: dict[str, Read]) -> None:
    assert [value for _, _, value in read["hostile.csv"].told()] == ["'); DROP TABLE x; --", '=cmd¦"/c calc"!A1']


def test_a_missing_column_that_is_ignored_leaves_its_place_empty(read: dict[str, Read]) -> None:
    assert read["lacking.csv"].rejects == []
    assert [row["description"] for row in read["lacking.csv"].rows] == [None]


def test_an_agency_with_a_bar_in_its_name_is_one_reject(read: dict[str, Read]) -> None:
    (reject,) = read["bar.csv"].rejects
    assert reject["column_name"] == "Agency"


def test_a_day_with_words_behind_it_is_rejected(read: dict[str, Read]) -> None:
    assert read["words.csv"].told() == [(3, DAY, "2024-04-05 or so")]


def test_a_row_without_modification_number_is_not_taken_for_the_base_award(read: dict[str, Read]) -> None:
    (reject,) = read["unnumbered.csv"].rejects
    assert reject["is_row_lost"]
    assert len(read["unnumbered.csv"].rows) == 1


def test_an_empty_line_between_line_ends_of_two_kinds_keeps_the_places_behind_it(read: dict[str, Read]) -> None:
    assert [(row["row"], row["description"]) for row in read["mixed.csv"].rows] == [(2, "2"), (4, "4")]


def test_a_workspace_of_nothing_but_an_empty_table_builds(workspace: Workspace) -> None:
    (added,) = workspace.add_stream(io.BytesIO(HEADER.encode()), "document.csv")
    assert added.problem is None
    workspace.build()
    assert workspace.table("rejects") == []
    assert workspace.table("transactions") == []
