"""Corrections of entries: logged with date and reason, listed newest first, refused where they cannot be."""

from __future__ import annotations

import datetime as dt

import pytest
import yaml

from tests.atlas.written import CONTENT, changed, loaded
from whosbehind.atlas import ContentFile, corrections
from whosbehind.atlas.files import entries
from whosbehind.atlas.tables import correction_records
from whosbehind.errors import Mistake

MENDED = {"date": "2024-05-01", "what": "The year was 2015.", "reason": "It named the year of the notice."}
TODAY = dt.datetime.now(dt.UTC).date()
# Of each kind an entry, and the name it goes by.
LOGGING = [
    ("agencies", "office", "agency", "EXO"),
    ("organisations", "acme", "organisation", "Acme"),
    ("bodies", "bureau", "body", "Bureau of Examples"),
    ("systems", "vault", "system", "VAULT"),
    ("flows", "licences", "flow", "Licensed drivers → VAULT: identity"),
    ("laws", "act", "law", "Example Act"),
    ("contracts", "order", "contract", "Build the vault"),
    ("facts", "worth", "fact", "ceiling, Build the vault"),
]


def logged(kind: str, name: str, *listed: dict[str, str]) -> str:
    """The content of a kind with corrections in one entry."""
    found = (each.data for each in entries(ContentFile(kind, kind, CONTENT[kind], True)))
    mended = [{**each, "corrections": list(listed)} if each["id"] == name else each for each in found]
    return yaml.safe_dump(mended, sort_keys=False)


@pytest.mark.parametrize(("kind", "name", "called", "title"), LOGGING)
def test_an_entry_of_each_kind_logs_what_was_corrected_in_it(kind: str, name: str, called: str, title: str) -> None:
    [found] = corrections(loaded(**{kind: logged(kind, name, MENDED)}))
    assert found.as_json() == {"kind": called, "id": name, "name": title, **MENDED}


def test_each_correction_of_an_entry_is_a_row_of_the_table() -> None:
    again = {**MENDED, "date": "2024-06-01"}
    rows = correction_records(loaded(flows=logged("flows", "licences", MENDED, again)))
    assert [(row["entry_id"], row["number"], row["corrected_date"]) for row in rows] == [
        ("licences", 1, dt.date(2024, 5, 1)),
        ("licences", 2, dt.date(2024, 6, 1)),
    ]


def test_a_correction_may_be_of_today() -> None:
    assert corrections(loaded(facts=logged("facts", "worth", {**MENDED, "date": TODAY.isoformat()})))


@pytest.mark.parametrize(
    ("entry", "what", "mend"),
    [
        ("{date: 2199-01-01, what: The year., reason: So it is.}", "cannot have been made by today", "Give the day"),
        ("{date: 2024-05-01, what: The year., reason: ' '}", "'corrections.0.reason' is empty", "Fill it in"),
        ("{date: 2024-05-01, what: '', reason: So it is.}", "'corrections.0.what' is empty", "Fill it in"),
        ("{date: 2024-05-01, what: The year.}", "'corrections.0.reason' is missing", "Add it"),
        ("{what: The year., reason: So it is.}", "'corrections.0.date' is missing", "Add it"),
        ("{date: 2024-02-30, what: The year., reason: So it is.}", "corrections.0.date", ""),
        ("{date: 2024-05-01, what: The year., reasons: So it is.}", "'corrections.0.reasons' is not known", "reason"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_its_line(entry: str, what: str, mend: str) -> None:
    text = changed("organisations", "  sources:", f"  corrections:\n    - {entry}\n  sources:")
    with pytest.raises(Mistake) as caught:
        loaded(organisations=text)
    assert caught.value.where == "content/organisations.yaml, line 9"
    assert what in caught.value.what
    assert mend in (caught.value.next or "")


def test_a_correction_of_tomorrow_is_refused() -> None:
    tomorrow = (TODAY + dt.timedelta(days=2)).isoformat()
    with pytest.raises(Mistake, match="cannot have been made by today"):
        loaded(laws=logged("laws", "act", {**MENDED, "date": tomorrow}))
