"""Numbers of pages: each knows the question it answers and the page that opens its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from whosbehind.figures import Amount, Question, Row
from whosbehind.figures.opened import grouped, total
from whosbehind.site import address
from whosbehind.values import fiscal_year_days


@dataclass(frozen=True)
class Number:
    """A sum of obligations that a page shows: the question it answers, and the page that opens its rows."""

    amount: Amount
    question: Question
    page: str

    @property
    def asked(self) -> dict[str, Any]:
        """The question as `Workspace.figure` takes it, in plain values."""
        plain = Question()
        fields = ((name, value) for name, value in self.question.__dict__.items() if value != getattr(plain, name))
        return {name: _plain(value) for name, value in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class RowSet:
    """The rows behind a number, largest first; `about` is the page of what they are about."""

    question: Question
    rows: tuple[Row, ...]
    about: str
    amount: Amount


@dataclass
class Book:
    """All numbers of the site, and the rows that each opens."""

    sets: dict[str, RowSet] = field(default_factory=dict)

    def number(self, question: Question, rows: Iterable[Row], about: str, within: Number | None = None) -> Number:
        """A number; where its rows are all those of a larger one, it opens the rows of that."""
        listed = tuple(rows)
        amount = total(listed)
        if within and within.amount.transaction_count == len(listed):
            return Number(amount, question, within.page)
        page = address.rows(question)
        self.sets.setdefault(page, RowSet(question, listed, about, amount))
        return Number(amount, question, page)

    def by(self, whole: Number, rows: Iterable[Row], column: str, about: str) -> dict[Any, Number]:
        """A number split by a column of its rows: fiscal year, agency, route or recipient's vendor."""
        return {
            value: self.number(narrowed(whole.question, column, value, listed[0]), listed, about, whole)
            for value, listed in grouped(rows, column).items()
        }


def narrowed(question: Question, column: str, value: Any, row: Mapping[str, Any]) -> Question:
    """A question narrowed to one value of a column.

    Raises KeyError for another column.
    """
    if column == "fiscal_year":
        since, until = fiscal_year_days(value)
        return replace(question, since=since, until=until)
    if column == "vendor_id":
        return replace(question, recipient=value)
    fields = {"agency": {"agencies": (row["agency"],)}, "route": {"route": value}}
    return replace(question, **fields[column])


def largest(numbers: Mapping[Any, Number]) -> list[tuple[Any, Number]]:
    """Values with their numbers, most money first."""
    return sorted(numbers.items(), key=lambda each: (-each[1].amount.obligated_usd, str(each[0])))
