"""Contract identifiers are found in prose, and mistyped ones set right only where nothing is left to guess."""

from __future__ import annotations

from collections.abc import Set

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.ledger.piids import judged, meant, piids
from whosbehind.values import PiidBasis


def repaired(printed: str, known: Set[str]) -> str | None:
    return judged(printed, known)[0]


KNOWN = frozenset({"70ABC022FR0000002", "70ABC022FR0000020", "70ABC023FR0000002", "2032X519F00641", "NNG15SD60B"})


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("70OABC22FR00000002, 70OABC22FR00000235", ("70OABC22FR00000002", "70OABC22FR00000235")),
        ("75F40119X10037 - 75F40123X19010", ("75F40119X10037", "75F40123X19010")),
        ("2032X5-21-F-00059 / NNG15SD22B", ("2032X5-21-F-00059", "NNG15SD22B")),
        ("NNG15SC71B-50310224F0140", ("NNG15SC71B", "50310224F0140")),
        ("DSS-70RCXJ24FC0000018 - IT", ("70RCXJ24FC0000018",)),
        ("50310220X0012_50310221F0160 ", ("50310220X0012", "50310221F0160")),
        ("Contract#:47QRAX20D1175, Task Order:70T02023F7500N001", ("47QRAX20D1175", "70T02023F7500N001")),
        ("\xa0 1605XC19A0004\n NNG15SD60B\n1605XC19A0004", ("1605XC19A0004", "NNG15SD60B")),
        ("1333BJ21X00280001 (ID/IQ contract number)", ("1333BJ21X00280001",)),
        ("12314418F0020/P00075", ("12314418F0020",)),
        ("GSA Contract # GS-10F-0064W", ("GS-10F-0064W",)),
        ("I have no idea what a PIID is", ()),
        ("PO 4300174099 (renewed annually)", ()),
        ("6801, 10128; $6,000,006,397 of 10/1/2023", ()),
        ("Unable to identify in time, COVID-19", ()),
        ("202-555-0100", ()),
        ("", ()),
    ],
)
def test_identifiers_are_found_and_prose_is_not(text: str, found: tuple[str, ...]) -> None:
    assert piids(text) == found


@pytest.mark.parametrize(
    "printed",
    [
        "70OABC22FR00000002",
        "70ABCO22FR0000002",
        "70ABC022FR00000002",
        "70abc022fr0000002",
        "70ABC 022-FR 0000002",
        "70ABC22FR0000002",
    ],
)
def test_a_mistyped_identifier_is_the_only_known_one_that_fits(printed: str) -> None:
    assert repaired(printed, KNOWN) == "70ABC022FR0000002"
    assert judged(printed, KNOWN) == ("70ABC022FR0000002", PiidBasis.REPAIRED)


def test_a_one_typed_as_a_letter_is_set_right() -> None:
    assert repaired("NNGI5SD60B", KNOWN) == "NNG15SD60B"


def test_hyphens_that_the_ledger_does_not_print_do_not_count() -> None:
    assert repaired("2032X5-19-F-00641", KNOWN) == "2032X519F00641"


def test_a_known_identifier_is_itself_even_where_others_look_like_it() -> None:
    known = {"70ABC022FR0000002", "70ABC022FR00000002"}
    assert all(judged(each, known) == (each, PiidBasis.PRINTED) for each in known)


def test_nothing_is_guessed_where_two_fit() -> None:
    known = {"70ABC022FR000002", "70ABC022FR00000002"}
    assert meant("70ABC022FR0000002", known) == ("70ABC022FR00000002", "70ABC022FR000002")
    assert repaired("70ABC022FR0000002", known) is None
    assert judged("70ABC022FR0000002", known) == (None, PiidBasis.SEVERAL)


@pytest.mark.parametrize(
    "printed",
    [
        "70ABC022FR0000200",  # a zero at the end is a digit of the number
        "70ABC022FR000000002",  # two zeros too many in one place
        "70ABC22FR00002",  # three too few
        "70ABC022FR0000003",
        "70ABD022FR0000002",
        "0ABC022FR0000002",
        "",
        "000",
    ],
)
def test_an_identifier_that_differs_in_more_is_unknown(printed: str) -> None:
    assert repaired(printed, KNOWN) is None
    assert judged(printed, KNOWN) == (None, PiidBasis.UNKNOWN)


def test_a_zero_between_digits_belongs_to_the_number() -> None:
    assert repaired("70ABC022FR0001002", {"70ABC022FR000102"}) is None


identifiers = st.from_regex(r"[1-9]{2}[A-HJ-NP-Z]{3}0[12][0-9]F0{0,3}[1-9]{1,4}", fullmatch=True)


@given(identifiers, st.data())
def test_one_slip_is_always_set_right_where_one_is_known(known: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(known) - 1))
    blank = known[:place] + data.draw(st.sampled_from([" ", "-", "."])) + known[place:]
    assert repaired(known.replace("0", "O").replace("1", "I"), {known}) == known
    assert repaired(blank, {known}) == known


@given(identifiers, identifiers)
def test_what_is_set_right_differs_in_zeros_alone(printed: str, known: str) -> None:
    found = repaired(printed, {known})
    assert found is None or found.replace("0", "") == printed.replace("0", "")
