"""Builds that run only the stages a test looks at: real stages, on real files, without what comes behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from whosbehind.pipeline import stages


@contextmanager
def only_stages(*names: str) -> Iterator[None]:
    """Builds in this context run these stages; tables that others would write are not there."""
    chosen = tuple(stage for stage in stages.STAGES if stage.name in names)
    assert [stage.name for stage in chosen] == list(names), "there are no such stages, in this order"
    with patch.object(stages, "STAGES", chosen):
        yield
