"""Aliases are found as whole words, the longest where they overlap, exactly as a plain search for each would find them."""

from __future__ import annotations

import re
from itertools import pairwise

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from whosbehind.atlas import content_files, load_atlas
from whosbehind.attribution import Lexicon, Match
from whosbehind.records import Alias

ALIASES = (
    Alias("AWS", "aws"),
    Alias("AMAZON", "amazon"),
    Alias("AMAZON WEB SERVICES", "aws"),
    Alias("WEB SERVICES", "web"),
    Alias("C++", "cpp"),
    Alias("YAHOO!", "yahoo"),
    Alias("AT&T", "att"),
    Alias(".NET", "dotnet"),
    Alias("O 365", "office"),
    Alias("A", "a"),
    Alias("STRAßE", "street"),
    Alias("ÉLAN", "elan"),
    Alias("(R)", "mark"),
    Alias("X_1", "x"),
)
LEXICON = Lexicon(ALIASES, "description")
PIECES = st.sampled_from(
    [each.text for each in ALIASES]
    + [
        "aws",
        "Amazon Web Services",
        "amazon web",
        "c++11",
        "laws",
        "AT&",
        "T",
        "é",
        "É",
        "ß",
        "SS",
        "ı",
        "İ",
        "SERVıCES",
        "AWſ",
        "ŉ",
        "ﬁ",
        "K",
        "ſ",
        "_",
        "1",
        "-",
    ]
    + [" ", " ", "  ", ".", ",", "/", "!", "+", "&", "\n", "日本", "🛰", "x_1", "élan", "straße", "STRASSE"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)


def found(text: str, lexicon: Lexicon = LEXICON) -> list[tuple[str, str]]:
    return [(match.named_id, match.matched) for match in lexicon.matches(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AWS GOVCLOUD", [("aws", "AWS")]),
        ("LAWS AND AWSX AND 2AWS AND AWS_", []),
        ("(aws)/AWS-EAST", [("aws", "aws"), ("aws", "AWS")]),
        ("C++11 IN C++", [("cpp", "C++"), ("cpp", "C++")]),
        ("YAHOO!MAIL", [("yahoo", "YAHOO!")]),
        ("YAHOO MAIL", []),
        ("AT&T MOBILITY", [("att", "AT&T")]),
        ("AT&TX", []),
        ("ASP.NET", [("dotnet", ".NET")]),
        ("amazon web services inc", [("aws", "amazon web services")]),
        ("AMAZON WEB SERVER", [("amazon", "AMAZON")]),
        ("élan", [("elan", "élan")]),
        ("", []),
    ],
)
def test_an_alias_is_found_as_a_whole_word_where_it_begins_or_ends_in_one(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_of_two_that_begin_at_one_place_the_longer_is_kept_and_nothing_inside_it() -> None:
    lexicon = Lexicon([Alias("DELL", "dell"), Alias("DELL EMC", "emc"), Alias("EMC STORAGE", "storage")], "description")
    assert found("DELL EMC", lexicon) == [("emc", "DELL EMC")]
    assert found("DELL EMC STORAGE", lexicon) == [("emc", "DELL EMC"), ("storage", "EMC STORAGE")]


def test_an_alias_bound_to_a_field_is_looked_for_there_only() -> None:
    aliases = [Alias("CLEAR", "clear", "description"), Alias("CLEAR CORP", "corp", "recipient_name"), Alias("CLEARVIEW", "view")]
    assert found("CLEAR CORP CLEARVIEW", Lexicon(aliases, "description")) == [("clear", "CLEAR"), ("view", "CLEARVIEW")]
    assert found("CLEAR CORP CLEARVIEW", Lexicon(aliases, "recipient_name")) == [("corp", "CLEAR CORP"), ("view", "CLEARVIEW")]


def test_a_lexicon_without_aliases_finds_nothing_and_has_no_prefilter() -> None:
    assert Lexicon([], "description").matches("AWS") == []
    assert Lexicon([Alias("AWS", "aws", "recipient_name")], "description").pattern() is None


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_offsets_lead_to_the_words_that_were_matched(text: str) -> None:
    spellings = {(alias.named_id, alias.text.casefold()) for alias in ALIASES}
    for match in LEXICON.matches(text):
        assert text[match.starts_at : match.ends_at] == match.matched
        assert (match.named_id, match.matched.casefold()) in spellings


@settings(max_examples=1200, deadline=None)
@given(TEXTS)
def test_one_pass_finds_what_a_search_for_each_alias_finds(text: str) -> None:
    assert LEXICON.matches(text) == _one_by_one(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_matches_come_in_order_and_none_lies_inside_another(text: str) -> None:
    for one, other in pairwise(LEXICON.matches(text)):
        assert one.starts_at < other.starts_at
        assert one.ends_at < other.ends_at


def test_a_letter_that_only_looks_like_one_of_the_alias_is_another_letter() -> None:
    assert found("AMAZON WEB SERVıCES AND Aws AND AWſ") == [("amazon", "AMAZON"), ("aws", "Aws")]


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS, min_size=20, max_size=60))
def test_the_engine_finds_every_text_with_a_match(texts: list[str]) -> None:
    matched = [text for text in texts if LEXICON.matches(text)]
    query = "SELECT text FROM (SELECT unnest(?::VARCHAR[]) AS text) WHERE NOT regexp_matches(text, ?)"
    with duckdb.connect(config={"threads": 1}) as connection:
        assert connection.execute(query, [matched, LEXICON.pattern()]).fetchall() == []


@pytest.mark.parametrize("field", ["recipient_name", "description"])
def test_every_bundled_alias_finds_itself(field: str) -> None:
    aliases = [alias for alias in load_atlas(content_files(None)).aliases() if alias.field in (None, field)]
    lexicon = Lexicon(aliases, field)
    lost = [alias for alias in aliases if (alias.named_id, alias.text) not in found(f"RENEWAL OF {alias.text} FOR ICE", lexicon)]
    assert lost == []


def _one_by_one(text: str) -> list[Match]:
    """The definition, slowly: each alias at each place, whole words only, then the longest."""
    every = [match for alias in ALIASES for match in _places(alias, text)]
    ordered = sorted(every, key=lambda match: (match.starts_at, -match.ends_at))
    return [match for place, match in enumerate(ordered) if all(match.ends_at > before.ends_at for before in ordered[:place])]


def _places(alias: Alias, text: str) -> list[Match]:
    ahead = r"(?<!\w)" if re.match(r"\w", alias.text) else ""
    behind = r"(?!\w)" if re.search(r"\w$", alias.text) else ""
    pattern = re.compile(f"{ahead}(?=({_letters(alias.text)}){behind})")
    return [Match(alias.named_id, hit[1], hit.start(1), hit.end(1)) for hit in pattern.finditer(text)]


def _letters(spelling: str) -> str:
    """Each character in either case, as single characters: `ß` has no upper case of one letter and stands for itself."""
    return "".join(f"(?:{each.lower()}|{each.upper()})" if _folds(each) else re.escape(each) for each in spelling)


def _folds(character: str) -> bool:
    return character.isalpha() and len(character.upper()) == len(character.lower()) == 1
