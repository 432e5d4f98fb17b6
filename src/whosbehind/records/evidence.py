"""Documents as they come: receipts, the sources that read them, snapshots."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from whosbehind.values import (
    AgencyRole,
    Completeness,
    Grain,
)


class Form(StrEnum):
    """How a document holds its rows."""

    CSV = "csv"
    JSON = "json"
    XML = "xml"


@dataclass(frozen=True)
class Take:
    """One column taken from a publisher: our name, theirs, and how its values are written."""

    column: str
    origin: str
    formats: tuple[str, ...] = ()
    is_required: bool = False
    pad: int = 0


@dataclass(frozen=True)
class Source:
    """One feed of a publisher's records, as its manifest declares it.

    `repeated` are names that its header holds more than once. `given` are columns of ours
    that the layout implies and no row states, each with its value.
    """

    id: str
    title: str
    publisher: str
    licence: str
    homepage: str
    how_to_get: str
    grain: Grain
    form: Form
    recognise: tuple[str, ...]
    or_recognise: tuple[tuple[str, ...], ...] = ()
    take: tuple[Take, ...] = ()
    ignore: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    rows: str = ""
    null_values: tuple[str, ...] = ()
    completeness: Completeness = Completeness.FULL
    agency_role: AgencyRole = AgencyRole.AWARDING
    is_paged: bool = False
    min_rows: int = 0
    max_rows: int | None = None
    digest: str = ""

    @property
    def place_prefix(self) -> str:
        """What stands between `#` and the row number in a citation."""
        if self.form is Form.CSV:
            return "row="
        if self.form is Form.XML:
            return "fact="
        return f"{self.rows}/" if self.rows else "object="

    def origins(self) -> tuple[str, ...]:
        """The publisher's names of the columns taken."""
        return tuple(dict.fromkeys(take.origin for take in self.take))


@dataclass(frozen=True)
class Scope:
    """What a document is declared to cover: all transactions of these agencies in these days."""

    agencies: tuple[str, ...]
    since: dt.date
    until: dt.date

    def text(self) -> str:
        """The scope as the command line takes it."""
        return f"{','.join(self.agencies)}:{self.since}:{self.until}"


@dataclass(frozen=True)
class TextTraits:
    """How bytes are written as text; `encoding` is None where they are none.

    Odd blanks are those beyond ASCII, such as the no-break space; nobody looked for them where older receipts were written.
    """

    encoding: str | None = None
    has_mixed_line_ends: bool = False
    has_empty_lines: bool = False
    may_have_odd_blanks: bool = True


@dataclass(frozen=True)
class Receipt:
    """How, when and under what name a document came."""

    document_id: str
    file_name: str
    received_at: dt.datetime
    came_by: str
    size_bytes: int
    text: TextTraits = TextTraits()
    source_id: str | None = None
    delimiter: str = ","
    problem: str | None = None
    archive_id: str | None = None
    scope: Scope | None = None
    ignored_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """One document as the ledger sees it: its effective receipt and the source that reads it."""

    receipt: Receipt
    source: Source | None
    order: int = field(default=0, compare=False)

    @property
    def id(self) -> str:
        """SHA-256 of the bytes."""
        return self.receipt.document_id

    @property
    def may_have_odd_blanks(self) -> bool:
        """Whether a value may hold blanks beyond ASCII; JSON and XML can spell them in ASCII."""
        return self.receipt.text.may_have_odd_blanks or self.source is None or self.source.form is not Form.CSV


@dataclass(frozen=True)
class Snapshot:
    """The lake files of one build, by table, with their digests; and what was noted while it was made."""

    id: str
    files: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, str]
    notes: tuple[str, ...]
    last_received_date: dt.date | None
