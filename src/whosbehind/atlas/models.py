"""What people may write in content files, checked strictly."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from whosbehind.values import Grade

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SourceIds = Annotated[tuple[Id, ...], Field(min_length=1)]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, dt.date)) else value


LooseDate = Annotated[Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] | None, BeforeValidator(_as_text)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Dated(_Strict):
    from_date: Annotated[dt.date | None, Field(alias="from")] = None
    to_date: Annotated[dt.date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _in_order(self) -> _Dated:
        if self.from_date and self.to_date and self.from_date > self.to_date:
            raise ValueError(f"`from` {self.from_date} is after `to` {self.to_date}")
        return self


class SourceEntry(_Strict):
    """A publication that states a fact."""

    id: Id
    publisher: Text
    title: Text
    date: LooseDate = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    grade: Grade
    read: Literal["full", "excerpt", "not_read"]


class AliasEntry(_Strict):
    """A spelling, and the field it is safe in."""

    text: Text
    where: Annotated[Literal["recipient", "description"] | None, Field(alias="in")] = None


class ProductEntry(_Dated):
    """What an organisation sells."""

    id: Id
    name: Text
    aliases: tuple[AliasEntry | Text, ...]
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _dates_need_a_source(self) -> ProductEntry:
        if (self.from_date or self.to_date) and not self.sources:
            raise ValueError("a product with `from` or `to` needs `sources`")
        return self


class OwnerEntry(_Dated):
    """Who owns an organisation, from when to when."""

    organisation: Id
    confidence: Literal["high", "medium", "low"]
    sources: SourceIds


class OrganisationEntry(_Strict):
    """A company or public body."""

    id: Id
    name: Text
    kind: Literal["company", "public_body", "nonprofit"]
    description: Text
    aliases: tuple[AliasEntry | Text, ...]
    products: tuple[ProductEntry, ...] = ()
    owners: tuple[OwnerEntry, ...] = ()
    sources: SourceIds


class PredecessorEntry(_Strict):
    """The agency whose work this one took over."""

    agency: Id
    date: LooseDate
    note: Text | None = None
    sources: SourceIds


class AgencyEntry(_Dated):
    """A department or sub-agency."""

    id: Id
    name: Text
    kind: Literal["department", "agency"]
    abbreviation: Text | None = None
    code: Annotated[str, StringConstraints(pattern=r"^([0-9]{3}|[0-9A-Z]{4})$")]
    department: Id | None = None
    aliases: tuple[Text, ...] = ()
    predecessors: tuple[PredecessorEntry, ...] = ()
    sources: SourceIds

    @model_validator(mode="after")
    def _agency_has_department(self) -> AgencyEntry:
        if (self.kind == "agency") != (self.department is not None):
            raise ValueError("an agency names its `department`; a department does not")
        return self
