"""Entries checked one by one against what may be written; every mistake names file, line and mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.files import ContentFile, Entry, entries
from whosbehind.atlas.models import AliasEntry, CorrectionEntry, OwnerEntry, PredecessorEntry, ProductEntry
from whosbehind.atlas.system_models import ConfusionEntry, DisputeEntry, PartEntry, StatusEntry
from whosbehind.errors import Mistake

Model = TypeVar("Model", bound=BaseModel)
# The fields and places in lists that lead to a part of an entry.
FieldPath = tuple[str | int, ...]
# What the lists inside an entry hold.
PARTS: dict[str | int, type[BaseModel]] = {
    "aliases": AliasEntry,
    "products": ProductEntry,
    "owners": OwnerEntry,
    "predecessors": PredecessorEntry,
    **dict.fromkeys(("builders", "hosts", "resellers", "users"), PartEntry),
    "statuses": StatusEntry,
    "confusions": ConfusionEntry,
    "disputed_by": DisputeEntry,
    "corrections": CorrectionEntry,
}


def checked(files: Sequence[ContentFile], kind: str, model: type[Model]) -> dict[str, tuple[Entry, Model]]:
    """The entries of a kind by id; those of a workspace overlay the bundled ones.

    Raises Mistake where an entry cannot be used or an id stands twice.
    """
    found: dict[str, tuple[Entry, Model]] = {}
    for file in files:
        if file.kind != kind:
            continue
        for entry in entries(file):
            checked = _validated(entry, model)
            key: str = checked.id  # type: ignore[attr-defined]
            earlier = found.get(key)
            if earlier and earlier[0].file.is_bundled == file.is_bundled:
                raise wrong(
                    entry,
                    ("id",),
                    f"the id {key!r} stands already in {earlier[0].file.name}, line {earlier[0].line}.",
                    "Rename one.",
                )
            found[key] = (entry, checked)
    return found


def _validated(entry: Entry, model: type[Model]) -> Model:
    try:
        return model.model_validate(entry.data)
    except ValidationError as error:
        listed = error.errors()  # a misspelt field is also a missing one; that it is not known says more
        first = next((each for each in listed if each["type"] == "extra_forbidden"), listed[0])
        path = tuple(step for step in first["loc"] if step not in ("AliasEntry", "constrained-str"))
        raise wrong(entry, path, *_mend(first, path, model)) from error


def _mend(first: Any, path: FieldPath, model: type[BaseModel]) -> tuple[str, str]:
    field = ".".join(str(step) for step in path)
    if first["type"] == "extra_forbidden":
        inner = next((PARTS[step] for step in reversed(path[:-1]) if step in PARTS), model)
        known = [info.alias or name for name, info in inner.model_fields.items()]
        near = suggestion(str(path[-1]), known)
        return f"the field {field!r} is not known here.", near or f"Known fields: {', '.join(known)}."
    if first["type"] == "missing":
        return f"the field {field!r} is missing.", "Add it."
    if first["type"] == "string_pattern_mismatch" and path and path[-1] == "id":
        return f"{first['input']!r} is no id.", "Write it in lower case with underscores, such as motorola_solutions."
    if first["type"] == "string_too_short":
        return f"the field {field!r} is empty.", "Fill it in."
    message = f"{first['msg'].removeprefix('Value error, ')}."
    return (f"the field {field!r} cannot be used: {message}" if field else message), ""


def parts(model: BaseModel, path: FieldPath = ()) -> Iterator[tuple[FieldPath, BaseModel]]:
    """A model and every model inside it, each with the path to it."""
    yield path, model
    for name, value in model:
        listed = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for place, part in listed:
            if isinstance(part, BaseModel):
                yield from parts(part, (*path, name) if place is None else (*path, name, place))


def wrong(entry: Entry, path: FieldPath, what: str, mend: str) -> Mistake:
    """A mistake in an entry, at the line of the field a path leads to."""
    return Mistake(what, where=f"{entry.file.name}, line {entry.line_of(path)}", next=mend or None)
