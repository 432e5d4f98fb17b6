"""Invented recipients and owners, and small workspaces built from them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from tests import synthetic
from tests.synthetic import SyntheticTransaction
from whosbehind import Workspace
from whosbehind.intake import AddOptions

BASE = next(row for row in synthetic.transactions(50, seed=1) if row.obligated_usd > 0)
RECEIVED = dt.datetime(2024, 1, 15, tzinfo=dt.UTC)

# Sablefox was Oldmere's until 30 June 2020 and is Newmere's since; Foxgloveware is a product since 2021.
SOURCES = "- {id: invented_2020, publisher: Nobody, title: Invented for tests, date: 2020-01-01, grade: A, read: full}\n"
ORGANISATIONS = """
- {id: oldmere, name: Oldmere, kind: company, description: Invented., aliases: [OLDMERE], sources: [invented_2020]}
- {id: newmere, name: Newmere, kind: company, description: Invented., aliases: [NEWMERE], sources: [invented_2020]}
- id: sablefox
  name: Sablefox
  kind: company
  description: Invented.
  aliases: [SABLEFOX]
  owners:
    - {organisation: oldmere, to: 2020-06-30, confidence: high, sources: [invented_2020]}
    - {organisation: newmere, from: 2020-07-01, confidence: high, sources: [invented_2020]}
  products:
    - {id: foxgloveware, name: Foxgloveware, aliases: [FOXGLOVEWARE], from: 2021-01-01, sources: [invented_2020]}
  sources: [invented_2020]
"""


def made(number: int, name: str, uei: str | None = None, **changes: object) -> SyntheticTransaction:
    """A transaction of `number` US dollars on an award of its own."""
    fields = {
        "piid": f"70CTD024C{number:08d}",
        "recipient_name": name,
        "recipient_uei": uei,
        "recipient_duns": None,
        "recipient_parent_name": None,
        "recipient_parent_uei": None,
        "is_sole_proprietor": False,
        "obligated_usd": Decimal(number),
        "description": "PAPER",
    }
    return dataclasses.replace(BASE, **{**fields, **changes})  # type: ignore[arg-type]


def write_content(folder: Path, kind: str, text: str) -> None:
    """Add entries to a workspace's own content."""
    place = folder / "content" / kind
    place.mkdir(parents=True, exist_ok=True)
    (place / "mine.yaml").write_text(text, "utf-8")


def built(folder: Path, rows: Iterable[SyntheticTransaction]) -> Workspace:
    """A workspace with the invented owners, built from transactions."""
    root = folder / "workspace"
    Workspace.init(root)
    write_content(root, "sources", SOURCES)
    write_content(root, "organisations", ORGANISATIONS)
    synthetic.write_bulk(folder / "rows.csv", rows)
    workspace = Workspace(root)
    list(workspace.add([folder / "rows.csv"], AddOptions(received_at=RECEIVED)))
    workspace.build()
    return workspace
