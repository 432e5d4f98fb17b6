"""E-mail addresses and telephone numbers in free text, however they are written."""

from __future__ import annotations

import re

EMAIL_MASK = "[e-mail]"
PHONE_MASK = "[phone]"

_EMAIL = re.compile(
    r"[\w.+'’-]+(?:\s?@\s?|\s?[(\[]\s?AT\s?[)\]]\s?)[\w-]+(?:(?:\.|\s\.\s?)[A-Za-z][\w-]*)+|[\w.+-]+@[\w-]+", re.I
)
# Where an address has its middle; it begins with the letters before that and before a blank, read backwards.
_AT = re.compile(r"@|\(\s?AT\s?[)\]]|\[\s?AT\s?[)\]]", re.I)
_LOCAL = re.compile(r"[\w.+'’-]+")
_PLAIN_LOCAL = re.compile(r"[\w.+-]+")
_PHONE = re.compile(
    # Every number begins with one of these; to say so spares most letters of a text the closer look.
    r"(?=[+(0-9])(?:"
    r"(?<![\d.-])(?:\+?1[-. /]?)?\(?[2-9]\d{2}(?:\)|[-. /]){1,3}[2-9]\d{2}[-. ]?\d{4}(?:\s?(?:X|EXT\.?)\s?\d{1,6})?(?!\w)"
    r"|(?<![\w.#$-])1?[2-9]\d{2}[2-9]\d{2}[-. ]?\d{4}(?!\w|\.\d)"
    r"|\+\d[\d ().-]{7,16}\d(?!\w)|(?<![\d.-])[2-9]\d{2}([-.])[2-9]\d{2}\1\d{2,3}(?![\w-]|\.\d)"
    r"|(?:(?<=PHONE )|(?<=PHONE: )|(?<=TEL )|(?<=TEL: )|(?<=CELL )|(?<=CELL: ))\d{3}[-.]\d{4}(?!\w))",
    re.I | re.A,
)
# The plain signs of an address or a number; a text without them has none, and they are quick to look for.
_SPELT_AT = re.compile(r"[(\[].?AT.?[)\]]", re.I | re.S)
# The letters a match can begin with come first, which is what makes it quick.
_DIGITS = re.compile(
    r"[+0-9](?:(?<=\+)[0-9]|(?<=[2-9])[0-9]{2}[-. /)]{0,3}[2-9][0-9]{2}[-. ]?[0-9]{2}|(?<=[0-9])[0-9]{2}[-.][0-9]{4})"
)
# How far before such digits a number can begin; and how far before it a word can stand that tells what it is.
_HEAD, _REACH = 4, 24
# A bare number behind one of these words is an identifier and no telephone.
_IDENTIFIER = re.compile(
    r"(?:\b(?:S/?N|SERIAL|NO|NUMBER|NUM|QUOTE|ORDER|ACCOUNT|ACCT|INVOICE|REQ|REQUISITION|PR|PO|ID|EIN|DUNS|PART|P/N|MODEL|NSN|VIN|PIID|"
    r"TRACKING|CASE)S?\s?[:.#]?|#)\s?$",
    re.I,
)
_CALLED = re.compile(r"PHONE|TEL|CELL|FAX|MOBILE|CONTACT|CALL", re.I)


def without_contacts(text: str) -> str:
    """The text with its e-mail addresses and telephone numbers masked."""
    masked = _without_addresses(text) if "@" in text or _SPELT_AT.search(text) else text
    digits = _DIGITS.search(masked)
    if not digits:
        return masked
    before = max(0, digits.start() - _HEAD - _REACH)
    return masked[:before] + _PHONE.sub(_phone_mask, masked[before:])


def _without_addresses(text: str) -> str:
    """Mask addresses, looked for around the sign that each has in its middle: at every letter would take much longer."""
    pieces: list[str] = []
    done = 0
    for sign in _AT.finditer(text):
        middle = sign.start() - text[sign.start() - 1 : sign.start()].isspace()
        found = _address_at(text, done, middle) if middle > done else None
        if found:
            pieces += [text[done : found.start()], EMAIL_MASK]
            done = found.end()
    return "".join([*pieces, text[done:]])


def _address_at(text: str, done: int, middle: int) -> re.Match[str] | None:
    """The address whose local part ends at `middle` and begins behind `done`."""
    before = text[done:middle][::-1]
    for pattern in (_LOCAL, _PLAIN_LOCAL):
        local = pattern.match(before)
        found = _EMAIL.match(text, middle - local.end()) if local else None
        if found:
            return found
    return None


def _phone_mask(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - _REACH) : found.start()]
    is_identifier = found.group().isdigit() and _IDENTIFIER.search(before) and not _CALLED.search(before)
    return found.group() if is_identifier else PHONE_MASK
