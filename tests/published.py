"""Invented documents in the layouts of three publishers: AI use case inventories, marketplace snapshots, filings.

No company, product or number here is real.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from whosbehind.sources import bundled_sources

INVENTORY = bundled_sources()["ai_use_cases_2024"]
YEAR = "<startDate>2022-01-01</startDate><endDate>2022-12-31</endDate>"
DAY = "<instant>2022-12-31</instant>"
CLOUD = '<xbrldi:explicitMember dimension="us-gaap:SegmentsAxis">zan:CloudMember</xbrldi:explicitMember>'
TOWN = '<xbrldi:typedMember dimension="srt:PlaceAxis"><zan:place>Town</zan:place></xbrldi:typedMember>'


def inventory(*rows: Mapping[str, str]) -> bytes:
    """An inventory of 2024: cells by our column names; the header holds one name three times, as the real one does."""
    origins = {take.column: take.origin for take in INVENTORY.take}
    header = [*origins.values(), *INVENTORY.ignore, *INVENTORY.repeated, *INVENTORY.repeated]
    target = io.StringIO(newline="")
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        cells = {"use_case_name": "Zanthil finder", "bureau_name": "ICE", **row}
        unknown = set(cells) - set(origins)
        assert not unknown
        known = {origins[column]: value for column, value in cells.items()}
        writer.writerow([known.get(name, "") for name in header])
    return target.getvalue().encode("cp1252")


def listing(package_id: str, provider: str, letters: int = 0, **changes: object) -> dict[str, object]:
    """A product as the dashboard's data lists it, with so many letters of one agency."""
    listed = {
        "Cloud_Service_Provider_Name": provider,
        "Cloud_Service_Provider_Package": f"{package_id} cloud",
        "Package_ID": package_id,
        "Designation": "Compliant",
        "Service_Model": ["IaaS ", " PaaS"],
        "CSP_POC_Name": "Jane Q Placeholder",
        "Leveraged_ATO_Letters": [{"Authorizing_Agency": "Department of Examples", "Agency_POC": "Jane Q Placeholder"}] * letters,
        **changes,
    }
    return {key: value for key, value in listed.items() if value is not None}


def dashboard(*listings: Mapping[str, object], day: str | None = "2018-10-23", meta: Mapping[str, object] | None = None) -> bytes:
    """A snapshot of the dashboard; with `day` None its date is not stated."""
    about = {"Created_At": f"{day}T04:40:50.185Z"} if day else {}
    return json.dumps({"meta": {**about, **(meta or {})}, "data": {"Providers": listings, "Assessors": []}}).encode()


def product(package_id: str, provider: str, authorization: int, reuse: int = 0, **changes: object) -> dict[str, object]:
    """A product as the marketplace's later layout lists it."""
    return {
        "id": package_id,
        "csp": provider,
        "cso": f"{package_id} cloud",
        "status": "FedRAMP Authorized",
        "authorization": authorization,
        "reuse": reuse,
        "auth_date": "Not Active",
        "leveraged_systems": [],
        "agency_authorizations": [""],
        **changes,
    }


def marketplace(*products: Mapping[str, object], day: str = "2023-06-30") -> bytes:
    """A snapshot of the marketplace's later layout."""
    return json.dumps({"meta": {"last_change": f"{day}T00:48:40.276Z"}, "data": {"Products": products}}).encode()


def filing(*facts: str, head: str = "", declared: str = "") -> str:
    """A filing of Zanthil for 2022. `facts` are elements; contexts are `year`, `day`, `cloud` and `cloud_in_town`."""
    return f"""<?xml version="1.0" encoding="utf-8"?>{declared}
<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
  xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:dei="http://xbrl.sec.gov/dei/2022"
  xmlns:us-gaap="http://fasb.org/us-gaap/2022" xmlns:zan="http://example.org/2022" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<link:schemaRef xlink:href="zan.xsd" xlink:type="simple"/>{head}
{_context("year", "", YEAR)}{_context("day", "", DAY)}
{_context("cloud", CLOUD, YEAR)}{_context("cloud_in_town", CLOUD + TOWN, DAY)}
<unit id="usd"><measure>iso4217:USD</measure></unit>
<unit id="each"><divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator>
<unitDenominator><measure>shares</measure></unitDenominator></divide></unit>
<dei:EntityRegistrantName contextRef="year">ZANTHIL, INC.</dei:EntityRegistrantName>
<dei:DocumentType contextRef="year">10-K</dei:DocumentType>
{"".join(facts)}
</xbrl>
"""


def fact(concept: str, value: str, context: str = "year", unit: str = "usd", decimals: str = "-6") -> str:
    """A number of a filing."""
    return f'<{concept} contextRef="{context}" unitRef="{unit}" decimals="{decimals}" id="f-{concept}">{value}</{concept}>\n'


def _context(name: str, segment: str, period: str) -> str:
    inner = f"<segment>{segment}</segment>" if segment else ""
    entity = f'<entity><identifier scheme="http://www.sec.gov/CIK">0000123456</identifier>{inner}</entity>'
    return f'<context id="{name}">{entity}<period>{period}</period></context>'
