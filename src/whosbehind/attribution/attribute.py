"""Attribution: from mentions and ownership at a date to organisations and routes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from whosbehind.tables import ATTRIBUTIONS, MENTIONS
from whosbehind.values import COUNTED, Confidence, Role, Route

if TYPE_CHECKING:
    import ibis.expr.types as ir


def attribute(mentions: ir.Table, ownership: ir.Table, as_of: dt.date | None = None) -> ir.Table:
    """One row for each organisation a transaction names, itself or through what it owns.

    Ownership is that of the action date, or of `as_of` where given. A mention in the
    recipient's name makes the route direct for its whole family; one in the description
    alone, reseller. The mention shown is the recipient's first, then what is supplied, then
    the surest, then the first. `family_id` is the last owner in the chain at that day.
    """
    import ibis

    day = mentions.action_date if as_of is None else ibis.literal(as_of)
    owned = mentions.inner_join(ownership, "named_id")
    holds = (owned.from_date.isnull() | (owned.from_date <= day)) & (owned.to_date.isnull() | (owned.to_date >= day))
    best = _deciding(_with_family(owned.filter(holds)))
    return _with_sharing(_with_route(best)).select(*ATTRIBUTIONS.names())


def inherited(mentions: ir.Table, transactions: ir.Table) -> ir.Table:
    """Mentions that a later action takes over from the first action of its award that names something.

    `12-MONTH EXTENSION` names nothing; the base award named a product. Only actions whose own
    description names nothing counted inherit; `because` says from which modification.
    """
    import ibis

    named = mentions.filter((mentions.field == "description") & is_counted(mentions))
    where = transactions.select("transaction_id", "award_id", "action_date", "modification_number")
    with_award = named.drop("action_date").inner_join(where, "transaction_id")
    order = ["action_date", "modification_number", "transaction_id"]
    rank = ibis.dense_rank().over(ibis.window(group_by="award_id", order_by=order))
    first = with_award.mutate(rank=rank).filter(lambda table: table["rank"] == 0).drop("rank", "transaction_id")
    bequest = first.rename(since_date="action_date", from_modification="modification_number")
    heirs = where.anti_join(named, "transaction_id").drop("modification_number").inner_join(bequest, "award_id")
    taken = heirs.filter(heirs.action_date >= heirs.since_date)
    return taken.mutate(
        confidence=ibis.literal(str(Confidence.INHERITED)), because=ibis.literal("modification ") + taken.from_modification
    ).select(*MENTIONS.names())


def _with_family(valid: ir.Table) -> ir.Table:
    """Add the last owner in each mention's chain, and whether it stands in the recipient's name."""
    import ibis

    mention = ["transaction_id", "field", "starts_at", "named_id"]
    chain = ibis.window(group_by=mention, order_by=[ibis.desc("distance"), "organisation_id"])
    sureness = ibis.cases(*((valid.confidence == str(each), place) for place, each in enumerate(Confidence)), else_=None)
    return valid.mutate(
        family_id=valid.organisation_id.first().over(chain), is_direct=valid.field == "recipient_name", sureness=sureness
    )


def _deciding(valid: ir.Table) -> ir.Table:
    """Of the mentions that lead to an organisation, the one that is shown for it."""
    import ibis

    order = [ibis.desc("is_direct"), ibis.desc("role"), "sureness", "starts_at", ibis.desc("ends_at"), "named_id", "from_date"]
    place = ibis.row_number().over(ibis.window(group_by=["transaction_id", "organisation_id"], order_by=order))
    return valid.mutate(place=place).filter(lambda table: table["place"] == 0)


def _with_route(best: ir.Table) -> ir.Table:
    """Direct where the recipient's name leads to the same family, else through a reseller."""
    import ibis

    own = best.filter(best.is_direct).select("transaction_id", "family_id").distinct().mutate(is_own=True)
    joined = best.left_join(own, ["transaction_id", "family_id"], rname="own_{name}")
    return joined.mutate(route=ibis.ifelse(joined.is_own.fill_null(False), str(Route.DIRECT), str(Route.RESELLER)))


def _with_sharing(best: ir.Table) -> ir.Table:
    """Say whether the same dollars are counted for other makers' families too; a reseller shares nothing."""
    counted = best.filter((is_counted(best) | (best.confidence == str(Confidence.INHERITED))) & ~best.is_reseller)
    families = counted.group_by("transaction_id").aggregate(families=counted.family_id.nunique())
    joined = best.left_join(families, "transaction_id", rname="shared_{name}")
    return joined.mutate(is_shared=((joined.families > 1) & ~joined.is_reseller).fill_null(False))


def is_counted(rows: ir.Table) -> ir.BooleanValue:
    """Whether mentions or attributions enter sums without being asked for: supplied, and certain or probable."""
    return (rows.role == str(Role.SUPPLIED)) & rows.confidence.isin([str(each) for each in COUNTED])
