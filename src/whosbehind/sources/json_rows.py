"""Rows of a JSON answer as text, each value exactly as the document spells it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any

from whosbehind.errors import Mistake
from whosbehind.records import Source
from whosbehind.values import Grain

Row = dict[str, str | None]


def parse_json(text: str, where: str) -> Any:
    """The document, with numbers kept as they are spelt.

    Raises Mistake saying line and column if it is no JSON.
    """
    try:
        return json.loads(text, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Mistake(f"the JSON cannot be read: {error}.", where=where, next="Fetch or save the file again.") from error


def json_rows(source: Source, document: Any, ignored: Collection[str] = ()) -> Iterator[Row]:
    """The taken values of each row, keyed by the publisher's names.

    Missing values are None. Raises Mistake for a key that neither the manifest nor
    `ignored` names, for one that is not there and not optional, or where `rows` leads
    to no object.
    """
    if source.grain is Grain.NONE:
        return
    rows = pointer(document, source.rows)
    for index, row in enumerate(rows if isinstance(rows, list) else [rows]):
        _signal_other_keys(source, row, f"{source.rows}/{index}", ignored)
        yield {origin: _text(pointer(row, f"/{origin}")) for origin in source.origins()}


def pointer(document: Any, path: str) -> Any:
    """What a JSON pointer leads to, or None. Keys hold no `/` in the layouts read here."""
    found = document
    for step in path.split("/")[1:]:
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return found


def _signal_other_keys(source: Source, row: Any, place: str, ignored: Collection[str]) -> None:
    if not isinstance(row, dict):
        raise Mistake(f"expected an object, found {type(row).__name__}.", where=place)
    taken = {origin.split("/")[0] for origin in source.origins()}
    unknown = sorted(set(row) - taken - set(source.ignore) - set(ignored))
    missing = sorted(taken - set(row) - set(source.optional) - set(ignored))
    if unknown:
        raise Mistake(f"there is the unknown key {unknown[0]!r}.", where=place)
    if missing:
        raise Mistake(f"the key {missing[0]!r} is missing.", where=place)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
