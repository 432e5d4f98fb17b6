"""The judgements agree with labels that people made as well as they did; the labels lie beside the records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from whosbehind import Workspace
from whosbehind.scoring import Score, score_file


@pytest.fixture(scope="module")
def with_awards(files: list[Path], data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    workspace = Workspace.init(tmp_path_factory.mktemp("labels") / "workspace")
    list(workspace.add([*files, data / "usaspending" / "bulk"]))
    workspace.build()
    return workspace


def scores(folder: Path, labels: Path) -> dict[str, Score]:
    return {each.what: each for each in score_file(folder, labels, dt.date(2026, 8, 20))}


def test_attributions_agree_with_labelled_transactions(data: Path, tmp_path: Path) -> None:
    found = scores(tmp_path, data / "gold" / "attribution_dev.jsonl")
    assert found["transactions"].reaches(0.98, 0.95)
    assert found["transactions"].route >= 0.98


def test_no_trap_leads_to_an_organisation_it_does_not_name(data: Path, tmp_path: Path) -> None:
    traps = scores(tmp_path, data / "gold" / "attribution_dev.jsonl")["traps"]
    assert [miss for miss in traps.misses if miss.kind == "not labelled"] == []


def test_vendors_and_families_agree_with_labelled_pairs(with_awards: Workspace, data: Path) -> None:
    found = scores(with_awards.paths.root, data / "gold" / "vendor_pairs_dev.csv")
    assert found["entities"].reaches(0.98, 0.88)
    assert found["families"].reaches(0.94, 0.75)
