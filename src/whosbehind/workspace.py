"""A workspace: one folder with evidence, content and lake, and everything that can be asked of it."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, BinaryIO

from whosbehind.atlas import Atlas, content_digest, content_files, judgement_yaml, load_atlas, ownerships
from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.surroundings import FlowChanges, Surroundings, flow_changes, flows_around
from whosbehind.atlas.things import find_thing
from whosbehind.atlas.trace import LONGEST, Terms
from whosbehind.atlas.tracing import Trace, Tracer
from whosbehind.claims import Bench, Claim, Finding, all_corrections, check_claim, claims_file, load_claims
from whosbehind.engine import Engine, Settings, identifier, literal
from whosbehind.errors import Mistake
from whosbehind.evidence import EvidenceStore, Flaw
from whosbehind.evidence.store import write_atomically
from whosbehind.exports import write_export
from whosbehind.figures import (
    Change,
    Explained,
    Figure,
    Lake,
    Question,
    Unexplained,
    answer,
    explain,
    impact,
    rows_behind,
    unexplained,
)
from whosbehind.figures.opened import Opened, open_rows
from whosbehind.guard import bundled_guard
from whosbehind.intake import Added, AddOptions, Arrival, Intake, expanded
from whosbehind.lock import writing
from whosbehind.paths import Paths
from whosbehind.pipeline import Build, build_key, file_digest, read_snapshot, run_build, snapshot_json
from whosbehind.profiles import Known, Profile, profile
from whosbehind.records import Corrected, Document, Judgement, Receipt, Snapshot
from whosbehind.sources import bundled_sources, rows_of
from whosbehind.tables import FAMILIES, FLOWS, RECIPIENTS, TABLES, VENDORS, table
from whosbehind.values import Verdict, digest
from whosbehind.vendors import Families, Resolved, Resolver

Ticker = Callable[[str, int, int], None]


def _silent(what: str, done: int, total: int) -> None:
    """Report nothing."""


class Workspace:
    """The folder's owner.

    Raises Mistake if the folder is no workspace; `Workspace.init` makes one.
    """

    def __init__(self, root: Path | str) -> None:
        self.paths = Paths(Path(root))
        if not self.paths.marker.exists():
            raise Mistake("this folder is no workspace.", where=str(root), next=f"Make it one with: whosbehind init {root}")
        self._store = EvidenceStore(self.paths)

    @staticmethod
    def init(root: Path | str) -> Workspace:
        """Make a folder a workspace; one that is one already stays as it is.

        Raises Mistake if the folder holds other things.
        """
        paths = Paths(Path(root))
        if paths.root.exists() and not paths.root.is_dir():
            raise Mistake("this is a file.", where=str(root), next="Choose a folder for the workspace.")
        if not paths.marker.exists():
            if paths.root.exists() and any(each.name != "content" for each in paths.root.iterdir()):
                raise Mistake("the folder is not empty.", where=str(root), next="Choose a new or empty folder.")
            write_atomically(paths, paths.marker, json.dumps({"workspace": 1}) + "\n")
        return Workspace(root)

    # Evidence ---------------------------------------------------------------

    def add(self, files: Iterable[Path], options: AddOptions | None = None, tick: Ticker = _silent) -> Iterator[Added]:
        """Keep files, folders and archives as evidence and recognise their layouts.

        Files of this workspace itself are passed over. Yields one result a document. Bytes
        are stored before they are looked at, so a document whose layout is not as declared
        is kept, and its result says what is wrong.
        """
        intake = Intake(self._store, options or AddOptions())
        listed = [path for each in files for path in expanded(each) if not _is_inside(path, self.paths.root)]
        with writing(self.paths):
            for place, path in enumerate(listed):
                tick(path.name, place, len(listed))
                yield from intake.take_file(path)

    def add_stream(self, stream: BinaryIO, name: str, options: AddOptions | None = None) -> Iterator[Added]:
        """Keep what a stream holds, such as standard input, under a name."""
        intake = Intake(self._store, options or AddOptions())
        with writing(self.paths):
            yield from intake.take_in(stream, Arrival(name, "stream"))

    def add_extract(self) -> Iterator[Added]:
        """Add the bundled extract of transactions, on which the demonstration runs."""
        data = resources.files("whosbehind").joinpath("content", "shelf", "transactions.csv").read_bytes()
        moment = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
        return self.add_stream(io.BytesIO(data), "whosbehind-extract.csv", AddOptions(received_at=moment))

    def receipts(self) -> list[Receipt]:
        """The effective receipts of all documents."""
        return self._store.receipts()

    def verify(self, tick: Ticker = _silent) -> Iterator[Flaw]:
        """Hash all evidence and the current lake again; yield what is damaged or worth a note."""
        hashed, total = 0, self._store.size()

        def advance(size: int) -> None:
            nonlocal hashed
            hashed += size
            tick("hashing the evidence", hashed, total)

        yield from self._store.verify(advance)
        snapshot = self.current()
        for name, expected in snapshot.digests.items() if snapshot else ():
            path = self.paths.lake / name
            if not path.exists():
                yield Flaw(path, "a table of the lake is missing. Run `build` again", True)
            elif file_digest(path) != expected:
                yield Flaw(path, "a table of the lake has changed. Remove it and run `build` again", True)

    # Building ---------------------------------------------------------------

    def build(self, known: dt.date | None = None, tick: Ticker = _silent, memory: str | None = None) -> Snapshot:
        """Bring the lake up to date, computing only what is missing; return the snapshot.

        `known` builds from the documents received by that day; the workspace's current
        snapshot stays what it was.
        """
        with writing(self.paths):
            documents = self._documents(known)
            key = build_key(documents, content_digest(self._content))
            snapshot = self._remembered(key) or self._run(documents, key, tick, memory)
            if known is None:
                write_atomically(self.paths, self.paths.current, json.dumps({"snapshot": snapshot.id}) + "\n")
            return snapshot

    def _run(self, documents: Sequence[Document], key: str, tick: Ticker, memory: str | None) -> Snapshot:
        with self._engine(memory) as engine:
            current = self.current()
            known = current.digests if current else {}
            snapshot = run_build(Build(self.paths, engine, documents, self.atlas, rows_of, tick, known_digests=known))
        write_atomically(self.paths, self.paths.snapshot(snapshot.id), snapshot_json(snapshot))
        write_atomically(self.paths, self.paths.build(key), json.dumps({"snapshot": snapshot.id}) + "\n")
        return snapshot

    def _remembered(self, key: str) -> Snapshot | None:
        pointer = self.paths.build(key)
        if not pointer.exists():
            return None
        path = self.paths.snapshot(json.loads(pointer.read_text("utf-8"))["snapshot"])
        snapshot = read_snapshot(path) if path.exists() else None
        is_whole = snapshot is not None and all((self.paths.lake / name).exists() for name in snapshot.digests)
        return snapshot if is_whole else None

    def _documents(self, known: dt.date | None) -> list[Document]:
        sources = bundled_sources()
        receipts = [each for each in self._store.receipts() if known is None or each.received_at.date() <= known]
        return [Document(each, sources.get(each.source_id or "")) for each in receipts]

    def current(self) -> Snapshot | None:
        """The snapshot of the last build, or None."""
        if not self.paths.current.exists():
            return None
        pointer = json.loads(self.paths.current.read_text("utf-8"))
        path = self.paths.snapshot(pointer["snapshot"])
        return read_snapshot(path) if path.exists() else None

    def snapshot(self, known: dt.date | None = None) -> Snapshot:
        """The snapshot to answer from: the last build's, or one of what was received by `known`.

        Raises Mistake if nothing was built yet.
        """
        if known is not None:
            return self.build(known)
        found = self.current()
        if found is None:
            raise Mistake("nothing is built yet.", where=str(self.paths.root), next=f"Run: whosbehind -w {self.paths.root} build")
        return found

    def is_stale(self) -> bool:
        """Whether documents or content have changed since the last build."""
        pointer = self.paths.build(build_key(self._documents(None), content_digest(self._content)))
        current = self.current()
        return current is None or not pointer.exists() or json.loads(pointer.read_text("utf-8"))["snapshot"] != current.id

    # Answers ----------------------------------------------------------------

    def figure(self, question: Question | None = None, **wanted: Any) -> Figure:
        """What was obligated: to whom, by whom, in which window, by which route; with its rows at hand.

        Takes a Question, or its fields by name: `figure(organisations=["amazon"], agencies=["ICE"])`;
        days may be text. Raises Mistake for text that is no day.
        """
        asked = question or Question.of(wanted)
        snapshot = self.snapshot(asked.known)
        with self._lake(snapshot) as lake:
            figure = answer(lake, self.atlas, asked, dt.datetime.now(dt.UTC).date())
        return replace(figure, open_rows=lambda: self._rows_behind(asked, snapshot))

    def _rows_behind(self, question: Question, snapshot: Snapshot) -> list[dict[str, Any]]:
        with self._lake(snapshot) as lake:
            return rows_behind(lake, self.atlas, question)

    def explain(self, award: str, modification: str | None = None) -> list[Explained]:
        """Why each organisation an award's actions name is, or is not, counted; one modification or all.

        Raises Mistake if the award or modification is not in the evidence.
        """
        with self._lake(self.snapshot()) as lake:
            return explain(lake, self.atlas, award, modification)

    def check(self, names: Sequence[str] = (), file: Path | None = None, tick: Ticker = _silent) -> list[Finding]:
        """The findings on claims of the content, or of a file; all of them where no name is given.

        Raises Mistake if a claim is not known or an entry cannot be used.
        """
        claims = self.claims(file)
        wanted = [self._claim(claims, name) for name in names] or list(claims.values())
        snapshot = self.snapshot()
        found = []
        with self._lake(snapshot) as lake:
            bench = Bench(lake, self.atlas, lambda question: self._rows_behind(question, snapshot))
            for place, claim in enumerate(wanted):
                tick(f"checking {claim.id}", place, len(wanted))
                found.append(check_claim(bench, claim))
        return found

    def trace(
        self,
        origin: str | None,
        target: str | None,
        as_of: dt.date | None = None,
        certain_only: bool = False,
        longest: int = LONGEST,
    ) -> Trace:
        """The documented paths of data from one thing to another; with one of them, all it reaches or that reaches it.

        `as_of` is the day on which flows must hold (None: any day). Raises Mistake if nothing goes by a name.
        """
        if origin is None and target is None:
            raise Mistake("a trace needs a beginning or an end.", next="Name one, such as: trace nlets ice.")
        snapshot, terms = self.snapshot(), Terms(as_of, certain_only)
        with self._engine(None) as engine:
            tracer = Tracer(engine, self.paths.files(snapshot, FLOWS.name), self.atlas)
            if origin is not None and target is not None:
                found = tracer.paths(origin, target, terms, longest)
            else:
                found = tracer.reach(origin or target or "", terms, forward=origin is not None, longest=longest)
        return replace(found, snapshot=snapshot.id)

    def flows(self, thing: str, day: dt.date) -> Surroundings:
        """The flows into, out of and within a thing and what belongs to it, as they stand on a day.

        Raises Mistake if nothing goes by the name.
        """
        return flows_around(self.atlas, find_thing(self.atlas, thing), day)

    def flow_changes(self, thing: str, since: dt.date, until: dt.date) -> FlowChanges:
        """Which flows around a thing began, ended or came into doubt between two days.

        Raises Mistake if nothing goes by the name, or the days are in the wrong order.
        """
        return flow_changes(self.atlas, thing, since, until)

    def profile(self, kind: str, name: str, day: dt.date) -> Profile:
        """Everything known about a system, an organisation or an agency, with flows as they stand on a day.

        Raises Mistake if nothing of that kind goes by the name.
        """
        snapshot, today = self.snapshot(), dt.datetime.now(dt.UTC).date()
        with self._lake(snapshot) as lake:
            found = profile(kind, name, Known(lake, self.atlas, self.claims(), day, today))
        money = found.money and found.money.opened_by(lambda question: self._rows_behind(question, snapshot))
        return replace(found, money=money)

    def open_rows(self, today: dt.date) -> Opened:
        """All rows of the last build with what they count for, on their own days and today, opened once for many figures."""
        with self._lake(self.snapshot()) as lake:
            return open_rows(lake, self.atlas, today)

    def known(self, day: dt.date) -> Known:
        """All that profiles without money are drawn from, as it stands on a day."""
        return Known(None, self.atlas, self.claims(), day, day)

    def claims(self, file: Path | None = None) -> dict[str, Claim]:
        """The claims of the content, or of a file, by id.

        Raises Mistake naming file and line if an entry cannot be used.
        """
        return load_claims([claims_file(file)] if file else self._content, self.atlas)

    def corrections(self) -> tuple[Corrected, ...]:
        """What was corrected in facts and findings of the content, when and why, newest first.

        Raises Mistake naming file and line if an entry cannot be used.
        """
        return all_corrections(self.atlas, self.claims().values())

    @staticmethod
    def _claim(claims: Mapping[str, Claim], name: str) -> Claim:
        if name not in claims:
            raise Mistake(f"there is no claim {name!r}.", next=suggestion(name, claims) or "List them with: whosbehind check")
        return claims[name]

    def impact(self, tick: Ticker = _silent) -> list[Change]:
        """What the content as it stands now would change in the attributions of the last build, most money first.

        The last build stays the one that answers; `build` makes the change good.
        """
        before = self.snapshot()
        self._forget_content()
        with writing(self.paths):
            documents = self._documents(None)
            key = build_key(documents, content_digest(self._content))
            after = self._remembered(key) or self._run(documents, key, tick, None)
        with self._lake(before) as lake:
            return impact(lake, replace(lake, snapshot=after))

    def unexplained(self, question: Question | None = None, **wanted: Any) -> Unexplained:
        """The technology-looking money that no organisation explains, by recipient and kind of product, largest first."""
        with self._lake(self.snapshot()) as lake:
            return unexplained(lake, self.atlas, question or Question(**wanted))

    def resolve(self, names: Iterable[str], as_of: dt.date | None = None) -> list[Resolved]:
        """What each name is judged to be: vendor, family on a day (today if left out), basis and score."""
        day, resolver = as_of or dt.datetime.now(dt.UTC).date(), self.resolver()
        return [resolver.resolve(name, day) for name in names]

    def resolver(self) -> Resolver:
        """Names against the vendors and families of the last build, for whoever asks again and again."""
        return Resolver(self.table(VENDORS.name), self.table(FAMILIES.name), self._families(), bundled_guard().recipient_kind)

    def pair(self, pair: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
        """All names of the two vendors of a pair in the review queue, by side, most money first."""
        with self._engine(None) as engine:
            names, judged = (
                engine.parquet_relation(self.paths.files(self.snapshot(), each.name)) for each in (RECIPIENTS, VENDORS)
            )
            query = (
                f"SELECT r.* FROM {names} r JOIN {judged} v "
                "USING (recipient_id, recipient_name) WHERE v.vendor_id = {} ORDER BY r.obligated_usd DESC, r.recipient_name"
            )
            return {side: engine.records(query.format(literal(pair[f"{side}_vendor_id"]))) for side in ("left", "right")}

    def _families(self) -> Families:
        return Families(self.atlas.aliases(), ownerships(self.atlas))

    def judge(self, left: str, right: str, verdict: Verdict, author: str, reason: str) -> Judgement:
        """Record a judgement in the workspace's content; the next build follows it.

        Judgements are only ever added: a later one on the same pair undoes an earlier. Raises
        Mistake where a side, the author or the reason is blank.
        """
        if not all(text.strip() for text in (left, right, author, reason)):
            raise Mistake("a judgement needs two sides, an author and a reason.", next="Give each of them.")
        day = dt.datetime.now(dt.UTC).date()
        with writing(self.paths):
            path = self.paths.content / "judgements.yaml"
            old = path.read_text("utf-8") if path.exists() else ""
            made = Judgement(f"j_{digest(left, right, old)[:12]}", left, right, verdict, author, day, reason)
            gap = "\n" if old and not old.endswith("\n") else ""
            write_atomically(self.paths, path, old + gap + judgement_yaml(made))
        self._forget_content()
        return made

    def _forget_content(self) -> None:
        """Have the content read again, since its files may have changed."""
        self.__dict__.pop("_content", None)
        self.__dict__.pop("atlas", None)

    @contextmanager
    def _lake(self, snapshot: Snapshot) -> Iterator[Lake]:
        """The tables of a snapshot, open for reading."""
        with self._engine(None) as engine:
            yield Lake(engine, self.paths, snapshot)

    def table(self, name: str, known: dt.date | None = None) -> list[dict[str, Any]]:
        """The rows of one table as dictionaries; meant for small tables.

        Raises Mistake if there is no such table.
        """
        if name not in {each.name for each in TABLES}:
            raise Mistake(f"there is no table {name!r}.", next=f"Tables: {', '.join(each.name for each in TABLES)}.")
        files = self.paths.files(self.snapshot(known), name)
        if not files:
            return []
        order = ", ".join(identifier(column) for column in table(name).key)
        with self._engine(None) as engine:
            return engine.records(f"SELECT * FROM {engine.parquet_relation(files)} ORDER BY {order}")

    def export(self, name: str, target: Path, known: dt.date | None = None) -> int:
        """Write a table to a `.csv` or `.parquet` file; returns the number of rows.

        Raises Mistake for an unknown table or kind of file.
        """
        with self._lake(self.snapshot(known)) as lake:
            return write_export(lake, name, target)

    @cached_property
    def _content(self) -> list[Any]:
        return content_files(self.paths.content)

    @cached_property
    def atlas(self) -> Atlas:
        """The bundled content, overlaid by the workspace's own.

        Raises Mistake naming file and line if an entry cannot be used.
        """
        return load_atlas(self._content)

    # Keeping order ----------------------------------------------------------

    @contextmanager
    def engine(self, memory: str | None = None) -> Iterator[Engine]:
        """An engine for reading the lake."""
        with self._engine(memory) as engine:
            yield engine

    @contextmanager
    def _engine(self, memory: str | None) -> Iterator[Engine]:
        settings = Settings.from_environment(self.paths.spill)
        engine = Engine(replace(settings, memory=memory) if memory else settings)
        try:
            yield engine
        finally:
            engine.close()


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself; opening it will say so
        return False
