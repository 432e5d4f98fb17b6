"""An invented map: drivers' licences pass to a service, from there into a system, and from there to an office.

Brammix passes licences on to Vellumnet from 2016 to June 2021, and to the Bureau from 2022 on. The
Bureau of Examples, which operates Vellumnet and its index, is an office of ICE. Nobody and nothing
here is real but the agencies. The organisations are those of `tests.figures.ledgers`.
"""

from __future__ import annotations

from tests.figures import ledgers
from whosbehind.atlas import Atlas, ContentFile, load_atlas

CONTENT = {
    "sources": """
- {id: invented, publisher: Example Register, title: A register, date: 2020-01, grade: A, read: full}
- id: example_pia
  kind: pia
  number: EX/PIA-001
  publisher: Example Office
  title: An assessment
  date: 2016-03
  grade: A
  read: excerpt
- id: example_news
  kind: news
  publisher: Example Times
  title: What Brammix sold
  url: https://example.org/a
  grade: B
  read: full
""",
    "organisations": ledgers.CONTENT["organisations.yaml"],
    "bodies": """
- {id: bureau, name: Bureau of Examples, kind: office, part_of: ice, sources: [invented]}
- {id: drivers, name: Licensed drivers, kind: people, sources: [invented]}
""",
    "systems": """
- id: vellumnet
  name: Vellum Network
  acronym: VELLUMNET
  operator: bureau
  operator_note: The index is run by the same people.
  purpose: Keeps what is invented.
  aliases: [{text: VELLUMNET, in: description}]
  statuses: [{status: active, since: 2016, note: Opened in spring., sources: [example_pia]}]
  builders:
    - {party: zanthil, since: 2014-06, until: 2019, confidence: high, sources: [invented]}
  hosts:
    - party: quorvex
      seen: 2020
      standing: contested
      disputed_by: {who: Quorvex, statement: It hosts nothing., sources: [example_news]}
      confidence: medium
      sources: [invented]
  documents: [example_pia]
  predecessors: [{system: old_vellum, date: 2016-03, note: All of it., sources: [invented]}]
  confusions: [{statement: It is a paper mill., instead: It is a system., sources: [invented]}]
  unknown: [Who pays for the index.]
  corrections: [{date: 2024-04-01, what: The year of opening was 2015., reason: It was the year of the notice.}]
  sources: [example_pia]
- id: vellum_index
  name: Vellum Index
  kind: module
  operator: bureau
  part_of: vellumnet
  purpose: Finds it again.
  sources: [invented]
- {id: old_vellum, name: Old Vellum, operator: bureau, purpose: Kept what was invented., sources: [invented]}
- {id: brammix, name: Brammix, kind: service, operator: quorvex, product: brammix, purpose: Sells licences., sources: [invented]}
""",
    "laws": """
- {id: licence_act, name: Licence Act, kind: statute, citation: 1 Ex. 1, effect: Lets licences be sold., sources: [invented]}
""",
    "flows": """
- id: licences_sold
  from: drivers
  to: brammix
  category: identity
  data: Driving licences.
  channel: a tape
  authority: [licence_act]
  since: 2015
  seen: 2024-05
  confidence: high
  sources: [invented]
- id: licences_to_vellumnet
  from: brammix
  to: vellumnet
  category: identity
  data: Licences and addresses
  since: 2016-03
  until: 2021-06-30
  confidence: high
  note: The bureau let the subscription lapse.
  corrections: [{date: 2024-05-01, what: It was said to end in 2022., reason: The notice of 2021 was found.}]
  sources: [example_news]
- id: licences_to_bureau
  from: brammix
  to: bureau
  category: address
  data: Addresses on request
  since: 2022-01-10
  seen: 2024-05
  confidence: medium
  standing: contested
  disputed_by: {who: Quorvex, statement: It sells to nobody., sources: [example_news]}
  sources: [invented]
- id: index_of_vellumnet
  from: vellumnet
  to: vellum_index
  category: identity
  data: An index
  since: 2016
  seen: 2020
  confidence: high
  sources: [example_pia]
- id: vellumnet_abroad
  from: vellumnet
  to: zanthil
  category: identity
  data: Copies
  seen: 2018
  confidence: low
  sources: [invented]
""",
    "contracts": """
- id: vellum_order
  title: Building Vellumnet
  piid: EX0014C0001
  agency: ice
  vendor: zanthil
  systems: [vellumnet]
  since: 2014-06
  until: 2019
  confidence: high
  sources: [invented]
""",
    "facts": """
- id: vellum_ceiling
  about: vellum_order
  quantity: ceiling
  value: "1000000"
  corrections: [{date: 2024-06-01, what: Ten times as much stood here., reason: A zero too many.}]
  unit: USD
  "on": 2014-06-01
  confidence: high
  sources: [invented]
- id: vellum_records
  about: vellumnet
  quantity: records
  value: "5000000"
  unit: records
  "on": "2020"
  confidence: low
  sources: [invented]
""",
}
AGENCIES = """
- {id: dhs, name: Department of Examples, kind: department, abbreviation: DHS, code: "070", sources: [invented]}
- {id: ice, name: An Agency, kind: agency, abbreviation: ICE, code: "7012", department: dhs, sources: [invented]}
"""
CLAIMS = """
- id: example-brammix
  statement: The bureau paid one thousand dollars for Brammix.
  appeared: {publisher: Example Times, date: 2024-02-01}
  check: {measure: obligations, organisations: [quorvex], agencies: [ICE], since: 2020-01-01}
  published: {about: 1000, precision: 1}
  corrections: [{date: 2024-07-01, what: The end of the window was added., reason: It was left out.}]
- id: example-vellumnet
  statement: The vellumnet of the bureau holds five million records.
  appeared: {publisher: Example Times, date: 2024-03-01}
  finding: {verdict: supported, reason: VELLUMNET was counted., confidence: low, sources: [invented]}
- id: example-vellumnetwork
  statement: A VELLUMNETWORK is something else, and so are zanthils.
  appeared: {publisher: Example Times, date: 2024-03-01}
  finding: {verdict: supported, reason: It is., confidence: low, sources: [invented]}
"""


def atlas() -> Atlas:
    """The invented map alone."""
    return load_atlas(
        [ContentFile(kind, f"content/{kind}.yaml", text, True) for kind, text in {**CONTENT, "agencies": AGENCIES}.items()]
    )
