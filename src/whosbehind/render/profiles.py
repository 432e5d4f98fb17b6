"""Profiles: everything known about a system, a company or an agency."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from whosbehind.profiles import AgencyProfile, OrganisationProfile, SystemProfile
from whosbehind.render.atlas import show_near_flows
from whosbehind.render.prose import Footnotes, correction_text, days_text, paragraph, title_text
from whosbehind.render.terminal import say, show_csv, show_json, show_table
from whosbehind.values import Held, Standing, count, dollars, text_of

if TYPE_CHECKING:
    from whosbehind.profiles import Bought, ContractLine, FactLine, Line, Money, Named, Profile
    from whosbehind.profiles.agency import LawLine
    from whosbehind.profiles.lines import Mistaken
    from whosbehind.profiles.naming import ClaimLine
    from whosbehind.records import CitedSource
    from whosbehind.values import LooseDay

# What is shown of long lists; json and csv have all.
SHOWN, MONEY_SHOWN = 12, 10
COLUMNS = (
    "section role id name from_name to_name category data since until seen held standing confidence value unit obligated_usd "
    "transaction_count note sources"
).split()


def show_profile(profile: Profile, output: str) -> None:
    """A profile in the asked format; csv has one line for each thing stated, by section."""
    if output == "json":
        show_json(profile.as_json())
    elif output == "csv":
        show_csv(COLUMNS, list(_rows(profile.as_json())))
    else:
        notes = Footnotes()
        if isinstance(profile, SystemProfile):
            _system(profile, notes)
        elif isinstance(profile, OrganisationProfile):
            _organisation(profile, notes)
        else:
            _agency(profile, notes)
        _corrections(profile)
        say()
        notes.show()


def _system(profile: SystemProfile, notes: Footnotes) -> None:
    system = profile.system
    _head(f"{system.acronym}, {system.name}" if system.acronym else system.name, f"{system.kind}, id {system.id}")
    paragraph(f"{system.purpose}{notes.marks(profile.sources)}")
    operator, *above = profile.operator
    run_by = f"Operated by {operator.name}" + (f" (part of {', '.join(each.name for each in above)})" if above else "")
    paragraph(f"{run_by}. {system.operator_note or ''}")
    for text in (system.note, profile.part_of and f"Part of {profile.part_of.name}.", _list("Modules", profile.modules)):
        if text:
            paragraph(text)
    if system.confidence != "high":
        paragraph(f"! {system.confidence} confidence", style="yellow")
    _lines("Status", profile.statuses, notes)
    _lines("Who builds, hosts, sells and uses it", profile.parts, notes)
    _lines("Before and after it", (*profile.predecessors, *profile.successors), notes)
    _documents(profile.documents)
    _contracts(profile.contracts, notes)
    _facts(profile.facts, notes)
    _flows(profile, notes)
    _money(profile.money, "Obligated for it, as far as contract actions name it")
    _claims(profile.claims)
    _confusions(profile.confusions, notes)
    _plain("Not known", system.unknown)


def _organisation(profile: OrganisationProfile, notes: Footnotes) -> None:
    organisation = profile.organisation
    _head(organisation.name, f"{organisation.kind.replace('_', ' ')}, id {organisation.id}")
    paragraph(f"{organisation.description}{notes.marks(profile.sources)}")
    aliases = sorted({alias.text for alias in organisation.aliases})
    paragraph(f"In records also: {'; '.join(aliases)}." if aliases else "", style="dim")
    _lines("Owners", profile.owners, notes)
    _lines("What it owns", profile.owns, notes)
    _lines("Government systems it has a part in", profile.systems, notes)
    _contracts(profile.contracts, notes)
    _facts(profile.facts, notes)
    _flows(profile, notes)
    _money(profile.money, "Obligated for what it and its family sell, directly and through resellers")
    _claims(profile.claims)


def _agency(profile: AgencyProfile, notes: Footnotes) -> None:
    agency = profile.agency
    names = [name for name in profile.aliases if name != agency.name]
    codes = f", codes {', '.join(profile.codes)}" if 0 < len(profile.codes) <= 5 else ""
    _head(agency.name, f"{agency.kind.replace('_', ' ')}, id {agency.id}{codes}")
    above = f"Part of {', '.join(each.name for each in profile.part_of)}. " if profile.part_of else ""
    also = f"Also: {'; '.join(names)}." if names else ""
    paragraph(f"{above}{also}{notes.marks(profile.sources)}")
    _plain("Its offices and parts", [each.name for each in profile.offices])
    _lines("Before it", profile.predecessors, notes)
    _lines("Systems that it and its offices operate", profile.operates, notes)
    _lines("Systems of others that it and its offices use", profile.uses, notes)
    _contracts(profile.contracts, notes, with_facts=False)
    _facts(profile.facts, notes)
    _flows(profile, notes)
    _laws(profile.laws, notes)
    _money(profile.money, "Obligated by it")
    _companies(profile.companies)
    _claims(profile.claims)


def _head(name: str, kind: str) -> None:
    say(name, style="bold")
    say(kind, style="dim")


def _list(title: str, things: Sequence[Named]) -> str:
    return f"{title}: {', '.join(each.name for each in things)}." if things else ""


def _section(title: str, number: int) -> None:
    say()
    say(f"{title} ({number:,})" if number > SHOWN else title, style="bold")


def _more(number: int, shown: int = SHOWN) -> None:
    if number > shown:
        say(f"  … and {number - shown:,} more; all of them with: --format csv", style="dim")


def _lines(title: str, lines: Sequence[Line], notes: Footnotes) -> None:
    if not lines:
        return
    _section(title, len(lines))
    for each in lines[:SHOWN]:
        _line(each, notes)
    _more(len(lines))


def _line(each: Line, notes: Footnotes) -> None:
    is_turn = each.role in ("predecessor", "successor")  # one day, on which the work passed over
    days = (each.since or each.until or "") if is_turn else days_text(each.since, each.until, each.seen)
    role = "" if each.role == "status" else f"{' '.join(filter(None, (each.role, each.party)))}: "
    ended = " (no longer)" if each.held is Held.ENDED else " (not yet)" if each.held is Held.NOT_YET else ""
    text = f"{role}{each.name}{f', {days}' if days else ''}{ended}. {each.note or ''}".strip()
    paragraph(f"{text}{notes.marks(each.sources)}", indent=2, hanging=4)
    doubts = [str(each.standing)] if each.standing is not Standing.DOCUMENTED else []
    doubts += [f"{each.confidence} confidence"] if each.confidence not in (None, "high") else []
    if each.dispute:
        doubts.append(f"disputed by {each.dispute.who}: {each.dispute.statement}{notes.marks(each.disputed_in)}")
    if doubts:
        paragraph(f"! {'; '.join(doubts)}", indent=6, hanging=2, style="yellow")


def _documents(documents: Sequence[CitedSource]) -> None:
    if documents:
        _section("Documents", len(documents))
    for each in documents[:SHOWN]:
        kind = f"{each.kind}, " if each.kind else ""
        named = ", ".join(part for part in (title_text(each), each.date) if part)
        read = each.read.replace("_", " ")
        paragraph(f"{kind}{named} [grade {each.grade}, {read}]{f' {each.url}' if each.url else ''}", indent=2, hanging=4)
    _more(len(documents))


def _contracts(contracts: Sequence[ContractLine], notes: Footnotes, *, with_facts: bool = True) -> None:
    if contracts:
        _section("Contracts that sources name", len(contracts))
    for each in contracts[:SHOWN]:
        _contract(each, notes)
        for fact in each.facts if with_facts else ():
            _fact(fact, notes, indent=6)
    _more(len(contracts))


def _contract(each: ContractLine, notes: Footnotes) -> None:
    contract = each.contract
    days = days_text(*(text_of(day) for day in (contract.since, contract.until)))
    whom = f"{each.agency} with {each.vendor}" if each.vendor else each.agency
    systems = f"for {', '.join(each.systems)}" if each.systems else ""
    parts = ", ".join(part for part in (contract.piid, whom, systems, days) if part)
    note = f". {contract.note}" if contract.note else ""
    paragraph(f"{contract.title}: {parts}{note}{notes.marks(each.sources)}", indent=2, hanging=4)


def _facts(facts: Sequence[FactLine], notes: Footnotes) -> None:
    if facts:
        _section("Numbers that sources state", len(facts))
    for each in facts[:SHOWN]:
        _fact(each, notes, indent=2, about=f", {each.about}")
    _more(len(facts))


def _fact(line: FactLine, notes: Footnotes, *, indent: int, about: str = "") -> None:
    fact, stated = line.fact, line.fact.stated
    value = dollars(fact.value) if fact.unit == "USD" else f"{fact.value:,f} {fact.unit}"
    days = f"{_at(fact.on)} {fact.on.text}" if fact.on else days_text(*(text_of(day) for day in (stated.since, stated.until)))
    text = f"{fact.quantity.replace('_', ' ')}{about}: {value}{f', {days}' if days else ''}. {stated.note or ''}".strip()
    paragraph(f"{text}{notes.marks(line.sources)}", indent=indent, hanging=4)
    if stated.standing is not Standing.DOCUMENTED or stated.confidence != "high":
        doubts = [str(stated.standing)] if stated.standing is not Standing.DOCUMENTED else []
        doubts += [f"{stated.confidence} confidence"] if stated.confidence != "high" else []
        paragraph(f"! {', '.join(doubts)}", indent=indent + 4, style="yellow")


def _at(day: LooseDay) -> str:
    return "on" if day.first == day.last else "in"


def _flows(profile: Profile, notes: Footnotes) -> None:
    say()
    say(f"Flows of data on {profile.flows.as_of}", style="bold")
    show_near_flows(profile.flows, notes, SHOWN, f"whosbehind flows {profile.flows.id}")


def _laws(laws: Sequence[LawLine], notes: Footnotes) -> None:
    if laws:
        _section("Laws that these flows rest on", len(laws))
    for each in laws[:SHOWN]:
        named = f"{each.law.name} ({each.law.citation})" if each.law.citation else each.law.name
        paragraph(f"{named}, {count(each.flow_count, 'flow')}: {each.law.effect}{notes.marks(each.sources)}", indent=2, hanging=4)
    _more(len(laws))


def _money(money: Money | None, title: str) -> None:
    if money is None:
        return
    figure = money.figure
    say()
    say(title, style="bold")
    say(f"  {dollars(figure.obligated_usd)} in {count(figure.transaction_count, 'transaction')}", style="green")
    for name, groups in money.tables.items():
        if groups:
            _money_table(name, [{**each.of, **each.amount.__dict__} for each in groups])
    for each in figure.coverage["agencies"][:3]:
        spans = ", ".join(f"{span['since']} to {span['until']}" for span in each["covered"])
        paragraph(f"The evidence covers {each['agency']} from {spans}." if spans else "", indent=2, style="dim")
    for warning in figure.warnings:
        paragraph(f"! {warning}", indent=2, hanging=2, style="yellow")
    say(f"  Rows: {money.command}", style="dim")


def _money_table(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = {key: key.replace("_", " ") for key in rows[0] if key not in ("obligated_usd", "transaction_count")}
    say()
    say(f"  {name.replace('_', ' ')}", style="dim")
    shown = rows if "fiscal_year" in columns else rows[:MONEY_SHOWN]
    show_table({**columns, "obligated_usd": "obligated", "transaction_count": "transactions"}, shown)
    _more(len(rows), len(shown))


def _companies(companies: Sequence[Bought]) -> None:
    if not companies:
        return
    say()
    say("Companies whose products and services it bought, by their last owner", style="bold")
    rows = [
        {
            "name": f"{each.name} (reseller)" if each.is_reseller else each.name,
            **each.amount.__dict__,
            **{str(route): amount.obligated_usd for route, amount in each.by_route.items()},
        }
        for each in companies[:SHOWN]
    ]
    columns = {"name": "family", "obligated_usd": "obligated", "direct": "direct", "reseller": "through resellers"}
    show_table({**columns, "transaction_count": "transactions"}, rows)
    _more(len(companies))
    paragraph("An action that names two families counts wholly for each, so these lines do not add up.", indent=2, style="dim")


def _claims(claims: Sequence[ClaimLine]) -> None:
    if claims:
        _section("Published claims about it", len(claims))
    for each in claims[:SHOWN]:
        told = each.claim.documented
        where = ", ".join(part for part in (each.claim.appeared.publisher, each.claim.appeared.date) if part)
        verdict = f" From documents: {told.verdict}." if told else ""
        paragraph(f"{each.claim.id}: {each.claim.statement} ({where}){verdict}", indent=2, hanging=4)
    _more(len(claims))
    if claims:
        say("  Each with its verdict: whosbehind check CLAIM", style="dim")


def _confusions(confusions: Sequence[Mistaken], notes: Footnotes) -> None:
    if confusions:
        _section("Often confused", len(confusions))
    for each in confusions:
        told = each.confusion
        paragraph(f"Said: {told.statement} The record: {told.instead}{notes.marks(each.sources)}", indent=2, hanging=4)


def _corrections(profile: Profile) -> None:
    if profile.corrections:
        _section("Corrected", len(profile.corrections))
    for each in profile.corrections[:SHOWN]:
        named = "" if each.id == profile.flows.id else f"{each.name}: "
        paragraph(f"{named}{correction_text(each.correction)}", indent=2, hanging=4)
    _more(len(profile.corrections))


def _plain(title: str, texts: Sequence[str]) -> None:
    if texts:
        _section(title, len(texts))
    for text in texts[:SHOWN]:
        paragraph(text, indent=2, hanging=2)
    _more(len(texts))


def _rows(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A profile in JSON as lines of one table."""
    for section, value in entry.items():
        if section in ("flows", "money"):
            yield from _parts(section, value or {})
        elif isinstance(value, list):
            yield from (_row(section, each) for each in value)
            yield from (_row("contract facts", fact) for each in value if section == "contracts" for fact in each["facts"])
        elif value is not None:
            yield {"section": "about", "role": section, "name": value["name"] if isinstance(value, Mapping) else value}


