"""Keeps private persons out: masks contacts in free text, recognises recipients who are people.

The rules err on the side of masking. What they change is text that is shown;
amounts, identifiers and the bytes of the evidence are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import cycle, pairwise

from whosbehind.guard.contacts import EMAIL_MASK, without_contacts
from whosbehind.guard.roles import (
    LEAD_HEADS,
    NAMING_HEADS,
    PLAIN_ROLES,
    ROLE_HEADS,
    ROLE_WORDS,
    has_role,
    leads,
    letters_of,
    starts_of,
)
from whosbehind.guard.words import Run, bundled_words, by_first_word, end_of, name_words
from whosbehind.values import AN_INDIVIDUAL, LEGAL_FORMS, RecipientKind

NAME_MASK = "[name]"
# Stands for a company's name while the rules look for persons'; a character of no alphabet.
_SHELF = "\ue000"

_SUFFIXES = frozenset("JR SR II III IV".split())
_CONNECTORS = frozenset("IS TO FROM AS FOR THE NEW NAME CONTRACT WILL BE ARE WITH CHANGE CHANGED ON REP APPOINTMENT".split())
_PURPOSES = frozenset("FOR ON WITH".split())
_LEADING = frozenset("TO FROM IS".split())
# Words that may follow a name; another ordinary word there makes the words before it a product's.
_AFTER_NAMES = frozenset(
    "AS AND OR TO FROM IS AT ON FOR UNDER WILL HAS EFFECTIVE PHONE PH TEL CELL FAX EMAIL EXT POP ALT COR ACOR POC".split()
)
_PLACES = frozenset("SAN SANTA SAINT ST FORT FT PORT CAMP LAKE MOUNT MT NORTH SOUTH EAST WEST".split())
_PLACE_KINDS = frozenset(
    "FACILITY FACILITIES DETENTION CENTER COURTHOUSE BUILDING AIRPORT JAIL PRISON HOSPITAL COUNTY CITY HUB".split()
)
_PLAIN_ROLE = re.compile(PLAIN_ROLES, re.I)
_GAP = re.compile(r"(?:['’]S\b)?[\s:;,.()=#/–-]*", re.I)
_LIST_GAP = re.compile(r"\s*(?:,|;|/|&|\+|\bAND\b|\bOR\b|(?<=\s))\s*", re.I)
_PLAIN_WORD = re.compile(r"\w+")
_SURNAME_FIRST = re.compile(r"([A-Za-z][A-Za-z'’-]+),\s([A-Za-z][A-Za-z'’-]+)(?:\s[A-Za-z]\b\.?)?(?![\w'’-])")
_ENDS_THERE = re.compile(r"(?!\.\w)\.?\s*(?:$|[^\sA-Za-z]|(?:TO|FROM|AND|AS|EFFECTIVE)\b)", re.I)
_BEFORE = re.compile(rf"\[(?:e-mail|phone)\]|\((?:{PLAIN_ROLES})\)", re.I)
# These two are matched against a text read backwards, from its end to where it no longer fits.
_LAST_WORDS = re.compile(r"[A-Za-z'’-]*[A-Za-z](?:[ \t]+(?:\.[A-Za-z]|[A-Za-z'’-]*[A-Za-z])){0,5}(?![\w'’-])")
_CONTACT_WORDS = re.compile(r"[\s,.;:()/-]*(?:(?:ENOHP|HP|LET|LLEC|XAF|ECIFFO|LIAM-?E|TA)[\s,.;:()/-]+)*", re.I)
# These begin with the mask, a plain sign, which is quicker to look for than what may stand before or behind it.
_SUCCESSOR = re.compile(r"\[name\](?<=\bFROM \[name\]),? TO (?!\[)", re.I)
_NICKNAMED = re.compile(r"\[name\] [(\"'‘“]([A-Za-z]+)[)\"'’”] [A-Za-z'’-]+")
_LEFT_OVER = re.compile(r"\[name\],? ([A-Za-z][A-Za-z'’-]*)\b(?!\.\w)\.?(?=\s*(?:[,;/.()\[]|$))")
_LOCAL_PART = re.compile(r"(\[name\][,;:]? )([A-Za-z]{2,})\.[A-Za-z]{2,}(?![\w.])")

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

# What all of these have in them; written for RE2.
_PLACEHOLDERS = r"UNDISCLOSED|AWARDEES|RECIPIENT|REDACTED|\bPII\b|INDIVIDUAL|^(MULTIPLE|MISC)|PRIVATE"


@dataclass(frozen=True)
class Guard:
    """The word lists the rules consult.

    `ambiguous_names` are given names that are ordinary words or places as well; where no role
    word stands before them, they need a listed surname behind them. `companies` are by their first word;
    `name_heads` are the runs of letters in listed names, which an apostrophe or hyphen parts; `given_heads` those in given names.
    """

    given_names: frozenset[str]
    ambiguous_names: frozenset[str]
    surnames: frozenset[str]
    not_names: frozenset[str]
    business_words: frozenset[str]
    companies: Mapping[str, re.Pattern[str]]
    name_heads: frozenset[str]
    given_heads: frozenset[str]

    def mask(self, text: str, person: str | None = None) -> str:
        """The text without e-mail addresses, phone numbers, named contacts, and without `person`.

        Masking a masked text changes nothing: the rules run until they find no more.
        """
        masked = without_contacts(text)
        if masked != text or self._may_name(text):
            masked = self._without_names(masked)
        return _mask_person(masked, person) if person else masked

    def _may_name(self, text: str) -> bool:
        """Whether a text without contacts may name one.

        There is a role word in it; and some listed name, or a role behind which names count that no list knows, or a mask.
        """
        heads = letters_of(text)
        if heads.isdisjoint(ROLE_HEADS) or (
            heads.isdisjoint(NAMING_HEADS) and heads.isdisjoint(self.name_heads) and "[" not in text
        ):
            return False
        return has_role(text)

    def _without_names(self, text: str) -> str:
        companies = [] if _SHELF in text else list(self._companies_in(text))
        masked = text
        for company in reversed(companies):
            masked = masked[: company.start()] + _SHELF + masked[company.end() :]
        masked = self._settled(masked)
        for company in companies:
            masked = masked.replace(_SHELF, company.group(), 1)
        return masked

    def _companies_in(self, text: str) -> Iterator[re.Match[str]]:
        done = 0
        for start in starts_of(text, self.companies.keys()):
            names = self._companies_at(text, start) if start >= done else None
            found = names.match(text, start) if names else None
            if found:
                done = found.end()
                yield found

    def _companies_at(self, text: str, start: int) -> re.Pattern[str] | None:
        word = _PLAIN_WORD.match(text, start)
        return self.companies.get(word.group().upper()) if word and not _PLAIN_WORD.match(text[start - 1 : start]) else None

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
        family, given = name_words(before), name_words(after)
        words = family + given
        if not 2 <= len(words) <= 4 or re.search(r"[0-9&+/#@]", upper) or self._is_company(upper):
            return False
        ordinary = [word for word in words if len(word) > 2 or not given] if comma else words
        if any(word in LEGAL_FORMS or self._is_ordinary(word) for word in ordinary):
            return False
        if comma and given:
            return self._is_inverted_name(family, given)
        is_given = any(word in self.given_names for word in words[:2])
        return is_given or (is_sole_proprietor and any(word in self.surnames for word in words))

    def _is_company(self, name: str) -> bool:
        found = next(self._companies_in(name), None)
        return found is not None and found.group() == name

    def _is_inverted_name(self, family: list[str], given: list[str]) -> bool:
        if not family or len(family) > 2:
            return False
        is_known = given[0] in self.given_names or family == ["DOE"]
        return is_known or (family[-1] in self.surnames and not any(word in self.not_names for word in given))

    def _settled(self, text: str) -> str:
        """A text without contacts, once none of the rules changes it any more: they take turns until each left it as it was."""
        rules = (
            self._mask_after_roles,
            self._mask_full_names,
            self._mask_before_contacts,
            self._mask_rest_of_names,
            without_contacts,
        )
        turns, idle = cycle(rules), 0
        while idle < len(rules):
            masked = next(turns)(text)
            idle = idle + 1 if masked == text else 0
            text = masked
        return text

    def _is_ordinary(self, word: str) -> bool:
        return len(word) > 1 and (word in self.not_names or word in self.business_words)

    def _mask_after_roles(self, text: str) -> str:
        pieces: list[str] = []
        done = 0
        heads = NAMING_HEADS if letters_of(text).isdisjoint(self.name_heads) else LEAD_HEADS
        for role in leads(text, heads):
            if role.start() < done:
                continue
            start = end_of(_GAP, text, role.end())
            span = self._name_at(text, start, role.group().upper())
            while span:
                pieces += [text[done : span[0]], NAME_MASK]
                done = span[1]
                gap = _LIST_GAP.match(text, done)
                span = self._listed_name_at(text, gap.end()) if gap else None
        return "".join([*pieces, text[done:]])

    def _name_at(self, text: str, start: int, role: str) -> tuple[int, int] | None:
        """The span of a person's name that begins at `start`, directly or after words such as `IS` or `TO`."""
        run = Run(text, start)
        words, skipped = run.words, 0
        while skipped < min(3, len(words)) and words[skipped] in _CONNECTORS:
            skipped += 1
        if skipped == len(words):
            return None
        passed, at = words[:skipped], run.start(skipped)
        known = self._surname_first_at(text, at) or self._known_name(Run(text, at) if skipped else run)
        if known:
            return known
        if role in {"MR", "MRS", "MS"}:
            return self._addressed_name(run, is_plain=role != "MS" or text[start - 2 : start].startswith("."))
        if not _LEADING.isdisjoint(passed) and self._is_listed(words[skipped]):
            span = run.span(skipped, 1)
            if _ENDS_THERE.match(text, span[1]):
                return span
        if _PLAIN_ROLE.fullmatch(role) and _PURPOSES.isdisjoint(passed):
            return self._unknown_name(run, skipped)
        return None

    def _is_listed(self, word: str) -> bool:
        return word in self.surnames or word in self.given_names

    def _addressed_name(self, run: Run, *, is_plain: bool) -> tuple[int, int] | None:
        """The name behind `MR.`; behind a bare `MS`, which may be Microsoft, a listed one only."""
        words = run.words
        if self._is_ordinary(words[0]) or not (is_plain or self._is_listed(words[0])):
            return None
        return run.span(0, 2 if len(words) > 1 and words[0] in self.given_names and not self._is_ordinary(words[1]) else 1)

    def _unknown_name(self, run: Run, first: int) -> tuple[int, int] | None:
        """Two words, and an initial, after a plain role word; neither is an ordinary word, nor is the one behind them."""
        words = run.words[first : first + 4]
        if len(words) > 1 and len(words[0]) == 1 and not self._is_ordinary(words[1]) and len(words[1]) > 2:
            return run.span(first, 2)
        taken = 0
        while taken < len(words) and words[taken] not in self.not_names and words[taken] not in self.business_words:
            taken += 1
        if taken == 1 and self._is_listed(words[0]):
            return run.span(first, 1)
        is_product = taken < len(words) and words[taken] not in _AFTER_NAMES
        is_name = taken == 2 or (taken == 3 and len(words[1]) == 1)
        return run.span(first, taken) if is_name and not is_product else None

    def _surname_first_at(self, text: str, start: int) -> tuple[int, int] | None:
        found = _SURNAME_FIRST.match(text, start)
        if not found or found[2].upper() not in self.given_names or self._is_ordinary(found[1].upper()):
            return None
        return found.span()

    def _listed_name_at(self, text: str, start: int) -> tuple[int, int] | None:
        """A further name of a list: a known one, or a given name that stands alone."""
        run = Run(text, start)
        if not run.words:
            return None
        if run.words[0] in self.given_names and _ENDS_THERE.match(text, run.span(0, 1)[1]):
            return run.span(0, 1)
        return self._known_name(run)

    def _known_name(self, run: Run) -> tuple[int, int] | None:
        """Of these words the first that begin with a listed given name, or end in a listed surname; none that name a place."""
        words = run.words
        taken = self._name_length(words) or self._length_to_surname(words)
        if not taken or (taken < len(words) and words[taken] in _PLACE_KINDS):
            return None
        return run.span(0, taken)

    def _name_length(self, words: list[str]) -> int:
        """How many words are a name that begins with a listed given name or an initial; 0 if it is none."""
        place = 0
        while place < min(3, len(words)) and (len(words[place]) == 1 or words[place] in self.given_names):
            place += 1
        first = words[:place]
        if self.given_names.isdisjoint(first):
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
        for start in starts_of(text, self.given_heads):
            run = Run(text, start)
            given = run.words[0]
            if start < done or given not in self.given_names or self._is_in_place_name(text, start):
                continue
            span = self._known_name(run)
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
            before = text[: contact.start()][::-1]
            skipped = end_of(_CONTACT_WORDS, before, 0)
            last, end = _LAST_WORDS.match(before, skipped), len(before) - skipped
            start = self._trailing_name(text, len(before) - last.end(), is_contact=contact.group()[0] == "[") if last else None
            if start is not None:
                text = text[:start] + NAME_MASK + text[end:]
        return text

    def _trailing_name(self, text: str, start: int, *, is_contact: bool) -> int | None:
        """Where the name begins that the words from `start` end in."""
        run = Run(text, start)
        count = len(run.words)
        for first in range(max(0, count - 3), count - 1):
            words = run.words[first:]
            is_clean = not any(self._is_ordinary(word) for word in words)
            is_given = words[0] in self.given_names and not self._is_in_place_name(text, run.start(first))
            is_whole = is_contact and first == 0 and len(words) <= 3
            is_initial = len(words[0]) == 1 and words[0] != "A"
            if is_clean and (is_given or is_whole or is_initial or words[-1] in self.surnames):
                return run.start(first)
            if is_contact and is_given and len(words) == 2 and words[1] not in self.business_words:
                return run.start(first)
        return None

    def _mask_rest_of_names(self, text: str) -> str:
        """Mask what belongs to a masked name: the successor in `FROM … TO …`, a nickname, a cut-off address."""
        if NAME_MASK not in text:
            return text
        for found in reversed(list(_SUCCESSOR.finditer(text))):
            span = self._successor_at(text, found.end())
            text = text[: span[0]] + NAME_MASK + text[span[1] :] if span else text
        text = _NICKNAMED.sub(lambda found: NAME_MASK if found[1].upper() in self.given_names else found.group(), text)
        text = _LEFT_OVER.sub(lambda found: NAME_MASK if self._is_part(found[1].upper()) else found.group(), text)
        return _LOCAL_PART.sub(lambda found: found[1] + EMAIL_MASK if self._is_part(found[2].upper()) else found.group(), text)

    def _is_part(self, word: str) -> bool:
        return len(word) == 1 or word in self.given_names or word in self.surnames

    def _successor_at(self, text: str, start: int) -> tuple[int, int] | None:
        run = Run(text, start)
        words = run.words[:3]
        taken = 0
        while taken < len(words) and not self._is_ordinary(words[taken]) and words[taken] not in _AFTER_NAMES:
            taken += 1
        return run.span(0, taken) if taken else None


