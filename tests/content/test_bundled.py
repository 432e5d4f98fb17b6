"""The bundled content hangs together: nothing in it stands alone, all of it is sourced, nothing in it is private."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from whosbehind.atlas import Atlas, ContentFile, content_files, load_atlas
from whosbehind.atlas.files import entries
from whosbehind.atlas.things import find_thing
from whosbehind.records import System
from whosbehind.values import Grade, Standing

FOLDER = Path(str(resources.files("whosbehind").joinpath("content")))
# Fields whose texts are ids of sources.
CITING = ("sources", "documents", "authority")
MAPPED = ("content/sources/map_", "content/sources/systems.yaml")
NAMED = {
    "ICM": "icm",
    "FALCON": "falcon",
    "RAVEn": "raven",
    "ImmigrationOS": "immigrationos",
    "ELITE": "elite",
    "IDENT": "ident",
    "HART": "hart",
    "EID": "eid",
    "EAGLE": "eagle",
    "Secure Communities": "scomm",
    "NGI": "ngi",
    "TECS": "tecs",
    "ATS": "ats",
    "SEVIS": "sevis",
    "Nlets": "nlets_network",
    "CLEAR": "clear",
    "Accurint": "accurint",
    "lpr": "lpr",
    "Clearview AI face search": "clearview",
    "Amazon Rekognition": "rekognition",
    "nctue_exchange": "nctue_exchange",
    "SAVE": "save",
    "irsmou": "irsmou",
    "ssadhs": "ssadhs",
    "cmsice": "cmsice",
    "hudmou": "hudmou",
    "dmvface": "dmvface",
    "arctip": "arctip",
    "VLVI": "vlvi",
    "cloud_first": "cloud_first",
    "mexbio": "mexbio",
    "ISAP": "isap",
    "leadtrac": "leadtrac",
    "skiptrace": "skiptrace",
    "ACRIMe": "acrime",
    "EARM": "earm",
    "AFI": "afi",
    "ADIS": "adis",
}


@pytest.fixture(scope="module")
def files() -> list[ContentFile]:
    return content_files(None)


@pytest.fixture(scope="module")
def atlas(files: list[ContentFile]) -> Atlas:
    return load_atlas(files)


@cache
def texts() -> dict[str, str]:
    """Every text file below the content by its name."""
    return {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in sorted(FOLDER.rglob("*")) if path.is_file()}


def cited(data: Any, field: str = "") -> Iterator[str]:
    """Every source that an entry cites, however deep."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from cited(value, name)
    elif isinstance(data, list):
        for each in data:
            yield from cited(each, field)
    elif field in CITING:
        yield data


def test_every_source_of_the_map_is_cited_by_an_entry(files: list[ContentFile]) -> None:
    used = {name for file in files if file.kind != "sources" for entry in entries(file) for name in cited(entry.data)}
    for file in files:
        if file.kind == "sources" and file.name.startswith(MAPPED):
            uncited = sorted({entry.data["id"] for entry in entries(file)} - used)
            assert not uncited, f"{file.name}: cite them or remove them"


def test_no_publication_stands_twice(atlas: Atlas) -> None:
    """Different selections of one feed share the address of its search page."""
    addresses = Counter(each.url.rstrip("/") for each in atlas.sources.values() if each.url and not each.url.endswith("/search"))
    assert [address for address, times in addresses.items() if times > 1] == []
    titles = Counter((each.publisher, each.title, each.number, each.date) for each in atlas.sources.values())
    assert [title for title, times in titles.items() if times > 1] == []


def test_every_body_has_a_part_in_something(atlas: Atlas) -> None:
    placed: set[str | None] = {end for flow in atlas.flows.values() for end in (flow.from_id, flow.to_id)}
    for system in atlas.systems.values():
        placed |= {system.operator_id, *(part.party_id for _, part in system.parts())}
    placed |= {body.part_of_id for body in atlas.bodies.values()}
    placed |= {contract.agency_id for contract in atlas.contracts.values()}
    placed |= {fact.about_id for fact in atlas.facts.values()}
    assert sorted(set(atlas.bodies) - placed) == []


