"""Links: the laws by which names and identifiers become vendors, whatever the evidence."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from whosbehind.records import Judgement
from whosbehind.values import Basis, Verdict
from whosbehind.vendors import Judged, Recipient, link
from whosbehind.vendors.link import plain, standing

NAMES = (
    "ACME INC",
    "ACME, INC.",
    "Acme Incorporated",
    "ACME LLC",
    "ACME",
    "ACME CORP",
    "AC ME CORP",
    "ACME LTD",
    "ACME & SONS",
    "ACME AND SONS INC",
    "CITY OF ACME",
    "ACME, CITY OF",
)
UEIS = ("AAAAAAAAAAA1", "BBBBBBBBBBB2", "aaaaaaaaaaa1")
DUNS = ("111111111", "222222222")
IDS = tuple(f"uei:{uei}" for uei in UEIS[:2])

recipients = st.builds(
    lambda name, uei, duns: Recipient(f"{uei}|{duns}|{name}", name, uei, duns),
    st.sampled_from(NAMES),
    st.sampled_from([None, None, *UEIS]),
    st.sampled_from([None, None, *DUNS]),
)
some = st.lists(recipients, min_size=1, max_size=10)


def judged(left: str, right: str, verdict: Verdict = Verdict.POSITIVE, day: int = 1) -> Judgement:
    return Judgement(f"j_{day}", left, right, verdict, "somebody", dt.date(2024, 1, day), "seen in the register")


judgements = st.lists(
    st.builds(
        judged, st.sampled_from([*NAMES, *IDS]), st.sampled_from([*NAMES, *IDS]), st.sampled_from(Verdict), st.integers(1, 28)
    ),
    max_size=4,
)


def ids(found: dict[Recipient, Judged]) -> dict[Recipient, str]:
    return {each: one.vendor_id for each, one in found.items()}


def named(name: str, uei: str | None = None, duns: str | None = None) -> Recipient:
    return Recipient(f"{uei}|{duns}|{name}", name, uei, duns)


def uei_of(recipient: Recipient) -> str | None:
    return recipient.uei.upper() if recipient.uei else None


# Laws ---------------------------------------------------------------------


@given(some, judgements, st.randoms(use_true_random=False))
def test_the_order_of_recipients_does_not_matter(listed: list[Recipient], made: list[Judgement], chance: random.Random) -> None:
    shuffled = list(listed)
    chance.shuffle(shuffled)
    assert link(shuffled, made) == link(listed, made)


@given(some, judgements)
def test_every_recipient_gets_exactly_one_vendor_with_a_basis_and_a_score(listed: list[Recipient], made: list[Judgement]) -> None:
    found = link(listed, made)
    assert found.keys() == set(listed)
    for one in found.values():
        assert one.vendor_id.startswith(("uei:", "duns:", "name:"))
        assert one.because
        assert Decimal("0.9") < one.score <= 1


@given(some, judgements)
def test_two_ueis_are_never_one_vendor_without_a_positive_judgement(listed: list[Recipient], made: list[Judgement]) -> None:
    found = link(listed, [each for each in made if each.verdict is not Verdict.POSITIVE])
    for each, one in found.items():
        if each.uei:
            assert one.vendor_id == f"uei:{uei_of(each)}"


@given(some)
def test_names_that_look_alike_never_join_two_identified_vendors(listed: list[Recipient]) -> None:
    by_vendor: dict[str, set[str]] = {}
    for each, one in link(listed).items():
        by_vendor.setdefault(one.vendor_id, set()).update(uei for uei in [uei_of(each)] if uei)
    assert all(len(ueis) <= 1 for ueis in by_vendor.values())


@given(some)
def test_a_negative_judgement_keeps_a_name_from_a_vendor(listed: list[Recipient]) -> None:
    bare = [each for each in listed if not each.uei and not each.duns]
    known = [each for each in listed if each.uei]
    assume(bare and known)
    for side in (f"uei:{uei_of(known[0])}", known[0].name):
        assume(plain(side) != plain(bare[0].name))
        found = ids(link(listed, [judged(side, bare[0].name, Verdict.NEGATIVE)]))
        assert found[bare[0]] != found[known[0]]


@given(some, st.sampled_from([*NAMES, *IDS]), st.sampled_from([*NAMES, *IDS]), st.sampled_from(Verdict), st.sampled_from(Verdict))
def test_a_later_judgement_on_the_same_pair_undoes_an_earlier(
    listed: list[Recipient], left: str, right: str, first: Verdict, last: Verdict
) -> None:
    earlier, later = judged(left, right, first, day=1), judged(right.lower() if right in NAMES else right, left, last, day=2)
    assert link(listed, [earlier, later]) == link(listed, [later])
    assert link(listed, [later, earlier]) == link(listed, [later])


@given(some, judgements)
def test_judging_twice_is_stable(listed: list[Recipient], made: list[Judgement]) -> None:
    assert link(listed, [*made, *made]) == link(listed, made)


@given(some, judgements)
def test_an_unsure_judgement_changes_nothing(listed: list[Recipient], made: list[Judgement]) -> None:
    unsure = [judged(each.left, each.right, Verdict.UNSURE, each.date.day) for each in made]
    assert link(listed, unsure) == link(listed)


@given(some, st.sampled_from(IDS), st.sampled_from(NAMES))
def test_a_positive_judgement_joins_all_names_of_both_sides(listed: list[Recipient], left: str, name: str) -> None:
    listed = [*listed, named("ZENITH LLC", left.removeprefix("uei:")), named(name)]
    found = ids(link(listed, [judged(left, name)]))
    assert found[named(name)] == found[listed[-2]]


# Examples -----------------------------------------------------------------


def test_a_name_without_identifiers_joins_the_one_vendor_of_that_name_and_says_how() -> None:
    known, exact, spelt, converted, apart = (
        named("OAK VALE INC", UEIS[0]),
        named("Oak Vale Inc"),
        named("OAK VALE, INCORPORATED"),
        named("OAK VALE LLC"),
        named("OAKVALE INC"),
    )
    found = link([known, exact, spelt, converted, apart])
    assert set(ids(found).values()) == {f"uei:{UEIS[0]}"}
    assert [found[each].basis for each in (known, exact, spelt, converted, apart)] == [
        Basis.UEI,
        Basis.PRINTED,
        Basis.NAME,
        Basis.NAME,
        Basis.SPACES,
    ]


def test_a_name_that_two_vendors_go_by_is_kept_by_itself() -> None:
    twins = [named("TWIN-OAK LLC", UEIS[0]), named("TWIN OAK, LLC", UEIS[1])]
    found = link([*twins, named("Twin/Oak LLC")])
    assert len(set(ids(found).values())) == 3
    assert "several vendors" in found[named("Twin/Oak LLC")].because


def test_a_name_printed_exactly_as_one_of_two_twins_is_that_twin() -> None:
    twins = [named("TWIN-OAK LLC", UEIS[0]), named("TWIN OAK LLC", UEIS[1])]
    assert link([*twins, named("TWIN-OAK LLC")])[named("TWIN-OAK LLC")].vendor_id == f"uei:{UEIS[0]}"


def test_a_corporation_and_a_limited_company_are_two_until_shown_to_be_one() -> None:
    found = ids(link([named("OAKVALE CORP", UEIS[0]), named("OAKVALE LTD")]))
    assert len(set(found.values())) == 2


def test_a_number_stated_beside_one_uei_elsewhere_stands_for_it() -> None:
    known, old, other = named("ACME INC", UEIS[0], DUNS[0]), named("FORMER NAME", None, DUNS[0]), named("ELSE", None, DUNS[1])
    found = link([known, old, other])
    assert (found[old].vendor_id, found[old].basis) == (f"uei:{UEIS[0]}", Basis.DUNS)
    assert found[other].vendor_id == f"duns:{DUNS[1]}"


def test_a_number_stated_beside_two_ueis_stands_for_neither() -> None:
    listed = [named("ONE", UEIS[0], DUNS[0]), named("TWO", UEIS[1], DUNS[0]), named("THREE", None, DUNS[0])]
    assert link(listed)[listed[2]].vendor_id == link(listed[::-1])[listed[2]].vendor_id == f"duns:{DUNS[0]}"


def test_two_spellings_of_one_unidentified_name_are_one_until_judged_two() -> None:
    listed = [named("OAKVALE"), named("OAKVALE INC")]
    assert len(set(ids(link(listed)).values())) == 1
    assert len(set(ids(link(listed, [judged("OAKVALE", "Oakvale  Inc", Verdict.NEGATIVE)])).values())) == 2


def test_judgements_chain_and_lead_to_the_identified_vendor() -> None:
    listed = [named("FIRST LTD"), named("SECOND LTD"), named("THIRD CORP", UEIS[1])]
    made = [judged("FIRST LTD", "SECOND LTD", day=1), judged("SECOND LTD", f"uei:{UEIS[1]}", day=2)]
    found = link(listed, made)
    assert set(ids(found).values()) == {f"uei:{UEIS[1]}"}
    assert found[listed[0]].basis is Basis.JUDGEMENT
    assert "somebody: seen in the register" in found[listed[0]].because


def test_of_two_judgements_of_one_day_the_one_written_later_stands() -> None:
    first, last = judged("A LTD", "B LTD", Verdict.POSITIVE), judged("B LTD", "a  ltd", Verdict.NEGATIVE)
    assert standing([first, last]) == [last]
