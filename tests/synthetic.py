"""Invented contract transactions, the same for the same seed, written in the publisher's layouts.

No firm, person or amount here is real, save a few product words such as AWS in the
descriptions, which attribution looks for. The columns of a layout come from its manifest.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import count as counting
from pathlib import Path
from typing import TypeVar

from whosbehind.records import Source
from whosbehind.sources import bundled_sources

NONE = "-NONE-"
ZERO = Decimal("0.00")
# Stands in columns for persons that readers must drop; finding it in a table means that one leaked.
PERSON_CANARY = "JANE Q PLACEHOLDER"
PHONE_CANARY = "2025550143"
FIRST_DAY, LAST_DAY = dt.date(2016, 10, 1), dt.date(2025, 9, 30)


@dataclass(frozen=True)
class SyntheticAgency:
    """A sub-agency with its department: codes as printed, names in the spellings of the layouts."""

    code: str
    name: str
    label: str
    department_code: str
    department_name: str
    prefix: str
    offices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SyntheticRecipient:
    """Who is paid, as printed; None where a feed would leave the cell empty."""

    name: str
    uei: str | None
    duns: str | None
    parent_name: str | None
    parent_uei: str | None
    is_sole_proprietor: bool = False


@dataclass(frozen=True)
class SyntheticTransaction:
    """One action on an award; amounts in US dollars with two decimals.

    `total_obligated_usd`, `current_value_usd` and `ceiling_usd` are the award's lifetime
    amounts, the same on each of its transactions.
    """

    piid: str
    parent_piid: str | None
    parent_agency_code: str | None
    modification_number: str
    transaction_number: str
    action_date: dt.date
    obligated_usd: Decimal
    ceiling_change_usd: Decimal
    total_obligated_usd: Decimal
    current_value_usd: Decimal
    ceiling_usd: Decimal
    awarding: SyntheticAgency
    awarding_office: tuple[str, str]
    funding: SyntheticAgency
    funding_office: tuple[str, str]
    recipient_name: str
    recipient_uei: str | None
    recipient_duns: str | None
    recipient_parent_name: str | None
    recipient_parent_uei: str | None
    is_sole_proprietor: bool
    description: str
    psc_code: str
    psc_name: str
    naics_code: str
    naics_name: str
    award_type_code: str
    award_type: str
    last_modified_date: dt.date

    @property
    def is_vehicle(self) -> bool:
        """Whether the award is a vehicle (IDV), under which orders are placed."""
        return self.award_type_code.startswith("IDV")

    @property
    def award_id(self) -> str:
        """The publisher's generated key of the award."""
        if self.is_vehicle:
            return f"CONT_IDV_{self.piid}_{self.awarding.code}"
        return f"CONT_AWD_{self.piid}_{self.awarding.code}_{self.parent_piid or NONE}_{self.parent_agency_code or NONE}"

    @property
    def transaction_key(self) -> str:
        """The publisher's generated key of the transaction."""
        parts = (self.parent_agency_code, self.piid, self.modification_number, self.parent_piid, self.transaction_number)
        return "_".join((self.awarding.code, *(part or NONE for part in parts)))


T = TypeVar("T")
Cells = Mapping[str, str]
Rows = Iterable[SyntheticTransaction]

