"""The atlas: organisations, products, systems and agencies, from content files that people write."""

from whosbehind.atlas.atlas import Atlas, ownerships
from whosbehind.atlas.corrections import corrections
from whosbehind.atlas.files import ContentFile, content_digest, content_files, judgement_yaml
from whosbehind.atlas.load import load_atlas
from whosbehind.atlas.tables import RECORDS

__all__ = [
    "RECORDS",
    "Atlas",
    "ContentFile",
    "content_digest",
    "content_files",
    "corrections",
    "judgement_yaml",
    "load_atlas",
    "ownerships",
]
