"""A workspace with the four years of real records, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.real.oracle import Oracle, Raw, distinct_rows
from whosbehind import Workspace


@pytest.fixture(scope="session")
def files(data: Path) -> list[Path]:
    return sorted((data / "usaspending" / "transactions").glob("*.csv"))


@pytest.fixture(scope="session")
def real(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.init(tmp_path_factory.mktemp("real") / "workspace")
    list(workspace.add(files))
    workspace.build()
    return workspace


@pytest.fixture(scope="session")
def raw(files: list[Path]) -> list[Raw]:
    return distinct_rows(files)


@pytest.fixture(scope="session")
def routes(real: Workspace, raw: list[Raw]) -> list[tuple[Raw, dict[str, str]]]:
    vendors = {each["recipient_name"]: each["vendor_id"] for each in real.table("vendors")}
    oracle = Oracle(real.atlas, vendors, raw)
    return [(row, oracle.routes(row)) for row in raw]