_DHS = ("070", "Department of Homeland Security")
AGENCIES = (
    SyntheticAgency(
        "7012",
        "U.S. Immigration and Customs Enforcement",
        "ICE",
        *_DHS,
        "70CT",
        (("70CTD0", "INVESTIGATIONS AND OPERATIONS"), ("70CDCR", "DETENTION COMPLIANCE AND REMOVALS")),
    ),
    SyntheticAgency(
        "7014",
        "U.S. Customs and Border Protection",
        "CBP",
        *_DHS,
        "70B0",
        (("70B04C", "INFORMATION TECHNOLOGY CONTRACTING DIVISION"), ("70B03C", "BORDER ENFORCEMENT CONTRACTING DIVISION")),
    ),
    SyntheticAgency(
        "7003",
        "U.S. Citizenship and Immigration Services",
        "USCIS",
        *_DHS,
        "70SB",
        (("70SBUR", "CONTRACTING OFFICE BURLINGTON"),),
    ),
    SyntheticAgency(
        "7013", "Transportation Security Administration", "TSA", *_DHS, "70T0", (("70T040", "INFORMATION TECHNOLOGY"),)
    ),
)
_VEHICLES = (("47QRAD20D1155", "4732"), ("NNG15SD21B", "8000"), ("70RTAC23D00000002", "7001"), ("47QTCA19D00AB", "4732"))
_AWARD_TYPES = (("C", "DELIVERY ORDER"), ("B", "PURCHASE ORDER"), ("D", "DEFINITIVE CONTRACT"), ("A", "BPA CALL"))
_VEHICLE_TYPES = (("IDV_B_B", "INDEFINITE DELIVERY / INDEFINITE QUANTITY"), ("IDV_E", "BPA"))
_PSC = (
    ("DA01", "IT AND TELECOM - BUSINESS APPLICATION/APPLICATION DEVELOPMENT SUPPORT SERVICES (LABOR)"),
    ("DB10", "IT AND TELECOM - COMPUTE AS A SERVICE: MAINFRAME/SERVERS"),
    ("7A21", "IT AND TELECOM - BUSINESS APPLICATION SOFTWARE (PERPETUAL LICENSE SOFTWARE)"),
    ("R408", "SUPPORT- PROFESSIONAL: PROGRAM MANAGEMENT/SUPPORT"),
    ("S206", "HOUSEKEEPING- GUARD"),
    ("J045", "MAINT/REPAIR/REBUILD OF EQUIPMENT- PLUMBING, HEATING, AND WASTE DISPOSAL EQUIPMENT"),
    ("5836", "VIDEO RECORDING AND REPRODUCING EQUIPMENT"),
    ("V211", "TRANSPORTATION/TRAVEL/RELOCATION- TRANSPORTATION: AIR CHARTER"),
)
_NAICS = (
    ("541512", "COMPUTER SYSTEMS DESIGN SERVICES"),
    ("541519", "OTHER COMPUTER RELATED SERVICES"),
    ("518210", "COMPUTING INFRASTRUCTURE PROVIDERS, DATA PROCESSING, WEB HOSTING, AND RELATED SERVICES"),
    ("561210", "FACILITIES SUPPORT SERVICES"),
    ("561612", "SECURITY GUARDS AND PATROL SERVICES"),
    ("334220", "RADIO AND TELEVISION BROADCASTING AND WIRELESS COMMUNICATIONS EQUIPMENT MANUFACTURING"),
)
_STEMS = tuple(
    "BRINDLEMARK OAKVALE TERRAQUILL NORTHFENN SILVERBRAE QUARTZHOLLOW PINEMOOR LARKSPINDLE EMBERLYNE VOSTRAND HALCYRION "
    "DUNMERIDGE FALLOWICK GRANTHEIM IRONSEDGE JUNIPERO KESTRELAN LOWENBRIAR MARROWGATE NETHERBY ORRINDALE PELLUCENT QUILLANE "
    "RAVENSTOCK SABLEFORD THORNWICK UMBERLEY VALEGRIN WYNDHOLME YARROWDEN ZEPHYRANE ASTERLOCK BELLWRIGHT CINDERMOOR "
    "DRAYBORNE ELDERSHAW".split()
)
_TRADES = tuple(
    "SYSTEMS|LOGISTICS|TECHNOLOGIES|FEDERAL SOLUTIONS|CONSULTING GROUP|DATA SERVICES|SECURITY SERVICES|ENGINEERING|"
    "GOVERNMENT SERVICES|COMMUNICATIONS|ANALYTICS|FACILITY SERVICES|AVIATION|SOFTWARE|NETWORKS|INDUSTRIES".split("|")
)
_FORMS = (", INC.", ", LLC", " LLC", " CORPORATION", " INC", ", L.P.", " COMPANY", "")
_PEOPLE = ("DOE, JANE", "DOE, JOHN", "DOE, JOHN Q")
_ACTIONS = (
    "",
    "RENEWAL OF ",
    "EXERCISE OF OPTION YEAR 2 FOR ",
    "INCREMENTAL FUNDING FOR ",
    "THE PURPOSE OF THIS MODIFICATION IS TO ADD FUNDING IN THE AMOUNT OF THE NEXT PERIOD OF PERFORMANCE FOR ",
    "IGF::OT::IGF ",
    "NO COST EXTENSION OF ",
)
_THINGS = (
    "DETENTION STANDARDS COMPLIANCE REVIEW SERVICES",
    "VIDEO SURVEILLANCE SYSTEM MAINTENANCE",
    "MOBILE RADIO ACCESSORIES",
    "SOFTWARE LICENSES AND TECHNICAL SUPPORT",
    "UNARMED GUARD SERVICES, TWELVE MONTHS",
    "CASE MANAGEMENT APPLICATION DEVELOPMENT AND OPERATIONS",
    "JANITORIAL SERVICES AT THE FIELD OFFICE",
    "NETWORK EQUIPMENT REFRESH",
    "VEHICLE FUEL AND TOWING",
    'REPLACEMENT OF 42" MONITORS AND DOCKING STATIONS',
    "LANGUAGE INTERPRETATION BY TELEPHONE",
    "AIR CHARTER FOR TRANSPORT OPERATIONS",
)
_NAMED_THINGS = (
    "AWS CLOUD HOSTING",
    "MICROSOFT AZURE SUBSCRIPTION",
    "AMAZON WEB SERVICES GOVCLOUD ACCOUNTS",
    "ORACLE DATABASE LICENSES ON AWS",
)
_ENDS = (
    "",
    " IN SUPPORT OF THE FIELD OFFICES",
    " FOR THE OFFICE OF INFORMATION AND TECHNOLOGY, INCLUDING TRAINING, DOCUMENTATION AND TRANSITION OF THE LEGACY ENVIRONMENT",
    " AT THE REGIONAL PROCESSING CENTER",
    " (BASE PLUS FOUR)",
)
_CONTACTS = (
    " COR: JANE DOE, JANE.DOE@EXAMPLE.GOV",
    " POC JOHN DOE 202-555-0143",
    " CONTRACTING OFFICER TO BE NOTIFIED",
    " PM SUPPORT",
)


