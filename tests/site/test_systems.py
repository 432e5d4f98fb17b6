"""Pages of systems: who runs them, what is known of their money, what flows, and what is not known."""

from __future__ import annotations

from pathlib import Path

from whosbehind import Workspace
from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.shelves.flow_lines import BESIDE, lines_around, neighbourhood
from whosbehind.site.shelves.systems import system_pages


def text(folder: Path, path: str) -> str:
    return (folder / path).read_text("utf-8")


def test_each_system_has_a_page_and_stands_in_the_list(material: Material, folder: Path) -> None:
    listed = text(folder, address.SYSTEMS)
    for name in material.atlas.systems:
        assert (folder / address.system(name)).exists()
        assert address.system(name).removeprefix("systems/") in listed


def test_the_money_of_a_system_is_what_a_figure_says(material: Material, built: Workspace) -> None:
    for page in system_pages(material):
        data = page.make()
        if data.get("spent"):
            number = data["spent"].whole
            assert built.figure(**number.asked).amount == number.amount
            assert sum(each.amount.obligated_usd for each in data["spent"].by_year.values()) == number.amount.obligated_usd
            return
    raise AssertionError("no system has money in the extract")


def test_a_page_says_that_known_money_is_not_what_a_system_cost(folder: Path) -> None:
    assert "This is what is known, not what it cost" in text(folder, address.system("icm"))


def test_a_system_without_money_says_so(material: Material, folder: Path) -> None:
    without = next(name for name in material.atlas.systems if not material.opened.systems.get(name))
    assert "No contract action in the evidence is known to be for it" in text(folder, address.system(without))


def test_what_a_system_is_not_to_be_taken_for_is_said(material: Material, folder: Path) -> None:
    confused = next(each.id for each in material.atlas.systems.values() if each.confusions)
    assert "Not to be taken for" in text(folder, address.system(confused))


def test_each_flow_of_a_system_stands_in_its_table(material: Material, folder: Path) -> None:
    page = text(folder, address.system("icm"))
    for each in material.workspace.flows("icm", material.day).flows:
        assert f'id="{each.step.flow.id}"' in page


def test_a_contested_flow_names_who_contests_it(material: Material, folder: Path) -> None:
    contested = next(
        each for each in material.atlas.flows.values() if each.stated.dispute and each.from_id in material.atlas.systems
    )
    assert "Contested by" in text(folder, address.system(contested.from_id))


def test_a_crowded_drawing_gathers_what_finds_no_room(material: Material) -> None:
    around = material.workspace.flows("dhs", material.day)
    graph = neighbourhood("dhs", around, lines_around(material, around))
    assert graph is not None
    assert len(graph.places) <= 2 * BESIDE + 1
    drawn = sum(arrow.count for arrow in graph.arrows)
    assert drawn == sum(each.direction != "within" for each in around.flows)


def test_a_status_lasts_until_the_next_began(material: Material) -> None:
    drawn = next(page for page in system_pages(material) if page.path == "systems/falcon.html").make()["timeline"]
    statuses = [each for each in drawn if str(each.lane).startswith("status")]
    assert [(str(each.lane), each.since, each.until, each.is_open) for each in statuses] == [
        ("status: active", "2012-02", "2022", False),
        ("status: retired", "2022", None, False),
    ]
