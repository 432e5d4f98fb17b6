"""Numbers of filings: read with their company, part and days; documents that are not safe or not whole are refused."""

from __future__ import annotations

import pytest

from tests.published import fact, filing
from whosbehind.errors import Mistake
from whosbehind.sources import Recognition, bundled_sources, recognise
from whosbehind.sources.json_rows import Row
from whosbehind.sources.xml_rows import root_of, xml_rows

SOURCE = bundled_sources()["sec_xbrl_instance"]
REVENUE = fact("us-gaap:Revenues", "513983000000")
TYPE = '<!DOCTYPE xbrl [<!ENTITY a "1"><!ENTITY b "&a;&a;&a;&a;">]>'


def read(text: str) -> list[Row]:
    return list(xml_rows(SOURCE, text, "zan.xml"))


def told(text: str, *ignored: str) -> Recognition:
    return recognise(bundled_sources(), text, is_whole=True, ignored=ignored)


def test_a_number_comes_with_company_period_unit_and_precision() -> None:
    [row] = read(filing(REVENUE))
    assert row == {
        "identifier": "0000123456",
        "dei:EntityRegistrantName": "ZANTHIL, INC.",
        "dei:DocumentType": "10-K",
        "concept": "us-gaap:Revenues",
        "segment": None,
        "startDate": "2022-01-01",
        "endDate": "2022-12-31",
        "value": "513983000000",
        "measure": "iso4217:USD",
        "decimals": "-6",
        "id": "f-us-gaap:Revenues",
    }


def test_members_stand_behind_their_axes_in_one_order() -> None:
    rows = read(filing(fact("zan:Rooms", "7", "cloud_in_town"), fact("zan:Rooms", "9", "cloud")))
    assert [row["segment"] for row in rows] == [
        "srt:PlaceAxis=Town; us-gaap:SegmentsAxis=zan:CloudMember",
        "us-gaap:SegmentsAxis=zan:CloudMember",
    ]


def test_a_number_that_holds_on_one_day_has_no_first_day() -> None:
    [row] = read(filing(fact("us-gaap:Assets", "1", "day")))
    assert (row["startDate"], row["endDate"]) == (None, "2022-12-31")


def test_a_unit_of_two_is_written_as_a_fraction() -> None:
    assert read(filing(fact("us-gaap:Earnings", "-0.27", unit="each", decimals="2")))[0]["measure"] == "iso4217:USD/shares"


def test_a_number_marked_as_not_reported_stays_without_a_value() -> None:
    [row] = read(filing('<zan:Rooms contextRef="year" unitRef="usd" xsi:nil="true"/>'))
    assert row["value"] is None


def test_texts_are_passed_over() -> None:
    assert read(filing('<zan:Policy contextRef="year">We count twice.</zan:Policy>')) == []


@pytest.mark.parametrize(
    ("element", "said"),
    [
        (fact("zan:Rooms", "7", context="c9"), "zan.xml, fact 1: it names the context 'c9', which is not there"),
        (fact("zan:Rooms", "7", unit="pure"), "zan.xml, fact 1: it names the unit 'pure', which is not there"),
        ("<zan:Group/>", "there is the unknown element 'zan:Group'"),
        ("<link:surprise/>", "there is the unknown element 'link:surprise'"),
        ("<tuple/>", "there is the unknown element 'tuple'"),
    ],
)
def test_what_the_layout_does_not_know_stops_the_reader_with_its_name(element: str, said: str) -> None:
    with pytest.raises(Mistake) as caught:
        read(filing(element))
    assert said in str(caught.value)


def test_an_unknown_element_that_is_ignored_by_name_lets_the_rest_pass() -> None:
    text = filing("<zan:Group/>", REVENUE)
    assert "unknown element 'zan:Group'" in str(told(text).problem)
    assert told(text, "zan:Group").problem is None


def test_a_filing_is_recognised_by_what_it_holds() -> None:
    found = told("\n" + filing(REVENUE))
    assert found.source is not None
    assert (found.source.id, found.problem) == (SOURCE.id, None)


def test_a_filing_without_numbers_is_fine() -> None:
    assert told(filing()).problem is None


@pytest.mark.parametrize("text", ["<feed xmlns='http://www.w3.org/2005/Atom'/>", "<!DOCTYPE html><html></html>", "<", "<a b"])
def test_other_xml_is_kept_without_complaint(text: str) -> None:
    found = told(text)
    assert (found.source, found.problem) == (None, None)


@pytest.mark.parametrize("end", [-3, -20, 2000, 1200])
def test_a_truncated_filing_is_told_with_the_place_where_it_ends(end: int) -> None:
    found = told(filing(REVENUE)[:end])
    assert found.source is not None
    assert "the XML cannot be read" in str(found.problem)


def test_a_document_type_is_refused_before_its_entities_are_read() -> None:
    text = filing(fact("zan:Rooms", "&b;"), declared=TYPE)
    found = told(text)
    assert found.source is not None
    assert "declares a document type" in str(found.problem)
    with pytest.raises(Mistake, match="declares a document type"):
        read(text)


def test_a_document_type_does_not_hide_behind_another_encoding() -> None:
    text = filing(REVENUE, declared=TYPE).replace('encoding="utf-8"', 'encoding="utf-16"')
    root = root_of(text)
    assert root is not None
    assert root.has_type
    with pytest.raises(Mistake, match="declares a document type"):
        read(text)


def test_an_undeclared_entity_is_told_as_damage() -> None:
    assert "the XML cannot be read" in str(told(filing(fact("zan:Rooms", "&b;"))).problem)


def test_elements_nested_a_hundred_thousand_deep_take_neither_long_nor_a_traceback() -> None:
    nested = "<unit>" * 100_000 + "</unit>" * 100_000
    assert told(filing(REVENUE, head=nested)).problem is None
