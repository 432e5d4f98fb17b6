"""One workspace with the invented ledger for all tests of claims."""

from __future__ import annotations

import pytest

from tests.claims import ledger
from whosbehind import Workspace


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return ledger.built(tmp_path_factory.mktemp("claims"))
