"""Contacts are masked in free text, persons recognised among recipients, and neither firms nor products harmed."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.effort import effort
from whosbehind.atlas import content_files, load_atlas
from whosbehind.guard import SUSPECT, bundled_guard, bundled_words, firm_pattern, placeholder_pattern
from whosbehind.guard.contacts import without_contacts
from whosbehind.guard.roles import ROLE_WORDS, has_role, starts_of
from whosbehind.sources import bundled_sources
from whosbehind.values import LEGAL_FORMS, RecipientKind

GUARD = bundled_guard()
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[A-Za-z]{2,}")
PHONE = re.compile(r"(?<![\w#$.-])\(?[2-9]\d{2}(?:\) ?|[-. ])[2-9]\d{2}[-. ]\d{4}(?!\w)")


@pytest.mark.parametrize(
    "written",
    [
        "JANE.DOE@EXAMPLE.GOV",
        "jane.doe@ice.example.gov",
        "JANE.DOE @ ICE.EXAMPLE.GOV",
        "JANE.DOE(AT)EXAMPLE.GOV",
        "JANE.DOE [AT] EXAMPLE.GOV",
        "JANE.DOE ( AT ) EXAMPLE . GOV",
        "JOHN.DOE@ICE.",
        "JOHN.DOE@ICE",
        "O'ROE+POC@EXAMPLE.GOV",
    ],
)
def test_an_e_mail_address_is_masked_however_it_is_written(written: str) -> None:
    masked = GUARD.mask(f"SEND ALL CORRESPONDENCE TO {written} SEE TEMPLATE")
    assert masked.startswith("SEND ALL CORRESPONDENCE TO [e-mail]")
    assert masked.endswith("SEE TEMPLATE")
    assert not any(part in masked.upper() for part in ("DOE", "EXAMPLE", "@"))


@pytest.mark.parametrize(
    "written",
    [
        "202-555-0100",
        "(202)555-0100",
        "(202) 555-0100",
        "202.555.0100",
        "202 555 0100",
        "202/555-0100",
        "2025550100",
        "12025550100",
        "+12025550100",
        "+1 202 555 0100",
        "+1-202-555-0100",
        "1-202-555-0100",
        "202-555-0100 EXT 12",
        "202-555-0100X1234",
        "202-5550100",
        "+44 20 7946 0018",
        "202-555-010",
        "202.555.01",
    ],
)
def test_a_phone_number_is_masked_however_it_is_written(written: str) -> None:
    assert GUARD.mask(f"POP 1 YEAR, {written}, LAPTOPS") == "POP 1 YEAR, [phone], LAPTOPS"


def test_a_phone_number_glued_behind_a_name_goes_with_the_name() -> None:
    assert GUARD.mask("POC JANE DOE202-555-0100.") == "POC [name][phone]."


ROLES = (
    "ACOR|COR|ALT COR|ALT. COR|ALTERNATE COR|POC|TPOC|APOC|COTR|ACOTR|CONTRACTING OFFICER|CONTRACTING OFFICER'S REPRESENTATIVE|"
    "CONTRACT SPECIALIST|POINT OF CONTACT|ATTN|PROGRAM MANAGER|IPP APPROVER|COR/POC"
).split("|")
JOINTS = (" ", ": ", ":", " - ", "-", "; ", ", ", " = ", " # ", " (", " IS ", " TO ", ": MS. ")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("joint", JOINTS)
def test_a_contact_named_after_a_role_word_is_masked(role: str, joint: str) -> None:
    for name in ("JANE DOE", "JOHN Q. PUBLIC", "JANE A DOE", "John Smith", "ROBERT JONES JR"):
        masked = GUARD.mask(f"LAPTOPS. {role}{joint}{name}")
        assert masked.startswith("LAPTOPS. ")
        assert masked.count("[name]") == 1
        assert not any(part in masked for part in name.rstrip(".").split() if len(part) > 2), masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CHANGE COR FROM JANE DOE TO JOHN SMITH.", "CHANGE COR FROM [name] TO [name]."),
        ("CHANGE COR FROM DOE TO SMITH", "CHANGE COR FROM [name] TO [name]"),
        ("CHANGE THE COR FROM JANE DOE TO QUIXWELL.", "CHANGE THE COR FROM [name] TO [name]."),
        ("CHANGE COR FROM JANE DOE TO JOHN (JACK) QUIXWELL", "CHANGE COR FROM [name] TO [name]"),
        ("CHANGE CO TO SMITH", "CHANGE CO TO [name]"),
        ("APPOINT JANE DOE AS COR AND REMOVE JOHN SMITH", "APPOINT [name] AS COR AND REMOVE [name]"),
        ("REMOVE JANE DOE AS THE COR AND REPLACE HER WITH JOHN SMITH.", "REMOVE [name] AS THE COR AND REPLACE HER WITH [name]."),
        ("CONTACTS: JANE DOE (COR), JOHN SMITH (ACOR) 202-555-0100", "CONTACTS: [name] (COR), [name] (ACOR) [phone]"),
        ("SHIP TO JANE QUIXWELL (COR)", "SHIP TO [name] (COR)"),
        ("LICENSES; JANE DOE, JANE.DOE@EXAMPLE.GOV", "LICENSES; [name], [e-mail]"),
        ("SEE TEMPLATE. ZZYX QUIXWELL 202-555-0100", "SEE TEMPLATE. [name] [phone]"),
        ("ALT POV S QUIXWELL, 202-555-0100", "ALT POV [name], [phone]"),
        ("COR: J. QUIXWELL", "COR: [name]"),
        ("COR J QUIXWELL, 202-555-0100", "COR [name], [phone]"),
        ("COR: DOE, JANE", "COR: [name]"),
        ("ALT COR DOE, JANE A.", "ALT COR [name]"),
        ("COR: ZZYX QUIXWELL", "COR: [name]"),
        ("ATTN: MS. QUIXWELL", "ATTN: MS. [name]"),
        ("SPEAKERS ARE MR. JOHN SMITH AND MR. QUIXWELL", "SPEAKERS ARE MR. [name] AND MR. [name]"),
        ("OBLIGATION POC'S: JANE QUIXWELL&JOHN SMITH.", "OBLIGATION POC'S: [name]&[name]."),
        ("C/O JANE QUIXWELL / JOHN SMITH 1 EXAMPLE AVENUE", "C/O [name] / [name] 1 EXAMPLE AVENUE"),
        ("AMMO DELIVERY:JANE QUIXWELL BLDG 1", "AMMO DELIVERY:[name] BLDG 1"),
        ("ALTERNATE COR/WEBVIEW: JANE QUIXWELL", "ALTERNATE COR/WEBVIEW: [name]"),
        ("FPS DELIVERY ADDRESS: JANE QUIXWELL DHS", "FPS DELIVERY ADDRESS: [name] DHS"),
        ("COR: JANE DOE, JANE.QUIXW", "COR: [name], [e-mail]"),
        ("NEW COR APPOINTMENT, JANE QUIXWELL.", "NEW COR APPOINTMENT, [name]."),
        ("new cor: jane doe, laptops", "new cor: [name], laptops"),
    ],
)
def test_names_around_role_words_are_masked(text: str, masked: str) -> None:
    assert GUARD.mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "CHANGE COR RAPISCAN",
        "CHANGE INVOICE POC CLIMATE CONTROL CONTAINERS",
        "CHANGE INVOICE POC MONGODB ENTERPRISES LICENSE RENEWAL",
        "CHANGE COR FOR CONFLUENT PLATFORM SOFTWARE SERVICES",
        "CHANGE COR - BROADCOM HW MAINTENANCE",
        "CHANGE CORS - IBM ELA",
        "UPDATE COR ON HSINET MODERNIZATION TASK ORDER",
        "COR CHANGE FOR SOUTHWEST BORDER ARMED FACILITY GUARDS",
        "COR CHANGE",
        "CONTACT CENTER SERVICES",
        "MODIFICATION TO APPOINT NEW COR AND UPDATE CLAUSES",
        "DETENTION MANAGEMENT AT THE AURORA, CO CONTRACT DETENTION FACILITY",
        "COURT REPORTING FOR OPLA DENVER, CO",
        "COR UPDATE FOR THE THEO LACY FACILITY",
        "MS ELA/BPA",
        "MS WINDOWS AND MS OFFICE LICENSES",
        "PURCHASE OF MS TEAMS TRAINING; MS VISIO; MS SQL SERVER",
        "PM SERVICES LOCKHEED MARTIN ADVANCED TECHNOLOGY",
        "CO CHANGE: BOOZ ALLEN HAMILTON ANALYTICS SUPPORT",
        "CO: FAR 52.217-8 AND FAR 520.223-99",
        "COR: CONTRACT 70CDCR21A00000001, 70B04C23F00000617, HSHQDC-15-A-00017",
        "CONT_AWD_70CMSD22P00000086_7012_-NONE-_-NONE-",
        "VIN 1FTFW1ET5DFC10312",
        "SN 4045551234",
        "SERIAL NO. 4045551234",
        "QUOTE 4045551234",
        "NSN 6515-01-534-2894",
        "POP 09/30/2021 - 09/29/2022; 2024-03-01",
        "IN THE AMOUNT OF $4045551234.00 AND $2,025,550,100.00",
        "X100008095176 & X100008095294",
        "DUNS 2045551234",
    ],
)
def test_products_places_and_numbers_are_left_alone(text: str) -> None:
    assert GUARD.mask(text) == text


def _bundled_spellings() -> Iterator[str]:
    atlas = load_atlas(content_files(None))
    for organisation in atlas.organisations.values():
        yield organisation.name
        yield from (alias.text for alias in organisation.aliases)
        for product in organisation.products:
            yield product.name
            yield from (alias.text for alias in product.aliases)


SPELLINGS = sorted(set(_bundled_spellings()))


@pytest.mark.parametrize(
    "frame",
    [
        "CHANGE COR {}",
        "POC: {}",
        "COR FOR {} SUPPORT",
        "COR CHANGE; {}",
        "CHANGE COR - {} MAINTENANCE",
        "{} LICENSES, POC JANE DOE",
    ],
)
def test_no_listed_company_is_masked_for_standing_near_a_role_word(frame: str) -> None:
    assert [each for each in sorted(bundled_words("companies")) if each not in GUARD.mask(frame.format(each))] == []


FRAGMENTS = st.sampled_from(
    [
        *ROLES,
        "FROM",
        "TO",
        "AS",
        "AND",
        "APPOINT",
        "REMOVE",
        "MR.",
        "MS",
        "CO",
        "C/O",
        "DELIVERY:",
        "(COR)",
        "JANE",
        "DOE",
        "DOE,",
        "JOHN",
        "SMITH",
        "Q.",
        "J",
        "ZZYX",
        "QUIXWELL",
        "JOHN.DOE@ICE.",
        "jane.doe@example.gov",
        "JANE (AT) EXAMPLE.GOV",
        "202-555-0100",
        "2025550100",
        "(202)555-0100",
        "+1 202 555 0100",
        "PHONE 555-0100",
        "202.555.01",
        "LICENSES",
        "RAPISCAN",
        "AURORA,",
        "MAINTENANCE",
        "BOOZ ALLEN HAMILTON",
        "ÉLAN",
        "ſ",
        "K",
        "\u00a0",
        "\n",
        "\t",
        ",",
        ".",
        ";",
        "/",
        "&",
        "-",
        "'",
        "#",
        "SN",
        "[name]",
        "[e-mail]",
        "[phone]",
        "\ue000",
        "٢٠٢-٥٥٥-٠١٠٠",
        "@",
        "(",
        ")",
        "THE",
        "FOR",
        "EXT 12",
    ]
)
TEXTS = st.lists(st.tuples(FRAGMENTS, st.sampled_from([" ", "", " ", "  "])), min_size=1, max_size=10).map(
    lambda pairs: "".join(text + gap for text, gap in pairs)
)


@settings(max_examples=effort(150, 2_000))
@given(TEXTS)
def test_masking_twice_is_masking_once(text: str) -> None:
    once = GUARD.mask(text)
    assert GUARD.mask(once) == once


DIGITS = st.text("0123456789+-. ()/#X@", max_size=24)


@settings(max_examples=effort(150, 2_000))
@given(st.one_of(TEXTS, DIGITS, st.tuples(TEXTS, DIGITS).map("".join)), st.integers(0, 4))
def test_what_stands_far_before_a_contact_changes_nothing_about_it(text: str, times: int) -> None:
    before = "PENS (AND PAPER) " * times
    assert without_contacts(before + text) == before + without_contacts(text)


@settings(max_examples=effort(150, 2_000))
@given(st.one_of(TEXTS, st.text(max_size=40)))
def test_a_role_word_is_found_by_its_first_letters_wherever_its_pattern_finds_it(text: str) -> None:
    pattern = re.compile(rf"(?<![\w&])(?:(?:{ROLE_WORDS})(?![\w&])|DELIVERY(?= ?:))", re.IGNORECASE | re.ASCII)
    assert has_role(text) == bool(pattern.search(text))


@settings(max_examples=effort(150, 2_000))
@given(st.one_of(TEXTS, st.text(max_size=40)), st.sets(st.sampled_from(["COR", "TO", "A", "MR", "FROM"])))
def test_words_are_found_where_they_stand(text: str, words: set[str]) -> None:
    runs = [(run.start(), run.group().upper()) for run in re.finditer("[A-Za-z]+", text)]
    assert starts_of(text, words) == [start for start, letters in runs if letters in words]


@settings(max_examples=effort(6, 50))
@given(st.lists(st.one_of(TEXTS, st.text(max_size=40)), min_size=20, max_size=60))
def test_whatever_masking_changes_the_engine_finds_suspect(texts: list[str]) -> None:
    changed = [text for text in texts if "\x00" not in text and GUARD.mask(text) != text]
    assert [text for text, is_found in _engine_matches(changed, SUSPECT).items() if not is_found] == []


NAME_PARTS = st.sampled_from(
    [
        "DOE",
        "DOE,",
        "JANE",
        "jane",
        "A",
        "A.",
        "JR",
        "ESQ",
        "SMITH",
        "LLC",
        "INC.",
        "Q",
        "-",
        "'",
        "ZZYX",
        "MULTIPLE",
        "AWARDEES",
        "RECIPIENTS",
        "MISC",
        "PII",
        "REDACTED DUE TO PII",
        "(UNDISCLOSED)",
        "INDIVIDUAL",
        "PRIVATE",
        "PERSON",
        "É",
        "&",
        " ",
        "THE",
        "O'ROE",
        ",",
    ]
)
NAMES = st.lists(NAME_PARTS, min_size=1, max_size=5).map(" ".join)


FIRM_LIKE = st.builds(
    "{}{}{}".format,
    st.one_of(NAMES, st.text(max_size=20)),
    st.sampled_from([" ", ", ", ","]),
    st.sampled_from(sorted(LEGAL_FORMS)),
)


@settings(max_examples=effort(6, 50))
@given(st.lists(FIRM_LIKE, min_size=20, max_size=60), st.booleans())
def test_no_person_is_held_for_a_firm_by_the_last_word_of_the_name(names: list[str], is_sole_proprietor: bool) -> None:
    written = [name + end for name in names if "\x00" not in name for end in ("", ".")]
    firms = [name for name, is_found in _engine_matches(written, firm_pattern()).items() if is_found]
    plain = [name for name, is_found in _engine_matches(firms, placeholder_pattern()).items() if not is_found]
    kinds = {GUARD.recipient_kind(name, is_sole_proprietor) for name in plain}
    assert kinds <= {RecipientKind.ORGANISATION}


def test_two_letters_behind_a_surname_and_a_comma_make_no_firm() -> None:
    assert _engine_matches(["SMITH, CO", "SMITH, INC"], firm_pattern()) == {"SMITH, CO": False, "SMITH, INC": True}


def _engine_matches(texts: list[str], pattern: str) -> dict[str, bool]:
    query = "SELECT text, regexp_matches(text, ?) FROM (SELECT unnest(?::VARCHAR[]) AS text)"
    with duckdb.connect(config={"threads": 1}) as connection:
        return dict(connection.execute(query, [pattern, texts]).fetchall())


@pytest.mark.parametrize(
    "name",
    [
        "DOE, JANE A",
        "DOE, JANE AK",
        "JANE DOE",
        "JANE A DOE",
        "JANE A. DOE",
        "JANE L DOE",
        "JANE A DOE JR",
        "DOE JANE A",
        "DOE, JANE, ESQ",
        "JANE DOE ATTORNEY",
        "DOE JANE PHD",
        "jane doe",
        "REDACTED DUE TO PII",
        "INDIVIDUAL RECIPIENT",
        "INDIVIDUAL",
        "PRIVATE INDIVIDUAL",
    ],
)
def test_a_natural_person_or_what_stands_for_one_is_an_individual(name: str) -> None:
    assert GUARD.recipient_kind(name) is RecipientKind.INDIVIDUAL


@pytest.mark.parametrize(
    "name",
    [
        "DOMESTIC AWARDEES (UNDISCLOSED)",
        "FOREIGN AWARDEES (UNDISCLOSED)",
        "MISCELLANEOUS FOREIGN AWARDEES",
        "MULTIPLE RECIPIENTS",
        "multiple foreign awardees",
    ],
)
def test_a_placeholder_for_several_is_undisclosed(name: str) -> None:
    assert GUARD.recipient_kind(name) is RecipientKind.UNDISCLOSED


@pytest.mark.parametrize(
    "name",
    [
        "FCN, INC.",
        "SLSCO, LTD.",
        "CACI, INC. - FEDERAL",
        "BOOZ ALLEN HAMILTON INC.",
        "THOMSON REUTERS SPECIAL SERVICES LLC",
        "MORGAN STANLEY",
        "RAYMOND JAMES",
        "ARIZONA, STATE OF",
        "AIKEN, R P & SON",
        "J.D. POWER",
        "TAYLOR ENGINEERING, PLLC",
        "JOHN DEERE",
        "SAN DIEGO",
        "DELL MARKETING L.P.",
    ],
)
def test_a_firm_with_a_persons_words_stays_a_firm(name: str) -> None:
    assert GUARD.recipient_kind(name) is RecipientKind.ORGANISATION


def test_a_sole_proprietor_is_recognised_by_a_surname_alone() -> None:
    assert GUARD.recipient_kind("ZZYX SMITH") is RecipientKind.ORGANISATION
    assert GUARD.recipient_kind("ZZYX SMITH", is_sole_proprietor=True) is RecipientKind.INDIVIDUAL
    assert GUARD.recipient_kind("ZZYX TRADING LLC", is_sole_proprietor=True) is RecipientKind.ORGANISATION


@pytest.mark.parametrize("is_sole", [False, True])
def test_no_name_of_the_atlas_with_a_legal_form_is_taken_for_a_person(is_sole: bool) -> None:
    kinds = {name: GUARD.recipient_kind(f"{name.upper()} INC", is_sole) for name in SPELLINGS}
    assert [name for name, kind in kinds.items() if kind is not RecipientKind.ORGANISATION] == []


def test_a_persons_name_is_masked_in_the_description_of_what_they_sold() -> None:
    assert GUARD.mask("INTERPRETATION BY JANE DOE", "DOE, JANE") == "INTERPRETATION BY [name] [name]"


def test_no_word_is_listed_both_as_a_name_and_as_none() -> None:
    assert sorted(GUARD.not_names & (GUARD.given_names | GUARD.surnames)) == []
    assert GUARD.ambiguous_names <= GUARD.given_names
    assert all(len(bundled_words(name)) > 20 for name in ("given_names", "surnames", "not_names", "business_words", "companies"))


@pytest.fixture(scope="module")
def masked(data: Path) -> dict[str, str]:
    """Every distinct description of the real records, and what it is shown as."""
    return {text: GUARD.mask(text) for text in _descriptions(data / "usaspending")}


def test_no_contact_is_left_in_the_descriptions_of_real_records(masked: dict[str, str]) -> None:
    assert len(masked) > 20_000
    assert sum(bool(EMAIL.search(text) or PHONE.search(text)) for text in masked.values()) == 0


def test_the_engine_finds_every_real_description_that_masking_changes(masked: dict[str, str]) -> None:
    is_suspect = _engine_matches(list(masked), SUSPECT)
    assert sum(shown != text and not is_suspect[text] for text, shown in masked.items()) == 0
    assert sum(is_suspect.values()) < len(masked) / 5


def _descriptions(folder: Path) -> set[str]:
    texts = {text for path in folder.rglob("*.csv") for text in _csv_descriptions(path)}
    return texts | {text for path in folder.rglob("*.json") for text in _json_descriptions(json.loads(path.read_text("utf-8")))}


def _csv_descriptions(path: Path) -> Iterator[str]:
    order = bundled_sources()["usaspending_contracts_2018"].order
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = csv.reader(stream)
        first = next(rows, [])
        header = order if len(first) == len(order) else first
        places = [place for place, name in enumerate(header) if name.lower().endswith("description")]
        yield from (row[place] for row in rows for place in places if place < len(row) and row[place])


def _json_descriptions(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and "escription" in key:
                yield inner
            yield from _json_descriptions(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _json_descriptions(inner)
