"""The published site as a whole: links, sizes, numbers, and nothing that a record could smuggle in."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.site.reading import Read, amounts_of_group, pages_in, read, target
from whosbehind import Workspace
from whosbehind.exports import FORMULA_SIGNS

# A page may hold so many bytes; home less, since it is met first and often on a phone.
LARGEST, LARGEST_HOME = 300_000, 150_000


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[Path, Read]:
    return {path: read(path) for path in pages_in(folder)}


def test_every_link_within_the_site_leads_to_a_file_and_to_a_mark_in_it(pages: dict[Path, Read]) -> None:
    marks = {path.resolve(): set(found.ids) for path, found in pages.items()}
    broken = [(path.name, link) for path, found in pages.items() for link in found.links if not _leads(path, link, marks)]
    assert not broken[:10]


def _leads(page: Path, link: str, marks: dict[Path, set[str]]) -> bool:
    aim, _, mark = link.partition("#")
    found = target(page, link) if aim else page.resolve()
    if found is None:
        return True
    return found.exists() and (not mark or found not in marks or mark in marks[found])


def test_nothing_is_loaded_from_other_hosts_and_no_script_or_style_stands_in_a_page(pages: dict[Path, Read]) -> None:
    assert not [
        (path.name, each) for path, found in pages.items() for each in found.loads if "//" in each or not _is_there(path, each)
    ]
    assert not [(path.name, each) for path, found in pages.items() for each in found.events]
    assert not [path.name for path, found in pages.items() if "style" in found.tags]


def _is_there(page: Path, load: str) -> bool:
    found = target(page, load)
    return found is not None and found.exists()


def test_pages_are_small_enough_for_a_phone(folder: Path, pages: dict[Path, Read]) -> None:
    assert not [(path.name, path.stat().st_size) for path in pages if path.stat().st_size > LARGEST]
    assert (folder / "index.html").stat().st_size < LARGEST_HOME
    assert (folder / "es" / "index.html").stat().st_size < LARGEST_HOME


def test_each_page_stands_in_every_language_with_a_heading_and_marks_that_are_its_own(
    folder: Path, pages: dict[Path, Read]
) -> None:
    english = {path.relative_to(folder).as_posix() for path in pages if path.relative_to(folder).parts[0] != "es"}
    spanish = {path.relative_to(folder / "es").as_posix() for path in pages if path.relative_to(folder).parts[0] == "es"}
    assert english == spanish
    assert not [path.name for path, found in pages.items() if found.tags.count("h1") != 1 and "embed" not in path.parts]
    assert not [path.name for path, found in pages.items() if len(found.ids) != len(set(found.ids))]


def test_every_number_on_ten_random_pages_equals_its_figure_and_opens_rows_that_sum_to_it(
    built: Workspace, folder: Path, pages: dict[Path, Read]
) -> None:
    with_numbers = sorted(path for path, found in pages.items() if 0 < len(found.numbers) <= 12)
    for page in random.Random(20261122).sample(with_numbers, 10):
        for shown in pages[page].numbers:
            figure = built.figure(**shown.question)
            assert (shown.usd, shown.count) == (figure.obligated_usd, figure.transaction_count), (page.name, shown)
            assert shown.text.replace("$", "").replace(",", "") == f"{figure.obligated_usd:.2f}", page.name
            assert _sum_of(folder, page, shown.href) == (shown.usd, shown.count), (page.name, shown)


def _sum_of(folder: Path, page: Path, href: str) -> tuple[Decimal, int]:
    """What the rows that a number opens come to: those of a marked group on its page, else of the CSV beside it."""
    aim, _, mark = href.partition("#")
    rows = target(page, aim) if aim else page.resolve()
    assert rows is not None
    group = amounts_of_group(rows, mark)
    place = rows.relative_to(folder.resolve()).as_posix().removeprefix("es/").removesuffix(".html")
    amounts = group or [Decimal(row["obligated_usd"]) for row in _records(folder / "data" / f"{place}.csv")]
    return sum(amounts, Decimal(0)), len(amounts)


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_records_say_never_becomes_part_of_a_page(pages: dict[Path, Read]) -> None:
    planted = {"blink", "img"}
    assert not [(path.name, tag) for path, found in pages.items() for tag in planted & set(found.tags)]
    said = "".join(word for found in pages.values() for word in found.words)
    assert "<script>document.title='BROKEN'</script>" in said
    assert "{{ 7*7 }}" in said
    assert not [link for found in pages.values() for link in found.links if link.lower().startswith(("javascript:", "data:"))]


def test_no_cell_of_a_csv_file_is_taken_for_a_formula(folder: Path) -> None:
    cells = [cell for path in (folder / "data").rglob("*.csv") for row in _rows(path) for cell in row]
    assert not [cell for cell in cells if cell.startswith(FORMULA_SIGNS) and not _is_amount(cell)][:10]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)


def _rows(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def _is_amount(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()
