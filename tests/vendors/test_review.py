"""The review queue: which pairs a person is asked about, why, and how much money hangs on each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from whosbehind.engine import records_table
from whosbehind.pipeline import NAMES
from whosbehind.records import Judgement
from whosbehind.values import Basis, Verdict
from whosbehind.vendors import Judged, name_records, review_pairs
from whosbehind.vendors.review import LARGEST_BLOCK

HELD = {"recipient_id": "string", "recipient_name": "string", "award_id": "string"}


def recipient(vendor_id: str, name: str, usd: int = 1) -> tuple[dict[str, Any], Judged]:
    row = {"recipient_id": vendor_id, "recipient_name": name, "obligated_usd": Decimal(usd)}
    return row, Judged(vendor_id, Basis.UEI, "")


def pairs(
    *listed: tuple[dict[str, Any], Judged], awards: tuple[tuple[str, str, str], ...] = (), judgements: tuple[Judgement, ...] = ()
) -> list[dict[str, Any]]:
    held = [dict(zip(HELD, each, strict=True)) for each in awards]
    found = review_pairs(records_table(name_records(listed), NAMES), records_table(held, HELD), judgements)
    return list(found.order_by("left_vendor_id", "right_vendor_id").to_pyarrow().to_pylist())


def judged(left: str, right: str, verdict: Verdict = Verdict.NEGATIVE) -> Judgement:
    return Judgement("j", left, right, verdict, "somebody", dt.date(2024, 1, 1), "seen")


TWINS = (recipient("uei:A", "TWIN-OAK LLC", 100), recipient("uei:B", "TWIN OAK, L.L.C.", 30))


def test_twins_apart_by_punctuation_with_two_identifiers_are_asked_about() -> None:
    [pair] = pairs(*TWINS)
    assert (pair["left_vendor_id"], pair["right_vendor_id"]) == ("uei:A", "uei:B")
    assert (pair["left_name"], pair["right_name"]) == ("TWIN-OAK LLC", "TWIN OAK, L.L.C.")
    assert pair["reason"] == "same name, two identifiers"
    assert pair["obligated_usd"] == 30


def test_twins_are_asked_about_however_many_names_begin_alike() -> None:
    crowd = [recipient(f"uei:X{place}", f"TWIN {place} {chr(65 + place % 26) * 12} LLC") for place in range(LARGEST_BLOCK + 5)]
    assert [pair["reason"] for pair in pairs(*TWINS, *crowd)] == ["same name, two identifiers"]


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("BRINDLEMARK LLC", "BRINDLEMARC LLC", "a letter or two apart"),
        ("BRINDLEMARK LLC", "BRINDLEMARK CORP", "a letter or two apart"),
        ("BRINDLEMARK LLC", "BRINDLEMARK FEDERAL SOLUTIONS LLC", "one name begins the other"),
        ("BRINDLEMARK LLC", "OAKVALE LLC", None),
        ("ACME LLC", "ACNE LLC", None),
        ("BRINDLEMARK EASTERN LLC", "BRINDLEMARK SOUTH LLC", None),
    ],
)
def test_likeness_gives_a_reason_to_look_and_short_names_do_not(one: str, other: str, reason: str | None) -> None:
    assert [pair["reason"] for pair in pairs(recipient("uei:A", one), recipient("uei:B", other))] == ([reason] if reason else [])


def test_two_vendors_that_held_one_award_are_asked_about() -> None:
    listed = (recipient("uei:A", "FORMER NAME LLC", 5), recipient("uei:B", "LATER NAME INC", -7))
    awards = (("uei:A", "FORMER NAME LLC", "award"), ("uei:B", "LATER NAME INC", "award"))
    [pair] = pairs(*listed, awards=awards)
    assert (pair["reason"], pair["obligated_usd"]) == ("one award, two names", 5)


def test_a_pair_with_several_reasons_is_listed_once_with_the_strongest() -> None:
    awards = (("uei:A", "TWIN-OAK LLC", "award"), ("uei:B", "TWIN OAK, L.L.C.", "award"))
    assert [pair["reason"] for pair in pairs(*TWINS, awards=awards)] == ["same name, two identifiers"]


def test_a_vendor_is_shown_by_its_name_with_the_most_money_and_weighed_by_all() -> None:
    [pair] = pairs(*TWINS, recipient("uei:B", "TWIN OAK LLC", 40))
    assert (pair["right_name"], pair["obligated_usd"]) == ("TWIN OAK LLC", 70)


def test_names_of_one_vendor_are_never_a_pair() -> None:
    assert pairs(recipient("uei:A", "TWIN-OAK LLC"), recipient("uei:A", "TWIN OAK LLC")) == []


@pytest.mark.parametrize(
    "sides", [("uei:A", "uei:B"), ("uei:B", "uei:A"), ("twin-oak  llc", "TWIN OAK, L.L.C."), ("uei:A", "Twin Oak, L.L.C.")]
)
@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_judged_pair_is_not_asked_about_again(sides: tuple[str, str], verdict: Verdict) -> None:
    assert pairs(*TWINS, judgements=(judged(*sides, verdict),)) == []


def test_a_judgement_on_another_pair_leaves_a_pair_in_the_queue() -> None:
    assert len(pairs(*TWINS, judgements=(judged("uei:A", "uei:C"),))) == 1
