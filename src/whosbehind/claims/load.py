"""Claims from content files and from a user's own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from whosbehind.atlas import Atlas, ContentFile
from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.checks import check_corrections, check_sources
from whosbehind.atlas.convert import corrected
from whosbehind.atlas.entries import checked, wrong
from whosbehind.atlas.files import Entry
from whosbehind.claims.claim import Appeared, Check, Claim, Documented, Published, Reply, Signature
from whosbehind.claims.models import FILTERS, SHARED, CheckEntry, ClaimEntry, CopyEntry, PublishedEntry
from whosbehind.claims.published import implied_precision
from whosbehind.errors import Mistake
from whosbehind.figures import Question
from whosbehind.guard import bundled_guard
from whosbehind.values import RecipientKind, Route


def load_claims(files: Sequence[ContentFile], atlas: Atlas) -> dict[str, Claim]:
    """The claims of content files by id, checked against the atlas.

    Raises Mistake naming file, line and mend.
    """
    found = checked(files, "claims", ClaimEntry)
    today = dt.datetime.now(dt.UTC).date()
    for entry, model in found.values():
        check_corrections(entry, model, today)
        check_sources(entry, model, atlas.sources)
        _check_names(entry, model, atlas)
        _check_publishers(entry, model)
    return {key: _made(entry, model) for key, (entry, model) in found.items()}


def claims_file(path: Path) -> ContentFile:
    """A user's own file of claims.

    Raises Mistake if it cannot be read.
    """
    try:
        return ContentFile("claims", str(path), path.read_text("utf-8"), False)
    except (OSError, UnicodeDecodeError) as error:
        raise Mistake(
            f"the file of claims cannot be read: {error}.", where=str(path), next="Give a YAML file in UTF-8."
        ) from error


def _check_names(entry: Entry, model: ClaimEntry, atlas: Atlas) -> None:
    for path, part in _checks(model):
        for place, name in enumerate(part.agencies):
            try:
                atlas.find_agency(name)
            except Mistake as error:
                raise wrong(entry, (*path, "agencies", place), error.what, error.next or "") from error
        if part.fact and part.fact not in atlas.facts:
            near = suggestion(part.fact, atlas.facts) or "Add it to content/facts, or mend the id."
            raise wrong(entry, (*path, "fact"), f"there is no fact {part.fact!r}.", near)
        if part.system and part.system not in atlas.systems:
            near = suggestion(part.system, atlas.systems) or "Add it to content/systems, or mend the id."
            raise wrong(entry, (*path, "system"), f"there is no system {part.system!r}.", near)


def _checks(model: BaseModel, path: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], CheckEntry]]:
    found: list[tuple[tuple[str | int, ...], CheckEntry]] = []
    for name, value in model:
        parts = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for place, part in parts:
            if isinstance(part, BaseModel):
                step = (name,) if place is None else (name, place)
                found += [((*path, *step), part)] if isinstance(part, CheckEntry) else []
                found += _checks(part, (*path, *step))
    return found


def _check_publishers(entry: Entry, model: ClaimEntry) -> None:
    stood: list[tuple[tuple[str | int, ...], str]] = [(("appeared", "publisher"), model.appeared.publisher)]
    stood += [(("copies", place, "appeared", "publisher"), each.appeared.publisher) for place, each in enumerate(model.copies)]
    for path, publisher in stood:
        if bundled_guard().recipient_kind(publisher, False) is RecipientKind.INDIVIDUAL:
            raise wrong(entry, path, f"{publisher!r} reads as the name of a person.", "Name the publication.")


def _made(entry: Entry, model: ClaimEntry) -> Claim:
    try:
        return _claim(model)
    except Mistake as error:
        raise wrong(entry, ("check",), error.what, error.next or "") from error


def _claim(model: ClaimEntry) -> Claim:
    known, appeared = model.finding, Appeared(**model.appeared.model_dump())
    return Claim(
        id=model.id,
        statement=model.statement,
        wording=model.wording,
        appeared=appeared,
        check=_check(model.check, appeared.last_day) if model.check else None,
        published=_published(model.published, model.check),
        copies=tuple(_copy(model, copy, number) for number, copy in enumerate(model.copies, start=1)),
        documented=Documented(**known.model_dump()) if known else None,
        reply=Reply(**model.reply.model_dump()) if model.reply else None,
        corrections=corrected(model),
        signed=Signature(**model.signed.model_dump()) if model.signed else None,
    )


def _copy(original: ClaimEntry, copy: CopyEntry, number: int) -> Claim:
    check, published = copy.check or original.check, copy.published or original.published
    is_same = copy.check is None and copy.published is None
    known, appeared = copy.finding or (original.finding if is_same else None), Appeared(**copy.appeared.model_dump())
    return Claim(
        id=f"{original.id}/copy-{number}",
        statement=copy.statement,
        wording=copy.wording,
        appeared=appeared,
        check=_check(check, appeared.last_day) if check else None,
        published=_published(published, check),
        documented=Documented(**known.model_dump()) if known else None,
        signed=Signature(**original.signed.model_dump()) if original.signed else None,
    )


def _published(model: PublishedEntry | None, check: CheckEntry | None) -> Published | None:
    if model is None or check is None:
        return None
    relation = next(name for name in ("at_least", "about", "exactly", "at_most") if getattr(model, name) is not None)
    value = getattr(model, relation)
    return Published(relation, value, model.precision or implied_precision(value, relation, check.measure))


def _check(model: CheckEntry, published: dt.date | None, whole: CheckEntry | None = None) -> Check:
    """How a claim is computed; a window it leaves open ends on the day it was published.

    A part takes agencies and window from the `whole` where it states none.
    """
    asked: dict[str, Any] = {name: getattr(model, name) for name in FILTERS if name != "route"}
    if whole:
        asked |= {name: getattr(whole, name) for name in SHARED if not asked[name]}
    if asked["until"] is None and not (published and asked["since"] and published < asked["since"]):
        asked["until"] = published
    question = Question(route=None if model.route == "any" else Route(model.route), **asked)
    return Check(
        measure=model.measure,
        question=question,
        on=model.on,
        fact=model.fact,
        company=model.company,
        concept=model.concept,
        segment=model.segment,
        numerator=_check(model.numerator, published, model) if model.numerator else None,
        denominator=_check(model.denominator, published, model) if model.denominator else None,
    )
