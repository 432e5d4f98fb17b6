"""The stages that judge: vendors, attributions, systems; and the atlas as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whosbehind import vendors
from whosbehind.atlas import RECORDS, ownerships
from whosbehind.attribution import (
    Reader,
    attribute,
    from_contracts,
    from_inventories,
    inherited,
    recipient_mentions,
    write_mentions,
)
from whosbehind.engine import records_table
from whosbehind.pipeline.build import Build, code_digest
from whosbehind.tables import (
    AI_USE_CASES,
    ATTRIBUTIONS,
    AWARDS,
    FAMILIES,
    INHERITED,
    MENTIONS,
    OWNERSHIP,
    RECIPIENTS,
    REVIEW,
    SYSTEM_AWARDS,
    TRANSACTIONS,
    USE_CASE_CONTRACTS,
    VENDORS,
)
from whosbehind.values import digest
from whosbehind.vendors import Families

if TYPE_CHECKING:
    pass

NAMES = {
    **dict.fromkeys("vendor_id recipient_id recipient_name key core block".split(), "string"),
    "obligated_usd": "decimal(18,2)",
}


def link(build: Build) -> None:
    """Stage 4: recipients judged to be vendors, vendors to be families, and what only a person can say."""
    build.progress("linking recipients to vendors", 0, 1)
    judgements = build.atlas.judgements
    families = Families(build.atlas.aliases(), ownerships(build.atlas))
    recipients = build.table(RECIPIENTS).order_by(list(RECIPIENTS.key)).to_pyarrow().to_pylist()
    judged = vendors.judged_recipients(recipients, judgements)
    members = vendors.memberships(judged, families)
    build.write_records(VENDORS, vendors.vendor_records(judged, members, families))
    build.write_records(FAMILIES, [{**each.__dict__, "score": each.score} for each in members])
    names = records_table(vendors.name_records(judged), NAMES)
    stated = [build.table(each).select("award_id", "recipient_id", "recipient_name") for each in (TRANSACTIONS, AWARDS)]
    pairs = vendors.review_pairs(names, stated[0].union(stated[1]), judgements)
    build.write_whole(REVIEW, pairs.order_by(list(REVIEW.key)))


def attribute_all(build: Build) -> None:
    """Stage 7: mentions part by part, attributions over all of them."""
    reader = Reader(build.atlas.aliases(), build.atlas.around)
    spelt = digest(
        repr(sorted(map(repr, build.atlas.aliases()))), repr(build.atlas.around), code_digest(("attribution", "lexicon"))
    )
    parts, found = build.files[TRANSACTIONS.name], []
    for place, part in enumerate(parts):
        build.progress("finding organisations", place, len(parts))
        mentions = build.paths.part(MENTIONS.name, digest(part.stem, spelt))
        if not mentions.exists():
            write_mentions(build.engine, part, reader, mentions)
        found.append(mentions)
    build.progress("attributing", 0, 1)
    direct = recipient_mentions(build.table(TRANSACTIONS), build.table(VENDORS))
    build.write_whole(MENTIONS, direct.order_by(list(MENTIONS.key)))
    build.files[MENTIONS.name] = sorted({*build.files[MENTIONS.name], *found})
    attributed = attribute(build.table(MENTIONS), build.table(OWNERSHIP))
    build.write_whole(ATTRIBUTIONS, attributed.order_by(list(ATTRIBUTIONS.key)))
    companies = build.table(MENTIONS).semi_join(build.table(OWNERSHIP), "named_id")  # systems are nobody's to inherit
    heirs = inherited(companies, build.table(TRANSACTIONS))
    build.write_whole(INHERITED, heirs.order_by(list(INHERITED.key)))


def write_atlas(build: Build) -> None:
    """Stage 6: the atlas as tables."""
    build.write_records(OWNERSHIP, [each.__dict__ for each in ownerships(build.atlas)])
    for table, records in RECORDS:
        build.write_records(table, records(build.atlas))


def system_awards(build: Build) -> None:
    """Stage 8: awards linked to systems."""
    atlas, contracts = build.atlas, list(build.atlas.contracts.values())
    named = build.table(USE_CASE_CONTRACTS).order_by(list(USE_CASE_CONTRACTS.key)).to_pyarrow().to_pylist()
    cases = build.table(AI_USE_CASES).order_by(list(AI_USE_CASES.key)).to_pyarrow().to_pylist()
    wanted = sorted({each.piid for each in contracts if each.piid} | {each["piid"] for each in named if each["piid"]})
    awards = _awards_by_piid(build, wanted)
    parties = {*(c.agency_id for c in contracts), *(s.operator_id for s in atlas.systems.values())}
    codes = {name: own for name in parties if (own := atlas.codes_below(name))}
    found = [*from_contracts(contracts, awards, codes), *from_inventories(atlas.systems.values(), cases, named, awards, codes)]
    unique = {tuple(record[name] for name in SYSTEM_AWARDS.key): record for record in found}
    build.write_records(SYSTEM_AWARDS, list(unique.values()))


def _awards_by_piid(build: Build, wanted: Sequence[str]) -> dict[str, list[tuple[str, str | None, bool]]]:
    """The awards that bear each identifier, and those placed under it."""
    found: dict[str, list[tuple[str, str | None, bool]]] = {}
    for column, is_order in (("piid", False), ("parent_piid", True)):
        tables = (build.table(each) for each in (TRANSACTIONS, AWARDS))
        for rows in tables:
            code = rows.agency_code if "agency_code" in rows.columns else rows.awarding_sub_agency_code
            own = rows.filter(rows[column].isin(list(wanted))).select(rows[column].name("piid"), "award_id", code.name("code"))
            for row in own.distinct().order_by("piid", "award_id", "code").to_pyarrow().to_pylist():
                found.setdefault(row["piid"], []).append((row["award_id"], row["code"], is_order))
    return {piid: list(dict.fromkeys(listed)) for piid, listed in found.items()}
