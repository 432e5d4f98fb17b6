"""A small content of each kind, without fault, and what becomes of it when a passage is changed."""

from __future__ import annotations

import pytest

from whosbehind.atlas import Atlas, ContentFile, load_atlas
from whosbehind.errors import Mistake

CONTENT = {
    "sources": """
- {id: register, publisher: Example Register, title: A register, grade: A, read: full}
- {id: pia, kind: pia, number: EX/PIA-001, publisher: Example Office, title: An assessment, grade: A, read: full}
- {id: rumour, publisher: Example Forum, title: A post, grade: D, read: excerpt}
""",
    "agencies": """
- {id: dept, name: Example Department, kind: department, abbreviation: EXD, code: "099", sources: [register]}
- {id: office, name: An Office, kind: agency, abbreviation: EXO, code: "9901", department: dept, sources: [register]}
""",
    "organisations": """
- id: acme
  name: Acme
  kind: company
  description: Invented.
  aliases: [ACME]
  products: [{id: anvil, name: Anvil, aliases: [ANVIL]}]
  sources: [register]
""",
    "bodies": """
- id: bureau
  name: Bureau of Examples
  kind: office
  part_of: office
  sources: [register]
- {id: drivers, name: Licensed drivers, kind: people, sources: [register]}
""",
    "systems": """
- id: vault
  name: Vault of Examples
  acronym: VAULT
  operator: bureau
  purpose: Keeps what is invented.
  statuses: [{status: active, since: 2016, sources: [register]}]
  builders:
    - {party: acme, since: 2014-06, until: 2016, confidence: high, sources: [register]}
  users:
    - party: drivers
      standing: contested
      disputed_by: {who: The office, statement: Nobody uses it., sources: [register]}
      confidence: low
      sources: [register]
  documents: [pia]
  predecessors:
    - {system: shed, date: 2016-06-30, sources: [register]}
  confusions: [{statement: It is a bank., instead: It is none., sources: [register]}]
  sources: [register]
- id: shed
  name: Shed
  kind: module
  operator: office
  part_of: vault
  purpose: Kept what was invented.
  sources: [register]
- id: anvil
  name: Anvil
  kind: service
  operator: acme
  product: anvil
  purpose: Sold to the bureau.
  sources: [register]
""",
    "flows": """
- id: licences
  from: drivers
  to: vault
  category: identity
  data: Names and addresses.
  authority: [act, pia]
  since: 2016-06
  until: 2020-01-31
  seen: 2019
  confidence: high
  sources: [register]
- id: passed_on
  from: vault
  to: anvil
  category: several
  data: Whatever there is.
  passes_on: [licences]
  standing: contested
  disputed_by:
    who: The bureau
    statement: Nothing passes.
    sources: [register]
  confidence: medium
  sources: [register, rumour]
""",
    "laws": """
- {id: act, name: Example Act, kind: statute, since: 1996-09-30, effect: Lets it pass., sources: [register]}
""",
    "contracts": """
- id: order
  title: Build the vault
  piid: 99EX14C00000001
  agency: office
  vendor: acme
  systems: [vault]
  confidence: high
  sources: [register]
- id: change
  title: Build more of it
  agency: bureau
  modifies: order
  confidence: high
  sources: [register]
""",
    "facts": """
- id: worth
  about: order
  quantity: ceiling
  value: '51700000.50'
  unit: USD
  on: 2019-08
  confidence: high
  sources: [register]
""",
}


def loaded(*more: ContentFile, **texts: str) -> Atlas:
    listed = [ContentFile(kind, f"content/{kind}.yaml", text, True) for kind, text in {**CONTENT, **texts}.items()]
    return load_atlas([*listed, *more])


def changed(kind: str, old: str, new: str) -> str:
    """The content of a kind with one passage replaced; the line of a passage is counted in it."""
    text = CONTENT[kind]
    assert old in text, f"{old!r} does not stand in the content of {kind}"
    return text.replace(old, new, 1)


def refusal(kind: str, text: str) -> Mistake:
    with pytest.raises(Mistake) as caught:
        loaded(**{kind: text})
    return caught.value


def lines(text: str) -> int:
    return text.count("\n")


def line_of(text: str, passage: str) -> int:
    """The line on which the last line of a passage stands."""
    return lines(text[: text.index(passage)]) + 1 + lines(passage)
