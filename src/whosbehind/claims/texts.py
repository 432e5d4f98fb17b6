"""The texts of claims that pages show in a reader's own language.

A statement quoted as published stays in the words it was published in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from whosbehind.atlas.texts import Written, correction_texts
from whosbehind.claims.claim import Claim

QUOTED = "quoted"


def claim_texts(claims: Mapping[str, Claim]) -> Iterator[Written]:
    """Every text of claims and their copies that can be translated; one that stands twice comes twice."""
    for claim in claims.values():
        for each in (claim, *claim.copies):
            yield from (Written(f"claim {each.id}: {field}", text) for field, text in _fields(each) if text)


def _fields(claim: Claim) -> Iterator[tuple[str, str | None]]:
    if claim.wording != QUOTED:
        yield "statement", claim.statement
    if claim.documented:
        told = claim.documented
        yield from (("reason", told.reason), ("true_instead", told.true_instead), ("needed", told.needed))
    if claim.reply:
        yield "reply", claim.reply.statement
    yield from correction_texts(claim.corrections)
