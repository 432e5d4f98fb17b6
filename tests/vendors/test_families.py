"""Families: dated owners from the atlas, parents as printed, joint ventures by themselves."""

from __future__ import annotations

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st

from whosbehind.records import Alias, Ownership
from whosbehind.values import Basis
from whosbehind.vendors import Families, Membership, family_at
from whosbehind.vendors.families import Stated

FIRST, LAST = dt.date(2019, 1, 1), dt.date(2021, 12, 31)
ALIASES = (Alias("SABLEFOX", "sablefox"), Alias("OLDMERE", "oldmere"), Alias("NEWMERE", "newmere"), Alias("FOXGLOVE", "foxglove"))
SALE = dt.date(2020, 7, 1)
OWNED = [
    *(Ownership(each, each, None, None, "name") for each in ("sablefox", "oldmere", "newmere")),
    Ownership("sablefox", "oldmere", None, SALE - dt.timedelta(days=1), "owner", 1),
    Ownership("sablefox", "newmere", SALE, None, "owner", 1),
    Ownership("foxglove", "sablefox", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "product"),
]


def families(owned: list[Ownership] | None = None) -> Families:
    return Families(ALIASES, OWNED if owned is None else owned)


def of(*stated: Stated) -> list[Membership]:
    return families().of(stated)


def holding(members: list[Membership], day: dt.date) -> list[str]:
    return [
        each.family_id
        for each in members
        if (each.from_date is None or each.from_date <= day) and (each.to_date is None or day <= each.to_date)
    ]


days = st.one_of(st.none(), st.dates(FIRST, LAST))


@st.composite
def owners(draw: st.DrawFn) -> Ownership:
    since, until = draw(days), draw(days)
    if since and until and since > until:
        since, until = until, since
    owner = draw(st.sampled_from(["sablefox", "oldmere", "newmere", "another"]))
    return Ownership(draw(st.sampled_from(["sablefox", "foxglove"])), owner, since, until, "owner", draw(st.integers(0, 2)))


stated = st.builds(
    Stated,
    st.sampled_from(["uei:A", "uei:B", "name:c"]),
    st.sampled_from(["SABLEFOX INC", "FOXGLOVE INC", "PLAIN CO", "SABLEFOX OLDMERE JV"]),
    st.integers(0, 3),
    st.sampled_from([None, "SABLEFOX INC", "FOXGLOVE INC", "UNKNOWN GROUP"]),
    st.sampled_from([None, "A", "B", "PPPP"]),
    days,
)


@given(st.lists(stated, max_size=6), st.lists(owners(), max_size=5), st.dates(FIRST, LAST))
def test_every_vendor_has_exactly_one_family_on_every_day(listed: list[Stated], owned: list[Ownership], day: dt.date) -> None:
    members = families(owned).of(listed)
    edges = [edge + step for each in members for edge in (each.from_date, each.to_date) if edge for step in _NEAR]
    for vendor_id in {each.vendor_id for each in listed}:
        own = [each for each in members if each.vendor_id == vendor_id]
        for moment in (day, dt.date.min, dt.date.max, *edges):
            assert len(holding(own, moment)) == 1


_NEAR = (dt.timedelta(days=-1), dt.timedelta(0), dt.timedelta(days=1))


@given(st.lists(stated, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_what_is_stated_does_not_matter(listed: list[Stated], chance: random.Random) -> None:
    shuffled = list(listed)
    chance.shuffle(shuffled)
    assert families().of(shuffled) == families().of(listed)


def test_the_owner_before_a_sale_is_the_family_until_the_day_before_it() -> None:
    members = of(Stated("uei:A", "SABLEFOX ANALYTICS INC"))
    assert holding(members, SALE - dt.timedelta(days=1)) == ["oldmere"]
    assert holding(members, SALE) == ["newmere"]
    assert {each.basis for each in members} == {Basis.ATLAS}
    found = family_at(members, SALE)
    assert found
    assert (found.organisation_id, found.from_date, found.to_date) == ("sablefox", SALE, None)


def test_a_product_without_a_known_owner_leaves_the_vendor_to_itself_on_those_days() -> None:
    members = of(Stated("uei:F", "FOXGLOVE INC"))
    assert [holding(members, dt.date(year, 6, 1)) for year in (2019, 2020, 2021)] == [["uei:F"], ["sablefox"], ["uei:F"]]
    assert [each.basis for each in members] == [Basis.OWN, Basis.ATLAS, Basis.OWN]


def test_a_joint_venture_is_a_family_of_its_own_with_its_partners_recorded() -> None:
    [member] = of(Stated("uei:J", "SABLEFOX-OLDMERE JV LLC", parent_name="OLDMERE INC", parent_uei="OOOO"))
    assert (member.family_id, member.basis, member.partners) == ("uei:J", Basis.OWN, "sablefox; oldmere")
    assert member.organisation_id is None


def test_a_parent_as_printed_is_a_hint_below_the_atlas() -> None:
    [hinted] = of(Stated("uei:C", "PINEMOOR LLC", parent_name="PINEMOOR GROUP", parent_uei="pppp"))
    assert (hinted.family_id, hinted.basis) == ("uei:PPPP", Basis.PARENT)
    assert "PINEMOOR GROUP" in hinted.because
    known = of(Stated("uei:C", "OLDMERE LLC", parent_name="PINEMOOR GROUP", parent_uei="PPPP"))
    assert [each.family_id for each in known] == ["oldmere"]
    assert hinted.score < known[0].score


def test_a_printed_parent_that_the_atlas_knows_leads_to_its_dated_owners() -> None:
    members = of(Stated("uei:C", "PINEMOOR LLC", parent_name="SABLEFOX INC", parent_uei="SSSS"))
    assert holding(members, SALE - dt.timedelta(days=1)) == ["oldmere"]
    assert holding(members, SALE) == ["newmere"]
    assert {each.basis for each in members} == {Basis.PARENT}


def test_of_several_printed_parents_the_one_first_seen_last_is_taken() -> None:
    listed = [
        Stated("uei:C", "PINEMOOR LLC", 5, "FORMER GROUP", "FFFF", dt.date(2018, 1, 1)),
        Stated("uei:C", "PINEMOOR INC", 1, "LATER GROUP", "LLLL", dt.date(2022, 1, 1)),
    ]
    assert [each.family_id for each in of(*listed)] == ["uei:LLLL"]


def test_a_vendor_that_prints_itself_as_its_parent_has_no_owner() -> None:
    [member] = of(Stated("uei:CCCC", "PINEMOOR LLC", parent_name="PINEMOOR LLC", parent_uei="cccc"))
    assert (member.family_id, member.basis) == ("uei:CCCC", Basis.OWN)
