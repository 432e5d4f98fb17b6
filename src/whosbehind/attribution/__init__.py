"""Mentions of organisations and products in records, and the judgement who is bought from."""

from whosbehind.attribution.attribute import attribute, inherited, is_counted
from whosbehind.attribution.mentions import Reader, recipient_mentions, write_mentions
from whosbehind.attribution.system_awards import from_contracts, from_inventories

__all__ = [
    "Reader",
    "attribute",
    "from_contracts",
    "from_inventories",
    "inherited",
    "is_counted",
    "recipient_mentions",
    "write_mentions",
]
