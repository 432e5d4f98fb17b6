"""The parts that pages hold by the thousand: numbers, and lines of rows; written here since templates are slower."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from whosbehind.figures import Row
from whosbehind.site import address
from whosbehind.site.language import Language
from whosbehind.site.numbers import Number
from whosbehind.values import RecipientKind, canonical_json, dollars, usd

# Characters of a description that a table shows; the award's page has all of it.
SHOWN = 160


@pass_context
def number(context: Context, shown: Number) -> Markup:
    """A number as a link to its rows, with how many they are; `data-question` is what `Workspace.figure` takes."""
    amount = shown.amount
    mark = Markup('<a class="number" href="{}" data-usd="{}" data-count="{}" data-question="{}">{}</a> ').format(
        context["up"] + shown.page,
        usd(amount.obligated_usd),
        amount.transaction_count,
        canonical_json(shown.asked),
        dollars(amount.obligated_usd),
    )
    return mark + how_many(context, amount.transaction_count)


@pass_context
def how_many(context: Context, count: int) -> Markup:
    """How many rows, small beside a number."""
    words: Language = context["language"]
    text = words.ngettext("%(count)s row", "%(count)s rows", count) % {"count": f"{count:,}"}
    return Markup('<span class="rows">{}</span>').format(text)


@pass_context
def row_lines(context: Context, rows: Iterable[Row], with_routes: bool = False) -> Markup:
    """Rows as lines of a table."""
    words, up = context["language"], context["up"]
    return Markup("\n").join(_line(words, up, row, with_routes) for row in rows)


def _line(words: Language, up: str, row: Row, with_routes: bool) -> Markup:
    award = f"{up}{address.award(row['award_id'])}#{address.action(row['transaction_id'])}"
    description = row["description"] or ""
    shortened = description if len(description) <= SHOWN else f"{description[:SHOWN].rstrip()}…"
    why = f"<td>{_why(words, row)}</td>" if with_routes else ""
    return Markup(
        f'<tr><td class="day">{row["action_date"]}</td><td><a href="{escape(award)}">{escape(row["piid"] or row["award_id"])}</a> '
        f'<span class="rows">{escape(words.gettext("mod."))} {escape(row["modification_number"])}</span></td>'
        f"<td>{escape(row['agency'])}</td><td>{_recipient(words, up, row)}</td>"
        f'<td class="printed">{escape(shortened)}</td>{why}<td class="money">{dollars(row["obligated_usd"])}</td>'
        f'<td class="proof">{_proof(words, up, row)}</td></tr>'
    )


def _recipient(words: Language, up: str, row: Row) -> Markup:
    if row["recipient_kind"] != RecipientKind.ORGANISATION:
        return escape(nameless(words, row["recipient_kind"]))
    page = up + address.recipient(row["vendor_id"])
    return Markup('<a href="{}">{}</a>').format(page, row["recipient_name"])


def nameless(words: Language, kind: str) -> str:
    """What a recipient that is never named is called."""
    return words.gettext("an individual") if kind == RecipientKind.INDIVIDUAL else words.gettext("undisclosed")


def _why(words: Language, row: Row) -> Markup:
    matched = Markup(" <q>{}</q>").format(row["matched"]) if row.get("matched") else Markup("")
    return route_mark(words, row.get("route")) + matched


def route_mark(words: Language, route: str | None) -> Markup:
    """A row's route in a word; nothing where it has none."""
    names: Mapping[Any, str] = {"direct": words.gettext("direct"), "reseller": words.gettext("reseller")}
    return Markup('<span class="route {}">{}</span>').format(route, names[route]) if route else Markup("")


def _proof(words: Language, up: str, row: Row) -> Markup:
    place = words.gettext("row %(row)s") % {"row": row["row"]}
    return Markup('<a href="{}" title="{}">{}</a> <a href="{}" rel="noreferrer">USAspending</a>').format(
        up + address.evidence(row["document_id"]), row["citation"], place, row["usaspending_url"]
    )
