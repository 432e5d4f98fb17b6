"""Rows of a JSON answer as text, each value exactly as the document spells it.

A manifest names a value by the keys that lead to it, with `/` between them. `*` stands for every
element of a list and `#` for their number; a name that begins with `/` leads from the document's
top instead of from the row. The texts of a list stand with `; ` between them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from whosbehind.errors import Mistake
from whosbehind.records import Source
from whosbehind.values import Grain

Row = dict[str, str | None]
EVERY, NUMBER = "*", "#"


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
    `ignored` names, for one that is not there and not optional, where `rows` leads
    to no object, or where a list is declared and none stands.
    """
    if source.grain is Grain.NONE:
        return
    rows = pointer(document, source.rows)
    for index, row in enumerate(rows if isinstance(rows, list) else [rows]):
        place = f"{source.rows}/{index}"
        _signal_other_keys(source, row, place, ignored)
        yield {origin: _value(document, row, origin, place) for origin in source.origins()}


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


def _value(document: Any, row: Any, origin: str, place: str) -> str | None:
    if origin.startswith("/"):
        return _text(pointer(document, origin))
    head, _, rest = origin.partition("/")
    if rest and rest[0] in (EVERY, NUMBER):
        return _of_list(row.get(head), rest, f"{place}/{head}")
    return _text(pointer(row, f"/{origin}"))


def _of_list(found: Any, rest: str, place: str) -> str | None:
    if found is None:
        return None
    if not isinstance(found, list):
        raise Mistake(f"expected a list, found {type(found).__name__}.", where=place)
    if rest == NUMBER:
        return str(len(found))
    texts = (_text(pointer(each, rest[len(EVERY) :])) for each in found)
    return "; ".join(text.strip() for text in texts if text and text.strip()) or None


def _signal_other_keys(source: Source, row: Any, place: str, ignored: Collection[str]) -> None:
    if not isinstance(row, dict):
        raise Mistake(f"expected an object, found {type(row).__name__}.", where=place)
    origins = [origin for origin in source.origins() if not origin.startswith("/")]
    taken = {origin.split("/")[0] for origin in origins}
    unknown = sorted(set(row) - taken - set(source.ignore) - set(ignored))
    missing = sorted(taken - set(row) - set(source.optional) - set(ignored))
    if unknown:
        raise Mistake(f"there is the unknown key {unknown[0]!r}.", where=place)
    if missing:
        raise Mistake(f"the key {missing[0]!r} is missing.", where=place)
    for key, known in _keys_of_elements(origins, source.ignore).items():
        _signal_unknown_elements(row.get(key) or (), known | set(ignored), f"{place}/{key}")


def _keys_of_elements(origins: Collection[str], ignore: Collection[str]) -> dict[str, set[str]]:
    """The keys known of the objects in each list whose objects are read: `letters/*/agency` → agency."""
    found: dict[str, set[str]] = defaultdict(set)
    for origin in origins:
        parts = origin.split(f"/{EVERY}/")
        if len(parts) == 2:
            found[parts[0]].add(parts[1])
    for name in ignore:
        parts = name.split(f"/{EVERY}/")
        if len(parts) == 2 and parts[0] in found:
            found[parts[0]].add(parts[1])
    return found


def _signal_unknown_elements(elements: Collection[Any], known: set[str], place: str) -> None:
    for index, element in enumerate(elements):
        if not isinstance(element, dict):
            raise Mistake(f"expected an object, found {type(element).__name__}.", where=f"{place}/{index}")
        unknown = sorted(set(element) - known)
        if unknown:
            raise Mistake(f"there is the unknown key {unknown[0]!r}.", where=f"{place}/{index}")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, (dict, list)):
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
