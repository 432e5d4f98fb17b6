"""Content files: the bundled ones, overlaid by a workspace's own; each entry knows its line."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from whosbehind.errors import Mistake
from whosbehind.values import digest

# The folders and files that hold entries, in the order in which they are read.
KINDS = ("sources", "agencies", "organisations")


@dataclass(frozen=True)
class ContentFile:
    """A YAML file of content: the kind of its entries, where it lies, its text."""

    kind: str
    name: str
    text: str
    is_bundled: bool


@dataclass(frozen=True)
class Entry:
    """One entry of a list in a content file, with the lines its fields stand on."""

    file: ContentFile
    line: int
    data: Any
    node: yaml.Node

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of the field that a path of keys and indexes leads to, or of what encloses it."""
        node = self.node
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return node.start_mark.line + 1


def content_files(workspace: Path | None) -> list[ContentFile]:
    """The bundled files and, after them, those of a workspace's `content` folder."""
    bundled = Path(str(resources.files("whosbehind").joinpath("content")))
    found = _files_below(bundled, is_bundled=True)
    return found + (_files_below(workspace, is_bundled=False) if workspace and workspace.is_dir() else [])


def content_digest(files: list[ContentFile]) -> str:
    """One digest for all content, whatever folder it lies in."""
    return digest(*(part for file in files for part in (file.kind, file.name, file.text)))


def entries(file: ContentFile) -> list[Entry]:
    """The entries of a content file.

    Raises Mistake naming file and line if it is no YAML list.
    """
    try:
        root = yaml.compose(file.text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Mistake(
            f"this is no valid YAML: {error.problem}.", where=f"{file.name}, line {line}", next="Check the indentation."
        ) from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise Mistake(
            "a content file is a list of entries.", where=f"{file.name}, line 1", next="Begin each entry with `- id: …`."
        )
    return [Entry(file, node.start_mark.line + 1, _value(node), node) for node in root.value]


def _files_below(folder: Path, *, is_bundled: bool) -> list[ContentFile]:
    found = []
    for kind in KINDS:
        paths = [folder / f"{kind}.yaml", *sorted((folder / kind).glob("*.yaml"))]
        for path in paths:
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                found.append(ContentFile(kind, f"content/{name}", _text(path), is_bundled))
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Mistake(
            f"the file is not UTF-8: {error.reason} at byte {error.start}.", where=str(path), next="Save it as UTF-8."
        ) from error


def _value(node: yaml.Node) -> Any:
    """The plain value of a node; safe, since only the safe constructors are used."""
    loader = yaml.SafeLoader("")
    return loader.construct_document(node)


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None
