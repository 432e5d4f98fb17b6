"""The tables of the ledger: what documents state, row by row."""

from __future__ import annotations

from whosbehind.tables.columns import CITATION, DAY, FLAG, INTEGER, TEXT, UNREAD, USD, Column, Table

_RECIPIENT = (
    Column(
        "recipient_id",
        TEXT,
        "ours: `uei:` and the UEI, else `name:` and a digest of the printed name; null for individuals and placeholders",
    ),
    Column("recipient_name", TEXT, "as printed; `an individual` where the recipient is a natural person"),
    Column(
        "recipient_raw_name",
        TEXT,
        "the name on the contract, where a feed states it and it differs from the publisher's present one; never a person's",
    ),
    Column("recipient_kind", TEXT, "`organisation`, `individual` or `undisclosed`"),
    Column("recipient_uei", TEXT, "unique entity identifier as printed"),
    Column("recipient_duns", TEXT, "former DUNS number as printed, where a feed still states it"),
    Column("recipient_parent_name", TEXT, "parent as printed; undated in the feeds, so a hint and no fact"),
    Column("recipient_parent_uei", TEXT, "parent's unique entity identifier as printed; undated"),
)

_AGENCIES = (
    Column("agency_code", TEXT, "sub-agency whose figures this row belongs to, in the role `agency_role`"),
    Column(
        "agency_role", TEXT, "`awarding`, or `as labelled by the publisher` where a feed does not say which role its agency has"
    ),
    Column("awarding_agency_code", TEXT, "department that signed, three digits"),
    Column("awarding_sub_agency_code", TEXT, "sub-agency that signed, four characters"),
    Column("awarding_office_code", TEXT, "office that signed"),
    Column("awarding_office_name", TEXT, "office that signed, as printed"),
    Column("funding_agency_code", TEXT, "department that pays, three digits"),
    Column("funding_sub_agency_code", TEXT, "sub-agency that pays, four characters"),
    Column("funding_office_code", TEXT, "office that pays"),
    Column("funding_office_name", TEXT, "office that pays, as printed"),
)

_WHAT = (
    Column("psc_code", TEXT, "product or service code"),
    Column("psc_name", TEXT, "product or service code's description, as printed"),
    Column("naics_code", TEXT, "industry code"),
    Column("naics_name", TEXT, "industry code's description, as printed"),
)

TRANSACTIONS = Table(
    "transactions",
    "One action on an award, the base award or a modification. The only table whose money is summed.",
    ("transaction_id",),
    (
        Column("transaction_id", TEXT, "ours: award_id, modification and transaction number, the same in every layout"),
        Column("award_id", TEXT, "the publisher's generated unique key of the award"),
        Column("piid", TEXT, "procurement instrument identifier, as printed"),
        Column("parent_piid", TEXT, "identifier of the vehicle an order was placed under"),
        Column("parent_agency_code", TEXT, "sub-agency that set up the vehicle"),
        Column("modification_number", TEXT, "`0` is the base award"),
        Column(
            "transaction_number", TEXT, "tells apart actions with one modification number; `0` where the feed does not state it"
        ),
        Column("action_date", DAY, "day of the action; a window is made of these"),
        Column("fiscal_year", INTEGER, "US federal fiscal year of action_date, starting 1 October"),
        Column("obligated_usd", USD, "federal_action_obligation: money committed by this action; negative takes back"),
        Column("ceiling_change_usd", USD, "base_and_all_options_value: change of the ceiling by this action; never spending"),
        Column("total_obligated_usd", USD, "lifetime obligation of the award as this row states it; never summed"),
        Column("current_value_usd", USD, "value of the award with the options exercised so far; never summed"),
        Column("ceiling_usd", USD, "potential_total_value_of_award as this row states it; never summed"),
        *_AGENCIES,
        *_RECIPIENT,
        Column("description", TEXT, "what was bought, as printed; contacts masked"),
        *_WHAT,
        Column("award_type", TEXT, "delivery order, purchase order, BPA call, definitive contract, IDV …, as printed"),
        Column("last_modified_date", DAY, "day the publisher last changed the record"),
        Column(
            "is_latest_only", FLAG, "the layout holds only the latest modification of each award; never in a figure by default"
        ),
        Column("is_extract", FLAG, "the document is a chosen extract, not a complete record"),
        UNREAD,
        *CITATION,
    ),
)

