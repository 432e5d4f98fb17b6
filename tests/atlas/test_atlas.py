"""The content loads, every mistake in it is named with file, line and mend, and ownership composes over time."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from whosbehind.atlas import (
    RECORDS,
    Atlas,
    ContentFile,
    content_digest,
    content_files,
    judgement_yaml,
    load_atlas,
    ownerships,
)
from whosbehind.errors import Mistake
from whosbehind.records import Alias, AroundRule
from whosbehind.values import Grade, Role, Verdict

SOURCES = """
- id: register
  publisher: Example Register
  title: Register of companies
  date: 2020
  url: https://example.gov/register
  grade: A
  read: full
- {id: rumour, publisher: Example Forum, title: A post, grade: D, read: excerpt}
"""
AGENCIES = """
- {id: dept, name: Example Department, kind: department, abbreviation: EXD, code: "099", sources: [register]}
- id: office
  name: An Office
  kind: agency
  abbreviation: EXO
  code: "9901"
  department: dept
  aliases: ["9902"]
  sources: [register]
"""
ACME = """
- id: acme
  name: Acme
  kind: company
  description: Invented.
  aliases: [ACME]
  sources: [register]
"""


def loaded(organisations: str = ACME, agencies: str = AGENCIES, sources: str = SOURCES, *more: ContentFile) -> Atlas:
    texts = {"sources": sources, "agencies": agencies, "organisations": organisations}
    return load_atlas([*(ContentFile(kind, f"content/{kind}.yaml", text, True) for kind, text in texts.items()), *more])


def organisation(name: str, extra: str = "", sources: str = "[register]", aliases: str | None = None) -> str:
    own = f"[{name.upper()}]" if aliases is None else aliases
    fields = {"id": name, "name": name, "kind": "company", "description": "Invented.", "aliases": own, "sources": sources}
    return "- " + "".join(f"{key}: {value}\n  " for key, value in fields.items()).rstrip(" ") + extra


def test_the_bundled_content_loads_and_rests_on_sources() -> None:
    atlas = load_atlas(content_files(None))
    assert len(atlas.organisations) > 50
    assert len(atlas.agencies) > 20
    for sources in [each.sources for each in atlas.organisations.values()] + [each.sources for each in atlas.agencies.values()]:
        assert any(atlas.sources[name].grade is not Grade.D for name in sources)


@pytest.mark.parametrize(
    "name", ["ICE", "ice", "7012", "U.S. IMMIGRATION AND CUSTOMS ENFORCEMENT", "u.s. immigration  and customs enforcement "]
)
def test_an_agency_is_found_by_any_of_its_spellings(name: str) -> None:
    atlas = load_atlas(content_files(None))
    assert (atlas.find_agency(name).id, atlas.codes_of(atlas.find_agency(name))) == ("ice", ("7012",))


def test_a_department_has_the_codes_of_its_parts() -> None:
    atlas = loaded()
    assert atlas.codes_of(atlas.find_agency("exd")) == ("9901", "9902")
    assert atlas.agency_of("9902") == atlas.agencies["office"]
    assert atlas.agency_of("099") is None
    assert atlas.agency_codes()["EXO"] == "9901"


def test_an_unknown_agency_is_answered_with_near_names() -> None:
    with pytest.raises(Mistake) as caught:
        loaded().find_agency("EXXO")
    assert "EXXO" in caught.value.what
    assert "EXO" in (caught.value.next or "")


def test_an_organisation_is_found_by_id_name_or_alias_and_a_product_by_its_own() -> None:
    product = "  products:\n    - {id: anvil, name: Anvil One, aliases: [ANVIL 1]}\n"
    atlas = loaded(organisation("acme", product, aliases="[ACME CORP, {text: ACME FEDERAL, in: recipient}]"))
    for name in ("acme", "Acme", "ACME, INC.", "acme federal"):
        found = atlas.find_organisation(name)
        assert found is not None
        assert found.id == "acme"
    assert atlas.find_organisation("ACM") is None
    owner = atlas.owner_of_product("anvil 1")
    assert owner == atlas.organisations["acme"]
    assert {(alias.text, alias.field) for alias in atlas.aliases()} == {
        ("ACME CORP", None),
        ("ACME FEDERAL", "recipient_name"),
        ("ANVIL 1", None),
    }


def test_the_owner_of_a_product_that_was_sold_is_the_last_one() -> None:
    def seller(name: str, dates: str) -> str:
        part = f"  products:\n    - {{id: anvil, name: Anvil, aliases: [ANVIL], sources: [register], {dates}}}\n"
        return organisation(name, part)

    atlas = loaded(seller("buyer", "from: 2020-01-01") + seller("maker", "to: 2019-12-31"))
    owner = atlas.owner_of_product("ANVIL")
    assert owner == atlas.organisations["buyer"]


@pytest.mark.parametrize(
    ("organisations", "line", "what", "mend"),
    [
        (organisation("acme", "  alias: [X]\n"), 7, "'alias'", "aliases"),
        (organisation("acme", "  zzz: 1\n"), 7, "'zzz'", "Known fields"),
        ("- {id: acme, name: Acme}\n", 1, "missing", "Add it"),
        (organisation("Acme-Corp"), 1, "'Acme-Corp' is no id", "motorola_solutions"),
        (organisation("acme", sources="[registr]"), 6, "'registr'", "register"),
        (organisation("acme", sources="[zzz]"), 6, "'zzz'", "content/sources"),
        (organisation("acme", sources="[rumour]"), 6, "grade D", "better source"),
        (
            organisation("acme") + organisation("acme", aliases="[B]"),
            7,
            "'acme' stands already in content/organisations.yaml, line 1",
            "Rename",
        ),
        (organisation("acme") + organisation("other", aliases="[Acme]"), 11, "'Acme' already means acme", "one"),
        (organisation("acme", "  owners: [{organisation: amce, confidence: high, sources: [register]}]\n"), 7, "'amce'", "acme"),
        (organisation("acme", "  owners: [{organisation: acme, confidence: sure, sources: [register]}]\n"), 7, "confidence", ""),
        (
            organisation(
                "acme", "  products: [{id: p, name: P, aliases: [P], from: 2021-01-02, to: 2021-01-01, sources: [register]}]\n"
            ),
            7,
            "after",
            "",
        ),
        (organisation("acme", "  products: [{id: p, name: P, aliases: [P], from: 2021-01-02}]\n"), 7, "sources", ""),
        (organisation("acme", "  products: [{id: acme, name: P, aliases: [P]}]\n"), 7, "another entry's id", "another id"),
        ("acme: {}\n", 1, "list of entries", "- id"),
        ("- id: [\n", 2, "YAML", "indentation"),
        ("- id: acme\n  name: a: b\n", 2, "YAML", "indentation"),
        ("- acme\n", 1, "", ""),
    ],
)
def test_a_mistake_in_the_content_is_named_with_file_line_and_mend(organisations: str, line: int, what: str, mend: str) -> None:
    with pytest.raises(Mistake) as caught:
        loaded(organisations)
    error = caught.value
    assert error.where == f"content/organisations.yaml, line {line}", error.line()
    assert what in error.what
    assert mend in (error.next or "")


def test_a_product_has_one_owner_at_a_time() -> None:
    def with_product(name: str, dates: str) -> str:
        part = f"  products:\n    - {{id: anvil, name: Anvil, aliases: [ANVIL], sources: [register], {dates}}}\n"
        return organisation(name, part)

    loaded(with_product("one", "to: 2019-12-31") + with_product("two", "from: 2020-01-01"))
    with pytest.raises(Mistake, match="two organisations own 'anvil' at once"):
        loaded(with_product("one", "to: 2020-01-01") + with_product("two", "from: 2020-01-01"))


def test_one_alias_may_name_two_things_in_two_fields() -> None:
    both = organisation("one", aliases="[{text: CLEAR, in: recipient}]") + organisation(
        "two", aliases="[{text: CLEAR, in: description}]"
    )
    assert len(list(loaded(both).aliases())) == 2


AMBIGUOUS = "[{text: RAVEN, in: description, with: [DRONE*, FLIGHT], unless: [RAVENNA], as: around}]"


def test_an_alias_says_where_it_is_safe_what_makes_it_plain_what_forbids_it_and_what_it_is() -> None:
    [alias] = loaded(organisation("acme", aliases=AMBIGUOUS)).organisations["acme"].aliases
    assert alias == Alias("RAVEN", "acme", "description", ("DRONE*", "FLIGHT"), ("RAVENNA",), Role.AROUND)


def test_one_alias_may_name_two_things_where_each_says_what_tells_them_apart() -> None:
    one, other = organisation("one", aliases=AMBIGUOUS), organisation("two", aliases="[{text: Raven, with: [DATABASE]}]")
    assert len(list(loaded(one + other).aliases())) == 2
    with pytest.raises(Mistake, match="'RAVEN' already means one") as caught:
        loaded(one + organisation("two", aliases="[RAVEN]"))
    assert "`with`" in (caught.value.next or "")


@pytest.mark.parametrize(
    ("alias", "what"),
    [
        ("{text: X, as: bought}", "named_as|as"),
        ("{text: X, with: RAVEN}", "with"),
        ("{text: X, wiht: [A]}", "wiht"),
        ("{}", "text"),
    ],
)
def test_an_alias_that_cannot_be_used_is_named(alias: str, what: str) -> None:
    with pytest.raises(Mistake, match=what) as caught:
        loaded(organisation("acme", aliases=f"[{alias}]"))
    assert (caught.value.where or "").startswith("content/organisations.yaml, line 5")


@pytest.mark.parametrize(
    ("entry", "near"),
    [
        (organisation("acme", aliases="[{text: X, wiht: [A]}]"), "Did you mean with?"),
        (
            organisation("acme", "  owners: [{organisation: acme, confidence: low, sources: [register], zzz: 1}]\n"),
            "from, to, organisation, confidence, sources",
        ),
    ],
)
def test_an_unknown_field_of_a_part_is_answered_with_the_fields_of_that_part(entry: str, near: str) -> None:
    with pytest.raises(Mistake) as caught:
        loaded(entry)
    assert near in (caught.value.next or "")


def more(kind: str, text: str) -> ContentFile:
    return ContentFile(kind, f"content/{kind}.yaml", text, True)


SYSTEM = "- {id: raven, name: Raven, operator: office, purpose: Invented., aliases: [RAVEN], sources: [register]}\n"


def test_a_system_is_named_by_its_aliases_and_owned_by_nobody() -> None:
    atlas = loaded(ACME, AGENCIES, SOURCES, more("systems", SYSTEM))
    assert atlas.systems["raven"].operator_id == "office"
    assert Alias("RAVEN", "raven") in set(atlas.aliases())
    assert "raven" not in {each.named_id for each in ownerships(atlas)}
    assert {table.name: records(atlas) for table, records in RECORDS}["systems"][0]["operator_id"] == "office"


@pytest.mark.parametrize(
    ("system", "what"),
    [
        (SYSTEM.replace("operator: office", "operator: offce"), "'offce' is no agency and no body"),
        (SYSTEM.replace("id: raven", "id: acme"), "'acme' already names something else"),
        (SYSTEM.replace("[register]", "[rumour]"), "grade D"),
        (SYSTEM.replace("operator: office, ", ""), "'operator' is missing"),
    ],
)
def test_a_system_that_does_not_fit_is_named_with_its_line(system: str, what: str) -> None:
    with pytest.raises(Mistake, match=what) as caught:
        loaded(ACME, AGENCIES, SOURCES, more("systems", system))
    assert caught.value.where == "content/systems.yaml, line 1"


def test_a_word_of_a_system_and_of_a_company_is_told_apart_or_refused() -> None:
    with pytest.raises(Mistake, match="'RAVEN' already means raven"):
        loaded(organisation("acme", aliases="[RAVEN]"), AGENCIES, SOURCES, more("systems", SYSTEM))
    system = SYSTEM.replace("[RAVEN]", "[{text: RAVEN, with: [ANALYTICS]}]")
    loaded(organisation("acme", aliases=AMBIGUOUS), AGENCIES, SOURCES, more("systems", system))


def test_a_phrase_is_an_alias_of_nothing() -> None:
    atlas = loaded(ACME, AGENCIES, SOURCES, more("phrases", "- {id: acme_hill, text: ACME HILL, means: an invented town}\n"))
    assert atlas.phrases == ("ACME HILL",)
    assert Alias("ACME HILL", "") in set(atlas.aliases())


def test_a_rule_about_names_that_are_only_around_must_look_for_something() -> None:
    rule = "- {id: fits, means: Fits., before: [PARTS FOR], within: 2, beside_another: true}\n"
    assert loaded(ACME, AGENCIES, SOURCES, more("around", rule)).around == (
        AroundRule("fits", "Fits.", before=("PARTS FOR",), within=2, beside_another=True),
    )
    for text, what in (
        ("- {id: fits, means: Fits., within: 2}\n", "`before`, `after`, `anywhere` or `psc`"),
        ("- {id: fits, means: Fits., before: [FOR], within: 9}\n", "within"),
    ):
        with pytest.raises(Mistake, match=what):
            loaded(ACME, AGENCIES, SOURCES, more("around", text))


JUDGEMENT = (
    "- {id: j_1, left: ACME INC, right: 'uei:A', verdict: positive, author: A person, date: 2024-01-02, reason: One form.}\n"
)


def test_a_judgement_is_read_back_as_it_was_written_and_has_a_known_verdict() -> None:
    [judgement] = loaded(ACME, AGENCIES, SOURCES, more("judgements", JUDGEMENT)).judgements
    assert (judgement.left, judgement.right, judgement.verdict, judgement.date) == (
        "ACME INC",
        "uei:A",
        Verdict.POSITIVE,
        dt.date(2024, 1, 2),
    )
    assert loaded(ACME, AGENCIES, SOURCES, more("judgements", judgement_yaml(judgement))).judgements == (judgement,)
    with pytest.raises(Mistake, match="verdict"):
        loaded(ACME, AGENCIES, SOURCES, more("judgements", JUDGEMENT.replace("positive", "maybe")))


def test_owners_of_one_day_are_one() -> None:
    def owned(first: str, second: str) -> str:
        edges = ", ".join(
            f"{{organisation: {by}, confidence: high, sources: [register], {dates}}}"
            for by, dates in (("a", first), ("b", second))
        )
        return organisation("acme", f"  owners: [{edges}]\n") + organisation("a") + organisation("b")

    loaded(owned("to: 2019-12-31", "from: 2020-01-01"))
    with pytest.raises(Mistake, match="own it at once, on 2020-01-01"):
        loaded(owned("to: 2020-01-01", "from: 2020-01-01"))


def test_steps_of_ownership_are_counted() -> None:
    def owned(name: str, by: str) -> str:
        return organisation(name, f"  owners:\n    - {{organisation: {by}, confidence: high, sources: [register]}}\n")

    atlas = loaded(owned("maker", "middle") + owned("middle", "top") + organisation("top"))
    steps = {each.organisation_id: each.distance for each in ownerships(atlas) if each.named_id == "maker"}
    assert steps == {"maker": 0, "middle": 1, "top": 2}


@pytest.mark.parametrize(
    ("agency", "what"),
    [
        (
            '- {id: new, name: New, kind: agency, code: "9901", department: dept, sources: [register]}\n',
            "'9901' already means office",
        ),
        (
            '- {id: new, name: exo, kind: agency, code: "9903", department: dept, sources: [register]}\n',
            "'EXO' already means office",
        ),
        (
            '- {id: new, name: New, kind: agency, code: "9903", department: office, sources: [register]}\n',
            "'office' is no department",
        ),
        ('- {id: new, name: New, kind: agency, code: "9903", sources: [register]}\n', "names its `department`"),
        ('- {id: new, name: New, kind: department, code: "9", sources: [register]}\n', "'code'"),
    ],
)
def test_agencies_that_collide_or_hang_in_the_air_are_named(agency: str, what: str) -> None:
    with pytest.raises(Mistake) as caught:
        loaded(agencies=AGENCIES + agency)
    assert what in caught.value.what
    assert caught.value.where == "content/agencies.yaml, line 11"


def test_a_predecessor_must_be_an_agency() -> None:
    before = "predecessors: [{agency: offce, date: 2003, sources: [register]}]"
    entry = f'- {{id: new, name: New, kind: agency, code: "9903", department: dept, sources: [register], {before}}}'
    with pytest.raises(Mistake, match="'offce' is no agency") as caught:
        loaded(agencies=f"{AGENCIES}{entry}\n")
    assert "office" in (caught.value.next or "")


def test_a_workspaces_content_overlays_the_bundled_entry(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "organisations"
    folder.mkdir(parents=True)
    text = organisation("amazon", aliases="[AMAZONE]", sources="[amazon_10k]")
    (folder / "own.yaml").write_text(text, "utf-8")
    bundled, files = content_files(None), content_files(tmp_path / "content")
    atlas = load_atlas(files)
    assert [alias.text for alias in atlas.organisations["amazon"].aliases] == ["AMAZONE"]
    assert set(atlas.organisations) == set(load_atlas(bundled).organisations)
    assert content_digest(files) != content_digest(bundled)


def test_a_file_that_is_no_utf_8_is_named(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_bytes(b"- id: caf\xe9\n")
    with pytest.raises(Mistake, match="not UTF-8"):
        content_files(tmp_path)


def test_an_empty_file_holds_nothing_and_is_no_mistake() -> None:
    assert loaded("# nothing yet\n").organisations == {}


def test_owners_of_owners_own_in_the_days_all_links_hold() -> None:
    def owned(name: str, by: str, dates: str) -> str:
        return organisation(name, f"  owners:\n    - {{organisation: {by}, confidence: high, sources: [register], {dates}}}\n")

    product = (
        "  products:\n    - {id: anvil, name: Anvil, aliases: [ANVIL], from: 2012-01-01, to: 2018-12-31, sources: [register]}\n"
    )
    maker = owned("maker", "middle", "from: 2010-01-01, to: 2019-12-31") + product
    atlas = loaded(maker + owned("middle", "top", "from: 2015-06-01") + organisation("top"))
    found = {(each.named_id, each.organisation_id): (each.from_date, each.to_date, each.rule) for each in ownerships(atlas)}
    assert found["maker", "maker"] == (None, None, "name")
    assert found["maker", "middle"] == (dt.date(2010, 1, 1), dt.date(2019, 12, 31), "owner")
    assert found["maker", "top"] == (dt.date(2015, 6, 1), dt.date(2019, 12, 31), "owner")
    assert found["anvil", "maker"] == (dt.date(2012, 1, 1), dt.date(2018, 12, 31), "product")
    assert found["anvil", "top"] == (dt.date(2015, 6, 1), dt.date(2018, 12, 31), "owner")


def test_links_that_never_hold_together_make_no_owner() -> None:
    def owned(name: str, by: str, dates: str) -> str:
        return organisation(name, f"  owners:\n    - {{organisation: {by}, confidence: high, sources: [register], {dates}}}\n")

    atlas = loaded(owned("maker", "middle", "to: 2010-01-01") + owned("middle", "top", "from: 2010-01-02") + organisation("top"))
    assert ("maker", "top") not in {(each.named_id, each.organisation_id) for each in ownerships(atlas)}


def test_two_that_own_each_other_come_to_an_end() -> None:
    def owned(name: str, by: str) -> str:
        return organisation(name, f"  owners:\n    - {{organisation: {by}, confidence: high, sources: [register]}}\n")

    found = {(each.named_id, each.organisation_id) for each in ownerships(loaded(owned("one", "two") + owned("two", "one")))}
    assert found == {("one", "one"), ("one", "two"), ("two", "two"), ("two", "one")}


def test_ownership_names_each_owner_once_for_each_span_of_days() -> None:
    listed = ownerships(load_atlas(content_files(None)))
    keys = [(each.named_id, each.organisation_id, each.from_date) for each in listed]
    assert len(keys) == len(set(keys))
