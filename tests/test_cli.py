"""The command line as a user meets it: exit statuses, one-line errors, three formats.

Each exit status, standard input and the whole demonstration are seen in a process of its own; where
only the words of an answer matter, the command runs in the process of the test.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import synthetic
from tests.command import run, run_here
from tests.effort import IS_THOROUGH
from whosbehind.render import FLEXIBLE, NARROWEST, fitted_widths

ROWS = list(synthetic.transactions(80, seed=11))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    done = run("demo", str(folder))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_demonstration_shows_the_main_job_and_what_to_do_next(demo: tuple[Path, str]) -> None:
    _, text = demo
    for words in ("EXTRACT", "Palantir", "through resellers", "2024", "usaspending.gov", "--rows", "add FY2024"):
        assert words in text


@pytest.mark.skipif(not IS_THOROUGH, reason="publishes a whole site a second time; WHOSBEHIND_THOROUGH=1 runs this")
def test_the_demonstration_can_be_run_again(demo: tuple[Path, str]) -> None:
    folder, text = demo
    assert run_here("demo", str(folder)).stdout == text


def test_a_number_is_followed_by_how_to_open_its_rows(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    shown = run_here("figure", "palantir", "--agency", "ICE", folder=folder).stdout
    command = re.search(r"Rows: whosbehind (.*)", shown)
    assert command
    rows = run_here(*command.group(1).split(), "--format", "json")
    figure = json.loads(rows.stdout)
    assert sum(Decimal(row["obligated_usd"]) for row in figure["rows"]) == Decimal(figure["obligated_usd"])


def test_a_figure_says_the_same_in_every_format(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    entry = json.loads(run("figure", "amazon", "--by", "fiscal_year,route", "--format", "json", folder=folder).stdout)
    assert re.fullmatch(r"-?\d+\.\d\d", entry["obligated_usd"])
    shown = run_here("figure", "amazon", "--by", "fiscal_year,route", "--format", "csv", folder=folder).stdout
    groups = list(csv.DictReader(io.StringIO(shown)))
    assert [row["obligated_usd"] for row in groups] == [group["obligated_usd"] for group in entry["groups"]]
    rows = list(csv.DictReader(io.StringIO(run_here("figure", "amazon", "--rows", "--format", "csv", folder=folder).stdout)))
    assert sum(Decimal(row["obligated_usd"]) for row in rows) == Decimal(entry["obligated_usd"])
    table = run_here("figure", "amazon", folder=folder).stdout
    assert f"{Decimal(entry['obligated_usd']):,.2f}" in table
    one = list(csv.DictReader(io.StringIO(run_here("figure", "amazon", "--format", "csv", folder=folder).stdout)))
    assert one[0]["obligated_usd"] == entry["obligated_usd"]


def test_an_extract_is_never_a_total(demo: tuple[Path, str]) -> None:
    entry = json.loads(run_here("figure", "palantir", "--format", "json", folder=demo[0]).stdout)
    assert entry["transaction_count"] > 0
    assert any("extract" in warning for warning in entry["warnings"])
    assert entry["coverage"]["is_complete"] is False


def test_help_is_instant_since_it_loads_no_heavy_library() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "whosbehind", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    loaded = set(re.findall(r"\| +([\w.]+)$", done.stderr, re.M))
    assert "click" in loaded
    assert loaded & {"ibis", "duckdb", "pyarrow", "pydantic", "rich", "yaml"} == set()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["figre"], "Did you mean 'figure'"),
        (["figure", "--agncy", "ICE"], "--agency"),
        (["figure", "--since", "01.02.2024"], "Write it as 2024-03-01"),
        (["figure", "amazn"], "Did you mean"),
        (["figure", "--agency", "ICEE"], "Did you mean ICE"),
        (["figure", "--by", "colour"], "Choose from"),
        (["add", "no-such-file.csv"], "no such file"),
        (["add", "x.csv", "--source", "nowhere"], "no source is called"),
        (["add", "x.csv", "--scope", "ICE"], "Write it as"),
        (["export", "nothing", "-o", "x.csv"], "Choose from"),
        (["export", "documents", "-o", "x.doc"], ".csv or .parquet"),
    ],
)
def test_a_mistake_is_one_line_with_a_mend_and_status_2(demo: tuple[Path, str], words: list[str], said: str) -> None:
    assert_is_one_line(run_here(*words, folder=demo[0]), said)


def test_an_amount_of_memory_that_is_none_is_one_line_with_a_mend_and_status_2(tmp_path: Path) -> None:
    run_here("init", str(tmp_path / "workspace"))
    assert_is_one_line(run_here("build", "--memory", "much", folder=tmp_path / "workspace"), "amount of memory")


def test_a_mistake_leaves_a_process_with_one_line_and_status_2(demo: tuple[Path, str]) -> None:
    assert_is_one_line(run("figure", "amazn", folder=demo[0]), "Did you mean")


def assert_is_one_line(done: subprocess.CompletedProcess[str], said: str) -> None:
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(lines) == 1
    assert said in lines[0]
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    done = run_here("figure", folder=tmp_path)
    assert done.returncode == 2
    assert "whosbehind init" in done.stderr


def test_init_leaves_a_folder_with_other_things_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert run_here("init", str(tmp_path)).returncode == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.fixture(scope="module")
def piped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose evidence came through standard input; a description in it is a formula."""
    folder = tmp_path_factory.mktemp("piped")
    rows = [dataclasses.replace(ROWS[0], description="=HYPERLINK(1)"), *ROWS[1:]]
    synthetic.write_api_csv(folder / "rows.csv", rows)
    assert run_here("init", str(folder / "workspace")).returncode == 0
    done = run("add", "-", "--name", "rows.csv", folder=folder / "workspace", stdin=(folder / "rows.csv").read_bytes())
    assert done.returncode == 0, done.stderr
    assert run_here("build", folder=folder / "workspace").returncode == 0
    return folder / "workspace"


