"""What a reader of this build should know: checks of the data, run on every build, in sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from whosbehind.engine import Engine
from whosbehind.phrases import Phrase, counted, phrase
from whosbehind.values import count, dollars

Tables = dict[str, list[Path]]


def checks(engine: Engine, tables: Tables, received: Mapping[str, dt.datetime]) -> list[str]:
    """The sentences the build prints, most important first; none where there is nothing to say.

    `received` has the instant at which each document was received.
    """
    return [*_undated(engine, tables, received), *(sentence for check in _CHECKS for sentence in check(engine, tables))]


def _undated(engine: Engine, tables: Tables, received: Mapping[str, dt.datetime]) -> Iterable[str]:
    """Documents that contradict each other and came at one moment: nothing says which is newer."""
    if not tables.get("set_aside"):
        return
    pairs = engine.rows(
        f"SELECT document_id, counted_document_id, count(*) FROM {engine.parquet_relation(tables['set_aside'])} "
        "WHERE reason = 'corrected' AND document_id <> counted_document_id GROUP BY ALL"
    )
    open_pairs = [number for one, other, number in pairs if received[one] == received[other]]
    if open_pairs:
        yield phrase(
            "{rows} differ between documents that were added together, and nothing says which is newer: the choice is "
            "arbitrary. Add such files one by one with --received and the day of each.",
            rows=count(sum(open_pairs), "transaction"),
        )


def _one(engine: Engine, tables: Tables, table: str, selected: str, where: str = "true") -> tuple[object, ...]:
    if not tables.get(table):
        return ()
    return engine.rows(f"SELECT {selected} FROM {engine.parquet_relation(tables[table])} WHERE {where}")[0]


def _money(value: object) -> str:
    return dollars(value if isinstance(value, Decimal) else Decimal(str(value or 0)))


def _number(value: object) -> int:
    return int(str(value or 0))


def _worth(noun: str, found: tuple[object, ...]) -> Phrase:
    return phrase("{rows} worth {amount}", rows=count(_number(found[0]), noun), amount=_money(found[1]))


def _repeated(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(
        engine,
        tables,
        "set_aside",
        "count(*), sum(may_be_missing_usd), count(*) FILTER (may_be_missing_usd <> 0)",
        "reason = 'repeated in document'",
    )
    if not found or not found[0]:
        return
    rows = count(_number(found[0]), "row")
    if found[2]:
        yield phrase(
            "{rows} repeat another of the same document exactly and count once. In paged feeds a repetition can stand in the "
            "place of a lost row of the same amount: up to {amount} may be missing ({doubtful}).",
            rows=rows,
            amount=_money(found[1]),
            doubtful=count(_number(found[2]), "row"),
        )
    else:
        yield phrase(
            "{rows} repeat another of the same document exactly and count once. In paged feeds a repetition can hide a lost "
            "row of the same amount; here all are zero or found elsewhere: $0.00 may be missing.",
            rows=rows,
        )


def _corrected(engine: Engine, tables: Tables) -> Iterable[str]:
    for reason in ("repeated in other document", "corrected", "withdrawn"):
        found = _one(engine, tables, "set_aside", "count(*), sum(obligated_usd)", f"reason = '{reason}'")
        if found and found[0]:
            yield _elsewhere(reason, _worth("row", found))


def _elsewhere(reason: str, worth: Phrase) -> Phrase:
    """What became of rows that another document states."""
    if reason == "corrected":
        return phrase("{worth} are stated otherwise by another document that counts in their place.", worth=worth)
    if reason == "withdrawn":
        return phrase("{worth} are no longer in a newer document that covers them, and are not counted.", worth=worth)
    return phrase("{worth} are stated again by another document and count once.", worth=worth)


def _rejected(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(engine, tables, "rejects", 'count(*), count(DISTINCT (document_id, "row")) FILTER (is_row_lost)')
    if found and found[0]:
        values, rows = count(_number(found[0]), "value"), _number(found[1])
        lost = counted("{number} row with them is not counted", "{number} rows with them are not counted", rows)
        yield phrase("{values} could not be read; {rows}. Open them with: whosbehind rejects", values=values, rows=lost)


def _unread(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(engine, tables, "documents", "count(*), min(file_name)", "status = 'unread'")
    if found and found[0]:
        unread = count(_number(found[0]), "document")
        yield phrase("{documents} kept and not read, {name} for one. See: whosbehind documents", documents=unread, name=found[1])


def _outside_figures(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(engine, tables, "transactions", "count(*), sum(obligated_usd)", "is_latest_only")
    if found and found[0]:
        yield phrase(
            "{worth} hold only the latest modification of their award; figures leave them out.", worth=_worth("row", found)
        )
    found = _one(engine, tables, "transactions", "count(*)", "is_extract")
    if found and found[0]:
        yield phrase("{rows} are a chosen extract, no complete record.", rows=count(_number(found[0]), "row"))


def _persons(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(
        engine, tables, "transactions", "count(*), sum(obligated_usd)", "recipient_kind = 'individual' AND NOT is_latest_only"
    )
    if found and found[0]:
        yield phrase("{worth} went to natural persons; they are shown as an individual.", worth=_worth("transaction", found))
    found = _one(
        engine,
        tables,
        "transactions",
        "count(*), sum(obligated_usd)",
        "recipient_kind = 'undisclosed' AND recipient_name IS NOT NULL",
    )
    if found and found[0]:
        yield phrase("{worth} went to recipients the publisher does not disclose.", worth=_worth("transaction", found))


def _agencies(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(engine, tables, "transactions", "count(*), sum(obligated_usd)", "agency_code IS NULL")
    if found and found[0]:
        worth = _worth("transaction", found)
        yield phrase("{worth} name no agency the project knows; only figures over all agencies count them.", worth=worth)
    split = "agency_role <> 'awarding' AND awarding_sub_agency_code <> agency_code"
    found = _one(engine, tables, "transactions", "count(*), sum(obligated_usd)", split)
    if found and found[0]:
        yield phrase(
            "{worth} carry the publisher's label of one agency and the award key of another; figures follow the label.",
            worth=_worth("transaction", found),
        )


def _subawards(engine: Engine, tables: Tables) -> Iterable[str]:
    selected = "count(*), count(*) FILTER (is_above_prime), count(*) FILTER (is_suspect_amount), count(*) FILTER (is_repeated)"
    found = _one(engine, tables, "subawards", selected)
    if found and found[0]:
        yield phrase(
            "{subawards}, kept apart from prime obligations: {above} above their prime, {huge} of a billion dollars or more, "
            "{repeated} repeated.",
            subawards=count(_number(found[0]), "subaward"),
            above=found[1],
            huge=found[2],
            repeated=found[3],
        )


def _large(engine: Engine, tables: Tables) -> Iterable[str]:
    found = _one(engine, tables, "transactions", "count(*), max(abs(obligated_usd))", "abs(obligated_usd) >= 5000000000")
    if found and found[0]:
        yield phrase(
            "{rows} of five billion dollars or more (largest {amount}): look at them before you publish.",
            rows=count(_number(found[0]), "transaction"),
            amount=_money(found[1]),
        )


_CHECKS: tuple[Callable[[Engine, Tables], Iterable[str]], ...] = (
    _unread,
    _rejected,
    _repeated,
    _corrected,
    _outside_figures,
    _agencies,
    _persons,
    _subawards,
    _large,
)
