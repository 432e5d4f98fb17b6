"""A finding: the verdict on a claim with everything it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from whosbehind.claims.claim import Claim
from whosbehind.claims.measured import as_text
from whosbehind.claims.readings import Match, Searched
from whosbehind.figures import Figure
from whosbehind.phrases import phrase
from whosbehind.values import ClaimVerdict, Measure

# What no federal procurement record holds; said on every finding.
NOT_IN_ANY_RECORD = phrase(
    "Contract records leave out purchases by card below the reporting threshold, classified contracts, most "
    "other-transaction agreements, payments between agencies, and what states and cities pay."
)


@dataclass(frozen=True)
class Finding:
    """Our answer to a claim.

    `stated` is what the claim's own reading comes to, `reading` the one that is the published
    number where the stated one is not. `rests_on` is `computation` or `documents`. A finding
    is a draft until a person signs it in the content.
    """

    claim: Claim
    verdict: ClaimVerdict
    reason: str
    rests_on: str
    value: Decimal | None = None
    stated: Mapping[str, Any] | None = None
    stated_figure: Figure | None = None
    searched: Searched | None = None
    repaired_figure: Figure | None = None
    coverage: Mapping[str, Any] = field(default_factory=dict)
    needed: str | None = None
    sources: tuple[str, ...] = ()
    copies: tuple[Finding, ...] = ()
    snapshot: str | None = None

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def repair(self) -> Match | None:
        """The reading that is the published number, where there is exactly one."""
        return self.searched.repair if self.searched else None

    @property
    def true_instead(self) -> str | None:
        """What documents show to be true, where the claim is not."""
        known = self.claim.documented
        return known.true_instead if known and self.verdict is not ClaimVerdict.SUPPORTED else None

    @property
    def is_draft(self) -> bool:
        """Whether nobody has signed it yet."""
        return self.claim.signed is None

    def as_json(self, with_rows: bool = False) -> dict[str, Any]:
        """The finding for a machine."""
        claim, searched = self.claim, self.searched
        return {
            "id": claim.id,
            "statement": claim.statement,
            "wording": claim.wording,
            "appeared": _dict(claim.appeared),
            "verdict": str(self.verdict),
            "reason": self.reason,
            "rests_on": self.rests_on,
            "is_draft": self.is_draft,
            "signed": _dict(claim.signed),
            "published": _published(claim),
            "measure": str(claim.check.measure) if claim.check else None,
            "value": self._text(self.value),
            "stated": self.stated_figure.as_json(with_rows) if self.stated_figure else self.stated,
            "reading": self.repair.reading.as_json() if self.repair else None,
            "reading_value": self._text(self.repair.value) if self.repair else None,
            "reading_same_rows": self.repair.as_json()["same_rows"] if self.repair else [],
            "reading_figure": self.repaired_figure.as_json(with_rows) if self.repaired_figure else None,
            "readings_tried": searched.tried if searched else 0,
            "expected_by_chance": str(searched.expected_by_chance) if searched else None,
            "matching_readings": [
                {**match.as_json(), "value": self._text(match.value)} for match in (searched.matches if searched else ())
            ],
            "coverage": dict(self.coverage),
            "needed": self.needed,
            "documented": _dict(claim.documented),
            "sources": list(self.sources),
            "reply": _dict(claim.reply),
            "corrections": [each.as_json() for each in claim.corrections],
            "not_in_any_record": NOT_IN_ANY_RECORD,
            "snapshot": self.snapshot,
            "copies": [copy.as_json(with_rows) for copy in self.copies],
        }

    def _text(self, value: Decimal | None) -> str | None:
        measure = self.claim.check.measure if self.claim.check else Measure.FACT
        return None if value is None else as_text(measure, value)


def value_label(finding: Finding) -> str:
    """What to call the value of the stated reading: where the evidence does not suffice, it is no answer."""
    is_answer = finding.verdict is not ClaimVerdict.NOT_TESTABLE and finding.rests_on != "documents"
    return "as stated" if is_answer else "so far in the evidence"


def _published(claim: Claim) -> dict[str, str] | None:
    number = claim.published
    return {number.relation: f"{number.value:f}", "precision": f"{number.precision:f}"} if number else None


def _dict(part: Any) -> dict[str, Any] | None:
    """A small dataclass as a dictionary, days and choices as text, without what is missing."""
    if part is None:
        return None
    entry: dict[str, Any] = {}
    for name, value in part.__dict__.items():
        if isinstance(value, tuple):
            entry[name] = list(value)
        elif value is not None:
            entry[name] = str(value) if not isinstance(value, (bool, int)) else value
    return entry
