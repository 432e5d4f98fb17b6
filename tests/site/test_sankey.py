from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.site.drawing.sankey import HEIGHT, Band, layout, ordered, sankey

NAMES = st.sampled_from(["a", "b", "c", "same"])
AMOUNTS = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
BANDS = st.dictionaries(st.tuples(NAMES, NAMES | st.just(""), NAMES), AMOUNTS, max_size=30).map(
    lambda amounts: [Band(path, usd, "reseller" if path[1] else "direct") for path, usd in amounts.items()]
)


@given(BANDS)
def test_the_bands_of_a_block_make_its_height(bands: list[Band]) -> None:
    made = layout(bands)
    heights: dict[object, float] = defaultdict(float)
    for band, _, width in made.bands:
        for place in band.places:
            heights[place] += width
    assert {place: block.height for place, block in made.blocks.items()} == pytest.approx(heights)


@given(BANDS)
def test_a_band_is_as_wide_as_its_money(bands: list[Band]) -> None:
    made = layout(bands)
    whole = float(sum(band.amount for band, *_ in made.bands))
    for band, _, width in made.bands:
        assert width == pytest.approx(HEIGHT * float(band.amount) / max(whole, 1.0))


@given(BANDS)
def test_what_was_taken_back_is_not_drawn(bands: list[Band]) -> None:
    made = layout(bands)
    assert [band for band, *_ in made.bands] == [each for each in bands if each.amount > 0]
    assert all(width > 0 for *_, width in made.bands)
    assert "-" not in "".join(re.findall(r'(?:height|width)="([^"]+)"', sankey(bands, {}).body))


@given(BANDS)
def test_bands_stay_inside_their_blocks_and_do_not_overlap_there(bands: list[Band]) -> None:
    made = layout(bands)
    for side, column in enumerate((0, 1, 1, 2)):
        spans = defaultdict(list)
        for band, tops, width in made.bands:
            spans[band.places[column]].append((tops[side], tops[side] + width))
        for place, listed in spans.items():
            listed.sort()
            block = made.blocks[place]
            assert listed[0][0] == pytest.approx(block.top)
            assert listed[-1][1] == pytest.approx(block.top + block.height)
            assert all(one[1] == pytest.approx(other[0], abs=1e-6) for one, other in pairwise(listed))


@given(BANDS)
def test_the_same_bands_are_drawn_the_same_in_whatever_order_they_come(bands: list[Band]) -> None:
    drawn = [each for each in bands if each.amount > 0]
    assert ordered(drawn) == ordered(list(reversed(drawn)))


def test_a_name_can_be_an_agency_a_recipient_and_a_company() -> None:
    made = layout([Band(("same", "same", "same"), Decimal(1), "reseller")])
    assert len(made.blocks) == 3


def test_nothing_makes_an_empty_drawing() -> None:
    assert 'class="band"' not in sankey([], {}).body


def test_labels_are_text_and_never_markup() -> None:
    picture = sankey([Band(("a", "b", "c"), Decimal(1), "reseller")], {"b": "<script>"})
    assert "<script>" not in picture.body
    assert "&lt;script&gt;" in picture.body
