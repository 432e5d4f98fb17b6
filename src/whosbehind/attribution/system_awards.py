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
    of another agency with the same identifier is another award.
    """
    for contract in contracts:
        for award_id, code, is_order in awards.get(contract.piid or "", ()):
            if contract.agency_id in codes and code not in codes[contract.agency_id]:
                continue
            for system_id in contract.systems:
                basis = "order under a contract of the atlas" if is_order else "contract of the atlas"
                yield _record(system_id, award_id, basis, contract_id=contract.id, printed=contract.piid)


def from_inventories(
    systems: Iterable[System],
    use_cases: Sequence[Record],
    named: Sequence[Record],
    awards: Awards,
    codes: Mapping[str, Collection[str]],
) -> Iterator[Record]:
    """Awards that an inventory names for a use case of a system.

    A use case is a system's where its name, or that of its authority to operate, holds the
    system's name or acronym and its bureau is that of the operator. `named` are rows of
    `use_case_contracts`.
    """
    by_case: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for each in named:
        by_case[each["document_id"], each["row"]].append(each)
    patterns = [(system, phrases_pattern(spellings(system))) for system in systems if system.operator_id in codes]
    for case in use_cases:
        text = f"{case['use_case_name'] or ''} · {case['system_name'] or ''}"
        for system, pattern in patterns:
            if case["agency_code"] in codes[system.operator_id] and pattern.search(text):
                yield from _of_case(system, by_case[case["document_id"], case["row"]], awards)


def _of_case(system: System, named: Sequence[Record], awards: Awards) -> Iterator[Record]:
    for each in named:
        for award_id, _, is_order in awards.get(each["piid"] or "", ()):
            if not is_order:
                basis = "AI use case inventory" if each["basis"] == "as printed" else "AI use case inventory, identifier repaired"
                yield _record(
                    system.id, award_id, basis, printed=each["printed"], document_id=each["document_id"], row=each["row"]
                )


def spellings(system: System) -> tuple[str, ...]:
    """The names a use case may give a system."""
    return tuple(dict.fromkeys(text for text in (system.name, system.acronym) if text))


def _record(
    system_id: str,
    award_id: str,
    basis: str,
    *,
    printed: str | None,
    contract_id: str | None = None,
    document_id: str | None = None,
    row: int | None = None,
) -> Record:
    return {
        "system_id": system_id,
        "award_id": award_id,
        "basis": basis,
        "stated_by": contract_id or f"{document_id}#{row}",
        "printed_piid": printed,
        "contract_id": contract_id,
        "document_id": document_id,
        "row": row,
    }
