"""Records whose texts try to break out of pages, tables and files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.synthetic import transactions, write_bulk

SCRIPT = "<script>document.title='BROKEN'</script>"
# Texts that mean something to a browser, a template or a spreadsheet.
PROBES = (
    SCRIPT,
    "<img src=x onerror=document.title='BROKEN'>",
    "\"><svg onload=document.title='BROKEN'>",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}",
    "</title></style></script><blink>BROKEN</blink>",
    '=HYPERLINK("http://x.example","AWS")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "-2+3",
    "&lt;script&gt;AMAZON WEB SERVICES&lt;/script&gt;",
)


def write_hostile(path: Path) -> None:
    """A table in the bulk layout whose recipients, descriptions and codes are probes; each also names a company."""
    rows = list(transactions(len(PROBES), seed=7))
    write_bulk(
        path,
        [
            replace(
                row,
                recipient_name=f"{probe} SYSTEMS, INC.",
                recipient_parent_name=f"{probe} HOLDING",
                description=f"{probe} AMAZON WEB SERVICES CLOUD HOSTING {probe}",
                psc_name=probe,
                naics_name=probe,
                is_sole_proprietor=False,
            )
            for row, probe in zip(rows, PROBES, strict=False)
        ],
    )
