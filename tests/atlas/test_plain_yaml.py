"""Content files are plain YAML: what a reviewer reads is what is meant, and nothing unfolds."""

from __future__ import annotations

import pytest

from tests.atlas.written import CONTENT, loaded, refusal


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- id: a\n  name: One\n  name: Two\n", 3, "the field 'name' stands twice"),
        ("- id: a\n  users:\n    - {party: x, party: y}\n", 3, "the field 'party' stands twice"),
        ("- &all {id: a}\n- *all\n", 2, "`*all` repeats another part"),
        ("- id: a\n  <<: *all\n", 2, "`*all` repeats another part"),
        ("- id: a\n  note: &n Twice.\n  purpose: *n\n", 3, "`*n` repeats another part"),
        ("- " + "[" * 500 + "]" * 500 + "\n", 1, "nested too deeply"),
        ("- " + "{a: " * 40 + "1" + "}" * 40 + "\n", 1, "nested too deeply"),
        ("- id: a\n  name: One\x00\n", 2, "no valid YAML"),
        ("- id: a\n  name: One\x1b[31m\n", 2, "no valid YAML"),
        ("- id: a\n  name: One\x85\x07\n", 2, "no valid YAML"),
        ("- id: !!python/object/apply:os.system [echo]\n", 1, "no valid YAML"),
        ("- id: a\n--- \n- id: b\n", 2, "no valid YAML"),
    ],
)
def test_yaml_that_could_hide_something_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    error = refusal("systems", text)
    assert what in error.what
    assert error.where == f"content/systems.yaml, line {line}"


def test_parts_that_repeat_each_other_a_billion_times_are_refused_at_once() -> None:
    bomb = "- &a0 {id: a}\n" + "".join(f"- &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 10))
    assert "repeats another part" in refusal("systems", bomb).what


def test_on_is_a_field_and_no_a_word() -> None:
    body = "- {id: norway, name: NO, kind: foreign, description: Yes, sources: [register]}\n"
    atlas = loaded(bodies=CONTENT["bodies"] + body)
    fact_day = atlas.facts["worth"].on
    assert fact_day is not None
    assert fact_day.text == "2019-08"
    assert (atlas.bodies["norway"].name, atlas.bodies["norway"].description) == ("NO", "Yes")
