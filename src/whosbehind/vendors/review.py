"""The review queue: pairs of vendors that may be one, which only a person can say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whosbehind.records import Judgement
from whosbehind.tables import REVIEW
from whosbehind.vendors.link import side_key, standing

if TYPE_CHECKING:
    import ibis.expr.types as ir

# A block is the vendors whose names begin with one word; larger ones (`AMERICAN …`) say nothing.
LARGEST_BLOCK = 60
SHORTEST = 8
REASONS = ("same name, two identifiers", "one award, two names", "a letter or two apart", "one name begins the other")


def review_pairs(names: ir.Table, held: ir.Table, judgements: Sequence[Judgement]) -> ir.Table:
    """Pairs of different vendors with a reason to look at them; pairs already judged are left out.

    `names` has vendor_id, recipient_id, recipient_name, key, core, block and obligated_usd: one row a name;
    `held` has award_id, recipient_id and recipient_name of every row that states who holds an award.
    """
    import ibis

    best = ibis.row_number().over(ibis.window(group_by="vendor_id", order_by=[ibis.desc("obligated_usd"), "recipient_name"]))
    ranked = names.mutate(place=best)
    heads = ranked.filter(ranked.place == 0).select("vendor_id", "recipient_name")
    money = names.group_by("vendor_id").aggregate(obligated_usd=names.obligated_usd.sum())
    pairs = _same_name(names).union(_alike(names)).union(_one_award(names, held))
    first = pairs.group_by("left_vendor_id", "right_vendor_id").aggregate(reason_place=pairs.reason_place.min())
    shown = _with_side(
        _with_side(first, heads.inner_join(money, "vendor_id"), "left"), heads.inner_join(money, "vendor_id"), "right"
    )
    reason = ibis.cases(*((shown.reason_place == place, text) for place, text in enumerate(REASONS)), else_=None)
    found = shown.mutate(
        reason=reason, obligated_usd=ibis.least(shown.left_usd.abs(), shown.right_usd.abs()).cast("decimal(18,2)")
    )
    return found.filter(~_is_judged(found, judgements)).select(*REVIEW.names())


def _same_name(names: ir.Table) -> ir.Table:
    """Pairs whose names are equal but for spelling, however many vendors stand in the block."""
    import ibis

    both = _paired(names.select("key", "vendor_id"), "key")
    return both.select("left_vendor_id", "right_vendor_id", reason_place=ibis.literal(0, "int8"))


def _alike(names: ir.Table) -> ir.Table:
    """Pairs in a block whose names are a letter or two apart, or begin alike."""
    import ibis

    sizes = names.group_by("block").aggregate(size=names.vendor_id.nunique())
    kept = names.semi_join(sizes.filter((sizes["size"] > 1) & (sizes["size"] <= LARGEST_BLOCK)), "block")
    both = _paired(kept.select("block", "vendor_id", "core"), "block")
    is_long = (both.left_core.length() >= SHORTEST) & (both.right_core.length() >= SHORTEST)
    is_near = is_long & (both.left_core.levenshtein(both.right_core) <= 2)
    begins = both.left_core.startswith(both.right_core + " ") | both.right_core.startswith(both.left_core + " ")
    place = ibis.cases((is_near, 2), (is_long & begins, 3), else_=None)
    found = both.mutate(reason_place=place)
    return found.filter(found.reason_place.notnull()).select("left_vendor_id", "right_vendor_id", "reason_place")


def _one_award(names: ir.Table, stated: ir.Table) -> ir.Table:
    """Pairs that hold one award one after the other: a new name, or a novation."""
    import ibis

    who = names.select("recipient_name", "recipient_id", "vendor_id").distinct()
    held = stated.inner_join(who, ["recipient_id", "recipient_name"]).select("award_id", "vendor_id").distinct()
    both = _paired(held, "award_id")
    return both.select("left_vendor_id", "right_vendor_id", reason_place=ibis.literal(1, "int8")).distinct()


def _paired(rows: ir.Table, on: str) -> ir.Table:
    """Each pair of different vendors whose rows agree in a column, once, the other columns as left_… and right_…."""
    left, right = (rows.rename({f"{side}_{name}": name for name in rows.columns if name != on}) for side in ("left", "right"))
    both = left.inner_join(right, on)
    return both.filter(both.left_vendor_id < both.right_vendor_id)


def _with_side(pairs: ir.Table, heads: ir.Table, side: str) -> ir.Table:
    named = heads.select(
        **{f"{side}_vendor_id": heads.vendor_id, f"{side}_name": heads.recipient_name, f"{side}_usd": heads.obligated_usd}
    )
    return pairs.inner_join(named, f"{side}_vendor_id")


def _is_judged(found: ir.Table, judgements: Sequence[Judgement]) -> ir.BooleanValue:
    """Whether the last judgement on a pair stands, whatever it says; sides are ids or names."""
    import ibis

    sides = {pair for each in standing(judgements) for pair in ((each.left, each.right), (each.right, each.left))}
    listed = sorted({f"{side_key(left)}\n{side_key(right)}" for left, right in sides})
    if not listed:
        return ibis.literal(False)
    ways = [
        left + "\n" + right
        for left in (found.left_vendor_id, found.left_name.upper())
        for right in (found.right_vendor_id, found.right_name.upper())
    ]
    tests = [way.isin(listed) for way in ways]
    return tests[0] | tests[1] | tests[2] | tests[3]
