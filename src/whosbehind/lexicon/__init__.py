"""The names of the atlas as they are looked for in text, with the words that may or must stand beside them."""

from whosbehind.lexicon.lexicon import FIELDS, Lexicon, Match
from whosbehind.lexicon.words import after_pattern, before_pattern, phrases_pattern

__all__ = ["FIELDS", "Lexicon", "Match", "after_pattern", "before_pattern", "phrases_pattern"]
