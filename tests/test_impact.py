"""What a change of content would do to the figures, seen before it is made good."""

from __future__ import annotations

import csv
import io
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.command import run_here
from tests.vendors.invented import SOURCES, built, made, write_content
from whosbehind import Workspace
from whosbehind.figures import Amount, Change
from whosbehind.values import Verdict

ROWS = [
    made(1, "PLAIN SUPPLY CO", "PLAINSUPPLY1", description="QUARTZWARE LICENSES"),
    made(2, "QUARTZWARE INC", "QUARTZWARE01", description="SUPPORT"),
    made(4, "PLAIN SUPPLY CO", "PLAINSUPPLY1", description="PENCILS"),
    made(8, "SABLEFOX INC", "SABLEFOX0001", description="SUPPORT"),
    made(-16, "PLAIN SUPPLY CO", "PLAINSUPPLY1", description="QUARTZWARE AND SABLEFOX, RETURNED"),
    made(32, "UNTOLD HOLDINGS LLC", "UNTOLDHOLD01", description="AMAZON WEB SERVICES ROAD"),
]
QUARTZWARE = """
- id: quartzware
  name: Quartzware
  kind: company
  description: Invented.
  aliases: [QUARTZWARE]
  sources: [invented_2020]
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("impact"), ROWS).paths.root


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace, whose content a test may change."""
    return Path(shutil.copytree(base, tmp_path / "workspace"))


def add_quartzware(folder: Path) -> None:
    (folder / "content" / "organisations" / "quartzware.yaml").write_text(QUARTZWARE, "utf-8")


@pytest.fixture(scope="module")
def changed(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy whose content knows one organisation more than its last build."""
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("changed") / "workspace"))
    add_quartzware(folder)
    return folder


def test_a_new_organisation_shows_what_it_would_add_with_examples(changed: Path) -> None:
    [change] = Workspace(changed).impact()
    assert change.organisation_id == "quartzware"
    assert change.before == Amount(Decimal(0), 0)
    assert change.after == Amount(Decimal(1 + 2 - 16), 3)
    assert change.difference_usd == 1 + 2 - 16
    assert [row["obligated_usd"] for row in change.came] == [-16, 2, 1]
    assert change.went == ()
    assert {row["matched"] for row in change.came} == {"QUARTZWARE"}


def test_looking_at_the_impact_changes_neither_the_snapshot_nor_the_answers(base: Path, changed: Path) -> None:
    workspace = Workspace(changed)
    assert workspace.impact() == workspace.impact()
    assert workspace.current() == Workspace(base).current()
    assert workspace.figure().obligated_usd == Workspace(base).figure().obligated_usd
    assert "quartzware" not in {row["organisation_id"] for row in workspace.table("organisations")}
    assert workspace.is_stale()


def test_building_makes_the_change_good_and_leaves_nothing_to_come(changed: Path, tmp_path: Path) -> None:
    workspace = Workspace(shutil.copytree(changed, tmp_path / "workspace"))
    workspace.build()
    assert workspace.figure(organisations=["quartzware"]).obligated_usd == 1 + 2 - 16
    assert workspace.impact() == []


@pytest.fixture(scope="module")
def changes(base: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Change]:
    """What several changes of content made since the workspace was opened would lead to, by an impact on a copy."""
    folder = Path(shutil.copytree(base, tmp_path_factory.mktemp("changes") / "workspace"))
    workspace = Workspace(folder)
    assert workspace.atlas.find_organisation("quartzware") is None
    add_quartzware(folder)
    write_content(folder, "phrases", "- {id: aws_means_another, text: AMAZON WEB SERVICES ROAD, means: nothing here}\n")
    file = folder / "content" / "organisations" / "mine.yaml"
    file.write_text(file.read_text("utf-8").replace("aliases: [SABLEFOX]", "aliases: [SABLEFOXES]"), "utf-8")
    return workspace.impact()


def test_content_changed_since_the_workspace_was_opened_is_seen(changes: list[Change]) -> None:
    assert {change.organisation_id for change in changes} == {"quartzware", "sablefox", "newmere", "amazon"}


def test_an_alias_taken_away_shows_what_would_go(changes: list[Change]) -> None:
    found = {change.organisation_id: change for change in changes}
    assert found["sablefox"].difference_usd == -(8 - 16)
    assert [row["obligated_usd"] for row in found["newmere"].went] == [-16, 8]


def test_changes_stand_in_the_order_of_the_money_they_move(changes: list[Change]) -> None:
    moved = [abs(change.difference_usd) for change in changes]
    assert moved == sorted(moved, reverse=True)
    assert len(set(moved)) > 2
    assert changes[0].organisation_id == "amazon"


def test_a_judgement_on_vendors_has_an_impact_too(folder: Path) -> None:
    workspace = Workspace(folder)
    workspace.judge("uei:SABLEFOX0001", "UNTOLD HOLDINGS LLC", Verdict.POSITIVE, "somebody", "a new name")
    changes = {change.organisation_id: change.difference_usd for change in workspace.impact()}
    assert changes == {"sablefox": 32, "newmere": 32}


def test_unchanged_content_has_no_impact_and_the_command_says_so(base: Path) -> None:
    done = run_here("impact", folder=base)
    assert done.returncode == 0, done.stderr
    assert "attributes every transaction as the last build did" in done.stdout
    assert json.loads(run_here("impact", "--format", "json", folder=base).stdout) == []


def test_the_command_says_the_same_in_every_format(changed: Path) -> None:
    [entry] = json.loads(run_here("impact", "--format", "json", folder=changed).stdout)
    assert (entry["organisation_id"], entry["before_usd"], entry["after_usd"]) == ("quartzware", "0.00", "-13.00")
    [row] = csv.DictReader(io.StringIO(run_here("impact", "--format", "csv", folder=changed).stdout))
    assert (row["difference_usd"], row["after_count"]) == ("-13.00", "3")
    shown = run_here("impact", folder=changed).stdout
    assert "quartzware: $0.00 → -$13.00 in 0 → 3 transactions" in shown
    assert "“QUARTZWARE” in: QUARTZWARE INC | SUPPORT" in shown


def test_content_that_cannot_be_used_is_one_error_with_status_2(folder: Path) -> None:
    write_content(folder, "sources", SOURCES.replace("grade: A", "grade: Z"))
    done = run_here("impact", folder=folder)
    assert done.returncode == 2
    assert "content/sources/mine.yaml, line 1" in done.stderr


def test_a_workspace_without_a_build_is_one_error_with_status_2(tmp_path: Path) -> None:
    Workspace.init(tmp_path / "empty")
    done = run_here("impact", folder=tmp_path / "empty")
    assert done.returncode == 2
    assert "nothing is built yet" in done.stderr
