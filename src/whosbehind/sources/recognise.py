"""Which source's layout a document has, told from its first bytes alone."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from whosbehind.errors import Mistake
from whosbehind.records import Form, Source
from whosbehind.sources.json_rows import json_rows, parse_json, pointer
from whosbehind.sources.xml_rows import Root, root_of, xml_rows

DELIMITERS = (",", ";", "\t", "|")
HEAD_BYTES = 1 << 20


@dataclass(frozen=True)
class Recognition:
    """The source a document belongs to, its delimiter, and what is wrong with its layout, if anything."""

    source: Source | None
    delimiter: str = ","
    problem: str | None = None


def recognise(
    sources: Mapping[str, Source], head: str, *, is_whole: bool, ignored: Iterable[str] = (), only: str | None = None
) -> Recognition:
    """Recognise a document by its decoded beginning.

    `head` is at most the first HEAD_BYTES; `is_whole` says that it is all there is.
    `ignored` are columns the user chose to leave out; `only` names the source to hold it against.
    """
    candidates = [sources[only]] if only else list(sources.values())
    text = head.lstrip("\ufeff").lstrip()
    if text[:1] in "{[" and text:
        return _signalled(_recognise_json(candidates, text, is_whole, frozenset(ignored)), "", sources.get(only or ""))
    root = root_of(text) if text[:1] == "<" else None
    if root:
        return _signalled(_recognise_xml(candidates, root, text, is_whole, frozenset(ignored)), "", sources.get(only or ""))
    rows = head.lstrip("\ufeff")
    if first_record(rows, ",") is None:
        return Recognition(None, problem=_no_header(head, is_whole))
    listed = (_recognise_header(candidates, rows.lstrip("\r\n"), delimiter, set(ignored)) for delimiter in DELIMITERS)
    return _signalled(max(listed, key=_strength), rows, sources.get(only or ""))


def _signalled(found: Recognition, rows: str, wanted: Source | None) -> Recognition:
    """What the header alone does not show: an empty line before it, or that it is not the source asked for."""
    if found.source is None and found.problem is None and wanted is not None:
        return Recognition(wanted, found.delimiter, f"its layout is not that of {wanted.id}")
    if found.source is not None and found.problem is None and rows[:1] in ("\r", "\n"):
        return replace(found, problem="it begins with an empty line. Remove it, so that rows keep their numbers")
    return found


def first_record(head: str, delimiter: str) -> list[str] | None:
    """The cells of the first record, or None if it does not end within `head`."""
    if not head.strip():
        return None
    if "\n" not in head and "\r" not in head and len(head.encode()) >= HEAD_BYTES:
        return None
    try:
        return next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, strict=False), None)
    except csv.Error:
        return None


def _no_header(head: str, is_whole: bool) -> str | None:
    if is_whole and not head.strip():
        return None
    return "its first row does not end within 1 MB, so it is no table of ours"


def _strength(found: Recognition) -> tuple[bool, bool]:
    return (found.source is not None, found.problem is None)


def _recognise_header(candidates: list[Source], head: str, delimiter: str, ignored: set[str]) -> Recognition:
    cells = first_record(head, delimiter) or []
    names = [cell.strip() for cell in cells]
    tabular = [source for source in candidates if source.form is Form.CSV]
    known = [source for source in tabular if set(source.recognise) <= set(names)]
    if known:
        source = max(known, key=lambda each: len(set(each.origins()) & set(names)))
        return Recognition(source, delimiter, layout_problem(source, names, ignored))
    headerless = next((source for source in tabular if source.order and _fits_order(source, names)), None)
    return Recognition(headerless, delimiter) if headerless else _near_miss(tabular, names, delimiter)


def _fits_order(source: Source, cells: list[str]) -> bool:
    """A row without header fits if it has all columns and its required cells look like a key, a day and a code."""
    if len(cells) != len(source.order):
        return False
    row = dict(zip(source.order, cells, strict=True))
    return all(row[take.origin] for take in source.take if take.is_required) and bool(
        re.fullmatch(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d", row.get("action_date", ""))
    )


def _near_miss(tabular: list[Source], names: list[str], delimiter: str) -> Recognition:
    """A header that has half of a source's columns is meant to be that source's."""
    for source in tabular:
        expected = set(source.origins()) | set(source.ignore)
        shared = expected & set(names)
        if len(shared) >= max(3, len(expected) // 2):
            return Recognition(source, delimiter, layout_problem(source, names, set()))
    return Recognition(None, delimiter)


def layout_problem(source: Source, names: list[str], ignored: set[str]) -> str | None:
    """What keeps a header from being read as the source's: missing, unknown, renamed or repeated columns."""
    repeated = sorted({name for name in names if names.count(name) > 1} - set(source.repeated))
    if repeated:
        return f"the column {repeated[0]!r} stands twice in its header"
    needed = set(source.origins()) - set(source.optional)
    missing = sorted(needed - set(names) - ignored)
    unknown = [name for name in names if name not in set(source.origins()) | set(source.ignore) | ignored]
    required = {take.origin for take in source.take if take.is_required}
    if not missing and not unknown and not (required & ignored):
        return None
    parts = [f"it lacks the column {name!r}{_renamed(name, unknown)}" for name in missing]
    parts += [f"it has the unknown column {name!r}" for name in unknown if not any(repr(name) in part for part in parts)]
    parts += [f"the column {name!r} cannot be ignored" for name in sorted(required & ignored)]
    shown = "; ".join(parts[:5]) + (f"; and {len(parts) - 5} more" if len(parts) > 5 else "")
    return f"its header is not as {source.id} declares it: {shown}"


