"""One workspace for all tests of the site: the bundled extract and hostile records, with its pages."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from filelock import FileLock

from tests.site.hostile import write_hostile
from whosbehind import Workspace
from whosbehind.site.material import Material, gather
from whosbehind.site.press.press import Imprint
from whosbehind.site.publish import LIST, publish
from whosbehind.site.shelves import pages

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


@pytest.fixture(scope="session")
def folder(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site; written by the first worker that needs it, for all."""
    own = tmp_path_factory.getbasetemp()
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    out = common / "site"
    with FileLock(common / "site.lock"):
        if not (out / LIST).exists():
            publish(pages(material), Imprint(material.opened.snapshot, DAY.isoformat()), out, lambda *_: None)
    return out
