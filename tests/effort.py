"""How hard the tests try: quickly by default, thoroughly with `WHOSBEHIND_THOROUGH=1`."""

from __future__ import annotations

import os
from typing import TypeVar

T = TypeVar("T")
IS_THOROUGH = os.environ.get("WHOSBEHIND_THOROUGH") == "1"


def effort(by_default: T, thorough: T) -> T:
    """The number of examples, or the list of cases, of this run."""
    return thorough if IS_THOROUGH else by_default
