"""The actions of an award as lines of a table; written here since templates are slower."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from whosbehind.site.press.cells import evidence_link, route_mark, trusted
from whosbehind.site.press.language import Language
from whosbehind.values import dollars


class Counted(NamedTuple):
    """A company that an action counts for, by which route, and the words that say so; `named` is what they name."""

    name: str
    page: str
    route: str
    named: str
    rule: str
    matched: str
    because: str | None


class Action(NamedTuple):
    """An action on an award: what it obligated, what that makes in all, and what it states of the ceiling."""

    mark: str
    modification: str
    day: str
    obligated: Decimal
    running: Decimal
    change: Decimal | None
    ceiling: Decimal | None
    description: str | None
    counted: tuple[Counted, ...]
    document: str
    row: int
    citation: str


@pass_context
def action_lines(context: Context, actions: Iterable[Action], with_running: bool, with_ceilings: bool) -> Markup:
    """Actions as lines of a table, each with its own mark to link to."""
    words, up = context["language"], context["up"]
    return trusted("\n".join(_line(words, up, each, with_running, with_ceilings) for each in actions))


def _line(words: Language, up: str, each: Action, with_running: bool, with_ceilings: bool) -> str:
    running = f'<td class="money">{dollars(each.running)}</td>' if with_running else ""
    ceilings = f"{_stated(each.change)}{_stated(each.ceiling)}" if with_ceilings else ""
    counted = "<br>".join(_counted(words, up, one) for one in each.counted) or "–"
    return (
        f'<tr id="{each.mark}"><th scope="row">{escape(each.modification)}</th><td class="day">{each.day}</td>'
        f'<td class="money">{dollars(each.obligated)}</td>{running}{ceilings}'
        f'<td class="printed">{escape(each.description or "")}</td><td class="counted">{counted}</td>'
        f'<td class="proof">{evidence_link(words, up, each.document, each.row, each.citation)}</td></tr>'
    )


def _stated(amount: Decimal | None) -> str:
    return f'<td class="money">{"–" if amount is None else dollars(amount)}</td>'


def _counted(words: Language, up: str, each: Counted) -> str:
    """A company with its route and the words that say so."""
    beside = words.gettext("beside") if each.because else ""
    because = f" {escape(beside)} <q>{escape(each.because)}</q>" if each.because else ""
    link = f'<a href="{escape(up + each.page)}">{escape(each.name)}</a>'
    return f"{link}{_through(words, each)} {route_mark(words, each.route)} <q>{escape(each.matched)}</q>{because}"


def _through(words: Language, each: Counted) -> str:
    """What is named where it is not the company itself."""
    if not each.named or each.named == each.name:
        return ""
    relation = words.gettext("owner of %(name)s") if each.rule == "owner" else words.gettext("maker of %(name)s")
    return f' <span class="rows">({escape(relation % {"name": each.named})})</span>'
