"""The typed pass: SQL that turns a document's text columns into the ledger's columns.

Every value is parsed strictly. One that does not parse becomes null and is noted
in `unread` as `column=value`, from where it reaches `rejects`; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

from whosbehind.engine import identifier, literal
from whosbehind.guard import SUSPECT, firm_pattern, placeholder_pattern
from whosbehind.ledger.columns import CODES, GUARDED, READABLE, SEPARATOR, STATED, TABLE_OF
from whosbehind.ledger.stated import stated_sql
from whosbehind.records import Document, Source, Take
from whosbehind.tables import Type
from whosbehind.values import AN_INDIVIDUAL, AgencyRole, Completeness, Grain

_AMOUNT = r"-?[0-9]{1,15}(\.[0-9]{1,2}0*)?"
_QUANTITY = r"[-+]?[0-9]{1,26}(\.[0-9]{1,12}0*)?"
# A binary fraction printed in full, such as 20298.730000000003 for 20298.73, is no fraction of a cent.
_NOISE = r"-?[0-9]{1,13}\.[0-9]{2}(0{4,}|9{4,})[0-9]*"
_AWARD_KEY = r"(?i)CONT_(?:AWD_[^_]+_[0-9A-Z]{4}_[^_]+_(?:-NONE-|[0-9A-Z]{4})|IDV_[^_]+_[0-9A-Z]{4})"
_KEY_PARTS = ("piid", "awarding_sub_agency_code", "parent_piid", "parent_agency_code")
_ORDER_KEY = (
    "concat('CONT_AWD_', piid, '_', awarding_sub_agency_code, '_', coalesce(parent_piid, '-NONE-'), '_', "
    "coalesce(parent_agency_code, '-NONE-'))"
)
_LOST_DIGITS = r"[0-9](\.[0-9]+)?[eE]\+[0-9]+"
_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+]00(:?00)?)?)?"
_YES, _NO = ("t", "true", "y", "yes", "1"), ("f", "false", "n", "no", "0")
_EARLIEST, _LATEST = "DATE '1900-01-01'", "DATE '2100-01-01'"


def reading_sql(document: Document, relation: str, agency_codes: Mapping[str, str]) -> str:
    """A query over `relation`, whose columns are the publisher's, giving the grain's columns but `row`, in order.

    Its rows come in the order of the relation's, on whatever number of threads: it joins and
    groups nothing. `agency_codes` maps agencies' spellings in upper case to codes; it is
    consulted where a feed prints a label and no code.
    """
    source = document.source
    assert source is not None
    takes = [take for take in source.take if take.origin not in document.receipt.ignored_columns]
    cleaned = [f"{_cleaned(source, document, take)} AS {identifier('r_' + take.column)}" for take in takes]
    cleaned += [f"{literal(value)} AS {identifier('r_' + column)}" for column, value in source.given]
    takes += [Take(column, column) for column, _ in source.given]
    if source.grain is Grain.SUBAWARDS:
        # To count rows on the way the engine must read on one core; only the search for repetitions needs it.
        cleaned.append('row_number() OVER () AS "row"')
    parsed = _parsed_sql(source, takes, f"SELECT {', '.join(cleaned)} FROM {relation}")
    if source.grain in STATED:
        return stated_sql(document, parsed, agency_codes)
    final = _final_sql(source, document, _keyed_sql(source, parsed, agency_codes))
    return f'{final} ORDER BY "row"' if source.grain is Grain.SUBAWARDS else final


def _cleaned(source: Source, document: Document, take: Take) -> str:
    raw = identifier(take.origin)
    # Trimming walks a text letter by letter, so only a text that it may change goes there: one that begins with a
    # blank or is empty (nothing printable sorts below "!"), ends with a blank, or has letters beyond ASCII. To tell
    # the last takes a look at every letter; it is spared where the document is known to have no other blanks.
    may_change = f"{raw} < '!' OR ends_with({raw}, ' ')"
    if document.may_have_odd_blanks:
        may_change += f" OR strlen({raw}) <> length({raw})"
    text = f"CASE WHEN {may_change} THEN nullif(trim({raw}), '') ELSE {raw} END"
    if not source.null_values:
        return text
    # Not `nullif` in `nullif`: the engine writes each out as its argument twice, so seven would be a hundred copies.
    words = ", ".join(map(literal, source.null_values))
    return f"CASE WHEN NOT list_contains([{words}], {text}) THEN {text} END"


def _parsed_sql(source: Source, takes: list[Take], raw: str) -> str:
    types = READABLE[source.grain]
    parsed = [f"{_parse(take, types[take.column])} AS {identifier(take.column)}" for take in takes]
    taken = {take.column for take in takes}
    absent = [f"NULL::{kind.sql} AS {identifier(name)}" for name, kind in types.items() if name not in taken]
    inner = f"SELECT *, {', '.join([*parsed, *absent])} FROM ({raw})"
    notes = [note for take in takes if (note := _unread_note(take, types[take.column]))]
    return f"SELECT *, {_unread(notes)} AS unread FROM ({inner})"


def _unread(notes: list[tuple[str, str]]) -> str:
    """SQL for all notes of a row. Most rows have none, so one test over all columns comes first."""
    if not notes:
        return "NULL::VARCHAR"
    tests = " OR ".join(f"({condition})" for condition, _ in notes)
    listed = ", ".join(f"CASE WHEN {condition} THEN {note} END" for condition, note in notes)
    return f"CASE WHEN {tests} THEN nullif(concat_ws({literal(SEPARATOR)}, {listed}), '') END"


def _parse(take: Take, kind: Type) -> str:
    raw = identifier("r_" + take.column)
    if kind is Type.USD:
        # An amount that the engine prints as it was written needs no closer look; of sixteen digits there is no room for a sum.
        cast = f"TRY_CAST({raw} AS DECIMAL(18,2))"
        return (
            f"CASE WHEN {cast}::VARCHAR = {raw} AND strlen({raw}) <= 18 THEN {cast} "
            f"WHEN regexp_full_match({raw}, '{_AMOUNT}') THEN {cast} "
            f"WHEN regexp_full_match({raw}, '{_NOISE}') THEN TRY_CAST(round(TRY_CAST({raw} AS DOUBLE), 2) AS DECIMAL(18,2)) END"
        )
    if kind is Type.DAY:
        return _parse_day(raw, take.formats)
    if kind is Type.INTEGER:
        return f"TRY_CAST({raw} AS BIGINT)"
    if kind is Type.QUANTITY:
        return f"CASE WHEN regexp_full_match({raw}, '{_QUANTITY}') THEN TRY_CAST({raw} AS DECIMAL(38,12)) END"
    if kind is Type.FLAG:
        # Not `IN`: the engine would make a join of a list that long, and a join loses the order of the rows.
        words = {**dict.fromkeys(_YES, "true"), **dict.fromkeys(_NO, "false")}
        return f"CASE lower({raw}) {' '.join(f'WHEN {literal(word)} THEN {flag}' for word, flag in words.items())} END"
    text = f"upper({raw})" if take.column in {"award_id", "modification_number"} else raw
    if take.column == "award_id":
        text = f"CASE WHEN regexp_full_match({raw}, '{_AWARD_KEY}') OR NOT starts_with({text}, 'CONT_') THEN {text} END"
    if take.pad:
        text = f"CASE WHEN length({raw}) < {take.pad} THEN lpad({raw}, {take.pad}, '0') ELSE {raw} END"
    if take.column in CODES or take.pad:
        return f"CASE WHEN NOT contains({raw}, '+') OR NOT regexp_full_match({raw}, '{_LOST_DIGITS}') THEN {text} END"
    return text


def _parse_day(raw: str, formats: tuple[str, ...]) -> str:
    others = [each for each in formats if each != "%Y-%m-%d"]
    tries = [f"CASE WHEN regexp_full_match({raw}, '{_ISO_DAY}') THEN TRY_CAST(left({raw}, 10) AS DATE) END"]
    if others:
        tries.append(f"TRY_CAST(try_strptime({raw}, [{', '.join(map(literal, others))}]) AS DATE)")
    cast = f"TRY_CAST({raw} AS DATE)"
    day = f"CASE WHEN {cast}::VARCHAR = {raw} THEN {cast} ELSE coalesce({', '.join(tries)}) END"
    return f"CASE WHEN {day} BETWEEN {_EARLIEST} AND {_LATEST} THEN {day} END"


def _unread_note(take: Take, kind: Type) -> tuple[str, str] | None:
    """SQL that tells whether a value is there and could not be read, or is missing and needed; and for `column=value`."""
    raw, parsed = identifier("r_" + take.column), identifier(take.column)
    can_fail = kind is not Type.TEXT or take.column in CODES or take.pad or take.column == "award_id"
    if not can_fail and not take.is_required:
        return None
    condition = f"{parsed} IS NULL" if take.is_required else f"{parsed} IS NULL AND {raw} IS NOT NULL"
    return condition, f"{literal(take.origin + '=')} || coalesce({_noted(raw)}, '')"


def _noted(text: str) -> str:
    """A value as a note holds it: on one line, without the sign that parts notes, at most 200 characters."""
    return f"left(translate({text}, chr(10) || chr(13) || '|', '  ¦'), 200)"


def _keyed_sql(source: Source, parsed: str, agency_codes: Mapping[str, str]) -> str:
    """Complete the keys: the award's from its parts or its parts from it, agency codes from labels."""
    if source.grain is Grain.RECIPIENTS:
        return parsed
    if source.grain is Grain.TRANSACTIONS and not _takes(source, "award_id"):
        if _takes(source, "transaction_key"):
            parsed = _unpacked_key_sql(parsed)
        parsed = f"SELECT * REPLACE ({_award_id_sql()} AS award_id) FROM ({parsed})"
    replaced = []
    types = READABLE[source.grain]
    split = "key_parts"
    is_contract, is_order = "starts_with(award_id, 'CONT_')", f"{split} IS NOT NULL AND starts_with(award_id, 'CONT_AWD_')"
    if "piid" in types:
        replaced.append(f"coalesce(piid, CASE WHEN {is_contract} THEN {split}[3] END) AS piid")
    if "parent_piid" in types:
        for place, name in ((5, "parent_piid"), (6, "parent_agency_code")):
            replaced.append(f"nullif(CASE WHEN {is_order} THEN {split}[{place}] ELSE {name} END, '-NONE-') AS {name}")
    awarding = _code_of("awarding_sub_agency_label", source, agency_codes)
    stated = f"coalesce(awarding_sub_agency_code, CASE WHEN {is_contract} THEN {split}[4] END, {awarding})"
    replaced.append(f"{stated} AS awarding_sub_agency_code")
    funding = _code_of("funding_sub_agency_label", source, agency_codes)
    replaced.append(f"coalesce(funding_sub_agency_code, {funding}) AS funding_sub_agency_code")
    parts = f"SELECT *, {_key_parts_sql(source)} AS {split} FROM ({parsed})"
    keyed = f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({parts})"
    if source.agency_role is AgencyRole.AWARDING:
        return f"SELECT *, awarding_sub_agency_code AS agency_code FROM ({keyed})"
    label = _code_of("agency_label", source, agency_codes)
    origin = next((take.origin for take in source.take if take.column == "agency_label"), "")
    note = (
        f"CASE WHEN agency_code IS NULL AND agency_label IS NOT NULL THEN {literal(origin + '=')} || {_noted('agency_label')} END"
    )
    labelled = f"SELECT *, {label} AS agency_code FROM ({keyed})"
    return f"SELECT * REPLACE (nullif(concat_ws({literal(SEPARATOR)}, unread, {note}), '') AS unread) FROM ({labelled})"


