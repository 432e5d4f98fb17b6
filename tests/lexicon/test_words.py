"""Phrases beside a name: whole words in any case, prefixes with `*`, and how far from the name they may stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whosbehind.lexicon import after_pattern, before_pattern, phrases_pattern
from whosbehind.lexicon.words import stands_outside


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("CLOUD", "in the Cloud.", "Cloud"),
        ("CLOUD", "CLOUDS", None),
        ("CLOUD", "2CLOUD", None),
        ("CLOUD", "CLOUD_", None),
        ("LICEN*", "SOFTWARE LICENCES", "LICENCES"),
        ("LICEN*", "LICEN", "LICEN"),
        ("LICEN*", "SUBLICENSE", None),
        ("FILE SHARING", "FILE-SHARING", "FILE-SHARING"),
        ("FILE SHARING", "FILE  /  SHARING", "FILE  /  SHARING"),
        ("FILE SHARING", "FILE AND SHARING", None),
        ("HARD DRIVE*", "HARD DRIVES", "HARD DRIVES"),
        ("SUBJECT* MATTER", "SUBJECTS MATTER", "SUBJECTS MATTER"),
        ("O&M", "FOR O&M,", "O&M"),
        ("SERVICES (LABOR", "SUPPORT SERVICES (LABOR)", "SERVICES (LABOR"),
        ("C++", "C++11", "C++"),
        (".NET", "ASP.NET", ".NET"),
    ],
)
def test_a_phrase_is_found_as_whole_words_and_a_star_ends_a_prefix(phrase: str, text: str, expected: str | None) -> None:
    found = phrases_pattern((phrase,)).search(text)
    assert (found.group() if found else None) == expected


@pytest.mark.parametrize(
    ("text", "within", "stands"),
    [
        ("REPLACEMENT OF ", 0, True),
        ("replacement of: ", 0, True),
        ("REPLACEMENT OF THE ", 0, False),
        ("REPLACEMENT OF THE ", 1, True),
        ("REPLACEMENT OF THE OLD ", 1, False),
        ("REPLACEMENT OF ALL END-OF-LIFE ", 2, True),
        ("REPLACEMENT OF", 2, False),
        ("REPLACEMENT OFF ", 2, False),
        ("NONREPLACEMENT OF ", 2, False),
    ],
)
def test_a_phrase_before_a_name_has_at_most_so_many_words_behind_it(text: str, within: int, stands: bool) -> None:
    assert bool(before_pattern(("REPLACEMENT OF",), within).search(text)) is stands


@pytest.mark.parametrize(
    ("text", "within", "stands"),
    [
        (" TRAINING", 0, True),
        (", training.", 0, True),
        (" TRAININGS", 0, False),
        (" USER TRAINING", 0, False),
        (" USER TRAINING", 1, True),
        (" END-USER TRAINING", 1, True),
        (" NEW USER TRAINING", 1, False),
        (" CLASSROOM", 1, False),
    ],
)
def test_a_phrase_behind_a_name_has_at_most_so_many_words_before_it(text: str, within: int, stands: bool) -> None:
    assert bool(after_pattern(("TRAINING", "CLASS"), within).match(text)) is stands


def test_a_phrase_inside_the_name_does_not_stand_outside_it_and_one_across_its_edge_does() -> None:
    text = "WEB INTELLIGENCE FROM COBWEBS WEB"
    assert stands_outside(("WEB",), "COBWEBS WEB", 0, 11) is None
    assert stands_outside(("WEB",), text, 22, 33) == "WEB"
    assert stands_outside(("COBWEBS WEB SUITE",), "COBWEBS WEB SUITE", 0, 11) == "COBWEBS WEB SUITE"


WORDS = st.sampled_from(["CLOUD", "CLOUDY", "LICENSE", "LICENSES", "RENEWAL", "OF", "THE"])


@given(st.lists(WORDS, max_size=8), st.sampled_from([" ", "-", ", ", " / "]), st.sampled_from(["CLOUD", "LICEN*", "RENEWAL OF"]))
def test_a_phrase_stands_in_a_text_exactly_where_its_words_follow_each_other(words: list[str], gap: str, phrase: str) -> None:
    wanted = phrase.split()
    windows = [words[place : place + len(wanted)] for place in range(len(words) - len(wanted) + 1)]
    expected = any(all(_is(one, other) for one, other in zip(wanted, window, strict=True)) for window in windows)
    assert bool(phrases_pattern((phrase,)).search(gap.join(words))) is expected


def _is(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
