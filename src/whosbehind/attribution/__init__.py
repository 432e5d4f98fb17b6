"""Mentions of organisations and products in records, and the judgement who is bought from."""

from whosbehind.attribution.attribute import attribute
from whosbehind.attribution.lexicon import Lexicon, Match
from whosbehind.attribution.mentions import write_mentions

__all__ = ["Lexicon", "Match", "attribute", "write_mentions"]
