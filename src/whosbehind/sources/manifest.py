"""Manifests: what a source is, which of its columns are taken, as what, and which are ignored by name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from whosbehind.errors import Mistake
from whosbehind.records import Form, Source, Take
from whosbehind.values import AgencyRole, Completeness, Grain, digest


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TakeEntry(_Strict):
    """A taken column in its long form."""

    origin: Annotated[str, Field(alias="from")]
    formats: tuple[str, ...] = ()
    required: bool = False
    pad: int = 0


class RowBounds(_Strict):
    """How many rows a document of the source is expected to have."""

    min: int = 0
    max: int | None = None


class Expectation(_Strict):
    """What a document of the source should look like."""

    rows: RowBounds = RowBounds()


class ManifestFile(_Strict):
    """A manifest as it is written in YAML."""

    title: str
    publisher: str
    licence: str
    homepage: str
    how_to_get: str
    grain: Grain
    form: Form
    recognise: tuple[str, ...]
    or_recognise: tuple[tuple[str, ...], ...] = ()
    take: dict[str, str | TakeEntry] = {}
    ignore: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    given: dict[str, str | int] = {}
    order: tuple[str, ...] = ()
    rows: str = ""
    null_values: tuple[str, ...] = ()
    completeness: Completeness = Completeness.FULL
    agency_role: AgencyRole = AgencyRole.AWARDING
    paged: bool = False
    expect: Expectation = Expectation()

    @model_validator(mode="after")
    def _no_column_twice(self) -> ManifestFile:
        both = {_origin(entry) for entry in self.take.values()} & set(self.ignore)
        if both:
            raise ValueError(f"taken and ignored at once: {', '.join(sorted(both))}")
        return self


def read_manifest(source_id: str, text: str) -> Source:
    """The source a manifest's YAML text declares.

    Raises Mistake naming the field if the text is no valid manifest.
    """
    try:
        entry = ManifestFile.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except (ValidationError, yaml.YAMLError) as error:
        raise Mistake(f"the manifest cannot be used: {error}", where=f"{source_id}/manifest.yaml") from error
    return Source(
        id=source_id,
        title=entry.title,
        publisher=entry.publisher,
        licence=entry.licence,
        homepage=entry.homepage,
        how_to_get=entry.how_to_get,
        grain=entry.grain,
        form=entry.form,
        recognise=entry.recognise,
        or_recognise=entry.or_recognise,
        take=tuple(_take(column, each) for column, each in entry.take.items()),
        ignore=entry.ignore,
        optional=entry.optional,
        repeated=entry.repeated,
        given=tuple((column, str(value)) for column, value in entry.given.items()),
        order=entry.order,
        rows=entry.rows,
        null_values=entry.null_values,
        completeness=entry.completeness,
        agency_role=entry.agency_role,
        is_paged=entry.paged,
        min_rows=entry.expect.rows.min,
        max_rows=entry.expect.rows.max,
        digest=digest(text),
    )


@cache
def bundled_sources() -> dict[str, Source]:
    """All sources of the package by id, in alphabetical order."""
    folder = resources.files("whosbehind.sources")
    found = sorted(entry.name for entry in folder.iterdir() if entry.joinpath("manifest.yaml").is_file())
    return {name: read_manifest(name, folder.joinpath(name, "manifest.yaml").read_text("utf-8")) for name in found}


def _origin(entry: str | TakeEntry) -> str:
    return entry if isinstance(entry, str) else entry.origin


def _take(column: str, entry: str | TakeEntry) -> Take:
    if isinstance(entry, str):
        return Take(column, entry)
    return Take(column, entry.origin, entry.formats, entry.required, entry.pad)
