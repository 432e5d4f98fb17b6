"""Keeps private persons out: masks contacts in free text, recognises recipients who are people.

The rules err on the side of masking. What they change is text that is shown;
amounts, identifiers and the bytes of the evidence are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from whosbehind.values import AN_INDIVIDUAL, LEGAL_FORMS, RecipientKind

EMAIL_MASK = "[e-mail]"
PHONE_MASK = "[phone]"
NAME_MASK = "[name]"
# Stands for a company's name while the rules look for persons'; a character of no alphabet.
_SHELF = "\ue000"

ROLE_WORDS = (
    r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|A?CTOR|[AT]?POCS?|POC['’]S|POINTS? OF CONTACT|CONTACTS?(?: PERSON)?|"
    r"(?:ADMINISTRATIVE |ADMIN )?CONTRACTING OFFICERS?(?:['’]?S? REPRESENTATIVES?)?|CONTRACT(?:ING)? SPECIALISTS?|"
    r"CONTRACT ADMINISTRATORS?|PROGRAM MANAGERS?|PROJECT MANAGERS?|TECHNICAL (?:MONITORS?|REPS?|REPRESENTATIVES?)|"
    r"REQUEST[OE]RS?|END USERS?|APPROVERS?|ATTN|ATTENTION|SPECIAL AGENT|OFFICER|DELIVERY ADDRESS|"
    r"MR|MRS|MS|KO|C/O|CO|CS|GTM|PM|ISSO"
)
# Behind these, words that no list knows are taken for a name too.
_PLAIN_ROLES = r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|[AT]?POCS?"
_TITLES = frozenset("MR MRS MS DR JR SR II III IV MD PHD ESQ ATTORNEY DDS DVM ABBP".split())
_SUFFIXES = frozenset("JR SR II III IV".split())
_CONNECTORS = frozenset("IS TO FROM AS FOR THE NEW NAME CONTRACT WILL BE ARE WITH CHANGE CHANGED ON REP APPOINTMENT".split())
_PURPOSES = frozenset("FOR ON WITH".split())
# Words that may follow a name; another ordinary word there makes the words before it a product's.
_AFTER_NAMES = frozenset(
    "AS AND OR TO FROM IS AT ON FOR UNDER WILL HAS EFFECTIVE PHONE PH TEL CELL FAX EMAIL EXT POP ALT COR ACOR POC".split()
)
_PLACES = frozenset("SAN SANTA SAINT ST FORT FT PORT CAMP LAKE MOUNT MT NORTH SOUTH EAST WEST".split())
_PLACE_KINDS = frozenset(
    "FACILITY FACILITIES DETENTION CENTER COURTHOUSE BUILDING AIRPORT JAIL PRISON HOSPITAL COUNTY CITY HUB".split()
)
_EMAIL = re.compile(
    r"[\w.+'’-]+(?:\s?@\s?|\s?[(\[]\s?AT\s?[)\]]\s?)[\w-]+(?:(?:\.|\s\.\s?)[A-Za-z][\w-]*)+|[\w.+-]+@[\w-]+", re.I
)
_PHONE = re.compile(
    r"(?<![\d.-])(?:\+?1[-. /]?)?\(?[2-9]\d{2}(?:\)|[-. /]){1,3}[2-9]\d{2}[-. ]?\d{4}(?:\s?(?:X|EXT\.?)\s?\d{1,6})?(?!\w)"
    r"|(?<![\w.#$-])1?[2-9]\d{2}[2-9]\d{2}[-. ]?\d{4}(?!\w|\.\d)"
    r"|\+\d[\d ().-]{7,16}\d(?!\w)|(?<![\d.-])[2-9]\d{2}([-.])[2-9]\d{2}\1\d{2,3}(?![\w-]|\.\d)"
    r"|(?:(?<=PHONE )|(?<=PHONE: )|(?<=TEL )|(?<=TEL: )|(?<=CELL )|(?<=CELL: ))\d{3}[-.]\d{4}(?!\w)",
    re.I | re.A,
)
# The plain signs of an address or a number; a text without them has none.
_SPELT_AT = re.compile(r"[(\[].?AT.?[)\]]", re.I | re.S)
_DIGITS = re.compile(r"[0-9]{3}[-. /)]{0,3}[0-9]{3}|[0-9]{3}[-.][0-9]{4}|\+[0-9]")
# A bare number behind one of these words is an identifier and no telephone.
_IDENTIFIER = re.compile(
    r"(?:\b(?:S/?N|SERIAL|NO|NUMBER|NUM|QUOTE|ORDER|ACCOUNT|ACCT|INVOICE|REQ|REQUISITION|PR|PO|ID|EIN|DUNS|PART|P/N|MODEL|NSN|VIN|PIID|"
    r"TRACKING|CASE)S?\s?[:.#]?|#)\s?$",
    re.I,
)
_CALLED = re.compile(r"PHONE|TEL|CELL|FAX|MOBILE|CONTACT|CALL", re.I)
_ROLE = re.compile(rf"(?<![\w&])(?:(?:{ROLE_WORDS})(?![\w&])|DELIVERY(?= ?:))", re.I | re.A)
_LEAD = re.compile(
    rf"(?<![\w&])(?:(?:{ROLE_WORDS}|FROM|TO|APPOINT|ADD|REMOVE|REPLACE|ASSIGN|DESIGNATE)(?![\w&])|DELIVERY(?= ?:))", re.I | re.A
)
_PLAIN_ROLE = re.compile(_PLAIN_ROLES, re.I)
_GAP = re.compile(r"(?:['’]S\b)?[\s:;,.()=#/–-]*", re.I)
_LIST_GAP = re.compile(r"\s*(?:,|;|/|&|\+|\bAND\b|\bOR\b|(?<=\s))\s*", re.I)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*\.?")
_BLANKS = re.compile(r"[ \t]+")
_SURNAME_FIRST = re.compile(r"([A-Za-z][A-Za-z'’-]+),\s([A-Za-z][A-Za-z'’-]+)(?:\s[A-Za-z]\b\.?)?(?![\w'’-])")
_ENDS_THERE = re.compile(r"(?!\.\w)\.?\s*(?:$|[^\sA-Za-z]|(?:TO|FROM|AND|AS|EFFECTIVE)\b)", re.I)
_BEFORE = re.compile(rf"\[(?:e-mail|phone)\]|\((?:{_PLAIN_ROLES})\)", re.I)
_LAST_WORDS = re.compile(r"(?<![\w'’-])(?:(?:[A-Za-z]\.|[A-Za-z][A-Za-z'’-]*)[ \t]+){0,5}[A-Za-z][A-Za-z'’-]*$")
_CONTACT_WORDS = re.compile(r"(?:[\s,.;:()/-]+(?:PHONE|PH|TEL|CELL|FAX|OFFICE|E-?MAIL|AT))*[\s,.;:()/-]*$", re.I)
_SUCCESSOR = re.compile(r"\bFROM \[name\],? TO (?!\[)", re.I)
_NICKNAMED = re.compile(r"\[name\] [(\"'‘“]([A-Za-z]+)[)\"'’”] [A-Za-z'’-]+")
_LEFT_OVER = re.compile(r"(?<=\[name\]),? ([A-Za-z][A-Za-z'’-]*)\b(?!\.\w)\.?(?=\s*(?:[,;/.()\[]|$))")
_LOCAL_PART = re.compile(r"(?<=\[name\])([,;:]? )([A-Za-z]{2,})\.[A-Za-z]{2,}(?![\w.])")

# What a text must match before it is worth a closer look; written for RE2, which the engine uses.
SUSPECT = (
    r"(?is)@|[(\[].?at.?[)\]]|[2-9][0-9]{2}[-. /)]{0,3}[2-9][0-9]{2}[-. ]?[0-9]{4}|\+[0-9][0-9 ().-]{7}|"
    r"[2-9][0-9]{2}[-.][2-9][0-9]{2}[-.][0-9]{2,3}|(phone|tel|cell):? [0-9]{3}[-.][0-9]{4}|"
    r"\b(" + ROLE_WORDS + r")\b|\bDELIVERY ?:"
)
_UNDISCLOSED = re.compile(
    r"UNDISCLOSED|(?:DOMESTIC|FOREIGN) AWARDEES|^(?:MULTIPLE|MISCELLANEOUS|MISC)\b.*\b(?:AWARDEES|RECIPIENTS|CONTRACTORS|VENDORS)"
)
_UNNAMED_PERSON = re.compile(
    r"\bREDACTED\b|\bDUE TO PII\b|^\W*PII\W*$|\bINDIVIDUAL RECIPIENT|^(?:AN )?INDIVIDUALS?$|^PRIVATE (?:INDIVIDUAL|PERSON)"
)


@dataclass(frozen=True)
class Guard:
    """The word lists the rules consult.

    `ambiguous_names` are given names that are ordinary words or places as well; where no role
    word stands before them, they need a listed surname behind them.
    """

    given_names: frozenset[str]
    ambiguous_names: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    business_words: frozenset[str]
    companies: re.Pattern[str]
    company_words: frozenset[str]

    def mask(self, text: str, person: str | None = None) -> str:
        """The text without e-mail addresses, phone numbers, named contacts, and without `person`.

        Masking a masked text changes nothing: the rules run until they find no more.
        """
        masked = self._without_contacts(text)
        if masked != text or _ROLE.search(masked):
            masked = self._without_names(masked)
        return _mask_person(masked, person) if person else masked

    def _without_contacts(self, text: str) -> str:
        """Mask addresses and numbers; the plain signs of either are looked for first, since that is quick."""
        masked = _EMAIL.sub(EMAIL_MASK, text) if "@" in text or _SPELT_AT.search(text) else text
        return _PHONE.sub(_phone_mask, masked) if _DIGITS.search(masked) else masked

    def _without_names(self, text: str) -> str:
        is_possible = _SHELF not in text and not self.company_words.isdisjoint(re.split(r"\W+", text.upper()))
        companies = self.companies.findall(text) if is_possible else []
        masked = self.companies.sub(_SHELF, text) if companies else text
        while (again := self._masked(masked)) != masked:
            masked = again
        for company in companies:
            masked = masked.replace(_SHELF, company, 1)
        return masked

    def recipient_kind(self, name: str, is_sole_proprietor: bool = False) -> RecipientKind:
        """Whether a recipient's printed name is a firm's, a person's, or a placeholder."""
        upper = name.upper().strip()
        if _UNDISCLOSED.search(upper):
            return RecipientKind.UNDISCLOSED
        if _UNNAMED_PERSON.search(upper) or self._is_person(upper, is_sole_proprietor):
            return RecipientKind.INDIVIDUAL
        return RecipientKind.ORGANISATION

    def _is_person(self, upper: str, is_sole_proprietor: bool) -> bool:
        """Two to four words, one of the first two a listed given name, none of them a firm's or a place's word.

        Where the feed itself says that the recipient is a sole proprietor, a listed surname will do.
        """
        before, comma, after = upper.partition(",")
        family, given = _name_words(before), _name_words(after)
        words = family + given
        if not 2 <= len(words) <= 4 or re.search(r"[0-9&+/#@]", upper) or self.companies.fullmatch(upper):
            return False
        ordinary = [word for word in words if len(word) > 2 or not given] if comma else words
        if any(word in LEGAL_FORMS or self._is_ordinary(word) for word in ordinary):
            return False
        if comma and given:
            return self._is_inverted_name(family, given)
        is_given = any(word in self.given_names for word in words[:2])
        return is_given or (is_sole_proprietor and any(word in self.surnames for word in words))

    def _is_inverted_name(self, family: list[str], given: list[str]) -> bool:
        if not family or len(family) > 2:
            return False
        is_known = given[0] in self.given_names or family == ["DOE"]
        return is_known or (family[-1] in self.surnames and not any(word in self.not_names for word in given))

    def _masked(self, text: str) -> str:
        """One run of all rules; those for names only where a role word or a contact makes names likely."""
        masked = self._without_contacts(text)
        masked = self._mask_full_names(self._mask_after_roles(masked))
        return self._mask_rest_of_names(self._mask_before_contacts(masked))

    def _is_ordinary(self, word: str) -> bool:
        return len(word) > 1 and (word in self.not_names or word in self.business_words)

    def _mask_after_roles(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for role in _LEAD.finditer(text):
            if role.start() < done:
                continue
            start = _end_of(_GAP, text, role.end())
            span = self._name_at(text, start, role.group().upper())
            while span:
                pieces += [text[done : span[0]], NAME_MASK]
                done = span[1]
                gap = _LIST_GAP.match(text, done)
                span = self._listed_name_at(text, gap.end()) if gap else None
        return "".join([*pieces, text[done:]])

    def _name_at(self, text: str, start: int, role: str) -> tuple[int, int] | None:
        """The span of a person's name that begins at `start`, directly or after words such as `IS` or `TO`."""
        spans = _word_spans(text, start)
        skipped = 0
        while skipped < min(3, len(spans)) and _bare(text, spans[skipped]) in _CONNECTORS:
            skipped += 1
        if skipped == len(spans):
            return None
        at = spans[skipped][0]
        passed = {_bare(text, span) for span in spans[:skipped]}
        known = self._surname_first_at(text, at) or self._known_name_at(text, at)
        if known:
            return known
        if role in {"MR", "MRS", "MS"}:
            return self._addressed_name(text, spans, is_plain=role != "MS" or text[start - 2 : start].startswith("."))
        if passed & {"TO", "FROM", "IS"} and self._is_listed(text, spans[skipped]) and _ENDS_THERE.match(text, spans[skipped][1]):
            return spans[skipped]
        if _PLAIN_ROLE.fullmatch(role) and not passed & _PURPOSES:
            return self._unknown_name(text, spans[skipped:])
        return None

    def _is_listed(self, text: str, span: tuple[int, int]) -> bool:
        return _bare(text, span) in self.surnames or _bare(text, span) in self.given_names

    def _addressed_name(self, text: str, spans: list[tuple[int, int]], *, is_plain: bool) -> tuple[int, int] | None:
        """The name behind `MR.`; behind a bare `MS`, which may be Microsoft, a listed one only."""
        words = [_bare(text, span) for span in spans[:2]]
        if self._is_ordinary(words[0]) or not (is_plain or self._is_listed(text, spans[0])):
            return None
        taken = 2 if len(words) > 1 and words[0] in self.given_names and not self._is_ordinary(words[1]) else 1
        return spans[0][0], spans[taken - 1][1]

    def _unknown_name(self, text: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
        """Two words, and an initial, after a plain role word; neither is an ordinary word, nor is the one behind them."""
        words = [_bare(text, span) for span in spans[:4]]
        if len(words) > 1 and len(words[0]) == 1 and not self._is_ordinary(words[1]) and len(words[1]) > 2:
            return spans[0][0], spans[1][1]
        taken = 0
        while taken < len(words) and words[taken] not in self.not_names and words[taken] not in self.business_words:
            taken += 1
        if taken == 1 and self._is_listed(text, spans[0]):
            return spans[0]
        is_product = taken < len(words) and words[taken] not in _AFTER_NAMES
        is_name = taken == 2 or (taken == 3 and len(words[1]) == 1)
        return (spans[0][0], spans[taken - 1][1]) if is_name and not is_product else None

    def _surname_first_at(self, text: str, start: int) -> tuple[int, int] | None:
        found = _SURNAME_FIRST.match(text, start)
        if not found or found[2].upper() not in self.given_names or self._is_ordinary(found[1].upper()):
            return None
        return found.span()

    def _listed_name_at(self, text: str, start: int) -> tuple[int, int] | None:
        """A further name of a list: a known one, or a given name that stands alone."""
        spans = _word_spans(text, start)[:1]
        if spans and _bare(text, spans[0]) in self.given_names and _ENDS_THERE.match(text, spans[0][1]):
            return spans[0]
        return self._known_name_at(text, start)

    def _known_name_at(self, text: str, start: int) -> tuple[int, int] | None:
        """Words that begin with a listed given name, or end in a listed surname; none that name a place."""
        spans = _word_spans(text, start)
        words = [_bare(text, span) for span in spans]
        taken = self._name_length(words) or self._length_to_surname(words)
        if not taken or (taken < len(words) and words[taken] in _PLACE_KINDS):
            return None
        return spans[0][0], spans[taken - 1][1]

    def _name_length(self, words: list[str]) -> int:
        """How many words are a name that begins with a listed given name or an initial; 0 if it is none."""
        place = 0
        while place < min(3, len(words)) and (len(words[place]) == 1 or words[place] in self.given_names):
            place += 1
        first = words[:place]
        if not any(word in self.given_names for word in first):
            return 0
        has_initial = len(first[-1]) == 1
        if place < len(words) and (not self._is_ordinary(words[place]) or has_initial) and len(words[place]) > 1:
            place += 1
            while place < len(words) and (words[place] in self.surnames or words[place] in _SUFFIXES):
                place += 1
            return place
        return place if place > 1 and not has_initial else 0

    def _length_to_surname(self, words: list[str]) -> int:
        for taken in (2, 3):
            inner = words[:taken]
            if len(inner) == taken and inner[-1] in self.surnames and not any(self._is_ordinary(word) for word in inner):
                return taken
        return 0

    def _mask_full_names(self, text: str) -> str:
        """Mask a listed given name and what follows it wherever they stand; for texts that name contacts."""
        pieces: list[str] = []
        done = 0
        for word in _WORD.finditer(text):
            given = word.group().rstrip(".").upper()
            if word.start() < done or given not in self.given_names or self._is_in_place_name(text, word.start()):
                continue
            span = self._known_name_at(text, word.start())
            last = text[: span[1]].rpartition(" ")[2].upper() if span else ""
            if span and (given not in self.ambiguous_names or last in self.surnames):
                pieces += [text[done : span[0]], NAME_MASK]
                done = span[1]
        return "".join([*pieces, text[done:]])

    def _is_in_place_name(self, text: str, start: int) -> bool:
        before = text[:start].rstrip(" .").rpartition(" ")[2].upper()
        is_inside_word = start > 0 and (text[start - 1].isalnum() or text[start - 1] in "'’-")
        return before in _PLACES or is_inside_word

    def _mask_before_contacts(self, text: str) -> str:
        """Mask a name that stands right before a masked contact, or before a role word in brackets."""
        for contact in reversed(list(_BEFORE.finditer(text))):
            end = _CONTACT_WORDS.search(text[: contact.start()]).start()  # type: ignore[union-attr]
            last = _LAST_WORDS.search(text[:end])
            start = self._trailing_name(text, last.start(), is_contact=contact.group()[0] == "[") if last else None
            if start is not None:
                text = text[:start] + NAME_MASK + text[end:]
        return text

    def _trailing_name(self, text: str, start: int, *, is_contact: bool) -> int | None:
        """Where the name begins that the words from `start` end in."""
        spans = _word_spans(text, start)
        for first in range(max(0, len(spans) - 3), len(spans) - 1):
            words = [_bare(text, span) for span in spans[first:]]
            is_clean = not any(self._is_ordinary(word) for word in words)
            is_given = words[0] in self.given_names and not self._is_in_place_name(text, spans[first][0])
            is_whole = is_contact and first == 0 and len(words) <= 3
            is_initial = len(words[0]) == 1 and words[0] != "A"
            if is_clean and (is_given or is_whole or is_initial or words[-1] in self.surnames):
                return spans[first][0]
            if is_contact and is_given and len(words) == 2 and words[1] not in self.business_words:
                return spans[first][0]
        return None

    def _mask_rest_of_names(self, text: str) -> str:
        """Mask what belongs to a masked name: the successor in `FROM … TO …`, a nickname, a cut-off address."""
        for found in reversed(list(_SUCCESSOR.finditer(text))):
            span = self._successor_at(text, found.end())
            text = text[: span[0]] + NAME_MASK + text[span[1] :] if span else text
        text = _NICKNAMED.sub(lambda found: NAME_MASK if found[1].upper() in self.given_names else found.group(), text)
        text = _LEFT_OVER.sub(lambda found: "" if self._is_part(found[1].upper()) else found.group(), text)
        return _LOCAL_PART.sub(lambda found: found[1] + EMAIL_MASK if self._is_part(found[2].upper()) else found.group(), text)

    def _is_part(self, word: str) -> bool:
        return len(word) == 1 or word in self.given_names or word in self.surnames

    def _successor_at(self, text: str, start: int) -> tuple[int, int] | None:
        spans = _word_spans(text, start)[:3]
        words = [_bare(text, span) for span in spans]
        taken = 0
        while taken < len(words) and not self._is_ordinary(words[taken]) and words[taken] not in _AFTER_NAMES:
            taken += 1
        return (spans[0][0], spans[taken - 1][1]) if taken else None


def bundled_words(name: str) -> frozenset[str]:
    """One of the bundled word lists; lines that begin with `#` are remarks."""
    text = resources.files("whosbehind").joinpath("content", "guard", f"{name}.txt").read_text("utf-8")
    return frozenset(line.strip().upper() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def bundled_guard() -> Guard:
    """The guard with the bundled word lists."""
    companies = "|".join(re.escape(name) for name in sorted(bundled_words("companies"), key=lambda name: (-len(name), name)))
    return Guard(
        given_names=bundled_words("given_names"),
        ambiguous_names=bundled_words("ambiguous_names"),
        surnames=bundled_words("surnames"),
        not_names=bundled_words("not_names"),
        business_words=bundled_words("business_words"),
        companies=re.compile(rf"(?<!\w)(?:{companies})(?!\w)", re.I),
        company_words=frozenset(re.split(r"\W+", name)[0] for name in bundled_words("companies")),
    )


@lru_cache(maxsize=200_000)
def recipient_kind(name: str, is_sole_proprietor: bool) -> RecipientKind:
    """`Guard.recipient_kind` of the bundled guard, remembered."""
    return bundled_guard().recipient_kind(name, is_sole_proprietor)


def mask_record(text: str, delimiter: str) -> str:
    """A whole record that could not be split into its columns: persons and contacts masked, whatever cell they stand in."""
    cells = [cell.strip(" \t\"'") for cell in re.split(rf'{re.escape(delimiter)}(?=(?:[^"]*"[^"]*")*[^"]*$)', text)]
    is_person = [recipient_kind(cell, False) is RecipientKind.INDIVIDUAL for cell in cells]
    for place, (one, other) in enumerate(pairwise(cells)):
        if one and other and recipient_kind(f"{one}, {other}", False) is RecipientKind.INDIVIDUAL:
            is_person[place] = is_person[place + 1] = True
    guard = bundled_guard()
    return delimiter.join(AN_INDIVIDUAL if hidden else guard.mask(cell) for cell, hidden in zip(cells, is_person, strict=True))


def person_pattern(given_names: Iterable[str]) -> str:
    """An RE2 pattern that every name `Guard` could take for a person's matches: the engine's prefilter."""
    listed = "|".join(sorted(given_names))
    placeholders = r"UNDISCLOSED|AWARDEES|RECIPIENT|REDACTED|\bPII\b|INDIVIDUAL|^(MULTIPLE|MISC)|PRIVATE"
    return rf"(?i),|\b({listed})\b|{placeholders}"


def _phone_mask(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 24) : found.start()]
    is_identifier = found.group().isdigit() and _IDENTIFIER.search(before) and not _CALLED.search(before)
    return found.group() if is_identifier else PHONE_MASK


def _end_of(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a pattern that matches anywhere, if only nothing, ends."""
    found = pattern.match(text, start)
    return found.end() if found else start


def _name_words(text: str) -> list[str]:
    words = re.findall(r"[A-Z][A-Z'’-]*", text.replace(".", " "))
    return [word for word in words if word not in _TITLES]


def _word_spans(text: str, start: int) -> list[tuple[int, int]]:
    """Spans of up to six words from `start` on that only blanks separate; a full stop ends an initial only."""
    spans: list[tuple[int, int]] = []
    place = start
    while len(spans) < 6 and (word := _WORD.match(text, place)):
        end = word.end()
        is_sentence_end = word.group().endswith(".") and len(word.group()) > 2
        spans.append((word.start(), end - 1 if is_sentence_end else end))
        gap = _BLANKS.match(text, end)
        if is_sentence_end or not gap:
            break
        place = gap.end()
    return spans


def _bare(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].rstrip(".").upper()


def _mask_person(text: str, person: str) -> str:
    words = [re.escape(word) for word in _name_words(person.upper()) if len(word) > 2]
    return re.sub(rf"\b(?:{'|'.join(words)})\b(?:\s+[A-Z]\.?(?=\s))?", NAME_MASK, text, flags=re.I) if words else text
