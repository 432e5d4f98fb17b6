"""Loading the atlas from content files."""

from __future__ import annotations

from whosbehind.atlas.atlas import Atlas
from whosbehind.atlas.checks import check_agencies, check_names, check_sources
from whosbehind.atlas.convert import agency, organisation, source, system
from whosbehind.atlas.entries import checked
from whosbehind.atlas.files import ContentFile
from whosbehind.atlas.models import (
    AgencyEntry,
    AroundEntry,
    JudgementEntry,
    OrganisationEntry,
    PhraseEntry,
    SourceEntry,
    SystemEntry,
)
from whosbehind.records import AroundRule, Judgement


def load_atlas(files: list[ContentFile]) -> Atlas:
    """Read and check content; the same files are read once in a process.

    Later files overlay earlier ones by id. Raises Mistake naming file, line and mend.
    """
    key = tuple(files)
    if key not in _loaded:
        _loaded.clear()  # one set of files at a time is enough
        _loaded[key] = _load(files)
    return _loaded[key]


_loaded: dict[tuple[ContentFile, ...], Atlas] = {}


def _load(files: list[ContentFile]) -> Atlas:
    sources = {key: source(model) for key, (_, model) in checked(files, "sources", SourceEntry).items()}
    agencies = checked(files, "agencies", AgencyEntry)
    organisations = checked(files, "organisations", OrganisationEntry)
    systems = checked(files, "systems", SystemEntry)
    for entry, model in [*agencies.values(), *organisations.values(), *systems.values()]:
        check_sources(entry, model, sources)
    check_agencies(agencies)
    companies = {key: (entry, organisation(model)) for key, (entry, model) in organisations.items()}
    own_systems = {key: (entry, system(model)) for key, (entry, model) in systems.items()}
    check_names(companies, own_systems, agencies)
    return Atlas(
        sources,
        {key: agency(model) for key, (_, model) in agencies.items()},
        {key: each for key, (_, each) in companies.items()},
        {key: each for key, (_, each) in own_systems.items()},
        tuple(model.text for _, model in checked(files, "phrases", PhraseEntry).values()),
        tuple(AroundRule(**model.model_dump()) for _, model in checked(files, "around", AroundEntry).values()),
        tuple(Judgement(**model.model_dump()) for _, model in checked(files, "judgements", JudgementEntry).values()),
    )
