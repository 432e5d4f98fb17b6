"""Content turned into records: agencies, organisations, products, owners, and the sources they rest on."""

from whosbehind.atlas.atlas import Atlas, load_atlas, ownerships
from whosbehind.atlas.files import ContentFile, content_digest, content_files

__all__ = ["Atlas", "ContentFile", "content_digest", "content_files", "load_atlas", "ownerships"]
