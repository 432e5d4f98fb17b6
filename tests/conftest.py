"""What many tests stand on: an empty workspace, and the folder of real records where it is at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from whosbehind import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "workspace")


@pytest.fixture(scope="session")
def data() -> Path:
    folder = os.environ.get("WHOSBEHIND_DATA")
    if not folder:
        pytest.skip("WHOSBEHIND_DATA names no folder of real records")
    return Path(folder)
