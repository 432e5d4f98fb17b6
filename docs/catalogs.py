"""Brings the catalogs of the site's languages up to date with templates, code and content.

`python docs/catalogs.py` adds what is new, without a translation yet, and drops what is no more;
with `--check` it writes nothing, says what is missing or stale, and exits with 1 if anything is.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, get_args

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from pydantic import BaseModel

import whosbehind
from whosbehind import values
from whosbehind.atlas import content_files, load_atlas
from whosbehind.atlas.models import SourceEntry
from whosbehind.atlas.system_models import StatedEntry, StatusEntry, SystemEntry
from whosbehind.atlas.texts import atlas_texts
from whosbehind.claims import load_claims
from whosbehind.claims.texts import claim_texts
from whosbehind.phrases import has_words
from whosbehind.site.press.language import LANGUAGES, catalog, language
from whosbehind.site.press.press import Press
from whosbehind.sources import bundled_sources
from whosbehind.tables import TABLES

Message: TypeAlias = str | tuple[str, ...]
CODE = Path(whosbehind.__file__).parent
LOCALES = CODE / "site" / "locales"
WIDTH = 110
# Places that a catalog names of each message.
PLACES = 5
# Fields whose words pages show.
WORDED: tuple[tuple[type[BaseModel], str], ...] = (
    *((SystemEntry, "kind"), (StatusEntry, "status"), (StatedEntry, "confidence"), (SourceEntry, "read")),
)
# Kinds of entries that log corrections.
CORRECTED = ("organisation", "agency", "system", "body", "flow", "law", "contract", "fact", "claim")
# Code that talks to terminals only.
TERMINAL = ("cli", "render", "demo.py", "scoring.py", "errors.py")
# Choices whose words pages show.
CHOICES: tuple[type[StrEnum], ...] = (
    *(values.Standing, values.Held, values.ClaimVerdict, values.DataCategory, values.PublicationKind, values.Measure),
    *(values.Confidence, values.Role, values.Route, values.AgencyRole, values.Basis, values.Grain, values.SetAsideReason),
)


def site_messages() -> Iterator[tuple[str, Message]]:
    """The pages' own words and the sentences the tool makes, each with the file it stands in."""
    written = Press(language(next(iter(LANGUAGES)))).messages()
    yield from ((name, named) for name, message in written if (named := _named(message)))
    for file in sorted(CODE.rglob("*.py")):
        place = file.relative_to(CODE)
        if place.parts[0] not in TERMINAL:
            yield from ((place.as_posix(), message) for message in _said_in(ast.parse(file.read_text("utf-8"))))
    yield from ((f"values.{choice.__name__}", str(each)) for choice in CHOICES for each in choice)
    yield from ((f"{model.__name__}.{name}", word) for model, name in WORDED for word in get_args(_literal(model, name)))
    yield from (("atlas/corrections.py", kind) for kind in CORRECTED)
    for table in TABLES:
        yield from ((f"table {table.name}", text) for text in (table.meaning, *(column.meaning for column in table.columns)))


def _named(message: object) -> Message:
    """The words that a call names; empty where it says the value of a variable, whose words stand elsewhere."""
    if isinstance(message, tuple):
        return tuple(each for each in message if each)
    return str(message or "")


def _literal(model: type[BaseModel], name: str) -> object:
    return model.model_fields[name].annotation


def content_messages() -> Iterator[tuple[str, Message]]:
    """The texts of the bundled content, each with the entry it stands in."""
    files = content_files(None)
    atlas = load_atlas(files)
    for written in (*atlas_texts(atlas), *claim_texts(load_claims(files, atlas))):
        yield written.where, written.text
    for source in bundled_sources().values():
        yield from ((f"source {source.id}", text) for text in (source.title, source.licence, source.how_to_get))


def _said_in(tree: ast.AST) -> Iterator[Message]:
    """The messages of a module in their order."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            texts = [each.value for each in node.args if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            if texts and has_words(texts[0]):
                yield from _message(_called(node), texts)


def _called(call: ast.Call) -> str:
    """The name of the function, or of one of a language's own."""
    if isinstance(call.func, ast.Name):
        return call.func.id
    own = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    return own if own in ("gettext", "ngettext") else ""


def _message(name: str, texts: list[str]) -> Iterator[Message]:
    """What a call says: `gettext` and `phrase` one text, `ngettext` and `counted` two, `count` a noun in one or two forms."""
    if name in ("gettext", "phrase"):
        yield texts[0]
    elif name in ("ngettext", "counted"):
        yield texts[0], texts[1]
    elif name == "count":
        yield f"{{number}} {texts[0]}", f"{{number}} {texts[1] if len(texts) > 1 else f'{texts[0]}s'}"


SOURCES = {"site": site_messages, "content": content_messages}


def renewed(code: str, name: str) -> Catalog:
    """A catalog with the messages of today, and the translations it has for them."""
    kept, found = catalog(code, name), Catalog(locale=code, fuzzy=False)
    for message, where in _gathered(name).items():
        earlier = kept.get(message)
        same = earlier is not None and isinstance(earlier.id, tuple) == isinstance(message, tuple)
        found.add(message, earlier.string if earlier is not None and same else None, auto_comments=where)
    return found


def _gathered(name: str) -> dict[Message, list[str]]:
    """The messages of a catalog, each with the first few places where it stands."""
    found: dict[Message, list[str]] = {}
    for where, message in SOURCES[name]():
        places = found.setdefault(message, [])
        if where not in places and len(places) < PLACES:
            places.append(where)
    return found


def text_of(made: Catalog) -> bytes:
    """A catalog as it is kept: without times and line numbers, so that only what is said changes it."""
    stream = io.BytesIO()
    write_po(stream, made, width=WIDTH, no_location=True, omit_header=True, ignore_obsolete=True)
    header = [
        f"Language: {made.locale_identifier}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {made.plural_forms}",
    ]
    lines = "".join(f'"{line}\\n"\n' for line in header)
    return (
        f'# Kept up to date by docs/catalogs.py; translate `msgstr` only.\nmsgid ""\nmsgstr ""\n{lines}\n'.encode()
        + stream.getvalue()
    )


def wanting(code: str, name: str, made: Catalog) -> Iterator[str]:
    """What a kept catalog lacks, and what stands in it without need."""
    kept = catalog(code, name)
    yield from (f"not translated: {message.id!r}" for message in made if message.id and not _is_translated(message.string))
    yield from (f"stale: {message.id!r}" for message in kept if message.id and made.get(message.id) is None)


def _is_translated(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def main() -> int:
    """Write or check the catalogs; the exit status."""
    found: list[str] = []
    for code in list(LANGUAGES)[1:]:
        for name in SOURCES:
            made, path = renewed(code, name), LOCALES / code / "LC_MESSAGES" / f"{name}.po"
            missing = [f"{code}/{name}.po, {line}" for line in wanting(code, name, made)]
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(text_of(made))
                sys.stderr.write(f"{code}/{name}.po: {len(made)} messages, {len(missing)} without translation or gone\n")
            elif missing or path.read_bytes() != text_of(made):
                found += missing or [f"{code}/{name}.po is out of date"]
    if found:
        sys.stderr.write("\n".join([*found, "Run: python docs/catalogs.py, and translate what is empty.", ""]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
