"""Money of systems: awards linked by contract or inventory, actions that name the system, each transaction once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.effort import effort
from tests.figures.ledgers import RECEIVED, made
from tests.published import inventory
from tests.synthetic import AGENCIES, SyntheticTransaction, write_bulk
from whosbehind import Workspace
from whosbehind.attribution import from_contracts, from_inventories
from whosbehind.errors import Mistake
from whosbehind.intake import AddOptions
from whosbehind.records import Contract, System
from whosbehind.values import LooseDay

ICE, CBP = AGENCIES[0], AGENCIES[1]
CODES = {"ice": ("7012",), "cbp": ("7014",), "hsi": ("7012",)}
# By PIID: the award that bears it at each agency, and orders placed under it.
AWARDS = {
    "70CT22FR00000001": [("own", "7012", False), ("twin", "7014", False)],
    "70CT22A000000009": [("vehicle", "7012", False), ("order", "7012", True), ("other_order", "7014", True)],
}
Row = dict[str, Any]


def contract(name: str, **changes: Any) -> Contract:
    fields: dict[str, Any] = {
        **dict.fromkeys(("piid", "vendor_id", "since", "until", "modifies_id", "note")),
        "agency_id": "ice",
        "systems": ("vault",),
        "confidence": "high",
        "sources": ("register",),
    }
    return Contract(id=name, title=name, **(fields | changes))


def system(name: str, acronym: str | None = None, operator: str = "ice") -> System:
    fields: dict[str, Any] = {
        **dict.fromkeys(("operator_note", "part_of_id", "product_id", "note")),
        **dict.fromkeys(("aliases", "statuses", "builders", "hosts", "resellers", "users", "documents"), ()),
        **dict.fromkeys(("predecessors", "confusions", "unknown", "sources"), ()),
        "kind": "system",
        "purpose": "Invented.",
        "confidence": "high",
    }
    return System(id=name.lower().replace(" ", "_"), name=name, acronym=acronym, operator_id=operator, **fields)


def linked(*contracts: Contract) -> list[tuple[str, str, str, dt.date | None]]:
    return [
        (each["system_id"], each["award_id"], each["basis"], each["from_date"])
        for each in from_contracts(contracts, AWARDS, CODES)
    ]


def test_a_contract_has_the_award_of_its_identifier_at_its_own_agency() -> None:
    assert linked(contract("one", piid="70CT22FR00000001")) == [("vault", "own", "contract of the atlas", None)]
    assert linked(contract("one", piid="70CT22FR00000001", agency_id="cbp")) == [("vault", "twin", "contract of the atlas", None)]


def test_a_body_of_an_agency_places_contracts_under_the_agencys_code() -> None:
    assert [award for _, award, _, _ in linked(contract("one", piid="70CT22FR00000001", agency_id="hsi"))] == ["own"]


def test_where_the_contracting_agency_has_no_known_code_the_identifier_alone_decides() -> None:
    found = linked(contract("one", piid="70CT22FR00000001", agency_id="somebody"))
    assert [award for _, award, _, _ in found] == ["own", "twin"]


def test_an_order_placed_under_a_contract_is_for_its_systems_and_says_so() -> None:
    assert linked(contract("vehicle", piid="70CT22A000000009", systems=("vault", "shed"))) == [
        ("vault", "vehicle", "contract of the atlas", None),
        ("shed", "vehicle", "contract of the atlas", None),
        ("vault", "order", "order under a contract of the atlas", None),
        ("shed", "order", "order under a contract of the atlas", None),
    ]


def test_a_modification_has_the_award_of_what_it_changes_from_its_day_on() -> None:
    signed = contract("signed", piid="70CT22FR00000001", systems=("vault",))
    change = contract("change", modifies_id="signed", systems=("shed",), since=LooseDay("2025-04"))
    second = contract("second", modifies_id="change", systems=("barn",), since=LooseDay("2026-02-03"))
    assert linked(second, signed, change) == [
        ("barn", "own", "modification of a contract of the atlas", dt.date(2026, 2, 3)),
        ("vault", "own", "contract of the atlas", None),
        ("shed", "own", "modification of a contract of the atlas", dt.date(2025, 4, 1)),
    ]


def test_a_modification_of_unknown_day_or_of_an_unknown_contract_has_no_award() -> None:
    signed = contract("signed", piid="70CT22FR00000001", systems=())
    assert linked(signed, contract("change", modifies_id="signed")) == []
    assert linked(contract("change", modifies_id="gone", since=LooseDay("2025"))) == []
    ring = (contract("a", modifies_id="b", since=LooseDay("2025")), contract("b", modifies_id="a", since=LooseDay("2025")))
    assert linked(*ring) == []


@pytest.mark.parametrize("piid", [None, "99ZZ99F99999999"])
def test_a_contract_without_a_known_identifier_has_no_award(piid: str | None) -> None:
    assert linked(contract("one", piid=piid)) == []


NAMES = st.sampled_from(["vault", "shed", "barn"])
CONTRACTS = st.lists(
    st.builds(
        contract,
        st.sampled_from([f"c{number}" for number in range(5)]),
        piid=st.sampled_from([None, "70CT22FR00000001", "70CT22A000000009"]),
        agency_id=st.sampled_from(["ice", "cbp", "somebody"]),
        systems=st.lists(NAMES, unique=True).map(tuple),
        since=st.none() | st.just(LooseDay("2025")),
        modifies_id=st.none() | st.sampled_from([f"c{number}" for number in range(5)]),
    ),
    unique_by=lambda each: each.id,
)


@given(CONTRACTS, st.randoms())
def test_no_link_stands_twice_whatever_the_contracts_and_their_order(contracts: list[Contract], random: Any) -> None:
    found = list(from_contracts(contracts, AWARDS, CODES))
    keys = [(each["system_id"], each["award_id"], each["stated_by"]) for each in found]
    assert len(keys) == len(set(keys))
    random.shuffle(contracts)
    again = {(each["system_id"], each["award_id"], each["stated_by"]) for each in from_contracts(contracts, AWARDS, CODES)}
    assert again == set(keys)


def case(row: int, name: str | None = None, authority: str | None = None, agency: str = "7012") -> Row:
    return {"document_id": "doc", "row": row, "use_case_name": name, "system_name": authority, "agency_code": agency}


def printed(row: int, piid: str | None, basis: str = "as printed", text: str | None = None) -> Row:
    return {"document_id": "doc", "row": row, "piid": piid, "basis": basis, "printed": text or piid}


def stated(systems: list[System], cases: list[Row], named: list[Row]) -> list[tuple[str, str, str, str]]:
    found = from_inventories(systems, cases, named, AWARDS, CODES)
    return [(each["system_id"], each["award_id"], each["basis"], each["stated_by"]) for each in found]


@pytest.mark.parametrize(
    "use_case",
    [
        case(7, name="Finder", authority="Vault of Examples"),
        case(7, name="Finder", authority="VAULTED, vault"),
        case(7, name="Finder for the VAULT"),
    ],
)
def test_a_use_case_is_a_systems_by_its_authority_to_operate_or_else_by_its_own_name(use_case: Row) -> None:
    found = stated([system("Vault of Examples", "VAULT")], [use_case], [printed(7, "70CT22FR00000001")])
    assert found == [("vault_of_examples", "own", "AI use case inventory", "doc#7")]


def test_an_inventory_may_name_an_award_that_another_agency_signed_where_the_bureau_has_none() -> None:
    awards = {"70RT22FR00000001": [("departments", "7001", False)]}
    found = from_inventories([system("Vault")], [case(1, name="Vault")], [printed(1, "70RT22FR00000001")], awards, CODES)
    assert [each["award_id"] for each in found] == ["departments"]


@pytest.mark.parametrize(
    "use_case",
    [
        case(7, name="Chatbot about the VAULT", authority="Talker"),
        case(7, name="Vaulted finder"),
        case(7, name="Finder for the VAULT", agency="7014"),
        case(8, name="Finder for the VAULT"),
        case(7),
    ],
)
def test_a_use_case_of_another_system_bureau_or_row_links_nothing(use_case: Row) -> None:
    assert stated([system("Vault of Examples", "VAULT")], [use_case], [printed(7, "70CT22FR00000001")]) == []


def test_a_repaired_identifier_says_so_and_one_that_nobody_knows_links_nothing() -> None:
    cases = [case(1, name="Vault one"), case(2, name="Vault two")]
    named = [printed(1, "70CT22A000000009", "repaired", "7OCT22A000000009"), printed(2, None, "unknown", "NOT-KNOWN-99")]
    assert stated([system("Vault")], cases, named) == [
        ("vault", "vehicle", "AI use case inventory, identifier repaired", "doc#1"),
    ]


# A small ledger. Each amount is a power of two, so that a sum says which rows are in it.
EARLY, LATE = dt.date(2023, 5, 1), dt.date(2025, 5, 1)
CONTENT = {
    "sources.yaml": "- {id: invented, publisher: Example Register, title: A register, grade: A, read: full}\n",
    "organisations.yaml": """
