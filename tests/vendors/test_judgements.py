"""Judgements: walking the review queue, what the next build makes of answers, and taking them back."""

from __future__ import annotations

import csv
import io
import json
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import run_here
from tests.vendors.invented import built, made
from whosbehind import Workspace
from whosbehind.atlas import content_files, load_atlas
from whosbehind.errors import Mistake
from whosbehind.records import Judgement
from whosbehind.values import Verdict

ROWS = [
    made(100, "TWIN-OAK LLC", "TWINOAKAAAA1"),
    made(40, "TWIN OAK, LLC", "TWINOAKBBBB2"),
    made(900, "PINEMOOR SYSTEMS LLC", "PINEMOORAAA1", piid="70CTD024C99999999", modification_number="0"),
    made(300, "LARKSPINDLE DATA INC", "LARKSPINDLE1", piid="70CTD024C99999999", modification_number="P00001"),
    made(7, "VOSTRAND INDUSTRIES CORP", "VOSTRANDAAA1"),
    made(5, "VOSTRAND INDUSTRIE CORP", description="AMAZON WEB SERVICES"),
]
TWINS = ("uei:TWINOAKAAAA1", "uei:TWINOAKBBBB2")
NOVATED = ("uei:LARKSPINDLE1", "uei:PINEMOORAAA1")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("judgements"), ROWS).paths.root


@pytest.fixture
def folder(base: Path, tmp_path: Path) -> Path:
    """A copy of the built workspace, in which a test may judge."""
    return Path(shutil.copytree(base, tmp_path / "workspace"))


def queue(folder: Path) -> list[dict[str, Any]]:
    return list(json.loads(run_here("review", "--format", "json", folder=folder).stdout))


def written(folder: Path) -> list[dict[str, Any]]:
    file = folder / "content" / "judgements.yaml"
    return list(yaml.safe_load(file.read_text("utf-8"))) if file.exists() else []


def answer(folder: Path, keys: str, *words: str) -> Any:
    return run_here("review", "--author", "A. Reader", *words, folder=folder, stdin=keys.encode())


def vendor(workspace: Workspace, name: str) -> str:
    return next(str(row["vendor_id"]) for row in workspace.table("vendors") if row["recipient_name"] == name)


def total(workspace: Workspace) -> object:
    return workspace.figure().obligated_usd


@cache
def bundled() -> frozenset[str]:
    """The judgements that come with the package."""
    return frozenset(each.id for each in load_atlas(content_files(None)).judgements)


def own(folder: Path) -> list[Judgement]:
    """The judgements made in this workspace, without those that come with the package."""
    return [each for each in Workspace(folder).atlas.judgements if each.id not in bundled()]


def test_the_queue_lists_pairs_with_the_most_money_first(base: Path) -> None:
    listed = queue(base)
    assert [row["reason"] for row in listed] == ["one award, two names", "same name, two identifiers", "a letter or two apart"]
    assert [row["obligated_usd"] for row in listed] == ["300.00", "40.00", "5.00"]
    rows = list(csv.DictReader(io.StringIO(run_here("review", "--format", "csv", "--limit", "2", folder=base).stdout)))
    assert [row["left_vendor_id"] for row in rows] == [NOVATED[0], TWINS[0]]
    assert written(base) == []


def test_answers_are_asked_for_and_recorded_pair_by_pair(folder: Path) -> None:
    done = answer(folder, "y\nnovated in 2023\nn\n\nu\n\n")
    assert done.returncode == 0, done.stderr
    for words in ("1 of 3", "3 of 3", "$300.00 would move", "PINEMOOR SYSTEMS LLC: $900.00 in 1 transaction", "3 recorded"):
        assert words in done.stdout
    made = written(folder)
    assert [(each["left"], each["right"]) for each in made[:2]] == [NOVATED, TWINS]
    assert [each["verdict"] for each in made] == ["positive", "negative", "unsure"]
    assert [each["reason"] for each in made] == ["novated in 2023", "same name, two identifiers", "a letter or two apart"]
    assert {each["author"] for each in made} == {"A. Reader"}
    assert [each.id for each in own(folder)] == [each["id"] for each in made]
    assert queue(folder) == []
    assert "No pair waits" in answer(folder, "").stdout