def _award_id_sql() -> str:
    """The publisher's generated key from its parts, for layouts older than the key."""
    return (
        "CASE WHEN piid IS NULL OR awarding_sub_agency_code IS NULL THEN NULL "
        "WHEN award_or_idv_flag = 'IDV' THEN upper('CONT_IDV_' || piid || '_' || awarding_sub_agency_code) "
        f"ELSE upper({_ORDER_KEY}) END"
    )


def _key_parts_sql(source: Source) -> str:
    """The parts of an award's key; null where the printed parts make up the key, which then has nothing to add to them."""
    split = "string_split(award_id, '_')"
    is_printed = all(_takes(source, part) for part in _KEY_PARTS)
    # To part a key takes the engine twice as long as to put one together.
    return f"CASE WHEN award_id <> {_ORDER_KEY} THEN {split} END" if is_printed else split


def _unpacked_key_sql(parsed: str) -> str:
    """The parts of a transaction's generated key, `CONT_TX_agency_parent agency_PIID_modification_parent PIID_number`."""
    parts = "string_split(transaction_key, '_')"
    is_key = "regexp_full_match(transaction_key, 'CONT_TX_[^_]+_[^_]+_[^_]+_[^_]+_[^_]+_[^_]+')"
    cells = ("awarding_sub_agency_code", "parent_agency_code", "piid", "modification_number", "parent_piid", "transaction_number")
    replaced = [
        f"CASE WHEN {is_key} THEN nullif({parts}[{place + 3}], '-NONE-') END AS {name}" for place, name in enumerate(cells)
    ]
    replaced.append("CASE WHEN starts_with(award_type_code, 'IDV') THEN 'IDV' ELSE 'AWARD' END AS award_or_idv_flag")
    return f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({parsed})"


