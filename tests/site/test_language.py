"""The languages of the site: complete, exact, and nothing in English but what has to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from babel.messages.catalog import Message

from whosbehind.phrases import joined, phrase
from whosbehind.site.material import Material
from whosbehind.site.pages import Page
from whosbehind.site.press.language import CATALOGS, LANGUAGES, Language, catalog, language
from whosbehind.site.press.press import Imprint, Press
from whosbehind.site.shelves import pages
from whosbehind.values import ClaimVerdict, count, dollars

OTHERS = list(LANGUAGES)[1:]
PLACES = re.compile(r"%\(\w+\)s|%%|{\w+}")
NUMBERS = re.compile(r"\d+(?:[.,]\d+)*")


def messages(code: str) -> Iterator[Message]:
    return (message for name in CATALOGS for message in catalog(code, name) if message.id)


def pairs(message: Message) -> list[tuple[str, str]]:
    """Each form with what it says; the last forms are for more than one."""
    if isinstance(message.id, tuple):
        return [(message.id[min(place, 1)], str(said)) for place, said in enumerate(message.string or ())]
    return [(str(message.id), str(message.string))]


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_with_the_same_places(code: str) -> None:
    for message in messages(code):
        for text, said in pairs(message):
            assert said, f"not translated: {text}"
            assert Counter(PLACES.findall(said)) == Counter(PLACES.findall(text)), said


@pytest.mark.parametrize("code", OTHERS)
def test_numbers_survive_translation(code: str) -> None:
    for message in messages(code):
        for text, said in pairs(message):
            assert Counter(NUMBERS.findall(said)) == Counter(NUMBERS.findall(text)), said


@pytest.mark.parametrize("code", OTHERS)
def test_a_sentence_ends_as_it_does_in_english(code: str) -> None:
    for message in messages(code):
        for text, said in pairs(message):
            assert said.endswith(".") == text.endswith("."), said


def test_a_sentence_the_tool_makes_is_said_part_by_part() -> None:
    said = phrase(
        "{rows} worth {amount} come from a chosen extract: this is no total of anything.", rows=count(1, "row"), amount="$2.00"
    )
    assert language("en").said(said) == str(said)
    assert language("es").said(said) == "1 fila por $2.00 vienen de un extracto escogido: esto no es el total de nada."


def test_choices_and_lists_in_a_sentence_are_said_too() -> None:
    judged = phrase(
        "{reason} From documents alone it was judged {verdict}: {told}",
        reason=joined(" ", [phrase("Nothing could be measured.")]),
        verdict=ClaimVerdict.GARBLED,
        told="X",
    )
    assert language("es").said(judged) == "No se pudo medir nada. Solo por documentos se juzgó: tergiversada. X"


def test_names_in_a_sentence_stay_as_they_are() -> None:
    assert language("es").said(phrase("part of {name}", name="direct")) == "parte de direct"


def test_a_note_kept_as_plain_text_is_recognised() -> None:
    kept = f"{count(3412, 'row')} worth {dollars(Decimal(-5))} are stated again by another document and count once."
    assert language("es").said(kept) == "3,412 filas por -$5.00 figuran también en otro documento y cuentan una vez."
    assert language("es").said("the same but for spaces") == "igual salvo por los espacios"


def test_what_only_resembles_a_sentence_of_the_tool_is_left_alone() -> None:
    assert language("es").said("Palantir and Amazon, part of everything") is None


def test_a_text_that_nobody_has_translated_is_marked_as_english() -> None:
    assert language("es").say('said <b>by "them"</b>') == '<span lang="en">said &lt;b&gt;by &#34;them&#34;&lt;/b&gt;</span>'
    assert language("en").say("a < b") == "a &lt; b"
    assert language("es").say(None) == ""


def test_a_language_with_more_plural_forms_uses_each() -> None:
    forms = {"%(n)s row": ("one", "few", "many")}
    polish = Language("pl", "Polski", {}, forms, form=lambda n: 0 if n == 1 else 1 if 2 <= n % 10 <= 4 else 2)
    assert [polish.ngettext("%(n)s row", "%(n)s rows", n) for n in (1, 3, 5)] == ["one", "few", "many"]


@pytest.fixture(scope="module")
def one_of_each(material: Material) -> list[Page]:
    """The first pages of each kind, and every page of which there are few."""
    number: Counter[str] = Counter()
    chosen = []
    for page in pages(material):
        if isinstance(page, Page):
            number[page.template] += 1
            chosen += [page] if number[page.template] <= 8 else []
    return chosen


@pytest.mark.parametrize("code", OTHERS)
def test_a_page_holds_no_sentence_of_the_catalog_in_english(code: str, one_of_each: list[Page]) -> None:
    press, imprint = Press(language(code)), Imprint("0" * 16, "2026-11-22")
    known = [text for message in messages(code) for text, said in pairs(message) if is_sentence(text, said)]
    for page in one_of_each:
        written = shown(press.text(page, page.make(), imprint))
        left = [text for text in known if text in written]
        assert not left, f"{page.path}: {left[:3]}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_page_says_in_which_language_it_is(code: str, one_of_each: list[Page]) -> None:
    page = one_of_each[0]
    assert f'<html lang="{code}">' in Press(language(code)).text(page, page.make(), Imprint("0" * 16, "2026-11-22"))


def is_sentence(text: str, said: str) -> bool:
    return text != said and text.count(" ") >= 4 and not PLACES.search(text)


def shown(written: str) -> str:
    """What a reader sees of a page in its own language, as plain text."""
    body = re.sub(r"<(script|code|q|blockquote)\b.*?</\1>|<span lang=\"en\">.*?</span>", " ", written, flags=re.S)
    plain = re.sub(r"<[^>]+>", "", body)
    return plain.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
