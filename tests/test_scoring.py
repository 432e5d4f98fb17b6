"""Scores: judgements against labels people made, of transactions and of pairs of names."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.command import run_here
from tests.vendors.invented import ORGANISATIONS, SOURCES, built, made, write_content
from whosbehind.atlas import content_files, load_atlas
from whosbehind.scoring import Score, read_labels, score_attributions, score_file

Scored = Callable[..., Score]
AROUND = "- {id: invented_migration, means: moved away from, before: [MIGRATION FROM], within: 0}\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with content and no evidence."""
    root = tmp_path_factory.mktemp("scoring")
    write_content(root, "sources", SOURCES)
    write_content(root, "organisations", ORGANISATIONS)
    write_content(root, "around", AROUND)
    return root


def company(name: str, **changes: object) -> dict[str, Any]:
    entry = {"company": name, "route": "reseller", "role": "supplied", "certainty": "certain", "span": name.upper()}
    return {**entry, **changes}


def label(key: str, text: str, *companies: dict[str, Any], recipient: str = "PLAIN SUPPLY CO", **changes: Any) -> dict[str, Any]:
    named = {"Recipient Name": recipient, "Transaction Description": text, "Action Date": "2021-03-01"}
    return {"id": key, **named, "companies": list(companies), **changes}


def lines(folder: Path, *labels: dict[str, Any]) -> Path:
    file = folder / "labels.jsonl"
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in labels), "utf-8")
    return file


@pytest.fixture(scope="module")
def scored(folder: Path) -> Scored:
    """Scores labels with the invented content alone, read once."""
    atlas = load_atlas([file for file in content_files(folder / "content") if not file.is_bundled])
    return lambda *labels: score_attributions(atlas, labels)


def counts(score: Score) -> tuple[int, int, int]:
    return score.right, score.wrong, score.missed


def test_what_is_supplied_is_right_whichever_name_the_label_uses(scored: Scored) -> None:
    names = ("newmere", "Newmere", "NEWMERE")
    score = scored(*(label(name, "NEWMERE LICENSES", company(name)) for name in names))
    assert counts(score) == (3, 0, 0)
    assert (score.precision, score.recall, score.route) == (1, 1, 1)
    assert score.misses == []


def test_a_judgement_counts_for_the_last_owner_of_that_day(scored: Scored) -> None:
    listed = (
        label("after", "SABLEFOX LICENSES", company("newmere")),
        label("before", "SABLEFOX LICENSES", company("oldmere"), **{"Action Date": "2020-06-30"}),
    )
    assert counts(scored(*listed)) == (2, 0, 0)


def test_what_is_labelled_and_not_judged_is_missed_and_named(scored: Scored) -> None:
    score = scored(label("g1", "PENCILS", company("newmere")))
    assert counts(score) == (0, 0, 1)
    assert score.recall == 0
    [row] = score.listed()
    assert (row["label_id"], row["kind"], row["organisation"], row["record"]) == (
        "g1",
        "missed",
        "newmere",
        "PLAIN SUPPLY CO | PENCILS",
    )


def test_what_is_judged_and_not_labelled_is_wrong_and_named(scored: Scored) -> None:
    score = scored(label("g1", "NEWMERE STREET REPAIR"))
    assert counts(score) == (0, 1, 0)
    assert score.precision == 0
    assert [(row["kind"], row["organisation"], row["words"]) for row in score.listed()] == [
        ("not labelled", "newmere", "NEWMERE")
    ]


def test_what_is_only_around_is_neither_asked_for_nor_judged(scored: Scored) -> None:
    around = company("newmere", role="around")
    assert counts(scored(label("g1", "MIGRATION FROM NEWMERE", around))) == (0, 0, 0)
    assert counts(scored(label("g1", "NEWMERE LICENSES", around))) == (0, 1, 0)


