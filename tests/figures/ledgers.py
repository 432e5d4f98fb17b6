"""Small ledgers of invented transactions, and invented organisations that they name.

Quorvex owns Zanthil from 1 August 2019 on. Quorvex sells Brammix, a word that means something
else too: `BRAMMIX` is plain beside `SOFTWARE` and forbidden beside `BERRIES`. Pellumon stands alone.
"""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from tests import synthetic
from tests.synthetic import SyntheticTransaction
from whosbehind import Workspace
from whosbehind.intake import AddOptions

BASE = next(row for row in synthetic.transactions(50, seed=1) if row.obligated_usd > 0)
RECEIVED = dt.datetime(2024, 1, 15, tzinfo=dt.UTC)
OWNED_FROM = dt.date(2019, 8, 1)
CONTENT = {
    "sources.yaml": "- {id: invented, publisher: Example Register, title: A register, grade: A, read: full}\n",
    "organisations.yaml": """
- id: quorvex
  name: Quorvex
  kind: company
  description: Invented.
  aliases: [QUORVEX]
  products:
    - id: brammix
      name: Brammix
      aliases: [{text: BRAMMIX, in: description, with: [SOFTWARE, LICEN*], unless: [BERRIES]}]
  sources: [invented]
- id: zanthil
  name: Zanthil
  kind: company
  description: Invented.
  aliases: [ZANTHIL]
  owners: [{organisation: quorvex, from: 2019-08-01, confidence: high, sources: [invented]}]
  sources: [invented]
- {id: pellumon, name: Pellumon, kind: company, description: Invented., aliases: [PELLUMON], sources: [invented]}
""",
    "systems.yaml": (
        "- {id: vellumnet, name: Vellumnet, operator: ice, purpose: Invented., aliases: [VELLUMNET], sources: [invented]}\n"
    ),
    "phrases.yaml": "- {id: quorvex_falls, text: QUORVEX FALLS, means: an invented town}\n",
}


def made(number: int, **changes: object) -> SyntheticTransaction:
    """A modification of one award, worth as many dollars as its number, that buys paper from nobody known."""
    fields: dict[str, object] = {
        "modification_number": f"P{number:05d}",
        "obligated_usd": Decimal(number),
        "recipient_name": "PLAIN SUPPLY CO",
        "recipient_duns": None,
        "recipient_parent_name": None,
        "recipient_parent_uei": None,
        "is_sole_proprietor": False,
        "description": "PAPER",
        **changes,
    }
    uei = base64.b32encode(hashlib.sha256(str(fields["recipient_name"]).encode()).digest()).decode()[:12]
    return dataclasses.replace(BASE, **{"recipient_uei": uei, **fields})  # type: ignore[arg-type]


def built_from(folder: Path, rows: Sequence[SyntheticTransaction]) -> Workspace:
    """A workspace that holds these rows and knows the invented organisations."""
    workspace = Workspace.init(folder / "workspace")
    workspace.paths.content.mkdir(parents=True, exist_ok=True)
    for name, text in CONTENT.items():
        (workspace.paths.content / name).write_text(text, "utf-8")
    synthetic.write_bulk(folder / "rows.csv", rows)
    list(workspace.add([folder / "rows.csv"], AddOptions(received_at=RECEIVED)))
    workspace.build()
    return workspace
