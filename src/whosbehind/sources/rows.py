"""The rows of a document that holds them otherwise than in a table."""

from __future__ import annotations

from collections.abc import Iterator

from whosbehind.records import Document, Form
from whosbehind.sources.json_rows import Row, json_rows, parse_json
from whosbehind.sources.xml_rows import xml_rows


def rows_of(document: Document, text: str) -> Iterator[Row]:
    """The rows of a JSON or XML document as text by the publisher's names.

    Raises Mistake if the document is damaged or its layout is not as its source declares it.
    """
    receipt, source = document.receipt, document.source
    assert source is not None
    plain = text.lstrip("\ufeff")
    if source.form is Form.XML:
        return xml_rows(source, plain.lstrip(), receipt.file_name, receipt.ignored_columns)
    return json_rows(source, parse_json(plain, receipt.file_name), receipt.ignored_columns)
