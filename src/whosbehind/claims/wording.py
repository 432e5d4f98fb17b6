"""Numbers, relations and readings in words a person reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from whosbehind.claims.claim import Check, Published
from whosbehind.claims.readings import Match, Reading
from whosbehind.phrases import Phrase, all_of, joined, phrase
from whosbehind.values import Measure, Route, count, dollars

RELATIONS = {
    "at_least": phrase("at least"),
    "about": phrase("about"),
    "exactly": phrase("exactly"),
    "at_most": phrase("at most"),
}
# Names of one reading that are said.
NAMED = 2
# What a changed axis means; windows, agencies and units are put into words of their own.
CHANGES: Mapping[tuple[str, Any], Phrase] = {
    ("route", "any"): phrase("by any route"),
    ("route", Route.DIRECT): phrase("bought directly"),
    ("route", Route.RESELLER): phrase("bought through resellers"),
    ("names_only", True): phrase("counting only what names the company itself"),
    ("names_only", False): phrase("counting its products too"),
    ("positive_only", True): phrase("leaving money taken back out"),
    ("positive_only", False): phrase("less the money taken back"),
    ("is_funding", True): phrase("by the agency that pays"),
    ("is_funding", False): phrase("by the agency that signs"),
    ("unit_factor", "1000"): phrase("multiplied by 1,000"),
    ("unit_factor", "0.001"): phrase("divided by 1,000"),
}


def relation_text(published: Published, measure: Measure) -> Phrase:
    """A published number with its relation: `at least $158,000,000`."""
    return joined(" ", (RELATIONS[published.relation], published_text(published, measure)))


def published_text(published: Published, measure: Measure) -> str:
    """A published number: without cents where it has none."""
    return number_text(measure, published.value).removesuffix(".00")


def number_text(measure: Measure, value: Decimal) -> str:
    """A number for a person, with all its digits, so that two that differ never look the same."""
    if measure is Measure.OBLIGATIONS:
        return dollars(value)
    if measure is Measure.SHARE:
        return f"{(value * 100).normalize():,f}%"
    return f"{value.normalize():,f}"


def measured_text(check: Check, shown: Mapping[str, Any]) -> str:
    """What was measured, from the check and the number as a machine gets it."""
    match check.measure:
        case Measure.SHARE | Measure.RATIO:
            pairs = ((check.numerator, "numerator"), (check.denominator, "denominator"))
            return " divided by ".join(measured_text(part, shown.get(name, {})) for part, name in pairs if part)
        case Measure.FACT:
            number = f"{Decimal(shown['value']):,f} {shown['unit']}"
            dated = f", {shown['date']}" if shown["date"] else ""
            return f"the fact {check.fact} ({number}{dated})"
        case Measure.AUTHORIZATIONS:
            return f"FedRAMP authorizations of {_listed(check.question.organisations)} on {check.on}"
        case Measure.REPORTED:
            part = f" for {check.segment}" if check.segment else ""
            return f"{check.concept} of {check.company}{part}, {_window(check.question.since, check.question.until)}"
        case _:
            return _question_text(check)


def _question_text(check: Check) -> str:
    asked = check.question
    named = {"award": asked.award, "recipient": asked.recipient, "office": asked.office, "kind": asked.psc}
    parts = [
        f"{check.measure} of {_listed(asked.agencies)}" if asked.agencies else str(check.measure),
        f"to {_listed(asked.organisations)}" if asked.organisations else "",
        CHANGES["route", asked.route or "any"] if asked.organisations else "",
        *(f"{name} {value}" for name, value in named.items() if value),
        f"with the words “{asked.words}”" if asked.words else "",
        f"for the system {asked.system}" if asked.system else "",
        f"naming the product {asked.product}" if asked.product else "",
        CHANGES["names_only", True] if asked.names_only else "",
        CHANGES["positive_only", True] if asked.positive_only else "",
        CHANGES["is_funding", True] if asked.is_funding else "",
        f"with the owners of {asked.as_of}" if asked.as_of else "",
        _window(asked.since, asked.until),
    ]
    return ", ".join(part for part in parts if part).replace(", to ", " to ", 1)


def _listed(names: Sequence[str]) -> str:
    return _plain(" and ".join(names))


def _plain(text: str) -> str:
    return text.replace("_", " ")


def reading_text(reading: Reading) -> Phrase:
    """What a reading changes: `from 2022-01-01 to 2022-12-31, ICE and CBP`."""
    changed = dict(reading.changed)
    parts = [_window(changed["since"], changed["until"])] if "until" in changed else []
    parts += [all_of(map(_plain, changed["agencies"]))] if "agencies" in changed else []
    own_words = ("since", "until", "agencies")
    parts += [CHANGES[name, value] for name, value in reading.changed if name not in own_words]
    return joined(", ", parts)


def match_text(match: Match, measure: Measure) -> Phrase:
    """What a reading that is the published number changes, what it comes to, and by which other names its rows go."""
    told = joined(" ", (reading_text(match.reading), phrase("({number})", number=number_text(measure, match.value))))
    others = [reading_text(each) for each in match.same_rows[:NAMED]]
    left = len(match.same_rows) - len(others)
    others += [count(left, "more reading")] if left else []
    return phrase("{reading}, the same rows as {others}", reading=told, others=_or_as(others)) if others else told


def _or_as(listed: Sequence[Phrase]) -> Phrase:
    return reduce(lambda some, other: phrase("{some} or as {other}", some=some, other=other), listed)


def _window(since: dt.date | None, until: dt.date | None) -> Phrase:
    if since and until:
        return phrase("from {since} to {until}", since=since, until=until)
    if since:
        return phrase("since {since}", since=since)
    return phrase("until {until}", until=until) if until else phrase("all days")
