"""The small values everything is made of: choices, money, dates, names."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from whosbehind.phrases import Phrase, counted


class Grain(StrEnum):
    """What one row of a source is."""

    TRANSACTIONS = "transactions"
    AWARDS = "awards"
    SUBAWARDS = "subawards"
    RECIPIENTS = "recipients"
    USE_CASES = "use cases"
    AUTHORIZATIONS = "authorizations"
    REPORTED_FACTS = "reported facts"
    NONE = "none"


class Completeness(StrEnum):
    """How much of the record a source's rows are; where two state one transaction, the earlier here wins."""

    FULL = "full"
    SPARSE = "sparse"
    EXTRACT = "extract"
    LATEST_ONLY = "latest_only"

    @property
    def rank(self) -> int:
        """0 for the most complete."""
        return list(Completeness).index(self)


class AgencyRole(StrEnum):
    """In which role the agency of a row stands."""

    AWARDING = "awarding"
    FUNDING = "funding"
    AS_LABELLED = "as labelled by the publisher"


class RecipientKind(StrEnum):
    """What a recipient is, as far as the project may say."""

    ORGANISATION = "organisation"
    INDIVIDUAL = "individual"
    UNDISCLOSED = "undisclosed"


class SetAsideReason(StrEnum):
    """Why a row that was read is not counted."""

    REPEATED_IN_DOCUMENT = "repeated in document"
    REPEATED_IN_OTHER_DOCUMENT = "repeated in other document"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


class Route(StrEnum):
    """How the money of a transaction reaches an organisation."""

    DIRECT = "direct"
    RESELLER = "reseller"


class Role(StrEnum):
    """What an organisation's product is to a transaction."""

    SUPPLIED = "supplied"
    AROUND = "around"


class Confidence(StrEnum):
    """How sure an attribution is; `inherited` comes from another action of the award."""

    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    INHERITED = "inherited"


# What enters a sum without being asked for.
COUNTED = (Confidence.CERTAIN, Confidence.PROBABLE)


class Basis(StrEnum):
    """On what a name is judged to be a vendor, or a vendor to belong to a family."""

    JUDGEMENT = "judgement"
    UEI = "uei"
    DUNS = "duns"
    PRINTED = "printed name"
    NAME = "name"
    SPACES = "name without spaces"
    OWN = "own"
    ATLAS = "atlas"
    PARENT = "parent as printed"
    INDIVIDUAL = "an individual"
    UNDISCLOSED = "undisclosed"


class Verdict(StrEnum):
    """What a person judged about a pair of names."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNSURE = "unsure"


class PiidBasis(StrEnum):
    """How a contract id that a text prints stands to the contracts the ledger knows."""

    PRINTED = "as printed"
    REPAIRED = "repaired"
    SEVERAL = "several match"
    UNKNOWN = "unknown"


class Dating(StrEnum):
    """On what the day of a snapshot rests."""

    STATED = "stated"
    RECEIVED = "received"


class Grade(StrEnum):
    """How far a source can be relied on: A official or the party itself, D never alone."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Standing(StrEnum):
    """What the record makes of a statement: documented, disputed by another source, only alleged, or only planned."""

    DOCUMENTED = "documented"
    CONTESTED = "contested"
    ALLEGED = "alleged"
    PLANNED = "planned"


class Held(StrEnum):
    """Whether something dated held on a day, as far as its sources say."""

    IN_FORCE = "in force"
    NO_END_KNOWN = "no end known"
    UNKNOWN = "unknown"
    NOT_YET = "not yet"
    ENDED = "ended"


class PublicationKind(StrEnum):
    """What a publication is."""

    PIA = "pia"
    SORN = "sorn"
    CMA = "cma"
    AGREEMENT = "agreement"
    SOLICITATION = "solicitation"
    CONTRACT = "contract"
    AUDIT = "audit"
    COURT = "court"
    LAW = "law"
    FILING = "filing"
    INVENTORY = "inventory"
    REPORT = "report"
    STATEMENT = "statement"
    NEWS = "news"
    REFERENCE = "reference"


