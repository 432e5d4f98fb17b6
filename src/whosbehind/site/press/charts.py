"""Charts as files of their own, to print or to publish elsewhere: SVG, and PNG drawn from it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element
from whosbehind.site.press.language import Language

# Room above a chart for its title and below it for where it comes from; pixels of a PNG for each unit of a drawing.
ABOVE, BELOW, ZOOM = 64.0, 32.0, 1.5
# The package whose fonts a PNG is drawn with, so that it looks the same on a machine without any.
FONT, FONTS = "Source Sans Pro", ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")


@dataclass(frozen=True)
class Chart:
    """A drawing with its words in the language of the page that shows it; `legend` says what each class stands for."""

    picture: Picture
    title: str
    description: str
    legend: tuple[tuple[str, str], ...]


@dataclass
class Sheet:
    """What a page says of itself while it is written: its title, and the charts that it shows."""

    title: str = ""
    charts: list[Chart] = field(default_factory=list)

    def entitle(self, title: str) -> None:
        """Note the page's title."""
        self.title = html.unescape(title).strip()


@pass_context
def draw(context: Context, picture: Picture, title: str, description: str) -> Markup:
    """A drawing in a page; noted, so that the same words stand in its files."""
    sheet: Sheet = context["sheet"]
    sheet.charts.append(Chart(picture, str(title), str(description), _legend(context["language"], picture)))
    return picture.inline("chart" if len(sheet.charts) == 1 else f"chart-{len(sheet.charts)}", title, description)


def _legend(words: Language, picture: Picture) -> tuple[tuple[str, str], ...]:
    """What the colours of routes stand for, where a drawing has them."""
    names = {"direct": words.gettext("direct"), "reseller": words.gettext("through resellers")}
    return tuple((route, name) for route, name in names.items() if f'class="{route}"' in picture.body)


def svg(about: str, chart: Chart, source: str) -> str:
    """A chart as an SVG file that says what it is about and where it comes from."""
    picture = chart.picture
    title = f"{about} {chart.title}" if about.endswith("?") else f"{about}: {chart.title}"
    heading = element("text", {"class": "heading", "x": 8.0, "y": 26.0}, title)
    foot = element("text", {"class": "foot", "x": 8.0, "y": ABOVE + picture.height + 22}, source)
    body = Markup('<g transform="translate(0 {:g})">{}</g>').format(ABOVE, picture.body)
    framed = Picture(picture.width, picture.height + ABOVE + BELOW, heading + _key(chart.legend) + body + foot)
    return framed.alone(title, chart.description)


def _key(legend: tuple[tuple[str, str], ...]) -> Markup:
    """The legend as a line below the title."""
    pieces, left = Markup(""), 8.0
    for name, text in legend:
        pieces += element("rect", {"class": name, "x": left, "y": 40.0, "width": 12.0, "height": 12.0})
        pieces += element("text", {"class": "legend", "x": left + 18, "y": 51.0}, text)
        left += 50 + 7.0 * len(text)
    return pieces


def png(drawn: str) -> bytes:
    """An SVG file as PNG, in its light colours on white."""
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=_in_light(drawn), zoom=ZOOM, background="#ffffff", skip_system_fonts=True, font_files=_fonts()
        )
    )


def _in_light(drawn: str) -> str:
    """A drawing whose colours are said outright, since the renderer knows no variables and no dark mode."""
    plain = re.sub(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", drawn)
    colours = dict(re.findall(r"(--[\w-]+): ([^;]+);", plain))
    plain = re.sub(r"var\((--[\w-]+)\)", lambda found: colours[found[1]], plain)
    return plain.replace('"Source Sans 3"', f'"{FONT}"')


@cache
def _fonts() -> list[str]:
    folder = resources.files("font_source_sans_pro").joinpath("files")
    return [str(folder.joinpath(name)) for name in FONTS]
