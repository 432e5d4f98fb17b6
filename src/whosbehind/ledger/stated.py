"""Rows that become table rows as their document states them: nothing in them is summed and no key is completed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from whosbehind.engine import identifier, literal
from whosbehind.guard import SUSPECT
from whosbehind.ledger.columns import GUARDED, SEPARATOR, STATED
from whosbehind.records import Document, Source
from whosbehind.values import Dating, Grain

# What the marketplace prints for a product that is authorized, and for one that is not yet.
AUTHORIZED = ("Compliant", "FedRAMP Authorized")
NOT_AUTHORIZED = ("In Process", "In-Process", "In PMO Review", "FedRAMP Ready", "FedRAMP In Process")
BETWEEN_MODELS = "[,;[:space:]]+"


def stated_sql(document: Document, parsed: str, agency_codes: Mapping[str, str]) -> str:
    """A query over typed columns that gives the columns of the document's table but `row`, in order.

    It joins and groups nothing, so that the rows keep their order.
    """
    source = document.source
    assert source is not None
    completed = _COMPLETED[source.grain](source, parsed, agency_codes)
    columns = [column for column in STATED[source.grain].columns if column.name not in {"document_id", "row"}]
    listed = ", ".join(f"{identifier(column.name)}::{column.type.sql} AS {identifier(column.name)}" for column in columns)
    return f"SELECT {listed}, {literal(document.id)} AS document_id FROM ({_masked(completed, GUARDED[source.grain])})"


def _masked(rows: str, names: tuple[str, ...]) -> str:
    """No contacts in free text; `unread` is masked where there is any, since it can hold every column.

    One look at all texts of a row tells whether any needs a closer one: to prepare the pattern takes long.
    """
    test = f"regexp_matches(concat_ws(chr(10), {', '.join(map(identifier, names))}), {literal(SUSPECT)})"
    masked = [f"CASE WHEN is_suspect THEN mask_contacts({identifier(name)}, NULL) ELSE {identifier(name)} END" for name in names]
    masked.append("CASE WHEN unread IS NOT NULL THEN mask_contacts(unread, NULL) END")
    replaced = ", ".join(f"{text} AS {identifier(name)}" for text, name in zip(masked, (*names, "unread"), strict=True))
    return f"SELECT * REPLACE ({replaced}) FROM (SELECT *, {test} AS is_suspect FROM ({rows}))"


def _use_cases(_: Source, parsed: str, agency_codes: Mapping[str, str]) -> str:
    """The sub-agency's code where the printed bureau is a spelling of one."""
    pairs = ", ".join(f"{literal(spelling)}: {literal(code)}" for spelling, code in sorted(agency_codes.items()))
    code = f"map_extract_value(MAP {{{pairs}}}, upper(bureau_name))" if pairs else "NULL"
    return f"SELECT *, {code} AS agency_code FROM ({parsed})"


def _authorizations(source: Source, parsed: str, _: Mapping[str, str]) -> str:
    """Whether the product is authorized itself, and its letters without that authorization."""
    yes, no = (" OR ".join(f"designation = {literal(word)}" for word in words) for words in (AUTHORIZED, NOT_AUTHORIZED))
    column = next((take.origin for take in source.take if take.column == "designation"), "")
    shown = f"{literal(column + '=')} || left(translate(designation, chr(10) || chr(13) || '|', '  ¦'), 200)"
    note = f"CASE WHEN is_authorized IS NULL AND designation IS NOT NULL THEN {shown} END"
    letters = "stated_authorization_count - CASE WHEN is_authorized THEN 1 ELSE 0 END"
    replaced = [
        f"coalesce(letter_count, {letters}) AS letter_count",
        f"nullif(concat_ws({literal(SEPARATOR)}, unread, {note}), '') AS unread",
        f"regexp_replace(service_models, '{BETWEEN_MODELS}', '; ', 'g') AS service_models",
    ]
    known = f"SELECT *, CASE WHEN {yes} THEN true WHEN {no} THEN false END AS is_authorized FROM ({parsed})"
    basis = f"CASE WHEN snapshot_date IS NOT NULL THEN {literal(str(Dating.STATED))} END AS snapshot_basis"
    return f"SELECT * REPLACE ({', '.join(replaced)}), {basis} FROM ({known})"


def _reported_facts(_: Source, parsed: str, __: Mapping[str, str]) -> str:
    return parsed


_COMPLETED: dict[Grain, Callable[[Source, str, Mapping[str, str]], str]] = {
    Grain.USE_CASES: _use_cases,
    Grain.AUTHORIZATIONS: _authorizations,
    Grain.REPORTED_FACTS: _reported_facts,
}
