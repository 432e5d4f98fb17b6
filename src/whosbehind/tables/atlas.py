"""The atlas as tables."""

from __future__ import annotations

from whosbehind.tables.columns import DAY, INTEGER, TEXT, Column, Table, Type

ORGANISATIONS = Table(
    "organisations",
    "The organisations of the atlas with all their aliases.",
    ("organisation_id",),
    (
        Column("organisation_id", TEXT, "ours, snake_case"),
        Column("name", TEXT, "usual name"),
        Column("kind", TEXT, "company, reseller, public_body or nonprofit"),
        Column("description", TEXT, "one line"),
        Column("aliases", TEXT, "spellings it goes by, `; ` between them"),
        Column("products", TEXT, "names of its products, `; ` between them"),
        Column("owners", TEXT, "owners with their dates, `; ` between them"),
        Column("sources", TEXT, "where it is stated, `; ` between them"),
    ),
)

_LOOSE = "a day, month or year as the source states it"

_STATED = (
    Column("since", TEXT, f"since when it holds; {_LOOSE}"),
    Column("until", TEXT, f"until when it holds; {_LOOSE}"),
    Column("seen", TEXT, f"when a source last shows it to hold; {_LOOSE}"),
    Column("standing", TEXT, "documented, contested, alleged or planned"),
    Column("confidence", TEXT, "high, medium or low"),
    Column("note", TEXT, "what else a reader should know"),
    Column("disputed_by", TEXT, "who says otherwise, and what"),
    Column("sources", TEXT, "ids of the sources that state it, `; ` between them"),
)

SYSTEMS = Table(
    "systems",
    "Government information systems, and services and programmes around them. A system is never a company.",
    ("system_id",),
    (
        Column("system_id", TEXT, "ours, snake_case"),
        Column("name", TEXT, "usual name"),
        Column("acronym", TEXT, "usual short form"),
        Column("kind", TEXT, "system, module, programme, service or exchange"),
        Column("operator_id", TEXT, "agency, office or organisation that operates it"),
        Column("part_of_id", TEXT, "the system it is a part of"),
        Column("product_id", TEXT, "the product it is, where a company sells it"),
        Column("purpose", TEXT, "what it is for, in one line"),
        Column("statuses", TEXT, "what it was from when to when, `; ` between them"),
        Column("builders", TEXT, "who builds it, with dates"),
        Column("hosts", TEXT, "who hosts it, with dates"),
        Column("resellers", TEXT, "through whom it is bought, with dates"),
        Column("users", TEXT, "who else uses it, with dates"),
        Column("documents", TEXT, "ids of the sources that describe it officially"),
        Column("predecessors", TEXT, "systems whose work it took over"),
        Column("aliases", TEXT, "spellings it goes by in records, `; ` between them"),
        Column("confidence", TEXT, "high, medium or low"),
        Column("sources", TEXT, "ids of the sources that state it, `; ` between them"),
    ),
)

SYSTEM_AWARDS = Table(
    "system_awards",
    "Awards that are for a system, with who says so. Actions whose description names a system stand in `mentions`.",
    ("system_id", "award_id", "stated_by"),
    (
        Column("system_id", TEXT, "the system"),
        Column("award_id", TEXT, "the award"),
        Column(
            "basis",
            TEXT,
            "contract of the atlas; order under one; modification of one; AI use case inventory; or the same with the "
            "identifier repaired",
        ),
        Column("from_date", DAY, "first day whose actions are for the system; empty where all are"),
        Column("stated_by", TEXT, "the contract of the atlas, or the row of the inventory"),
        Column("printed_piid", TEXT, "the identifier as that states it"),
        Column("contract_id", TEXT, "the contract of the atlas"),
        Column("document_id", TEXT, "SHA-256 of the inventory"),
        Column("row", INTEGER, "row of the use case there"),
    ),
)

BODIES = Table(
    "bodies",
    "Offices, state, local and foreign agencies, and groups that the record names only as groups.",
    ("body_id",),
    (
        Column("body_id", TEXT, "ours, snake_case"),
        Column("name", TEXT, "usual name"),
        Column("kind", TEXT, "office, federal, state_or_local, foreign, international, companies, people or records"),
        Column("part_of_id", TEXT, "the agency or body it belongs to"),
        Column("description", TEXT, "one line"),
        Column("sources", TEXT, "ids of the sources that state it, `; ` between them"),
    ),
)

