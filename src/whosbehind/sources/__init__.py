"""The feeds the project reads: a folder each, with a manifest; the layout of a document is recognised here."""

from whosbehind.sources.json_rows import json_rows
from whosbehind.sources.manifest import bundled_sources, read_manifest
from whosbehind.sources.recognise import Recognition, recognise
from whosbehind.sources.rows import rows_of

__all__ = ["Recognition", "bundled_sources", "json_rows", "read_manifest", "recognise", "rows_of"]
