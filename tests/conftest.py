"""What many tests stand on: an empty workspace, and the folder of real records where it is at hand."""

from __future__ import annotations

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.compiled import compile_each_shape_once
from tests.effort import IS_THOROUGH, effort
from whosbehind import Workspace

if not IS_THOROUGH:
    compile_each_shape_once()
# No deadline: how long an example takes says how busy the machine is.
settings.register_profile("whosbehind", deadline=None, max_examples=effort(25, 200))
settings.load_profile("whosbehind")
gc.set_threshold(100_000, 20, 20)  # expressions are made of very many small objects that live as long as the test


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace.init(tmp_path / "workspace")


@pytest.fixture(scope="session")
def data() -> Path:
    folder = os.environ.get("WHOSBEHIND_DATA")
    if not folder:
        pytest.skip("WHOSBEHIND_DATA names no folder of real records")
    return Path(folder)


# Files that take longest, the longest first: begun first, they do not leave one worker alone at the end.
LONGEST = (
    "real/test_four_years real/test_claims real/test_systems test_interruption claims/test_check test_cli figures/test_figures "
    "site/test_browser site/test_whole_site site/test_claim_pages server/test_server ledger/test_one_transaction test_bad_input "
    "test_planted_persons"
).split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> int:
        return next((index for index, name in enumerate(LONGEST) if f"{name}.py" in item.nodeid), len(LONGEST))

    items.sort(key=place)