def _renamed(missing: str, unknown: list[str]) -> str:
    near = difflib.get_close_matches(missing, unknown, n=1, cutoff=0.6)
    return f" (renamed to {near[0]!r}?)" if near else ""


def _recognise_json(candidates: list[Source], text: str, is_whole: bool, ignored: frozenset[str]) -> Recognition:
    if not is_whole:
        return Recognition(None, problem="it is a JSON document of more than 64 MB, larger than any answer of the API")
    try:
        document: Any = parse_json(text, "JSON")
    except Mistake as error:
        return Recognition(None, problem=error.what.rstrip("."))
    known = [
        (len(paths), source)
        for source in candidates
        if source.form is Form.JSON
        for paths in (source.recognise, *source.or_recognise)
        if all(_has(document, path) for path in paths)
    ]
    if not known:
        near = next((source for source in candidates if source.form is Form.JSON and _is_nearly(source, document)), None)
        return Recognition(near, problem=_json_problem(near, document, ignored)) if near else Recognition(None)
    source = max(known, key=lambda each: each[0])[1]
    return Recognition(source, problem=_json_problem(source, document, ignored))


def _recognise_xml(candidates: list[Source], root: Root, text: str, is_whole: bool, ignored: frozenset[str]) -> Recognition:
    filings = (each for each in candidates if each.form is Form.XML)
    source = next((each for each in filings if any(_names(root, name) for name in each.recognise)), None)
    if source is None:
        return Recognition(None)
    if not is_whole:
        return Recognition(source, problem="it is an XML document of more than 64 MB, larger than any filing")
    try:
        for _ in xml_rows(source, text, "XML", ignored):
            pass
    except Mistake as error:
        return Recognition(source, problem=f"its layout is not as {source.id} declares it: {error.what.rstrip('.')}")
    return Recognition(source)


def _names(root: Root, name: str) -> bool:
    """Whether a document's first element is the one named; a document type gives no namespace."""
    return root.name.rpartition(":")[2] == name.rpartition("}")[2] if root.has_type else root.name == name


def _is_nearly(source: Source, document: Any) -> bool:
    """Whether the first row has half of the source's keys: it is meant to be that source's."""
    rows = pointer(document, source.rows)
    row = rows[0] if isinstance(rows, list) and rows else rows
    expected = {origin.split("/")[0] for origin in source.origins()}
    return isinstance(row, dict) and len(expected & set(row)) >= max(3, len(expected) // 2)


def _json_problem(source: Source, document: Any, ignored: frozenset[str]) -> str | None:
    try:
        for _ in json_rows(source, document, ignored):
            pass
    except Mistake as error:
        return f"its layout is not as {source.id} declares it: at {error.where}, {error.what.rstrip('.')}"
    return None


def _has(document: Any, path: str) -> bool:
    """Whether the pointer leads anywhere, a null included."""
    parent, _, key = path.rpartition("/")
    found = pointer(document, parent)
    return key in found if isinstance(found, dict) else pointer(document, path) is not None
