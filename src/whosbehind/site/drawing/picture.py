"""A drawing, as part of a page and as a file of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

# Characters that a record may hold and an XML file may not.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Picture:
    """A drawing of `width` × `height` units; `body` is its SVG, `shows` the classes of its marks, for a legend."""

    width: float
    height: float
    body: Markup
    shows: tuple[str, ...] = ()

    def inline(self, name: str, title: str, description: str) -> Markup:
        """The drawing as part of a page; `name` tells it apart from others there."""
        return self._framed(name, title, description, Markup(""))

    def alone(self, title: str, description: str) -> str:
        """The drawing as a file that brings its colours along: the light ones on white, wherever it is shown."""
        classes = {name for names in re.findall(r'class="([^"]*)"', self.body) for name in names.split()}
        rules = "\n".join(rule for rule, needed in _light_rules() if needed <= classes)
        style = Markup("<style>{}</style>").format(Markup(rules))  # noqa: S704 - our own style sheet
        return NO_XML.sub("\ufffd", str(self._framed("picture", title, description, style)))

    def _framed(self, name: str, title: str, description: str, style: Markup) -> Markup:
        role = "group" if "<a " in self.body else "img"  # the links of an image would be out of reach
        w, h = f"{self.width:g}", f"{self.height:g}"
        return Markup(  # noqa: S704 - all texts are escaped
            f'<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
            f'role="{role}" aria-labelledby="{name}-title {name}-description"><title id="{name}-title">{escape(title)}</title>'
            f'<desc id="{name}-description">{escape(description)}</desc>{style}{self.body}</svg>'
        )


@cache
def _light_rules() -> list[tuple[str, frozenset[str]]]:
    """The style sheet of drawings, rule by rule, each with the classes that a drawing must have for it to matter.

    Its light colours are said outright, since not every program knows variables.
    """
    sheet = resources.files("whosbehind.site").joinpath("assets", "picture.css").read_text("utf-8")
    light = re.sub(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", sheet, flags=re.DOTALL)
    colours = dict(re.findall(r"(--[\w-]+): ([^;]+);", light))
    said = re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], light)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", said)
    single = ((each.strip(), what) for who, what in rules if "--" not in what for each in who.split(","))
    return [(f"{who} {{{what}}}", frozenset(re.findall(r"\.([\w-]+)", who)) - {"picture"}) for who, what in single]


def element(name: str, attributes: Mapping[str, object], inner: object = "") -> Markup:
    """An SVG element; numbers with at most two decimals, text escaped."""
    listed = "".join(f' {key.replace("_", "-")}="{_plain(value)}"' for key, value in attributes.items())
    return Markup(f"<{name}{listed}>{escape(inner)}</{name}>")  # noqa: S704 - what is not escaped is named by our own code


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else escape(value)