class Measure(StrEnum):
    """What a claim counts."""

    OBLIGATIONS = "obligations"
    TRANSACTIONS = "transactions"
    AWARDS = "awards"
    SHARE = "share"
    RATIO = "ratio"
    AUTHORIZATIONS = "authorizations"
    FACT = "fact"
    REPORTED = "reported"


class ClaimVerdict(StrEnum):
    """What became of a claim: garbled is false as stated and true under another reading."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    GARBLED = "garbled"
    NOT_TESTABLE = "not testable"


class DataCategory(StrEnum):
    """What kind of data a flow carries."""

    BIOMETRICS = "biometrics"
    IDENTITY = "identity"
    ADDRESS = "address"
    VEHICLE = "vehicle"
    LOCATION = "location"
    TRAVEL = "travel"
    COMMUNICATIONS = "communications"
    SOCIAL_MEDIA = "social media"
    FINANCIAL = "financial"
    UTILITIES = "utilities"
    BENEFITS = "benefits"
    HEALTH = "health"
    HOUSING = "housing"
    TAX = "tax"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    IMMIGRATION = "immigration"
    CRIMINAL_JUSTICE = "criminal justice"
    CASE_RECORDS = "case records"
    TRADE = "trade"
    COURT_RECORDS = "court records"
    VOTER = "voter"
    FAMILY = "family"
    SEVERAL = "several"


# Kinds of data that are drawn from others: a driver's record holds an address, fingerprints stand for an identity.
DRAWN_FROM: dict[DataCategory, frozenset[DataCategory]] = {
    DataCategory.ADDRESS: frozenset({DataCategory.IDENTITY, DataCategory.VEHICLE, DataCategory.UTILITIES, DataCategory.TAX}),
    DataCategory.IDENTITY: frozenset({DataCategory.BIOMETRICS, DataCategory.ADDRESS, DataCategory.VEHICLE}),
    DataCategory.LOCATION: frozenset({DataCategory.VEHICLE, DataCategory.ADDRESS}),
}


def carries_on(before: DataCategory, after: DataCategory) -> bool:
    """Whether data of one kind can be what passes on as another: the same kind, one drawn from it, or several kinds."""
    several = DataCategory.SEVERAL in (before, after)
    return several or before is after or before in DRAWN_FROM.get(after, frozenset())


CENT = Decimal("0.01")
AN_INDIVIDUAL = "an individual"
LEGAL_FORMS = frozenset(
    "INC INCORPORATED LLC LLP LP LTD LIMITED CO COMPANY CORP CORPORATION PLC PLLC PC GMBH SA AG NV BV THE".split()
)


def usd(amount: Decimal) -> str:
    """Money for a machine: two decimals, no separators (`-1234.50`)."""
    return f"{amount.quantize(CENT):f}"


def dollars(amount: Decimal) -> str:
    """Money for a person: `-$1,234.50`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount).quantize(CENT):,f}"


def short_dollars(amount: Decimal) -> str:
    """Money where there is little room, to three figures or the million: `$2,530M`, `$1.23M`, `-$45.6K`, `$789`.

    A billion is another number in Spanish, so millions go on.
    """
    size = abs(amount)
    for unit, sign in ((Decimal(10**6), "M"), (Decimal(10**3), "K")):
        if size >= unit:
            return f"{'-' if amount < 0 else ''}${_three_figures(size / unit)}{sign}"
    return f"{'-' if amount < 0 else ''}${size:.0f}"


def _three_figures(number: Decimal) -> str:
    places = 2 if number < 10 else 1 if number < 100 else 0
    return f"{number:,.{places}f}"


def count(number: int, singular: str, plural: str | None = None) -> Phrase:
    """A number with its noun: `1 row`, `2,000 rows`."""
    return counted(f"{{number}} {singular}", f"{{number}} {plural or f'{singular}s'}", number)


def fiscal_year(day: dt.date) -> int:
    """The US federal fiscal year of a day; it starts on 1 October of the year before."""
    return day.year + (day.month >= 10)


