"""Claims from content files and from a user's own file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from whosbehind.atlas import Atlas, ContentFile
from whosbehind.atlas.atlas import suggestion
from whosbehind.atlas.checks import check_corrections, check_sources
from whosbehind.atlas.convert import corrected
from whosbehind.atlas.entries import FieldPath, checked, parts, wrong
from whosbehind.atlas.files import Entry
from whosbehind.atlas.links import check_no_person
from whosbehind.claims.claim import Appeared, Check, Claim, Documented, Published, Reply, Signature
from whosbehind.claims.models import FILTERS, SHARED, AppearedEntry, CheckEntry, ClaimEntry, CopyEntry, PublishedEntry
from whosbehind.claims.published import implied_precision
from whosbehind.errors import Mistake
from whosbehind.figures import Question
from whosbehind.values import Route


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
    for path, part in parts(model):
        if isinstance(part, AppearedEntry):
            check_no_person(entry, (*path, "publisher"), part.publisher)
        if isinstance(part, CheckEntry):
            _check_question(entry, path, part, atlas)


def _check_question(entry: Entry, path: FieldPath, part: CheckEntry, atlas: Atlas) -> None:
    for place, name in enumerate(part.agencies):
        try:
            atlas.find_agency(name)
        except Mistake as error:
            raise wrong(entry, (*path, "agencies", place), error.what, error.next or "") from error
    known: dict[str, Collection[str]] = {"fact": atlas.facts, "system": atlas.systems, "product": atlas.product_names}
    for kind, ids in known.items():
        name = getattr(part, kind)
        if name and name not in ids:
            near = suggestion(name, ids) or f"Add it to the content, or mend the {kind}'s id."
            raise wrong(entry, (*path, kind), f"there is no {kind} {name!r}.", near)


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
