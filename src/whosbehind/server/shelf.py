"""All files of the site by path, each made as it is asked for; a path that is not listed leads nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from whosbehind.site import address
from whosbehind.site.pages import File, Page
from whosbehind.site.press.language import LANGUAGES, language
from whosbehind.site.press.press import Imprint, Press
from whosbehind.site.publish import asset_files


class Shelf:
    """The files of a site in memory."""

    def __init__(self, listed: Iterable[Page | File], imprint: Imprint) -> None:
        self._imprint = imprint
        self._presses = [Press(language(code)) for code in LANGUAGES]
        self._files: dict[str, Callable[[], bytes | None]] = {path: partial(bytes, data) for path, data in asset_files().items()}
        for each in listed:
            self._files |= {each.path: each.make} if isinstance(each, File) else dict(self._forms(each))

    def file(self, path: str) -> bytes | None:
        """A file by its path below the site's folder; None where there is none."""
        make = self._files.get(path)
        return make() if make else None

    def holds(self, path: str) -> bool:
        """Whether a path is listed."""
        return path in self._files

    def missing(self, path: str) -> bytes:
        """The page that says that there is none, in the language of the path."""
        spoken = (press for press in reversed(self._presses) if path.startswith(press.language.folder))
        return next(spoken).missing(self._imprint).encode()

    def _forms(self, page: Page) -> Iterator[tuple[str, Callable[[], bytes | None]]]:
        for press in self._presses:
            folder, code = press.language.folder, press.language.code
            paths = [folder + page.path]
            for name, kinds in self._imprint.charts(page).items():
                paths += [folder + address.embedded(page.path, name)]
                paths += [address.picture(page.path, name, code, kind) for kind in kinds]
            yield from ((path, partial(self._form, press, page, path)) for path in paths)

    def _form(self, press: Press, page: Page, path: str) -> bytes | None:
        make = dict(press.forms(page, page.make(), self._imprint)).get(path)
        return make() if make else None
