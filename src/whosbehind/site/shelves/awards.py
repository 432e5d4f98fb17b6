"""Pages of awards: what was bought from whom, each modification on a time line, and what it counts for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from whosbehind.figures import Question, Row
from whosbehind.figures.opened import total
from whosbehind.profiles.lines import cited
from whosbehind.records import CitedSource
from whosbehind.site import address
from whosbehind.site.drawing.steps import Step, steps
from whosbehind.site.material import Material
from whosbehind.site.numbers import Number
from whosbehind.site.pages import DRAWN, File, Page
from whosbehind.site.press.action_lines import Action, Counted
from whosbehind.site.shelves.rows import row_file
from whosbehind.tables import SYSTEM_AWARDS
from whosbehind.values import RecipientKind

# Where the actions begin on an award's page; its number opens them there.
ACTIONS = "actions"
# The prefix of the ids of vehicles, under which orders are placed.
VEHICLE = "CONT_IDV_"


@dataclass(frozen=True)
class Facts:
    """What an award's latest action states about it; `page` fields are None where there is none."""

    agency: str
    agency_page: str | None
    offices: tuple[tuple[str, str], ...]
    recipient: str
    recipient_kind: str
    recipient_page: str | None
    award_type: str | None
    vehicle: str | None
    vehicle_page: str | None
    psc: str | None
    naics: str | None
    usaspending_url: str


@dataclass(frozen=True)
class Served:
    """A system that actions of an award are for, and who says so: publications, a row of an inventory, or the words alone."""

    name: str
    page: str
    count: int
    sources: tuple[CitedSource, ...]
    inventory: str | None


@dataclass(frozen=True)
class Register:
    """What the pages of all awards look up, made once."""

    names: Mapping[str, str]
    agencies: Mapping[str, str | None]
    vehicles: Mapping[str, str]
    systems: Mapping[str, tuple[str, ...]]
    stated: Mapping[tuple[str, str], tuple[Row, ...]]


def award_pages(material: Material) -> Iterator[Page | File]:
    """A page for each award of the evidence, with its actions as CSV beside it."""
    register = _register(material)
    for award, rows in material.by_award.items():
        page, actions = address.award(award), sorted(rows, key=_in_time)
        charts = {"chart": DRAWN} if len(actions) > 1 else {}
        yield Page(page, "award.html", partial(_described, material, register, award, actions), charts)
        yield row_file(page, actions)


def _in_time(row: Row) -> tuple[Any, ...]:
    return (row["action_date"], row["modification_number"] != "0", row["modification_number"] or "", row["transaction_id"])


def _register(material: Material) -> Register:
    atlas, rows = material.atlas, material.opened.rows.values()
    names = {each.id: each.name for owner in atlas.organisations.values() for each in owner.products}
    names |= {each.id: each.name for each in atlas.organisations.values()}
    return Register(
        names=names,
        agencies={code: _agency_page(material, code) for code in sorted({row["agency_code"] for row in rows})},
        vehicles={row["piid"]: award for award, (row, *_) in material.by_award.items() if award.startswith(VEHICLE)},
        systems=_systems(material),
        stated=_stated(material),
    )


def _agency_page(material: Material, code: str) -> str | None:
    agency = material.atlas.agency_of(code)
    return address.agency(agency.id) if agency else None


def _systems(material: Material) -> dict[str, tuple[str, ...]]:
    """The systems each transaction is for."""
    found: dict[str, list[str]] = defaultdict(list)
    for system, transactions in sorted(material.opened.systems.items()):
        for each in transactions:
            found[each].append(system)
    return {name: tuple(listed) for name, listed in found.items()}