def test_a_skipped_pair_waits_and_stopping_keeps_what_was_said(folder: Path) -> None:
    assert "1 recorded" in answer(folder, "s\nn\n\nq\n").stdout
    assert [(each["left"], each["verdict"]) for each in written(folder)] == [(TWINS[0], "negative")]
    assert [row["obligated_usd"] for row in queue(folder)] == ["300.00", "5.00"]


def test_stopping_at_once_records_nothing(folder: Path) -> None:
    assert "Nothing recorded" in answer(folder, "q\n").stdout
    assert written(folder) == []


def test_an_answer_that_is_none_is_asked_for_again(folder: Path) -> None:
    assert "1 recorded" in answer(folder, "perhaps\ny\n   \n", "--limit", "1").stdout
    assert [(each["verdict"], each["reason"]) for each in written(folder)] == [("positive", "one award, two names")]


def test_input_that_ends_early_keeps_what_was_said(folder: Path) -> None:
    done = answer(folder, "n\n\n")
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
    assert len(written(folder)) == 1


def test_a_judgement_without_an_author_is_one_error_with_status_2(base: Path) -> None:
    done = run_here("review", folder=base, stdin=b"y\n\n", USER="", WHOSBEHIND_AUTHOR="")
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert "--author" in line


def test_the_next_build_follows_a_positive_judgement_made_twice_until_a_later_one_undoes_it(folder: Path) -> None:
    workspace = Workspace(folder)
    before, money = {row["recipient_name"]: row["vendor_id"] for row in workspace.table("vendors")}, total(workspace)
    for _ in range(2):
        workspace.judge(*TWINS, Verdict.POSITIVE, "somebody", "one register number")
    assert workspace.is_stale()
    workspace.build()
    first, second = own(folder)
    assert first.id != second.id
    assert vendor(workspace, "TWIN OAK, LLC") == vendor(workspace, "TWIN-OAK LLC") == TWINS[0]
    assert TWINS[0] not in {row["left_vendor_id"] for row in workspace.table("review")}
    assert total(workspace) == money
    workspace.judge(TWINS[1], TWINS[0], Verdict.NEGATIVE, "somebody else", "two register numbers")
    workspace.build()
    assert {row["recipient_name"]: row["vendor_id"] for row in workspace.table("vendors")} == before
    assert [each.author for each in own(folder)] == ["somebody", "somebody", "somebody else"]


def test_a_file_of_judgements_edited_by_hand_still_takes_new_ones(folder: Path) -> None:
    file = folder / "content" / "judgements.yaml"
    file.write_text("- {id: by_hand, left: ONE, right: TWO, verdict: unsure, author: me, date: 2024-01-01, reason: odd}", "utf-8")
    workspace = Workspace(folder)
    workspace.judge(*TWINS, Verdict.NEGATIVE, "Zoë: “me”", "no # comment, yes: 'quoted'")
    [_, last] = own(folder)
    assert (last.author, last.reason, last.verdict) == ("Zoë: “me”", "no # comment, yes: 'quoted'", Verdict.NEGATIVE)


@pytest.mark.parametrize("blank", range(4))
def test_a_judgement_with_a_blank_part_is_refused_and_nothing_is_written(folder: Path, blank: int) -> None:
    parts = [*TWINS, "somebody", "a reason"]
    parts[blank] = "  "
    with pytest.raises(Mistake, match="an author and a reason"):
        Workspace(folder).judge(parts[0], parts[1], Verdict.POSITIVE, parts[2], parts[3])
    assert written(folder) == []


def test_a_judgement_that_cannot_be_read_names_its_file_and_line(folder: Path) -> None:
    file = folder / "content" / "judgements.yaml"
    file.write_text("- {id: j, left: ONE, right: TWO, verdict: perhaps, author: me, date: 2024-01-01, reason: odd}\n", "utf-8")
    done = run_here("build", folder=folder)
    assert done.returncode == 2
    assert "content/judgements.yaml, line 1" in done.stderr
    assert "verdict" in done.stderr


def test_a_pair_is_shown_with_all_names_of_both_vendors(base: Path) -> None:
    workspace = Workspace(base)
    [pair] = [row for row in workspace.table("review") if row["left_vendor_id"] == TWINS[0]]
    sides = workspace.pair(pair)
    assert [[row["recipient_name"] for row in sides[side]] for side in ("left", "right")] == [["TWIN-OAK LLC"], ["TWIN OAK, LLC"]]
