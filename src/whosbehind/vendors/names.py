"""Names of firms and public bodies, reduced to what tells one legal entity from another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

# Legal forms, each with its one spelling here. Forms tell firms apart: `ACME INC` and `ACME LTD` are two until shown to be one.
FORMS = {
    "INC": "INC",
    "INCORPORATED": "INC",
    "INCORP": "INC",
    "CORP": "CORP",
    "CORPORATION": "CORP",
    "CO": "CO",
    "COMPANY": "CO",
    "COMPANIES": "CO",
    "LLC": "LLC",
    "LLP": "LLP",
    "LP": "LP",
    "LLLP": "LP",
    "LTD": "LTD",
    "LIMITED": "LTD",
    "PLC": "PLC",
    "PLLC": "PLLC",
    "PC": "PC",
    "PA": "PA",
    "GMBH": "GMBH",
    "AG": "AG",
    "AKTIENGESELLSCHAFT": "AG",
    "SA": "SA",
    "SE": "SE",
    "NV": "NV",
    "BV": "BV",
    "NA": "NA",
    "OOO": "OOO",
    "OAO": "OAO",
    "SPA": "SPA",
    "SRL": "SRL",
    "SARL": "SARL",
    "KG": "KG",
    "OY": "OY",
    "AB": "AB",
    "AS": "AS",
}
_LONG_FORMS = (("LIMITED LIABILITY COMPANY", "LLC"), ("LIMITED LIABILITY PARTNERSHIP", "LLP"), ("LIMITED PARTNERSHIP", "LP"))
_SPELLED = re.compile(r"\b((?:[A-Z]\.\s?)+[A-Z]\b\.?|(?:[A-Z] ){1,4}[A-Z]\b)")
_DROPPED = str.maketrans("", "", "'’`")
_NUMBERED = re.compile(r"\(\s*\d+\s*\)")
_DBA = re.compile(r"\b(?:D\W?B\W?A|DOING BUSINESS AS|TRADING AS|T/A)\b.*$")
_PUBLIC = frozenset("COUNTY CITY TOWN VILLAGE TOWNSHIP BOROUGH PARISH STATE MUNICIPALITY COMMONWEALTH DEPARTMENT DEPT".split())
# `J.V.` at the beginning of a name is somebody's initials.
_JOINT_VENTURE = re.compile(r"\b(?:JV|JOINT[ -]VENTURE)\b|(?<!^)\bJ\.V\b")


@dataclass(frozen=True)
class NameKey:
    """The core of a name and its legal forms, both normalised."""

    core: str
    form: str

    @cached_property
    def entity(self) -> str:
        """What two names must share to be taken for one entity where no identifier tells them apart.

        `INC`, `LLC` and no form at all are often one firm's, before and after a conversion;
        `CO`, `CORP`, `LTD`, `LLP` and the others are not.
        """
        apart = sorted(set(self.form.split()) - {"INC", "LLC"})
        return " ".join([self.core, *apart])

    @cached_property
    def joined(self) -> str:
        """The name without spaces: `UNI FIRST CORP` and `UNIFIRST CORPORATION`."""
        return f"{self.core.replace(' ', '')}|{self.form}"

    @cached_property
    def whole(self) -> str:
        """Core and form in one."""
        return f"{self.core} {self.form}".rstrip()

    def __str__(self) -> str:
        return self.whole


@lru_cache(maxsize=1_500_000)
def name_key(name: str) -> NameKey:
    """The key of a printed name: `Best Buy Co., Inc.` → (`BEST BUY`, `CO INC`); public bodies in one order of words."""
    text = name.upper().replace("&AMP;", "&").translate(_DROPPED)
    text = _DBA.sub("", f" {text}").strip() or text
    text = _NUMBERED.sub(" ", text).replace("&", " AND ")
    text = _SPELLED.sub(lambda found: found.group().replace(".", "").replace(" ", "") + " ", text)
    words = re.findall(r"\w+", text) or [name.strip()]
    plain = " ".join(words)
    for long, short in _LONG_FORMS:
        if long in plain:
            plain = re.sub(rf"\b{long}\b", short, plain)
    return _split(plain.split())


def is_joint_venture(name: str) -> bool:
    """Whether a name says that several firms joined: an entity and family of its own."""
    return bool(_JOINT_VENTURE.search(name.upper()))


def _split(words: list[str]) -> NameKey:
    core = [word for word in words if word != "THE"] or words
    if _PUBLIC & set(core):
        spelled = [FORMS.get(word, word) for word in core]
        kept = sorted(word for word in spelled if word not in ("OF", "INC", "DEPT", "DEPARTMENT"))
        return NameKey(" ".join(kept), "DEPT" if {"DEPT", "DEPARTMENT"} & set(core) else "")
    forms: list[str] = []
    while len(core) > 1 and core[-1] in FORMS:
        forms.insert(0, FORMS[core.pop()])
    if len(core) > 1 and core[0] in ("OOO", "OAO", "JSC", "OJSC"):
        forms.append(core.pop(0))
    return NameKey(" ".join(core), " ".join(forms))
