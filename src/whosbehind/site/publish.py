"""Publishing: the site as files, of which only those that changed are written again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import metadata, resources
from pathlib import Path

from whosbehind.errors import Fault, Mistake
from whosbehind.site.language import LANGUAGES, language
from whosbehind.site.pages import File, Page
from whosbehind.site.press import Imprint, Press
from whosbehind.values import digest

# The list of what was written, with what it was made from; it also marks a folder as ours.
LIST = "whosbehind-site.json"
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
    now: dict[str, str] = field(default_factory=dict)
    done: Published = field(default_factory=Published)

    def put(self, path: str, made_from: str, make: Callable[[], bytes]) -> None:
        """Write a file, unless it was made from the same before and is still there."""
        self.now[path] = made_from
        target = self.root / path
        if self.before.get(path) == made_from and target.exists():
            self.done.kept += 1
            return
        self.done.written += 1
        _write(target, make())


def publish(listed: Iterator[Page | File], total: int, imprint: Imprint, out: Path, tick: Ticker) -> Published:
    """Write pages and files into a folder, and remove what an earlier publishing left there that is no more.

    Raises Mistake if the folder holds other things, Fault if it cannot be written.
    """
    folder = _Folder(out, _listed(out))
    presses = [Press(language(code)) for code in LANGUAGES]
    recipe = _recipe()
    try:
        _assets(folder)
        for place, each in enumerate(listed):
            if place % 200 == 0:
                tick("writing pages", place, total)
            if isinstance(each, File):
                folder.put(each.path, digest(recipe, repr(each.inputs())), each.make)
            else:
                _print(folder, each, presses, imprint, recipe)
        _sweep(folder)
        _write(out / LIST, json.dumps(folder.now, indent=0, sort_keys=True).encode())
    except OSError as error:
        raise Fault(f"cannot write: {error.strerror}.", where=str(error.filename or out)) from error
    return folder.done


def _print(folder: _Folder, page: Page, presses: list[Press], imprint: Imprint, recipe: str) -> None:
    shown = page.make()
    made_from = digest(recipe, page.template, page.path, repr(shown))
    for press in presses:
        path = press.language.folder + page.path
        folder.put(path, made_from, lambda press=press: press.text(page.template, page.path, shown, imprint).encode())  # type: ignore[misc]


def _listed(out: Path) -> dict[str, str]:
    """What an earlier publishing wrote; an empty or new folder holds nothing yet."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return {}
    if out.is_dir() and (out / LIST).exists():
        found: dict[str, str] = json.loads((out / LIST).read_text("utf-8"))
        return found
    raise Mistake("the folder holds other things.", where=str(out), next="Choose a new or empty folder for the site.")


def _recipe() -> str:
    """A digest of all that makes pages beside their data: code, templates, catalogs, assets."""
    files = sorted(_files(Path(str(resources.files("whosbehind.site")))))
    return digest(metadata.version("whosbehind"), *(path.read_bytes() for path in files))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


def _assets(folder: _Folder) -> None:
    """Style sheets as one, scripts and the icon as they are."""
    assets = Path(str(resources.files("whosbehind.site"))) / "assets"
    sheets = [assets / "picture.css", *sorted((assets / "css").glob("*.css"))]
    files = {"site.css": b"".join(sheet.read_bytes() for sheet in sheets)}
    files |= {path.name: path.read_bytes() for path in sorted(assets.glob("*")) if path.suffix in (".js", ".svg")}
    for name, data in files.items():
        folder.put(f"assets/{name}", digest(data), lambda data=data: data)  # type: ignore[misc]


def _sweep(folder: _Folder) -> None:
    """Remove files of an earlier publishing that are no more, and folders that this leaves empty."""
    for path in sorted(set(folder.before) - set(folder.now)):
        target = folder.root / path
        target.unlink(missing_ok=True)
        folder.done.removed += 1
        if target.parent.is_dir() and not any(target.parent.iterdir()):
            target.parent.rmdir()


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    beside.write_bytes(data)
    beside.replace(target)
