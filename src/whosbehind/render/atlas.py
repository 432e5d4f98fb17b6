"""Traces, the flows around a thing, and what changed among them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from whosbehind.atlas.surroundings import Direction
from whosbehind.render.prose import Footnotes, correction_text, days_text, paragraph, source_text
from whosbehind.render.terminal import say, show_csv, show_json, show_table
from whosbehind.values import Held, count, text_of

if TYPE_CHECKING:
    from whosbehind.atlas.surroundings import FlowChange, FlowChanges, NearFlow, Surroundings
    from whosbehind.atlas.tracing import DataPath, Step, Trace

# What is shown of long lists; json and csv have all.
PATHS_SHOWN, REACHED_SHOWN, FLOWS_SHOWN = 10, 60, 40
STEP_COLUMNS = (
    "flow_id from from_name to to_name category data channel authority since until seen held standing confidence doubts note "
    "disputed_by corrections sources"
).split()
WAYS = {Direction.IN: "Comes in", Direction.OUT: "Goes out", Direction.WITHIN: "Passes between what belongs to it"}


def show_trace(trace: Trace, output: str) -> None:
    """The paths of a trace, or all that it reached, in the asked format."""
    if output == "json":
        show_json(trace.as_json())
    elif trace.from_id and trace.to_id:
        if output == "csv":
            _paths_csv(trace)
        else:
            _paths_table(trace)
    elif output == "csv":
        show_csv(("id", "name", "steps"), [each.__dict__ for each in trace.reached])
    else:
        _reached_table(trace)


def _paths_csv(trace: Trace) -> None:
    """One line a step; broken paths behind the others."""
    lines = []
    for number, path in enumerate((*trace.paths, *trace.broken), start=1):
        for place, step in enumerate(path.steps, start=1):
            lines.append({"path": number, "step": place, "is_broken": bool(path.broken_by), **_flat(step)})
    show_csv(("path", "step", "is_broken", *STEP_COLUMNS), lines)


def _flat(step: Step) -> dict[str, Any]:
    entry, dispute = step.as_json(), step.flow.stated.dispute
    return {
        **entry,
        "authority": "; ".join(step.authority),
        "doubts": "; ".join(step.doubts),
        "disputed_by": f"{dispute.who}: {dispute.statement}" if dispute else None,
        "corrections": "; ".join(correction_text(each) for each in step.flow.corrections),
        "sources": "; ".join(source_text(source) for source in step.sources),
    }


def _paths_table(trace: Trace) -> None:
    whole = [path for path in trace.paths if path.is_continuous]
    loose = [path for path in trace.paths if not path.is_continuous]
    found = count(len(whole), "documented path") if whole else "No documented path"
    found += f" among the shortest {trace.chain_count:,} chains" if trace.is_cut else ""
    say(f"{found} from {trace.from_name} to {trace.to_name} {_when(trace)}.", style="bold")
    _say_searched(trace)
    _show_paths(whole)
    if loose:
        say()
        say("Chains of flows that may be no path", style="bold")
        paragraph("Each flow is documented; that what comes in at one step is what goes out at the next is not.", style="dim")
        _show_paths(loose)
    if trace.is_cut:
        _say_cut("There are more chains, and some of them may be paths; a lower --up-to leaves fewer.")
    _broken_table(trace)
    if trace.is_broken_cut:
        _say_cut("Paths that do not hold were looked for among the shortest chains of all days only.")


def _when(trace: Trace) -> str:
    return f"on {trace.as_of}" if trace.as_of else "on whatever day"


def _say_searched(trace: Trace) -> None:
    paragraph(f"Looked through {_searched(trace)}.", style="dim")
    if trace.certain_only and trace.as_of and not trace.flow_count:
        paragraph("No source shows what holds on that day; ask for an earlier one (--as-of), or for any (--ever).", style="dim")


def _searched(trace: Trace) -> str:
    which = "that may hold on that day" if trace.as_of else "of any day"
    if trace.certain_only:
        which = "that are shown to hold on that day and not in doubt" if trace.as_of else "of any day that are not in doubt"
    return f"{count(trace.flow_count, 'flow')} {which}, for chains of up to {count(trace.longest, 'step')}"


def _show_paths(paths: Sequence[DataPath]) -> None:
    for number, path in enumerate(paths[:PATHS_SHOWN], start=1):
        say()
        doubt = "" if path.is_certain else ", in doubt"
        say(f"{number}. {count(len(path.steps), 'step')}{doubt}", style="bold")
        _say_belonging(path)
        for place, step in enumerate(path.steps, start=1):
            _show_step(step, place)
        _say_together(path)
    if len(paths) > PATHS_SHOWN:
        say()
        say(f"… and {len(paths) - PATHS_SHOWN:,} more; all of them with: --format csv", style="dim")


def _say_belonging(path: DataPath) -> None:
    ends = ((path.steps[0].from_name, path.begins, "begins"), (path.steps[-1].to_name, path.belongs, "ends"))
    for name, reason, verb in ends:
        if reason:
            paragraph(f"It {verb} at {name}: {reason}.", indent=3, hanging=2, style="dim")


def _show_step(step: Step, place: int) -> None:
    flow, stated = step.flow, step.flow.stated
    paragraph(f"{place}. {step.from_name} → {step.to_name}: {passing(step)}", indent=3, hanging=3)
    seen = None if any(doubt.startswith("last documented") for doubt in step.doubts) else stated.seen
    parts = (
        f"via {flow.channel}" if flow.channel else "",
        f"authority: {'; '.join(step.authority)}" if step.authority else "",
        days_text(*(text_of(day) for day in (stated.since, stated.until, seen))),
    )
    details = " · ".join(part for part in parts if part)
    for text in (details, f"note: {stated.note}" if stated.note else "", *map(correction_text, flow.corrections)):
        if text:
            paragraph(text, indent=6, hanging=2)
    for source in step.sources:
        paragraph(f"source: {source_text(source)}", indent=6, hanging=2, style="dim")
    _say_doubts(step, indent=6)


def passing(step: Step) -> str:
    """What passes, and what kind of data it is."""
    return f"{step.flow.data.rstrip('.')} ({step.flow.category})"


def _say_doubts(step: Step, indent: int) -> None:
    dispute = step.flow.stated.dispute
    if step.doubts:
        paragraph(f"! {'; '.join(step.doubts)}", indent=indent, hanging=2, style="yellow")
    if dispute:
        paragraph(f"! disputed by {dispute.who}: {dispute.statement}", indent=indent, hanging=2, style="yellow")


def _say_together(path: DataPath) -> None:
    if len(path.steps) == 1:
        return
    days = path.together
    text = (
        f"Sources show all steps at once from {days[0]} to {days[1]}." if days else "On no day do sources show all steps at once."
    )
    paragraph(text, indent=3, hanging=2)


def _broken_table(trace: Trace) -> None:
    """Paths of other days, each with the step that ended, when, why, and who says so."""
    if not trace.broken:
        return
    say()
    say("Paths that no longer hold" if _has_ended(trace.broken) else "Paths that do not hold yet", style="bold")
    for number, path in enumerate(trace.broken, start=1):
        names = [path.steps[0].from_name, *(step.to_name for step in path.steps)]
        paragraph(f"{number}. {' → '.join(names)}", indent=0, hanging=3)
        for step in path.broken_by:
            _show_break(step, path.steps.index(step) + 1)
    if trace.broken_count > len(trace.broken):
        say(f"… and {count(trace.broken_count - len(trace.broken), 'more path')} like these.", style="dim")
    say("Each step of these paths: --format csv", style="dim")


def _say_cut(text: str) -> None:
    say()
    paragraph(f"! {text}", hanging=2, style="yellow")


def _has_ended(paths: Iterable[DataPath]) -> bool:
    return any(step.held is Held.ENDED for path in paths for step in path.broken_by)


def _show_break(step: Step, place: int) -> None:
    stated = step.flow.stated
    if step.held is Held.ENDED:
        what = f"ended {stated.until.text}" if stated.until else "ended"
    else:
        what = f"begins only {stated.since.text}" if stated.since else "has not begun"
    note = f": {stated.note}" if stated.note else ""
    paragraph(
        f"! step {place}, {step.from_name} → {step.to_name} ({passing(step)}), {what}{note}", indent=3, hanging=2, style="yellow"
    )
    for source in step.sources:
        paragraph(f"source: {source_text(source)}", indent=5, hanging=2, style="dim")


def _reached_table(trace: Trace) -> None:
    start, way = (trace.from_name, "from") if trace.from_id else (trace.to_name, "to")
    things, other = count(len(trace.reached), "thing"), "to" if trace.from_id else "from"
    say(
        f"Chains of documented flows lead {way} {start} {other} {things} {_when(trace)}."
        if trace.reached
        else f"No flow leads {_onward(trace)} {_when(trace)}.",
        style="bold",
    )
    _say_searched(trace)
    if trace.reached:
        show_table({"steps": "steps", "name": "name", "id": "id"}, [each.__dict__ for each in trace.reached[:REACHED_SHOWN]])
        paragraph(
            "A chain is no proof that the same data go all the way; what each step carries shows: trace FROM TO", style="dim"
        )
    if len(trace.reached) > REACHED_SHOWN:
        say(f"… and {len(trace.reached) - REACHED_SHOWN:,} more; all of them with: --format csv", style="dim")


def _onward(trace: Trace) -> str:
    return f"out of {trace.from_name}" if trace.from_id else f"into {trace.to_name}"


def show_flows(around: Surroundings, output: str) -> None:
    """The flows around a thing in the asked format."""
    if output == "json":
        show_json(around.as_json())
    elif output == "csv":
        show_csv(("direction", *STEP_COLUMNS), [{"direction": each.direction, **_flat(each.step)} for each in around.flows])
    else:
        say(f"The flows of data around {around.name} on {around.as_of}", style="bold")
        _say_included(around)
        notes = Footnotes()
        show_near_flows(around, notes)
        _say_corrections(around)
        say()
        notes.show()


def _say_included(around: Surroundings) -> None:
    own = [f"{name} ({reason})" for name, reason in around.includes.items() if reason]
    if own:
        paragraph(f"With what belongs to it: {', '.join(own)}.", style="dim")


def _say_corrections(around: Surroundings) -> None:
    for each in around.flows:
        for correction in each.step.flow.corrections:
            say()
            named = f"{each.step.from_name} → {each.step.to_name} ({each.step.flow.category})"
            paragraph(f"{named}: {correction_text(correction)}", hanging=2)


def show_near_flows(around: Surroundings, notes: Footnotes, shown: int = FLOWS_SHOWN, more: str = "--format csv") -> None:
    """The flows by direction, then those that had ended or were yet to begin; lists that are cut say how to see `more`."""
    if not around.flows:
        say("No flow is documented.")
    holding = [each for each in around.flows if each.step.held not in (Held.ENDED, Held.NOT_YET)]
    groups = {title: [each for each in holding if each.direction is way] for way, title in WAYS.items()}
    groups["Had ended"] = [each for each in around.flows if each.step.held is Held.ENDED]
    groups["Were yet to begin"] = [each for each in around.flows if each.step.held is Held.NOT_YET]
    for title, flows in groups.items():
        if flows:
            _show_group(title, flows[:shown], notes, len(flows))
        if len(flows) > shown:
            say(f"  … and {len(flows) - shown:,} more; all of them with: {more}", style="dim")


def _show_group(title: str, flows: Sequence[NearFlow], notes: Footnotes, number: int) -> None:
    say()
    say(f"{title}: {count(number, 'flow')}", style="bold")
    for each in flows:
        show_near_flow(each, notes)


def show_near_flow(each: NearFlow, notes: Footnotes) -> None:
    """One flow in a few lines, its sources as numbers of notes."""
    step, stated = each.step, each.step.flow.stated
    seen = None if any(doubt.startswith("last documented") for doubt in step.doubts) else stated.seen
    days = days_text(*(text_of(day) for day in (stated.since, stated.until, seen)))
    told = f"{step.from_name} → {step.to_name}: {passing(step)}"
    paragraph(f"{told}{f', {days}' if days else ''}{notes.marks(step.sources)}", indent=2, hanging=4)
    if step.held is Held.ENDED and stated.note:
        paragraph(stated.note, indent=6, hanging=2)
    _say_doubts(step, indent=6)


def show_changes(found: FlowChanges, output: str) -> None:
    """What began, ended or came into doubt around a thing, in the asked format."""
    if output == "json":
        show_json(found.as_json())
    elif output == "csv":
        lines = [{**each.as_json(), **_flat(each.flow.step)} for each in found.changes]
        show_csv(("turn", "before", "after", "direction", *STEP_COLUMNS), lines)
    else:
        _changes_table(found)


def _changes_table(found: FlowChanges) -> None:
    say(f"The flows of data around {found.name}, from {found.since} to {found.until}", style="bold")
    totals = Counter(each.turn for each in found.changes)
    say(", ".join(f"{number} {turn}" for turn, number in totals.items()) or "No flow began, ended or came into doubt.")
    notes = Footnotes()
    for turn, number in totals.items():
        own = [each for each in found.changes if each.turn is turn]
        say()
        say(f"{str(turn).capitalize()}: {count(number, 'flow')}", style="bold")
        for each in own[:FLOWS_SHOWN]:
            _show_change(each, notes)
        if len(own) > FLOWS_SHOWN:
            say(f"  … and {len(own) - FLOWS_SHOWN:,} more; all of them with: --format csv", style="dim")
    say()
    notes.show()


def _show_change(each: FlowChange, notes: Footnotes) -> None:
    show_near_flow(each.flow, notes)
    note = each.flow.step.flow.stated.note
    paragraph(f"{each.before} → {each.after}", indent=6, hanging=2, style="dim")
    if note and each.after is not Held.ENDED:
        paragraph(note, indent=6, hanging=2)
