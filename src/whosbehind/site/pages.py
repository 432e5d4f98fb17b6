"""What a page is, before it is written in any language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")
# The kinds of a chart's files. To paint one takes a hundred times as long as to draw it, so what there is much of is
# only drawn, unless all is asked for.
DRAWN: tuple[str, ...] = ("svg",)
PAINTED: tuple[str, ...] = ("svg", "png")


@dataclass(frozen=True)
class Page:
    """A page: where it lies below its language's folder, its template, and what that shows.

    `make` gives plain data and is called when the page is written; the page is written again
    only where that data, the templates or the catalogs are others than the last time. Those of
    its data that `charts` names are drawings; each that there is is given in files of these kinds
    at least, and in a form to embed.
    """

    path: str
    template: str
    make: Callable[[], Mapping[str, Any]]
    charts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """A file that is the same in all languages, such as rows as CSV; `path` is below the site's folder."""

    path: str
    make: Callable[[], bytes]
    inputs: Callable[[], object]


def spread(listed: Sequence[T], length: int) -> Iterator[tuple[Sequence[T], dict[str, int]]]:
    """A list over as many pages as it needs, at least one: what each holds, and which `part` it is of how many `parts`."""
    parts = max(1, -(-len(listed) // length))
    for part in range(1, parts + 1):
        yield listed[(part - 1) * length : part * length], {"part": part, "parts": parts}
