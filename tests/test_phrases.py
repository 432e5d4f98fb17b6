"""Sentences that know what they were made of: as text they are like any other."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable

import pytest

from whosbehind.phrases import Phrase, all_of, any_of, counted, has_words, joined, phrase
from whosbehind.values import count

SAID = phrase("{rows} come from {name}", rows=count(2, "row"), name="a shelf")


def test_a_phrase_is_its_text_wherever_text_is_wanted() -> None:
    assert SAID == "2 rows come from a shelf"
    assert json.dumps({SAID: SAID}) == '{"2 rows come from a shelf": "2 rows come from a shelf"}'
    assert repr(SAID) == repr(str(SAID))
    assert sorted([SAID, "1"]) == ["1", SAID]


def test_a_phrase_keeps_its_template_and_parts() -> None:
    assert SAID.template == "{rows} come from {name}"
    assert SAID.parts == {"rows": "2 rows", "name": "a shelf"}


@pytest.mark.parametrize("again", [lambda each: pickle.loads(pickle.dumps(each)), copy.deepcopy])  # noqa: S301
def test_a_copy_of_a_phrase_keeps_them_too(again: Callable[[Phrase], Phrase]) -> None:
    assert again(SAID) == SAID
    assert (again(SAID).template, again(SAID).parts) == (SAID.template, SAID.parts)


def test_a_count_has_both_its_forms() -> None:
    one, many = count(1, "row"), counted("{number} reply", "{number} replies", 2000)
    assert (one, one.template, one.plural, one.number) == ("1 row", "{number} row", "{number} rows", 1)
    assert (many, many.number) == ("2,000 replies", 2000)


def test_braces_stand_for_themselves_in_a_phrase_without_parts() -> None:
    assert phrase("the set {a, b}") == "the set {a, b}"


def test_a_template_with_a_place_for_which_there_is_no_part_is_a_mistake_of_the_code() -> None:
    with pytest.raises(KeyError):
        phrase("{rows} of {all}", rows=1)


def test_lists_are_phrases() -> None:
    assert joined("; ", ("a", SAID)) == f"a; {SAID}"
    assert (all_of(["ICE"]), all_of(["ICE", "CBP", "TSA"])) == ("ICE", "ICE and CBP and TSA")
    assert any_of(("ICE", "CBP")) == "ICE or CBP"
    assert joined(", ", []) == all_of([]) == ""


def test_only_words_need_a_translation() -> None:
    assert has_words("{some} and {other}")
    assert not has_words("({number}), {other}: 12")
