"""Flows as drawings: every flow has its arrow, every thing its box, and nothing lies on anything else."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations

import pytest

from whosbehind.site.drawing.flows import GROUP_OF, Arrow, Graph, Place, drawn
from whosbehind.site.drawing.layers import layered
from whosbehind.values import DataCategory


def graph(*arrows: Arrow) -> Graph:
    names = dict.fromkeys(name for arrow in arrows for name in (arrow.origin, arrow.target))
    return Graph(tuple(Place(name, f"Name of {name}", f"systems/{name}.html") for name in names), arrows)


def arrow(origin: str, target: str, state: str = "", category: str = "biometrics") -> Arrow:
    return Arrow(origin, target, ((category, 1),), state)


def svg(shown: Graph) -> str:
    return str(drawn(shown, str, lambda page: f"../{page}").body)


def test_each_kind_of_data_has_a_colour() -> None:
    assert set(GROUP_OF) == {str(each) for each in DataCategory}


def test_each_arrow_says_which_kind_of_data_it_carries() -> None:
    body = svg(graph(arrow("a", "b"), arrow("b", "c", category="tax")))
    assert '<text class="kind"' in body
    assert ">biometrics</text>" in body
    assert ">tax</text>" in body


def test_a_flow_that_ended_is_grey_and_crossed() -> None:
    body = svg(graph(arrow("a", "b", "ended")))
    assert 'class="arrow person ended"' in body
    assert ">×</text>" in body


def test_a_contested_flow_has_a_sign_of_its_own() -> None:
    assert "≠" in svg(graph(arrow("a", "b", "contested")))


def test_boxes_lead_to_their_pages() -> None:
    assert 'href="../systems/a.html"' in svg(graph(arrow("a", "b")))


def test_names_in_a_drawing_are_escaped() -> None:
    shown = Graph((Place("a", "<script>alert(1)</script>"), Place("b", "b")), (arrow("a", "b"),))
    assert "<script>" not in svg(shown)


def test_flows_both_ways_are_two_arrows() -> None:
    assert svg(graph(arrow("a", "b"), arrow("b", "a"))).count('class="head"') == 2


def test_flows_in_a_circle_can_be_drawn() -> None:
    assert svg(graph(arrow("a", "b"), arrow("b", "c"), arrow("c", "a"))).count('class="head"') == 3


def test_parts_that_nothing_ties_together_stand_below_each_other() -> None:
    found = layered([(0, 1), (2, 3)], dict.fromkeys(range(4), 40.0), 18.0)
    assert found.spots[0].column == found.spots[2].column
    assert abs(found.spots[0].middle - found.spots[2].middle) >= 40


def test_data_flow_from_left_to_right() -> None:
    found = layered([(0, 1), (1, 2)], dict.fromkeys(range(3), 40.0), 18.0)
    assert [found.spots[number].column for number in range(3)] == [0, 1, 2]


def test_no_two_boxes_lie_on_each_other() -> None:
    ties = [(a, b) for a, b in combinations(range(14), 2) if (a * b) % 3 == 1]
    found = layered(ties, {number: 30.0 + 7 * number for number in range(14)}, 18.0)
    for one, other in combinations(found.spots.values(), 2):
        if one.column == other.column:
            assert abs(one.middle - other.middle) >= (one.height + other.height) / 2


def test_a_line_keeps_to_the_columns_between_its_ends() -> None:
    found = layered([(0, 1), (1, 2), (0, 2)], dict.fromkeys(range(3), 40.0), 18.0)
    columns = [found.spots[spot].column for spot in found.lines[0, 2]]
    assert columns == sorted(columns)
    assert columns[0] == 0
    assert columns[-1] == found.spots[2].column


def test_a_graph_with_many_circles_is_drawn_in_the_end() -> None:
    many = [arrow(str(a), str((a * 7 + b * b) % 60)) for a in range(60) for b in range(1, 5) if (a * 7 + b * b) % 60 != a]
    assert svg(graph(*many)).count('class="head"') == len(many)


def test_nothing_to_draw_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one arrow"):
        drawn(Graph((), ()), str, str)


def test_a_drawing_is_the_same_in_every_process() -> None:
    code = (
        "from tests.site.test_flow_drawing import graph, arrow, svg\n"
        "print(svg(graph(*(arrow(str(a), str(b)) for a in range(9) for b in range(9) if a * b % 4 == 3 and a != b))))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1
    assert re.search("<rect", found.pop())
