"""Traces against every chain there is: the same paths, the shortest first, on the day and in the certainty asked for."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.atlas import invented
from tests.effort import effort
from whosbehind.atlas import Atlas
from whosbehind.atlas.tables import flow_records
from whosbehind.atlas.trace import FlowTable, Terms, chains
from whosbehind.atlas.tracing import BROKEN, Trace, Tracer, step_of
from whosbehind.engine import Engine, Settings
from whosbehind.errors import Mistake
from whosbehind.records import CitedSource, Flow, Statement, System
from whosbehind.render import show_trace
from whosbehind.tables import FLOWS
from whosbehind.values import DataCategory, Grade, Held, LooseDay, Standing

DAY = dt.date(2020, 6, 15)
NAMES = "abcdef"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = Engine(Settings(tmp_path_factory.mktemp("spill")))
    yield opened
    opened.close()


def system(name: str) -> System:
    fields: dict[str, object] = dict.fromkeys(System.__dataclass_fields__, ())
    texts = dict.fromkeys(("acronym", "operator_note", "part_of_id", "product_id", "note"))
    named = {"id": name, "name": name, "kind": "system", "operator_id": "nobody", "purpose": "Invented.", "confidence": "high"}
    return System(**{**fields, **texts, **named})  # type: ignore[arg-type]


def atlas_of(flows: Sequence[Flow]) -> Atlas:
    source = CitedSource("invented", "Example Register", "A register", None, None, Grade.A, "full")
    empty: dict[str, dict[str, object]] = {kind: {} for kind in "agencies organisations bodies laws contracts facts".split()}
    return Atlas(
        sources={"invented": source},
        systems={name: system(name) for name in NAMES},
        flows={flow.id: flow for flow in flows},
        phrases=(),
        around=(),
        judgements=(),
        **empty,  # type: ignore[arg-type]
    )


def tracer(engine: Engine, atlas: Atlas) -> Tracer:
    schema = pa.schema(
        [
            (column.name, {"VARCHAR": pa.string(), "DATE": pa.date32()}.get(column.type.sql, pa.int64()))
            for column in FLOWS.columns
        ]
    )
    folder = Path(tempfile.mkdtemp())
    pq.write_table(pa.Table.from_pylist(flow_records(atlas), schema), folder / "flows.parquet")
    return Tracer(engine, [folder / "flows.parquet"], atlas)


days = st.integers(2018, 2022).map(str) | st.sampled_from(["2020-06", "2020-06-14", "2020-06-15", "2020-06-16"])


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    chosen = sorted((LooseDay(draw(days)) for _ in range(3)), key=lambda day: day.first)
    since, seen, until = (day if draw(st.booleans()) else None for day in chosen)
    standing = draw(st.sampled_from([Standing.DOCUMENTED, Standing.DOCUMENTED, Standing.ALLEGED]))
    confidence = draw(st.sampled_from(["high", "medium", "low"]))
    return Statement(since, until, seen, standing, confidence, None, None, ("invented",))


@st.composite
def graphs(draw: st.DrawFn) -> list[Flow]:
    ends = draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12))
    return [
        Flow(f"f{number:02d}", origin, target, DataCategory.IDENTITY, "data", None, (), draw(statements()))
        for number, (origin, target) in enumerate(ends)
        if origin != target
    ]


def every_chain(flows: Collection[Flow], start: str, goal: str, longest: int) -> list[tuple[str, ...]]:
    """Each chain of flows that meets nothing twice, by brute force: shortest first, then by ids."""
    found: list[tuple[str, ...]] = []
    walks: list[tuple[tuple[str, ...], tuple[str, ...]]] = [((f.id,), (start, f.to_id)) for f in flows if f.from_id == start]
    while walks:
        chain, met = walks.pop()
        if met[-1] == goal:
            found.append(chain)
        elif len(chain) < longest:
            onward = (flow for flow in flows if flow.from_id == met[-1] and flow.to_id not in met)
            walks += [((*chain, flow.id), (*met, flow.to_id)) for flow in onward]
    return sorted(found, key=lambda chain: (len(chain), chain))


def ids(trace: Trace) -> list[tuple[str, ...]]:
    return [tuple(step.flow.id for step in path.steps) for path in trace.paths]


def may_hold(flow: Flow) -> bool:
    return flow.stated.bounds.held(DAY) not in (Held.ENDED, Held.NOT_YET)


def is_certain(flow: Flow) -> bool:
    return flow.stated.standing is Standing.DOCUMENTED and flow.stated.confidence != "low"


@settings(max_examples=effort(30, 500))
@given(flows=graphs(), longest=st.integers(1, 6))
def test_a_trace_finds_every_path_that_may_hold_on_the_day_and_no_other_the_shortest_first(
    engine: Engine, flows: list[Flow], longest: int
) -> None:
    found = tracer(engine, atlas_of(flows)).paths("a", "b", Terms(DAY), longest)
    assert ids(found) == every_chain([flow for flow in flows if may_hold(flow)], "a", "b", longest)
    assert found.flow_count == sum(map(may_hold, flows))


@settings(max_examples=effort(20, 300))
@given(flows=graphs())
def test_a_certain_path_is_made_of_flows_that_sources_show_on_the_day_and_nobody_doubts(
    engine: Engine, flows: list[Flow]
) -> None:
    shown = [flow for flow in flows if is_certain(flow) and flow.stated.bounds.held(DAY) is Held.IN_FORCE]
    assert ids(tracer(engine, atlas_of(flows)).paths("a", "b", Terms(DAY, certain_only=True))) == every_chain(shown, "a", "b", 6)
    ever = tracer(engine, atlas_of(flows)).paths("a", "b", Terms(None, certain_only=True))
    assert ids(ever) == every_chain([flow for flow in flows if is_certain(flow)], "a", "b", 6)


@settings(max_examples=effort(20, 300))
@given(flows=graphs())
def test_a_broken_path_is_a_path_of_other_days_and_names_each_step_that_does_not_hold(engine: Engine, flows: list[Flow]) -> None:
    found = tracer(engine, atlas_of(flows)).paths("a", "b", Terms(DAY))
    by_id = {flow.id: flow for flow in flows}
    chains_ever = every_chain(flows, "a", "b", 6)
    expected = [chain for chain in chains_ever if not all(may_hold(by_id[name]) for name in chain)]
    assert [tuple(step.flow.id for step in path.steps) for path in found.broken] == expected[:BROKEN]
    for path in found.broken:
        assert {step.flow.id for step in path.broken_by} == {step.flow.id for step in path.steps if not may_hold(step.flow)}


@settings(max_examples=effort(20, 300))
@given(flows=graphs(), longest=st.integers(1, 6))
def test_what_is_reached_is_what_some_path_leads_to_in_as_many_steps_as_the_shortest_one(
    engine: Engine, flows: list[Flow], longest: int
) -> None:
    holding = [flow for flow in flows if may_hold(flow)]
    for forward in (True, False):
        found = tracer(engine, atlas_of(flows)).reach("a", Terms(DAY), forward=forward, longest=longest)
        ways = {name: every_chain(holding, *(("a", name) if forward else (name, "a")), longest) for name in NAMES if name != "a"}
        assert {each.id: each.steps for each in found.reached} == {name: len(ways[name][0]) for name in ways if ways[name]}


def test_a_list_of_paths_that_is_cut_says_so(engine: Engine) -> None:
    stated = Statement(None, None, LooseDay("2020"), Standing.DOCUMENTED, "high", None, None, ("invented",))
    flows = [Flow(f"f{n}", "a", "b", DataCategory.IDENTITY, "data", None, (), stated) for n in range(5)]
    traced = tracer(engine, atlas_of(flows))
    cut, whole = (traced.paths("a", "b", Terms(DAY), most=most) for most in (4, 5))
    assert [(found.is_cut, found.is_broken_cut, found.chain_count) for found in (cut, whole)] == [
        (True, True, 4),
        (False, False, 5),
    ]
    graph, _ = FlowTable(engine, traced.files).graphs(Terms())
    assert chains(graph, [0], [1], most=4).chains == ((0,), (1,), (2,), (3,))


def test_paths_that_lie_behind_the_chains_that_were_looked_at_are_said_to_be_missing(
    engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    stated = Statement(None, None, LooseDay("2020"), Standing.DOCUMENTED, "high", None, None, ("invented",))
    ended = replace(stated, until=LooseDay("2020-01"), seen=None)
    kinds = [DataCategory.HEALTH] * 3 + [DataCategory.IDENTITY]
    flows = [Flow("in", "a", "c", DataCategory.IDENTITY, "data", None, (), stated)]
    flows += [Flow(f"out{place}", "c", "b", kind, "data", None, (), stated) for place, kind in enumerate(kinds)]
    flows += [Flow(f"gone{place}", "a", "b", DataCategory.IDENTITY, "data", None, (), ended) for place in range(BROKEN + 2)]
    traced = tracer(engine, atlas_of(flows))
    cut = traced.paths("a", "b", Terms(DAY, certain_only=True), most=2)
    assert (cut.paths, cut.chain_count, cut.is_cut) == ((), 0, False)  # no source shows them on that day
    cut = traced.paths("a", "b", Terms(None, certain_only=True), most=BROKEN + 4)
    assert [path.steps[0].flow.id for path in cut.paths] == [f"gone{place}" for place in sorted(map(str, range(BROKEN + 2)))]
    assert (cut.chain_count, cut.is_cut) == (BROKEN + 4, True)
    on_the_day = traced.paths("a", "b", Terms(DAY), most=3)
    assert (len(on_the_day.paths), on_the_day.is_cut, on_the_day.broken_count, on_the_day.is_broken_cut) == (3, True, 3, True)
    show_trace(on_the_day, "table")
    said = " ".join(capsys.readouterr().out.split())
    assert "No documented path among the shortest 3 chains from a to b" in said
    assert "! There are more chains, and some of them may be paths" in said
    assert "! Paths that do not hold were looked for among the shortest chains of all days only." in said
    whole = traced.paths("a", "b", Terms(DAY))
    assert (whole.broken_count, len(whole.broken), whole.is_broken_cut) == (BROKEN + 2, BROKEN, False)
    show_trace(whole, "table")
    assert "… and 2 more paths like these." in capsys.readouterr().out


def test_an_atlas_without_flows_has_no_paths_and_reaches_nothing(engine: Engine) -> None:
    traced = tracer(engine, atlas_of([]))
    assert traced.paths("a", "b", Terms(DAY)).paths == ()
    assert traced.reach("a", Terms(), forward=True).reached == ()


def test_reaching_an_agency_is_reaching_a_system_of_an_office_of_it_and_the_path_says_why(engine: Engine) -> None:
    found = tracer(engine, invented.atlas()).paths("Licensed drivers", "ICE", Terms(dt.date(2020, 1, 1)))
    assert ids(found) == [("licences_sold", "licences_to_vellumnet")]
    assert found.paths[0].belongs == "operated by Bureau of Examples"
    assert (found.from_name, found.to_name) == ("Licensed drivers", "ICE")


def test_data_of_a_company_are_those_of_what_it_sells_and_of_what_it_owns_on_the_day(engine: Engine) -> None:
    traced = tracer(engine, invented.atlas())
    assert traced.paths("quorvex", "vellumnet", Terms(dt.date(2020, 1, 1))).paths[0].begins == "sold by Quorvex"
    owned, before = (traced.paths("vellumnet", "quorvex", Terms(day)) for day in (dt.date(2020, 1, 1), dt.date(2019, 7, 31)))
    assert [path.belongs for path in owned.paths] == ["owned by Quorvex"]
    assert before.paths == ()


def test_a_path_that_is_gone_names_the_step_that_ended_with_its_note(engine: Engine) -> None:
    found = tracer(engine, invented.atlas()).paths("drivers", "vellumnet", Terms(dt.date(2023, 1, 1)))
    assert found.paths == ()
    step = found.broken[0].broken_by[0]
    assert (step.flow.id, step.held, step.flow.stated.note) == (
        "licences_to_vellumnet",
        Held.ENDED,
        "The bureau let the subscription lapse.",
    )


def test_the_days_on_which_all_steps_are_shown_are_those_that_each_source_covers(engine: Engine) -> None:
    path = tracer(engine, invented.atlas()).paths("drivers", "vellumnet", Terms(dt.date(2020, 1, 1))).paths[0]
    assert path.together == (dt.date(2016, 3, 31), dt.date(2021, 6, 30))
    assert path.as_json()["shown_together"] == {"since": "2016-03-31", "until": "2021-06-30"}


def test_a_name_that_nothing_goes_by_is_a_mistake_with_near_names(engine: Engine) -> None:
    with pytest.raises(Mistake, match="Did you mean VELLUMNET"):
        tracer(engine, invented.atlas()).paths("drivers", "velumnet", Terms())


def test_a_flow_that_left_the_content_after_the_build_says_what_to_do(engine: Engine) -> None:
    atlas = invented.atlas()
    files = tracer(engine, atlas).files
    atlas_now = atlas_of([flow for flow in atlas.flows.values() if flow.id != "licences_sold"])
    later = Tracer(engine, files, replace(atlas, flows=atlas_now.flows))
    with pytest.raises(Mistake, match="whosbehind build"):
        later.paths("drivers", "brammix", Terms())


def test_a_step_says_each_of_its_doubts() -> None:
    atlas = invented.atlas()
    doubts = step_of(atlas, atlas.flows["licences_to_bureau"], dt.date(2026, 1, 1)).doubts
    assert doubts == ("contested", "medium confidence", "last documented 2024-05, no end known")
