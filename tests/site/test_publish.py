from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.command import run_here
from tests.effort import IS_THOROUGH
from whosbehind import Workspace
from whosbehind.errors import Fault, Mistake
from whosbehind.site import address
from whosbehind.site.beside import PROCESSES
from whosbehind.site.material import Material
from whosbehind.site.pages import File, Page
from whosbehind.site.press.press import Imprint
from whosbehind.site.publish import JOURNAL, LIST, Published, publish
from whosbehind.site.shelves.awards import award_pages
from whosbehind.site.shelves.organisations import organisation_pages

IMPRINT = Imprint("0123456789ab", "2026-11-22")


def _page(path: str, state: str = "") -> Page:
    return Page(path, "missing.html", lambda: {"state": state})


def _file(path: str, text: str) -> File:
    return File(path, text.encode, lambda: text)


def _publish(out: Path, *listed: Page | File) -> Published:
    return publish(listed, IMPRINT, out, lambda *_: None)


def _files(out: Path) -> set[str]:
    return {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}


def test_a_page_is_written_in_each_language_and_a_file_once(tmp_path: Path) -> None:
    _publish(tmp_path, _page("claims/one.html"), _file("data/one.csv", "a,b"))
    assert {"claims/one.html", "es/claims/one.html", "data/one.csv", "assets/site.css", "assets/site.js", LIST} <= _files(
        tmp_path
    )
    assert (tmp_path / "data/one.csv").read_text() == "a,b"


def test_what_did_not_change_is_left_as_it_is(tmp_path: Path) -> None:
    first = _publish(tmp_path, _page("one.html"), _page("two.html"), _file("data/a.csv", "1"))
    before = (tmp_path / "one.html").stat().st_mtime_ns
    again = _publish(tmp_path, _page("one.html"), _page("two.html", "changed"), _file("data/a.csv", "1"))
    assert (again.written, again.kept, again.removed) == (2, first.written - 2, 0)
    assert (tmp_path / "one.html").stat().st_mtime_ns == before


def test_what_is_no_more_is_removed_with_the_folder_it_leaves_empty(tmp_path: Path) -> None:
    _publish(tmp_path, _page("claims/one.html"), _page("two.html"))
    done = _publish(tmp_path, _page("two.html"))
    assert done.removed == 2
    assert not (tmp_path / "claims").exists()


def test_what_somebody_else_put_there_stays(tmp_path: Path) -> None:
    _publish(tmp_path, _page("one.html"))
    (tmp_path / "CNAME").write_text("example.org")
    _publish(tmp_path, _page("two.html"))
    assert (tmp_path / "CNAME").read_text() == "example.org"


def test_a_file_that_went_is_written_again(tmp_path: Path) -> None:
    _publish(tmp_path, _page("one.html"))
    (tmp_path / "one.html").unlink()
    assert _publish(tmp_path, _page("one.html")).written == 1


def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(Mistake, match="holds other things"):
        _publish(tmp_path, _page("one.html"))
    assert _files(tmp_path) == {"thesis.doc"}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises((Mistake, Fault)):
        _publish(tmp_path / "file", _page("one.html"))


def test_a_list_from_elsewhere_removes_nothing_outside_the_folder(tmp_path: Path) -> None:
    out, own = tmp_path / "site", tmp_path / "own.txt"
    own.write_text("mine")
    _publish(out, _page("one.html"))
    (out / LIST).write_text(json.dumps({"../own.txt": "x", str(own): "x", "a/../../own.txt": "x"}))
    _publish(out, _page("one.html"))
    assert own.read_text() == "mine"


def _failing(path: str, fail: Callable[[], None]) -> Page:
    def make() -> dict[str, str]:
        fail()
        return {}

    return Page(path, "missing.html", make)


def _stop() -> None:
    raise KeyboardInterrupt


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_one_that_was_stopped_is_completed_by_the_next(tmp_path: Path) -> None:
    pages = [_page(f"{number}.html") for number in range(6)]
    with pytest.raises(KeyboardInterrupt):
        _publish(tmp_path, *pages[:4], _failing("4.html", _stop), pages[5])
    assert not (tmp_path / LIST).exists()
    done = _publish(tmp_path, *pages)
    assert done.kept >= 4
    assert done.written >= 2
    assert not (tmp_path / JOURNAL).exists()
    assert _publish(tmp_path, *pages).written == 0


