"""Keeps private persons out: masks contacts in free text, recognises recipients who are people."""

from whosbehind.guard.rules import (
    SUSPECT,
    Guard,
    bundled_guard,
    firm_pattern,
    mask_record,
    placeholder_pattern,
    recipient_kind,
)
from whosbehind.guard.words import bundled_words

__all__ = [
    "SUSPECT",
    "Guard",
    "bundled_guard",
    "bundled_words",
    "firm_pattern",
    "mask_record",
    "placeholder_pattern",
    "recipient_kind",
]
