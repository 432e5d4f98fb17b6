"""All corrections of the content, of facts and of claims."""

from __future__ import annotations

from collections.abc import Iterable

from whosbehind.atlas import Atlas, corrections
from whosbehind.claims.claim import Claim
from whosbehind.records import Corrected


def all_corrections(atlas: Atlas, claims: Iterable[Claim]) -> tuple[Corrected, ...]:
    """The corrections that entries of the atlas and claims log, newest first."""
    of_claims = (
        Corrected("claim", each.id, each.statement, number, correction)
        for each in claims
        for number, correction in enumerate(each.corrections, start=1)
    )
    return tuple(sorted((*corrections(atlas), *of_claims), key=lambda each: each.order))
