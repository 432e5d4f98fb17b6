"""Pages of paths and the map of flows: every step as the trace finds it, with its doubts; every flow in its kind."""

from __future__ import annotations

from pathlib import Path

from whosbehind.site import address
from whosbehind.site.material import Material
from whosbehind.site.shelves.flow_map import map_pages
from whosbehind.site.shelves.traces import TRACES, trace_pages


def test_every_trace_worth_showing_finds_something(material: Material) -> None:
    assert {page.path for page in trace_pages(material)} == {address.PATHS, *(address.path(*pair) for pair in TRACES)}


def test_a_page_has_the_paths_that_the_trace_finds(material: Material) -> None:
    page = next(each for each in trace_pages(material) if each.path == address.path("state_motor_vehicle_agencies", "ice"))
    found = page.make()["found"]
    trace = material.workspace.trace("state_motor_vehicle_agencies", "ice", as_of=material.day)
    assert len(found.certain) + len(found.doubted) == sum(path.is_continuous for path in trace.paths)
    assert len(found.broken) == len(trace.broken)
    assert [len(chain.steps) for chain in found.doubted] == sorted(len(chain.steps) for chain in found.doubted)


def test_a_path_that_is_broken_says_since_when(folder: Path) -> None:
    page = (folder / address.path("utility_companies", "ice")).read_text("utf-8")
    assert "What is broken, and since when" in page
    assert "ended 2021-10" in page


def test_a_chain_that_may_be_no_path_is_not_counted_as_one(folder: Path) -> None:
    page = (folder / address.path("mexico_inm", "ice")).read_text("utf-8")
    assert "No path is documented" in page
    assert "Chains of flows that may be no path" in page


def test_each_flow_stands_on_the_page_of_its_kind_of_data(material: Material, folder: Path) -> None:
    for flow in material.atlas.flows.values():
        assert f'id="{flow.id}"' in (folder / address.flow_kind(flow.category)).read_text("utf-8")


def test_the_numbers_of_the_map_add_up_to_all_flows(material: Material) -> None:
    overview = next(iter(map_pages(material))).make()
    assert sum(kind.count for kind in overview["kinds"]) == overview["count"] == len(material.atlas.flows)


def test_the_script_of_the_slider_comes_from_the_site_itself(folder: Path) -> None:
    page = (folder / address.flow_kind("biometrics")).read_text("utf-8")
    assert 'src="../assets/flows.js"' in page
    assert (folder / "assets/flows.js").exists()
    assert "data-since=" in page
