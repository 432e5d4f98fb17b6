"""Writing pages out in a language: templates, links that work from a folder, money and texts as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from typing import Any, ClassVar

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup, escape

from whosbehind.site import address
from whosbehind.site.pages import PAINTED, Page
from whosbehind.site.press import cells, drawings
from whosbehind.site.press.action_lines import action_lines
from whosbehind.site.press.charts import ChartFile, Sheet, chart_file, draw, legend
from whosbehind.site.press.language import LANGUAGES, Language
from whosbehind.values import dollars, usd


@dataclass(frozen=True)
class Imprint:
    """What all pages share: the snapshot their numbers were computed from, the day they were published, what is painted."""

    snapshot: str
    day: str
    every_png: bool = False

    def charts(self, page: Page) -> dict[str, tuple[str, ...]]:
        """A page's charts that are also given in files, by name, with the kinds of these."""
        return {name: PAINTED if self.every_png else kinds for name, kinds in page.charts.items()}


@dataclass(frozen=True)
class Framed:
    """One of a page's charts as it is shown in a frame, and as it stands alone in files."""

    text: str
    chart: ChartFile

    def page(self) -> bytes:
        """The page for the frame."""
        return self.text.encode()

    def file(self, kind: str) -> bytes:
        """The chart's file, `svg` or `png`."""
        return self.chart.png() if kind == "png" else self.chart.svg().encode()


# Where the page's own path stands in what is written once for many pages.
_PATH = "path-of-the-page"


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled, which is the same for all languages."""

    _kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template that was compiled before."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Press:
    """Writes pages in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._parts: dict[tuple[str, str, str], str] = {}
        self._templates = jinja2.Environment(
            loader=jinja2.PackageLoader("whosbehind.site", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            bytecode_cache=_Compiled(),
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=language.printed,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        )
        self._templates.install_gettext_callables(language.gettext, language.ngettext, newstyle=False)  # type: ignore[attr-defined]
        self._templates.globals["_"] = language.gettext  # as it is: the extension's own looks it up at each call
        self._templates.filters |= {"say": language.say, "dollars": dollars, "usd": usd}
        self._templates.globals |= {"languages": LANGUAGES, "language": language, "address": address, "lines": {}}
        self._templates.globals |= {each.__name__: each for each in (cells.number, cells.how_many, cells.row_lines)}
        self._templates.globals |= {each.__name__: each for each in (action_lines, draw, legend)}
        pictures = (drawings.flow_picture, drawings.money_picture, drawings.timeline_picture)
        self._templates.globals |= {each.__name__: each for each in pictures}
        self._frames = self._templates.overlay(loader=_framed(self._templates.loader))

    def messages(self) -> Iterator[tuple[str, str | tuple[str, ...]]]:
        """Every message of the templates as it is looked up when a page is written, with the template it stands in."""
        for name in self._templates.list_templates():
            source = self._templates.loader.get_source(self._templates, name)[0]  # type: ignore[union-attr]
            for _, _, message in self._templates.extract_translations(source):  # type: ignore[attr-defined]
                yield name, message

    def forms(self, page: Page, data: Mapping[str, Any], imprint: Imprint) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files of a page in this language, each with what writes it; paths are below the site's folder."""
        folder, code = self.language.folder, self.language.code
        yield folder + page.path, lambda: self.text(page, data, imprint).encode()
        for name, kinds in charts_of(page, data, imprint).items():
            framed = cache(partial(self.framed, page, data, imprint, name))
            yield folder + address.embedded(page.path, name), partial(_page, framed)
            for kind in kinds:
                yield address.picture(page.path, name, code, kind), partial(_file, framed, kind)

    def text(self, page: Page, data: Mapping[str, Any], imprint: Imprint) -> str:
        """A page as text."""
        said = {"sheet": Sheet(), "framed": "", "charts": charts_of(page, data, imprint), "imprint": imprint}
        return self._written(self._templates, page, "../" * self._depth(page.path), {**data, **said})

    def missing(self, imprint: Imprint) -> str:
        """What a server says where there is no page, with links that work from anywhere below it."""
        page = Page(address.HOME, "missing.html", dict)
        return self._written(self._templates, page, "/", {"sheet": Sheet(), "framed": "", "charts": {}, "imprint": imprint})

    def framed(self, page: Page, data: Mapping[str, Any], imprint: Imprint, name: str) -> Framed:
        """One of a page's charts in the form that other sites can show in a frame, and as a file."""
        sheet = Sheet()
        said = {"sheet": sheet, "framed": name, "charts": {}, "imprint": imprint}
        text = self._written(self._frames, page, "../" * self._depth(address.embedded(page.path, name)), {**data, **said})
        return Framed(text, chart_file(sheet.title, sheet.charts[name], f"whosbehind · {imprint.snapshot} · {imprint.day}"))

    def _depth(self, path: str) -> int:
        """How many folders a path below the language's folder is below the site's."""
        return (self.language.folder + path).count("/")

    def _written(self, frames: jinja2.Environment, page: Page, root: str, said: Mapping[str, Any]) -> str:
        """A page's template filled in; `root` leads from where it lies to the site's folder."""
        up = root.removesuffix("../") if self.language.folder and root != "/" else root + self.language.folder
        links = {"up": up, "url": partial(_joined, up), "root": partial(_joined, root)}
        top, foot = (self._around(name, page.path, root, links) for name in ("top.html", "foot.html"))
        return frames.get_template(page.template).render(**said, **links, here=page.path, top=top, foot=foot)

    def _around(self, template: str, path: str, root: str, links: Mapping[str, Any]) -> Markup:
        """The top or foot of a page, which is that of all others in its folder but for the page's own path."""
        here = path if path in address.MAIN else _PATH
        key = (template, root, here)
        if key not in self._parts:
            self._parts[key] = self._templates.get_template(template).render(**links, here=here)
        return cells.trusted(self._parts[key].replace(_PATH, escape(path)))


def charts_of(page: Page, data: Mapping[str, Any], imprint: Imprint) -> dict[str, tuple[str, ...]]:
    """Those of a page's charts in files that it has this time, by name, with the kinds of their files."""
    return {name: kinds for name, kinds in imprint.charts(page).items() if data[name]}


def _page(framed: Callable[[], Framed]) -> bytes:
    return framed().page()


def _file(framed: Callable[[], Framed], kind: str) -> bytes:
    return framed().file(kind)


def _framed(templates: jinja2.BaseLoader | None) -> jinja2.BaseLoader:
    """The same templates, with `embed.html` where pages stand on `base.html`."""
    frame = resources.files("whosbehind.site").joinpath("templates", "embed.html").read_text("utf-8")
    assert templates is not None
    return jinja2.ChoiceLoader([jinja2.DictLoader({"base.html": frame}), templates])


def _joined(start: str, path: str) -> str:
    return start + path
