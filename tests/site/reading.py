"""Reading published pages back, as a browser or a checker would."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from whosbehind.site.pages import File, Page
from whosbehind.site.press.language import language
from whosbehind.site.press.press import Imprint, Press


@dataclass(frozen=True)
class Shown:
    """A number as a page shows it."""

    text: str
    usd: Decimal
    count: int
    question: dict[str, Any]
    href: str


@dataclass
class Read(HTMLParser):
    """What stands in a page: links, loaded addresses, ids, numbers, and its words."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    numbers: list[Shown] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    _open: dict[str, str | None] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.events += [name for name in given if name.startswith("on") or name == "style"]
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("a", "area") and given.get("href"):
            self.links.append(str(given["href"]))
        if tag in ("script", "img", "iframe", "source", "use", "image") and (given.get("src") or given.get("href")):
            self.loads.append(str(given.get("src") or given.get("href")))
        if tag == "link" and given.get("rel") in ("stylesheet", "icon"):
            self.loads.append(str(given["href"]))
        if tag == "a" and "data-question" in given:
            self._open = given

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._open is not None:
            shown = self._open
            question = json.loads(str(shown["data-question"]))
            self.numbers.append(
                Shown(data, Decimal(str(shown["data-usd"])), int(str(shown["data-count"])), question, str(shown["href"]))
            )
            self._open = None


def read(page: Path) -> Read:
    """What stands in a page."""
    found = Read()
    found.feed(page.read_text("utf-8"))
    return found


def pages_in(folder: Path) -> Iterator[Path]:
    """All pages below a folder."""
    return (path for path in sorted(folder.rglob("*.html")))


def target(page: Path, link: str) -> Path | None:
    """The file a link of a page leads to; None where it leads to another site or stays on the page."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    return (page.parent / unquote(parts.path)).resolve()


def amounts_of_group(page: Path, mark: str) -> list[Decimal]:
    """The amounts of a marked group of rows on a page; none where the mark is no group."""
    group = re.search(rf'<tbody id="{re.escape(mark)}">(.*?)</tbody>', page.read_text("utf-8"), re.DOTALL) if mark else None
    shown = re.findall(r'<td class="money">([^<]+)</td>', group[1]) if group else []
    return [Decimal(re.sub(r"[$,]", "", amount)) for amount in shown]


@cache
def press(code: str) -> Press:
    """The press of a language."""
    return Press(language(code))


def written(page: Page | File, data: Mapping[str, Any] | None = None, code: str = "en") -> tuple[str, Read]:
    """A page as it is written, of its own data or of other, and what stands in it."""
    assert isinstance(page, Page)
    text = press(code).text(page, page.make() if data is None else data, Imprint("snapshot", "2026-11-22"))
    found = Read()
    found.feed(text)
    return text, found