- id: quorvex
  name: Quorvex
  kind: company
  description: Invented.
  aliases: [QUORVEX]
  products: [{id: brammix, name: Brammix, aliases: [{text: BRAMMIX, in: description, with: [SOFTWARE]}]}]
  sources: [invented]
""",
    "systems.yaml": """
- id: vellum
  name: Vellumnet
  operator: ice
  purpose: Invented.
  aliases: [{text: VELLUMNET, unless: [GYM]}]
  sources: [invented]
- {id: vellum_two, name: Vellum Two, operator: hsi, purpose: Invented., sources: [invented]}
- {id: brammix, name: Brammix, kind: service, operator: quorvex, product: brammix, purpose: Invented., sources: [invented]}
""",
    "contracts.yaml": """
- {id: build, title: Build, piid: 70CT22FR00000001, agency: hsi, systems: [vellum], confidence: high, sources: [invented]}
- {id: terms, title: Terms, piid: 70CT22A000000009, agency: ice, systems: [vellum], confidence: high, sources: [invented]}
- id: more
  title: More
  agency: ice
  systems: [vellum_two, vellum]
  since: 2025-05
  modifies: build
  confidence: high
  sources: [invented]
""",
}
VELLUM, BOTH, BRAMMIX = {"vellum"}, {"vellum", "vellum_two"}, {"brammix"}
AWARD = {"piid": "70CT22FR00000001", "parent_piid": None, "parent_agency_code": None}
ORDER = {"piid": "70CT22F00000005", "parent_piid": "70CT22A000000009", "parent_agency_code": "7012"}
CHAT = {"piid": "70CT24FR00000777", "parent_piid": None, "parent_agency_code": None}
NOTHING: set[str] = set()
LEDGER: tuple[tuple[set[str], Row], ...] = (
    (VELLUM, {**AWARD, "action_date": EARLY}),
    (VELLUM, {**AWARD, "action_date": EARLY, "description": "VELLUMNET LICENCES"}),
    (BOTH, {**AWARD, "action_date": LATE}),
    (NOTHING, {**AWARD, "awarding": CBP}),
    (VELLUM, {**ORDER}),
    (NOTHING, {**ORDER, "awarding": CBP}),
    (VELLUM, {"description": "SUPPORT OF VELLUMNET, VELLUMNET"}),
    (NOTHING, {"description": "GYM FOR VELLUMNET"}),
    (NOTHING, {"description": "SUPPORT OF VELLUMNET", "awarding": CBP}),
    (NOTHING, {"description": "VELLUM PAPER"}),
    (VELLUM, {**CHAT}),
    (BRAMMIX, {"description": "BRAMMIX SOFTWARE"}),
    (BRAMMIX, {"description": "BRAMMIX SOFTWARE", "awarding": CBP}),
    (NOTHING, {"description": "BRAMMIX"}),
    (NOTHING, {"recipient_name": "QUORVEX INC"}),
    (VELLUM, {"description": "VELLUMNET TRAINING"}),
    (NOTHING, {"description": "BRAMMIX TRAINING FOR SOFTWARE DEVELOPERS"}),
)


def rows() -> list[SyntheticTransaction]:
    own = {"piid": "70CT21FR00000500", "parent_piid": None, "parent_agency_code": None, "award_type_code": "C"}
    plain = {**own, "awarding": ICE, "action_date": EARLY}
    return [
        made(number, **{**plain, **changes, "obligated_usd": Decimal(2**number)}) for number, (_, changes) in enumerate(LEDGER, 1)
    ]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("systems")
    workspace = Workspace.init(folder / "workspace")
    workspace.paths.content.mkdir(parents=True, exist_ok=True)
    for name, text in CONTENT.items():
        (workspace.paths.content / name).write_text(text, "utf-8")
    write_bulk(folder / "rows.csv", rows())
    cases = inventory(
        {"use_case_name": "Chat", "system_name": "Vellumnet", "piids": "7OCT24FR00000777"},
        {"use_case_name": "Talk about Vellumnet", "system_name": "Talker", "piids": "70CT21FR00000500"},
    )
    (folder / "cases.csv").write_bytes(cases)
    added = list(workspace.add([folder / "rows.csv", folder / "cases.csv"], AddOptions(received_at=RECEIVED)))
    assert [each.problem for each in added] == [None, None]
    workspace.build()
    return workspace


def expected(wanted: str, since: dt.date | None = None, until: dt.date | None = None, agency: str | None = None) -> Decimal:
    return sum(
        (
            row.obligated_usd
            for row, (systems, _) in zip(rows(), LEDGER, strict=True)
            if wanted in systems
            and (since is None or row.action_date >= since)
            and (until is None or row.action_date <= until)
            and (agency is None or row.awarding.label == agency)
        ),
        Decimal(0),
    )


@pytest.mark.parametrize("wanted", ["vellum", "vellum_two", "brammix"])
def test_a_figure_for_a_system_holds_just_its_transactions(ledger: Workspace, wanted: str) -> None:
    figure = ledger.figure(system=wanted)
    assert figure.obligated_usd == expected(wanted)
    assert figure.transaction_count == sum(wanted in systems for systems, _ in LEDGER)
    assert len({row["transaction_id"] for row in figure.rows}) == len(figure.rows) == figure.transaction_count


@settings(
    max_examples=effort(6, 60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.sampled_from(["vellum", "vellum_two", "brammix"]),
    st.none() | st.sampled_from([EARLY, LATE]),
    st.none() | st.sampled_from([EARLY, LATE]),
    st.sampled_from([None, "ICE", "CBP"]),
)
def test_a_systems_money_is_the_sum_over_its_transactions_in_any_window(
    ledger: Workspace, wanted: str, since: dt.date | None, until: dt.date | None, agency: str | None
) -> None:
    if since and until and since > until:
        since, until = until, since
    figure = ledger.figure(system=wanted, since=since, until=until, agencies=[agency] if agency else [])
    assert figure.obligated_usd == expected(wanted, since, until, agency)


def test_what_is_linked_says_by_what(ledger: Workspace) -> None:
    found = {(row["system_id"], row["award_id"].split("_")[2], row["basis"]) for row in ledger.table("system_awards")}
    assert found == {
        ("vellum", "70CT22FR00000001", "contract of the atlas"),
        ("vellum", "70CT22FR00000001", "modification of a contract of the atlas"),
        ("vellum_two", "70CT22FR00000001", "modification of a contract of the atlas"),
        ("vellum", "70CT22F00000005", "order under a contract of the atlas"),
        ("vellum", "70CT24FR00000777", "AI use case inventory, identifier repaired"),
    }
    keys = [(row["system_id"], row["award_id"], row["stated_by"]) for row in ledger.table("system_awards")]
    assert len(keys) == len(set(keys))
    assert all("_7012_" in row["award_id"] for row in ledger.table("system_awards"))


def test_a_system_is_found_by_name_and_an_unknown_one_is_answered_with_near_names(ledger: Workspace) -> None:
    assert ledger.figure(system="Vellumnet").obligated_usd == expected("vellum")
    with pytest.raises(Mistake, match="no system goes by 'Velumnet'") as caught:
        ledger.figure(system="Velumnet")
    assert "VELLUMNET" in (caught.value.next or "").upper()


def test_a_system_and_a_company_together_ask_for_what_is_both(ledger: Workspace) -> None:
    assert ledger.figure(system="brammix", organisations=["quorvex"]).obligated_usd == expected("brammix")
    assert ledger.figure(system="vellum", organisations=["quorvex"]).obligated_usd == 0