def fiscal_year_days(year: int) -> tuple[dt.date, dt.date]:
    """The first and the last day of a US federal fiscal year."""
    return dt.date(year - 1, 10, 1), dt.date(year, 9, 30)


def whole_fiscal_year(since: dt.date | None, until: dt.date | None) -> int | None:
    """The fiscal year whose first and last day these are; None where they are no year's."""
    year = fiscal_year(until) if until else None
    return year if year and (since, until) == fiscal_year_days(year) else None


def digest(*parts: str | bytes) -> str:
    """One SHA-256 in hex over parts, each framed by its length so that none can run into the next."""
    total = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        total.update(len(data).to_bytes(8, "big") + data)
    return total.hexdigest()


def canonical_json(value: object) -> str:
    """JSON with one spelling for one value, so that its digest is stable."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def name_tokens(name: str) -> list[str]:
    """The words of a name in upper case, without punctuation, legal forms or `THE`."""
    words = re.findall(r"[\w&+]+", name.upper().replace("'", "").replace(".", ""))
    kept = [word for word in words if word not in LEGAL_FORMS]
    return kept or words


def clean_name(name: str) -> str:
    """A name reduced to what makes it distinct: `Dell Federal Systems, L.P.` → `DELL FEDERAL SYSTEMS`."""
    return " ".join(name_tokens(name))


def parse_day(text: str) -> dt.date | None:
    """An ISO date (`2024-03-01`), or None if it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, order=True)
class LooseDay:
    """A day, month or year as a source states it (`2016-06`), with the first and last day it can mean."""

    text: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", self.text, re.ASCII):
            raise ValueError(f"{self.text!r} is no day, month or year")
        first = self.first  # raises ValueError for a month 13 or a 30 February
        assert first <= self.last

    @property
    def first(self) -> dt.date:
        """The first day it can mean."""
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        return dt.date(year, month, day)

    @property
    def last(self) -> dt.date:
        """The last day it can mean."""
        parts = [int(part) for part in self.text.split("-")]
        year, month, day = (*parts, 12, 31)[:3] if len(parts) < 2 else (*parts, 31)[:3]
        return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]) if len(parts) < 3 else day)


def text_of(day: LooseDay | None) -> str | None:
    """A day, month or year as its source states it."""
    return day.text if day else None


@dataclass(frozen=True)
class Bounds:
    """The days between which something dated held, as far as its sources say.

    It held at no time before `earliest` or after `latest`, and is shown to have held from
    `certain_from`, by which it had begun, to `certain_to`, before which it had not ended: on no
    day where both are None or the first is the later one.
    """

    earliest: dt.date
    certain_from: dt.date | None
    certain_to: dt.date | None
    latest: dt.date

    def held(self, day: dt.date) -> Held:
        """Whether it held on a day. A date that is not known is not known: what no source shows is never in force."""
        if day < self.earliest:
            return Held.NOT_YET
        if day > self.latest:
            return Held.ENDED
        if self.certain_from is None or self.certain_to is None or day < self.certain_from:
            return Held.UNKNOWN
        if day <= self.certain_to:
            return Held.IN_FORCE
        return Held.NO_END_KNOWN if self.latest == dt.date.max else Held.UNKNOWN


def bounds(since: LooseDay | None, until: LooseDay | None, seen: LooseDay | None) -> Bounds:
    """The bounds of what began on `since`, was last seen to hold on `seen` and ended on `until`.

    It had begun by the last day that `since` or `seen` can mean, and had not ended before the
    first day that any of the three can mean; of a month or year of ending, not even that day.
    """
    begun = min((each.last for each in (since, seen) if each), default=None)
    shown = [each.first for each in (since, seen) if each]
    if until:
        shown.append(until.first if until.first == until.last else until.first - dt.timedelta(days=1))
    last_shown = max(shown) if begun else None
    return Bounds(since.first if since else dt.date.min, begun, last_shown, until.last if until else dt.date.max)
