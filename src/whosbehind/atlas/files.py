"""Content files: the bundled ones, overlaid by a workspace's own; each entry knows its line."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from whosbehind.errors import Mistake
from whosbehind.paths import parsed_content
from whosbehind.records import Judgement
from whosbehind.values import digest

# The folders and files that hold entries, in the order in which they are read.
KINDS = (
    *("sources", "agencies", "organisations", "systems", "bodies", "flows", "laws", "contracts", "facts"),
    *("phrases", "around", "judgements", "claims"),
)
# Characters from which on parsing takes longer than reading what was parsed before.
WORTH_KEEPING = 2_000
# Lists and fields inside each other; an entry needs six.
DEEPEST = 20
_CHOICE = "tag:yaml.org,2002:bool"
_NOT_PLAIN = (_CHOICE, "tag:yaml.org,2002:timestamp")


class Plain(yaml.CSafeLoader):
    """YAML in which only `true` and `false` are choices, and days are text.

    So a field may be named `on` and a country `NO`, and a 30 February is named where it stands.
    """


Plain.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in listed if tag not in _NOT_PLAIN or (tag == _CHOICE and first in "tTfF")]
    for first, listed in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class ContentFile:
    """A YAML file of content: the kind of its entries, where it lies, its text."""

    kind: str
    name: str
    text: str
    is_bundled: bool


@dataclass(frozen=True)
class Entry:
    """One entry of a list in a content file; its lines are looked for only when a mistake must be named."""

    file: ContentFile
    place: int
    data: Any

    @property
    def line(self) -> int:
        """The line the entry begins on."""
        return self.line_of(())

    def line_of(self, path: tuple[str | int, ...]) -> int:
        """The line of the field that a path of keys and indexes leads to, or of what encloses it."""
        root = yaml.compose(self.file.text, Loader=Plain)
        assert isinstance(root, yaml.SequenceNode)
        node = root.value[self.place]
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return int(node.start_mark.line) + 1


def content_files(workspace: Path | None) -> list[ContentFile]:
    """The bundled files and, after them, those of a workspace's `content` folder."""
    bundled = Path(str(resources.files("whosbehind").joinpath("content")))
    found = _files_below(bundled, is_bundled=True)
    return found + (_files_below(workspace, is_bundled=False) if workspace and workspace.is_dir() else [])


def content_digest(files: list[ContentFile]) -> str:
    """One digest for all content that tables are made of, whatever folder it lies in; claims only ask of them."""
    return digest(*(part for file in files if file.kind != "claims" for part in (file.kind, file.name, file.text)))


def entries(file: ContentFile) -> list[Entry]:
    """The entries of a content file; a long one is kept in its parsed form, as JSON, for the next time.

    Raises Mistake naming file and line if it is no YAML list.
    """
    listed = _parsed(file) if len(file.text) < WORTH_KEEPING else _kept(file)
    return [Entry(file, place, data) for place, data in enumerate(listed)]


def _kept(file: ContentFile) -> list[Any]:
    """The entries as they were parsed before; else parsed now and kept. Without a place to keep them, parsed only."""
    try:
        place = parsed_content() / f"{digest(file.text)}.json"
        if place.exists():
            return list(json.loads(place.read_text("utf-8")))
    except (RuntimeError, OSError, ValueError):
        return _parsed(file)
    listed = _parsed(file)
    _keep(place, listed)
    return listed


def _parsed(file: ContentFile) -> list[Any]:
    try:
        root = _composed(file)
        found = None if root is None else yaml.SafeLoader("").construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Mistake(
            f"this is no valid YAML: {error.problem}.", where=f"{file.name}, line {line}", next="Check the indentation."
        ) from error
    except yaml.reader.ReaderError as error:
        line = file.text[: error.position].count("\n") + 1
        raise Mistake(
            f"this is no valid YAML: {error.reason}.", where=f"{file.name}, line {line}", next="Remove the character."
        ) from error
    if found is None:
        return []
    if not isinstance(found, list):
        raise Mistake(
            "a content file is a list of entries.", where=f"{file.name}, line 1", next="Begin each entry with `- id: …`."
        )
    return found


def _composed(file: ContentFile) -> yaml.Node | None:
    """The file as a tree in which nothing stands twice: no field under two values, no part under two fields."""
    depth = 0
    for event in yaml.parse(file.text, Loader=Plain):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent):
            _refuse(file, event.start_mark, f"`*{event.anchor}` repeats another part.", "Write it out in full.")
        if depth > DEEPEST:
            _refuse(file, event.start_mark, "parts are nested too deeply.", "Write plain lists and fields.")
    root: yaml.Node | None = yaml.compose(file.text, Loader=Plain)
    if root is not None:
        _refuse_repeated_fields(file, root)
    return root


def _refuse(file: ContentFile, mark: Any, what: str, mend: str) -> None:
    raise Mistake(what, where=f"{file.name}, line {mark.line + 1}", next=mend)


def _refuse_repeated_fields(file: ContentFile, node: yaml.Node) -> None:
    if isinstance(node, yaml.SequenceNode):
        for child in node.value:
            _refuse_repeated_fields(file, child)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if str(key.value) in seen:
                _refuse(file, key.start_mark, f"the field {key.value!r} stands twice in one entry.", "Keep one.")
            seen.add(str(key.value))
            _refuse_repeated_fields(file, value)


def _keep(place: Path, listed: list[Any]) -> None:
    """Keep parsed entries; where nothing can be written, do without."""
    staged = place.with_suffix(f".{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(json.dumps(listed, default=str, ensure_ascii=False), "utf-8")
        staged.replace(place)
    except OSError:
        staged.unlink(missing_ok=True)


def judgement_yaml(judgement: Judgement) -> str:
    """A judgement as an entry of a content file."""
    return yaml.safe_dump(
        [{**judgement.__dict__, "verdict": str(judgement.verdict)}], sort_keys=False, allow_unicode=True, width=1000
    )


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


def _child(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]
    return None
