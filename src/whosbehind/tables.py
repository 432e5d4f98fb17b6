"""What every table holds, stated once: columns, types, units, keys, meanings.

Schemas, the data dictionary and the data checks derive from this page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Type(StrEnum):
    """The type of a column.

    `USD` is DECIMAL(18,2) in US dollars, `SHARE` DECIMAL(4,3) from 0 to 1, `NUMBER` DECIMAL(24,4),
    `QUANTITY` DECIMAL(38,12) in the unit stated beside it.
    """

    TEXT = "text"
    USD = "usd"
    DAY = "date"
    INTEGER = "integer"
    FLAG = "boolean"
    SHARE = "share"
    NUMBER = "number"
    QUANTITY = "quantity"

    @property
    def sql(self) -> str:
        """The engine's name of the type."""
        return _SQL[self]

    @property
    def ibis(self) -> str:
        """The name of the type in an Ibis schema."""
        return _IBIS[self]


_SQL = {
    Type.TEXT: "VARCHAR",
    Type.USD: "DECIMAL(18,2)",
    Type.DAY: "DATE",
    Type.INTEGER: "BIGINT",
    Type.FLAG: "BOOLEAN",
    Type.SHARE: "DECIMAL(4,3)",
    Type.NUMBER: "DECIMAL(24,4)",
    Type.QUANTITY: "DECIMAL(38,12)",
}
_IBIS = {
    Type.TEXT: "string",
    Type.USD: "decimal(18,2)",
    Type.DAY: "date",
    Type.INTEGER: "int64",
    Type.FLAG: "boolean",
    Type.SHARE: "decimal(4,3)",
    Type.NUMBER: "decimal(24,4)",
    Type.QUANTITY: "decimal(38,12)",
}


