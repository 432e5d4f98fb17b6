"""What no organisation explains: technology is what is explained and what is not, to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import synthetic
from tests.effort import effort
from tests.figures.ledgers import built_from, made
from whosbehind import Workspace
from whosbehind.figures import Amount

SOFTWARE = {"psc_code": "7A21", "psc_name": "IT AND TELECOM- OTHER IT AND TELECOMMUNICATIONS"}
GUARDS = {"psc_code": "S206", "psc_name": "HOUSEKEEPING- GUARD"}
EARLY, LATE = dt.date(2020, 1, 1), dt.date(2023, 1, 1)
OTHER = synthetic.AGENCIES[1]
ROWS = [
    made(1, **SOFTWARE, description="QUORVEX", action_date=EARLY),
    made(2, **SOFTWARE, description="PAPER, PLAIN", action_date=EARLY),
    made(4, **SOFTWARE, description="PAPER, LARGER", action_date=LATE, awarding=OTHER),
    made(8, **GUARDS, action_date=LATE),
    made(16, **GUARDS, description="QUORVEX", action_date=LATE),
    made(32, **SOFTWARE, description="BRAMMIX"),
    made(64, **SOFTWARE, description="BRAMMIX LICENSES", recipient_name="OTHER SUPPLY CO"),
    made(128, **SOFTWARE, description="VELLUMNET", recipient_name="OTHER SUPPLY CO", action_date=LATE),
    made(256, psc_code="", psc_name="RADIO AND TELEVISION COMMUNICATION EQUIPMENT", action_date=LATE),
    made(512, psc_code="", psc_name="OFFICE SUPPLIES", action_date=LATE),
    made(-3, **SOFTWARE, modification_number="P01000", obligated_usd=Decimal("-3.33"), action_date=LATE),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return built_from(tmp_path_factory.mktemp("unexplained"), ROWS)


def test_technology_is_told_by_its_code_or_without_one_by_its_wording(built: Workspace) -> None:
    found = built.unexplained()
    assert found.technology.obligated_usd == 1 + 2 + 4 + 32 + 64 + 128 + 256 - Decimal("3.33")
    assert found.technology.transaction_count == 8


def test_only_what_counts_explains_and_a_system_never_does(built: Workspace) -> None:
    found = built.unexplained()
    assert found.explained == Amount(Decimal(1 + 64), 2)
    assert found.unexplained.obligated_usd == 2 + 4 + 32 + 128 + 256 - Decimal("3.33")


def test_gaps_come_largest_first_with_the_largest_of_their_descriptions(built: Workspace) -> None:
    gaps = built.unexplained().gaps
    assert [(each.recipient_name, each.amount.obligated_usd, each.example) for each in gaps] == [
        ("PLAIN SUPPLY CO", Decimal(256), "PAPER"),
        ("OTHER SUPPLY CO", Decimal(128), "VELLUMNET"),
        ("PLAIN SUPPLY CO", Decimal("34.67"), "BRAMMIX"),
    ]


@settings(max_examples=effort(6, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([(), (synthetic.AGENCIES[0].code,), (OTHER.code,), (OTHER.code, synthetic.AGENCIES[0].code)]),
    st.one_of(st.none(), st.sampled_from([EARLY, LATE])),
    st.one_of(st.none(), st.sampled_from([LATE, dt.date(2024, 1, 1)])),
)
def test_technology_is_explained_and_unexplained_to_the_cent(
    built: Workspace, agencies: tuple[str, ...], since: dt.date | None, until: dt.date | None
) -> None:
    found = built.unexplained(agencies=agencies, since=since, until=until)
    assert found.technology.obligated_usd == found.explained.obligated_usd + found.unexplained.obligated_usd
    assert found.technology.transaction_count == found.explained.transaction_count + found.unexplained.transaction_count
    assert sum((gap.amount.obligated_usd for gap in found.gaps), Decimal(0)) == found.unexplained.obligated_usd
    assert sum(gap.amount.transaction_count for gap in found.gaps) == found.unexplained.transaction_count


def test_the_amounts_stand_in_json_as_money(built: Workspace) -> None:
    entry = built.unexplained(agencies=(OTHER.code,)).as_json()
    assert entry["technology"] == {"obligated_usd": "4.00", "transaction_count": 1}
    assert entry["gaps"] == [
        {
            "recipient_name": "PLAIN SUPPLY CO",
            "psc": SOFTWARE["psc_name"],
            "obligated_usd": "4.00",
            "transaction_count": 1,
            "example": "PAPER, LARGER",
        }
    ]
