"""What the marks of drawings look like, for their legends."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from whosbehind.site.drawing.flows import FURTHER, GROUPS, MARKS, TIMES
from whosbehind.site.drawing.picture import element

HEIGHT = 20.0
LINE, BLOCK, SIGN = 46.0, 26.0, 20.0


@dataclass(frozen=True)
class Sample:
    """A mark as it is drawn, in a space `width` wide and `HEIGHT` high."""

    width: float
    body: Markup


def sample(name: str) -> Sample:
    """The sample of a mark by its class.

    Raises KeyError if no drawing has such a mark.
    """
    if name in GROUPS:
        return Sample(LINE, _arrow(name, Markup("")))
    if name in MARKS:
        return Sample(LINE, _arrow(f"several {name}", _sign(MARKS[name])))
    return SAMPLES[name]


def _arrow(classes: str, sign: Markup) -> Markup:
    under = element("path", {"class": "under", "d": "M1 10H36"})
    line = element("path", {"class": "line", "d": "M1 10H36"})
    head = element("path", {"class": "head", "d": "M45 10l-9 -5v10z"})
    return element("g", {"class": f"arrow {classes}"}, under + line + head + sign)


def _sign(text: str) -> Markup:
    disc = element("circle", {"class": "disc", "cx": 17.0, "cy": 10.0, "r": 9.0})
    return disc + element("text", {"class": "sign", "x": 17.0, "y": 14.5, "text_anchor": "middle"}, text)


def _block(classes: str) -> Markup:
    rect = element("rect", {"x": 1.0, "y": 4.0, "width": BLOCK - 2, "height": 12.0, "rx": 2.0})
    return element("g", {"class": classes}, rect)


def _step(name: str) -> Markup:
    return element("path", {"class": name, "d": f"M1 10H{LINE - 1:g}"})


def _dot() -> Markup:
    return element("g", {"class": "moment"}, element("circle", {"cx": SIGN / 2, "cy": 10.0, "r": 5.0}))


def _text(text: str) -> Markup:
    return element("text", {"class": "sign", "x": 0.0, "y": 15.0}, text)


SAMPLES = {
    "direct": Sample(BLOCK, _block("direct")),
    "reseller": Sample(BLOCK, _block("reseller")),
    "span": Sample(BLOCK, _block("span")),
    "span open": Sample(BLOCK, _block("span open")),
    "moment": Sample(SIGN, _dot()),
    "running": Sample(LINE, _step("running")),
    "ceiling": Sample(LINE, _step("ceiling")),
    TIMES: Sample(SIGN, _text(TIMES)),
    FURTHER: Sample(SIGN, _text(FURTHER)),
}