def test_standard_input_is_evidence_too(piped: Path) -> None:
    entry = json.loads(run_here("figure", "--format", "json", folder=piped).stdout)
    assert Decimal(entry["obligated_usd"]) == sum((row.obligated_usd for row in ROWS), Decimal(0))


def test_a_file_with_an_unknown_column_is_kept_and_named(tmp_path: Path) -> None:
    synthetic.write_api_csv(tmp_path / "rows.csv", ROWS)
    text = (tmp_path / "rows.csv").read_text("utf-8")
    lines = text.splitlines()
    widened = [lines[0] + ",Colour", *(line + ",red" for line in lines[1:])]
    (tmp_path / "rows.csv").write_text("\n".join(widened) + "\n", "utf-8")
    folder = tmp_path / "workspace"
    run_here("init", str(folder))
    done = run_here("add", str(tmp_path / "rows.csv"), folder=folder)
    assert done.returncode == 2
    assert "unknown column 'Colour'" in done.stderr
    assert "--ignore-column" in done.stderr
    assert run_here("verify", folder=folder).returncode == 0
    assert run_here("add", str(tmp_path / "rows.csv"), "--ignore-column", "Colour", folder=folder).returncode == 0
    report = json.loads(run_here("build", "--format", "json", folder=folder).stdout)
    assert report["documents"][0]["taken_count"] == len(ROWS)


def test_verify_names_what_is_damaged_with_status_1(demo: tuple[Path, str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo[0], tmp_path / "workspace"))
    [blob] = (folder / "evidence" / "sha256").glob("*/*")
    blob.chmod(0o644)
    blob.write_bytes(blob.read_bytes()[:-1] + b"x")
    done = run("verify", folder=folder)
    assert done.returncode == 1
    assert blob.name in done.stderr


def test_an_answer_from_before_the_last_change_says_so(demo: tuple[Path, str], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(demo[0], tmp_path / "workspace"))
    assert "changed since the last build" not in run_here("figure", folder=folder).stderr
    synthetic.write_api_csv(tmp_path / "more.csv", ROWS)
    run_here("add", str(tmp_path / "more.csv"), folder=folder)
    done = run_here("figure", folder=folder)
    assert done.returncode == 0
    assert "changed since the last build" in done.stderr


def test_exports_neutralise_formulas_and_name_aliases(demo: tuple[Path, str], tmp_path: Path) -> None:
    folder, _ = demo
    assert run_here("export", "organisations", "-o", str(tmp_path / "o.csv"), folder=folder).returncode == 0
    listed = {row["organisation_id"]: row for row in csv.DictReader(io.StringIO((tmp_path / "o.csv").read_text("utf-8")))}
    assert "MICROSOFT" in listed["microsoft"]["aliases"]
    assert run_here("export", "attributions", "-o", str(tmp_path / "a.csv"), folder=folder).returncode == 0
    exported = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8"))))
    rows = json.loads(run_here("figure", "palantir", "--rows", "--format", "json", folder=folder).stdout)["rows"]
    assert set(exported[0]) == set(rows[0])
    assert len({(row["transaction_id"], row["family_id"]) for row in exported}) == len(exported)
    assert all(row["organisation_id"] == row["family_id"] for row in exported)
    counted = [row for row in exported if row["role"] == "supplied" and row["confidence"] in ("certain", "probable")]
    own = [row for row in counted if row["organisation_id"] == "palantir"]
    told = [sorted((row["transaction_id"], row["agency"], row["obligated_usd"]) for row in listed) for listed in (own, rows)]
    assert told[0] == told[1]


