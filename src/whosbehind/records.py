"""What stages hand to each other when it is not a table: receipts, sources, the entries of the atlas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from whosbehind.values import (
    AgencyRole,
    Bounds,
    Completeness,
    DataCategory,
    Grade,
    Grain,
    LooseDay,
    PublicationKind,
    Role,
    Standing,
    Verdict,
    bounds,
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
    """How bytes are written as text; `encoding` is None where they are none."""

    encoding: str | None = None
    has_mixed_line_ends: bool = False
    has_empty_lines: bool = False


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
class CitedSource:
    """A publication that states a fact of the content."""

    id: str
    publisher: str
    title: str
    date: str | None
    url: str | None
    grade: Grade
    read: str
    kind: PublicationKind | None = None
    number: str | None = None


@dataclass(frozen=True)
class Alias:
    """A spelling that names an organisation or product, the field it is safe in, and what must or may not stand beside it."""

    text: str
    named_id: str
    field: str | None = None
    only_with: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    role: Role = Role.SUPPLIED


@dataclass(frozen=True)
class AroundRule:
    """When a name stands for a platform, place or replaced brand: the words beside it that say so.

    The rule applies where `before` stands at most `within` words before the name, `after` at
    most `within` words behind it, or `anywhere` in the record; only where the record's wording
    of product and service holds one of `psc` (if given) and none of `unless` stands in it;
    with `beside_another` only where another maker is named too.
    """

    id: str
    means: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    within: int = 0
    psc: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    beside_another: bool = False


@dataclass(frozen=True)
class Ownership:
    """From when to when an organisation owns what is named; None means without end."""

    named_id: str
    organisation_id: str
    from_date: dt.date | None
    to_date: dt.date | None
    rule: str
    distance: int = 0
    is_reseller: bool = False


@dataclass(frozen=True)
class Product:
    """What an organisation sells, with the days it owned it."""

    id: str
    name: str
    aliases: tuple[Alias, ...]
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Owner:
    """An organisation that owns another, with the days it did."""

    organisation_id: str
    from_date: dt.date | None
    to_date: dt.date | None
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Organisation:
    """A company or public body of the atlas."""

    id: str
    name: str
    kind: str
    description: str
    aliases: tuple[Alias, ...]
    products: tuple[Product, ...] = ()
    owners: tuple[Owner, ...] = ()
    sources: tuple[str, ...] = ()

    def all_aliases(self) -> tuple[Alias, ...]:
        """Its own aliases and those of its products."""
        return (*self.aliases, *(alias for product in self.products for alias in product.aliases))


@dataclass(frozen=True)
class Judgement:
    """A person's recorded decision whether two names (or `uei:` identifiers) are one legal entity."""

    id: str
    left: str
    right: str
    verdict: Verdict
    author: str
    date: dt.date
    reason: str


@dataclass(frozen=True)
class Dispute:
    """Who says otherwise, what they say, and where."""

    who: str
    statement: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Statement:
    """Since and until when something is said to hold, when it was last seen to, how sure that is, and who says so."""

    since: LooseDay | None
    until: LooseDay | None
    seen: LooseDay | None
    standing: Standing
    confidence: str
    note: str | None
    dispute: Dispute | None
    sources: tuple[str, ...]

    @property
    def bounds(self) -> Bounds:
        """The days between which it held, as far as its sources say."""
        return bounds(self.since, self.until, self.seen)


@dataclass(frozen=True)
class Part:
    """An agency, body or organisation with a part in a system."""

    party_id: str
    stated: Statement


@dataclass(frozen=True)
class Status:
    """What a system was from one day to another."""

    status: str
    since: LooseDay | None
    until: LooseDay | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Predecessor:
    """A system whose work another took over."""

    system_id: str
    date: LooseDay | None
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Confusion:
    """What something is taken for, and what the record says instead."""

    statement: str
    instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class System:
    """A government's information system, or a service it uses: never a company, whatever word it shares with one."""

    id: str
    name: str
    acronym: str | None
    kind: str
    operator_id: str
    operator_note: str | None
    part_of_id: str | None
    product_id: str | None
    purpose: str
    aliases: tuple[Alias, ...]
    statuses: tuple[Status, ...]
    builders: tuple[Part, ...]
    hosts: tuple[Part, ...]
    resellers: tuple[Part, ...]
    users: tuple[Part, ...]
    documents: tuple[str, ...]
    predecessors: tuple[Predecessor, ...]
    confusions: tuple[Confusion, ...]
    unknown: tuple[str, ...]
    confidence: str
    note: str | None
    sources: tuple[str, ...]

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Everyone with a part in it, with the part: builder, host, reseller, user."""
        for role in ("builder", "host", "reseller", "user"):
            yield from ((role, part) for part in getattr(self, f"{role}s"))


@dataclass(frozen=True)
class Body:
    """An office, a state, local or foreign agency, or a group that the record names only as a group."""

    id: str
    name: str
    kind: str
    part_of_id: str | None
    description: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """A category of data that passes from one thing of the atlas to another."""

    id: str
    from_id: str
    to_id: str
    category: DataCategory
    data: str
    channel: str | None
    authority: tuple[str, ...]
    stated: Statement
    passes_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Law:
    """A statute, order or policy and what it does to the flows of data."""

    id: str
    name: str
    kind: str
    citation: str | None
    since: LooseDay | None
    until: LooseDay | None
    effect: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Contract:
    """A contract or order and the systems it is for; `modifies_id` where it only changes another."""

    id: str
    title: str
    piid: str | None
    agency_id: str
    vendor_id: str | None
    systems: tuple[str, ...]
    since: LooseDay | None
    until: LooseDay | None
    modifies_id: str | None
    confidence: str
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """A number that a source states about something, on a day or over the days of its statement."""

    id: str
    about_id: str
    quantity: str
    value: Decimal
    unit: str
    on: LooseDay | None
    stated: Statement


@dataclass(frozen=True)
class Agency:
    """A department or sub-agency with the names and codes it goes by."""

    id: str
    name: str
    kind: str
    abbreviation: str
    code: str
    department_id: str | None = None
    aliases: tuple[str, ...] = ()
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    predecessors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def spellings(self) -> tuple[str, ...]:
        """All spellings by which the agency is known, in upper case."""
        return tuple(dict.fromkeys(text.upper() for text in (self.id, self.abbreviation, self.code, self.name, *self.aliases)))


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


@dataclass(frozen=True)
class Snapshot:
    """The lake files of one build, by table, with their digests; and what was noted while it was made."""

    id: str
    files: Mapping[str, tuple[str, ...]]
    digests: Mapping[str, str]
    notes: tuple[str, ...]
    last_received_date: dt.date | None