def _code_of(label: str, source: Source, agency_codes: Mapping[str, str]) -> str:
    if not _takes(source, label):
        return "NULL"
    pairs = ", ".join(f"{literal(spelling)}: {literal(code)}" for spelling, code in sorted(agency_codes.items()))
    return f"map_extract_value(MAP {{{pairs}}}, upper({label}))"


def _final_sql(source: Source, document: Document, keyed: str) -> str:
    guarded = _guarded_sql(keyed, GUARDED[source.grain])
    if source.grain is Grain.RECIPIENTS:
        columns = "recipient_name, recipient_kind, recipient_uei, recipient_duns, recipient_parent_name, recipient_parent_uei"
        cited = f"{literal(document.id)} AS document_id"
        return f"SELECT {_recipient_id()} AS recipient_id, {columns}, unread, {cited} FROM ({guarded})"
    derived = _derived(source, document)
    table = TABLE_OF[source.grain]
    given = [column for column in table.columns if column.name != "row"]
    columns = ", ".join(f"{derived.get(c.name, identifier(c.name))}::{c.type.sql} AS {identifier(c.name)}" for c in given)
    return f"SELECT {columns} FROM ({guarded})"


def _guarded_sql(keyed: str, names: tuple[str, ...]) -> str:
    """Nothing of a natural person but the money; no contacts in free text."""
    known = f"SELECT *, {_kind('recipient_name', 'is_sole_proprietor')} AS recipient_kind FROM ({keyed})"
    is_person = "recipient_kind = 'individual'"
    for name in names:
        known = f"SELECT * REPLACE ({_masked(name, is_person)} AS {name}) FROM ({known})"
    parent = _kind("recipient_parent_name", "false")
    is_persons = f"CASE WHEN recipient_parent_name IS DISTINCT FROM recipient_name THEN {parent} = 'individual' ELSE false END"
    known = f"SELECT *, {is_persons} AS is_persons FROM ({known})"
    named = "CASE WHEN contains(recipient_name, '@') THEN mask_contacts(recipient_name, NULL) ELSE recipient_name END"
    replaced = [f"CASE WHEN {is_person} THEN {literal(AN_INDIVIDUAL)} ELSE {named} END AS recipient_name"]
    replaced += [f"CASE WHEN {is_person} THEN NULL ELSE {name} END AS {name}" for name in ("recipient_uei", "recipient_duns")]
    for name, shown in (("recipient_parent_name", literal(AN_INDIVIDUAL)), ("recipient_parent_uei", "NULL")):
        replaced.append(f"CASE WHEN {is_person} THEN NULL WHEN is_persons THEN {shown} ELSE {name} END AS {name}")
    raw = f"{_kind('recipient_raw_name', 'false')} = 'organisation' AND NOT contains(recipient_raw_name, '@')"
    is_other = f"NOT ({is_person}) AND recipient_raw_name IS DISTINCT FROM recipient_name"
    replaced.append(f"CASE WHEN {is_other} THEN CASE WHEN {raw} THEN recipient_raw_name END END AS recipient_raw_name")
    replaced.append("CASE WHEN unread IS NOT NULL THEN mask_contacts(unread, NULL) END AS unread")
    return f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({known})"


