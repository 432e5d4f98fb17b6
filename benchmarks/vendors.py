"""Linking a million recipient names to vendors: time, memory, and how many vendors come out.

python benchmarks/vendors.py [NAMES]
"""

from __future__ import annotations

import random
import resource
import sys
import time

from whosbehind.vendors import Recipient, link

FIRST = "ACME APEX ALPHA ATLAS BLUE BORDER CEDAR DELTA EAGLE FALCON GLOBAL GRANITE HARBOR IRON LIBERTY METRO NORTH RED".split()
SECOND = "DATA DEFENSE DESIGN DIGITAL ENERGY FEDERAL FIELD LOGISTICS MISSION NETWORK POINT RIVER SECURITY SIGNAL TACTICAL".split()
THIRD = "CONSULTING ENGINEERING GROUP HOLDINGS INDUSTRIES LABS PARTNERS SERVICES SOLUTIONS SUPPLY TECHNOLOGIES WORKS".split()
FORMS = ("INC", "INC.", ", INC.", " INCORPORATED", " LLC", ", LLC", ", L.L.C.", " CORP", " CORPORATION", " LTD", "")


def recipients(count: int) -> list[Recipient]:
    """Names of some 400,000 firms in several spellings, half of them with a UEI."""
    rng = random.Random(1)
    found = []
    for number in range(count):
        firm = rng.randrange(max(1, count * 2 // 5))
        own = random.Random(firm)
        core = f"{own.choice(FIRST)} {own.choice(SECOND)} {own.choice(THIRD)} {firm % 9973}"
        name = core + " " + rng.choice(FORMS).strip(" ")
        uei = f"U{firm:011d}" if rng.random() < 0.5 else None
        found.append(Recipient(f"r{number}", name, uei))
    return found


def main() -> None:
    """Print seconds, peak memory and counts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    listed = recipients(count)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    found = link(listed)
    taken = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vendors = len({each.vendor_id for each in found.values()})
    print(
        f"{count:,} names: {taken:.1f} s, {vendors:,} vendors; memory {before / 1e6:.2f} GB before, {after / 1e6:.2f} GB at most"
    )


if __name__ == "__main__":
    main()