def test_an_unsure_label_counts_neither_way(scored: Scored) -> None:
    unsure = company("newmere", certainty="unsure")
    listed = (label("g1", "NEWMERE", unsure), label("g2", "PENCILS", unsure))
    assert counts(scored(*listed)) == (0, 0, 0)


def test_another_company_may_be_accepted_in_place_of_the_labelled(scored: Scored) -> None:
    either = company("somebody_else", accept_also=["newmere"])
    assert counts(scored(label("g1", "NEWMERE LICENSES", either))) == (1, 0, 0)


def test_a_recipient_the_labels_do_not_speak_of_is_not_wrong(scored: Scored) -> None:
    listed = (
        label("g1", "PENCILS", recipient="NEWMERE INC", ignore_direct=["newmere"]),
        label("g2", "PENCILS", recipient="NEWMERE INC"),
        label("g3", "NEWMERE PENCILS", ignore_direct=["Newmere"]),
    )
    assert counts(scored(*listed)) == (0, 0, 0)


def test_a_wrong_route_is_right_and_named(scored: Scored) -> None:
    listed = (
        label("g1", "SUPPORT", company("newmere", route="direct"), recipient="NEWMERE INC"),
        label("g2", "NEWMERE SUPPORT", company("newmere", route="direct")),
    )
    score = scored(*listed)
    assert counts(score) == (2, 0, 0)
    assert score.route == 0.5
    assert [row["kind"] for row in score.listed()] == ["route is direct"]


def test_a_company_labelled_once_is_met_once(scored: Scored) -> None:
    score = scored(label("g1", "NEWMERE AND OLDMERE", company("newmere", accept_also=["oldmere"])))
    assert counts(score) == (1, 0, 0)


def test_traps_are_scored_by_themselves(folder: Path, tmp_path: Path) -> None:
    listed = (
        label("g1", "NEWMERE", company("newmere")),
        label("t1", "NEWMERE STREET", trap=True),
        label("t2", "NEWMERE ROAD", stratum="T"),
    )
    main, traps = score_file(folder, lines(tmp_path, *listed), None)
    assert (main.what, main.records, counts(main)) == ("transactions", 1, (1, 0, 0))
    assert (traps.what, traps.records, counts(traps)) == ("traps", 2, (0, 2, 0))


def test_a_line_break_of_another_alphabet_inside_a_text_is_no_end_of_a_line(tmp_path: Path) -> None:
    listed = [label("g1", "NEWMERE\u2028LICENSES", company("newmere")), label("g2", "PENCILS")]
    assert read_labels(lines(tmp_path, *listed)) == listed


# Pairs --------------------------------------------------------------------

PAIRS = """name_a,name_b,same_entity,same_family
SABLEFOX INC,"Sablefox, LLC",1,1
SABLEFOX INC,NEWMERE CORP,0,1
OAK VALE CORP,OAKVALE CORPORATION,1,1
PINEMOOR LLC,LARKSPINDLE LLC,1,0
QUILLANE INC,QUILLANE LLC,0,0
"""


def pairs(tmp_path: Path, text: str = PAIRS) -> Path:
    file = tmp_path / "pairs.csv"
    file.write_text(text, "utf-8")
    return file


def test_pairs_are_scored_by_entity_and_by_family_without_evidence(folder: Path, tmp_path: Path) -> None:
    entities, families = score_file(folder, pairs(tmp_path), None)
    assert (entities.what, entities.records, counts(entities)) == ("entities", 5, (2, 1, 1))
    assert (families.what, counts(families)) == ("families", (3, 1, 0))
    assert [(miss.kind, miss.words) for miss in entities.misses] == [
        ("missed", "PINEMOOR LLC"),
        ("not labelled one", "QUILLANE INC"),
    ]
    assert entities.route_text == ""


def test_the_short_form_of_a_file_of_pairs_is_scored_by_entity_alone(folder: Path, tmp_path: Path) -> None:
    [score] = score_file(folder, pairs(tmp_path, "name1,name2,is_match\nOAK INC,OAK LLC,true\nOAK INC,ELM INC,False\n"), None)
    assert (score.records, counts(score)) == (2, (1, 0, 0))