def _kind(name: str, is_sole: str) -> str:
    """SQL for the kind of recipient a name is.

    Most names are firms' by their last word, which is quickest to see; the few others are asked about.
    """
    is_firm = (
        f"regexp_matches({name}, {literal(firm_pattern())}) AND NOT regexp_matches({name}, {literal(placeholder_pattern())})"
    )
    asked = f"recipient_kind({name}, {is_sole})"
    return f"CASE WHEN {name} IS NULL THEN 'undisclosed' WHEN {is_firm} THEN 'organisation' ELSE {asked} END"


def _masked(name: str, is_person: str) -> str:
    if name.endswith("_name"):
        return f"CASE WHEN {_kind(name, 'false')} = 'individual' THEN {literal(AN_INDIVIDUAL)} ELSE {name} END"
    return (
        f"CASE WHEN {is_person} THEN mask_contacts({name}, recipient_name) "
        f"WHEN regexp_matches({name}, {literal(SUSPECT)}) THEN mask_contacts({name}, NULL) ELSE {name} END"
    )


def _recipient_id() -> str:
    return (
        "CASE WHEN recipient_kind <> 'organisation' THEN NULL WHEN recipient_uei IS NOT NULL THEN 'uei:' || upper(recipient_uei) "
        "ELSE 'name:' || left(sha256(upper(recipient_name)), 16) END"
    )


