"""Publishing: the site as files, of which only those that changed are written again."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata, resources
from pathlib import Path
from typing import TextIO

from whosbehind.errors import Fault, Mistake
from whosbehind.site.beside import PROCESSES, beside
from whosbehind.site.material import gather
from whosbehind.site.pages import File, Page
from whosbehind.site.press.language import LANGUAGES, language
from whosbehind.site.press.press import Imprint, Press
from whosbehind.site.shelves import pages
from whosbehind.values import digest
from whosbehind.workspace import Workspace

# The list of what was written, with what it was made from; it also marks a folder as ours. While
# publishing goes on, what is written since stands in the journal, for the next run if this one is killed.
LIST, JOURNAL = "whosbehind-site.json", "whosbehind-site.journal"
Ticker = Callable[[str, int, int], None]


@dataclass
class Published:
    """What publishing did: files written, left as they were, and removed."""

    written: int = 0
    kept: int = 0
    removed: int = 0


@dataclass
class _Folder:
    """The folder that is published to, with the digests of what made each file the last time and this time."""

    root: Path
    before: Mapping[str, str]
    journal: TextIO
    now: dict[str, str] = field(default_factory=dict)
    done: Published = field(default_factory=Published)
    folders: set[Path] = field(default_factory=set)

    def put(self, path: str, made_from: str, make: Callable[[], bytes]) -> None:
        """Write a file, unless it was made from the same before and is still there."""
        self.now[path] = made_from
        target = self.root / path
        if self.before.get(path) == made_from and target.exists():
            self.done.kept += 1
            return
        self.done.written += 1
        if target.parent not in self.folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(target.parent)
        if path in self.before or target.exists():
            _write(target, make())
        else:
            target.write_bytes(make())  # one that is cut off is not in the journal, so the next run writes it again
        self.journal.write(json.dumps([path, made_from]) + "\n")
        self.journal.flush()

    def take_over(self, other: _Share) -> None:
        """Add what another process wrote."""
        self.now |= other.now
        self.done.written += other.done.written
        self.done.kept += other.done.kept


@dataclass(frozen=True)
class _Share:
    """What a process of its own wrote."""

    now: dict[str, str]
    done: Published


def publish_workspace(workspace: Workspace, out: Path, day: dt.date, tick: Ticker, every_png: bool = False) -> Published:
    """Write the whole site of a workspace into a folder, with flows and owners as they stand on a day.

    With `every_png`, each chart is painted, not only those of which there are few.

    Raises Mistake if nothing is built yet or the folder holds other things, Fault if it cannot be written.
    """
    _listed(out)
    material = gather(workspace, day, tick)
    listed = list(pages(material))
    return publish(listed, Imprint(material.opened.snapshot, day.isoformat(), every_png), out, tick)


def publish(listed: Iterable[Page | File], imprint: Imprint, out: Path, tick: Ticker) -> Published:
    """Write pages and files into a folder, and remove what an earlier publishing left there that is no more.

    One that is stopped at any instant leaves a folder that the next one completes. Raises Mistake
    if the folder holds other things, Fault if it cannot be written.
    """
    before = _listed(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        with (out / JOURNAL).open("a", encoding="utf-8") as journal:
            folder = _Folder(out, before, journal)
            _fill(folder, tuple(listed), imprint, tick)
        _write(out / LIST, json.dumps(folder.now, indent=0, sort_keys=True).encode())
        (out / JOURNAL).unlink()
    except OSError as error:
        raise Fault(f"cannot write: {error.strerror}.", where=str(error.filename or out)) from error
    return folder.done


def _fill(folder: _Folder, listed: Sequence[Page | File], imprint: Imprint, tick: Ticker) -> None:
    """Write all pages, every other one in a process of its own where the system has them."""
    for path, data in asset_files().items():
        folder.put(path, digest(data), partial(bytes, data))
    recipe = _recipe()
    shares = [listed[place::PROCESSES] for place in range(PROCESSES)]
    others = [partial(_shared, folder, share, imprint, recipe) for share in shares[1:]]
    with beside(others) as waiting:
        _write_share(folder, shares[0], imprint, recipe, lambda done: tick("writing pages", done * PROCESSES, len(listed)))
        tick("finishing", len(listed), len(listed))
        for share in waiting():
            folder.take_over(share)
    _sweep(folder)


def _shared(folder: _Folder, share: Sequence[Page | File], imprint: Imprint, recipe: str) -> _Share:
    own = _Folder(folder.root, folder.before, folder.journal)
    _write_share(own, share, imprint, recipe, lambda _: None)
    return _Share(own.now, own.done)


def _write_share(
    folder: _Folder, share: Sequence[Page | File], imprint: Imprint, recipe: str, tell: Callable[[int], None]
) -> None:
    presses = [Press(language(code)) for code in LANGUAGES]
    for place, each in enumerate(share):
        if place % 100 == 0:
            tell(place)
        if isinstance(each, File):
            folder.put(each.path, digest(recipe, repr(each.inputs())), each.make)
        else:
            _print(folder, each, presses, imprint, recipe)


def _print(folder: _Folder, page: Page, presses: list[Press], imprint: Imprint, recipe: str) -> None:
    data = page.make()
    made_from = digest(recipe, page.template, page.path, repr(data), repr(imprint.charts(page)))
    for press in presses:
        for path, make in press.forms(page, data, imprint):
            folder.put(path, made_from, make)


def _listed(out: Path) -> dict[str, str]:
    """What an earlier publishing wrote; an empty or new folder holds nothing yet."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    if out.is_dir() and ((out / LIST).exists() or (out / JOURNAL).exists()):
        found: dict[str, str] = json.loads((out / LIST).read_text("utf-8")) if (out / LIST).exists() else {}
        return {path: made_from for path, made_from in {**found, **_unfinished(out)}.items() if _is_below(path)}
    raise Mistake("the folder holds other things.", where=str(out), next="Choose a new or empty folder for the site.")


def _unfinished(out: Path) -> dict[str, str]:
    """What a publishing wrote that was stopped before its end; of a last line that was cut off, nothing is known."""
    if not (out / JOURNAL).exists():
        return {}
    whole = (out / JOURNAL).read_text("utf-8", errors="replace").split("\n")[:-1]
    return dict(json.loads(line) for line in whole)


def _is_below(path: str) -> bool:
    """Whether a path stays inside the folder, whoever wrote the list."""
    return not path.startswith("/") and ".." not in path.split("/")


def _recipe() -> str:
    """A digest of all that makes pages beside their data: code, templates, catalogs, assets."""
    files = sorted(_files(Path(str(resources.files("whosbehind.site")))))
    return digest(metadata.version("whosbehind"), *(path.read_bytes() for path in files))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def asset_files() -> dict[str, bytes]:
    """Style sheets as one, scripts and the icon as they are; by path below the site's folder."""
    assets = Path(str(resources.files("whosbehind.site"))) / "assets"
    sheets = [assets / "picture.css", *sorted((assets / "css").glob("*.css"))]
    files = {"site.css": b"".join(sheet.read_bytes() for sheet in sheets)}
    files |= {path.name: path.read_bytes() for path in sorted(assets.glob("*")) if path.suffix in (".js", ".svg")}
    return {f"assets/{name}": data for name, data in files.items()}


def _sweep(folder: _Folder) -> None:
    """Remove files of an earlier publishing that are no more, and folders that this leaves empty."""
    for path in sorted(set(folder.before) - set(folder.now)):
        target = folder.root / path
        target.unlink(missing_ok=True)
        folder.done.removed += 1
        if target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()


def _write(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(data)
    beside.replace(target)
