"""Mentions of organisations and products in records, and the judgement who is bought from."""

from whosbehind.attribution.attribute import attribute, inherited, is_counted
from whosbehind.attribution.mentions import Reader, recipient_mentions, write_mentions

__all__ = ["Reader", "attribute", "inherited", "is_counted", "recipient_mentions", "write_mentions"]
