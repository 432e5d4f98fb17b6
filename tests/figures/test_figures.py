"""Figures: sets, routes, breakdowns, coverage, warnings, and rows that sum to the number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import synthetic
from tests.effort import effort
from tests.figures.ledgers import BASE, built_from, made
from whosbehind import Workspace
from whosbehind.errors import Mistake
from whosbehind.figures import GROUPINGS
from whosbehind.intake import AddOptions
from whosbehind.values import Route

ROWS = [
    made(1, recipient_name="MICROSOFT CORPORATION", description="SUPPORT"),
    made(2, description="MICROSOFT AZURE AND AMAZON WEB SERVICES"),
    made(4, description="AMAZON WEB SERVICES"),
    made(8, description="AMAZON WEB SERVICES", action_date=dt.date(2023, 10, 1)),
    made(16, description="PENCILS"),
    made(32, recipient_name="MICROSOFT CORPORATION", description="AMAZON WEB SERVICES"),
    made(64, description="ZANTHIL LICENSES", action_date=dt.date(2019, 7, 31)),
    made(128, description="ZANTHIL LICENSES", action_date=dt.date(2019, 8, 1)),
    made(256, recipient_name="PELLUMON INC", recipient_uei="P" * 12),
    made(512, recipient_name="HARBOUR GOODS LLC", recipient_uei="P" * 12),
]
TAKEN_BACK = {"obligated_usd": Decimal(-200), "action_date": dt.date(2023, 6, 1)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return built_from(tmp_path_factory.mktemp("figures"), ROWS)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with money taken back, money of the last weeks before its receipt, and a row that a page repeats."""
    folder = tmp_path_factory.mktemp("dated")
    workspace = Workspace.init(folder / "workspace")
    synthetic.write_bulk(folder / "rows.csv", [made(500, action_date=dt.date(2023, 1, 1)), made(7, **TAKEN_BACK)])
    page = [made(number, piid=f"A{number}", action_date=dt.date(2024, 1, 10)) for number in (1, 2)]
    synthetic.write_api_csv(folder / "page.csv", [*page, page[1]])
    list(
        workspace.add([folder / "rows.csv", folder / "page.csv"], AddOptions(received_at=dt.datetime(2024, 1, 15, tzinfo=dt.UTC)))
    )
    workspace.build()
    return workspace


def test_an_organisation_is_reached_directly_or_through_resellers(built: Workspace) -> None:
    figure = built.figure(organisations=["microsoft"])
    assert figure.by_route["direct"].obligated_usd == 1 + 32
    assert figure.by_route["reseller"].obligated_usd == 2


def test_a_transaction_that_names_two_counts_once_for_the_set_and_wholly_for_each(built: Workspace) -> None:
    assert built.figure(organisations=["amazon"]).obligated_usd == 2 + 4 + 8 + 32
    assert built.figure(organisations=["amazon", "microsoft"]).obligated_usd == 1 + 2 + 4 + 8 + 32
    each = built.figure(organisations=["amazon", "microsoft"], by=["organisation"])
    assert {group.of["organisation"]: group.amount.obligated_usd for group in each.groups} == {"amazon": 46, "microsoft": 35}


def test_the_route_of_a_set_is_direct_where_the_recipient_is_of_it(built: Workspace) -> None:
    figure = built.figure(organisations=["amazon", "microsoft"])
    assert figure.by_route["direct"].obligated_usd == 1 + 32
    assert built.figure(organisations=["amazon"]).by_route["direct"].obligated_usd == 0


def test_owners_hold_at_the_action_date_or_at_the_day_asked_for(built: Workspace) -> None:
    assert built.figure(organisations=["quorvex"]).obligated_usd == 128
    assert built.figure(organisations=["zanthil"]).obligated_usd == 64 + 128
    assert built.figure(organisations=["quorvex"], as_of=dt.date(2020, 1, 1)).obligated_usd == 64 + 128
    assert built.figure(organisations=["quorvex"], as_of=dt.date(2019, 1, 1)).obligated_usd == 0


def test_a_recipient_that_is_no_organisation_can_be_asked_for(built: Workspace) -> None:
    figure = built.figure(organisations=["Plain Supply"])
    assert figure.obligated_usd == sum(row.obligated_usd for row in ROWS if row.recipient_name == "PLAIN SUPPLY CO")
    assert figure.by_route["reseller"].transaction_count == 0


def test_an_unknown_name_is_an_error_that_offers_near_ones(built: Workspace) -> None:
    with pytest.raises(Mistake, match=r"pelumon.*PELLUMON"):
        built.figure(organisations=["pelumon"])
    with pytest.raises(Mistake, match=r"ICEE.*ICE"):
        built.figure(agencies=["ICEE"])


def test_a_product_leads_to_its_owner_and_says_so(built: Workspace) -> None:
    figure = built.figure(organisations=["Brammix"])
    assert figure.organisations == ("quorvex",)
    assert any("is a product of Quorvex" in warning for warning in figure.warnings)


