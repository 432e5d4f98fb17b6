"""Names: which spellings are one entity's, and which tell two apart."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.vendors import is_joint_venture, name_key
from whosbehind.vendors.link import own_id

WORDS = st.lists(st.sampled_from("BRINDLEMARK OAKVALE NORTHFENN DATA SYSTEMS 3RD".split()), min_size=1, max_size=4)
CONVERTIBLE = ("", " INC", ", INC.", " Incorporated", " LLC", " L.L.C.", " L.L.C", ", Limited Liability Company")
FORM_SPELLINGS = (CONVERTIBLE, (" CORP", " Corporation", ", CORP."), (" LTD", " Limited", " LTD."), (" CO", " Company", ", CO."))


def entity(name: str) -> str:
    return name_key(name).entity


@pytest.mark.parametrize(
    "spellings",
    [
        ("BEST OAKS CO., INC.", "Best Oaks Company Incorporated", "BEST OAKS CO"),
        ("OAK & FERN LLC", "OAK AND FERN, L.L.C.", "OAK &AMP; FERN LLC", "Oak &amp; Fern"),
        ("OAKVALE INC", "OAKVALE, INCORPORATED", "OAKVALE LLC", "The Oakvale", "OAKVALE"),
        ("OAKVALE LP", "OAKVALE, L.P.", "OAKVALE L.P", "OAKVALE LIMITED PARTNERSHIP"),
        (
            "OAKVALE INC DBA FERN SHOP",
            "OAKVALE INC D/B/A FERN SHOP",
            "OAKVALE INC. D.B.A. FERN SHOP",
            "OAKVALE doing business as FERN",
        ),
        ("O'VALE'S TOOLS INC", "OVALES TOOLS INC", "O’VALE’S TOOLS, INC."),
        ("J. J. OAKVALE", "J.J. OAKVALE", "J J OAKVALE", "JJ OAKVALE"),
        ("U.S. OAK CORP", "US OAK CORPORATION", "U S OAK CORP."),
        ("CITY OF SPRINGFIELD", "SPRINGFIELD, CITY OF", "City of Springfield, Inc."),
        ("ANOKA COUNTY (5752)", "ANOKA COUNTY", "COUNTY OF ANOKA", "ANOKA, COUNTY OF"),
        ("COUNTY CABS CORPORATION", "COUNTY CABS CORP.", "COUNTY CABS CORP"),
        ("CITY CABS INCORPORATED", "CITY CABS, INC."),
    ],
)
def test_spellings_of_one_entity_share_its_key(spellings: tuple[str, ...]) -> None:
    assert len({entity(name) for name in spellings}) == 1
    assert len({own_id(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("OAKVALE CORP", "OAKVALE LTD", "OAKVALE INC", "OAKVALE CO", "OAKVALE LLP", "OAKVALE GMBH"),
        ("CITY OF SPRINGFIELD", "COUNTY OF SPRINGFIELD", "SPRINGFIELD DEPARTMENT STATE", "SPRINGFIELD"),
        ("OAKVALE SYSTEMS INC", "OAKVALE SYSTEM INC", "OAKVALE SYSTEMS II INC"),
        ("***", "---", "", "?"),
    ],
)
def test_names_of_different_entities_have_different_keys(names: tuple[str, ...]) -> None:
    for one, other in combinations(names, 2):
        assert entity(one) != entity(other), (one, other)


def test_the_key_keeps_the_form_though_the_entity_forgets_conversions() -> None:
    assert (name_key("Oakvale, Inc.").core, name_key("Oakvale, Inc.").form) == ("OAKVALE", "INC")
    assert str(name_key("OAKVALE LLC")) != str(name_key("OAKVALE INC"))


@pytest.mark.parametrize("name", ["DBA SYSTEMS INC", "THE", "INC", "T/A", "CO INC"])
def test_a_name_of_nothing_but_such_words_still_has_a_key(name: str) -> None:
    assert entity(name)


def test_names_apart_by_spaces_alone_share_the_joined_key_only() -> None:
    one, other = name_key("OAK VALE CORP"), name_key("OAKVALE CORPORATION")
    assert one.joined == other.joined
    assert one.entity != other.entity


@given(WORDS, st.sampled_from(FORM_SPELLINGS), st.data())
def test_case_punctuation_blanks_and_the_spelling_of_forms_do_not_matter(
    words: list[str], forms: tuple[str, ...], data: st.DataObject
) -> None:
    def spelled() -> str:
        gap = data.draw(st.sampled_from([" ", "  ", ", ", "-", " / "]))
        name = gap.join(words) + data.draw(st.sampled_from(forms))
        return data.draw(st.sampled_from([name, name.lower(), f"  {name} ", f"THE {name}"]))

    assert own_id(spelled()) == own_id(spelled())


@given(WORDS, WORDS)
def test_two_names_are_one_only_if_their_words_are_the_same(one: list[str], other: list[str]) -> None:
    assert (own_id(" ".join(one)) == own_id(" ".join(other))) == (one == other)


@given(st.text(max_size=40))
def test_any_text_has_a_key_and_an_id(text: str) -> None:
    assert own_id(text) == own_id(text)
    assert own_id(text).startswith("name:")


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("OAKVALE NORTHFENN JV LLC", True),
        ("Oakvale/Northfenn Joint Venture", True),
        ("OAKVALE-NORTHFENN JOINT-VENTURE", True),
        ("OAKVALE NORTHFENN, J.V.", True),
        ("J.V. OAKVALE INC", False),
        ("OAKVALE JVC INC", False),
        ("OAKVALE INC", False),
    ],
)
def test_a_joint_venture_is_told_by_its_name(name: str, is_one: bool) -> None:
    assert is_joint_venture(name) is is_one