def _parts(section: str, value: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The lists of a part of a profile: flows by direction, breakdowns of a figure."""
    for name, listed in value.items():
        if isinstance(listed, list) and all(isinstance(each, Mapping) for each in listed):
            yield from (_row(f"{section} {name}".replace("_", " "), each) for each in listed)
    if section == "money" and value:
        yield _row("money", value)


def _row(section: str, each: Mapping[str, Any] | str) -> dict[str, Any]:
    if isinstance(each, str):
        return {"section": section, "name": each}
    name = next(
        (str(each[key]) for key in ("name", "title", "statement", "recipient", "agency", "fiscal_year") if key in each), None
    )
    return {
        **each,
        "section": section,
        "name": name,
        "id": each.get("id") or each.get("flow_id"),
        "role": each.get("role") or each.get("route") or each.get("quantity") or each.get("because"),
        "note": each.get("note") or each.get("instead") or (f"{each['what']} ({each['reason']})" if "what" in each else None),
        "since": each.get("since") or each.get("on") or each.get("date"),
        "sources": _sources(each.get("sources", ())),
    }


def _sources(sources: Iterable[Mapping[str, str]]) -> str:
    return "; ".join(
        ", ".join(each[key] for key in ("publisher", "number", "title", "date", "url") if key in each) for each in sources
    )