def test_filters_narrow_the_figure(built: Workspace) -> None:
    assert built.figure(words="amazon web").obligated_usd == 2 + 4 + 8 + 32
    assert built.figure(words="mazon").obligated_usd == 0
    assert built.figure(recipient="Microsoft").obligated_usd == 1 + 32
    assert built.figure(award=BASE.piid).obligated_usd == sum(row.obligated_usd for row in ROWS)
    assert built.figure(psc=BASE.psc_code[:2]).transaction_count == len(ROWS)
    assert built.figure(office=BASE.awarding_office[0]).transaction_count == len(ROWS)
    assert built.figure(office="no such office").transaction_count == 0


@pytest.mark.parametrize("name", [name for name in GROUPINGS if name != "organisation"])
def test_a_breakdown_adds_up_to_the_figure(built: Workspace, name: str) -> None:
    figure = built.figure(organisations=["amazon", "microsoft"], by=[name])
    assert sum(group.amount.obligated_usd for group in figure.groups) == figure.obligated_usd
    assert sum(group.amount.transaction_count for group in figure.groups) == figure.transaction_count


@settings(max_examples=effort(5, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(st.sampled_from(["amazon", "microsoft", "zanthil", "quorvex", "plain supply"])),
    st.sampled_from([None, Route.DIRECT, Route.RESELLER]),
    st.one_of(st.none(), st.dates(dt.date(2018, 1, 1), dt.date(2025, 1, 1))),
)
def test_rows_sum_to_the_figure_and_cite_their_place(
    built: Workspace, organisations: set[str], route: Route | None, since: dt.date | None
) -> None:
    figure = built.figure(organisations=sorted(organisations), route=route if organisations else None, since=since)
    rows = figure.rows
    assert sum((row["obligated_usd"] for row in rows), Decimal(0)) == figure.obligated_usd
    assert len(rows) == figure.transaction_count
    assert len({row["transaction_id"] for row in rows}) == len(rows)
    for row in rows:
        document, _, place = row["citation"].partition("#row=")
        line = built.paths.blob(document).read_text("utf-8").splitlines()[int(place) - 1]
        assert row["award_id"] in line
        assert str(row["modification_number"]) in line


def test_days_without_evidence_are_said(built: Workspace) -> None:
    figure = built.figure(agencies=[BASE.awarding.code], since=dt.date(2010, 1, 1), until=dt.date(2030, 1, 1))
    [agency] = figure.coverage["agencies"]
    assert agency["uncovered"][0]["since"] == "2010-01-01"
    assert agency["uncovered"][-1]["until"] == "2030-01-01"
    assert any("does not cover" in warning for warning in figure.warnings)
    assert figure.coverage["is_complete"] is False


def test_an_agency_without_evidence_is_said(built: Workspace) -> None:
    figure = built.figure(agencies=["NASA"], since=dt.date(2022, 1, 1), until=dt.date(2022, 12, 31))
    assert figure.obligated_usd == 0
    assert any("does not cover" in warning for warning in figure.warnings)


def test_recent_weeks_are_said_to_be_incomplete(dated: Workspace) -> None:
    assert any("since 2023-12-16 may still" in warning for warning in dated.figure().warnings)
    assert not any("may still" in warning for warning in dated.figure(until=dt.date(2023, 12, 10)).warnings)


def test_a_closed_window_says_what_was_taken_back_later(dated: Workspace) -> None:
    figure = dated.figure(until=dt.date(2023, 3, 1))
    assert figure.obligated_usd == 500
    assert figure.taken_back_later is not None
    assert figure.taken_back_later.obligated_usd == -200
    assert any("$200.00 back" in warning for warning in figure.warnings)


def test_what_may_be_missing_behind_a_repetition_is_said(dated: Workspace) -> None:
    figure = dated.figure()
    assert (figure.obligated_usd, figure.transaction_count) == (Decimal(500 - 200 + 1 + 2), 4)
    assert any("may be missing" in warning for warning in figure.warnings)
    assert Decimal(figure.coverage["may_be_missing_usd"]) == 2


def test_two_names_under_one_identifier_are_one_vendor_and_reach_its_organisation_directly(built: Workspace) -> None:
    figure = built.figure(organisations=["pellumon"])
    assert figure.by_route["direct"].obligated_usd == figure.obligated_usd == 256 + 512


def test_questions_that_make_no_sense_are_refused(built: Workspace) -> None:
    with pytest.raises(Mistake, match="before it begins"):
        built.figure(since=dt.date(2024, 1, 2), until=dt.date(2024, 1, 1))
    with pytest.raises(Mistake, match="cannot be broken down by 'colour'"):
        built.figure(by=["colour"])
    with pytest.raises(Mistake, match="a route leads to an organisation"):
        built.figure(by=["route"])
