"""Attribution neither makes nor loses money: what is attributed and what is not add up to the total."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import synthetic
from tests.effort import effort
from tests.figures.ledgers import OWNED_FROM, built_from, made
from tests.synthetic import SyntheticTransaction
from whosbehind import Workspace

NAMES = (
    "QUORVEX",
    "ZANTHIL",
    "PELLUMON",
    "BRAMMIX SOFTWARE",
    "BRAMMIX",
    "BRAMMIX SOFTWARE, BERRIES",
    "QUORVEX FALLS",
    "VELLUMNET",
)
RECIPIENTS = ("PLAIN SUPPLY CO", "QUORVEX INC", "ZANTHIL LLC", "OTHER SUPPLY CO")
ORGANISATIONS = ("quorvex", "zanthil", "pellumon")
DAYS = (dt.date(2018, 9, 30), dt.date(2018, 10, 1), OWNED_FROM - dt.timedelta(days=1), OWNED_FROM, dt.date(2022, 1, 1))
AGENCIES = synthetic.AGENCIES[:3]


def drawn(number: int, draw: random.Random) -> SyntheticTransaction:
    named = draw.sample(NAMES, draw.choice([0, 1, 1, 2, 3]))
    return made(
        number,
        piid=f"A{draw.randrange(40)}",
        obligated_usd=Decimal(draw.randrange(-50_000, 100_000)).scaleb(-2),
        awarding=draw.choice(AGENCIES),
        action_date=draw.choice(DAYS),
        recipient_name=draw.choice(RECIPIENTS),
        description=" AND ".join(named) or "PAPER",
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    draw = random.Random(5)
    return built_from(tmp_path_factory.mktemp("conservation"), [drawn(number, draw) for number in range(1, 200)])


@pytest.fixture(scope="module")
def transactions(built: Workspace) -> list[dict[str, Any]]:
    return built.table("transactions")


@pytest.fixture(scope="module")
def named(built: Workspace) -> dict[str, set[str]]:
    """The organisations each transaction counts for, by its identifier."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in built.table("attributions"):
        if row["role"] == "supplied" and row["confidence"] in ("certain", "probable"):
            found[row["transaction_id"]].add(row["organisation_id"])
    return found


def test_attributed_and_not_attributed_are_the_total_of_each_agency_and_year(
    built: Workspace, transactions: list[dict[str, Any]], named: dict[str, set[str]]
) -> None:
    by = ["agency", "fiscal_year"]
    total, attributed = _amounts(built.figure(by=by)), _amounts(built.figure(organisations=list(ORGANISATIONS), by=by))
    rest: dict[tuple[Any, Any], tuple[Decimal, int]] = defaultdict(lambda: (Decimal(0), 0))
    for row in transactions:
        if row["transaction_id"] not in named:
            agency = built.atlas.agency_of(row["agency_code"])
            assert agency
            rest[agency.abbreviation, row["fiscal_year"]] = _plus(
                rest[agency.abbreviation, row["fiscal_year"]], (row["obligated_usd"], 1)
            )
    assert len(total) > 6
    assert rest
    assert total == {key: _plus(attributed.get(key, (Decimal(0), 0)), rest[key]) for key in total}


def _amounts(figure: Any) -> dict[tuple[Any, Any], tuple[Decimal, int]]:
    return {
        (each.of["agency"], each.of["fiscal_year"]): (each.amount.obligated_usd, each.amount.transaction_count)
        for each in figure.groups
    }


def _plus(one: tuple[Decimal, int], other: tuple[Decimal, int]) -> tuple[Decimal, int]:
    return (one[0] + other[0], one[1] + other[1])


@settings(max_examples=effort(5, 50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sets(st.sampled_from(ORGANISATIONS), min_size=1),
    st.one_of(st.none(), st.sampled_from([agency.code for agency in AGENCIES])),
    st.one_of(st.none(), st.sampled_from(DAYS)),
    st.one_of(st.none(), st.integers(0, 39)),
)
def test_a_transaction_counts_once_for_a_set_and_wholly_for_each_of_it(
    built: Workspace,
    transactions: list[dict[str, Any]],
    named: dict[str, set[str]],
    organisations: set[str],
    agency: str | None,
    since: dt.date | None,
    award: int | None,
) -> None:
    chosen = [
        row
        for row in transactions
        if (agency is None or row["agency_code"] == agency)
        and (since is None or row["action_date"] >= since)
        and (award is None or row["piid"] == f"A{award}")
    ]
    figure = built.figure(
        organisations=sorted(organisations),
        agencies=[agency] if agency else [],
        since=since,
        award=None if award is None else f"A{award}",
        by=["organisation"],
    )
    assert figure.obligated_usd == _sum(row for row in chosen if named[row["transaction_id"]] & organisations)
    assert figure.by_route["direct"].obligated_usd + figure.by_route["reseller"].obligated_usd == figure.obligated_usd
    wholly = {each: _sum(row for row in chosen if each in named[row["transaction_id"]]) for each in sorted(organisations)}
    told = {str(group.of["organisation"]): group.amount.obligated_usd for group in figure.groups}
    assert {**dict.fromkeys(wholly, Decimal(0)), **told} == wholly


def _sum(rows: Any) -> Decimal:
    return sum((row["obligated_usd"] for row in rows), Decimal(0))


def test_dollars_are_shared_exactly_where_they_count_for_two_families(built: Workspace) -> None:
    families: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, set[bool]] = defaultdict(set)
    for row in built.table("attributions"):
        shared[row["transaction_id"]].add(row["is_shared"])
        if row["role"] == "supplied" and row["confidence"] in ("certain", "probable"):
            families[row["transaction_id"]].add(row["family_id"])
    assert {key: flags for key, flags in shared.items() if flags != {len(families.get(key, ())) > 1}} == {}
    assert {len(each) for each in families.values()} >= {1, 2}


def test_each_family_of_a_transaction_is_exported_once(built: Workspace) -> None:
    rows = built.table("attributions")
    assert {(row["transaction_id"], row["family_id"]) for row in rows} == {
        (row["transaction_id"], row["organisation_id"]) for row in rows if row["organisation_id"] == row["family_id"]
    }
