"""Attribution: from mentions and ownership at a date to organisations and routes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from whosbehind.tables import ATTRIBUTIONS
from whosbehind.values import Confidence, Role, Route

if TYPE_CHECKING:
    import ibis.expr.types as ir


def attribute(mentions: ir.Table, ownership: ir.Table, as_of: dt.date | None = None) -> ir.Table:
    """One row for each organisation a transaction names, itself or through what it owns.

    Ownership is that of the action date, or of `as_of` where given. A mention in the
    recipient's name makes the route direct; one in the description alone, reseller.
    The mention shown is the recipient's first, else the description's first.
    """
    import ibis

    day = mentions.action_date if as_of is None else ibis.literal(as_of)
    owned = mentions.inner_join(ownership, "named_id")
    holds = (owned.from_date.isnull() | (owned.from_date <= day)) & (owned.to_date.isnull() | (owned.to_date >= day))
    valid = owned.filter(holds).mutate(is_direct=owned.field == "recipient_name")
    order = [ibis.desc("is_direct"), "starts_at", ibis.desc("ends_at"), "named_id", "rule", "from_date"]
    place = ibis.row_number().over(ibis.window(group_by=["transaction_id", "organisation_id"], order_by=order))
    best = valid.mutate(place=place)
    best = best.filter(best.place == 0)
    return best.mutate(
        route=ibis.ifelse(best.is_direct, str(Route.DIRECT), str(Route.RESELLER)),
        role=ibis.literal(str(Role.SUPPLIED)),
        confidence=ibis.literal(str(Confidence.CERTAIN)),
    ).select(*ATTRIBUTIONS.names())
