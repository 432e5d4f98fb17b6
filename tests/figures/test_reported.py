"""A reported number is found by company, concept, period and part; two values for one are none."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import pytest

from tests.published import fact, filing
from whosbehind import Workspace
from whosbehind.figures import FactQuestion, Lake, ReportedFact, reported
from whosbehind.intake import AddOptions

FIRST, LAST = dt.date(2022, 1, 1), dt.date(2022, 12, 31)
OLD = filing(fact("us-gaap:Revenues", "90000000"))
NEW = filing(
    fact("us-gaap:Revenues", "100000000"),
    fact("us-gaap:Revenues", "99700000", decimals="-5"),
    fact("us-gaap:Revenues", "20000000", "cloud"),
    fact("us-gaap:Assets", "5", "day", decimals="0"),
    fact("zan:Torn", "1", decimals="0"),
    fact("zan:Torn", "2", decimals="0"),
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = Workspace.init(tmp_path_factory.mktemp("filings") / "workspace")
    for year, text in ((2023, OLD), (2024, NEW)):
        moment = dt.datetime(year, 2, 1, tzinfo=dt.UTC)
        list(found.add_stream(io.BytesIO(text.encode()), f"{year}.xml", AddOptions(received_at=moment)))
    found.build()
    return found


def asked(
    workspace: Workspace, concept: str, member: str | None = None, *, entity: str = "Zanthil", since: dt.date = FIRST
) -> ReportedFact:
    with workspace.engine() as engine:
        lake = Lake(engine, workspace.paths, workspace.snapshot())
        return reported(lake, FactQuestion(entity, concept, since, LAST, member))


def test_the_filing_received_last_counts_and_the_more_precise_of_its_numbers(workspace: Workspace) -> None:
    found = asked(workspace, "us-gaap:Revenues")
    assert (found.value, found.unit, len(found.rows), found.reason) == (Decimal(99700000), "iso4217:USD", 2, None)
    assert found.citations[0].endswith("#fact=1")


@pytest.mark.parametrize("entity", ["Zanthil", "ZANTHIL INC", "123456", "0000123456"])
def test_a_company_is_found_by_its_name_or_number(workspace: Workspace, entity: str) -> None:
    assert asked(workspace, "Revenues", entity=entity).value == Decimal(99700000)


@pytest.mark.parametrize("member", ["CloudMember", "zan:CloudMember"])
def test_a_part_of_the_company_is_found_by_its_member(workspace: Workspace, member: str) -> None:
    assert asked(workspace, "Revenues", member).value == Decimal(20000000)


def test_a_number_that_holds_on_one_day_is_found_by_that_day(workspace: Workspace) -> None:
    assert asked(workspace, "Assets", since=LAST).value == Decimal(5)
    assert asked(workspace, "Assets").value is None


def test_two_values_for_one_number_are_none_and_both_are_shown(workspace: Workspace) -> None:
    found = asked(workspace, "Torn")
    assert (found.value, len(found.citations), found.reason) == (None, 2, "One filing states two values for it.")


def test_what_no_filing_states_has_a_reason(workspace: Workspace) -> None:
    assert asked(workspace, "Revenues", "CraneMember").reason == "No filing in the evidence states it."
    assert asked(workspace, "Revenues", entity="Pellumon").reason == "No filing in the evidence states it."