def _stated(material: Material) -> dict[tuple[str, str], tuple[Row, ...]]:
    """What links each award to each system."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in material.tables[SYSTEM_AWARDS.name]:
        found[row["award_id"], row["system_id"]].append(row)
    return {pair: tuple(listed) for pair, listed in found.items()}


def _described(material: Material, register: Register, award: str, rows: list[Row]) -> dict[str, Any]:
    actions = tuple(_actions(material, register, rows))
    latest, told = rows[-1], _telling(rows)
    return {
        "piid": latest["piid"] or award,
        "whole": Number(total(rows), Question(award=award), f"{address.award(award)}#{ACTIONS}"),
        "bought": told["description"],
        "begins": told["modification_number"],
        "first": actions[0].day,
        "last": actions[-1].day,
        "facts": _facts(register, latest),
        "actions": actions,
        "ceiling": latest["ceiling_usd"],
        "lifetime": latest["total_obligated_usd"],
        "has_ceilings": any(each.ceiling is not None or each.change is not None for each in actions),
        "chart": _chart(rows, actions) if len(actions) > 1 else None,
        "systems": tuple(_served(material, register, award, rows)),
        "is_extract": any(row["is_extract"] for row in rows),
    }


def _telling(rows: list[Row]) -> Row:
    """The action whose words say what was bought: the first, or the one that says most where the evidence begins later."""
    begins = rows[0]["modification_number"] == "0" and rows[0]["description"]
    return rows[0] if begins else max(rows, key=lambda row: len(row["description"] or ""))


def _facts(register: Register, row: Row) -> Facts:
    is_named = row["recipient_kind"] == RecipientKind.ORGANISATION
    vehicle = register.vehicles.get(row["parent_piid"])
    offices = (("signed", row["awarding_office_name"]), ("pays", row["funding_office_name"]))
    return Facts(
        agency=row["agency"],
        agency_page=register.agencies[row["agency_code"]],
        offices=tuple((role, name) for role, name in offices if name),
        recipient=row["recipient_name"] if is_named else "",
        recipient_kind=row["recipient_kind"],
        recipient_page=address.recipient(row["vendor_id"]) if is_named else None,
        award_type=row["award_type"],
        vehicle=row["parent_piid"],
        vehicle_page=address.award(vehicle) if vehicle else None,
        psc=_coded(row["psc_code"], row["psc_name"]),
        naics=_coded(row["naics_code"], row["naics_name"]),
        usaspending_url=row["usaspending_url"],
    )


def _coded(code: str | None, name: str | None) -> str | None:
    return " · ".join(part for part in (code, name) if part) or None


def _actions(material: Material, register: Register, rows: Iterable[Row]) -> Iterator[Action]:
    running = Decimal(0)
    for row in rows:
        running += row["obligated_usd"]
        yield Action(
            mark=address.action(row["transaction_id"]),
            modification=row["modification_number"],
            day=row["action_date"].isoformat(),
            obligated=row["obligated_usd"],
            running=running,
            change=row["ceiling_change_usd"],
            ceiling=row["ceiling_usd"],
            description=row["description"],
            counted=tuple(_counted(register, each) for each in material.organisations_of.get(row["transaction_id"], ())),
            document=row["document_id"],
            row=row["row"],
            citation=row["citation"],
        )


def _counted(register: Register, each: Row) -> Counted:
    return Counted(
        name=register.names[each["organisation_id"]],
        page=address.organisation(each["organisation_id"]),
        route=each["route"],
        named="" if each["rule"] == "name" else register.names.get(each["named_id"], ""),
        rule=each["rule"],
        matched=each["matched"],
        because=each["because"],
    )


def _chart(rows: list[Row], actions: tuple[Action, ...]) -> Any:
    return steps([Step(row["action_date"], each.running, each.ceiling) for row, each in zip(rows, actions, strict=True)])


def _served(material: Material, register: Register, award: str, rows: list[Row]) -> Iterator[Served]:
    """The systems that actions of an award are for."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for system in register.systems.get(row["transaction_id"], ()):
            counts[system] += 1
    for system, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        stated = register.stated.get((award, system), ())
        contracts = [material.atlas.contracts[each["contract_id"]] for each in stated if each["contract_id"]]
        sources = cited(material.atlas, (source for contract in contracts for source in contract.sources))
        inventory = next((address.evidence(each["document_id"]) for each in stated if each["document_id"]), None)
        yield Served(material.atlas.name_of(system), address.system(system), count, sources, inventory)
