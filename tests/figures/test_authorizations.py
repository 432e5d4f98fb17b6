"""Authorizations are counted as the dashboard counted them, in the newest snapshot of the day asked for."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.figures.ledgers import CONTENT
from tests.published import dashboard, listing, marketplace, product
from whosbehind import Workspace
from whosbehind.errors import Mistake
from whosbehind.figures import Authorizations, Lake, authorizations, authorized_products
from whosbehind.figures.figure import Row
from whosbehind.intake import AddOptions

OCTOBER, JUNE = dt.date(2018, 10, 23), dt.date(2023, 6, 30)


def row(
    package_id: str, letters: int, *, underlying: str = "", dependents: str = "", authorized: bool = True, place: int = 0
) -> Row:
    return {
        "provider_name": "Quorvex",
        "product_name": package_id,
        "package_id": package_id,
        "designation": "Compliant" if authorized else "In Process",
        "is_authorized": authorized,
        "letter_count": letters,
        "underlying_ids": underlying,
        "dependent_ids": dependents,
        "stated_reuse_count": None,
        "row": place,
    }


def counts(*rows: Row) -> dict[str, int]:
    return {each.package_id: each.count for each in authorized_products(rows, lambda _: True)}


def test_a_product_counts_its_letters_its_dependents_with_theirs_and_itself() -> None:
    assert counts(row("A", 28), row("B", 3, underlying="A"), row("C", 0, underlying="A; X")) == {
        "A": 28 + 4 + 1 + 1,
        "B": 4,
        "C": 1,
    }


def test_a_product_in_process_does_not_count_itself_and_still_counts_for_what_it_is_built_on() -> None:
    assert counts(row("A", 1, authorized=False), row("B", 0, underlying="A", authorized=False)) == {"A": 2, "B": 0}


def test_a_product_built_on_two_counts_for_both() -> None:
    assert counts(row("A", 0), row("B", 0), row("C", 5, underlying="A; B")) == {"A": 7, "B": 7, "C": 6}


def test_the_later_layout_names_dependents_on_the_other_side() -> None:
    one = counts(row("A", 1, dependents="B; C; gone"), row("B", 2), row("C", 3))
    assert one == counts(row("A", 1), row("B", 2, underlying="A"), row("C", 3, underlying="A"))


def test_a_dependent_named_from_both_sides_counts_once() -> None:
    assert counts(row("A", 0, dependents="B"), row("B", 0, underlying="A"))["A"] == 2


def test_a_package_listed_twice_counts_once_as_its_last_listing_states_it() -> None:
    assert counts(row("A", 9), row("B", 1, underlying="A"), row("A", 2, place=5)) == {"A": 2 + 2 + 1, "B": 2}


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.sets(st.integers(0, 5))), min_size=1, max_size=6), st.randoms())
def test_the_order_of_the_listings_does_not_matter(products: list[tuple[int, bool, set[int]]], random: object) -> None:
    rows = [
        row(f"P{place}", letters, underlying="; ".join(f"P{each}" for each in below), authorized=own)
        for place, (letters, own, below) in enumerate(products)
    ]
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert counts(*rows) == counts(*shuffled)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    found = Workspace.init(tmp_path_factory.mktemp("marketplace") / "workspace")
    found.paths.content.mkdir(parents=True, exist_ok=True)
    for name in ("sources.yaml", "organisations.yaml"):
        (found.paths.content / name).write_text(CONTENT[name], "utf-8")
    on_both = {"Underlying_CSP_Package_ID": ["Q1"]}
    documents = {
        "early.json": dashboard(listing("Q1", "Quorvex Inc."), listing("Z1", "Zanthil", 4, **on_both), day="2018-10-23"),
        "older.json": dashboard(listing("Q1", "QUORVEX", 7), day="2018-02-07"),
        "theirs.json": dashboard(listing("Q1", "Quorvex", 50), day="2023-06-30"),
        "own.json": marketplace(product("Q1", "Quorvex", 3, 2), product("Z1", "Zanthil LLC", 1), day="2023-06-30"),
    }
    for name, data in documents.items():
        list(found.add_stream(io.BytesIO(data), name, AddOptions(received_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC))))
    found.build()
    return found


def counted(workspace: Workspace, on: dt.date, *organisations: str, with_owned: bool = False) -> Authorizations:
    with workspace.engine() as engine:
        lake = Lake(engine, workspace.paths, workspace.snapshot())
        return authorizations(lake, workspace.atlas, organisations or ("quorvex",), on, with_owned=with_owned)


@pytest.mark.parametrize(
    ("on", "file", "count"),
    [
        (dt.date(2018, 10, 22), "older.json", 8),
        (OCTOBER, "early.json", 0 + 1 + 4 + 1),
        (dt.date(2023, 6, 29), "early.json", 6),
        (JUNE, "own.json", 2 + 1),
        (dt.date(2026, 1, 1), "own.json", 3),
    ],
)
def test_the_newest_snapshot_of_the_day_or_before_counts_the_publishers_own_first(
    workspace: Workspace, on: dt.date, file: str, count: int
) -> None:
    found = counted(workspace, on)
    assert (found.file_name, found.count, found.reason) == (file, count, None)


def test_without_a_snapshot_there_is_no_count_and_a_reason(workspace: Workspace) -> None:
    found = counted(workspace, dt.date(2017, 1, 1))
    assert (found.count, found.products) == (None, ())
    assert "holds no snapshot of the FedRAMP marketplace of 2017-01-01" in str(found.reason)


def test_an_organisation_without_products_counts_none_and_is_told(workspace: Workspace) -> None:
    found = counted(workspace, OCTOBER, "pellumon")
    assert (found.count, found.reason) == (0, "The snapshot of 2018-10-23 lists no product of pellumon.")


def test_an_organisation_the_atlas_does_not_know_is_a_mistake(workspace: Workspace) -> None:
    with pytest.raises(Mistake, match="Did you mean quorvex"):
        counted(workspace, OCTOBER, "quorvexx")


def test_products_of_owned_companies_count_only_where_asked_for_and_only_while_owned(workspace: Workspace) -> None:
    assert [each.provider_name for each in counted(workspace, OCTOBER, with_owned=True).products] == ["Quorvex Inc."]
    assert [each.provider_name for each in counted(workspace, JUNE, with_owned=True).products] == ["Quorvex", "Zanthil LLC"]


def test_what_the_publisher_counted_itself_stands_beside_the_count(workspace: Workspace) -> None:
    assert [(each.stated_reuse_count, each.is_authorized) for each in counted(workspace, JUNE).products] == [(2, True)]
    assert {each.stated_reuse_count for each in counted(workspace, OCTOBER).products} == {None}


def test_every_product_and_dependent_can_be_opened(workspace: Workspace) -> None:
    found = counted(workspace, OCTOBER)
    [own] = found.products
    [dependent] = own.dependents
    assert found.citation(own) == f"{found.document_id}#/data/Providers/0"
    assert (found.citation(dependent), dependent.letter_count) == (f"{found.document_id}#/data/Providers/1", 4)
