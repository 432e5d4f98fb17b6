"""The command `check` as a user meets it: formats, files of findings, exit statuses."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.claims.entries import asked, claim, finding, written
from tests.command import run_here
from whosbehind import Workspace

HOSTILE = "=HYPERLINK() | a <script>alert(1)</script> [link](javascript:x) `code` *bold*\n# heading"
FACT = {"measure": "fact", "fact": "vellumnet_hits"}
TRUE = claim("hits", FACT, {"exactly": 44435})
ENTRIES = [
    TRUE,
    claim(
        "retold",
        finding=finding("garbled"),
        statement=HOSTILE,
        appeared={
            "publisher": "The Register",
            "title": "All | of it",
            "date": "2024-02",
            "url": "https://example.org/a_b",
            "read": "excerpt",
        },
        copies=[{"statement": "Once more.", "appeared": {"publisher": "The Echo"}}],
        reply={"who": "The Register's editor", "date": "2024-03", "statement": "We stand by it.", "sources": ["invented"]},
        corrections=[{"date": "2024-05-01", "what": "The date was mended.", "reason": "It named the copy's."}],
        signed={"by": "A. Reader", "date": "2024-04-01"},
    ),
    claim("far", asked(since="2019-01-01", until="2019-12-31"), {"about": 5}, finding=finding("supported")),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("command") / "claims.yaml", *ENTRIES)


@pytest.fixture(scope="module")
def folder(built: Workspace) -> Path:
    return built.paths.root


def shown(folder: Path, file: Path, output: str, *words: str) -> str:
    done = run_here("check", "--file", str(file), "--format", output, *words, folder=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_json_is_a_list_with_verdict_stated_reading_and_coverage(folder: Path, file: Path) -> None:
    entries: list[dict[str, Any]] = json.loads(shown(folder, file, "json"))
    assert [(each["id"], each["verdict"], each["reading"]) for each in entries] == [
        ("hits", "supported", None),
        ("retold", "garbled", None),
        ("far", "supported", None),
    ]
    hits, retold, far = entries
    assert hits["stated"]["value"] == hits["value"] == "44435"
    assert retold["reply"]["statement"] == "We stand by it."
    assert retold["corrections"] == [{"date": "2024-05-01", "what": "The date was mended.", "reason": "It named the copy's."}]
    assert [copy["id"] for copy in retold["copies"]] == ["retold/copy-1"]
    assert (retold["is_draft"], hits["is_draft"]) == (False, True)
    assert far["coverage"]["agencies"][0]["uncovered"] == [{"since": "2019-01-01", "until": "2019-12-31"}]


def test_only_the_claims_asked_for_are_checked(folder: Path, file: Path) -> None:
    assert [each["id"] for each in json.loads(shown(folder, file, "json", "far", "hits"))] == ["far", "hits"]


def test_csv_has_a_line_for_each_claim_and_copy_and_no_formula(folder: Path, file: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(shown(folder, file, "csv"))))
    assert [line["id"] for line in lines] == ["hits", "retold", "retold/copy-1", "far"]
    assert lines[0]["published"] == "exactly 44435"
    assert lines[1]["statement"].startswith("'=HYPERLINK")
    assert (lines[1]["publisher"], lines[2]["publisher"]) == ("The Register", "The Echo")
    assert lines[3]["sources"] == "invented"


def test_the_table_says_verdict_reason_numbers_reply_and_what_is_a_draft(folder: Path, file: Path) -> None:
    text = shown(folder, file, "table")
    assert "hits  supported" in text
    assert "published exactly 44,435 · as stated 44,435" in text
    assert "computed: the fact vellumnet_hits (44,435 hits)" in text
    assert "What is true: Something else is true." in text
    assert "Reply of The Register's editor, 2024-03: We stand by it." in text
    assert "Corrected on 2024-05-01: The date was mended. (It named the copy's.)" in text
    assert "so far in the evidence $0.00" in text
    assert "2 supported, 2 garbled" in text
    assert "2 findings not signed by anybody: drafts." in text


def test_the_sheet_shows_each_part_of_a_finding_and_takes_no_markup_from_a_statement(folder: Path, file: Path) -> None:
    text = shown(folder, file, "markdown")
    assert "# hits: supported" in text
    assert "- Computed: the fact vellumnet\\_hits (44,435 hits)" in text
    assert "- Confidence of what documents say: high" in text
    assert "**Garbled** (signed by A. Reader). The register says so." in text
    assert "(draft: no person has signed this finding)" in text
    said = next(line for line in text.splitlines() if "HYPERLINK" in line)
    assert said.startswith("> \\=HYPERLINK() \\| a \\<script\\>alert(1)\\</script\\> \\[link\\](javascript:x)")
    assert said.endswith("\\`code\\` \\*bold\\* \\# heading")
    assert "The Register, “All \\| of it”, 2024-02, <https://example.org/a_b>, read as an excerpt; in our words" in text
    assert "Reply of The Register's editor, 2024-03: We stand by it." in text
    assert "Corrected on 2024-05-01: The date was mended." in text
    assert "- Example Register, A register, grade A, read in full" in text
    assert "## retold/copy-1: garbled" in text
    assert "<script>" not in text


def test_the_sheet_opens_rows_where_asked(built: Workspace, tmp_path: Path) -> None:
    file = written(tmp_path / "claims.yaml", claim("rows", asked(), {"about": 2_610_000}))
    text = shown(built.paths.root, file, "markdown", "--rows")
    assert "The 4 rows as stated, largest first:" in text
    assert "| 2022-02-10 | ICE | $3,000,000.00 | QUORVEX INC | 70CTD022C00000777 |" in text
    assert "Contract records leave out" in text
    assert "largest first" not in shown(built.paths.root, file, "markdown")
    rows = json.loads(shown(built.paths.root, file, "json", "--rows"))[0]["stated"]["rows"]
    assert len(rows) == 4
    assert all(row["citation"] for row in rows)


def test_claim_reviews_have_the_shape_that_search_engines_read(folder: Path, file: Path) -> None:
    reviews = json.loads(shown(folder, file, "claimreview"))
    assert [each["identifier"] for each in reviews] == ["hits", "retold", "retold/copy-1", "far"]
    for each in reviews:
        assert (each["@context"], each["@type"]) == ("https://schema.org", "ClaimReview")
        assert each["itemReviewed"]["@type"] == "Claim"
        assert each["reviewRating"]["@type"] == "Rating"
        assert each["claimReviewed"]
        assert each["reviewBody"]
    hits, retold, _, _ = reviews
    assert hits["reviewRating"] == {"@type": "Rating", "alternateName": "supported", "ratingValue": 5, "worstRating": 1, "bestRating": 5}  # fmt: skip  # noqa: E501
    assert (hits["creativeWorkStatus"], "author" in hits, "datePublished" in hits) == ("Draft", False, False)
    assert (retold["creativeWorkStatus"], retold["datePublished"]) == ("Published", "2024-04-01")
    assert retold["author"] == {"@type": "Organization", "name": "A. Reader"}
    assert retold["itemReviewed"]["appearance"]["url"] == "https://example.org/a_b"
    assert retold["reviewRating"]["ratingValue"] == 2


def test_what_cannot_be_tested_has_no_rating(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "claims.yaml", claim("open", finding=finding("not testable")))
    review = json.loads(shown(folder, file, "claimreview"))[0]
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "not testable"}


def checked(folder: Path, tmp_path: Path, entry: dict[str, Any], *words: str) -> tuple[int, str]:
    """Status and standard error of a check of one claim against the kept findings."""
    file = written(tmp_path / "claims.yaml", entry)
    done = run_here("check", "--file", str(file), "--findings", str(tmp_path / "kept.json"), *words, folder=folder)
    return done.returncode, done.stderr


def test_findings_are_written_then_compared_and_a_change_is_bad_news(folder: Path, tmp_path: Path) -> None:
    assert checked(folder, tmp_path, TRUE) == (0, "")
    first = (tmp_path / "kept.json").read_text("utf-8")
    assert checked(folder, tmp_path, TRUE) == (0, "")
    status, said = checked(folder, tmp_path, {**TRUE, "published": {"exactly": 44436}})
    assert status == 1
    assert "changed: hits: verdict was supported, is contradicted." in said
    assert (tmp_path / "kept.json").read_text("utf-8") == first
    assert checked(folder, tmp_path, {**TRUE, "published": {"exactly": 44436}}, "--accept") == (0, "")
    assert checked(folder, tmp_path, {**TRUE, "published": {"exactly": 44436}}) == (0, "")


def test_a_claim_that_came_or_went_is_a_change_and_another_wording_is_none(folder: Path, tmp_path: Path) -> None:
    checked(folder, tmp_path, TRUE)
    assert checked(folder, tmp_path, {**TRUE, "statement": "In other words."}) == (0, "")
    status, said = checked(folder, tmp_path, {**TRUE, "id": "renamed"})
    assert status == 1
    assert "changed: hits: claim was there, is None." in said
    assert "changed: renamed: claim was None, is there." in said


def test_copies_are_kept_too(folder: Path, tmp_path: Path, file: Path) -> None:
    kept = tmp_path / "kept.json"
    run_here("check", "retold", "--file", str(file), "--findings", str(kept), folder=folder)
    assert [each["id"] for each in json.loads(kept.read_text("utf-8"))] == ["retold", "retold/copy-1"]


@pytest.mark.parametrize("text", ["{}", "[1]", "not json", '[{"id": "hits"}]', '[{"id": ["hits"]}]', ""])
def test_a_file_that_holds_no_findings_is_a_mistake(folder: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "kept.json").write_text(text, "utf-8")
    status, said = checked(folder, tmp_path, TRUE)
    assert (status, "no file of findings" in said) == (2, True)


def test_mistakes_are_one_line_and_status_2(folder: Path, tmp_path: Path, file: Path) -> None:
    cases = (
        (("nobody-said-so", "--file", str(file)), "there is no claim 'nobody-said-so'"),
        (("--file", str(tmp_path / "none.yaml")), "cannot be read"),
        (("hits", "--file", str(file), "--findings", str(tmp_path / "none" / "kept.json")), "cannot be written"),
        (("hits", "--file", str(file), "--findings", str(tmp_path)), "no file of findings"),
        (("hits", "--file", str(file), "--format", "xml"), "xml"),
    )
    for words, said in cases:
        done = run_here("check", *words, folder=folder)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert said in done.stderr


def test_a_file_without_claims_says_so(folder: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "claims.yaml")
    assert "No claims." in shown(folder, file, "table")
    assert json.loads(shown(folder, file, "json")) == []
