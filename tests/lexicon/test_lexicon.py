"""Aliases are found as whole words, the longest where they overlap, exactly as a plain search for each would find them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.one_by_one import OneByOne
from whosbehind.atlas import content_files, load_atlas
from whosbehind.lexicon import Lexicon, Match
from whosbehind.records import Alias
from whosbehind.values import COUNTED

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
ONE_BY_ONE = OneByOne(ALIASES, "description")
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


def test_a_lexicon_without_aliases_finds_nothing() -> None:
    assert Lexicon([], "description").matches("AWS") == []
    assert not Lexicon([Alias("AWS", "aws", "recipient_name")], "description").may_match("AWS")


@settings(max_examples=effort(150, 2_000))
@given(TEXTS)
def test_offsets_lead_to_the_words_that_were_matched(text: str) -> None:
    spellings = {(alias.named_id, alias.text.casefold()) for alias in ALIASES}
    for match in LEXICON.matches(text):
        assert text[match.starts_at : match.ends_at] == match.matched
        assert (match.named_id, match.matched.casefold()) in spellings


@settings(max_examples=effort(300, 5_000))
@given(TEXTS)
def test_one_pass_finds_what_a_search_for_each_alias_finds(text: str) -> None:
    assert as_tuples(LEXICON.matches(text)) == [hit.as_tuple for hit in ONE_BY_ONE.hits(text)]


@settings(max_examples=effort(150, 2_000))
@given(TEXTS)
def test_matches_come_in_order_and_none_lies_inside_another(text: str) -> None:
    for one, other in pairwise(LEXICON.matches(text)):
        assert one.starts_at < other.starts_at
        assert one.ends_at < other.ends_at


def test_a_letter_that_only_looks_like_one_of_the_alias_is_another_letter() -> None:
    assert found("AMAZON WEB SERVıCES AND Aws AND AWſ") == [("amazon", "AMAZON"), ("aws", "Aws")]


@settings(max_examples=effort(150, 2_000))
@given(TEXTS)
def test_the_quick_test_passes_over_no_text_with_a_match(text: str) -> None:
    assert LEXICON.may_match(text) or not LEXICON.matches(text)


AMBIGUOUS = Lexicon(
    [
        Alias("HYPERION", "oracle", only_with=("ORACLE", "LICEN*")),
        Alias("HYPERION", "geospark", only_with=("GEOSPARK",)),
        Alias("BOX", "box", only_with=("FILE SHARING",), unless=("LUNCH", "TOOL BOX")),
        Alias("RAVEN", "raven", unless=("DRONE*",)),
        Alias("RAVEN SYSTEM", "suite"),
        Alias("EAGLE", "eagle"),
        Alias("EAGLE PASS", ""),
    ],
    "description",
)


def judged(text: str, beside: str = "") -> list[tuple[str, str, str | None]]:
    return [(match.named_id, str(match.confidence), match.because) for match in AMBIGUOUS.matches(text, beside)]


@pytest.mark.parametrize(
    ("text", "beside", "expected"),
    [
        ("BOX FOR FILE SHARING", "", [("box", "probable", "FILE SHARING")]),
        ("box for File-Sharing", "", [("box", "probable", "File-Sharing")]),
        ("BOX", "A FILE SHARING CO | SOFTWARE", [("box", "probable", "FILE SHARING")]),
        ("BOX OF PAPER", "", [("box", "possible", None)]),
        ("BOX FOR FILES SHARING", "", [("box", "possible", None)]),
    ],
)
def test_an_ambiguous_alias_is_probable_where_a_word_beside_it_makes_it_plain_and_else_possible(
    text: str, beside: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert judged(text, beside) == expected


@pytest.mark.parametrize(("text", "beside"), [("LUNCH BOX, FILE SHARING", ""), ("BOX", "LUNCH CO"), ("RAVEN DRONES", "")])
def test_a_word_that_forbids_an_alias_makes_it_no_mention_wherever_it_stands_in_the_record(text: str, beside: str) -> None:
    assert judged(text, beside) == []


def test_a_forbidden_alias_hides_no_other() -> None:
    lexicon = Lexicon([Alias("BLACK RAVEN", "long", unless=("DRONE",)), Alias("RAVEN", "short")], "description")
    assert found("BLACK RAVEN", lexicon) == [("long", "BLACK RAVEN")]
    assert found("BLACK RAVEN DRONE", lexicon) == [("short", "RAVEN")]


def test_two_meanings_of_one_word_are_told_apart_by_what_stands_beside_it() -> None:
    assert judged("ORACLE HYPERION") == [("oracle", "probable", "ORACLE")]
    assert judged("HYPERION FOR GEOSPARK") == [("geospark", "probable", "GEOSPARK")]
    assert [(named, sure) for named, sure, _ in judged("HYPERION")] == [("oracle", "possible")]


def test_a_phrase_swallows_the_name_inside_it_and_nothing_beside_it() -> None:
    assert judged("GUARDS IN EAGLE PASS") == []
    assert judged("EAGLE IN EAGLE PASS, TEXAS") == [("eagle", "certain", None)]
    assert judged("EAGLE PASSWORD") == [("eagle", "certain", None)]


def test_what_would_make_a_name_plain_does_not_count_inside_the_name() -> None:
    lexicon = Lexicon([Alias("CLOUD BOX", "box", only_with=("CLOUD",))], "description")
    assert [match.confidence for match in lexicon.matches("CLOUD BOX")] == ["possible"]
    assert [match.confidence for match in lexicon.matches("CLOUD BOX IN THE CLOUD")] == ["probable"]


@pytest.mark.parametrize("field", ["recipient_name", "description"])
def test_every_bundled_alias_can_match(field: str) -> None:
    aliases = [alias for alias in load_atlas(content_files(None)).aliases() if alias.field in (None, field)]
    lexicon = Lexicon(aliases, field)
    assert [alias for alias in aliases if alias.named_id and not _can_match(lexicon, alias)] == []


def _can_match(lexicon: Lexicon, alias: Alias) -> bool:
    """Whether some record names what the alias means, counted: by itself, or beside a word that makes it plain."""
    texts = [f"{alias.text} : {word.replace('*', '')}" for word in alias.only_with] or [alias.text]
    matches = [match for text in texts for match in lexicon.matches(text)]
    return any(
        (each.named_id, each.alias.text, each.confidence in COUNTED) == (alias.named_id, alias.text, True) for each in matches
    )


def as_tuples(matches: list[Match]) -> list[tuple[str, int, int, str, str | None]]:
    return [(each.named_id, each.starts_at, each.ends_at, str(each.confidence), each.because) for each in matches]
