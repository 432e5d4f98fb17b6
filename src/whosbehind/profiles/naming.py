"""Which published claims are about a thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from whosbehind.atlas import Atlas
from whosbehind.claims import Claim
from whosbehind.claims.claim import Check
from whosbehind.errors import Mistake
from whosbehind.profiles.lines import Known


@dataclass(frozen=True)
class ClaimLine:
    """A claim, where it stood, and the finding that documents lead to, where it rests on documents."""

    claim: Claim

    def as_json(self) -> dict[str, Any]:
        """The claim for a machine."""
        appeared, told = self.claim.appeared, self.claim.documented
        return {
            "id": self.claim.id,
            "statement": self.claim.statement,
            "publisher": appeared.publisher,
            "date": appeared.date,
            "url": appeared.url,
            "documented_verdict": str(told.verdict) if told else None,
        }


def claims_about(known: Known, thing: str, names: Collection[str]) -> tuple[ClaimLine, ...]:
    """The claims that ask for a thing by its id, or print one of its names as whole words."""
    about = (each for each in known.claims.values() if _asks_for(known.atlas, each, thing) or _prints(each, names))
    return tuple(ClaimLine(each) for each in sorted(about, key=lambda claim: (claim.appeared.date or "", claim.id), reverse=True))


def says(text: str, name: str) -> bool:
    """Whether a text prints a name as whole words; one word only as it is spelt, since `clear` is not CLEAR."""
    if name.lower() not in text.lower():  # far quicker than the pattern, and nearly always so
        return False
    flags = re.IGNORECASE if " " in name else 0
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, flags) is not None


def _prints(claim: Claim, names: Collection[str]) -> bool:
    told = claim.documented
    texts = [claim.statement, *(copy.statement for copy in claim.copies)]
    texts += [told.reason, told.true_instead or ""] if told else []
    return any(says(text, name) for text in texts for name in names)


def _asks_for(atlas: Atlas, claim: Claim, thing: str) -> bool:
    checks = (check for each in (claim, *claim.copies) if each.check for check in _checks(each.check))
    return any(thing in set(_asked(atlas, check)) for check in checks)


def _checks(check: Check) -> Iterator[Check]:
    """A check and the two it divides."""
    yield check
    for part in (check.numerator, check.denominator):
        if part:
            yield from _checks(part)


def _asked(atlas: Atlas, check: Check) -> Iterator[str]:
    """The ids of all that a check asks for."""
    for name in (*check.question.organisations, *([check.company] if check.company else [])):
        organisation = atlas.find_organisation(name) or atlas.owner_of_product(name)
        if organisation:
            yield organisation.id
    for name in check.question.agencies:
        try:
            yield atlas.find_agency(name).id
        except Mistake:  # claims are checked when they are loaded; a name that is gone since asks for nothing
            continue
    if check.question.system:
        yield check.question.system
    if check.fact in atlas.facts:
        yield atlas.facts[check.fact].about_id
