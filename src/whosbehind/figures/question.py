"""What can be asked of a figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whosbehind.errors import Mistake
from whosbehind.values import Route, parse_day

# What a figure can be broken down by, with what each means.
GROUPINGS: dict[str, str] = {
    "fiscal_year": "US federal fiscal year of the action",
    "year": "calendar year of the action",
    "month": "calendar month of the action",
    "agency": "sub-agency",
    "route": "direct, or through a reseller",
    "recipient": "recipient as printed",
    "organisation": "organisation asked for; a transaction naming two counts wholly for each",
    "office": "awarding office",
    "psc": "product or service code, or its description where the feed has no code",
    "award": "award",
}
TIMES = ("fiscal_year", "year", "month")
# The fields that are days.
DAYS = ("since", "until", "as_of", "known")


@dataclass(frozen=True)
class Question:
    """Which obligations to sum. Windows are inclusive; what is left open is not filtered.

    `route` is None for any. `as_of` is the day at which owners hold (None: each
    action's own day); `known` the day whose evidence is used (None: all). With
    `inherited`, actions whose own description names nothing count for what the first
    action of their award named. `positive_only` leaves de-obligations out; `names_only`
    counts what names the organisation itself and not its products; `is_funding` asks for
    the agencies that pay, where a feed states them, and not for those that sign; `system`
    is a system of the atlas whose awards and actions are meant, `product` a product that
    actions name as supplied. `recipient` is a vendor's id, or words of a recipient's name.
    """

    organisations: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    route: Route | None = None
    by: tuple[str, ...] = ()
    award: str | None = None
    recipient: str | None = None
    office: str | None = None
    psc: str | None = None
    words: str | None = None
    as_of: dt.date | None = None
    known: dt.date | None = None
    inherited: bool = False
    positive_only: bool = False
    names_only: bool = False
    is_funding: bool = False
    system: str | None = None
    product: str | None = None

    @staticmethod
    def of(wanted: Mapping[str, Any]) -> Question:
        """A question from its fields by name, where lists may stand for tuples and text for days (`2024-03-01`).

        Raises Mistake for text that is no day.
        """
        return Question(**{name: _field(name, value) for name, value in wanted.items()})

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise Mistake(f"the window ends ({self.until}) before it begins ({self.since}).", next="Swap --since and --until.")
        for name in self.by:
            if name not in GROUPINGS:
                raise Mistake(f"a figure cannot be broken down by {name!r}.", next=f"Choose from: {', '.join(GROUPINGS)}.")
        if "organisation" in self.by and not self.organisations:
            raise Mistake("a breakdown by organisation needs organisations.", next="Name them, such as: figure amazon microsoft.")
        if self.inherited and not self.organisations:
            raise Mistake("only what an organisation is named for can be inherited.", next="Name one, such as: figure amazon.")
        if self.names_only and not self.organisations:
            raise Mistake("only an organisation has names and products.", next="Name one, such as: figure amazon --names-only.")
        if (self.route or "route" in self.by) and not self.organisations:
            raise Mistake("a route leads to an organisation.", next="Name one, such as: figure amazon --route reseller.")


def _field(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    if name not in DAYS or not isinstance(value, str):
        return value
    day = parse_day(value)
    if day is None:
        raise Mistake(f"{name} is {value!r}, which is no day.", next="Write it as in 2024-03-01.")
    return day
