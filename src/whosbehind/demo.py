"""The demonstration: the main jobs on a small extract of real transactions and the bundled content, offline."""

from __future__ import annotations

import datetime as dt
import shlex
from pathlib import Path
from typing import Any

from whosbehind.figures import Figure
from whosbehind.render import progress, say, show_table
from whosbehind.site.publish import publish_workspace
from whosbehind.values import dollars
from whosbehind.workspace import Workspace

CLAIMS = ("amazon-blog-2019-aws-share-of-turnover", "fortune-2018-dhs-it-amount", "mpi-2025-palantir-new-contract")
CLOUDS = ("amazon", "google", "microsoft", "oracle", "salesforce")


def run_demo(folder: Path) -> None:
    """Make a workspace from the bundled extract and show figures by company, route and year."""
    workspace = Workspace.init(folder)
    with progress() as tick:
        for added in workspace.add_extract():
            tick(added.file_name, 0, 1)
        workspace.build(tick=tick)
    everyone = sorted({row["organisation_id"] for row in workspace.table("attributions")})
    names = {each.id: each.name for each in workspace.atlas.organisations.values()}
    companies = workspace.figure(organisations=everyone, by=["organisation", "route"])
    years = workspace.figure(organisations=CLOUDS, by=["fiscal_year", "route"])
    _introduce(workspace, companies)
    show_table(_HEADINGS, _by_route(companies, "organisation", names))
    say()
    say(
        f"The same by year, for {', '.join(names[each] for each in CLOUDS[:-1])} and {names[CLOUDS[-1]]} as one set:",
        style="bold",
    )
    show_table({**_HEADINGS, "who": "fiscal year"}, _by_route(years, "fiscal_year", {}))
    _open_one_number(workspace, folder)
    _trace_one_path(workspace, folder)
    _check_some_claims(workspace, folder)
    _publish_the_site(workspace, folder)
    _say_what_next()


_HEADINGS = {"who": "company", "direct": "direct", "reseller": "through resellers", "count": "transactions"}


def _introduce(workspace: Workspace, figure: Figure) -> None:
    rows = sum(each["taken_count"] for each in workspace.table("documents"))
    say(
        f"{rows} real contract transactions of ICE and CBP, fiscal years 2021 to 2024, chosen to show how this works.",
        style="bold",
    )
    say("They are an EXTRACT: each row is true, and no sum of them is what a company was paid.", style="yellow")
    say(f"A transaction that names two companies stands with each. Snapshot {figure.snapshot}.")
    say()


def _by_route(figure: Figure, name: str, names: dict[str, str]) -> list[dict[str, object]]:
    """One line for each company or year, with what reached it by each route; None where nothing did."""
    lines: dict[object, dict[str, Any]] = {}
    for group in figure.groups:
        line = lines.setdefault(group.of[name], {"direct": None, "reseller": None, "count": 0})
        line[str(group.of["route"])] = group.amount.obligated_usd
        line["count"] += group.amount.transaction_count
    listed = [{"who": names.get(str(who), str(who)), **line} for who, line in lines.items()]
    return listed if name == "fiscal_year" else sorted(listed, key=lambda line: str(line["who"]).lower())


def _open_one_number(workspace: Workspace, folder: Path) -> None:
    figure = workspace.figure(organisations=["amazon"], agencies=["ICE"], route=None)
    row = next((each for each in figure.rows if each["route"] == "reseller"), None)
    say()
    say("Every number opens its rows. Amazon at ICE, for one:", style="bold")
    say(f"  {dollars(figure.obligated_usd)} in {figure.transaction_count} transactions of the extract")
    if row:
        say(
            f"  the largest through a reseller: {row['action_date']}, {dollars(row['obligated_usd'])} to {row['recipient_name']},"
        )
        say(f"  whose description names {row['matched']!r}: {row['usaspending_url']}")
    say(f"  open them: {_command(folder)} figure amazon --agency ICE --rows", style="cyan")


def _trace_one_path(workspace: Workspace, folder: Path) -> None:
    found = workspace.trace("state_motor_vehicle_agencies", "ice", dt.datetime.now(dt.UTC).date())
    path = next(path for path in found.paths if path.is_continuous and len(path.steps) > 1)
    say()
    say("By which documented path can a driver's record reach ICE? One of them:", style="bold")
    for step in path.steps:
        source = step.sources[0]
        say(f"  {step.from_name} → {step.to_name}: {step.flow.data} ({source.publisher}, {source.date or 'undated'})")
    say(f"  all of them, with doubts and what ended: {_command(folder)} trace state_motor_vehicle_agencies ice", style="cyan")


def _check_some_claims(workspace: Workspace, folder: Path) -> None:
    say()
    say("Published claims, and what became of them:", style="bold")
    for finding in workspace.check(CLAIMS):
        say(f"  {finding.claim.statement} ({finding.claim.appeared.publisher})")
        say(f"    {finding.verdict}: {finding.reason}")
    say(f"  all of them: {_command(folder)} check", style="cyan")


def _publish_the_site(workspace: Workspace, folder: Path) -> None:
    with progress() as tick:
        publish_workspace(workspace, folder / "site", dt.datetime.now(dt.UTC).date(), tick)
    say()
    say("All of it as pages, in English and Spanish, where every number opens its rows. Open in a browser:", style="bold")
    say(f"  {(folder / 'site' / 'index.html').resolve()}", style="cyan")
    say(f"  or show it on this machine: {_command(folder)} serve", style="cyan")


def _say_what_next() -> None:
    say()
    say("The full record", style="bold")
    say("  Download contract transactions of an agency and year, free and without an account, at")
    say("  https://www.usaspending.gov/download_center/award_data_archive; then, with the .zip as it came:")
    say("    whosbehind init my-workspace", style="cyan")
    say("    whosbehind -w my-workspace add FY2024_070_Contracts_Full.zip", style="cyan")
    say("    whosbehind -w my-workspace build", style="cyan")
    say(
        "    whosbehind -w my-workspace figure amazon microsoft --agency ICE --since 2023-01-01 --by fiscal_year,route",
        style="cyan",
    )


def _command(folder: Path) -> str:
    return f"whosbehind -w {shlex.quote(str(folder))}"
