"""A measured number with what is behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from whosbehind.atlas import Atlas
from whosbehind.figures import Figure, Lake, Question
from whosbehind.values import Measure, usd

T = TypeVar("T")


@dataclass(frozen=True)
class Measured:
    """A number with what is behind it.

    `value` is None where nothing could be measured; `gap` says in a sentence what the
    evidence lacks for a verdict, and is None where it lacks nothing; `late` says why more may
    still come to the number, `open_end` that nobody knows up to which day it was counted; the
    true value may be higher or lower by `missing`, where a feed is known to hide rows. `shown`
    is the number for a machine, with its parts; `notes` are sentences to say beside any verdict.
    """

    value: Decimal | None
    shown: dict[str, Any]
    gap: str | None = None
    late: str | None = None
    open_end: str | None = None
    missing: Decimal = Decimal(0)
    coverage: dict[str, Any] = field(default_factory=dict)
    figure: Figure | None = None
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bench:
    """What measuring needs: the tables and the atlas; `open_rows` opens a figure's rows at any later time.

    Claims are about the same things again and again; what was computed for one is `kept` for the next.
    """

    lake: Lake
    atlas: Atlas
    open_rows: Callable[[Question], list[dict[str, Any]]] | None = None
    kept: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: tuple[Any, ...], compute: Callable[[], T]) -> T:
        """What was computed under a key, or is now."""
        if key not in self.kept:
            self.kept[key] = compute()
        found: T = self.kept[key]
        return found


def as_text(measure: Measure, value: Decimal) -> str:
    """A measured number for a machine: money with two decimals, counts whole, shares with six."""
    if measure is Measure.OBLIGATIONS:
        return usd(value)
    return f"{value:f}"
