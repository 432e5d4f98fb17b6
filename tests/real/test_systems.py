"""The money of systems in the real records, once more from the files: the csv module, award keys and one alias at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.one_by_one import OneByOne
from tests.real.oracle import Raw
from whosbehind import Workspace
from whosbehind.atlas import Atlas
from whosbehind.records import Alias, Contract

AWARD = "CONT_AWD_70CTD022FR0000170_7012_GS35F0086U_4730"
BY_CONTRACTS_AND_NAMES = ["icm", "falcon", "raven", "isap", "vlvi", "sevis", "ace", "tecs", "leadtrac", "bitmap"]
BY_CONTRACTS = ["leids", "icecloud", "skiptrace", "arctip", "immigrationos"]
# Words that a system shares with a place, a product or something else, and the system.
ELSEWHERE = [
    ("falcon", "FALCON DAM"),
    ("falcon", "FALCON ENDPOINT"),
    ("falcon", "FORENSIC FALCON"),
    ("falcon", "CROWDSTRIKE"),
    ("eagle", "EAGLE PASS"),
    ("elite", "ELITE X2"),
    ("ats", "GENERATOR"),
    ("clearview", "KHARONS CLEARVIEW"),
    ("lesc", "GYM EQUIPMENT"),
]


@pytest.fixture(scope="module")
def real(data: Path, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The four years, with the inventories beside them."""
    workspace = Workspace.init(tmp_path_factory.mktemp("systems") / "workspace")
    list(workspace.add([*files, data / "ai_inventory"]))
    workspace.build()
    return workspace


@pytest.fixture(scope="module")
def naming(real: Workspace, raw: list[Raw]) -> dict[str, list[Raw]]:
    """By system the rows whose description names it, plainly enough, at an agency of its operator."""
    atlas = real.atlas
    aliases = [each for each in atlas.aliases() if each.field in (None, "description")]
    own = {alias.text.upper() for alias in aliases if alias.named_id in atlas.systems}
    fitting = [row for row in raw if any(text in row.description.upper() for text in own)]
    found: dict[str, list[Raw]] = {name: [] for name in atlas.systems}
    reader = OneByOne(_near(aliases, fitting), "description")
    for row in fitting:
        for name in sorted(_named(reader, row, atlas)):
            found[name].append(row)
    return found


def _near(aliases: list[Alias], rows: list[Raw]) -> list[Alias]:
    """The aliases that stand in any of these rows."""
    text = "\n".join(row.description.upper() for row in rows)
    return [alias for alias in aliases if alias.text.upper() in text]


def _named(reader: OneByOne, row: Raw, atlas: Atlas) -> set[str]:
    hits = reader.hits(row.description, f"{row.recipient} | {row.psc} | {row.naics}")
    names = {hit.alias.named_id for hit in hits if hit.confidence != "possible"} & set(atlas.systems)
    code = {"ICE": "7012", "CBP": "7014"}[row.agency]
    return {name for name in names if code in (atlas.codes_below(atlas.systems[name].operator_id) or (code,))}


def _bought(atlas: Atlas, system: str, rows: list[Raw]) -> Iterator[Raw]:
    """The rows of awards that bear the identifier of a contract for the system, or were placed under it."""
    contracts = [each for each in atlas.contracts.values() if system in each.systems and each.piid]
    for row in rows:
        if any(_is_of(row, contract, atlas) for contract in contracts):
            yield row


def _is_of(row: Raw, contract: Contract, atlas: Atlas) -> bool:
    _, _, piid, code, parent, _ = row.award_id.split("_")
    return contract.piid in (piid, parent) and code in (atlas.codes_below(contract.agency_id) or (code,))


@pytest.mark.parametrize("system", [*BY_CONTRACTS_AND_NAMES, *BY_CONTRACTS])
def test_the_money_of_a_system_is_that_of_its_contracts_and_of_what_names_it(
    real: Workspace, raw: list[Raw], naming: dict[str, list[Raw]], system: str
) -> None:
    rows = dict.fromkeys([*_bought(real.atlas, system, raw), *naming[system]])
    figure = real.figure(system=system)
    assert figure.obligated_usd == sum((row.amount for row in rows), Decimal(0))
    assert figure.transaction_count == len(rows)
    if system in BY_CONTRACTS_AND_NAMES:
        assert figure.transaction_count > 0


def test_the_money_of_icm_is_its_order_and_every_row_of_ice_that_names_it(real: Workspace, raw: list[Raw]) -> None:
    named = re.compile(r"\bICM\b|\bINVESTIGATIVE CASE MANAGEMENT\b", re.IGNORECASE)
    rows = [row for row in raw if row.agency == "ICE" and (row.award_id == AWARD or named.search(row.description))]
    figure = real.figure(system="ICM")
    assert figure.obligated_usd == sum((row.amount for row in rows), Decimal(0))
    assert figure.transaction_count == len(rows) >= 9
    assert {row["recipient_name"] for row in figure.rows} == {"PALANTIR TECHNOLOGIES INC."}


def test_a_system_bought_by_a_later_modification_has_no_share_in_what_came_before(real: Workspace) -> None:
    links = [row for row in real.table("system_awards") if row["system_id"] == "immigrationos"]
    assert [(row["award_id"], row["from_date"]) for row in links] == [(AWARD, dt.date(2025, 4, 1))]
    assert real.figure(system="ImmigrationOS").transaction_count == 0


@pytest.mark.parametrize(("system", "words"), ELSEWHERE)
def test_a_word_that_means_something_else_is_not_for_the_system(
    raw: list[Raw], naming: dict[str, list[Raw]], system: str, words: str
) -> None:
    assert any(words in row.description.upper() for row in raw)
    assert [row.description for row in naming[system] if words in row.description.upper()] == []


def test_a_service_is_bought_as_its_product_wherever_its_operator_has_no_agency(real: Workspace) -> None:
    clear = {row["transaction_id"] for row in real.figure(system="clear").rows}
    named = {
        row["transaction_id"]
        for row in real.table("mentions")
        if row["named_id"] == "thomson_reuters_clear"
        and row["role"] == "supplied"
        and row["confidence"] in ("certain", "probable")
    }
    assert named
    assert named <= clear


def test_an_inventory_links_the_contracts_it_names_mistyped_ones_too(real: Workspace) -> None:
    links = {
        (row["system_id"], row["award_id"].split("_")[2], row["printed_piid"])
        for row in real.table("system_awards")
        if row["document_id"]
    }
    assert ("raven", "70CTD022FR0000002", "70OCTD22FR00000002") in links
    assert ("raven", "70CTD022FR0000009", "70OCTD22FR00000009") in links


def test_a_use_case_that_only_bears_the_name_of_a_system_links_nothing(real: Workspace) -> None:
    """The chatbot of the student programme is named after SEVIS and runs under the authority of another system."""
    cases = [row for row in real.table("ai_use_cases") if "SEVIS" in (row["use_case_name"] or "")]
    assert {row["system_name"] for row in cases} == {"SEVPAMS"}
    assert [row for row in real.table("system_awards") if row["system_id"] == "sevis"] == []
