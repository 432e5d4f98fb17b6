"""Checks of systems, flows, laws, contracts and facts: every id leads to something of the right kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.entries import FieldPath, wrong
from whosbehind.atlas.files import Entry
from whosbehind.atlas.system_models import BodyEntry, ContractEntry, FactEntry, FlowEntry, SystemEntry
from whosbehind.guard import bundled_guard
from whosbehind.values import RecipientKind

# A field, the id in it, and what it may name.
Link = tuple[FieldPath, str | None, tuple[str, ...]]
PARTIES = ("agency", "body", "organisation")
ENDS = ("system", *PARTIES, "product")
ROLES = ("builders", "hosts", "resellers", "users")


@dataclass(frozen=True)
class Ids:
    """Every id of the content by the kind of thing it names."""

    by_kind: Mapping[str, Collection[str]]

    def of(self, kinds: tuple[str, ...]) -> list[str]:
        """The ids of these kinds."""
        return [name for kind in kinds for name in self.by_kind[kind]]

    def kinds(self, name: str) -> list[str]:
        """What an id names."""
        return [kind for kind, names in self.by_kind.items() if name in names]


def check_links(entries: Mapping[str, tuple[Entry, BaseModel]], ids: Ids) -> None:
    """Raise Mistake where an entry names something that is not there or is of another kind."""
    for entry, model in entries.values():
        for path, name, kinds in _links(model):
            if name is not None and not any(name in ids.by_kind[kind] for kind in kinds):
                what = f"{name!r} is no {' and no '.join(kinds)}."
                raise wrong(entry, path, what, suggestion(name, ids.of(kinds)) or "Add it, or mend the id.")


def _links(model: BaseModel) -> Iterator[Link]:
    match model:
        case SystemEntry():
            yield from _links_of_system(model)
        case BodyEntry():
            yield ("part_of",), model.part_of, ("agency", "body")
        case FlowEntry():
            yield ("from",), model.from_id, ENDS
            yield ("to",), model.to_id, ENDS
            yield from ((("authority", place), name, ("law", "source")) for place, name in enumerate(model.authority))
            yield from ((("passes_on", place), name, ("flow",)) for place, name in enumerate(model.passes_on))
        case ContractEntry():
            yield ("agency",), model.agency, ("agency", "body")
            yield ("vendor",), model.vendor, ("organisation",)
            yield ("modifies",), model.modifies, ("contract",)
            yield from ((("systems", place), name, ("system",)) for place, name in enumerate(model.systems))
        case FactEntry():
            yield ("about",), model.about, (*ENDS, "contract", "law")


def _links_of_system(model: SystemEntry) -> Iterator[Link]:
    yield ("operator",), model.operator, PARTIES
    yield ("part_of",), model.part_of, ("system",)
    yield ("product",), model.product, ("product",)
    for role in ROLES:
        for place, part in enumerate(getattr(model, role)):
            yield (role, place, "party"), part.party, PARTIES
    for place, before in enumerate(model.predecessors):
        yield ("predecessors", place, "system"), before.system, ("system",)


def check_one_meaning(kind: str, entries: Mapping[str, tuple[Entry, BaseModel]], ids: Ids) -> None:
    """Raise Mistake where an id of this kind names something else too.

    Sources have ids of their own, and a service may bear the id of its own product.
    """
    for name, (entry, model) in entries.items():
        others = [other for other in ids.kinds(name) if other not in (kind, "source")]
        if isinstance(model, SystemEntry) and model.product == name:
            others = [other for other in others if other != "product"]
        if others:
            raise wrong(entry, ("id",), f"{name!r} already names something else ({others[0]}).", "Give one of them another id.")


def check_wholes(entries: Mapping[str, tuple[Entry, SystemEntry | BodyEntry]]) -> None:
    """Raise Mistake where something is part of itself, directly or through others."""
    for name, (entry, model) in entries.items():
        above, whole = {name}, model.part_of
        while whole is not None and whole in entries:
            if whole in above:
                raise wrong(entry, ("part_of",), f"{name!r} is part of itself through {whole!r}.", "Mend `part_of`.")
            above.add(whole)
            whole = entries[whole][1].part_of


def check_no_person(entry: Entry, path: FieldPath, name: str) -> None:
    """Raise Mistake where the name of a person stands for an institution."""
    if bundled_guard().recipient_kind(name.partition(" (")[0], False) is RecipientKind.INDIVIDUAL:
        mend = "Name the office or company. A company that only reads so is added to content/guard/companies.txt."
        raise wrong(entry, path, f"{name!r} reads as the name of a person.", mend)
