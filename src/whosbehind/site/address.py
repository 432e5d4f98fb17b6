"""Where each page of the site lies, below the folder of its language; drawn here, and nowhere else."""

from __future__ import annotations

import re
from functools import lru_cache

from whosbehind.figures import Question
from whosbehind.values import digest, whole_fiscal_year

HOME = "index.html"
ORGANISATIONS, AGENCIES, RECIPIENTS = "organisations/index.html", "agencies/index.html", "recipients/index.html"
CLAIMS_BY_PUBLICATION, ALL_FINDINGS, ALL_REVIEWS = "claims/by-publication.html", "data/claims.json", "data/claim-reviews.json"
SYSTEMS, CLAIMS, DOCUMENTS, PATHS = "systems/index.html", "claims/index.html", "documents/index.html", "paths/index.html"
MAP, SEARCH, METHODS, COVERAGE = "map.html", "search.html", "methods.html", "coverage.html"
WHOLE_MAP = "map/whole.html"
DICTIONARY, CORRECTIONS, SOURCES, EVIDENCE = "dictionary.html", "corrections.html", "sources/index.html", "evidence/index.html"

# Characters of a file's name that every system can hold, with room for the number of a page and an ending.
LONGEST = 200

# Filters that few questions have: those with a value, and those that are on or off.
DETAILS = ("office", "psc", "words", "as_of")
SWITCHES = ("names_only", "positive_only", "is_funding", "inherited")

# The pages that every page's navigation leads to.
MAIN = (ORGANISATIONS, AGENCIES, RECIPIENTS, SYSTEMS, MAP, CLAIMS, METHODS)


@lru_cache(maxsize=100_000)
def slug(name: str) -> str:
    """A name as a file name that every system can hold; two names of one kind, which are written alike, never share one."""
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80]
    return plain if plain == name.lower().replace("_", "-") else f"{plain}-{digest(name)[:6]}".strip("-")


def organisation(name: str) -> str:
    """A company's page."""
    return f"organisations/{slug(name)}.html"


def agency(name: str) -> str:
    """The page of an agency or office."""
    return f"agencies/{slug(name)}.html"


def recipient(vendor_id: str) -> str:
    """The page of a vendor that receives money."""
    return f"recipients/{slug(vendor_id)}.html"


def system(name: str) -> str:
    """A government system's page."""
    return f"systems/{slug(name)}.html"


def document(name: str) -> str:
    """The page of a publication that is cited."""
    return f"documents/{slug(name)}.html"


def evidence(document_id: str) -> str:
    """The page of a document that was received."""
    return f"evidence/{document_id[:16]}.html"


def source(name: str) -> str:
    """The page of a feed."""
    return f"sources/{slug(name)}.html"


def claim(name: str) -> str:
    """A claim's page."""
    return f"claims/{slug(name)}.html"


def sheet(name: str, kind: str) -> str:
    """The file of a claim's finding below the site's folder: its fact-check sheet (`md`) or everything in it (`json`)."""
    return f"data/claims/{slug(name)}.{kind}"


def documents(kind: str | None) -> str:
    """The list of the publications of a kind, or of all."""
    return f"documents/kind-{slug(kind)}.html" if kind else DOCUMENTS


def award(award_id: str) -> str:
    """An award's page."""
    return f"awards/{slug(award_id)}.html"


def path(origin: str, target: str) -> str:
    """The page of the documented paths from one thing to another."""
    return f"paths/{slug(origin)}-to-{slug(target)}.html"


def flow_kind(category: str) -> str:
    """The page of the flows that carry one kind of data."""
    return f"map/{slug(category)}.html"


def action(transaction_id: str) -> str:
    """The mark of one action on its award's page."""
    return f"action-{digest(transaction_id)[:8]}"


def rows(question: Question) -> str:
    """The first page of the rows behind a number; the same question always has the same address, and no other has it.

    What is no company says what it is: a company and an agency may go by one name.
    """
    named = [f"{name}-{value}" for name in ("product", "system") if (value := getattr(question, name))]
    parts = [*question.organisations, *named, *filter(None, (question.recipient, question.award))]
    first, *rest = [*parts, *(f"agency-{name}" for name in question.agencies)] or ["all"]
    rest += [str(question.route)] if question.route else []
    rest += [_window(question)] if question.since or question.until else []
    rest += _special(question)
    name = ".".join(map(slug, rest)) or "all"
    return f"rows/{slug(first)}/{name if len(name) <= LONGEST else slug(name)}.html"


def _special(question: Question) -> list[str]:
    """The names of filters that few questions have."""
    words = [f"{name}-{value}" for name in DETAILS if (value := getattr(question, name))]
    return words + [name for name in SWITCHES if getattr(question, name)]


def _window(question: Question) -> str:
    """The window's name: its fiscal year where it is one, else its days."""
    year = whole_fiscal_year(question.since, question.until)
    if year:
        return f"fy{year}"
    return f"{question.since or ''}to{question.until or ''}"


def further(page: str, number: int) -> str:
    """The `number`th page (from 1) of a list that goes over several."""
    return page if number == 1 else page.replace(".html", f".{number}.html")


def table(page: str) -> str:
    """The CSV file beside a page of rows; one for all languages."""
    return f"data/{page.removesuffix('.html')}.csv"


def picture(page: str, name: str, language: str, kind: str) -> str:
    """The file of one of a page's charts: `svg` or `png`, below the site's folder."""
    return f"charts/{language}/{page.removesuffix('.html')}.{name}.{kind}"


def embedded(page: str, name: str) -> str:
    """The form of one of a page's charts that other sites can show in a frame."""
    return f"embed/{page.removesuffix('.html')}.{name}.html"
