"""What people may write about claims, and what they are told where they may not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.claims.entries import asked, claim, finding, written
from whosbehind import Workspace
from whosbehind.claims import Claim
from whosbehind.errors import Mistake
from whosbehind.figures import Question
from whosbehind.values import Measure

PLAIN = """
- id: one
  statement: A statement.
  appeared: {publisher: The Register}
  check:
    measure: obligations
    organisations: [quorvex]
    agencies: [ICE]
    since: 2022-01-01
    until: 2022-12-31
  published: {about: 5}
"""
FACT = PLAIN[: PLAIN.index("    measure")] + "    measure: fact\n    fact: vellumnet_hits\n  published: {about: 5}\n"
COPIED = f"{PLAIN}  copies:\n    - statement: So.\n      appeared: {{publisher: The Echo}}\n      finding: "


def load(built: Workspace, folder: Path, text: str) -> dict[str, Claim]:
    file = folder / "mine.yaml"
    file.write_text(text, "utf-8")
    return built.claims(file)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (PLAIN.replace("[ICE]", "[CBP, ICEE]"), 8, r"no agency goes by 'ICEE'\. Did you mean ICE"),
        (PLAIN.replace("measure: obligations", "measure: spending"), 6, "check.measure"),
        (PLAIN.replace("organisations:", "organizations:"), 7, r"'check.organizations' is not known here"),
        (PLAIN.replace("  published: {about: 5}\n", ""), 2, "`check` and `published` go together"),
        (PLAIN[: PLAIN.index("  check")], 2, "needs a `check`, a `finding`, or both"),
        (FACT.replace("vellumnet_hits", "vellumnet_hit"), 7, r"no fact 'vellumnet_hit'\. Did you mean vellumnet_hits"),
        (FACT.replace("    fact: vellumnet_hits\n", ""), 6, "needs `fact`"),
        (FACT.replace("    fact:", "    agencies: [ICE]\n    fact:"), 6, "`measure: fact` does nothing with `agencies`"),
        (PLAIN.replace("    agencies", "    system: vellumnett\n    agencies"), 8, "no system 'vellumnett'. Did you mean"),
        (PLAIN.replace("    agencies", "    product: brammixx\n    agencies"), 8, "no product 'brammixx'. Did you mean"),
        (PLAIN.replace("organisations: [quorvex]", "route: direct"), 6, "are about organisations"),
        (PLAIN.replace("since: 2022-01-01", "since: 2023-01-01"), 6, "`since` 2023-01-01 is after `until` 2022-12-31"),
        (PLAIN.replace("until: 2022-12-31", "until: 9999-12-31"), 10, "leave an open end out"),
        (PLAIN.replace("Register}", "Register, date: 2022-13}"), 4, "appeared.date"),
        (PLAIN.replace("Register}", "Register, date: 2023-02-29}"), 4, "appeared.date"),
        (PLAIN.replace("{about: 5}", "{about: 5, at_least: 5}"), 11, "give one of at_least, about, exactly, at_most"),
        (PLAIN.replace("{about: 5}", "{precision: 5}"), 11, "give one of at_least, about, exactly, at_most"),
        (PLAIN.replace("{about: 5}", "{about: .nan}"), 11, "published.about"),
        (PLAIN.replace("{about: 5}", "{about: .inf}"), 11, "published.about"),
        (PLAIN.replace("{about: 5}", "{about: true}"), 11, "published.about"),
        (PLAIN.replace("{about: 5}", "{about: five}"), 11, "published.about"),
        (PLAIN.replace("{about: 5}", "{about: 5, precision: -1}"), 11, "published.precision"),
        (PLAIN.replace("{about: 5}", "{about: 5, precision: 0}"), 11, "published.precision"),
        (PLAIN.replace("{about: 5}", "{about: 5, precision: .nan}"), 11, "published.precision"),
        (PLAIN.replace("{about: 5}", f"{{about: 1{'0' * 40}}}"), 11, "published.about"),
        (PLAIN.replace("The Register}", "John Smith}"), 4, "reads as the name of a person"),
        (PLAIN.replace("id: one", "id: One"), 2, "'One' is no id"),
        (PLAIN + PLAIN, 13, r"the id 'one' stands already in .*, line 2"),
        (PLAIN + "  finding: {verdict: garbled, reason: So., confidence: high, sources: [invented]}\n", 12, "`true_instead`"),
        (PLAIN + "  finding: {verdict: not testable, reason: So., confidence: high, sources: [invented]}\n", 12, "`needed`"),
        (PLAIN + "  finding: {verdict: wrong, reason: So., confidence: high, sources: [invented]}\n", 12, "finding.verdict"),
        (PLAIN + "  finding: {verdict: supported, reason: So., confidence: high, sources: [nowhere]}\n", 12, "'nowhere' is"),
        (PLAIN + "  reply: {who: The Register, statement: No., sources: [nowhere]}\n", 12, "'nowhere' is not known"),
        (PLAIN + "  copies:\n    - {statement: So., appeared: {publisher: Jane Miller}}\n", 13, "reads as the name of a person"),
        (COPIED + "{verdict: garbled, reason: So., confidence: high, sources: [invented]}\n", 15, "`true_instead`"),
        (COPIED + "{verdict: supported, reason: So., confidence: high, sources: [nowhere]}\n", 15, "'nowhere' is not known"),
        (PLAIN.replace("{about: 5}", "{about: &five 5, precision: *five}"), 11, "repeats another part"),
        (PLAIN.replace("{about: 5}", "{about: 5, about: 6}"), 11, "'about' stands twice"),
        ("- &a [x, x]\n- &b [*a, *a]\n- &c [*b, *b]\n", 2, "repeats another part"),
        ("[" * 30 + "]" * 30, 1, "nested too deeply"),
        ("claims: []\n", 1, "is a list of entries"),
        ("- id: [\n", 2, "no valid YAML"),
        ("%PDF-1.7 \x00", 1, "no valid YAML"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_mend(built: Workspace, tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(Mistake, match=said) as caught:
        load(built, tmp_path, text)
    assert caught.value.where == f"{tmp_path / 'mine.yaml'}, line {line}"


def test_a_file_that_is_missing_a_folder_or_no_text_is_a_mistake(built: Workspace, tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes("- statement: café".encode("latin-1"))
    for path in (tmp_path / "none.yaml", tmp_path, tmp_path / "latin.yaml"):
        with pytest.raises(Mistake, match="cannot be read") as caught:
            built.claims(path)
        assert caught.value.where == str(path)


def test_an_empty_file_holds_no_claims(built: Workspace, tmp_path: Path) -> None:
    assert load(built, tmp_path, "") == {}
    assert load(built, tmp_path, "# nothing yet\n") == {}


def test_a_claim_that_nobody_wrote_is_a_mistake_that_offers_near_ones(built: Workspace, tmp_path: Path) -> None:
    file = written(tmp_path / "mine.yaml", claim("wrong-year", finding=finding("supported")))
    with pytest.raises(Mistake, match=r"no claim 'wrong-yaer'\. Did you mean wrong-year"):
        built.check(["wrong-yaer"], file)


def test_numbers_keep_their_digits_however_they_are_written(built: Workspace, tmp_path: Path) -> None:
    written_as = {"158000000": "158000000", "158_000_000": "158000000", "'0.73'": "0.73", "0.73": "0.73", "1.5e+3": "1500"}
    for text, value in written_as.items():
        published = load(built, tmp_path, PLAIN.replace("about: 5", f"about: {text}"))["one"].published
        assert published
        assert published.value == Decimal(value)


@pytest.mark.parametrize(
    ("date", "until"),
    [
        ("2023-06-30", dt.date(2023, 6, 30)),
        ("2023-02", dt.date(2023, 2, 28)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2023", None),
        (None, None),
        ("2021-05-05", None),
    ],
)
def test_a_window_left_open_ends_on_the_last_day_it_can_have_been_published(
    built: Workspace, tmp_path: Path, date: str | None, until: dt.date | None
) -> None:
    appeared = {"publisher": "The Register"} | ({"date": date} if date else {})
    entry = claim("one", asked(until=None), {"about": 5}, appeared=appeared)
    check = built.claims(written(tmp_path / "mine.yaml", entry))["one"].check
    assert check
    assert check.question.until == until


def test_a_stated_end_stays_and_reaches_every_part_of_a_share(built: Workspace, tmp_path: Path) -> None:
    parts = {"measure": "share", "numerator": asked(until=None), "denominator": asked(until="2022-06-30")}
    appeared = {"publisher": "The Register", "date": "2023-06-30"}
    entry = claim("one", parts, {"about": "0.5"}, appeared=appeared)
    check = built.claims(written(tmp_path / "mine.yaml", entry))["one"].check
    assert check
    assert check.numerator
    assert check.denominator
    assert (check.numerator.question.until, check.denominator.question.until) == (dt.date(2023, 6, 30), dt.date(2022, 6, 30))


def test_the_parts_of_a_share_take_agencies_and_window_from_it(built: Workspace, tmp_path: Path) -> None:
    whole = {"measure": "share", "agencies": ["ICE"], "since": "2022-01-01", "until": "2022-12-31"}
    parts = {
        "numerator": {"measure": "obligations", "organisations": ["quorvex"]},
        "denominator": {"measure": "obligations", "agencies": ["CBP"]},
    }
    check = built.claims(written(tmp_path / "mine.yaml", claim("one", {**whole, **parts}, {"about": "0.5"})))["one"].check
    assert check
    assert check.numerator
    assert check.denominator
    assert check.numerator.question == Question(("quorvex",), ("ICE",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert check.denominator.question == Question((), ("CBP",), dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    backwards = {**parts, "denominator": {"measure": "obligations", "until": "2021-12-31"}}
    with pytest.raises(Mistake, match=r"mine.yaml, line \d+: the window ends"):
        built.claims(written(tmp_path / "mine.yaml", claim("one", {**whole, **backwards}, {"about": "0.5"})))


def test_a_copy_takes_what_it_leaves_out_from_the_original(built: Workspace, tmp_path: Path) -> None:
    copies = [
        {"statement": "As it was.", "appeared": {"publisher": "The Echo"}},
        {"statement": "In 2021.", "appeared": {"publisher": "The Echo"}, "check": asked(since="2021-01-01", until="2021-12-31")},
        {"statement": "Twice.", "appeared": {"publisher": "The Echo"}, "published": {"about": 10}},
    ]
    entry = claim("one", asked(), {"about": 5}, copies=copies, finding=finding("supported"), wording="quoted")
    found = built.claims(written(tmp_path / "mine.yaml", entry))["one"]
    same, other_year, twice = found.copies
    assert [copy.id for copy in found.copies] == ["one/copy-1", "one/copy-2", "one/copy-3"]
    assert (same.check, same.published, same.documented) == (found.check, found.published, found.documented)
    assert other_year.check
    assert other_year.check.question.since == dt.date(2021, 1, 1)
    assert twice.published
    assert twice.published.value == 10
    assert (other_year.documented, twice.documented) == (None, None)
    assert [copy.wording for copy in found.copies] == ["paraphrased"] * 3


def test_a_finding_of_a_copy_goes_before_that_of_the_original(built: Workspace, tmp_path: Path) -> None:
    copies = [
        {"statement": "It was never.", "appeared": {"publisher": "The Echo"}, "finding": finding("contradicted")},
        {"statement": "Twice.", "appeared": {"publisher": "The Echo"}, "published": {"about": 10}, "finding": finding("garbled")},
    ]
    entry = claim("one", asked(), {"about": 5}, copies=copies, finding=finding("supported"))
    found = built.claims(written(tmp_path / "mine.yaml", entry))["one"]
    told = [each.documented and str(each.documented.verdict) for each in (found, *found.copies)]
    assert told == ["supported", "contradicted", "garbled"]


def test_claims_of_the_workspace_overlay_the_bundled_ones(built: Workspace) -> None:
    bundled = built.claims()
    assert len(bundled) > 50
    first = next(iter(bundled))
    own = Workspace(built.paths.root)
    written(own.paths.content / "claims.yaml", claim(first, finding=finding("supported")), claim("mine", asked(), {"about": 5}))
    try:
        assert own.claims()[first].statement == f"The statement of {first}."
        assert set(own.claims()) == {*bundled, "mine"}
        assert own.claims()["mine"].check.measure is Measure.OBLIGATIONS  # type: ignore[union-attr]
    finally:
        (own.paths.content / "claims.yaml").unlink()