def test_every_system_is_connected_or_is_listed_for_what_it_is_taken_for(atlas: Atlas) -> None:
    connected: set[str | None] = {end for flow in atlas.flows.values() for end in (flow.from_id, flow.to_id)}
    connected |= {system for contract in atlas.contracts.values() for system in contract.systems}
    connected |= {system.part_of_id for system in atlas.systems.values()}
    alone = [each.id for each in atlas.systems.values() if each.id not in connected and not _is_described(each)]
    assert alone == []


def _is_described(system: System) -> bool:
    """Whether documents, a whole, users or confusions say why a system that no flow touches is listed."""
    return bool(system.documents or system.part_of_id or system.users or system.confusions)


def test_whatever_is_stated_has_a_source_better_than_grade_d(atlas: Atlas) -> None:
    stated: dict[str, tuple[str, ...]] = {}
    for kind in ("systems", "bodies", "laws", "contracts"):
        stated |= {f"{kind} {each.id}": each.sources for each in getattr(atlas, kind).values()}
    for kind in ("flows", "facts"):
        stated |= {f"{kind} {each.id}": each.stated.sources for each in getattr(atlas, kind).values()}
    assert min(map(len, stated.values())) >= 1
    weak = [what for what, names in stated.items() if all(atlas.sources[name].grade is Grade.D for name in names)]
    assert weak == []


@pytest.mark.parametrize(("name", "system"), NAMED.items())
def test_a_system_is_found_by_the_name_people_use(atlas: Atlas, name: str, system: str) -> None:
    assert find_thing(atlas, name) == system


def test_what_is_known_to_be_contested_tells_both_sides(atlas: Atlas) -> None:
    contested = [each for each in atlas.flows.values() if each.stated.standing is Standing.CONTESTED]
    assert any("cmsice" in (each.from_id, each.to_id) or each.category == "health" for each in contested)
    assert any("elite" in (each.from_id, each.to_id) for each in contested)
    for each in contested:
        assert each.stated.dispute is not None
        assert each.stated.dispute.sources


def test_a_modification_is_no_contract_of_its_own(atlas: Atlas) -> None:
    change = atlas.contracts["immigrationos_modification_2025"]
    assert change.modifies_id is not None
    assert change.piid is None
    assert "immigrationos" not in atlas.contracts[change.modifies_id].systems


ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)*\.[A-Za-z]{2,}")
PHONE = re.compile(r"(?<![\d/=.-])(\+?1[-. ])?(\([2-9]\d\d\) ?|[2-9]\d\d[-. ])[2-9]\d\d[-. ]\d{4}(?!\d|[.-]\d)")
LOCAL = re.compile(r"(?<![\w/.:-])/(work|tmp|home|Users|root|mnt|var|opt)/|\b[A-Z]:\\|file://|localhost|127\.0\.0\.1")
TRACKING = re.compile(r"[?&](utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|akid|cmpid|ncid|cid|ref|ref_src|source|click\w*)=", re.I)


@pytest.mark.parametrize(
    ("what", "pattern"), [("e-mail", ADDRESS), ("phone", PHONE), ("local path", LOCAL), ("tracking", TRACKING)]
)
def test_no_file_holds_what_is_private_or_local(what: str, pattern: re.Pattern[str]) -> None:
    found = {name: hit.group() for name, text in texts().items() if (hit := pattern.search(text))}
    assert found == {}, what


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (ADDRESS, "write to jane.doe@ice.dhs.gov"),
        (PHONE, "call (202) 555-0143"),
        (PHONE, "call 202-555-0143."),
        (LOCAL, "kept in /home/jane/x"),
        (LOCAL, r"kept in C:\data"),
        (TRACKING, "https://example.org/a?utm_source=x"),
        (TRACKING, "https://example.org/a?b=1&fbclid=x"),
    ],
)
def test_what_is_private_or_local_is_recognised(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
