"""The languages of the site: catalogs of its own words, of the sentences the tool makes, and of the content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property
from gettext import c2py
from importlib import resources

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from whosbehind.phrases import PLACE, Phrase, has_words

# Language codes with the name each language has for itself; the first is what everything is written in.
LANGUAGES: dict[str, str] = {"en": "English", "es": "Español"}
# The catalogs of a language: the pages' own words with the sentences the tool makes, and texts of the content.
CATALOGS = ("site", "content")
# Code whose sentences go into tables and notes of builds, and come back from there as plain text.
KEEPING = ("ledger/", "vendors/")


def _two_forms(number: int) -> int:
    return int(number != 1)


@dataclass(frozen=True, eq=False)
class Language:
    """A language with its translations; what has none stays in English and says so.

    `plurals` has the forms of a message under its singular and under its plural; `form` says which is for so many.
    `kept` are the templates of sentences that tables and build notes keep as plain text.
    """

    code: str
    name: str
    messages: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]
    kept: frozenset[str] = frozenset()
    form: Callable[[int], int] = _two_forms
    _heard: dict[str, str | None] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder of its pages below the site's: nothing for the first language."""
        return "" if self.code == next(iter(LANGUAGES)) else f"{self.code}/"

    def gettext(self, text: str) -> str:
        """A text in this language."""
        return self.messages.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """A text for so many."""
        forms = self.plurals.get(one)
        return forms[self.form(number)] if forms else (one if number == 1 else many)

    def say(self, text: object) -> Markup:
        """A text of the content or of an answer, escaped; marked as English where nobody has translated it."""
        if text is None:
            return Markup("")
        said = self.said(text)
        return Markup('<span lang="en">{}</span>').format(str(text)) if said is None else escape(said)

    def printed(self, value: object) -> object:
        """What a template prints for a value: phrases in this language, all else as it is."""
        return (self.said(value) or str(value)) if isinstance(value, Phrase) else value

    def said(self, text: object) -> str | None:
        """A text in this language; None where it has no words for it."""
        plain = str(text)
        if not self.folder:
            return plain
        if isinstance(text, Phrase):
            return self._of_phrase(text)
        if plain in self.messages:
            return self.messages[plain]
        if plain not in self._heard:
            self._heard[plain] = self._recognised(plain)
        return self._heard[plain]

    def _of_phrase(self, told: Phrase) -> str | None:
        """A sentence from its template, with its parts said likewise."""
        template = self._template(told)
        if template is None:
            return None
        parts = {name: self._part(part) for name, part in told.parts.items()}
        return template.format(**parts) if parts else template

    def _template(self, told: Phrase) -> str | None:
        if told.plural is not None:
            return self.ngettext(told.template, told.plural, told.number) if told.template in self.plurals else None
        return self.messages.get(told.template) if has_words(told.template) else told.template

    def _part(self, part: object) -> object:
        """Phrases and choices in this language, all else as it is: names and numbers are the same everywhere."""
        if isinstance(part, (Phrase, StrEnum)):
            said = self.said(part)
            return part if said is None else said
        return part

    def _recognised(self, plain: str) -> str | None:
        """A sentence that was kept as plain text, such as a note of a build, by the template it can come from.

        The last resort, where what made the sentence is no longer at hand: names in it must not read like other templates.
        """
        for pattern, forms in self._patterns:
            found = pattern.fullmatch(plain)
            if found:
                parts = {name: self.said(part) or part for name, part in found.groupdict().items()}
                template = forms[self.form(int(parts["number"].replace(",", "")))] if len(forms) > 1 else forms[0]
                return template.format(**parts)
        return None

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], tuple[str, ...]]]:
        """Templates as what they can have made, those with most words first, and what they say."""
        templates = {one: (said,) for one, said in self.messages.items() if one in self.kept} | dict(self.plurals)
        placed = sorted((one for one in templates if PLACE.search(one)), key=lambda one: -len(PLACE.sub("", one)))
        return [(_pattern(one), templates[one]) for one in placed]


def _pattern(template: str) -> re.Pattern[str]:
    """What a template can have made: anything at its places, a number where it counts."""
    pieces = PLACE.split(template)
    shapes = {"number": r"[\d,]+"}
    places = [f"(?P<{piece}>{shapes.get(piece, '.+')})" if at % 2 else re.escape(piece) for at, piece in enumerate(pieces)]
    return re.compile("".join(places), re.DOTALL)


@cache
def language(code: str) -> Language:
    """A language by its code.

    Raises KeyError if the site does not speak it.
    """
    name = LANGUAGES[code]
    messages: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    kept = set()
    catalogs = [catalog(code, each) for each in CATALOGS]
    for message in (message for each in catalogs for message in _translated(each)):
        if isinstance(message.id, str):
            messages[message.id] = str(message.string)
            kept |= {message.id} if any(where.startswith(KEEPING) for where in message.auto_comments) else set()
        else:
            plurals |= dict.fromkeys(message.id, tuple(message.string or ()))
    return Language(code, name, messages, plurals, frozenset(kept), c2py(catalogs[0].plural_expr))


def catalog(code: str, name: str) -> Catalog:
    """A catalog as it is kept; an empty one where there is none yet."""
    file = resources.files("whosbehind.site").joinpath("locales", code, "LC_MESSAGES", f"{name}.po")
    if not file.is_file():
        return Catalog(locale=code)
    with file.open("rb") as stream:
        return read_po(stream, locale=code)


def _translated(kept: Catalog) -> Iterator[Message]:
    return (message for message in kept if message.id and message.string and not message.fuzzy and all(_forms(message)))


def _forms(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (str(message.string),)
