"""The parts that pages hold by the thousand: numbers, and lines of rows; written here since templates are slower."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from whosbehind.figures import Row
from whosbehind.site import address
from whosbehind.site.numbers import Number
from whosbehind.site.press.language import Language
from whosbehind.values import RecipientKind, canonical_json, dollars, usd

# By the way up to a language's folder and transaction, a row's line before and behind the reason why it counts.
Lines = dict[tuple[str, str], tuple[str, str]]
# Characters of a description that a table shows; the award's page has all of it.
SHOWN = 160


@pass_context
def number(context: Context, shown: Number) -> Markup:
    """A number as a link to its rows, with how many they are; `data-question` is what `Workspace.figure` takes."""
    amount = shown.amount
    return trusted(
        f'<a class="number" href="{escape(context["up"] + shown.page)}" data-usd="{usd(amount.obligated_usd)}" '
        f'data-count="{amount.transaction_count}" data-question="{escape(canonical_json(shown.asked))}">'
        f"{dollars(amount.obligated_usd)}</a> {how_many(context, amount.transaction_count)}"
    )


@pass_context
def how_many(context: Context, count: int) -> Markup:
    """How many rows, small beside a number."""
    words: Language = context["language"]
    text = words.ngettext("%(count)s row", "%(count)s rows", count) % {"count": f"{count:,}"}
    return trusted(f'<span class="rows">{escape(text)}</span>')


@pass_context
def row_lines(context: Context, rows: Iterable[Row], with_routes: bool = False) -> Markup:
    """Rows as lines of a table."""
    words, up, lines = context["language"], context["up"], context["lines"]
    return trusted("\n".join(_line(words, up, lines, row, with_routes) for row in rows))


def _line(words: Language, up: str, lines: Lines, row: Row, with_routes: bool) -> str:
    """A row as a line; what is the same wherever it stands is written once."""
    key = (up, row["transaction_id"])
    if key not in lines:
        lines[key] = (_beginning(words, up, row), _end(words, up, row))
    beginning, end = lines[key]
    return f"{beginning}<td>{_why(words, row)}</td>{end}" if with_routes else f"{beginning}{end}"


def _beginning(words: Language, up: str, row: Row) -> str:
    award = f"{up}{address.award(row['award_id'])}#{address.action(row['transaction_id'])}"
    description = row["description"] or ""
    shortened = description if len(description) <= SHOWN else f"{description[:SHOWN].rstrip()}…"
    return (
        f'<tr><td class="day">{row["action_date"]}</td>'
        f'<td><a href="{escape(award)}">{escape(row["piid"] or row["award_id"])}</a> '
        f'<span class="rows">{escape(words.gettext("mod."))} {escape(row["modification_number"])}</span></td>'
        f"<td>{escape(row['agency'])}</td><td>{_recipient(words, up, row)}</td>"
        f'<td class="printed">{escape(shortened)}</td>'
    )


def _end(words: Language, up: str, row: Row) -> str:
    amount = row["obligated_usd"]
    return f'<td class="money">{dollars(amount)}</td><td class="proof">{_proof(words, up, row)}</td></tr>'


def _recipient(words: Language, up: str, row: Row) -> str:
    if row["recipient_kind"] != RecipientKind.ORGANISATION:
        return escape(nameless(words, row["recipient_kind"]))
    page = escape(up + address.recipient(row["vendor_id"]))
    return f'<a href="{page}">{escape(row["recipient_name"])}</a>'


def nameless(words: Language, kind: str) -> str:
    """What a recipient that is never named is called."""
    return words.gettext("an individual") if kind == RecipientKind.INDIVIDUAL else words.gettext("undisclosed")


def _why(words: Language, row: Row) -> str:
    matched = f" <q>{escape(row['matched'])}</q>" if row.get("matched") else ""
    return f"{route_mark(words, row.get('route'))}{matched}"


def route_mark(words: Language, route: str | None) -> Markup:
    """A row's route in a word; nothing where it has none."""
    names: Mapping[Any, str] = {"direct": words.gettext("direct"), "reseller": words.gettext("reseller")}
    return trusted(f'<span class="route {escape(route)}">{escape(names[route])}</span>') if route else Markup("")


def _proof(words: Language, up: str, row: Row) -> str:
    evidence = evidence_link(words, up, row["document_id"], row["row"], row["citation"])
    return f'{evidence} <a href="{escape(row["usaspending_url"])}" rel="noreferrer">USAspending</a>'


def evidence_link(words: Language, up: str, document: str, row: int, citation: str) -> str:
    """A row's place in its document, which leads to the document's page."""
    place = words.gettext("row %(row)s") % {"row": row}
    return f'<a href="{escape(up + address.evidence(document))}" title="{escape(citation)}">{escape(place)}</a>'


def trusted(html: str) -> Markup:
    """HTML that was put together here, every text in it escaped."""
    return Markup(html)  # noqa: S704 - its callers escape
