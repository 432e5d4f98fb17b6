"""The words that announce a contact's name, such as `COR`, `POC` or `ATTN`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

ROLE_WORDS = (
    r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|A?CTOR|[AT]?POCS?|POC['’]S|POINTS? OF CONTACT|CONTACTS?(?: PERSON)?|"
    r"(?:ADMINISTRATIVE |ADMIN )?CONTRACTING OFFICERS?(?:['’]?S? REPRESENTATIVES?)?|CONTRACT(?:ING)? SPECIALISTS?|"
    r"CONTRACT ADMINISTRATORS?|PROGRAM MANAGERS?|PROJECT MANAGERS?|TECHNICAL (?:MONITORS?|REPS?|REPRESENTATIVES?)|"
    r"REQUEST[OE]RS?|END USERS?|APPROVERS?|ATTN|ATTENTION|SPECIAL AGENT|OFFICER|DELIVERY ADDRESS|"
    r"MR|MRS|MS|KO|C/O|CO|CS|GTM|PM|ISSO"
)
# Behind these, words that no list knows are taken for a name too.
PLAIN_ROLES = r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|[AT]?POCS?"

_LEAD_WORDS = "FROM|TO|APPOINT|ADD|REMOVE|REPLACE|ASSIGN|DESIGNATE"
_ROLE = re.compile(rf"(?<![\w&])(?:(?:{ROLE_WORDS})(?![\w&])|DELIVERY(?= ?:))", re.I | re.A)
_LEAD = re.compile(rf"(?<![\w&])(?:(?:{ROLE_WORDS}|{_LEAD_WORDS})(?![\w&])|DELIVERY(?= ?:))", re.I | re.A)
# The letters that any of them begins with; looking these up is quicker than trying the pattern at every letter.
ROLE_HEADS = frozenset(
    "A ACOR ACORS COR CORS ALT ALTCOR ALTCORS ACOTR ACOTRS COTR COTRS CTOR ACTOR POC POCS APOC APOCS TPOC TPOCS POINT POINTS "
    "CONTACT CONTACTS ADMINISTRATIVE ADMIN CONTRACTING CONTRACT PROGRAM PROJECT TECHNICAL REQUESTER REQUESTERS REQUESTOR "
    "REQUESTORS END APPROVER APPROVERS ATTN ATTENTION SPECIAL OFFICER DELIVERY MR MRS MS KO C CO CS GTM PM ISSO".split()
)
LEAD_HEADS = ROLE_HEADS | frozenset(_LEAD_WORDS.split("|"))
# Of these, the ones behind which a name may be one that no list knows.
NAMING_HEADS = frozenset(
    "A ACOR ACORS COR CORS ALT ALTCOR ALTCORS ACOTR ACOTRS COTR COTRS POC POCS APOC APOCS TPOC TPOCS MR MRS MS".split()
)
# Letters in upper case, blanks for all else.
_PLAIN = bytes(ord(chr(code).upper()) if chr(code).isalpha() and code < 128 else 32 for code in range(256))


@lru_cache(maxsize=16)
def letters_of(text: str) -> frozenset[str]:
    """The runs of letters of a text, in upper case."""
    return frozenset(_plain(text).split())


def has_role(text: str) -> bool:
    """Whether a role word stands in a text."""
    return any(_ROLE.match(text, start) for start in starts_of(text, ROLE_HEADS))


def leads(text: str, heads: Set[str]) -> Iterator[re.Match[str]]:
    """Role words, and words such as `FROM` or `APPOINT`, from the first to the last; none within another.

    They begin with one of `heads`, which are `LEAD_HEADS` or some of them.
    """
    done = 0
    for start in starts_of(text, heads):
        if start >= done and (found := _LEAD.match(text, start)):
            done = found.end()
            yield found


def starts_of(text: str, heads: Set[str]) -> list[int]:
    """Where runs of letters begin that are among `heads`, from the first to the last.

    Few are, so each of these is looked for; to look at every run of letters would take much longer.
    """
    plain = _plain(text)
    places = []
    for head in heads & letters_of(text):
        found = plain.find(f" {head} ")
        while found >= 0:
            places.append(found)
            found = plain.find(f" {head} ", found + 1)
    return sorted(places)


@lru_cache(maxsize=16)
def _plain(text: str) -> str:
    """The letters of a text in upper case, blanks for all else, and a blank at both ends."""
    return f" {text.encode('ascii', 'replace').translate(_PLAIN).decode()} "