def test_pairs_in_a_workspace_are_resolved_with_its_evidence(tmp_path: Path) -> None:
    rows = [made(1, "QUILLANE INC", "QUILLANEAAA1"), made(2, "QUILLANE LLC", "QUILLANEBBB2", description="SABLEFOX")]
    workspace = built(tmp_path, rows)
    entities, _ = score_file(workspace.paths.root, pairs(tmp_path), None)
    assert "QUILLANE INC" not in {miss.words for miss in entities.misses}


# The command --------------------------------------------------------------


@pytest.mark.parametrize(("bar", "status"), [("0.6,0.6", 0), ("0.9,0.1", 1), ("0.1,0.9", 1)])
def test_a_score_below_the_bar_is_status_1(folder: Path, tmp_path: Path, bar: str, status: int) -> None:
    done = run_here("score", str(pairs(tmp_path)), "--at-least", bar, folder=folder)
    assert done.returncode == status, done.stderr
    assert "0.667" in done.stdout


def test_a_score_says_the_same_in_json_and_csv(folder: Path, tmp_path: Path) -> None:
    file = lines(tmp_path, label("g1", "NEWMERE", company("newmere")), label("g2", "NEWMERE STREET"))
    [entry] = json.loads(run_here("score", str(file), "--format", "json", folder=folder).stdout)
    assert (entry["right"], entry["wrong"], entry["missed"], entry["precision"], entry["route"]) == (1, 1, 0, 0.5, 1)
    listed = run_here("score", str(file), "--format", "csv", folder=folder).stdout.splitlines()
    assert listed[0] == "what,label_id,kind,organisation,words,record"
    assert listed[1:] == ["transactions,g2,not labelled,newmere,NEWMERE,PLAIN SUPPLY CO | NEWMERE STREET"]


GOOD = json.dumps(label("g1", "NEWMERE", company("newmere")))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("labels.jsonl", "", "there are no labels."),
        ("labels.jsonl", f"{GOOD}\nnot json\n", "labels.jsonl, line 2: this line is no labelled transaction."),
        ("labels.jsonl", '{"id": "g1"}\n', "labels.jsonl, line 1: this line is no labelled transaction."),
        ("labels.jsonl", GOOD.replace("2021-03-01", "March"), "labels.jsonl, line 1: this line is no labelled transaction."),
        ("labels.jsonl", GOOD.replace('"role"', '"rule"'), "labels.jsonl, line 1: this line is no labelled transaction."),
        ("labels.jsonl", GOOD.replace("PLAIN", "SOCIÉTÉ").encode("latin-1"), "the file is not UTF-8"),
        ("labels.jsonl", "[]\n", "labels.jsonl, line 1: this line is no labelled transaction."),
        ("pairs.csv", "", "this is no file of labelled pairs."),
        ("pairs.csv", "one,two\n1,2\n", "this is no file of labelled pairs."),
        ("pairs.csv", "name1,name2,is_match\n", "there are no labels."),
        ("pairs.csv", "name1,name2,is_match\nÉ,E,1\n".encode("latin-1"), "the file is not UTF-8"),
    ],
)
def test_labels_that_cannot_be_used_are_one_clear_error_with_status_2(
    folder: Path, tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    (tmp_path / name).write_bytes(text.encode() if isinstance(text, str) else text)
    done = run_here("score", str(tmp_path / name), folder=folder)
    assert done.returncode == 2
    [line] = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert said in line


@pytest.mark.parametrize("bar", ["high", "0.9", "0.9,0.9,0.9"])
def test_a_bar_that_is_none_is_one_error_with_status_2(folder: Path, tmp_path: Path, bar: str) -> None:
    done = run_here("score", str(pairs(tmp_path)), "--at-least", bar, folder=folder)
    assert done.returncode == 2
    assert f"error: --at-least: {bar!r} is no bar." in done.stderr
