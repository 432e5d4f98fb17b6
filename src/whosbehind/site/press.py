"""Writing pages out in a language: templates, links that work from a folder, money and texts as a reader sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import jinja2

from whosbehind.site import address, cells
from whosbehind.site.language import LANGUAGES, Language
from whosbehind.values import dollars, short_dollars, usd


@dataclass(frozen=True)
class Imprint:
    """What stands on every page: the snapshot its numbers were computed from, and the day it was published."""

    snapshot: str
    day: str


class Press:
    """Writes pages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("whosbehind.site", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self._templates.install_gettext_callables(language.gettext, language.ngettext, newstyle=False)  # type: ignore[attr-defined]
        self._templates.filters |= {"say": language.say, "dollars": dollars, "short_dollars": short_dollars, "usd": usd}
        self._templates.globals |= {"languages": LANGUAGES, "language": language, "address": address}
        self._templates.globals |= {each.__name__: each for each in (cells.number, cells.how_many, cells.row_lines)}

    def text(self, template: str, path: str, shown: Mapping[str, Any], imprint: Imprint) -> str:
        """A page as text; `path` is its place below the language's folder."""
        up = "../" * path.count("/")
        root = up + ("../" if self.language.folder else "")
        return self._templates.get_template(template).render(
            **shown, here=path, up=up, url=partial(_joined, up), root=partial(_joined, root), imprint=imprint
        )


def _joined(start: str, path: str) -> str:
    return start + path
