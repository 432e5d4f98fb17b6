"""Beside a figure: what inheritance would add, and what today's owners would make of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from tests.figures.ledgers import OWNED_FROM, built_from, made
from whosbehind import Workspace
from whosbehind.errors import Mistake

LATER = dt.date(2023, 6, 1)
BEFORE = OWNED_FROM - dt.timedelta(days=1)
AWARD = {"piid": "70CTD023FR0000001", "modification_number": "0", "action_date": dt.date(2023, 1, 10)}
ROWS = [
    made(1, **AWARD, description="PELLUMON LICENSES"),
    made(2, piid=AWARD["piid"], action_date=LATER, description="12-MONTH EXTENSION"),
    made(4, piid=AWARD["piid"], action_date=LATER, description="12-MONTH EXTENSION", recipient_name="PELLUMON INC"),
    made(8, piid=AWARD["piid"], action_date=LATER, description="QUORVEX"),
    made(16, description="ZANTHIL", action_date=BEFORE),
    made(32, description="ZANTHIL", action_date=OWNED_FROM),
    made(64, piid="Y1", description="PAPER"),
    made(-128, piid=AWARD["piid"], modification_number="P00009", action_date=LATER, description="DEOBLIGATE EXCESS FUNDS"),
    made(256, piid="Z1", modification_number="0", action_date=BEFORE, description="ZANTHIL"),
    made(512, piid="Z1", action_date=LATER, description="OPTION", recipient_name="QUORVEX INC"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return built_from(tmp_path_factory.mktemp("alternatives"), ROWS)


def test_what_later_actions_inherit_is_left_out_and_said_beside_the_figure(built: Workspace) -> None:
    figure = built.figure(organisations=["pellumon"])
    assert figure.obligated_usd == 1 + 4
    assert not figure.has_inherited
    assert figure.with_inherited is not None
    assert figure.with_inherited.difference_usd == 2 - 128
    assert figure.with_inherited.amount.obligated_usd == 1 + 4 + 2 - 128
    assert figure.with_inherited.amount.transaction_count == 4


def test_with_inherited_the_figure_is_what_was_said_beside_it_and_its_rows_say_why(built: Workspace) -> None:
    told = built.figure(organisations=["pellumon"]).with_inherited
    figure = built.figure(organisations=["pellumon"], inherited=True)
    assert told is not None
    assert (figure.has_inherited, figure.with_inherited, figure.amount) == (True, None, told.amount)
    rows = {row["modification_number"]: row for row in figure.rows}
    assert rows["P00002"]["confidence"] == "inherited"
    assert rows["P00002"]["because"] == "modification 0"
    assert {rows[name]["confidence"] for name in ("0", "P00004")} == {"certain"}
    assert sum(row["obligated_usd"] for row in figure.rows) == figure.obligated_usd


def test_what_is_inherited_is_direct_where_the_recipient_is_of_the_family(built: Workspace) -> None:
    figure = built.figure(organisations=["zanthil"], inherited=True)
    assert figure.by_route["direct"].obligated_usd == 512
    assert figure.by_route["reseller"].obligated_usd == 16 + 32 + 256


def test_an_action_that_names_somebody_itself_inherits_nothing(built: Workspace) -> None:
    assert "P00008" not in {row["modification_number"] for row in built.figure(organisations=["pellumon"], inherited=True).rows}


def test_without_organisations_nothing_can_be_inherited(built: Workspace) -> None:
    assert built.figure().with_inherited is None
    with pytest.raises(Mistake, match="can be inherited"):
        built.figure(inherited=True)


def test_todays_owners_make_another_figure_after_an_acquisition_only(built: Workspace) -> None:
    figure = built.figure(organisations=["quorvex"])
    assert figure.obligated_usd == 8 + 32 + 512
    today = figure.as_owned_today
    assert today is not None
    assert today.difference_usd == 16 + 256
    assert today.amount.obligated_usd == 8 + 32 + 512 + 16 + 256
    assert today.date == dt.datetime.now(dt.UTC).date()
    other = built.figure(organisations=["pellumon"]).as_owned_today
    assert other is not None
    assert other.difference_usd == Decimal(0)


def test_as_of_a_day_no_other_day_is_offered(built: Workspace) -> None:
    assert built.figure(organisations=["quorvex"], as_of=BEFORE).as_owned_today is None
    assert built.figure(organisations=["quorvex"], as_of=BEFORE).obligated_usd == 8 + 512
    assert built.figure().as_owned_today is None


def test_both_alternatives_stand_in_the_figures_json(built: Workspace) -> None:
    entry = built.figure(organisations=["pellumon"]).as_json()
    assert entry["with_inherited"] == {"obligated_usd": "-121.00", "transaction_count": 4, "difference_usd": "-126.00"}
    assert set(entry["as_owned_today"]) == {"obligated_usd", "transaction_count", "difference_usd", "date"}
