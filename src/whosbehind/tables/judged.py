"""Tables of judgements: vendors, families, mentions, attributions."""

from __future__ import annotations

from whosbehind.tables.columns import DAY, FLAG, INTEGER, SHARE, TEXT, USD, Column, Table

VENDORS = Table(
    "vendors",
    "Which vendor each recipient is judged to be: names and identifiers of one legal entity.",
    ("recipient_id", "recipient_name"),
    (
        Column("recipient_id", TEXT, "recipient as documents state it"),
        Column("recipient_name", TEXT, "as printed"),
        Column("vendor_id", TEXT, "ours: `uei:` and the UEI, else `duns:`, else `name:` and a digest of the name's core"),
        Column(
            "basis",
            TEXT,
            "`uei`, `duns`, `printed name`, `name`, `name without spaces`, `judgement`, or `own`: nothing else is known",
        ),
        Column("score", SHARE, "how sure that basis is, 0 to 1"),
        Column("because", TEXT, "why, in a few words"),
        Column("named_id", TEXT, "organisation or product of the atlas that the vendor's name means; null if none"),
        Column("matched", TEXT, "the words of this name that say so; the whole name where another name of the vendor does"),
        Column("starts_at", INTEGER, "offset of their first character, from 0"),
        Column("ends_at", INTEGER, "offset behind their last character"),
    ),
)

FAMILIES = Table(
    "families",
    "The family of each vendor on every day: the last owner the atlas knows, else the parent as printed, else the vendor itself.",
    ("vendor_id", "from_date"),
    (
        Column("vendor_id", TEXT, "the vendor"),
        Column("family_id", TEXT, "organisation of the atlas, or a vendor"),
        Column("from_date", DAY, "first day; null if always so"),
        Column("to_date", DAY, "last day; null if it still holds"),
        Column("basis", TEXT, "`atlas`, `parent as printed` (undated in the feeds, so a hint), or `own`"),
        Column("score", SHARE, "how sure that basis is, 0 to 1"),
        Column("because", TEXT, "why, in a few words"),
        Column("organisation_id", TEXT, "organisation or product of the atlas that the vendor's name means"),
        Column("partners", TEXT, "of a joint venture: organisations its name holds, `; ` between them"),
    ),
)

REVIEW = Table(
    "review",
    "Pairs of vendors that may be one, for a person to judge. Nothing here is merged.",
    ("left_vendor_id", "right_vendor_id"),
    (
        Column("left_vendor_id", TEXT, "one vendor"),
        Column("left_name", TEXT, "its name with the most money"),
        Column("right_vendor_id", TEXT, "the other"),
        Column("right_name", TEXT, "its name with the most money"),
        Column(
            "reason",
            TEXT,
            "`same name, two identifiers`, `one award, two names`, `a letter or two apart` or `one name begins the other`",
        ),
        Column("obligated_usd", USD, "obligations of the smaller of the two: what a judgement would move"),
    ),
)

_MENTION = (
    Column("transaction_id", TEXT, "the transaction"),
    Column("action_date", DAY, "its day; ownership is looked up at it"),
    Column("named_id", TEXT, "organisation, product or government system of the atlas that the words name"),
    Column("field", TEXT, "`recipient_name` or `description`"),
    Column("matched", TEXT, "the words as they stand in the record"),
    Column("starts_at", INTEGER, "offset of the first character, from 0"),
    Column("ends_at", INTEGER, "offset behind the last character"),
    Column(
        "confidence",
        TEXT,
        "`certain`; `probable` where a word beside an ambiguous one makes it plain; `possible` where none does; "
        "`inherited` from another action of the award",
    ),
    Column("because", TEXT, "the word that makes an ambiguous one plain, or the modification inherited from"),
    Column("role", TEXT, "`supplied`, or `around` where the name stands for a platform, place or replaced brand"),
    Column("around_rule", TEXT, "the rule that says it is around"),
)

MENTIONS = Table(
    "mentions",
    "Words in a transaction that name an organisation, product or government system.",
    ("transaction_id", "field", "starts_at", "named_id"),
    _MENTION,
)

INHERITED = Table(
    "inherited",
    "Mentions that an action whose own description names nothing takes over from the first action of its award that does. "
    "Counted only where asked for.",
    ("transaction_id", "field", "starts_at", "named_id"),
    _MENTION,
)

OWNERSHIP = Table(
    "ownership",
    "Who owns what an alias names, from when to when; every organisation owns itself.",
    ("named_id", "organisation_id", "from_date"),
    (
        Column("named_id", TEXT, "organisation or product"),
        Column("organisation_id", TEXT, "the organisation itself or an owner, direct or further up"),
        Column("from_date", DAY, "first day; null if always so"),
        Column("to_date", DAY, "last day; null if it still holds"),
        Column("rule", TEXT, "`name`, `product` or `owner`"),
        Column("distance", INTEGER, "steps of ownership: 0 for the named organisation or the product's own seller"),
        Column("is_reseller", FLAG, "the organisation sells what others make"),
    ),
)

ATTRIBUTIONS = Table(
    "attributions",
    "The judgement that a transaction buys from an organisation. One row for each organisation of a transaction: "
    "the one that is named and each of its owners at that day.",
    ("transaction_id", "organisation_id"),
    (
        Column("transaction_id", TEXT, "the transaction"),
        Column("organisation_id", TEXT, "organisation of the atlas"),
        Column("family_id", TEXT, "the last owner in the chain at that day; the organisation itself where nobody owns it"),
        Column("route", TEXT, "`direct` where the recipient is of the organisation's family at that date, else `reseller`"),
        Column("role", TEXT, "`supplied` where its product is what is bought, else `around`"),
        Column("confidence", TEXT, "`certain`, `probable`, `possible` or `inherited`"),
        Column("is_shared", FLAG, "the same dollars count for another maker's family too"),
        Column("is_reseller", FLAG, "the organisation sells what others make, so it explains no purchase by itself"),
        Column("matched", TEXT, "the words that decided it"),
        Column("field", TEXT, "where they stand"),
        Column("starts_at", INTEGER, "offset of their first character, from 0"),
        Column("ends_at", INTEGER, "offset behind their last character"),
        Column("because", TEXT, "the word that makes an ambiguous one plain, or the modification inherited from"),
        Column("around_rule", TEXT, "the rule that says the name is only around"),
        Column("named_id", TEXT, "the organisation or product they name"),
        Column("rule", TEXT, "`name`, `product` or `owner`"),
    ),
)
