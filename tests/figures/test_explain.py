"""Why an action is counted for an organisation, or not, in one sentence each."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.figures.ledgers import OWNED_FROM, built_from, made
from whosbehind import Workspace
from whosbehind.errors import Mistake

DAY = dt.date(2023, 1, 10)
ROWS = [
    made(1, piid="A1", modification_number="0", action_date=DAY, description="BRAMMIX SOFTWARE"),
    made(2, piid="A1", action_date=DAY + dt.timedelta(days=30), description="EXTENSION"),
    made(3, piid="A2", action_date=DAY, description="BRAMMIX JAM"),
    made(4, piid="A2", action_date=DAY, description="BRAMMIX SOFTWARE AND BERRIES"),
    made(5, piid="A3", action_date=DAY, description="HOLSTERS FOR PELLUMON"),
    made(6, piid="A4", action_date=DAY, description="VELLUMNET HOSTING BY PELLUMON AND QUORVEX", recipient_name="QUORVEX INC"),
    made(7, piid="A5", action_date=OWNED_FROM, description="ZANTHIL", recipient_name="QUORVEX INC"),
    made(8, piid="A6", action_date=DAY, description="GUARDS IN QUORVEX FALLS"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return built_from(tmp_path_factory.mktemp("explain"), ROWS)


def told(workspace: Workspace, award: str, modification: str | None = None) -> dict[str, tuple[bool, str]]:
    [explained] = workspace.explain(award, modification)
    return {reason.subject_id: (reason.is_counted, reason.sentence) for reason in explained.reasons}


def test_a_product_that_a_word_beside_it_makes_plain_is_counted_and_says_which_word(built: Workspace) -> None:
    assert told(built, "A1", "0") == {
        "quorvex": (
            True,
            "Quorvex: the description says “BRAMMIX”, which is Brammix, a product of the organisation at that date, "
            "and the recipient is not of its family, so the money goes through a reseller; "
            "counted as probable, since “SOFTWARE” stands beside it.",
        )
    }


def test_what_is_inherited_is_counted_only_where_asked_for_and_says_from_where(built: Workspace) -> None:
    [(is_counted, sentence)] = told(built, "A1", "P00002").values()
    assert not is_counted
    assert "counted only with --inherited, since this action names nothing and modification 0 of the award did" in sentence


def test_an_ambiguous_word_alone_is_not_counted_and_a_forbidden_one_is_no_mention(built: Workspace) -> None:
    [(is_counted, sentence)] = told(built, "A2", "P00003").values()
    assert not is_counted
    assert "the word is ambiguous and nothing beside it makes it plain" in sentence
    assert told(built, "A2", "P00004") == {}


def test_a_name_that_is_only_around_names_the_rule(built: Workspace) -> None:
    [(is_counted, sentence)] = told(built, "A3").values()
    assert not is_counted
    assert "(rule: fits)" in sentence


def test_shared_dollars_and_systems_are_said(built: Workspace) -> None:
    found = told(built, "A4")
    assert {key: is_counted for key, (is_counted, _) in found.items()} == {"quorvex": True, "pellumon": True, "vellumnet": False}
    assert "the recipient's name says “QUORVEX" in found["quorvex"][1]
    assert "the same dollars count for another family too" in found["pellumon"][1]
    assert "a system of ICE; a system is never a company" in found["vellumnet"][1]


def test_an_owner_is_said_to_own_at_that_date_and_the_route_is_the_familys(built: Workspace) -> None:
    found = told(built, "A5")
    assert "“ZANTHIL”, and the recipient is of its family" in found["zanthil"][1]
    assert found["quorvex"][0]


def test_a_name_inside_a_phrase_is_no_reason(built: Workspace) -> None:
    assert told(built, "A6") == {}


def test_every_action_of_an_award_is_explained_with_its_citation_unless_one_is_asked_for(built: Workspace) -> None:
    every = built.explain("a1")
    assert [each.transaction["modification_number"] for each in every] == ["0", "P00002"]
    assert all("#row=" in each.transaction["citation"] for each in every)
    assert built.explain(every[0].transaction["award_id"], "0") == every[:1]


def test_what_is_counted_in_an_explanation_is_what_a_figure_counts(built: Workspace) -> None:
    counted = {
        (each.transaction["transaction_id"], reason.subject_id)
        for award in ("A1", "A2", "A3", "A4", "A5", "A6")
        for each in built.explain(award)
        for reason in each.reasons
        if reason.is_counted
    }
    for organisation in ("quorvex", "zanthil", "pellumon"):
        rows = built.figure(organisations=[organisation]).rows
        assert {row["transaction_id"] for row in rows} == {key for key, named in counted if named == organisation}


def test_an_unknown_award_or_modification_says_what_there_is(built: Workspace) -> None:
    with pytest.raises(Mistake, match="no award 'A9'"):
        built.explain("A9")
    with pytest.raises(Mistake, match=r"no modification 'P00009'.*It has: 0, P00002"):
        built.explain("A1", "P00009")