FLOWS = Table(
    "flows",
    "Categories of data that pass from one thing of the atlas to another, with authority, dates and sources.",
    ("flow_id",),
    (
        Column("flow_id", TEXT, "ours, snake_case"),
        Column("from_id", TEXT, "system, agency, body, organisation or product it comes from"),
        Column("to_id", TEXT, "system, agency, body, organisation or product it reaches"),
        Column("category", TEXT, "kind of data"),
        Column("data", TEXT, "what passes, as precisely as the record says"),
        Column("channel", TEXT, "how it passes"),
        Column("authority", TEXT, "ids of laws and documents that allow it, `; ` between them"),
        Column("passes_on", TEXT, "ids of flows whose data a source says it passes on, `; ` between them"),
        *_STATED,
        Column("earliest_date", DAY, "it held on no day before"),
        Column("certain_from_date", DAY, "first day on which sources show it to hold"),
        Column("certain_to_date", DAY, "last day on which sources show it to hold"),
        Column("latest_date", DAY, "it held on no day after; empty where no end is known"),
        Column("flow_number", INTEGER, "place of the flow among all, in order of their ids; traces walk on numbers"),
        Column("from_number", INTEGER, "place of from_id among all ends, in order"),
        Column("to_number", INTEGER, "place of to_id among all ends, in order"),
    ),
)

LAWS = Table(
    "laws",
    "Statutes, orders and policies, and what they do to the flows of data.",
    ("law_id",),
    (
        Column("law_id", TEXT, "ours, snake_case"),
        Column("name", TEXT, "usual name"),
        Column("kind", TEXT, "statute, regulation, order or policy"),
        Column("citation", TEXT, "how lawyers cite it"),
        Column("since", TEXT, f"since when it holds; {_LOOSE}"),
        Column("until", TEXT, f"until when it holds; {_LOOSE}"),
        Column("effect", TEXT, "what it allows, demands or forbids, in one line"),
        Column("sources", TEXT, "ids of the sources that state it, `; ` between them"),
    ),
)

CONTRACTS = Table(
    "contracts",
    "Contracts and orders that sources name, with the systems they are for. Amounts reported for them stand in `facts`.",
    ("contract_id",),
    (
        Column("contract_id", TEXT, "ours, snake_case"),
        Column("title", TEXT, "what it is for"),
        Column("piid", TEXT, "its identifier, where a source states it"),
        Column("agency_id", TEXT, "agency or body that placed it"),
        Column("vendor_id", TEXT, "organisation it was placed with, where a source states it"),
        Column("systems", TEXT, "systems it is for, `; ` between them"),
        Column("since", TEXT, f"since when it runs; {_LOOSE}"),
        Column("until", TEXT, f"until when it runs; {_LOOSE}"),
        Column("modifies_id", TEXT, "the contract it only changes"),
        Column("confidence", TEXT, "high, medium or low"),
        Column("note", TEXT, "what else a reader should know"),
        Column("sources", TEXT, "ids of the sources that state it, `; ` between them"),
    ),
)

FACTS = Table(
    "facts",
    "Numbers that sources state: budgets, counts, amounts reported for contracts. Never added to obligations.",
    ("fact_id",),
    (
        Column("fact_id", TEXT, "ours, snake_case"),
        Column("about_id", TEXT, "what it is about"),
        Column("quantity", TEXT, "what is counted or measured"),
        Column("value", Type.NUMBER, "the number, in its unit"),
        Column("unit", TEXT, "unit of the number"),
        Column("on", TEXT, f"the day it is stated for; {_LOOSE}"),
        *_STATED,
    ),
)

CORRECTIONS = Table(
    "corrections",
    "What was corrected in entries of the atlas, when and why. Corrections of claims stand with their findings.",
    ("kind", "entry_id", "number"),
    (
        Column("kind", TEXT, "organisation, agency, system, body, flow, law, contract or fact"),
        Column("entry_id", TEXT, "the entry that was corrected"),
        Column("number", INTEGER, "place among the corrections of the entry, from 1"),
        Column("entry_name", TEXT, "its usual name"),
        Column("corrected_date", DAY, "the day on which it was corrected"),
        Column("what", TEXT, "what was corrected, and what stood there before"),
        Column("reason", TEXT, "why"),
    ),
)

SOURCES = Table(
    "sources",
    "Publications that state the facts of the atlas.",
    ("source_id",),
    (
        Column("source_id", TEXT, "ours, snake_case"),
        Column("kind", TEXT, "pia, sorn, cma, agreement, solicitation, contract, audit, court, law, filing, news and others"),
        Column("number", TEXT, "the publisher's own number"),
        Column("publisher", TEXT, "who published it"),
        Column("title", TEXT, "title as published"),
        Column("date", TEXT, _LOOSE),
        Column("url", TEXT, "where it stands"),
        Column("grade", TEXT, "A official or the party itself, B established press, C others, D never alone"),
        Column("read", TEXT, "full, excerpt or not_read: what of it was read for the atlas"),
    ),
)

AGENCIES = Table(
    "agencies",
    "Departments and sub-agencies with their codes.",
    ("agency_id",),
    (
        Column("agency_id", TEXT, "ours, snake_case"),
        Column("name", TEXT, "official name"),
        Column("abbreviation", TEXT, "usual abbreviation"),
        Column("kind", TEXT, "department or agency"),
        Column("agency_code", TEXT, "three digits (department) or four characters (sub-agency)"),
        Column("department_id", TEXT, "the department of a sub-agency"),
        Column("aliases", TEXT, "other spellings, `; ` between them"),
        Column("sources", TEXT, "where it is stated, `; ` between them"),
    ),
)
