"""Which corrections of the content bear on a profile."""

from __future__ import annotations

from collections.abc import Iterator

from whosbehind.claims import all_corrections
from whosbehind.profiles.agency import AgencyProfile
from whosbehind.profiles.lines import Known
from whosbehind.profiles.organisation import OrganisationProfile
from whosbehind.profiles.system import SystemProfile
from whosbehind.records import Corrected


def corrections_of(known: Known, found: SystemProfile | OrganisationProfile | AgencyProfile) -> tuple[Corrected, ...]:
    """The corrections of the thing described and of all that its profile shows, newest first."""
    shown = set(_shown(found))
    return tuple(each for each in all_corrections(known.atlas, known.claims.values()) if (each.kind, each.id) in shown)


def _shown(found: SystemProfile | OrganisationProfile | AgencyProfile) -> Iterator[tuple[str, str]]:
    """Kind and id of each entry that a profile shows; an office is an agency there, and a body in the atlas."""
    yield from ((kind, found.flows.id) for kind in (found.kind, *(["body"] if found.kind == "agency" else [])))
    yield from (("flow", each.step.flow.id) for each in found.flows.flows)
    yield from (("contract", each.contract.id) for each in found.contracts)
    yield from (("fact", line.fact.id) for lines in (found.facts, *(c.facts for c in found.contracts)) for line in lines)
    yield from (("claim", each.claim.id) for each in found.claims)
    if isinstance(found, AgencyProfile):
        yield from (("law", each.law.id) for each in found.laws)
    if isinstance(found, OrganisationProfile):
        yield from (("organisation", each.id) for each in found.owns if each.role == "company" and each.id)
