"""A drawing, as part of a page and as a file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Picture:
    """A drawing of `width` × `height` units; `body` is its SVG, without words that need translating outside `texts`."""

    width: float
    height: float
    body: Markup

    def inline(self, name: str, title: str, description: str, role: str = "img") -> Markup:
        """The drawing as part of a page; `name` tells it apart from others there. One that holds links is a `group`."""
        return self._framed(name, title, description, Markup(""), role)

    def alone(self, title: str, description: str) -> str:
        """The drawing as a file that brings its colours along."""
        colours = resources.files("whosbehind.site").joinpath("assets", "picture.css").read_text("utf-8")
        style = Markup("<style>{}</style>").format(Markup(colours))  # noqa: S704 - our own style sheet
        return str(self._framed("picture", title, description, style))

    def _framed(self, name: str, title: str, description: str, style: Markup, role: str = "img") -> Markup:
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="picture" viewBox="0 0 {w:g} {h:g}" width="{w:g}" height="{h:g}" '
            'role="{role}" aria-labelledby="{name}-title {name}-description"><title id="{name}-title">{title}</title>'
            '<desc id="{name}-description">{description}</desc>{style}{body}</svg>'
        ).format(
            w=self.width, h=self.height, role=role, name=name, title=title, description=description, style=style, body=self.body
        )


def element(name: str, attributes: Mapping[str, object], inner: object = "") -> Markup:
    """An SVG element; numbers with at most two decimals, text escaped."""
    listed = Markup(" ").join(Markup('{}="{}"').format(key.replace("_", "-"), _plain(value)) for key, value in attributes.items())
    tag = Markup(name)  # noqa: S704 - named by our own code
    return Markup("<{} {}>{}</{}>").format(tag, listed, escape(inner), tag)


def _plain(value: object) -> object:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else value
