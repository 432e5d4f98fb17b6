"""Who is behind a government's surveillance and enforcement technology, from the public record, with the evidence attached."""

from __future__ import annotations

from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from whosbehind.atlas.tracing import DataPath
    from whosbehind.claims import Finding
    from whosbehind.figures import Figure, Question
    from whosbehind.workspace import Workspace

__all__ = ["DataPath", "Figure", "Finding", "Question", "Workspace", "__version__"]
__version__ = metadata.version("whosbehind")


def __getattr__(name: str) -> Any:
    """Import the API on first use, so that the command line starts at once."""
    if name == "Workspace":
        from whosbehind.workspace import Workspace

        return Workspace
    if name in {"Figure", "Question"}:
        from whosbehind import figures

        return getattr(figures, name)
    if name == "Finding":
        from whosbehind.claims import Finding

        return Finding
    if name == "DataPath":
        from whosbehind.atlas.tracing import DataPath

        return DataPath
    raise AttributeError(f"module 'whosbehind' has no attribute {name!r}")