def test_formula_cells_stand_behind_an_apostrophe(piped: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run_here("figure", "--rows", "--format", "csv", folder=piped).stdout)))
    [row] = [row for row in rows if "HYPERLINK" in row["description"]]
    assert row["description"] == "'=HYPERLINK(1)"
    assert {row["obligated_usd"][:1] for row in rows} <= set("-0123456789")


def test_no_color_is_obeyed(demo: tuple[Path, str]) -> None:
    assert "\x1b[" not in run_here("figure", "amazon", folder=demo[0], NO_COLOR="1", FORCE_COLOR="").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_completion_script(shell: str) -> None:
    done = run_here("completion", shell)
    assert done.returncode == 0
    assert "_WHOSBEHIND_COMPLETE" in done.stdout


def test_content_of_a_workspace_is_checked_with_file_line_and_mend(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    run_here("init", str(folder))
    own = folder / "content" / "organisations"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("- id: acme\n  nam: Acme\n  kind: company\n", "utf-8")
    done = run_here("content", folder=folder)
    assert done.returncode == 2
    assert "content/organisations/mine.yaml, line" in done.stderr


def test_a_figure_says_what_inheritance_would_add_and_adds_it_where_asked(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    words = ("figure", "palantir", "--format", "json")
    plain, inherited = (json.loads(run_here(*words, *more, folder=folder).stdout) for more in ((), ("--inherited",)))
    assert (plain["has_inherited"], inherited["has_inherited"], inherited["with_inherited"]) == (False, True, None)
    assert plain["with_inherited"]["obligated_usd"] == inherited["obligated_usd"]
    difference = Decimal(inherited["obligated_usd"]) - Decimal(plain["obligated_usd"])
    assert Decimal(plain["with_inherited"]["difference_usd"]) == difference


def test_an_action_is_explained_in_every_format(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    row = json.loads(run_here("figure", "palantir", "--rows", "--format", "json", folder=folder).stdout)["rows"][0]
    words = ("explain", row["piid"], row["modification_number"])
    for output in ("table", "json", "csv"):
        done = run_here(*words, "--format", output, folder=folder)
        assert done.returncode == 0, done.stderr
        assert "Palantir" in done.stdout
    done = run_here("explain", "NO SUCH AWARD", folder=folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)


def test_what_nothing_explains_adds_up_in_json_and_csv(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    entry = json.loads(run_here("unexplained", "--format", "json", folder=folder).stdout)
    amounts = {name: Decimal(entry[name]["obligated_usd"]) for name in ("technology", "explained", "unexplained")}
    assert amounts["technology"] == amounts["explained"] + amounts["unexplained"]
    gaps = list(csv.DictReader(io.StringIO(run_here("unexplained", "--format", "csv", folder=folder).stdout)))
    assert sum((Decimal(row["obligated_usd"]) for row in gaps), Decimal(0)) == amounts["unexplained"]


def test_every_command_explains_itself() -> None:
    listed = re.findall(r"^  (\w+)  ", run_here("--help").stdout.split("Commands:")[1], re.M)
    assert "figure" in listed
    for name in listed:
        done = run_here(name, "--help")
        assert done.returncode == 0
        assert "Usage: whosbehind" in done.stdout


@given(
    st.dictionaries(
        st.sampled_from(["obligated_usd", "agency", "description", "recipient_name", "file_name", "route"]), st.integers(1, 90)
    ),
    st.integers(60, 200),
)
def test_tables_fit_the_terminal_and_never_cut_a_number(widths: dict[str, int], room: int) -> None:
    fitted = fitted_widths(widths, room)
    rigid = {key: width for key, width in widths.items() if key not in FLEXIBLE}
    assert {key: fitted[key] for key in rigid} == rigid
    if sum(rigid.values()) + 2 * len(rigid) + NARROWEST <= room:
        assert sum(fitted.values()) + 2 * (len(fitted) - 1) <= room


@pytest.mark.parametrize("columns", ["80", "120"])
def test_amounts_stand_whole_in_a_narrow_terminal(demo: tuple[Path, str], columns: str) -> None:
    folder, _ = demo
    shown = run_here("figure", "palantir", "--rows", folder=folder, COLUMNS=columns).stdout
    entry = json.loads(run_here("figure", "palantir", "--rows", "--format", "json", folder=folder).stdout)
    for row in entry["rows"]:
        amount = Decimal(row["obligated_usd"])
        assert f"{'-' if amount < 0 else ''}${abs(amount):,.2f}" in shown
