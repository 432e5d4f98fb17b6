"""Names that stand only around what is bought: each rule on a description as records word it, and where it does not hold."""

from __future__ import annotations

from typing import Any

import pytest

from whosbehind.atlas import content_files, load_atlas
from whosbehind.attribution import Reader
from whosbehind.records import Alias, AroundRule
from whosbehind.values import Role

RULES = load_atlas(content_files(None)).around
MAKERS = [Alias("SERVICENOW", "servicenow"), Alias("DELL", "dell"), Alias("CISCO", "cisco"), Alias("GLOCK 19", "glock")]
LABOUR = "IT AND TELECOM - BUSINESS APPLICATION/APPLICATION DEVELOPMENT SUPPORT SERVICES (LABOR)"
PSC = {"education": "EDUCATION/TRAINING- OTHER", "labour": LABOUR}

AROUND = [
    ("training", "SERVICENOW ADVANCED TRAINING FOR ANALYSTS", "SERVICENOW TRAINING AND LICENSES"),
    ("training", "CISCO BOOTCAMPS", "CISCO CLASSIFIED NETWORK"),
    ("education", "TRAINING: THE FUNDAMENTALS OF CISCO", "CISCO FUNDAMENTALS"),
    ("administration", "SERVICENOW DEVELOPERS", "SERVICENOW LICENSES FOR DEVELOPERS"),
    ("administration", "SERVICENOW PLATFORM ADMINISTRATOR", "SERVICENOW FOR THE NEW ADMINISTRATOR"),
    ("administration_of_tools", "SYSTEMS ADMINISTRATION SUPPORT OF MANY TOOLS SUCH AS CISCO", "CISCO SWITCHES"),
    ("labour", "SERVICENOW ENHANCEMENTS", "SERVICENOW SOFTWARE"),
    ("replaced", "REPLACE ALL OLD DELL MONITORS", "DELL MONITORS REPLACE OTHERS"),
    ("replaced", "DISPOSAL OF DELL MONITORS", "DISPOSAL OF PAPER, BOXES, PLASTIC; DELL MONITORS"),
    ("switched", "SWITCHING FROM 20 IPHONES ON THE CISCO", "SWITCHING OF CISCO"),
    ("replaced_before", "CISCO REPLACEMENT WITH DELL", "CISCO REPLACEMENT PARTS"),
    ("users", "SERVICENOW FOR CISCO USERS", "CISCO USERS"),
    ("fits", "HOLSTERS FOR GLOCK 19", "HOLSTERS AND GLOCK 19"),
    ("fits", "BATTERIES COMPATIBLE WITH THE DELL LAPTOP", "DELL COMPATIBLE BATTERIES"),
    ("by_way_of", "COURT REPORTING VIA CISCO", "CISCO SOFTWARE BOUGHT VIA A MARKETPLACE"),
    ("located", "RACK SPACE AT CISCO", "CISCO RACK SPACE"),
]


def roles(description: str, psc: str = "", rules: tuple[AroundRule, ...] = RULES) -> dict[str, tuple[str, str | None]]:
    row: dict[str, Any] = dict.fromkeys("transaction_id action_date recipient_name naics_name".split())
    found = Reader(MAKERS, rules).mentions({**row, "description": description, "psc_name": psc})
    return {each["matched"]: (each["role"], each["around_rule"]) for each in found}


def only(rule: str) -> tuple[AroundRule, ...]:
    return tuple(each for each in RULES if each.id == rule)


@pytest.mark.parametrize(("rule", "around", "supplied"), AROUND)
def test_a_rule_holds_for_what_it_is_made_for_and_not_for_what_only_looks_like_it(rule: str, around: str, supplied: str) -> None:
    psc = PSC.get(rule, "")
    assert ("around", rule) in roles(around, psc, only(rule)).values()
    assert {role for role, _ in roles(supplied, psc, only(rule)).values()} == {"supplied"}


@pytest.mark.parametrize(("rule", "around", "supplied"), AROUND)
def test_all_rules_together_call_it_around_too(rule: str, around: str, supplied: str) -> None:
    del supplied
    assert "around" in {role for role, _ in roles(around, PSC.get(rule, "")).values()}


def test_every_bundled_rule_is_tried() -> None:
    assert {rule for rule, _, _ in AROUND} == {each.id for each in RULES}


def test_a_kind_of_product_decides_only_where_the_record_prints_it() -> None:
    assert roles("SERVICENOW ENHANCEMENTS")["SERVICENOW"] == ("supplied", None)
    assert roles("SERVICENOW ENHANCEMENTS", LABOUR)["SERVICENOW"] == ("around", "labour")
    assert roles("SERVICENOW ENHANCEMENTS", "SUPPORT SERVICES FOR LABOR")["SERVICENOW"] == ("supplied", None)


def test_of_two_makers_only_the_one_the_words_stand_beside_is_around() -> None:
    assert roles("CISCO SWITCHES TO REPLACE DELL SWITCHES") == {"CISCO": ("supplied", None), "DELL": ("around", "replaced")}
    assert roles("DELL TO BE REPLACED BY CISCO") == {"DELL": ("around", "replaced_before"), "CISCO": ("supplied", None)}


def test_the_same_maker_twice_is_no_other_maker() -> None:
    assert roles("CISCO SWITCHES FOR CISCO USERS", rules=only("users"))["CISCO"] == ("supplied", None)


def test_an_alias_that_names_a_part_is_around_without_a_rule() -> None:
    row = dict.fromkeys("transaction_id action_date recipient_name naics_name psc_name".split())
    reader = Reader([Alias("SERVICE FOR IPADS", "apple", role=Role.AROUND), Alias("IPADS", "apple")], ())
    found = list(reader.mentions({**row, "description": "CELLULAR SERVICE FOR IPADS"}))
    assert [(each["matched"], each["role"], each["around_rule"]) for each in found] == [
        ("SERVICE FOR IPADS", "around", "named as a part")
    ]