AWARDS = Table(
    "awards",
    "The state of a contract, order or vehicle. Its totals are lifetime amounts and are never summed as spending.",
    ("award_id",),
    (
        Column("award_id", TEXT, "the publisher's generated unique key of the award"),
        Column("piid", TEXT, "procurement instrument identifier, as printed"),
        Column("parent_piid", TEXT, "identifier of the vehicle an order was placed under"),
        Column("parent_agency_code", TEXT, "sub-agency that set up the vehicle"),
        Column("award_type", TEXT, "kind of award, as printed"),
        Column("base_action_date", DAY, "day of the base award"),
        Column("latest_action_date", DAY, "day of the latest action"),
        Column("total_obligated_usd", USD, "lifetime obligation stated by the publisher"),
        Column("total_outlayed_usd", USD, "money paid over the lifetime, stated by the publisher"),
        Column("current_value_usd", USD, "value with the options exercised so far"),
        Column("ceiling_usd", USD, "potential_total_value_of_award; not money spent"),
        *_AGENCIES,
        *_RECIPIENT,
        Column("description", TEXT, "of the base transaction, as printed; contacts masked"),
        *_WHAT,
        Column("transaction_count", INTEGER, "transactions of this award in this snapshot"),
        Column("transactions_usd", USD, "sum of those transactions' obligations in this snapshot"),
        UNREAD,
        *CITATION,
    ),
)

RECIPIENTS = Table(
    "recipients",
    "Each name and identifier under which documents state a recipient. Natural persons and placeholders are never here.",
    ("recipient_id", "recipient_name"),
    (
        Column("recipient_id", TEXT, "ours: `uei:` and the UEI, else `name:` and a digest of the printed name"),
        Column("recipient_name", TEXT, "as printed"),
        Column("clean_name", TEXT, "upper case, without punctuation and legal form"),
        Column("recipient_uei", TEXT, "unique entity identifier as printed"),
        Column("recipient_duns", TEXT, "former DUNS number as printed, where a feed still states it"),
        Column("recipient_parent_name", TEXT, "parent as printed; undated"),
        Column("recipient_parent_uei", TEXT, "parent's identifier as printed; undated"),
        Column("transaction_count", INTEGER, "transactions under this name and identifier in this snapshot"),
        Column("obligated_usd", USD, "sum of their obligations"),
        Column("first_action_date", DAY, "day of the first of them"),
        Column("last_action_date", DAY, "day of the last of them"),
    ),
)

SUBAWARDS = Table(
    "subawards",
    "A subcontract a prime reported. A separate total, never added to prime obligations.",
    ("document_id", "row"),
    (
        Column("subaward_id", TEXT, "report id and subaward number as printed"),
        Column("award_id", TEXT, "the prime award"),
        Column("piid", TEXT, "the prime award's printed identifier"),
        Column("prime_obligated_usd", USD, "the prime award's lifetime amount as printed; not a ceiling for the subaward"),
        Column("subaward_number", TEXT, "as printed"),
        Column("subaward_usd", USD, "as the prime reported it; may repeat, or hold an id typed as an amount"),
        Column("action_date", DAY, "day of the subaward"),
        Column("fiscal_year", INTEGER, "US federal fiscal year of action_date"),
        *_AGENCIES,
        Column("prime_recipient_name", TEXT, "the prime, as printed"),
        Column("prime_recipient_uei", TEXT, "the prime's identifier"),
        *_RECIPIENT,
        Column("description", TEXT, "as printed; contacts masked"),
        Column("is_above_prime", FLAG, "the subaward is larger than its prime award"),
        Column("is_suspect_amount", FLAG, "a round-less amount of ten digits or more that may be an identifier"),
        Column("is_repeated", FLAG, "an earlier row of the same document has the same award, number, amount and day"),
        UNREAD,
        *CITATION,
    ),
)

