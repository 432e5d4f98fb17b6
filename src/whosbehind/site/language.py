"""The languages of the site: catalogs of its own words, of the sentences the tool makes, and of the content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

# Language codes with the name each language has for itself; the first is what everything is written in.
LANGUAGES: dict[str, str] = {"en": "English", "es": "Español"}
# The catalogs of a language: the pages' own words, and texts of the content.
CATALOGS = ("site", "content")


@dataclass(frozen=True)
class Language:
    """A language with its translations; what has none stays in English and says so."""

    code: str
    name: str
    messages: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]

    @property
    def folder(self) -> str:
        """The folder of its pages below the site's: nothing for the first language."""
        return "" if self.code == next(iter(LANGUAGES)) else f"{self.code}/"

    def gettext(self, text: str) -> str:
        """A text in this language."""
        return self.messages.get(text, text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """A text for so many."""
        forms = self.plurals.get(one, (one, many))
        return forms[0 if number == 1 else -1]

    def has(self, text: str) -> bool:
        """Whether the language has these words of its own."""
        return self.folder == "" or text in self.messages

    def say(self, text: object) -> Markup:
        """A text of the content or of an answer, escaped; marked as English where nobody has translated it."""
        if text is None:
            return Markup("")
        plain = str(text)
        if self.has(plain):
            return escape(self.gettext(plain))
        return Markup('<span lang="en">{}</span>').format(plain)


@cache
def language(code: str) -> Language:
    """A language by its code.

    Raises KeyError if the site does not speak it.
    """
    messages: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for name in CATALOGS:
        for message in _catalog(code, name):
            if isinstance(message.id, str):
                messages[message.id] = str(message.string)
            elif message.id:
                plurals[message.id[0]] = tuple(message.string or ())
    return Language(code, LANGUAGES[code], messages, plurals)


def _catalog(code: str, name: str) -> list[Message]:
    file = resources.files("whosbehind.site").joinpath("locales", code, "LC_MESSAGES", f"{name}.po")
    if not file.is_file():
        return []
    with file.open("rb") as stream:
        return [message for message in read_po(stream, locale=code) if message.id and message.string and not message.fuzzy]
