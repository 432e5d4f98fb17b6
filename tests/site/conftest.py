"""One workspace for all tests of the site: the bundled extract and hostile records, with its pages."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.site.hostile import write_hostile
from whosbehind import Workspace
from whosbehind.site.material import Material, gather

DAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("site")
    workspace = Workspace.init(folder / "workspace")
    write_hostile(folder / "hostile.csv")
    list(workspace.add_extract())
    list(workspace.add([folder / "hostile.csv"]))
    workspace.build()
    return workspace


@pytest.fixture(scope="session")
def material(built: Workspace) -> Material:
    return gather(built, DAY, lambda *_: None)
