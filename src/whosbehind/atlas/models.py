"""What people may write in content files, checked strictly."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from whosbehind.values import Grade, PublicationKind, Verdict

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
SourceIds = Annotated[tuple[Id, ...], Field(min_length=1)]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, (int, dt.date)) else value


LooseDate = Annotated[Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$")] | None, BeforeValidator(_as_text)]


class Strict(BaseModel):
    """What is not known here is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CorrectionEntry(Strict):
    """What was corrected in an entry, when and why."""

    date: dt.date
    what: Text
    reason: Text


class LoggedEntry(Strict):
    """An entry that logs what was corrected in it and in its parts."""

    corrections: tuple[CorrectionEntry, ...] = ()


class _Dated(Strict):
    from_date: Annotated[dt.date | None, Field(alias="from")] = None
    to_date: Annotated[dt.date | None, Field(alias="to")] = None

    @model_validator(mode="after")
    def _in_order(self) -> _Dated:
        if self.from_date and self.to_date and self.from_date > self.to_date:
            raise ValueError(f"`from` {self.from_date} is after `to` {self.to_date}")
        return self


class SourceEntry(Strict):
    """A publication that states a fact; `number` is its own, such as DHS/ICE/PIA-045."""

    id: Id
    kind: PublicationKind | None = None
    number: Text | None = None
    publisher: Text
    title: Text
    date: LooseDate = None
    url: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    grade: Grade
    read: Literal["full", "excerpt", "not_read"]


class AliasEntry(Strict):
    """A spelling: the field it is safe in, and the words beside it that make an ambiguous one plain.

    With `with`, one of these words must stand elsewhere in the record, else the mention is
    only possible. With `unless`, one of these words makes it no mention at all.
    `as: around` marks a maker that is named as a part or place and is not bought from.
    """

    text: Text
    where: Annotated[Literal["recipient", "description"] | None, Field(alias="in")] = None
    only_with: Annotated[tuple[Text, ...], Field(alias="with")] = ()
    unless: tuple[Text, ...] = ()
    named_as: Annotated[Literal["supplied", "around"], Field(alias="as")] = "supplied"


class PhraseEntry(Strict):
    """Words that hold the name of an organisation and mean something else, such as a town."""

    id: Id
    text: Text
    means: Text


class AroundEntry(Strict):
    """A rule by which a name stands for a platform, place or replaced brand and is not what is bought."""

    id: Id
    means: Text
    before: tuple[Text, ...] = ()
    after: tuple[Text, ...] = ()
    anywhere: tuple[Text, ...] = ()
    within: Annotated[int, Field(ge=0, le=6)] = 0
    psc: tuple[Text, ...] = ()
    unless: tuple[Text, ...] = ()
    beside_another: bool = False

    @model_validator(mode="after")
    def _looks_for_something(self) -> AroundEntry:
        if not (self.before or self.after or self.anywhere or self.psc):
            raise ValueError("a rule needs `before`, `after`, `anywhere` or `psc`")
        return self


class JudgementEntry(Strict):
    """A person's decision whether two recipients are one legal entity; a later one on the same pair undoes it."""

    id: Id
    left: Text
    right: Text
    verdict: Verdict
    author: Text
    date: dt.date
    reason: Text


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


class OrganisationEntry(LoggedEntry):
    """A company or public body; a `reseller` sells what others make, and explains no purchase by itself."""

    id: Id
    name: Text
    kind: Literal["company", "reseller", "public_body", "nonprofit"]
    description: Text
    aliases: tuple[AliasEntry | Text, ...]
    products: tuple[ProductEntry, ...] = ()
    owners: tuple[OwnerEntry, ...] = ()
    sources: SourceIds


class PredecessorEntry(Strict):
    """The agency whose work this one took over."""

    agency: Id
    date: LooseDate
    note: Text | None = None
    sources: SourceIds


class AgencyEntry(_Dated, LoggedEntry):
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
