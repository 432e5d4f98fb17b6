"""What no organisation explains: technology-looking transactions that name nobody the atlas knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whosbehind.atlas import Atlas
from whosbehind.attribution import is_counted
from whosbehind.figures.amounts import amount, amount_of, summed
from whosbehind.figures.figure import Amount
from whosbehind.figures.question import Question
from whosbehind.figures.select import Lake, names_of, selected
from whosbehind.tables import ATTRIBUTIONS

if TYPE_CHECKING:
    import ibis.expr.types as ir

# What looks like technology: beginnings of product and service codes (GSA's PSC manual: services D and 7x, radar and
# communication 58, electronics 59, alarms and detection 63, instruments 66, cameras 67, computers 70, drones 1550, subscriptions
# U012 and R4xx are not), and the words of their descriptions for feeds that print no code.
CODES = ("D", "7", "58", "59", "63", "66", "67", "1550", "J058", "J063", "J070", "W058", "W070")
WORDS = (
    "IT AND TELECOM|INFORMATION TECH|ADP|SOFTWARE|TELECOM|TELEPHONE|COMMUNICATION|RADIO|RADAR|VIDEO|CAMERA|UNMANNED|DETECT|ALARM|"
    "SURVEILLANCE|COMPUTER|ELECTRONIC|OPTICAL|INTELLIGENCE|OFFICE DEVICES|OFFICE MACHINES|LABORATORY EQUIPMENT|CHEMICAL ANALYSIS"
)


@dataclass(frozen=True)
class Gap:
    """Money of one recipient and kind of product that no organisation explains."""

    recipient_name: str
    psc: str
    amount: Amount
    example: str


@dataclass(frozen=True)
class Unexplained:
    """The whole, what of it organisations explain, and the gaps, largest first. The parts sum to the whole."""

    technology: Amount
    explained: Amount
    unexplained: Amount
    gaps: tuple[Gap, ...]
    snapshot: str

    def as_json(self) -> Mapping[str, object]:
        """The three amounts and the gaps, money as strings."""
        return {
            "technology": self.technology.as_json(),
            "explained": self.explained.as_json(),
            "unexplained": self.unexplained.as_json(),
            "snapshot": self.snapshot,
            "gaps": [
                {"recipient_name": each.recipient_name, "psc": each.psc, **each.amount.as_json(), "example": each.example}
                for each in self.gaps
            ],
        }


def unexplained(lake: Lake, atlas: Atlas, question: Question) -> Unexplained:
    """The technology-looking transactions of a question, and those to which no organisation is attributed.

    An attribution explains if it counts: supplied, certain or probable, direct or through a reseller. A recipient that
    only sells what others make explains nothing.
    """
    rows = selected(lake, atlas, question, names_of(lake, atlas, question))
    rows = rows.filter(looks_like_technology(rows))
    table = lake.table(ATTRIBUTIONS)
    rest = rows.anti_join(table.filter(is_counted(table) & ~table.is_reseller), "transaction_id")
    whole, gap = amount_of(rows), amount_of(rest)
    known = Amount(whole.obligated_usd - gap.obligated_usd, whole.transaction_count - gap.transaction_count)
    return Unexplained(whole, known, gap, _gaps(rest), lake.snapshot.id)


def looks_like_technology(rows: ir.Table) -> ir.BooleanValue:
    """Whether a transaction's product or service is of a technical kind, by its code or, without one, by its wording."""
    code = rows.psc_code.upper()
    coded = code.re_search("^(" + "|".join(CODES) + ")")
    return coded.coalesce(rows.psc_name.upper().re_search(WORDS)).fill_null(False)


def _gaps(rest: ir.Table) -> tuple[Gap, ...]:
    import ibis

    rest = rest.mutate(psc=rest.psc_name.coalesce(rest.psc_code).fill_null(""), recipient=rest.recipient_name.fill_null(""))
    largest = ibis.row_number().over(
        ibis.window(group_by=["recipient", "psc"], order_by=[ibis.desc("obligated_usd"), "transaction_id"])
    )
    ranked = rest.mutate(place=largest)
    example = ibis.ifelse(ranked.place == 0, ranked.description, None).max()
    grouped = summed(ranked.group_by("recipient", "psc"), ranked, example=example)
    found = grouped.order_by(ibis.desc("obligated_usd"), "recipient", "psc").to_pyarrow().to_pylist()
    return tuple(Gap(row["recipient"], row["psc"], amount(row), row["example"] or "") for row in found)
