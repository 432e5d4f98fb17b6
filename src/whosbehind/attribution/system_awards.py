"""Awards linked to government systems: by contracts the atlas knows, and by inventories that name both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from whosbehind.lexicon import phrases_pattern
from whosbehind.records import Contract, System

Record = dict[str, Any]
# By PIID, the awards that bear it and those placed under it: award, agency code, whether it is an order under it.
Awards = Mapping[str, Sequence[tuple[str, str | None, bool]]]


def from_contracts(contracts: Iterable[Contract], awards: Awards, codes: Mapping[str, Collection[str]]) -> Iterator[Record]:
    """Awards whose identifier is that of a contract of the atlas, or that were placed under it.

    `codes` are the sub-agency codes of each agency or body that places contracts; an award
    of another agency with the same identifier is another award. A modification has the award
    of the contract it changes, from its own day on; without a day it has none.
    """
    by_id = {each.id: each for each in contracts}
    for contract in by_id.values():
        signed = _signed(contract, by_id)
        if contract is not signed and contract.since is None:
            continue
        for award_id, code, is_order in awards.get(signed.piid or "", ()):
            if contract.agency_id in codes and code not in codes[contract.agency_id]:
                continue
            yield from _of_contract(contract, signed, award_id, is_order)


def _signed(contract: Contract, by_id: Mapping[str, Contract]) -> Contract:
    """The contract that a modification changes, through other modifications; a contract itself."""
    passed = [contract]
    while contract.piid is None and (before := by_id.get(contract.modifies_id or "")) and before not in passed:
        contract = before
        passed.append(contract)
    return contract


def _of_contract(contract: Contract, signed: Contract, award_id: str, is_order: bool) -> Iterator[Record]:
    basis, first = "order under a contract of the atlas" if is_order else "contract of the atlas", None
    if contract is not signed and contract.since:
        basis, first = "modification of a contract of the atlas", contract.since.first
    for system_id in contract.systems:
        known = {"contract_id": contract.id, "printed_piid": signed.piid, "from_date": first}
        yield _record(system_id, award_id, basis, contract.id, **known)


def from_inventories(
    systems: Iterable[System],
    use_cases: Sequence[Record],
    named: Sequence[Record],
    awards: Awards,
    codes: Mapping[str, Collection[str]],
) -> Iterator[Record]:
    """Awards that an inventory names for a use case of a system.

    A use case is a system's where its authority to operate is stated to be that system's, by
    name or acronym, and its bureau is that of the operator; where no authority to operate is
    named, the use case's own name decides. `named` are rows of `use_case_contracts`.
    """
    by_case: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for each in named:
        by_case[each["document_id"], each["row"]].append(each)
    patterns = [(system, phrases_pattern(spellings(system))) for system in systems if system.operator_id in codes]
    for case in use_cases:
        text = case["system_name"] or case["use_case_name"] or ""
        for system, pattern in patterns:
            if case["agency_code"] in codes[system.operator_id] and pattern.search(text):
                yield from _of_case(system, case, by_case[case["document_id"], case["row"]], awards)


def _of_case(system: System, case: Record, named: Sequence[Record], awards: Awards) -> Iterator[Record]:
    for each in named:
        basis = "AI use case inventory" if each["basis"] == "as printed" else "AI use case inventory, identifier repaired"
        place = {"printed_piid": each["printed"], "document_id": each["document_id"], "row": each["row"]}
        for award_id in _bearing(each["piid"] or "", case["agency_code"], awards):
            yield _record(system.id, award_id, basis, f"{each['document_id']}#{each['row']}", **place)


def _bearing(piid: str, agency_code: str | None, awards: Awards) -> list[str]:
    """The awards that bear an identifier: the bureau's own where it has one, else those of others, who buy for it."""
    found = [(award_id, code) for award_id, code, is_order in awards.get(piid, ()) if not is_order]
    own = [award_id for award_id, code in found if code == agency_code]
    return own or [award_id for award_id, _ in found]


def spellings(system: System) -> tuple[str, ...]:
    """The names a use case may give a system."""
    return tuple(dict.fromkeys(text for text in (system.name, system.acronym) if text))


def _record(system_id: str, award_id: str, basis: str, stated_by: str, **found: object) -> Record:
    """A row of `system_awards`; what is not given is not known."""
    empty = dict.fromkeys(("printed_piid", "from_date", "contract_id", "document_id", "row"))
    return {"system_id": system_id, "award_id": award_id, "basis": basis, "stated_by": stated_by, **empty, **found}
