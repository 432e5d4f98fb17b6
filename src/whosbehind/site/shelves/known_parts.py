"""What a page shows of what is stated about a thing: where the parts lead, the awards of contracts, what became of claims."""

from __future__ import annotations

from collections.abc import Iterable

from whosbehind.profiles.lines import ContractLine
from whosbehind.profiles.naming import ClaimLine
from whosbehind.site.material import Material


def pages_of_parts(material: Material, things: Iterable[str], contracts: Iterable[ContractLine]) -> dict[str, str]:
    """The pages of things that have one, and of the parties and systems of contracts."""
    named = set(things)
    for each in contracts:
        named |= {each.contract.agency_id, *each.contract.systems} | (
            {each.contract.vendor_id} if each.contract.vendor_id else set()
        )
    return {name: page for name in sorted(named) if (page := material.page_of(name))}


def with_verdicts(material: Material, claims: Iterable[ClaimLine]) -> tuple[tuple[ClaimLine, str | None], ...]:
    """Claims with what became of them."""
    found = material.findings
    return tuple((each, str(found[each.claim.id].verdict) if each.claim.id in found else None) for each in claims)


def awards_of(material: Material, contracts: Iterable[ContractLine]) -> dict[str, str]:
    """By PIID, the awards in the evidence of those contracts that have one there."""
    known = material.award_of_contracts
    return {piid: known[piid] for line in contracts if (piid := line.contract.piid or "") in known}
