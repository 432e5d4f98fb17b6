"""The atlas: organisations, products, systems and agencies, from content files that people write."""

from whosbehind.atlas.atlas import Atlas, ownerships
from whosbehind.atlas.files import ContentFile, content_digest, content_files, judgement_yaml
from whosbehind.atlas.load import load_atlas
from whosbehind.atlas.tables import agency_records, organisation_records, system_records

__all__ = [
    "Atlas",
    "ContentFile",
    "agency_records",
    "content_digest",
    "content_files",
    "judgement_yaml",
    "load_atlas",
    "organisation_records",
    "ownerships",
    "system_records",
]
