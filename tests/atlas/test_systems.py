"""What people may write about systems, flows, laws, contracts and facts; what cannot be so is refused with line and mend."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.atlas.written import CONTENT, changed, line_of, lines, loaded, refusal
from whosbehind.atlas import RECORDS, ContentFile, content_files, load_atlas
from whosbehind.errors import Mistake
from whosbehind.tables import CORRECTIONS
from whosbehind.values import Standing


def test_content_without_fault_is_taken_as_it_is_written() -> None:
    atlas = loaded()
    vault, flow = atlas.systems["vault"], atlas.flows["passed_on"]
    assert [(role, part.party_id) for role, part in vault.parts()] == [("builder", "acme"), ("user", "drivers")]
    assert vault.documents == ("pia",)
    assert (flow.stated.standing, flow.passes_on) == (Standing.CONTESTED, ("licences",))
    assert flow.stated.dispute is not None
    assert flow.stated.dispute.statement == "Nothing passes."
    assert atlas.facts["worth"].value == Decimal("51700000.50")
    assert atlas.contracts["change"].modifies_id == "order"
    assert all(records(atlas) for table, records in RECORDS if table is not CORRECTIONS)


DANGLING = [
    ("systems", "operator: bureau", "operator: burau", "'burau' is no agency and no body and no organisation", "bureau"),
    ("systems", "operator: bureau", "operator: shed", "'shed' is no agency", "Add it"),
    ("systems", "part_of: vault", "part_of: vualt", "'vualt' is no system", "vault"),
    ("systems", "part_of: vault", "part_of: bureau", "'bureau' is no system", ""),
    ("systems", "kind: module", "product: anvill", "'anvill' is no product", "anvil"),
    ("systems", "{party: acme,", "{party: acne,", "'acne' is no agency", "acme"),
    ("systems", "- party: drivers", "- party: driver", "'driver' is no agency", "drivers"),
    ("systems", "- {system: shed,", "- {system: sheds,", "'sheds' is no system", "shed"),
    ("bodies", "part_of: office", "part_of: offce", "'offce' is no agency and no body", "office"),
    ("bodies", "part_of: office", "part_of: acme", "'acme' is no agency and no body", ""),
    ("flows", "from: drivers", "from: driver", "'driver' is no system", "drivers"),
    ("flows", "to: vault", "to: order", "'order' is no system", ""),
    ("flows", "authority: [act, pia]", "authority: [act, pai]", "'pai' is no law and no source", "pia"),
    ("flows", "passes_on: [licences]", "passes_on: [licence]", "'licence' is no flow", "licences"),
    ("contracts", "agency: office", "agency: acme", "'acme' is no agency and no body", ""),
    ("contracts", "vendor: acme", "vendor: office", "'office' is no organisation", ""),
    ("contracts", "systems: [vault]", "systems: [vualt]", "'vualt' is no system", "vault"),
    ("contracts", "modifies: order", "modifies: ordre", "'ordre' is no contract", "order"),
    ("facts", "about: order", "about: ordr", "'ordr' is no system", "order"),
    ("facts", "about: order", "about: licences", "'licences' is no system", ""),
]


@pytest.mark.parametrize(("kind", "old", "new", "what", "mend"), DANGLING)
def test_an_id_that_leads_nowhere_or_to_the_wrong_kind_is_named(kind: str, old: str, new: str, what: str, mend: str) -> None:
    text = changed(kind, old, new)
    error = refusal(kind, text)
    assert error.where == f"content/{kind}.yaml, line {line_of(text, new)}"
    assert what in error.what
    assert mend in (error.next or "")


# Every place where sources are cited, however deep, as the words just before the list.
CITED = [
    ("bodies", "part_of: office\n  sources: [register]"),
    ("systems", "status: active, since: 2016, sources: [register]"),
    ("systems", "until: 2016, confidence: high, sources: [register]"),
    ("systems", "confidence: low\n      sources: [register]"),
    ("systems", "statement: Nobody uses it., sources: [register]"),
    ("systems", "date: 2016-06-30, sources: [register]"),
    ("systems", "instead: It is none., sources: [register]"),
    ("systems", "  documents: [pia]"),
    ("flows", "seen: 2019\n  confidence: high\n  sources: [register]"),
    ("flows", "statement: Nothing passes.\n    sources: [register]"),
    ("laws", "effect: Lets it pass., sources: [register]"),
    ("contracts", "systems: [vault]\n  confidence: high\n  sources: [register]"),
    ("facts", "on: 2019-08\n  confidence: high\n  sources: [register]"),
]


@pytest.mark.parametrize(("kind", "passage"), CITED)
def test_an_unknown_source_is_named_at_whatever_depth(kind: str, passage: str) -> None:
    wrong = passage.replace("[register]", "[registre]").replace("[pia]", "[pai]")
    text = changed(kind, passage, wrong)
    error = refusal(kind, text)
    assert error.where == f"content/{kind}.yaml, line {line_of(text, wrong)}"
    assert "is not known" in error.what
    assert ("register" if "registre" in wrong else "pia") in (error.next or "")


@pytest.mark.parametrize(("kind", "passage"), [each for each in CITED if "documents" not in each[1]])
@pytest.mark.parametrize(("sources", "what"), [("[rumour]", "grade D may not stand alone"), ("[]", "sources")])
def test_a_source_of_grade_d_alone_or_none_is_refused_at_whatever_depth(kind: str, passage: str, sources: str, what: str) -> None:
    wrong = passage.replace("[register]", sources)
    text = changed(kind, passage, wrong)
    error = refusal(kind, text)
    assert error.where == f"content/{kind}.yaml, line {line_of(text, wrong)}"
    assert what in error.what


@pytest.mark.parametrize(("kind", "passage"), [each for each in CITED if "documents" not in each[1]])
def test_a_source_of_grade_d_may_stand_beside_a_better_one(kind: str, passage: str) -> None:
    loaded(**{kind: changed(kind, passage, passage.replace("[register]", "[register, rumour]"))})


@pytest.mark.parametrize(
    ("kind", "old", "new", "what"),
    [
        ("flows", "until: 2020-01-31", "until: 2016-05-31", "`since` 2016-06 is after `until` 2016-05-31"),
        ("flows", "until: 2020-01-31", "until: 2015", "`since` 2016-06 is after `until` 2015"),
        ("flows", "seen: 2019", "seen: 2020-02", "`seen` 2020-02 is after `until` 2020-01-31"),
        ("flows", "seen: 2019", "seen: 2016-05", "`since` 2016-06 is after `seen` 2016-05"),
        ("flows", "since: 2016-06", "since: 2016-13", "'2016-13' is no day"),
        ("flows", "since: 2016-06", "since: '2016-02-30'", "'2016-02-30' is no day"),
        ("flows", "since: 2016-06", "since: June 2016", "'June 2016' is no day"),
        ("flows", "since: 2016-06", "since: 2016-06-01/2016-07-01", "is no day"),
        ("flows", "since: 2016-06", "since: 2016-6", "'2016-6' is no day"),
        ("flows", "since: 2016-06", "since: 2016-02-30", "'2016-02-30' is no day"),
        ("flows", "since: 2016-06", "since: 0000", "is no day"),
        ("systems", "since: 2014-06, until: 2016", "since: 2017, until: 2016", "`since` 2017 is after `until` 2016"),
        ("systems", "status: active, since: 2016", "status: active, since: 16", "'16' is no day"),
        ("laws", "since: 1996-09-30", "since: 1996-09-31", "'1996-09-31' is no day"),
        ("facts", "on: 2019-08", "on: 2019-00", "'2019-00' is no day"),
    ],
)
def test_dates_that_cannot_be_are_refused(kind: str, old: str, new: str, what: str) -> None:
    assert what in refusal(kind, changed(kind, old, new)).what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("until: 2020-01-31\n  seen: 2019", "until: 2016-06"),
        ("until: 2020-01-31", "until: 2019-01"),
        ("seen: 2019", "seen: 2016"),
        ("seen: 2019", "seen: 2020"),
        ("since: 2016-06", "since: 2016-02-29"),
    ],
)
def test_dates_that_can_be_in_order_are_taken(old: str, new: str) -> None:
    loaded(flows=changed("flows", old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  standing: contested\n", ""),
        ("  standing: contested\n", "  standing: alleged\n"),
        ("  disputed_by:\n    who: The bureau\n    statement: Nothing passes.\n    sources: [register]\n", ""),
    ],
)
def test_a_contested_statement_and_no_other_tells_the_other_side(old: str, new: str) -> None:
    assert "a contested statement, and no other" in refusal("flows", changed("flows", old, new)).what


def test_the_other_side_of_a_part_of_a_system_is_told_too() -> None:
    other = "      disputed_by: {who: The office, statement: Nobody uses it., sources: [register]}\n"
    error = refusal("systems", changed("systems", other, ""))
    assert "a contested statement, and no other" in error.what
    assert error.where == "content/systems.yaml, line 11"


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("bodies", "name: Bureau of Examples", "name: 'SMITH, JOHN A'"),
        ("organisations", "name: Acme", "name: Jennifer Smith"),
        ("sources", "publisher: Example Register", "publisher: Michael Johnson"),
        ("sources", "publisher: Example Register", "publisher: Michael Johnson (GitHub)"),
    ],
)
def test_the_name_of_a_person_stands_for_no_body_organisation_or_publisher(kind: str, old: str, new: str) -> None:
    text = changed(kind, old, new)
    error = refusal(kind, text)
    assert "reads as the name of a person" in error.what
    assert "office or company" in (error.next or "")
    assert error.where == f"content/{kind}.yaml, line {line_of(text, new)}"


BODY = "- {{id: {}, name: Something, kind: records, sources: [register]}}\n"
SYSTEM = "- {{id: {}, name: Something, operator: office, purpose: Invented., sources: [register]}}\n"


@pytest.mark.parametrize("taken", ["dept", "office", "acme", "act", "order", "licences"])
@pytest.mark.parametrize(("kind", "entry"), [("bodies", BODY), ("systems", SYSTEM)])
def test_an_id_names_one_thing(kind: str, entry: str, taken: str) -> None:
    error = refusal(kind, CONTENT[kind] + entry.format(taken))
    assert f"{taken!r} already names something else" in error.what
    assert "another id" in (error.next or "")
    assert error.where == f"content/{kind}.yaml, line {lines(CONTENT[kind]) + 1}"


def test_a_system_and_a_body_do_not_share_an_id() -> None:
    error = refusal("systems", CONTENT["systems"] + SYSTEM.format("drivers"))
    assert "'drivers' already names something else (body)" in error.what


def test_a_service_may_bear_the_id_of_its_own_product_only_and_leaves_it_the_aliases() -> None:
    assert loaded().systems["anvil"].product_id == "anvil"
    assert "another entry's id" in refusal("systems", changed("systems", "  product: anvil\n", "")).what
    with_aliases = changed("systems", "  product: anvil\n", "  product: anvil\n  aliases: [ANVIL ONE]\n")
    assert "leaves the `aliases` to the product" in refusal("systems", with_aliases).what


def test_an_id_stands_once_among_the_files_of_a_kind() -> None:
    second = ContentFile("flows", "content/flows/more.yaml", CONTENT["flows"], True)
    with pytest.raises(Mistake, match=r"'licences' stands already in content/flows.yaml, line 2") as caught:
        loaded(second)
    assert caught.value.where == "content/flows/more.yaml, line 2"


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("systems", "  purpose: Keeps what", "  part_of: shed\n  purpose: Keeps what"),
        ("systems", "  purpose: Keeps what", "  part_of: vault\n  purpose: Keeps what"),
        ("bodies", "part_of: office", "part_of: bureau"),
    ],
)
def test_nothing_is_part_of_itself(kind: str, old: str, new: str) -> None:
    assert "is part of itself" in refusal(kind, changed(kind, old, new)).what


def test_a_ring_that_others_hang_on_is_found_from_outside_too() -> None:
    ring = "".join(
        f"- {{id: {name}, name: N {name}, kind: office, part_of: {whole}, sources: [register]}}\n"
        for name, whole in (("hanger", "one"), ("one", "two"), ("two", "one"))
    )
    assert "is part of itself" in refusal("bodies", CONTENT["bodies"] + ring).what


def test_a_flow_leads_elsewhere() -> None:
    assert "from one thing to another" in refusal("flows", changed("flows", "from: drivers", "from: vault")).what


@pytest.mark.parametrize("value", ["6.8", "1.0e+6", ".5", "true", ".inf", ".nan", "'6,800'", "'6.8 million'", "'NaN'"])
def test_a_number_that_might_lose_a_digit_is_no_value(value: str) -> None:
    error = refusal("facts", changed("facts", "'51700000.50'", value))
    assert "'value'" in error.what
    assert error.where == "content/facts.yaml, line 5"


@pytest.mark.parametrize(("value", "number"), [("'6.80'", "6.80"), ("1000", "1000"), ("'-3'", "-3")])
def test_a_value_keeps_its_digits(value: str, number: str) -> None:
    assert str(loaded(facts=changed("facts", "'51700000.50'", value)).facts["worth"].value) == number


@pytest.mark.parametrize(
    ("kind", "old", "new", "what"),
    [
        ("flows", "category: identity", "category: identities", "category"),
        ("flows", "confidence: high", "confidence: sure", "confidence"),
        ("flows", "standing: contested", "standing: disputed", "standing"),
        ("flows", "data: Names and addresses.", "data: ''", "data"),
        ("flows", "- id: licences", "- id: Licences", "is no id"),
        ("flows", "  from: drivers\n", "", "'from' is missing"),
        ("systems", "operator: bureau", "operator: [bureau, office]", "operator"),
        ("systems", "status: active", "status: running", "status"),
        ("systems", "kind: module", "kind: app", "kind"),
        ("contracts", "piid: 99EX14C00000001", "piid: 99EX-14-C-00000001", "piid"),
        ("sources", "kind: pia", "kind: privacy", "kind"),
        ("laws", "kind: statute", "kind: law", "kind"),
        ("bodies", "kind: people", "kind: person", "kind"),
    ],
)
def test_a_word_that_is_not_among_the_choices_is_refused(kind: str, old: str, new: str, what: str) -> None:
    assert what in refusal(kind, changed(kind, old, new)).what


@pytest.mark.parametrize(
    ("kind", "old", "new", "near"),
    [
        ("flows", "  confidence: high", "  confidense: high", "confidence"),
        ("systems", "{party: acme, since", "{party: acme, sinse", "since"),
        ("systems", "{who: The office, statement", "{who: The office, statment", "statement"),
        ("systems", "{status: active, since", "{status: active, from", "Known fields: status, since"),
    ],
)
def test_an_unknown_field_is_answered_with_the_fields_of_that_part(kind: str, old: str, new: str, near: str) -> None:
    error = refusal(kind, changed(kind, old, new))
    assert "is not known here" in error.what
    assert near in (error.next or "")


def test_a_workspaces_flow_body_and_fact_overlay_the_bundled_ones(tmp_path: Path) -> None:
    bundled = load_atlas(content_files(None))
    flow, source = next(iter(bundled.flows.values())), next(each.id for each in bundled.sources.values() if each.grade == "A")
    body = next(iter(bundled.bodies))
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "own.yaml").write_text(
        f"- {{id: {flow.id}, from: {flow.to_id}, to: {flow.from_id}, category: tax, data: Ours., "
        f"standing: alleged, confidence: low, sources: [{source}]}}\n",
        "utf-8",
    )
    (tmp_path / "bodies.yaml").write_text(f"- {{id: {body}, name: Ours, kind: people, sources: [{source}]}}\n", "utf-8")
    (tmp_path / "facts.yaml").write_text(
        f"- {{id: our_count, about: {body}, quantity: people, value: 3, unit: people, confidence: low, sources: [{source}]}}\n",
        "utf-8",
    )
    atlas = load_atlas(content_files(tmp_path))
    assert (atlas.flows[flow.id].from_id, atlas.flows[flow.id].data) == (flow.to_id, "Ours.")
    assert atlas.bodies[body].name == "Ours"
    assert set(atlas.facts) - set(bundled.facts) == {"our_count"}
    assert set(atlas.flows) == set(bundled.flows)


def test_a_mistake_in_a_workspaces_file_is_named_in_that_file(tmp_path: Path) -> None:
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "own.yaml").write_text("# ours\n- {id: ours, from: icm, to: nowhere_known, category: tax}\n", "utf-8")
    with pytest.raises(Mistake) as caught:
        load_atlas(content_files(tmp_path))
    assert caught.value.where == "content/flows/own.yaml, line 2"
