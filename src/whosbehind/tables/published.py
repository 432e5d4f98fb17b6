"""Tables of what agencies and companies publish beside contracts."""

from __future__ import annotations

from whosbehind.tables.columns import CITATION, DAY, FLAG, INTEGER, TEXT, UNREAD, Column, Table, Type

AI_USE_CASES = Table(
    "ai_use_cases",
    "A use of artificial intelligence as an agency's yearly inventory lists it. Two editions of one inventory are both here.",
    ("document_id", "row"),
    (
        Column("inventory_year", INTEGER, "year of the inventory, told from its layout"),
        Column("use_case_id", TEXT, "the publisher's identifier, where it gives one"),
        Column("use_case_name", TEXT, "as printed"),
        Column("department_name", TEXT, "department or independent agency, as printed"),
        Column("department_abbreviation", TEXT, "its abbreviation, as printed"),
        Column("bureau_name", TEXT, "bureau or sub-agency, as printed"),
        Column("office_name", TEXT, "office below it, as printed"),
        Column("agency_code", TEXT, "sub-agency that the printed bureau is, where the atlas knows that spelling"),
        Column("topic", TEXT, "topic area, as printed"),
        Column("commercial_category", TEXT, "kind of general commercial product it is, as printed"),
        Column("purpose", TEXT, "purpose and benefits, or the summary, as printed; contacts masked"),
        Column("outputs", TEXT, "what the system puts out, as printed; contacts masked"),
        Column("techniques", TEXT, "as printed"),
        Column("stage", TEXT, "stage of development, as printed"),
        Column("impact", TEXT, "whether it touches rights or safety, as printed"),
        Column("initiated_date", DAY, "day it was begun, where the cell holds one day; other text is in `rejects`"),
        Column("acquisition_date", DAY, "day acquisition or development began, read alike"),
        Column("implemented_date", DAY, "day it was put to use, read alike"),
        Column("retired_date", DAY, "day it was retired, read alike"),
        Column("development", TEXT, "in-house, under contract or both, as printed"),
        Column(
            "piids", TEXT, "contract identifiers as printed: several in a cell, with typing errors and prose; contacts masked"
        ),
        Column("involves_pii", TEXT, "whether it involves personal information, as printed"),
        Column("privacy_review", TEXT, "whether the senior official for privacy has assessed it, as printed"),
        Column("has_ato", TEXT, "whether an authority to operate covers it, as printed"),
        Column("system_name", TEXT, "system that authority is for, as printed"),
        Column("training_data", TEXT, "agency data used to train or evaluate it, as printed; contacts masked"),
        Column("code_access", TEXT, "whether the agency has the source code, as printed"),
        Column("code_url", TEXT, "where the source code is public, as printed"),
        UNREAD,
        *CITATION,
    ),
)

USE_CASE_CONTRACTS = Table(
    "use_case_contracts",
    "Each contract identifier that an inventory prints for a use case, held against the contracts of the ledger.",
    ("document_id", "row", "place"),
    (
        Column("document_id", TEXT, "SHA-256 of the inventory"),
        Column("row", INTEGER, "row of the use case there"),
        Column("place", INTEGER, "place of the identifier in its cell, from 1"),
        Column("printed", TEXT, "as printed"),
        Column("piid", TEXT, "the one contract of the ledger it is; null where none or several fit"),
        Column(
            "basis",
            TEXT,
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
        Column("snapshot_date", DAY, "day of the snapshot"),
        Column("snapshot_basis", TEXT, "`stated` in the document, or else the day it was `received`"),
        Column("provider_name", TEXT, "who offers the product, as printed"),
        Column("provider_uei", TEXT, "its unique entity identifier, where stated"),
        Column("product_name", TEXT, "as printed"),
        Column("package_id", TEXT, "the publisher's identifier of the product"),
        Column("designation", TEXT, "how far it is, as printed: Compliant, FedRAMP Authorized, In Process, FedRAMP Ready …"),
        Column("is_authorized", FLAG, "the designation says that the product itself is authorized"),
        Column("authorization_date", DAY, "day of that authorization"),
        Column("path", TEXT, "who authorized it first: JAB, Agency or CSP, as printed"),
        Column("authorizing_agency", TEXT, "agency that sponsored or authorized it first, as printed"),
        Column("service_models", TEXT, "IaaS, PaaS, SaaS, `; ` between them"),
        Column("deployment_model", TEXT, "as printed"),
        Column("impact_level", TEXT, "as printed"),
        Column("letter_count", INTEGER, "further agencies' authorization letters, the product's own authorization left out"),
        Column("agencies", TEXT, "agencies of those letters as printed, `; ` between them; the later layout names each once"),
        Column("sub_agencies", TEXT, "their sub-agencies, where a layout states them apart"),
        Column("underlying_ids", TEXT, "packages it is built on, where the layout states them, `; ` between them"),
        Column("dependent_ids", TEXT, "packages that are built on it, where the layout states them, `; ` between them"),
        Column("stated_authorization_count", INTEGER, "letters and own authorization, as the later layout counts them"),
        Column("stated_reuse_count", INTEGER, "letters, dependent products and their letters, as the later layout counts them"),
        UNREAD,
        *CITATION,
    ),
)

REPORTED_FACTS = Table(
    "reported_facts",
    "A number a company reported in a filing (XBRL). The same number stands once for each place in the filing that shows it.",
    ("document_id", "row"),
    (
        Column("entity_id", TEXT, "the filer's number at the SEC (CIK), as printed"),
        Column("entity_name", TEXT, "the filer's name, as printed"),
        Column("document_type", TEXT, "form of the filing: 10-K, 10-Q …"),
        Column("concept", TEXT, "what is reported, with the filing's own prefix: `us-gaap:OperatingIncomeLoss`"),
        Column("segment", TEXT, "what part of the company it is for: `axis=member`, in the order of the axes, `; ` between them"),
        Column("period_start_date", DAY, "first day of the period; null for a number that holds on one day"),
        Column("period_end_date", DAY, "last day of the period, or the day itself"),
        Column("value", Type.QUANTITY, "the number, unscaled; null where the filing marks it as not reported"),
        Column("unit", TEXT, "`iso4217:USD`, `shares`, `iso4217:USD/shares` …"),
        Column("decimals", TEXT, "precision as stated: `-6` is millions, `INF` exact"),
        Column("fact_id", TEXT, "the element's id in the filing"),
        UNREAD,
        Column("document_id", TEXT, "SHA-256 of the document the row was read from"),
        Column("row", INTEGER, "the fact's place among the numbers of the filing, from 1"),
    ),
)
