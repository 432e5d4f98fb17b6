"""A small ledger of invented transactions with known sums, and the claims that are checked against it.

All money goes to Quorvex unless a comment says otherwise. ICE and CBP are covered for 2020 to 2023;
TSA's records of 2023 came in while December was still being reported; of USCIS there is a page of
2022 that shows one row twice.

| US dollars        | 2021      | 2022                                                     | 2023      |
| ----------------- | --------- | -------------------------------------------------------- | --------- |
| ICE, direct       | 1,000,000 | 3,000,000 and -500,000                                   | 7,000,000 |
| ICE, resellers    | 200,000   | 70,000 (CBP pays) and 40,000 (names only Brammix)        |           |
| CBP, direct       |           | 11,000,000                                               |           |
| CBP, resellers    |           |                                                          | 600,000   |
| ICE, to others    |           | 390,000                                                  |           |
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from pathlib import Path

from tests import synthetic
from tests.figures.ledgers import CONTENT, made
from tests.synthetic import AGENCIES, SyntheticTransaction
from whosbehind import Workspace
from whosbehind.intake import AddOptions
from whosbehind.records import Scope

ICE, CBP, USCIS, TSA = AGENCIES
LATER = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
FACTS = """
- {id: vellumnet_records, about: vellumnet, quantity: records, value: "230000", unit: records, on: 2018-09, confidence: high, sources: [invented]}
- {id: vellumnet_hits, about: vellumnet, quantity: hits, value: "44435", unit: hits, confidence: high, sources: [invented]}
- {id: vellumnet_errors, about: vellumnet, quantity: errors, value: "12", unit: errors, standing: alleged, confidence: low, sources: [invented]}
"""  # noqa: E501
NUMBERS = iter(range(1, 1000))


def row(agency: synthetic.SyntheticAgency, day: str, amount: int, **changes: object) -> SyntheticTransaction:
    """The first action of an award of its own, paid by the agency that signs it, direct to Quorvex."""
    fields = {
        "piid": f"{agency.prefix}C{next(NUMBERS):08d}",
        "parent_piid": None,
        "parent_agency_code": None,
        "modification_number": "0",
        "action_date": dt.date.fromisoformat(day),
        "obligated_usd": Decimal(amount),
        "awarding": agency,
        "awarding_office": agency.offices[0],
        "funding": agency,
        "funding_office": agency.offices[0],
        "recipient_name": "QUORVEX INC",
        "description": "SUPPORT",
        **changes,
    }
    return dataclasses.replace(made(1, recipient_name=fields["recipient_name"]), **fields)  # type: ignore[arg-type]


PAPER = {"recipient_name": "PLAIN SUPPLY CO", "description": "PAPER"}
RESOLD = {"recipient_name": "PLAIN SUPPLY CO", "description": "QUORVEX LICENSES"}
MAIN = row(ICE, "2022-02-10", 3_000_000, piid="70CTD022C00000777")
ROWS = [
    row(ICE, "2021-03-01", 1_000_000),
    row(ICE, "2021-06-15", 200_000, **RESOLD),
    MAIN,
    dataclasses.replace(MAIN, modification_number="P00001", action_date=dt.date(2022, 12, 1), obligated_usd=Decimal(-500_000)),
    row(ICE, "2022-07-07", 70_000, **RESOLD, funding=CBP, funding_office=CBP.offices[0]),
    row(ICE, "2022-11-20", 40_000, recipient_name="PLAIN SUPPLY CO", description="BRAMMIX SOFTWARE"),
    row(ICE, "2022-05-05", 390_000, **PAPER),
    row(ICE, "2022-06-06", 0, **PAPER, piid="70CTD019C00000001", modification_number="P00009"),
    row(ICE, "2023-05-05", 7_000_000),
    row(CBP, "2022-04-04", 11_000_000),
    row(CBP, "2023-01-15", 600_000, **RESOLD),
]  # fmt: skip
LATE = [row(TSA, "2023-02-02", 50_000)]
PAGE = [row(USCIS, "2022-03-03", 555_000)]


def built(folder: Path) -> Workspace:
    """A workspace with the ledger, the invented organisations and their facts."""
    workspace = Workspace.init(folder / "workspace")
    workspace.paths.content.mkdir(parents=True, exist_ok=True)
    for name, text in {**CONTENT, "facts.yaml": FACTS}.items():
        (workspace.paths.content / name).write_text(text, "utf-8")
    synthetic.write_bulk(folder / "rows.csv", ROWS)
    synthetic.write_bulk(folder / "late.csv", LATE)
    synthetic.write_api_csv(folder / "page.csv", [*PAGE, *PAGE])
    whole = Scope((ICE.code, CBP.code), dt.date(2020, 1, 1), dt.date(2023, 12, 31))
    early = AddOptions(received_at=dt.datetime(2024, 1, 5, tzinfo=dt.UTC), scope=_years(TSA, 2023, 2023))
    list(workspace.add([folder / "rows.csv"], AddOptions(received_at=LATER, scope=whole)))
    list(workspace.add([folder / "late.csv"], early))
    list(workspace.add([folder / "page.csv"], AddOptions(received_at=LATER, scope=_years(USCIS, 2022, 2023))))
    workspace.build()
    return workspace


def _years(agency: synthetic.SyntheticAgency, first: int, last: int) -> Scope:
    return Scope((agency.code,), dt.date(first, 1, 1), dt.date(last, 12, 31))
