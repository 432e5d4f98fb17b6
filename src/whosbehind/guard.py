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

from whosbehind.values import AN_INDIVIDUAL, LEGAL_FORMS, RecipientKind

EMAIL_MASK = "[e-mail]"
PHONE_MASK = "[phone]"
NAME_MASK = "[name]"

ROLE_WORDS = (
    r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|A?CTOR|[AT]?POCS?|POC['’]S|POINTS? OF CONTACT|CONTACTS?(?: PERSON)?|"
    r"(?:ADMINISTRATIVE |ADMIN )?CONTRACTING OFFICERS?(?:['’]?S? REPRESENTATIVES?)?|CONTRACT(?:ING)? SPECIALISTS?|"
    r"CONTRACT ADMINISTRATORS?|PROGRAM MANAGERS?|PROJECT MANAGERS?|TECHNICAL (?:MONITORS?|REPS?|REPRESENTATIVES?)|"
    r"REQUEST[OE]RS?|END USERS?|ATTN|ATTENTION|SPECIAL AGENT|OFFICER|MR|MRS|MS|KO|CO|CS|GTM|PM|ISSO"
)
_TITLES = frozenset("MR MRS MS DR JR SR II III IV MD PHD ESQ DDS DVM".split())
_CONNECTORS = frozenset("IS TO FROM AS FOR THE NEW NAME CONTRACT WILL BE ARE WITH CHANGE CHANGED ON REP".split())
_BUSINESS = frozenset(
    "AND ASSOCIATES ASSOC BROTHERS BROS GROUP SERVICES SERVICE SOLUTIONS SYSTEMS TECHNOLOGIES TECHNOLOGY "
    "CONSULTING CONSULTANTS ENTERPRISES ENTERPRISE PARTNERS HOLDINGS INTERNATIONAL INDUSTRIES CONSTRUCTION "
    "CONTRACTING PSC PLLC PA DDS STATE CITY COUNTY UNIVERSITY COLLEGE INSTITUTE DEPARTMENT OF SONS SON DBA FARM RANCH RANCHES "
    "TRUST FOUNDATION MEDICAL CENTER CLINIC HOSPITAL LAW OFFICE OFFICES FIRM STORE SUPPLY EQUIPMENT MOTORS AUTO "
    "ELECTRIC PLUMBING PROPERTIES REALTY MANAGEMENT AGENCY COMMUNICATIONS MEDIA PUBLISHING PRESS SECURITY "
    "CONTROLS AIR AVIATION MARINE FOODS FUEL OIL GAS WATER ENERGY ENGINEERING LABS LABORATORIES RESEARCH "
    "TRANSPORT TRANSPORTATION TOWING KENNELS KENNEL INTERPRETERS INTERPRETING TRANSLATORS TRANSLATION TRANSLATIONS TRAINING ACADEMY SCHOOL CHURCH JOINT VENTURE USA US AMERICA".split()
)

_EMAIL = re.compile(r"[\w.+'’-]+(?:\s?@\s?|\s?[(\[]\s?AT\s?[)\]]\s?)[\w-]+(?:\s?\.\s?[A-Za-z][\w-]*)+|[\w.+-]+@[\w-]+", re.I)
_PHONE = re.compile(
    r"(?<![\d.-])(?:\+?1[-. /]?)?\(?[2-9]\d{2}(?:\)|[-. /]){1,3}[2-9]\d{2}[-. ]?\d{4}(?:\s?(?:X|EXT\.?)\s?\d{1,6})?(?!\w)"
    r"|(?<![\w.#-])[2-9]\d{2}[2-9]\d{2}[-. ]?\d{4}(?!\w)"
    r"|\+\d[\d ().-]{7,16}\d(?!\w)|(?<![\d.-])[2-9]\d{2}[-.][2-9]\d{2}[-.]\d{2,3}$"
    r"|(?<=PHONE )\d{3}[-.]\d{4}(?!\w)|(?<=PHONE: )\d{3}[-.]\d{4}(?!\w)|(?<=TEL )\d{3}[-.]\d{4}(?!\w)|(?<=CELL )\d{3}[-.]\d{4}(?!\w)",
    re.I,
)
_ROLE = re.compile(rf"(?<![\w&])(?:{ROLE_WORDS})(?![\w&])", re.I)
_LEAD = re.compile(rf"(?<![\w&])(?:{ROLE_WORDS}|FROM|TO|APPOINT|ADD|REMOVE|REPLACE|ASSIGN|DESIGNATE)(?![\w&])", re.I)
_GAP = re.compile(r"[\s:;,.()=#/–-]*")
_LIST_GAP = re.compile(r"\s*(?:,|;|/|&|\bAND\b|\bOR\b)\s*", re.I)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*\.?")
_MASKED = re.compile(r"\[(?:e-mail|phone)\]")

# What a text must match before it is worth a closer look; written for RE2, which the engine uses.
SUSPECT = (
    r"(?i)@|\(\s?at\s?\)|\[\s?at\s?\]|[2-9]\d{2}\)?[-. /]{0,2}[2-9]\d{2}[-. ]?\d{4}|\+\d[\d ().-]{7}|[2-9]\d{2}[-.][2-9]\d{2}[-.]\d{2,3}$|(phone|tel|cell):? \d{3}[-.]\d{4}|"
    r"\b(" + ROLE_WORDS + r")\b"
)
_UNDISCLOSED = re.compile(
    r"UNDISCLOSED|(?:DOMESTIC|FOREIGN) AWARDEES|^(?:MULTIPLE|MISCELLANEOUS|MISC)\b.*\b(?:AWARDEES|RECIPIENTS|CONTRACTORS|VENDORS)"
)
_UNNAMED_PERSON = re.compile(r"\bREDACTED\b|\bDUE TO PII\b|^\W*PII\W*$|\bINDIVIDUAL RECIPIENT|^(?:AN )?INDIVIDUALS?$|^PRIVATE (?:INDIVIDUAL|PERSON)")


@dataclass(frozen=True)
class Guard:
    """The word lists the rules consult: given names, surnames, and words that are no names."""

    given_names: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]

    def mask(self, text: str, person: str | None = None) -> str:
        """The text without e-mail addresses, phone numbers, named contacts, and without `person`."""
        masked = _PHONE.sub(PHONE_MASK, _EMAIL.sub(EMAIL_MASK, text))
        if _ROLE.search(masked) or masked != text:
            masked = self._mask_after_roles(masked)
            masked = self._mask_full_names(masked)
            masked = self._mask_before_contacts(masked)
        return _mask_person(masked, person) if person else masked

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
        if not 2 <= len(words) <= 4 or re.search(r"[0-9&+/#@]", upper):
            return False
        if any(word in LEGAL_FORMS or word in _BUSINESS or word in self.not_names for word in words):
            return False
        if comma and given:
            return self._is_inverted_name(family, given)
        is_given = any(word in self.given_names for word in words[:2])
        return is_given or (is_sole_proprietor and any(word in self.surnames for word in words))

    def _is_inverted_name(self, family: list[str], given: list[str]) -> bool:
        if not given or len(family) > 2:
            return False
        is_known = given[0] in self.given_names or family == ["DOE"]
        return is_known or (family[-1] in self.surnames and not any(word in self.not_names for word in given))

    def _mask_after_roles(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        for role in _LEAD.finditer(text):
            if role.start() < done:
                continue
            start = _GAP.match(text, role.end()).end()  # type: ignore[union-attr]
            span = self._name_at(text, start, role.group().upper())
            while span:
                pieces += [text[done : span[0]], NAME_MASK]
                done = span[1]
                gap = _LIST_GAP.match(text, done)
                span = self._known_name_at(text, gap.end()) if gap else None
        return "".join([*pieces, text[done:]])

    def _name_at(self, text: str, start: int, role: str) -> tuple[int, int] | None:
        """The span of a person's name that begins at `start`, directly or after words such as `IS` or `TO`."""
        spans = _word_spans(text, start)
        skipped = 0
        while skipped < min(3, len(spans)) and _bare(text, spans[skipped]) in _CONNECTORS:
            skipped += 1
        known = self._known_name_at(text, spans[skipped][0]) if skipped < len(spans) else None
        if known or not spans:
            return known
        if role in _TITLES and _bare(text, spans[0]) not in self.not_names:
            return spans[0][0], spans[0][1]
        return self._unknown_name(text, spans[skipped:]) if _is_certain(role) and spans[skipped:] else None

    def _unknown_name(self, text: str, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
        """Two or three words after a plain role word, none of which is an ordinary word."""
        words = [_bare(text, span) for span in spans[:3]]
        if len(words) > 1 and len(words[0]) == 1 and words[1] not in self.not_names and len(words[1]) > 2:
            return spans[0][0], spans[1][1]
        taken = 0
        while taken < len(words) and words[taken] not in self.not_names and words[taken] not in _BUSINESS:
            taken += 1
        is_single = taken == 1 and (words[0] in self.surnames or words[0] in self.given_names)
        if taken >= 2 or is_single:
            return spans[0][0], spans[taken - 1][1]
        return None

    def _known_name_at(self, text: str, start: int) -> tuple[int, int] | None:
        """Two to four words that begin with a known given name or an initial, or end in a known surname."""
        spans = _word_spans(text, start)[:4]
        words = [_bare(text, span) for span in spans]
        if not words or words[0] in self.not_names:
            return None
        for taken in range(len(words), 1, -1):
            inner = words[:taken]
            if any(word in self.not_names or word in _BUSINESS for word in inner if len(word) > 1):
                continue
            is_given = inner[0] in self.given_names or (len(inner[0]) == 1 and inner[1] in self.given_names)
            if is_given or (inner[-1] in self.surnames and taken <= 3):
                return spans[0][0], spans[taken - 1][1]
        return None

    def _mask_full_names(self, text: str) -> str:
        """Mask a listed given name with a listed surname wherever they stand; for texts that name contacts."""
        pieces: list[str] = []
        done = 0
        for word in _WORD.finditer(text):
            if word.start() < done or word.group().rstrip(".").upper() not in self.given_names:
                continue
            spans = _word_spans(text, word.start())[:4]
            words = [_bare(text, span) for span in spans]
            last = next((place for place in range(1, len(words)) if words[place] in self.surnames), None)
            if last and all(len(each) == 1 or each in self.given_names for each in words[1:last]):
                pieces += [text[done : word.start()], NAME_MASK]
                done = spans[last][1]
        return "".join([*pieces, text[done:]])

    def _mask_before_contacts(self, text: str) -> str:
        """Mask a name that stands right before a masked e-mail address or phone number."""
        for contact in reversed(list(_MASKED.finditer(text))):
            head = text[: contact.start()].rstrip(" ,.;:-()/")
            tail = text[len(head) :]
            names = re.search(r"(?:[A-Za-z][A-Za-z'’-]+|[A-Za-z]\.?)(?:\s+(?:[A-Za-z][A-Za-z'’-]+|[A-Za-z]\.?)){1,3}$", head)
            if names:
                head = self._without_trailing_name(head, names.start())
            text = head + tail
        return text

    def _without_trailing_name(self, head: str, start: int) -> str:
        spans = _word_spans(head, start)
        for first in range(max(0, len(spans) - 3), len(spans) - 1):
            words = [_bare(head, span) for span in spans[first:]]
            is_clean = not any(word in self.not_names or word in _BUSINESS for word in words)
            if is_clean and (words[0] in self.given_names or words[-1] in self.surnames):
                return head[: spans[first][0]] + NAME_MASK
        return head


def bundled_words(name: str) -> frozenset[str]:
    """One of the bundled word lists; lines that begin with `#` are remarks."""
    text = resources.files("whosbehind").joinpath("content", "guard", f"{name}.txt").read_text("utf-8")
    return frozenset(line.strip().upper() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def bundled_guard() -> Guard:
    """The guard with the bundled word lists."""
    return Guard(*(bundled_words(name) for name in ("given_names", "surnames", "not_names")))


@lru_cache(maxsize=200_000)
def recipient_kind(name: str, is_sole_proprietor: bool) -> RecipientKind:
    """`Guard.recipient_kind` of the bundled guard, remembered."""
    return bundled_guard().recipient_kind(name, is_sole_proprietor)


def shown_name(name: str, kind: RecipientKind) -> str:
    """The recipient's name as it may be shown."""
    return AN_INDIVIDUAL if kind is RecipientKind.INDIVIDUAL else name


def person_pattern(given_names: Iterable[str]) -> str:
    """An RE2 pattern that every name `Guard` could take for a person's matches: the engine's prefilter."""
    listed = "|".join(sorted(given_names))
    return rf"(?i),|^\W*(\w[\w'’-]*\W+)?({listed})\b|UNDISCLOSED|AWARDEES|RECIPIENT|REDACTED|\bPII\b|INDIVIDUAL|^(MULTIPLE|MISC)|PRIVATE"


def _is_certain(role: str) -> bool:
    return re.fullmatch(r"A?CORS?|A-COR|ALT\.? ?CORS?|A?COTRS?|[AT]?POCS?", role, re.I) is not None


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
        gap = re.compile(r"[ \t]+").match(text, end)
        if is_sentence_end or not gap:
            break
        place = gap.end()
    return spans


def _bare(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[1]].rstrip(".").upper()


def _mask_person(text: str, person: str) -> str:
    words = [re.escape(word) for word in _name_words(person.upper()) if len(word) > 2]
    return re.sub(rf"\b(?:{'|'.join(words)})\b(?:\s+[A-Z]\.?(?=\s))?", NAME_MASK, text, flags=re.I) if words else text