@dataclass(frozen=True)
class Column:
    """One column: its name, type and what a reader should know."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table: its grain, key and columns."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    def names(self) -> tuple[str, ...]:
        """The column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises KeyError if the table has none.
        """
        return {column.name: column for column in self.columns}[name]

    def schema(self) -> dict[str, str]:
        """Column names with the types Ibis knows them by."""
        return {column.name: column.type.ibis for column in self.columns}


_T, _USD, _DAY, _INT, _FLAG, _SHARE = Type.TEXT, Type.USD, Type.DAY, Type.INTEGER, Type.FLAG, Type.SHARE

_CITATION = (
    Column("document_id", _T, "SHA-256 of the document the row was read from"),
    Column(
        "row",
        _INT,
        "place in the document: the line a spreadsheet shows (the header is row 1), or the index in a JSON list (from 0)",
    ),
)
_RECIPIENT = (
    Column(
        "recipient_id",
        _T,
        "ours: `uei:` and the UEI, else `name:` and a digest of the printed name; null for individuals and placeholders",
    ),
    Column("recipient_name", _T, "as printed; `an individual` where the recipient is a natural person"),
    Column(
        "recipient_raw_name",
        _T,
        "the name on the contract, where a feed states it and it differs from the publisher's present one; never a person's",
    ),
    Column("recipient_kind", _T, "`organisation`, `individual` or `undisclosed`"),
    Column("recipient_uei", _T, "unique entity identifier as printed"),
    Column("recipient_duns", _T, "former DUNS number as printed, where a feed still states it"),
    Column("recipient_parent_name", _T, "parent as printed; undated in the feeds, so a hint and no fact"),
    Column("recipient_parent_uei", _T, "parent's unique entity identifier as printed; undated"),
)
_AGENCIES = (
    Column("agency_code", _T, "sub-agency whose figures this row belongs to, in the role `agency_role`"),
    Column(
        "agency_role", _T, "`awarding`, or `as labelled by the publisher` where a feed does not say which role its agency has"
    ),
    Column("awarding_agency_code", _T, "department that signed, three digits"),
    Column("awarding_sub_agency_code", _T, "sub-agency that signed, four characters"),
    Column("awarding_office_code", _T, "office that signed"),
    Column("awarding_office_name", _T, "office that signed, as printed"),
    Column("funding_agency_code", _T, "department that pays, three digits"),
    Column("funding_sub_agency_code", _T, "sub-agency that pays, four characters"),
    Column("funding_office_code", _T, "office that pays"),
    Column("funding_office_name", _T, "office that pays, as printed"),
)
_WHAT = (
    Column("psc_code", _T, "product or service code"),
    Column("psc_name", _T, "product or service code's description, as printed"),
    Column("naics_code", _T, "industry code"),
    Column("naics_name", _T, "industry code's description, as printed"),
)
_UNREAD = Column("unread", _T, "`column=value` for each value of this row that could not be read; they are in `rejects` too")

TRANSACTIONS = Table(
    "transactions",
    "One action on an award, the base award or a modification. The only table whose money is summed.",
    ("transaction_id",),
    (
        Column("transaction_id", _T, "ours: award_id, modification and transaction number, the same in every layout"),
        Column("award_id", _T, "the publisher's generated unique key of the award"),
        Column("piid", _T, "procurement instrument identifier, as printed"),
        Column("parent_piid", _T, "identifier of the vehicle an order was placed under"),
        Column("parent_agency_code", _T, "sub-agency that set up the vehicle"),
        Column("modification_number", _T, "`0` is the base award"),
        Column(
            "transaction_number", _T, "tells apart actions with one modification number; `0` where the feed does not state it"
        ),
        Column("action_date", _DAY, "day of the action; a window is made of these"),
        Column("fiscal_year", _INT, "US federal fiscal year of action_date, starting 1 October"),
        Column("obligated_usd", _USD, "federal_action_obligation: money committed by this action; negative takes back"),
        Column("ceiling_change_usd", _USD, "base_and_all_options_value: change of the ceiling by this action; never spending"),
        Column("total_obligated_usd", _USD, "lifetime obligation of the award as this row states it; never summed"),
        Column("current_value_usd", _USD, "value of the award with the options exercised so far; never summed"),
        Column("ceiling_usd", _USD, "potential_total_value_of_award as this row states it; never summed"),
        *_AGENCIES,
        *_RECIPIENT,
        Column("description", _T, "what was bought, as printed; contacts masked"),
        *_WHAT,
        Column("award_type", _T, "delivery order, purchase order, BPA call, definitive contract, IDV …, as printed"),
        Column("last_modified_date", _DAY, "day the publisher last changed the record"),
        Column(
            "is_latest_only", _FLAG, "the layout holds only the latest modification of each award; never in a figure by default"
        ),
        Column("is_extract", _FLAG, "the document is a chosen extract, not a complete record"),
        _UNREAD,
        *_CITATION,
    ),
)

AWARDS = Table(
    "awards",
    "The state of a contract, order or vehicle. Its totals are lifetime amounts and are never summed as spending.",
    ("award_id",),
    (
        Column("award_id", _T, "the publisher's generated unique key of the award"),
        Column("piid", _T, "procurement instrument identifier, as printed"),
        Column("parent_piid", _T, "identifier of the vehicle an order was placed under"),
        Column("parent_agency_code", _T, "sub-agency that set up the vehicle"),
        Column("award_type", _T, "kind of award, as printed"),
        Column("base_action_date", _DAY, "day of the base award"),
        Column("latest_action_date", _DAY, "day of the latest action"),
        Column("total_obligated_usd", _USD, "lifetime obligation stated by the publisher"),
        Column("total_outlayed_usd", _USD, "money paid over the lifetime, stated by the publisher"),
        Column("current_value_usd", _USD, "value with the options exercised so far"),
        Column("ceiling_usd", _USD, "potential_total_value_of_award; not money spent"),
        *_AGENCIES,
        *_RECIPIENT,
        Column("description", _T, "of the base transaction, as printed; contacts masked"),
        *_WHAT,
        Column("transaction_count", _INT, "transactions of this award in this snapshot"),
        Column("transactions_usd", _USD, "sum of those transactions' obligations in this snapshot"),
        _UNREAD,
        *_CITATION,
    ),
)

RECIPIENTS = Table(
    "recipients",
    "Each name and identifier under which documents state a recipient. Natural persons and placeholders are never here.",
    ("recipient_id", "recipient_name"),
    (
        Column("recipient_id", _T, "ours: `uei:` and the UEI, else `name:` and a digest of the printed name"),
        Column("recipient_name", _T, "as printed"),
        Column("clean_name", _T, "upper case, without punctuation and legal form"),
        Column("recipient_uei", _T, "unique entity identifier as printed"),
        Column("recipient_duns", _T, "former DUNS number as printed, where a feed still states it"),
        Column("recipient_parent_name", _T, "parent as printed; undated"),
        Column("recipient_parent_uei", _T, "parent's identifier as printed; undated"),
        Column("transaction_count", _INT, "transactions under this name and identifier in this snapshot"),
        Column("obligated_usd", _USD, "sum of their obligations"),
        Column("first_action_date", _DAY, "day of the first of them"),
        Column("last_action_date", _DAY, "day of the last of them"),
    ),
)

SUBAWARDS = Table(
    "subawards",
    "A subcontract a prime reported. A separate total, never added to prime obligations.",
    ("document_id", "row"),
    (
        Column("subaward_id", _T, "report id and subaward number as printed"),
        Column("award_id", _T, "the prime award"),
        Column("piid", _T, "the prime award's printed identifier"),
        Column("prime_obligated_usd", _USD, "the prime award's lifetime amount as printed; not a ceiling for the subaward"),
        Column("subaward_number", _T, "as printed"),
        Column("subaward_usd", _USD, "as the prime reported it; may repeat, or hold an id typed as an amount"),
        Column("action_date", _DAY, "day of the subaward"),
        Column("fiscal_year", _INT, "US federal fiscal year of action_date"),
        *_AGENCIES,
        Column("prime_recipient_name", _T, "the prime, as printed"),
        Column("prime_recipient_uei", _T, "the prime's identifier"),
        *_RECIPIENT,
        Column("description", _T, "as printed; contacts masked"),
        Column("is_above_prime", _FLAG, "the subaward is larger than its prime award"),
        Column("is_suspect_amount", _FLAG, "a round-less amount of ten digits or more that may be an identifier"),
        Column("is_repeated", _FLAG, "an earlier row of the same document has the same award, number, amount and day"),
        _UNREAD,
        *_CITATION,
    ),
)

AI_USE_CASES = Table(
    "ai_use_cases",
    "A use of artificial intelligence as an agency's yearly inventory lists it. Two editions of one inventory are both here.",
    ("document_id", "row"),
    (
        Column("inventory_year", _INT, "year of the inventory, told from its layout"),
        Column("use_case_id", _T, "the publisher's identifier, where it gives one"),
        Column("use_case_name", _T, "as printed"),
        Column("department_name", _T, "department or independent agency, as printed"),
        Column("department_abbreviation", _T, "its abbreviation, as printed"),
        Column("bureau_name", _T, "bureau or sub-agency, as printed"),
        Column("office_name", _T, "office below it, as printed"),
        Column("agency_code", _T, "sub-agency that the printed bureau is, where the atlas knows that spelling"),
        Column("topic", _T, "topic area, as printed"),
        Column("commercial_category", _T, "kind of general commercial product it is, as printed"),
        Column("purpose", _T, "purpose and benefits, or the summary, as printed; contacts masked"),
        Column("outputs", _T, "what the system puts out, as printed; contacts masked"),
        Column("techniques", _T, "as printed"),
        Column("stage", _T, "stage of development, as printed"),
        Column("impact", _T, "whether it touches rights or safety, as printed"),
        Column("initiated_date", _DAY, "day it was begun, where the cell holds one day; other text is in `rejects`"),
        Column("acquisition_date", _DAY, "day acquisition or development began, read alike"),
        Column("implemented_date", _DAY, "day it was put to use, read alike"),
        Column("retired_date", _DAY, "day it was retired, read alike"),
        Column("development", _T, "in-house, under contract or both, as printed"),
        Column("piids", _T, "contract identifiers as printed: several in a cell, with typing errors and prose; contacts masked"),
        Column("involves_pii", _T, "whether it involves personal information, as printed"),
        Column("privacy_review", _T, "whether the senior official for privacy has assessed it, as printed"),
        Column("has_ato", _T, "whether an authority to operate covers it, as printed"),
        Column("system_name", _T, "system that authority is for, as printed"),
        Column("training_data", _T, "agency data used to train or evaluate it, as printed; contacts masked"),
        Column("code_access", _T, "whether the agency has the source code, as printed"),
        Column("code_url", _T, "where the source code is public, as printed"),
        _UNREAD,
        *_CITATION,
    ),
)

USE_CASE_CONTRACTS = Table(
    "use_case_contracts",
    "Each contract identifier that an inventory prints for a use case, held against the contracts of the ledger.",
    ("document_id", "row", "place"),
    (
        Column("document_id", _T, "SHA-256 of the inventory"),
        Column("row", _INT, "row of the use case there"),
        Column("place", _INT, "place of the identifier in its cell, from 1"),
        Column("printed", _T, "as printed"),
        Column("piid", _T, "the one contract of the ledger it is; null where none or several fit"),
        Column(
            "basis",
            _T,
            "`as printed`; `repaired`: O and 0, I and 1, a zero too many or too few, blanks and hyphens set right, and only "
            "one known contract fits; `several match`; or `unknown` to the ledger",
        ),
    ),
)

AUTHORIZATIONS = Table(
    "authorizations",
    "A cloud product on the FedRAMP marketplace as one snapshot of it lists the product.",
    ("document_id", "row"),
    (
        Column("snapshot_date", _DAY, "day of the snapshot"),
        Column("snapshot_basis", _T, "`stated` in the document, or else the day it was `received`"),
        Column("provider_name", _T, "who offers the product, as printed"),
        Column("provider_uei", _T, "its unique entity identifier, where stated"),
        Column("product_name", _T, "as printed"),
        Column("package_id", _T, "the publisher's identifier of the product"),
        Column("designation", _T, "how far it is, as printed: Compliant, FedRAMP Authorized, In Process, FedRAMP Ready …"),
        Column("is_authorized", _FLAG, "the designation says that the product itself is authorized"),
        Column("authorization_date", _DAY, "day of that authorization"),
        Column("path", _T, "who authorized it first: JAB, Agency or CSP, as printed"),
        Column("authorizing_agency", _T, "agency that sponsored or authorized it first, as printed"),
        Column("service_models", _T, "IaaS, PaaS, SaaS, `; ` between them"),
        Column("deployment_model", _T, "as printed"),
        Column("impact_level", _T, "as printed"),
        Column("letter_count", _INT, "further agencies' authorization letters, the product's own authorization left out"),
        Column("agencies", _T, "agencies of those letters as printed, `; ` between them; the later layout names each once"),
        Column("sub_agencies", _T, "their sub-agencies, where a layout states them apart"),
        Column("underlying_ids", _T, "packages it is built on, where the layout states them, `; ` between them"),
        Column("dependent_ids", _T, "packages that are built on it, where the layout states them, `; ` between them"),
        Column("stated_authorization_count", _INT, "letters and own authorization, as the later layout counts them"),
        Column("stated_reuse_count", _INT, "letters, dependent products and their letters, as the later layout counts them"),
        _UNREAD,
        *_CITATION,
    ),
)

REPORTED_FACTS = Table(
    "reported_facts",
    "A number a company reported in a filing (XBRL). The same number stands once for each place in the filing that shows it.",
    ("document_id", "row"),
    (
        Column("entity_id", _T, "the filer's number at the SEC (CIK), as printed"),
        Column("entity_name", _T, "the filer's name, as printed"),
        Column("document_type", _T, "form of the filing: 10-K, 10-Q …"),
        Column("concept", _T, "what is reported, with the filing's own prefix: `us-gaap:OperatingIncomeLoss`"),
        Column("segment", _T, "what part of the company it is for: `axis=member`, in the order of the axes, `; ` between them"),
        Column("period_start_date", _DAY, "first day of the period; null for a number that holds on one day"),
        Column("period_end_date", _DAY, "last day of the period, or the day itself"),
        Column("value", Type.QUANTITY, "the number, unscaled; null where the filing marks it as not reported"),
        Column("unit", _T, "`iso4217:USD`, `shares`, `iso4217:USD/shares` …"),
        Column("decimals", _T, "precision as stated: `-6` is millions, `INF` exact"),
        Column("fact_id", _T, "the element's id in the filing"),
        _UNREAD,
        Column("document_id", _T, "SHA-256 of the document the row was read from"),
        Column("row", _INT, "the fact's place among the numbers of the filing, from 1"),
    ),
)

REJECTS = Table(
    "rejects",
    "Values and rows that could not be read, each with its place and the reason.",
    ("document_id", "row", "column_name"),
    (
        Column("document_id", _T, "SHA-256 of the document"),
        Column("file_name", _T, "the name the document came under"),
        Column("row", _INT, "place in the document, counted as in `transactions`"),
        Column("column_name", _T, "the publisher's column; null where the whole row is broken"),
        Column("value", _T, "as printed, at most 200 characters; contacts masked"),
        Column("reason", _T, "why it could not be read"),
        Column("is_row_lost", _FLAG, "true where the row is not in the ledger at all"),
    ),
)

SET_ASIDE = Table(
    "set_aside",
    "Rows that were read and are not counted, with the row that stands in their place.",
    ("document_id", "row"),
    (
        Column("document_id", _T, "SHA-256 of the document of the row that is not counted"),
        Column("row", _INT, "its place there"),
        Column("transaction_id", _T, "the transaction both rows state"),
        Column("reason", _T, "`repeated in document`, `repeated in other document`, `corrected`, `withdrawn` or `rejected`"),
        Column("differs_in", _T, "columns in which a corrected row differed"),
        Column("counted_document_id", _T, "document of the row that is counted; null where none is"),
        Column("counted_row", _INT, "its place there"),
        Column("agency_code", _T, "as in `transactions`"),
        Column("action_date", _DAY, "as in `transactions`"),
        Column("obligated_usd", _USD, "of the row that is not counted"),
        Column(
            "may_be_missing_usd",
            _USD,
            "size of the twin a paged feed may have lost at this place and no other document has; else 0",
        ),
    ),
)

DOCUMENTS = Table(
    "documents",
    "What was received, and what became of its rows. taken + set_aside + rejected = rows.",
    ("document_id",),
    (
        Column("document_id", _T, "SHA-256 of the bytes"),
        Column("file_name", _T, "the name it came under, without folders"),
        Column("source_id", _T, "the source whose layout it has; null if no source reads it"),
        Column("publisher", _T, "who publishes the source"),
        Column("licence", _T, "licence of the source"),
        Column("received_date", _DAY, "day it was received (UTC)"),
        Column("size_bytes", _INT, "length in bytes"),
        Column("status", _T, "`read`, `kept` (no rows to read) or `unread` (its layout is not as declared)"),
        Column("problem", _T, "why an `unread` document was not read"),
        Column("grain", _T, "what its rows are"),
        Column("row_count", _INT, "rows in the document, without the header"),
        Column("taken_count", _INT, "rows in the ledger"),
        Column("set_aside_count", _INT, "rows that repeat or were replaced; see `set_aside`"),
        Column("rejected_count", _INT, "rows that could not be read; see `rejects`"),
        Column("reject_count", _INT, "values that could not be read, in rows taken or not"),
        Column("obligated_usd", _USD, "sum of the obligations of the rows taken; null for other grains"),
        Column("first_action_date", _DAY, "first day among the rows"),
        Column("last_action_date", _DAY, "last day among the rows"),
        Column("scope", _T, "what the receipt declares the document to cover; null if nothing is declared"),
        Column("place_prefix", _T, "what stands between `#` and the row in a citation"),
    ),
)

COVERAGE = Table(
    "coverage",
    "The days of an agency's actions each document covers: as its receipt declares, else from the first to the last it shows.",
    ("document_id", "agency_code"),
    (
        Column("document_id", _T, "SHA-256 of the document"),
        Column("agency_code", _T, "sub-agency"),
        Column("agency_role", _T, "role in which the document names it"),
        Column("first_date", _DAY, "first day covered"),
        Column("last_date", _DAY, "last day covered"),
        Column("received_date", _DAY, "day the document was received"),
        Column("basis", _T, "`declared` by the receipt, or `observed` in the rows"),
        Column("is_complete", _FLAG, "the days count as covered: declared, or observed in a table of whole records"),
        Column("transaction_count", _INT, "rows taken"),
    ),
)

VENDORS = Table(
    "vendors",
    "Which vendor each recipient is judged to be: names and identifiers of one legal entity.",
    ("recipient_id", "recipient_name"),
    (
        Column("recipient_id", _T, "recipient as documents state it"),
        Column("recipient_name", _T, "as printed"),
        Column("vendor_id", _T, "ours: `uei:` and the UEI, else `duns:`, else `name:` and a digest of the name's core"),
        Column(
            "basis",
            _T,
            "`uei`, `duns`, `printed name`, `name`, `name without spaces`, `judgement`, or `own`: nothing else is known",
        ),
        Column("score", _SHARE, "how sure that basis is, 0 to 1"),
        Column("because", _T, "why, in a few words"),
        Column("named_id", _T, "organisation or product of the atlas that the vendor's name means; null if none"),
        Column("matched", _T, "the words of this name that say so; the whole name where another name of the vendor does"),
        Column("starts_at", _INT, "offset of their first character, from 0"),
        Column("ends_at", _INT, "offset behind their last character"),
    ),
)

FAMILIES = Table(
    "families",
    "The family of each vendor on every day: the last owner the atlas knows, else the parent as printed, else the vendor itself.",
    ("vendor_id", "from_date"),
    (
        Column("vendor_id", _T, "the vendor"),
        Column("family_id", _T, "organisation of the atlas, or a vendor"),
        Column("from_date", _DAY, "first day; null if always so"),
        Column("to_date", _DAY, "last day; null if it still holds"),
        Column("basis", _T, "`atlas`, `parent as printed` (undated in the feeds, so a hint), or `own`"),
        Column("score", _SHARE, "how sure that basis is, 0 to 1"),
        Column("because", _T, "why, in a few words"),
        Column("organisation_id", _T, "organisation or product of the atlas that the vendor's name means"),
        Column("partners", _T, "of a joint venture: organisations its name holds, `; ` between them"),
    ),
)

REVIEW = Table(
    "review",
    "Pairs of vendors that may be one, for a person to judge. Nothing here is merged.",
    ("left_vendor_id", "right_vendor_id"),
    (
        Column("left_vendor_id", _T, "one vendor"),
        Column("left_name", _T, "its name with the most money"),
        Column("right_vendor_id", _T, "the other"),
        Column("right_name", _T, "its name with the most money"),
        Column(
            "reason",
            _T,
            "`same name, two identifiers`, `one award, two names`, `a letter or two apart` or `one name begins the other`",
        ),
        Column("obligated_usd", _USD, "obligations of the smaller of the two: what a judgement would move"),
    ),
)

_MENTION = (
    Column("transaction_id", _T, "the transaction"),
    Column("action_date", _DAY, "its day; ownership is looked up at it"),
    Column("named_id", _T, "organisation, product or government system of the atlas that the words name"),
    Column("field", _T, "`recipient_name` or `description`"),
    Column("matched", _T, "the words as they stand in the record"),
    Column("starts_at", _INT, "offset of the first character, from 0"),
    Column("ends_at", _INT, "offset behind the last character"),
    Column(
        "confidence",
        _T,
        "`certain`; `probable` where a word beside an ambiguous one makes it plain; `possible` where none does; "
        "`inherited` from another action of the award",
    ),
    Column("because", _T, "the word that makes an ambiguous one plain, or the modification inherited from"),
    Column("role", _T, "`supplied`, or `around` where the name stands for a platform, place or replaced brand"),
    Column("around_rule", _T, "the rule that says it is around"),
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
        Column("named_id", _T, "organisation or product"),
        Column("organisation_id", _T, "the organisation itself or an owner, direct or further up"),
        Column("from_date", _DAY, "first day; null if always so"),
        Column("to_date", _DAY, "last day; null if it still holds"),
        Column("rule", _T, "`name`, `product` or `owner`"),
        Column("distance", _INT, "steps of ownership: 0 for the named organisation or the product's own seller"),
        Column("is_reseller", _FLAG, "the organisation sells what others make"),
    ),
)

ATTRIBUTIONS = Table(
    "attributions",
    "The judgement that a transaction buys from an organisation. One row for each organisation of a transaction: "
    "the one that is named and each of its owners at that day.",
    ("transaction_id", "organisation_id"),
    (
        Column("transaction_id", _T, "the transaction"),
        Column("organisation_id", _T, "organisation of the atlas"),
        Column("family_id", _T, "the last owner in the chain at that day; the organisation itself where nobody owns it"),
        Column("route", _T, "`direct` where the recipient is of the organisation's family at that date, else `reseller`"),
        Column("role", _T, "`supplied` where its product is what is bought, else `around`"),
        Column("confidence", _T, "`certain`, `probable`, `possible` or `inherited`"),
        Column("is_shared", _FLAG, "the same dollars count for another maker's family too"),
        Column("is_reseller", _FLAG, "the organisation sells what others make, so it explains no purchase by itself"),
        Column("matched", _T, "the words that decided it"),
        Column("field", _T, "where they stand"),
        Column("starts_at", _INT, "offset of their first character, from 0"),
        Column("ends_at", _INT, "offset behind their last character"),
        Column("because", _T, "the word that makes an ambiguous one plain, or the modification inherited from"),
        Column("around_rule", _T, "the rule that says the name is only around"),
        Column("named_id", _T, "the organisation or product they name"),
        Column("rule", _T, "`name`, `product` or `owner`"),
    ),
)

ORGANISATIONS = Table(
    "organisations",
    "The organisations of the atlas with all their aliases.",
    ("organisation_id",),
    (
        Column("organisation_id", _T, "ours, snake_case"),
        Column("name", _T, "usual name"),
        Column("kind", _T, "company, reseller, public_body or nonprofit"),
        Column("description", _T, "one line"),
        Column("aliases", _T, "spellings it goes by, `; ` between them"),
        Column("products", _T, "names of its products, `; ` between them"),
        Column("owners", _T, "owners with their dates, `; ` between them"),
        Column("sources", _T, "where it is stated, `; ` between them"),
    ),
)

_LOOSE = "a day, month or year as the source states it"
_STATED = (
    Column("since", _T, f"since when it holds; {_LOOSE}"),
    Column("until", _T, f"until when it holds; {_LOOSE}"),
    Column("seen", _T, f"when a source last shows it to hold; {_LOOSE}"),
    Column("standing", _T, "documented, contested, alleged or planned"),
    Column("confidence", _T, "high, medium or low"),
    Column("note", _T, "what else a reader should know"),
    Column("disputed_by", _T, "who says otherwise, and what"),
    Column("sources", _T, "ids of the sources that state it, `; ` between them"),
)

SYSTEMS = Table(
    "systems",
    "Government information systems, and services and programmes around them. A system is never a company.",
    ("system_id",),
    (
        Column("system_id", _T, "ours, snake_case"),
        Column("name", _T, "usual name"),
        Column("acronym", _T, "usual short form"),
        Column("kind", _T, "system, module, programme, service or exchange"),
        Column("operator_id", _T, "agency, office or organisation that operates it"),
        Column("part_of_id", _T, "the system it is a part of"),
        Column("product_id", _T, "the product it is, where a company sells it"),
        Column("purpose", _T, "what it is for, in one line"),
        Column("statuses", _T, "what it was from when to when, `; ` between them"),
        Column("builders", _T, "who builds it, with dates"),
        Column("hosts", _T, "who hosts it, with dates"),
        Column("resellers", _T, "through whom it is bought, with dates"),
        Column("users", _T, "who else uses it, with dates"),
        Column("documents", _T, "ids of the sources that describe it officially"),
        Column("predecessors", _T, "systems whose work it took over"),
        Column("aliases", _T, "spellings it goes by in records, `; ` between them"),
        Column("confidence", _T, "high, medium or low"),
        Column("sources", _T, "ids of the sources that state it, `; ` between them"),
    ),
)

SYSTEM_AWARDS = Table(
    "system_awards",
    "Awards that are for a system, with who says so. Actions whose description names a system stand in `mentions`.",
    ("system_id", "award_id", "stated_by"),
    (
        Column("system_id", _T, "the system"),
        Column("award_id", _T, "the award"),
        Column(
            "basis",
            _T,
            "contract of the atlas; order under one; AI use case inventory; or the same with the identifier repaired",
        ),
        Column("stated_by", _T, "the contract of the atlas, or the row of the inventory"),
        Column("printed_piid", _T, "the identifier as that states it"),
        Column("contract_id", _T, "the contract of the atlas"),
        Column("document_id", _T, "SHA-256 of the inventory"),
        Column("row", _INT, "row of the use case there"),
    ),
)

BODIES = Table(
    "bodies",
    "Offices, state, local and foreign agencies, and groups that the record names only as groups.",
    ("body_id",),
    (
        Column("body_id", _T, "ours, snake_case"),
        Column("name", _T, "usual name"),
        Column("kind", _T, "office, federal, state_or_local, foreign, international, companies, people or records"),
        Column("part_of_id", _T, "the agency or body it belongs to"),
        Column("description", _T, "one line"),
        Column("sources", _T, "ids of the sources that state it, `; ` between them"),
    ),
)

FLOWS = Table(
    "flows",
    "Categories of data that pass from one thing of the atlas to another, with authority, dates and sources.",
    ("flow_id",),
    (
        Column("flow_id", _T, "ours, snake_case"),
        Column("from_id", _T, "system, agency, body, organisation or product it comes from"),
        Column("to_id", _T, "system, agency, body, organisation or product it reaches"),
        Column("category", _T, "kind of data"),
        Column("data", _T, "what passes, as precisely as the record says"),
        Column("channel", _T, "how it passes"),
        Column("authority", _T, "ids of laws and documents that allow it, `; ` between them"),
        Column("passes_on", _T, "ids of flows whose data a source says it passes on, `; ` between them"),
        *_STATED,
        Column("earliest_date", _DAY, "it held on no day before"),
        Column("certain_from_date", _DAY, "first day on which sources show it to hold"),
        Column("certain_to_date", _DAY, "last day on which sources show it to hold"),
        Column("latest_date", _DAY, "it held on no day after; empty where no end is known"),
        Column("flow_number", _INT, "place of the flow among all, in order of their ids; traces walk on numbers"),
        Column("from_number", _INT, "place of from_id among all ends, in order"),
        Column("to_number", _INT, "place of to_id among all ends, in order"),
    ),
)

LAWS = Table(
    "laws",
    "Statutes, orders and policies, and what they do to the flows of data.",
    ("law_id",),
    (
        Column("law_id", _T, "ours, snake_case"),
        Column("name", _T, "usual name"),
        Column("kind", _T, "statute, regulation, order or policy"),
        Column("citation", _T, "how lawyers cite it"),
        Column("since", _T, f"since when it holds; {_LOOSE}"),
        Column("until", _T, f"until when it holds; {_LOOSE}"),
        Column("effect", _T, "what it allows, demands or forbids, in one line"),
        Column("sources", _T, "ids of the sources that state it, `; ` between them"),
    ),
)

CONTRACTS = Table(
    "contracts",
    "Contracts and orders that sources name, with the systems they are for. Amounts reported for them stand in `facts`.",
    ("contract_id",),
    (
        Column("contract_id", _T, "ours, snake_case"),
        Column("title", _T, "what it is for"),
        Column("piid", _T, "its identifier, where a source states it"),
        Column("agency_id", _T, "agency or body that placed it"),
        Column("vendor_id", _T, "organisation it was placed with, where a source states it"),
        Column("systems", _T, "systems it is for, `; ` between them"),
        Column("since", _T, f"since when it runs; {_LOOSE}"),
        Column("until", _T, f"until when it runs; {_LOOSE}"),
        Column("modifies_id", _T, "the contract it only changes"),
        Column("confidence", _T, "high, medium or low"),
        Column("note", _T, "what else a reader should know"),
        Column("sources", _T, "ids of the sources that state it, `; ` between them"),
    ),
)

FACTS = Table(
    "facts",
    "Numbers that sources state: budgets, counts, amounts reported for contracts. Never added to obligations.",
    ("fact_id",),
    (
        Column("fact_id", _T, "ours, snake_case"),
        Column("about_id", _T, "what it is about"),
        Column("quantity", _T, "what is counted or measured"),
        Column("value", Type.NUMBER, "the number, in its unit"),
        Column("unit", _T, "unit of the number"),
        Column("on", _T, f"the day it is stated for; {_LOOSE}"),
        *_STATED,
    ),
)

SOURCES = Table(
    "sources",
    "Publications that state the facts of the atlas.",
    ("source_id",),
    (
        Column("source_id", _T, "ours, snake_case"),
        Column("kind", _T, "pia, sorn, cma, agreement, solicitation, contract, audit, court, law, filing, news and others"),
        Column("number", _T, "the publisher's own number"),
        Column("publisher", _T, "who published it"),
        Column("title", _T, "title as published"),
        Column("date", _T, _LOOSE),
        Column("url", _T, "where it stands"),
        Column("grade", _T, "A official or the party itself, B established press, C others, D never alone"),
        Column("read", _T, "full, excerpt or not_read: what of it was read for the atlas"),
    ),
)

AGENCIES = Table(
    "agencies",
    "Departments and sub-agencies with their codes.",
    ("agency_id",),
    (
        Column("agency_id", _T, "ours, snake_case"),
        Column("name", _T, "official name"),
        Column("abbreviation", _T, "usual abbreviation"),
        Column("kind", _T, "department or agency"),
        Column("agency_code", _T, "three digits (department) or four characters (sub-agency)"),
        Column("department_id", _T, "the department of a sub-agency"),
        Column("aliases", _T, "other spellings, `; ` between them"),
        Column("sources", _T, "where it is stated, `; ` between them"),
    ),
)

TABLES: tuple[Table, ...] = (
    DOCUMENTS,
    TRANSACTIONS,
    AWARDS,
    RECIPIENTS,
    SUBAWARDS,
    AI_USE_CASES,
    USE_CASE_CONTRACTS,
    AUTHORIZATIONS,
    REPORTED_FACTS,
    REJECTS,
    SET_ASIDE,
    COVERAGE,
    VENDORS,
    FAMILIES,
    REVIEW,
    MENTIONS,
    INHERITED,
    OWNERSHIP,
    ATTRIBUTIONS,
    ORGANISATIONS,
    AGENCIES,
    SYSTEMS,
    SYSTEM_AWARDS,
    BODIES,
    FLOWS,
    LAWS,
    CONTRACTS,
    FACTS,
    SOURCES,
)


def table(name: str) -> Table:
    """The table of that name.

    Raises KeyError if there is none.
    """
    return {each.name: each for each in TABLES}[name]
