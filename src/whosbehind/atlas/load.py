"""Loading the atlas from content files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.checks import check_agencies, check_corrections, check_names, check_sources
from whosbehind.atlas.convert import agency, body, contract, fact, flow, law, organisation, source, system
from whosbehind.atlas.entries import checked
from whosbehind.atlas.files import ContentFile, Entry
from whosbehind.atlas.links import Ids, check_links, check_no_person, check_one_meaning, check_wholes
from whosbehind.atlas.models import (
    AgencyEntry,
    AroundEntry,
    JudgementEntry,
    OrganisationEntry,
    PhraseEntry,
    SourceEntry,
)
from whosbehind.atlas.system_models import BodyEntry, ContractEntry, FactEntry, FlowEntry, LawEntry, SystemEntry
from whosbehind.records import AroundRule, Judgement, Organisation


def load_atlas(files: list[ContentFile]) -> Atlas:
    """Read and check content; the same files are read once in a process.

    Later files overlay earlier ones by id. Raises Mistake naming file, line and mend.
    """
    key = tuple(files)
    if key not in _loaded:
        _loaded.clear()  # one set of files at a time is enough
        _loaded[key] = _load(files, dt.datetime.now(dt.UTC).date())
    return _loaded[key]


_loaded: dict[tuple[ContentFile, ...], Atlas] = {}


# The kinds whose entries say which system, whose data, under which law.
MODELS: dict[str, type[BaseModel]] = {
    "systems": SystemEntry,
    "bodies": BodyEntry,
    "flows": FlowEntry,
    "laws": LawEntry,
    "contracts": ContractEntry,
    "facts": FactEntry,
}


def _load(files: list[ContentFile], today: dt.date) -> Atlas:
    publications = checked(files, "sources", SourceEntry)
    sources = {key: source(model) for key, (_, model) in publications.items()}
    agencies = checked(files, "agencies", AgencyEntry)
    organisations = checked(files, "organisations", OrganisationEntry)
    mapped: dict[str, Any] = {kind: checked(files, kind, model) for kind, model in MODELS.items()}
    for found in (agencies, organisations, *mapped.values()):
        for entry, model in found.values():
            check_sources(entry, model, sources)
            check_corrections(entry, model, today)
    check_agencies(agencies)
    for entry, model in publications.values():
        check_no_person(entry, ("publisher",), model.publisher)
    for found in (organisations, mapped["bodies"]):
        for entry, model in found.values():
            check_no_person(entry, ("name",), model.name)
    companies = {key: (entry, organisation(model)) for key, (entry, model) in organisations.items()}
    systems = {key: (entry, system(model)) for key, (entry, model) in mapped["systems"].items()}
    check_names(companies, systems)
    _check_map(mapped, _ids(sources, agencies, companies, mapped))
    return Atlas(
        sources=sources,
        agencies={key: agency(model) for key, (_, model) in agencies.items()},
        organisations={key: each for key, (_, each) in companies.items()},
        systems={key: each for key, (_, each) in systems.items()},
        bodies={key: body(model) for key, (_, model) in mapped["bodies"].items()},
        flows={key: flow(model) for key, (_, model) in mapped["flows"].items()},
        laws={key: law(model) for key, (_, model) in mapped["laws"].items()},
        contracts={key: contract(model) for key, (_, model) in mapped["contracts"].items()},
        facts={key: fact(model) for key, (_, model) in mapped["facts"].items()},
        phrases=tuple(model.text for _, model in checked(files, "phrases", PhraseEntry).values()),
        around=tuple(AroundRule(**model.model_dump()) for _, model in checked(files, "around", AroundEntry).values()),
        judgements=tuple(Judgement(**model.model_dump()) for _, model in checked(files, "judgements", JudgementEntry).values()),
    )


def _ids(sources: Any, agencies: Any, companies: dict[str, tuple[Entry, Organisation]], mapped: dict[str, Any]) -> Ids:
    products = {product.id for _, each in companies.values() for product in each.products}
    return Ids(
        {
            "system": mapped["systems"],
            "agency": agencies,
            "body": mapped["bodies"],
            "organisation": companies,
            "product": products,
            "flow": mapped["flows"],
            "law": mapped["laws"],
            "contract": mapped["contracts"],
            "source": sources,
        }
    )


def _check_map(mapped: dict[str, Any], ids: Ids) -> None:
    for found in mapped.values():
        check_links(found, ids)
    check_one_meaning("system", mapped["systems"], ids)
    check_one_meaning("body", mapped["bodies"], ids)
    check_wholes(mapped["systems"])
    check_wholes(mapped["bodies"])