@cache
def recipients() -> tuple[SyntheticRecipient, ...]:
    """All invented recipients: firms, every fourth with a parent, and a few sole proprietors."""
    names = [f"{stem} {trade}{form}" for form in _FORMS for trade in _TRADES for stem in _STEMS]
    firms = [_firm(name, place, names) for place, name in enumerate(names)]
    people = [SyntheticRecipient(name, _uei(name), None, None, None, True) for name in _PEOPLE]
    return (*firms, *people)


def _firm(name: str, place: int, names: Sequence[str]) -> SyntheticRecipient:
    parent = names[place // 4 * 4 % len(_STEMS)] if place % 4 == 3 else name
    return SyntheticRecipient(name, _uei(name), f"{100_000_000 + place * 7919 % 800_000_000}", parent, _uei(parent))


def _uei(name: str) -> str:
    return base64.b32encode(hashlib.sha256(name.encode()).digest()).decode()[:12]


def transactions(count: int, seed: int = 0) -> Iterator[SyntheticTransaction]:
    """`count` transactions, award by award; the same for the same count and seed.

    An award has one to eight, in the order of their dates; some amounts are negative or zero.
    """
    draw = random.Random(seed)
    left = count
    for index in counting(1):
        if left <= 0:
            return
        size = min(left, 1 + int(8 * draw.random() ** 2))
        yield from _award(draw, index, size)
        left -= size


def _award(draw: random.Random, index: int, size: int) -> Iterator[SyntheticTransaction]:
    agency = _picked(draw, AGENCIES)
    vehicle = draw.random() < 0.03
    award_type = _picked(draw, _VEHICLE_TYPES if vehicle else _AWARD_TYPES)
    parent = _picked(draw, _VEHICLES) if award_type[0] in "CA" else (None, None)
    amounts = [ZERO if vehicle else _amount(draw, place) for place in range(size)]
    changes = [max(amount, ZERO) for amount in amounts]
    days = _days(draw, size)
    recipient = _recipient(draw)
    psc, naics = _picked(draw, _PSC), _picked(draw, _NAICS)
    thing = _picked(draw, _NAMED_THINGS if draw.random() < 0.05 else _THINGS) + _picked(draw, _ENDS)
    thing = f"{thing} UNDER TASK {index:07}" if draw.random() < 0.7 else thing
    funding = agency if draw.random() < 0.9 else _picked(draw, AGENCIES)
    awarding_office, funding_office = _picked(draw, agency.offices), _picked(draw, funding.offices)
    year = (days[0].year + (days[0].month >= 10)) % 100
    piid = f"{awarding_office[0]}{year:02}{'D' if vehicle else 'F' if parent[0] else 'C'}{index:08}"
    total, ceiling = sum(amounts, ZERO), sum(changes, ZERO)
    for place in range(size):
        yield SyntheticTransaction(
            piid=piid,
            parent_piid=parent[0],
            parent_agency_code=parent[1],
            modification_number=f"P{place:05}" if place else "0",
            transaction_number="0",
            action_date=days[place],
            obligated_usd=amounts[place],
            ceiling_change_usd=changes[place],
            total_obligated_usd=total,
            current_value_usd=max(total, ZERO),
            ceiling_usd=ceiling,
            awarding=agency,
            awarding_office=awarding_office,
            funding=funding,
            funding_office=funding_office,
            recipient_name=recipient.name,
            recipient_uei=recipient.uei,
            recipient_duns=recipient.duns,
            recipient_parent_name=recipient.parent_name,
            recipient_parent_uei=recipient.parent_uei,
            is_sole_proprietor=recipient.is_sole_proprietor,
            description=_description(draw, thing),
            psc_code=psc[0],
            psc_name=psc[1],
            naics_code=naics[0],
            naics_name=naics[1],
            award_type_code=award_type[0],
            award_type=award_type[1],
            last_modified_date=days[-1],
        )


def _picked(draw: random.Random, choices: Sequence[T]) -> T:
    return choices[int(draw.random() * len(choices))]


def _recipient(draw: random.Random) -> SyntheticRecipient:
    """A few firms win much; about one award in five hundred goes to a person."""
    known = recipients()
    if draw.random() < 0.002:
        return known[-1 - int(draw.random() * len(_PEOPLE))]
    return known[int((len(known) - len(_PEOPLE)) * draw.random() ** 2)]


def _amount(draw: random.Random, place: int) -> Decimal:
    """Dollars and cents: a quarter of the modifications take back, one in six moves no money."""
    chance = draw.random()
    if place and chance < 0.17:
        return ZERO
    cents = int(10 ** (4 + 5 * draw.random()))
    return Decimal(-cents // 4 if place and chance < 0.42 else cents).scaleb(-2)


def _days(draw: random.Random, size: int) -> list[dt.date]:
    span = (LAST_DAY - FIRST_DAY).days
    start = int(draw.random() * span)
    offsets = sorted(int(draw.random() * min(900, span - start)) for _ in range(size - 1))
    return [FIRST_DAY + dt.timedelta(days=start + offset) for offset in (0, *offsets)]


def _description(draw: random.Random, thing: str) -> str:
    contact = _picked(draw, _CONTACTS) if draw.random() < 0.045 else ""
    return f"{_picked(draw, _ACTIONS)}{thing}{contact}"[:200]


# Layouts ------------------------------------------------------------------

# What a layout prints in columns that no transaction states; every other such column stays empty.
_PRINTED = {
    "highly_compensated_officer_1_name": PERSON_CANARY,
    "highly_compensated_officer_1_amount": "100000.00",
    "recipient_phone_number": PHONE_CANARY,
    "recipient_fax_number": PHONE_CANARY,
    "recipient_address_line_1": "1 EXAMPLE PLAZA",
    "recipient_city_name": "SPRINGFIELD",
    "recipient_country_code": "USA",
    "recipient_country_name": "UNITED STATES",
    "recipient_state_code": "VA",
    "recipient_state_name": "VIRGINIA",
    "recipient_zip_4_code": "221500001",
    "primary_place_of_performance_country_code": "USA",
    "primary_place_of_performance_country_name": "UNITED STATES",
    "primary_place_of_performance_state_code": "DC",
    "primary_place_of_performance_state_name": "DISTRICT OF COLUMBIA",
    "primary_place_of_performance_city_name": "WASHINGTON",
    "treasury_accounts_funding_this_award": "070-2022/2022-0540-000;070-2023/2023-0540-000;070-2024/2024-0540-000",
    "federal_accounts_funding_this_award": "070-0540",
    "object_classes_funding_this_award": "25.2: Other services from non-Federal sources;31.0: Equipment",
    "program_activities_funding_this_award": "0004: HOMELAND SECURITY INVESTIGATIONS;0005: ENFORCEMENT AND REMOVAL OPERATIONS",
    "disaster_emergency_fund_codes_for_overall_award": "Q: Not Designated Nonemergency/Emergency/Disaster/Wildfire Suppression",
    "foreign_funding": "X",
    "foreign_funding_description": "NOT APPLICABLE",
    "cage_code": "0EX00",
    "type_of_contract_pricing_code": "J",
    "type_of_contract_pricing": "FIRM FIXED PRICE",
    "number_of_actions": "1",
    "inherently_governmental_functions": "CL",
    "inherently_governmental_functions_description": "CLOSELY ASSOCIATED",
    "contract_bundling_code": "H",
    "contract_bundling": "NOT BUNDLED",
    "recovered_materials_sustainability_code": "C",
    "recovered_materials_sustainability": "NO CLAUSES INCLUDED AND NO SUSTAINABILITY INCLUDED",
    "domestic_or_foreign_entity_code": "A",
    "domestic_or_foreign_entity": "U.S. OWNED BUSINESS",
    "epa_designated_product_code": "E",
    "epa_designated_product": "NOT REQUIRED",
    "country_of_product_or_service_origin_code": "USA",
    "country_of_product_or_service_origin": "UNITED STATES",
    "subcontracting_plan_code": "B",
    "subcontracting_plan": "PLAN NOT REQUIRED",
    "extent_competed_code": "A",
    "extent_competed": "FULL AND OPEN COMPETITION",
    "solicitation_procedures_code": "MAFO",
    "solicitation_procedures": "SUBJECT TO MULTIPLE AWARD FAIR OPPORTUNITY",
    "type_of_set_aside_code": "NONE",
    "type_of_set_aside": "NO SET ASIDE USED.",
    "number_of_offers_received": "3",
    "commercial_item_acquisition_procedures_code": "A",
    "commercial_item_acquisition_procedures": "COMMERCIAL PRODUCTS/SERVICES",
    "clinger_cohen_act_planning_code": "N",
    "clinger_cohen_act_planning": "NO",
    "labor_standards_code": "X",
    "labor_standards": "NOT APPLICABLE",
    "consolidated_contract_code": "D",
    "consolidated_contract": "NOT CONSOLIDATED",
    "performance_based_service_acquisition_code": "N",
    "performance_based_service_acquisition": "NO - SERVICE WHERE PBA IS NOT USED.",
    "organizational_type": "CORPORATE NOT TAX EXEMPT",
    "contracting_officers_determination_of_business_size": "OTHER THAN SMALL BUSINESS",
    "contracting_officers_determination_of_business_size_code": "O",
    "prime_awardee_address_line_1": "1 EXAMPLE PLAZA",
    "subawardee_address_line_1": "2 EXAMPLE PLAZA",
    "subawardee_highly_compensated_officer_1_name": PERSON_CANARY,
    "subaward_type": "sub-contract",
}
_FLAG_ENDINGS = ("_business", "_owned_firm", "_government", "_college", "_institution", "_organization", "_authority")


def columns_of(source: Source) -> tuple[str, ...]:
    """All columns of a tabular layout: in the publisher's order where it is known, else those taken, then those ignored."""
    folder = os.environ.get("WHOSBEHIND_DATA")
    declared = Path(folder, "usaspending/bulk/contract_transactions_297_fields.json") if folder else None
    if source.id == "usaspending_transactions_bulk" and declared and declared.exists():
        return tuple(field["name"] for field in json.loads(declared.read_text("utf-8"))["fields"])
    return source.order or (*source.origins(), *source.ignore)


def write_bulk(path: Path, rows: Rows) -> None:
    """Write transactions in the layout of the bulk download, 297 columns with a header."""
    _write(path, "usaspending_transactions_bulk", map(_bulk_cells, rows))


def write_bulk_large(path: Path, count: int, seed: int = 0) -> None:
    """Write `count` transactions in the bulk layout, a row at a time, so that memory stays flat."""
    write_bulk(path, transactions(count, seed))


def write_api_csv(path: Path, rows: Rows) -> None:
    """Write transactions as the API's search saved as CSV, ten columns; it holds no transaction number."""
    _write(path, "usaspending_transactions_csv", map(_api_csv_cells, rows))


def write_legacy(path: Path, rows: Rows, header: bool = False) -> None:
    """Write transactions in the layout of 2018, 259 columns; real files hold each award's latest modification only."""
    _write(path, "usaspending_contracts_2018", map(_legacy_cells, rows), header)


def latest_only(rows: Rows) -> list[SyntheticTransaction]:
    """The last transaction of each award, as the layout of 2018 has them."""
    return list({row.award_id: row for row in rows}.values())


def write_award_summaries(path: Path, rows: Rows) -> None:
    """Write the awards of transactions as award summaries; an award's obligation is the sum of these rows."""
    _write(path, "usaspending_award_summaries", (_summary_cells(award) for award in by_award(rows)))


def write_subawards(path: Path, rows: Rows) -> None:
    """Write a subaward of three tenths for each transaction that obligates money."""
    paid = (row for row in rows if row.obligated_usd > 0)
    _write(path, "usaspending_subawards", (_subaward_cells(row, place) for place, row in enumerate(paid, 1)))


def write_api_json(path: Path, rows: Rows) -> None:
    """Write transactions as one answer of the API's search by transaction."""
    results = [_api_json_entry(row) for row in rows]
    answer = {"limit": len(results), "results": results, "page_metadata": {"page": 1, "hasNext": False}}
    path.write_text(json.dumps(answer, indent=1), "utf-8")


def by_award(rows: Rows) -> Iterator[list[SyntheticTransaction]]:
    """Transactions grouped by award, awards in order of first appearance."""
    found: dict[str, list[SyntheticTransaction]] = {}
    for row in rows:
        found.setdefault(row.award_id, []).append(row)
    yield from found.values()


def _write(path: Path, source_id: str, rows: Iterable[Cells], header: bool = True) -> None:
    columns = columns_of(bundled_sources()[source_id])
    with path.open("w", encoding="utf-8", newline="") as stream:
        if header:
            stream.write(",".join(map(_quoted, columns)) + "\n")
        stream.writelines(_lines(columns, rows))


def _lines(columns: Sequence[str], rows: Iterable[Cells]) -> Iterator[str]:
    """CSV lines; what never varies is laid out once, since a million rows have three hundred million cells."""
    template = ""
    for row in rows:
        template = (
            template or ",".join(f"%({name})s" if name in row else _printed(name).replace("%", "%%") for name in columns) + "\n"
        )
        yield template % {name: _quoted(text) for name, text in row.items()}


def _quoted(text: str) -> str:
    """A cell as CSV writes it."""
    has_special = "," in text or '"' in text or "\n" in text or "\r" in text
    return '"' + text.replace('"', '""') + '"' if has_special else text


def _printed(column: str) -> str:
    return _quoted(_PRINTED.get(column, "f" if column.endswith(_FLAG_ENDINGS) else ""))


def _shared_cells(row: SyntheticTransaction) -> dict[str, str]:
    """What the wide layouts state alike, by the names they share."""
    return {
        "award_id_piid": row.piid,
        "modification_number": row.modification_number,
        "transaction_number": row.transaction_number,
        "parent_award_agency_id": row.parent_agency_code or "",
        "federal_action_obligation": str(row.obligated_usd),
        "base_and_all_options_value": str(row.ceiling_change_usd),
        "current_total_value_of_award": str(row.current_value_usd),
        "potential_total_value_of_award": str(row.ceiling_usd),
        "action_date": row.action_date.isoformat(),
        "last_modified_date": row.last_modified_date.isoformat(),
        "awarding_agency_code": row.awarding.department_code,
        "awarding_agency_name": row.awarding.department_name,
        "awarding_sub_agency_code": row.awarding.code,
        "awarding_sub_agency_name": row.awarding.name,
        "awarding_office_code": row.awarding_office[0],
        "awarding_office_name": row.awarding_office[1],
        "funding_agency_code": row.funding.department_code,
        "funding_agency_name": row.funding.department_name,
        "funding_sub_agency_code": row.funding.code,
        "funding_sub_agency_name": row.funding.name,
        "funding_office_code": row.funding_office[0],
        "funding_office_name": row.funding_office[1],
        "recipient_name": row.recipient_name,
        "recipient_uei": row.recipient_uei or "",
        "recipient_duns": row.recipient_duns or "",
        "recipient_parent_name": row.recipient_parent_name or "",
        "recipient_parent_uei": row.recipient_parent_uei or "",
        "sole_proprietorship": "t" if row.is_sole_proprietor else "f",
        "product_or_service_code": row.psc_code,
        "product_or_service_code_description": row.psc_name,
        "naics_code": row.naics_code,
        "naics_description": row.naics_name,
        "award_or_idv_flag": "IDV" if row.is_vehicle else "AWARD",
        "award_type_code": "" if row.is_vehicle else row.award_type_code,
        "award_type": row.award_type,
    }


def _bulk_cells(row: SyntheticTransaction) -> Cells:
    return {
        **_shared_cells(row),
        "contract_transaction_unique_key": row.transaction_key,
        "contract_award_unique_key": row.award_id,
        "parent_award_id_piid": row.parent_piid or "",
        "total_dollars_obligated": str(row.total_obligated_usd),
        "action_date_fiscal_year": str(row.action_date.year + (row.action_date.month >= 10)),
        "recipient_name_raw": row.recipient_name,
        "recipient_parent_name_raw": row.recipient_parent_name or "",
        "transaction_description": row.description,
        "prime_award_base_transaction_description": row.description,
        "usaspending_permalink": f"https://www.usaspending.gov/award/{row.award_id}/",
    }


def _api_csv_cells(row: SyntheticTransaction) -> Cells:
    return {
        "Agency": row.awarding.label,
        "Award ID": row.piid,
        "Recipient Name": row.recipient_name,
        "Federal Action Obligation": str(row.obligated_usd),
        "Action Date": row.action_date.isoformat(),
        "Modification": row.modification_number,
        "Product/Service Description": row.psc_name,
        "NAICS Description": row.naics_name,
        "Transaction Description": row.description,
        "Generated Award ID": row.award_id,
    }


def _legacy_cells(row: SyntheticTransaction) -> Cells:
    """As printed in 2018: days before months, codes without their leading zero."""
    return {
        **_shared_cells(row),
        "parent_award_id": row.parent_piid or "",
        "action_date": f"{row.action_date:%d/%m/%Y}",
        "last_modified_date": f"{row.last_modified_date:%d/%m/%y} 15:06",
        "awarding_agency_code": row.awarding.department_code.lstrip("0"),
        "funding_agency_code": row.funding.department_code.lstrip("0"),
        "award_description": row.description,
        "fiscal_year": str(row.action_date.year + (row.action_date.month >= 10)),
    }


def _summary_cells(award: Sequence[SyntheticTransaction]) -> Cells:
    latest, days = award[-1], [row.action_date for row in award]
    return {
        **_shared_cells(latest),
        "contract_award_unique_key": latest.award_id,
        "parent_award_id_piid": latest.parent_piid or "",
        "total_obligated_amount": str(sum((row.obligated_usd for row in award), ZERO)),
        "award_base_action_date": min(days).isoformat(),
        "award_latest_action_date": max(days).isoformat(),
        "prime_award_base_transaction_description": award[0].description,
        "usaspending_permalink": f"https://www.usaspending.gov/award/{latest.award_id}/",
    }


def _subaward_cells(row: SyntheticTransaction, place: int) -> Cells:
    firms = recipients()
    below = firms[place * 31 % (len(firms) - len(_PEOPLE))]
    return {
        "prime_award_unique_key": row.award_id,
        "prime_award_piid": row.piid,
        "prime_award_parent_piid": row.parent_piid or "",
        "prime_award_amount": str(row.total_obligated_usd),
        "prime_award_awarding_agency_code": row.awarding.department_code,
        "prime_award_awarding_sub_agency_code": row.awarding.code,
        "prime_award_awarding_office_code": row.awarding_office[0],
        "prime_award_awarding_office_name": row.awarding_office[1],
        "prime_award_funding_agency_code": row.funding.department_code,
        "prime_award_funding_sub_agency_code": row.funding.code,
        "prime_award_funding_office_code": row.funding_office[0],
        "prime_award_funding_office_name": row.funding_office[1],
        "prime_awardee_uei": row.recipient_uei or "",
        "prime_awardee_name": row.recipient_name,
        "subaward_fsrs_report_id": f"00000000-0000-4000-8000-{place:012}",
        "subaward_number": f"{place:010}",
        "subaward_amount": str((row.obligated_usd * 3 / 10).quantize(Decimal("0.01"))),
        "subaward_action_date": row.action_date.isoformat(),
        "subawardee_uei": below.uei or "",
        "subawardee_duns": below.duns or "",
        "subawardee_name": below.name,
        "subawardee_parent_name": below.parent_name or "",
        "subawardee_parent_uei": below.parent_uei or "",
        "subaward_description": row.description,
    }


def _api_json_entry(row: SyntheticTransaction) -> dict[str, object]:
    """One result; amounts are numbers there, whose spelling has at most two decimals."""
    return {
        "internal_id": int(hashlib.sha256(row.award_id.encode()).hexdigest()[:7], 16),
        "Award ID": row.piid,
        "Mod": row.modification_number,
        "Recipient Name": row.recipient_name,
        "Recipient UEI": row.recipient_uei,
        "Action Date": row.action_date.isoformat(),
        "Transaction Amount": float(row.obligated_usd),
        "Transaction Description": row.description,
        "Award Type": row.award_type,
        "Awarding Agency": row.awarding.department_name,
        "Awarding Sub Agency": row.awarding.name,
        "Funding Agency": row.funding.department_name,
        "Funding Sub Agency": row.funding.name,
        "product_or_service_code": row.psc_code,
        "product_or_service_description": row.psc_name,
        "naics_code": row.naics_code,
        "naics_description": row.naics_name,
        "generated_internal_id": row.award_id,
    }
