"""One workspace for all tests of the site: the bundled extract and hostile records, with its pages."""

from __future__ import annotations

import datetime as dt
import os
from functools import cache
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


def shared(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The workspace, which no test changes; built by the first worker that needs it, for all."""
    folder = shared(tmp_path_factory) / "of_the_site"
    with FileLock(shared(tmp_path_factory) / "of_the_site.lock"):
        if not (folder / "workspace").exists():
            _build(folder)
    return Workspace(folder / "workspace")


def _build(folder: Path) -> None:
    """Put a built workspace in its place when it is whole."""
    folder.mkdir()
    workspace = Workspace.init(folder / "in_work")
    write_hostile(folder / "hostile.csv")
    list(workspace.add_extract())
    list(workspace.add([folder / "hostile.csv"]))
    workspace.build()
    workspace.paths.root.rename(folder / "workspace")


@pytest.fixture(scope="session")
def material(built: Workspace) -> Material:
    return _gathered(built.paths.root)


@cache
def _gathered(root: Path) -> Material:
    """What pages need; asked for once by a worker, in whichever folder its tests are."""
    return gather(Workspace(root), DAY, lambda *_: None)


@pytest.fixture(scope="session")
def folder(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site; written by the first worker that needs it, for all."""
    out = shared(tmp_path_factory) / "site"
    with FileLock(shared(tmp_path_factory) / "site.lock"):
        if not (out / LIST).exists():
            publish(pages(material), Imprint(material.opened.snapshot, DAY.isoformat()), out, lambda *_: None)
    return out
