"""The small values everything is made of: choices, money, dates, names."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from enum import StrEnum


class Grain(StrEnum):
    """What one row of a source is."""

    TRANSACTIONS = "transactions"
    AWARDS = "awards"
    SUBAWARDS = "subawards"
    RECIPIENTS = "recipients"
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


class Grade(StrEnum):
    """How far a source can be relied on: A official or the party itself, D never alone."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


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


def count(number: int, singular: str, plural: str | None = None) -> str:
    """A number with its noun: `1 row`, `2,000 rows`."""
    noun = singular if number == 1 else plural or f"{singular}s"
    return f"{number:,} {noun}"


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
