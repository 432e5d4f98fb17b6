"""Claims about the real records of fiscal years 2021 to 2024, made from plain sums over the published files."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.claims.entries import claim, written
from tests.real.oracle import Raw
from whosbehind import Workspace
from whosbehind.claims import Finding
from whosbehind.values import ClaimVerdict, Measure

COVERED = (dt.date(2020, 10, 1), dt.date(2024, 9, 30))
COUNTED = (Measure.OBLIGATIONS, Measure.TRANSACTIONS, Measure.AWARDS)
OTHER = {"ICE": "CBP", "CBP": "ICE"}


@dataclass(frozen=True)
class Stated:
    """What a claim is about: some rows of one agency in one year, fiscal or calendar."""

    filters: Mapping[str, Any]
    is_meant: Callable[[Raw], bool]
    agency: str
    year: int
    is_fiscal: bool = True

    @property
    def window(self) -> tuple[dt.date, dt.date]:
        if self.is_fiscal:
            return dt.date(self.year - 1, 10, 1), dt.date(self.year, 9, 30)
        return dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)

    @property
    def check(self) -> dict[str, Any]:
        since, until = map(str, self.window)
        return {"measure": "obligations", "agencies": [self.agency], "since": since, "until": until, **self.filters}

    def total(self, raw: list[Raw]) -> Decimal:
        """The plain sum over the rows of the files."""
        since, until = self.window
        own = (row for row in raw if row.agency == self.agency and since <= row.day <= until)
        return sum((row.amount for row in own if self.is_meant(row)), Decimal(0))


SUBJECTS = [
    Stated({}, lambda _: True, "ICE", 2024),
    Stated({"organisations": ["palantir"], "route": "direct"}, lambda row: row.recipient.startswith("PALANTIR"), "ICE", 2023),
    Stated({"words": "body armor"}, lambda row: bool(re.search(r"\bBODY ARMOR\b", row.description, re.I)), "CBP", 2022, False),
]


def rounded(value: Decimal, relation: str = "about") -> dict[str, Any]:
    """A number as a newspaper prints it, to the thousand dollars."""
    return {relation: int(round(value, -3)), "precision": 1000}


def variants(place: int, stated: Stated, raw: list[Raw]) -> Iterator[dict[str, Any]]:
    total, cent = stated.total(raw), Decimal("0.01")
    yield claim(f"{place}-to-the-cent", stated.check, {"exactly": str(total)})
    yield claim(f"{place}-right", stated.check, rounded(total))
    yield claim(f"{place}-floor", stated.check, {"at_least": str(total), "precision": "0.01"})
    yield claim(f"{place}-a-cent-above", stated.check, {"at_least": str(total + cent), "precision": "0.01"})
    yield claim(f"{place}-a-cent-below", stated.check, {"at_most": str(total - cent), "precision": "0.01"})
    yield claim(f"{place}-thousandfold", stated.check, {"about": str(total * 1000), "precision": 1000})
    yield claim(f"{place}-wrong-year", stated.check, rounded(replace(stated, year=stated.year - 1).total(raw)))
    other = replace(stated, agency=OTHER[stated.agency]).total(raw)
    if other:  # CBP bought nothing from Palantir itself
        yield claim(f"{place}-wrong-agency", stated.check, rounded(other))


@pytest.fixture(scope="module")
def findings(real: Workspace, raw: list[Raw], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finding]:
    entries = [entry for place, stated in enumerate(SUBJECTS) for entry in variants(place, stated, raw)]
    file = written(tmp_path_factory.mktemp("claims") / "claims.yaml", *entries)
    return {finding.id: finding for finding in real.check(file=file)}


@pytest.mark.parametrize("place", range(len(SUBJECTS)))
def test_what_the_files_add_up_to_is_supported_and_a_cent_more_or_less_is_not(
    findings: dict[str, Finding], raw: list[Raw], place: int
) -> None:
    assert findings[f"{place}-right"].value == SUBJECTS[place].total(raw) != 0
    verdicts = {name: findings[f"{place}-{name}"].verdict for name in ("to-the-cent", "right", "floor")}
    assert set(verdicts.values()) == {ClaimVerdict.SUPPORTED}
    for name in ("a-cent-above", "a-cent-below"):
        assert findings[f"{place}-{name}"].verdict is ClaimVerdict.CONTRADICTED


@pytest.mark.parametrize("place", range(len(SUBJECTS)))
def test_the_number_of_another_year_or_unit_is_garbled_and_traced(
    findings: dict[str, Finding], raw: list[Raw], place: int
) -> None:
    earlier = replace(SUBJECTS[place], year=SUBJECTS[place].year - 1)
    since, until = map(str, earlier.window)
    _is_traced(findings[f"{place}-wrong-year"], {"since": since, "until": until}, earlier.total(raw))
    _is_traced(findings[f"{place}-thousandfold"], {"unit_factor": "1000"}, SUBJECTS[place].total(raw) * 1000)


@pytest.mark.parametrize("place", [0, 2])
def test_the_number_of_another_agency_is_garbled_and_traced(findings: dict[str, Finding], raw: list[Raw], place: int) -> None:
    other = replace(SUBJECTS[place], agency=OTHER[SUBJECTS[place].agency])
    _is_traced(findings[f"{place}-wrong-agency"], {"agencies": [other.agency]}, other.total(raw))


def _is_traced(found: Finding, reading: dict[str, Any], value: Decimal) -> None:
    assert found.verdict is ClaimVerdict.GARBLED, found.reason
    assert found.repair
    assert found.repair.reading.as_json() == reading
    assert found.repair.value == value


@pytest.fixture(scope="module")
def bundled(real: Workspace) -> list[Finding]:
    return [each for finding in real.check() for each in (finding, *finding.copies)]


def test_every_bundled_claim_leads_to_a_finding(real: Workspace, bundled: list[Finding]) -> None:
    claims = real.claims()
    assert len(claims) > 100
    assert {each.id for each in bundled} >= set(claims)
    for each in bundled:
        assert each.reason
        assert each.verdict is not ClaimVerdict.NOT_TESTABLE or each.needed, each.id
        assert each.rests_on != "documents" or each.claim.documented, each.id


def test_no_bundled_claim_is_judged_by_sums_where_the_evidence_does_not_reach(bundled: list[Finding]) -> None:
    summed = [each for each in bundled if each.claim.check and each.claim.check.measure in COUNTED]
    assert summed
    for each in summed:
        if each.rests_on.startswith("computation") and not _is_covered(each):
            assert each.verdict is ClaimVerdict.NOT_TESTABLE, each.id


def _is_covered(finding: Finding) -> bool:
    assert finding.claim.check
    asked = finding.claim.check.question
    within = asked.since and asked.until and COVERED[0] <= asked.since and asked.until <= COVERED[1]
    return bool(within) and set(asked.agencies) <= set(OTHER)


def test_the_extract_alone_judges_no_claim_about_money(tmp_path: Path, bundled: list[Finding]) -> None:
    workspace = Workspace.init(tmp_path / "workspace")
    list(workspace.add_extract())
    workspace.build()
    names = [each.id for each in bundled if _is_of_money(each) and "/" not in each.id]
    assert names
    assert all(_is_open(each) for each in workspace.check(names))


def _is_of_money(finding: Finding) -> bool:
    return finding.claim.check is not None and finding.claim.check.measure is Measure.OBLIGATIONS


def _is_open(finding: Finding) -> bool:
    return finding.verdict is ClaimVerdict.NOT_TESTABLE or finding.rests_on == "documents"


def test_readings_tried_are_many_and_all_within_the_evidence(findings: dict[str, Finding]) -> None:
    for each in findings.values():
        if each.searched:
            assert each.searched.tried >= 5
            assert all(_ends_inside(match.reading.question.until) for match in each.searched.matches)


def _ends_inside(until: dt.date | None) -> bool:
    return until is not None and until <= COVERED[1] + dt.timedelta(days=10)