KILLED = """
import sys
from pathlib import Path
from tests.site.test_publish import IMPRINT, _failing, _page, kill, publish

pages = [_page(f"{number}.html") for number in range(4)]
publish([*pages, _failing("4.html", kill)], IMPRINT, Path(sys.argv[1]), lambda *_: None)
"""


def test_one_that_was_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, env={**os.environ, "PYTHONPATH": "."})
    assert done.returncode == -signal.SIGKILL
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('["cut off, "')
    again = _publish(tmp_path, _page("0.html"), _page("9.html"))
    assert again.written == 2
    assert again.removed >= 2
    assert "2.html" not in _files(tmp_path)


def test_what_goes_wrong_in_a_process_beside_is_said_by_the_first(tmp_path: Path) -> None:
    def fail() -> None:
        raise Mistake("no such page.")

    with pytest.raises(Mistake, match="no such page"):
        _publish(tmp_path, _page("0.html"), _failing("1.html", fail))


@pytest.mark.skipif(PROCESSES == 1, reason="this system writes in one process")
def test_a_process_beside_that_ends_early_is_said(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="ended early"):
        _publish(tmp_path, _page("0.html"), _failing("1.html", kill))


def test_two_folders_of_one_site_are_the_same_bytes(tmp_path: Path, material: Material) -> None:
    pages = [each for each in organisation_pages(material) if each.path.endswith("/amazon.html")]
    for name in ("one", "two"):
        _publish(tmp_path / name, *pages)
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    for path in _files(tmp_path / "one"):
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()


def test_a_chart_comes_as_svg_and_png_and_in_a_form_to_embed(tmp_path: Path, material: Material) -> None:
    _publish(tmp_path, *(each for each in organisation_pages(material) if each.path.endswith("/amazon.html")))
    assert (tmp_path / "charts/es/organisations/amazon.chart.svg").read_text("utf-8").startswith("<svg")
    assert (tmp_path / "charts/en/organisations/amazon.chart.png").read_bytes().startswith(b"\x89PNG")
    embedded = (tmp_path / "es/embed/organisations/amazon.chart.html").read_text("utf-8")
    assert '<html lang="es">' in embedded
    assert 'href="../../organisations/amazon.html"' in embedded
    assert 'class="headline"' in embedded
    assert "<svg" in embedded
    assert "<script" not in embedded


def test_what_is_only_drawn_is_painted_where_that_is_asked_for(tmp_path: Path, material: Material) -> None:
    award = next(award for award, rows in material.by_award.items() if len(rows) > 1)
    listed = [each for each in award_pages(material) if each.path == address.award(award)]
    page, painted = tmp_path / address.award(award), tmp_path / address.picture(address.award(award), "chart", "en", "png")
    _publish(tmp_path, *listed)
    assert not painted.exists()
    assert painted.name not in page.read_text("utf-8")
    publish(listed, replace(IMPRINT, every_png=True), tmp_path, lambda *_: None)
    assert painted.read_bytes().startswith(b"\x89PNG")
    assert painted.name in page.read_text("utf-8")
    _publish(tmp_path, *listed)
    assert not painted.exists()
    assert painted.name not in page.read_text("utf-8")


def test_a_page_without_a_chart_has_no_files_and_names_none(tmp_path: Path, material: Material) -> None:
    plain = next(each for each in organisation_pages(material) if each.charts and each.make()["chart"] is None)
    _publish(tmp_path, plain)
    assert not (tmp_path / "charts").exists()
    assert "charts/" not in (tmp_path / plain.path).read_text("utf-8")


@pytest.mark.skipif(not IS_THOROUGH, reason="the demonstration publishes a whole site too; WHOSBEHIND_THOROUGH=1 runs this")
def test_the_command_says_what_it_did_and_how_to_open_it(tmp_path: Path, built: Workspace) -> None:
    out = tmp_path / "site"
    done = run_here("publish", str(out), "--as-of", "2026-11-01", folder=built.paths.root)
    assert done.returncode == 0, done.stderr
    assert "files written, 0 left as they were, 0 removed." in done.stdout
    assert str(out / "index.html") in done.stdout
    assert "serve" in done.stdout
    assert (out / "search.html").exists()


def test_the_command_refuses_a_folder_with_other_things_at_once(tmp_path: Path, built: Workspace) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    done = run_here("publish", str(tmp_path), folder=built.paths.root)
    assert done.returncode != 0
    assert "holds other things" in done.stderr
    assert done.stderr.count("\n") == 1
