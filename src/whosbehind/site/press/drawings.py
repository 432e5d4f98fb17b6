"""Drawings whose words need translating, as templates call for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial

from jinja2 import pass_context
from jinja2.runtime import Context

from whosbehind.site.drawing.flows import Graph, drawn
from whosbehind.site.drawing.picture import Picture
from whosbehind.site.drawing.sankey import Band, sankey
from whosbehind.site.drawing.timeline import Dated, timeline
from whosbehind.site.press.language import Language


@pass_context
def flow_picture(context: Context, graph: Graph) -> Picture:
    """A drawing of flows; in a page its boxes lead to their pages."""
    return drawn(graph, partial(_said, context["language"]), None if context["framed"] else context["url"])


@pass_context
def timeline_picture(context: Context, listed: Sequence[Dated], today: dt.date) -> Picture:
    """A timeline up to a day."""
    return timeline(listed, today, partial(_said, context["language"]))


@pass_context
def money_picture(context: Context, bands: Sequence[Band], labels: Mapping[str, str]) -> Picture:
    """A drawing of money from agencies through recipients to companies; what is paid to a company itself passes one block."""
    return sankey(bands, {**labels, "": context["language"].gettext("paid directly")})


def _said(language: Language, text: str) -> str:
    """A text in the language of the page, in English where nobody has translated it."""
    return language.said(text) or text