REJECTS = Table(
    "rejects",
    "Values and rows that could not be read, each with its place and the reason.",
    ("document_id", "row", "column_name"),
    (
        Column("document_id", TEXT, "SHA-256 of the document"),
        Column("file_name", TEXT, "the name the document came under"),
        Column("row", INTEGER, "place in the document, counted as in `transactions`"),
        Column("column_name", TEXT, "the publisher's column; null where the whole row is broken"),
        Column("value", TEXT, "as printed, at most 200 characters; contacts masked"),
        Column("reason", TEXT, "why it could not be read"),
        Column("is_row_lost", FLAG, "true where the row is not in the ledger at all"),
    ),
)

SET_ASIDE = Table(
    "set_aside",
    "Rows that were read and are not counted, with the row that stands in their place.",
    ("document_id", "row"),
    (
        Column("document_id", TEXT, "SHA-256 of the document of the row that is not counted"),
        Column("row", INTEGER, "its place there"),
        Column("transaction_id", TEXT, "the transaction both rows state"),
        Column("reason", TEXT, "`repeated in document`, `repeated in other document`, `corrected`, `withdrawn` or `rejected`"),
        Column("differs_in", TEXT, "columns in which a corrected row differed"),
        Column("counted_document_id", TEXT, "document of the row that is counted; null where none is"),
        Column("counted_row", INTEGER, "its place there"),
        Column("agency_code", TEXT, "as in `transactions`"),
        Column("action_date", DAY, "as in `transactions`"),
        Column("obligated_usd", USD, "of the row that is not counted"),
        Column(
            "may_be_missing_usd",
            USD,
            "size of the twin a paged feed may have lost at this place and no other document has; else 0",
        ),
    ),
)

DOCUMENTS = Table(
    "documents",
    "What was received, and what became of its rows. taken + set_aside + rejected = rows.",
    ("document_id",),
    (
        Column("document_id", TEXT, "SHA-256 of the bytes"),
        Column("file_name", TEXT, "the name it came under, without folders"),
        Column("source_id", TEXT, "the source whose layout it has; null if no source reads it"),
        Column("publisher", TEXT, "who publishes the source"),
        Column("licence", TEXT, "licence of the source"),
        Column("received_date", DAY, "day it was received (UTC)"),
        Column("size_bytes", INTEGER, "length in bytes"),
        Column("status", TEXT, "`read`, `kept` (no rows to read) or `unread` (its layout is not as declared)"),
        Column("problem", TEXT, "why an `unread` document was not read"),
        Column("grain", TEXT, "what its rows are"),
        Column("row_count", INTEGER, "rows in the document, without the header"),
        Column("taken_count", INTEGER, "rows in the ledger"),
        Column("set_aside_count", INTEGER, "rows that repeat or were replaced; see `set_aside`"),
        Column("rejected_count", INTEGER, "rows that could not be read; see `rejects`"),
        Column("reject_count", INTEGER, "values that could not be read, in rows taken or not"),
        Column("obligated_usd", USD, "sum of the obligations of the rows taken; null for other grains"),
        Column("first_action_date", DAY, "first day among the rows"),
        Column("last_action_date", DAY, "last day among the rows"),
        Column("scope", TEXT, "what the receipt declares the document to cover; null if nothing is declared"),
        Column("place_prefix", TEXT, "what stands between `#` and the row in a citation"),
    ),
)

COVERAGE = Table(
    "coverage",
    "The days of an agency's actions each document covers: as its receipt declares, else from the first to the last it shows.",
    ("document_id", "agency_code"),
    (
        Column("document_id", TEXT, "SHA-256 of the document"),
        Column("agency_code", TEXT, "sub-agency"),
        Column("agency_role", TEXT, "role in which the document names it"),
        Column("first_date", DAY, "first day covered"),
        Column("last_date", DAY, "last day covered"),
        Column("received_date", DAY, "day the document was received"),
        Column("basis", TEXT, "`declared` by the receipt, or `observed` in the rows"),
        Column("is_complete", FLAG, "the days count as covered: declared, or observed in a table of whole records"),
        Column("transaction_count", INTEGER, "rows taken"),
    ),
)
