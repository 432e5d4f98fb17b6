"""Charts as files of their own, to print or to publish elsewhere: SVG, and PNG drawn from it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from whosbehind.site.drawing.picture import Picture, element
from whosbehind.site.drawing.samples import HEIGHT, Sample, sample
from whosbehind.site.press.language import Language

# The least width of a file; its margin; the height of a line of its title, of one of its legend, and of where it comes from.
NARROWEST, EDGE, HEADING, KEY, FOOT = 640.0, 8.0, 23.0, 24.0, 32.0
# Width of a letter in the title and in the legend, and the room between two marks of it.
LARGE, SMALL, APART = 8.8, 6.8, 22.0
# Pixels of a PNG: its least width, and its longer side at most; in between it has one for each unit of the drawing.
WIDE, LONGEST = 1000.0, 6000.0
# The package whose fonts a PNG is drawn with, so that it looks the same on a machine without any.
FONT, FONTS = "Source Sans Pro", ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
Key = tuple[Sample, str]


@dataclass(frozen=True)
class Chart:
    """A drawing with its words in the language of the page that shows it."""

    picture: Picture
    title: str
    description: str
    legend: tuple[Key, ...]


@dataclass
class Sheet:
    """What a page says of itself while it is written: its title, and the charts that it shows, by name."""

    title: str = ""
    charts: dict[str, Chart] = field(default_factory=dict)

    def entitle(self, title: str) -> None:
        """Note the page's title."""
        self.title = html.unescape(title).strip()


@pass_context
def draw(context: Context, name: str, picture: Picture, title: str, description: str, keys: tuple[Key, ...]) -> Markup:
    """A drawing in a page; noted with its legend, so that the same words stand in its files."""
    words: Language = context["language"]
    beside = words.gettext("The page holds the same as a table or list.")
    chart = Chart(picture, str(title), f"{description} {beside}", keys)
    context["sheet"].charts[name] = chart
    return picture.inline(name, title, chart.description)


@pass_context
def legend(context: Context, picture: Picture) -> tuple[Key, ...]:
    """The marks that a drawing shows, and what each stands for."""
    meanings = _meanings(context["language"]) if picture.shows else {}
    return tuple((sample(name), meanings[name]) for name in picture.shows)


def _meanings(words: Language) -> dict[str, str]:
    """What each mark stands for, by its class."""
    return {
        "direct": words.gettext("direct"),
        "reseller": words.gettext("through resellers"),
        "person": words.gettext("who someone is"),
        "place": words.gettext("where someone is, lives or drives"),
        "speech": words.gettext("what someone says and to whom"),
        "means": words.gettext("money, work, health and benefits"),
        "files": words.gettext("files of the state"),
        "several": words.gettext("several kinds"),
        "ended": words.gettext("ended"),
        "contested": words.gettext("contested: sources disagree"),
        "doubtful": words.gettext("only alleged, or of low confidence"),
        "planned": words.gettext("planned, or yet to begin"),
        "×2": words.gettext("two flows of that kind"),
        "+2": words.gettext("two further kinds"),
        "span": words.gettext("lasted"),
        "span open": words.gettext("no end known"),
        "moment": words.gettext("happened, or began"),
        "running": words.gettext("obligated so far"),
        "ceiling": words.gettext("ceiling"),
    }


@dataclass(frozen=True)
class ChartFile:
    """A chart with its title, its legend and where it comes from, to stand alone."""

    picture: Picture
    title: str
    description: str

    def svg(self) -> str:
        """The file as SVG."""
        return self.picture.alone(self.title, self.description)

    def png(self) -> bytes:
        """The file as PNG."""
        import resvg_py

        zoom = min(max(1.0, WIDE / self.picture.width), LONGEST / max(self.picture.width, self.picture.height))
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=self.svg().replace('"Source Sans 3"', f'"{FONT}"'),
                zoom=zoom,
                skip_system_fonts=True,
                font_files=_fonts(),
            )
        )


def chart_file(about: str, chart: Chart, source: str) -> ChartFile:
    """A chart as a file that says what it is about and where it comes from."""
    title = f"{about} {chart.title}" if about.endswith("?") else f"{about}: {chart.title}"
    width = max(chart.picture.width + 2 * EDGE, NARROWEST)
    lines = textwrap.wrap(title, int((width - 2 * EDGE) / LARGE))
    keys = list(_rows(chart.legend, width - EDGE))
    top = EDGE + len(lines) * HEADING + len(keys) * KEY + EDGE
    below = top + chart.picture.height
    parts = [
        element("rect", {"class": "sheet", "width": width, "height": below + FOOT}),
        *(_text("heading", EDGE, HEADING * (row + 1), line) for row, line in enumerate(lines)),
        *(_key(key, left, EDGE + len(lines) * HEADING + row * KEY) for row, line in enumerate(keys) for key, left in line),
        _moved((width - chart.picture.width) / 2, top, chart.picture.body),
        _text("foot", EDGE, below + 22, source),
    ]
    return ChartFile(Picture(width, below + FOOT, Markup("").join(parts)), title, chart.description)


def _rows(keys: Iterable[Key], width: float) -> Iterator[list[tuple[Key, float]]]:
    """The marks of a legend in as many lines as they need, each with its left end."""
    line: list[tuple[Key, float]] = []
    left = EDGE
    for key in keys:
        room = key[0].width + 6 + SMALL * len(key[1])
        if line and left + room > width:
            yield line
            line, left = [], EDGE
        line.append((key, left))
        left += room + APART
    if line:
        yield line


def _key(key: Key, left: float, top: float) -> Markup:
    shown, text = key
    return _moved(left, top, shown.body) + _text("legend", left + shown.width + 6, top + HEIGHT / 2 + 4.5, text)


def _text(name: str, x: float, y: float, text: str) -> Markup:
    return element("text", {"class": name, "x": x, "y": y}, text)


def _moved(x: float, y: float, body: Markup) -> Markup:
    return Markup(f'<g transform="translate({x:g} {y:g})">{body}</g>')  # noqa: S704 - a drawing's body is escaped


@cache
def _fonts() -> list[str]:
    folder = resources.files("font_source_sans_pro").joinpath("files")
    return [str(folder.joinpath(name)) for name in FONTS]