def _derived(source: Source, document: Document) -> dict[str, str]:
    own = {
        "document_id": literal(document.id),
        "agency_role": literal(str(source.agency_role)),
        "recipient_id": _recipient_id(),
        "is_latest_only": str(source.completeness is Completeness.LATEST_ONLY).lower(),
        "is_extract": str(source.completeness is Completeness.EXTRACT).lower(),
        "fiscal_year": "year(action_date) + CASE WHEN month(action_date) >= 10 THEN 1 ELSE 0 END",
    }
    if source.grain is Grain.TRANSACTIONS:
        is_needed = any(take.is_required for take in source.take if take.column == "modification_number")
        modification = "modification_number" if is_needed else "coalesce(modification_number, '0')"
        own["modification_number"] = modification
        number = "coalesce(transaction_number, '0')"
        own["transaction_number"] = number
        own["transaction_id"] = f"award_id || '/' || {modification} || '/' || {number}"
    if source.grain is Grain.AWARDS:
        own |= {"transaction_count": "NULL", "transactions_usd": "NULL"}
    if source.grain is Grain.SUBAWARDS:
        own |= _subaward_checks()
    return own


def states_number(source: Source) -> bool:
    """Whether the feed states transaction numbers."""
    return _takes(source, "transaction_number") or _takes(source, "transaction_key")


def _takes(source: Source, column: str) -> bool:
    return any(take.column == column for take in source.take)


def _subaward_checks() -> dict[str, str]:
    same = 'PARTITION BY award_id, subaward_number, subaward_usd, action_date, recipient_name ORDER BY "row"'
    return {
        "subaward_id": "concat_ws('/', subaward_report_id, subaward_number)",
        "is_above_prime": "coalesce(subaward_usd > prime_obligated_usd, false)",
        "is_suspect_amount": "coalesce(abs(subaward_usd) >= 1000000000, false)",
        "is_repeated": f"row_number() OVER ({same}) > 1",
    }