@cache
def bundled_guard() -> Guard:
    """The guard with the bundled word lists."""
    return Guard(
        given_names=bundled_words("given_names"),
        ambiguous_names=bundled_words("ambiguous_names"),
        surnames=bundled_words("surnames"),
        not_names=bundled_words("not_names"),
        business_words=bundled_words("business_words"),
        companies=by_first_word(bundled_words("companies")),
        given_heads=letters_of(" ".join(bundled_words("given_names"))),
        name_heads=letters_of(" ".join(bundled_words("given_names") | bundled_words("surnames"))),
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


def firm_pattern() -> str:
    """An RE2 pattern of names that end in a firm's legal form: none of them is a person's, unless it is a placeholder.

    Two letters will not do: behind a surname and a comma, they may be a given name's.
    """
    return rf"(?i)[ ,]({'|'.join(sorted(form for form in LEGAL_FORMS if len(form) > 2))})[.]?$"


def placeholder_pattern() -> str:
    """An RE2 pattern that every name that stands for an unnamed person, or for several recipients, matches."""
    return f"(?i){_PLACEHOLDERS}"


def _mask_person(text: str, person: str) -> str:
    words = [re.escape(word) for word in name_words(person.upper()) if len(word) > 2]
    return re.sub(rf"\b(?:{'|'.join(words)})\b(?:\s+[A-Z]\.?(?=\s))?", NAME_MASK, text, flags=re.I) if words else text
