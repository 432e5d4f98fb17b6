"""Profiles: everything known about one system, company or agency on one screen, with who says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from whosbehind.atlas.things import find_thing
from whosbehind.profiles.agency import AgencyProfile, agency_profile
from whosbehind.profiles.corrected import corrections_of
from whosbehind.profiles.lines import ContractLine, FactLine, Known, Line, Named
from whosbehind.profiles.money import Bought, Money
from whosbehind.profiles.organisation import OrganisationProfile, organisation_profile
from whosbehind.profiles.system import SystemProfile, system_profile

Profile: TypeAlias = SystemProfile | OrganisationProfile | AgencyProfile

# What can be described, what a name may stand for there, and who describes it.
KINDS: dict[str, tuple[tuple[str, ...], Callable[[Known, str], Profile]]] = {
    "system": (("system",), system_profile),
    "organisation": (("organisation",), organisation_profile),
    "agency": (("agency", "body"), agency_profile),
}

__all__ = [
    "KINDS",
    "AgencyProfile",
    "Bought",
    "ContractLine",
    "FactLine",
    "Known",
    "Line",
    "Money",
    "Named",
    "OrganisationProfile",
    "Profile",
    "SystemProfile",
    "agency_profile",
    "organisation_profile",
    "profile",
    "system_profile",
]


def profile(kind: str, name: str, known: Known) -> Profile:
    """Everything known about one thing of a kind: system, organisation or agency (an office counts as one).

    Raises Mistake with near names if nothing of that kind goes by the name, KeyError for another kind.
    """
    kinds, describe = KINDS[kind]
    found = describe(known, find_thing(known.atlas, name, kinds))
    return replace(found, corrections=corrections_of(known, found))
