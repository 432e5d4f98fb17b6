"""Roles: whether a named maker is bought from, or only named as platform, place or replaced brand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from whosbehind.lexicon import Match, after_pattern, before_pattern, phrases_pattern
from whosbehind.records import AroundRule
from whosbehind.values import Role

# Characters before or behind a name in which its neighbours are looked for.
NEAR = 90
_WORD = re.compile(r"\w+")


class Around:
    """The rules by which a name is only around what is bought."""

    def __init__(self, rules: Sequence[AroundRule]) -> None:
        self._rules = tuple(rules)
        self._places_of: dict[str, tuple[int, ...]] = {}

    def worth_a_look(self, text: str) -> list[AroundRule]:
        """The rules of whose phrases a first word stands in the text, and those that need none, in their order."""
        places = {place for word in _WORD.findall(text.upper()) for place in self._rules_with(word)}
        return [rule for place, rule in enumerate(self._rules) if place in places or not _phrases(rule)]

    def _rules_with(self, word: str) -> tuple[int, ...]:
        known = self._places_of.get(word)
        if known is None:
            known = tuple(place for place, rule in enumerate(self._rules) if word.startswith(_first_words(rule)))
            self._places_of[word] = known
        return known


def role_of(match: Match, text: str, what: str, has_another: bool, rules: Iterable[AroundRule]) -> tuple[Role, str | None]:
    """The role of a match in a text, with the id of the rule that decided it.

    `what` is the record's wording of product and service; `has_another` says whether
    another maker is named beside it; `rules` are those worth a look.
    """
    if match.alias.role is Role.AROUND:
        return Role.AROUND, "named as a part"
    rule = next((each for each in rules if _applies(each, match, text, what, has_another)), None)
    return (Role.AROUND, rule.id) if rule else (Role.SUPPLIED, None)


def _phrases(rule: AroundRule) -> tuple[str, ...]:
    return (*rule.before, *rule.after, *rule.anywhere)


@cache
def _first_words(rule: AroundRule) -> tuple[str, ...]:
    """The words, without `*`, that the rule's phrases begin with."""
    return tuple(found.group().upper() for phrase in _phrases(rule) if (found := _WORD.search(phrase)))


def _applies(rule: AroundRule, match: Match, text: str, what: str, has_another: bool) -> bool:
    if rule.beside_another and not has_another:
        return False
    if rule.psc and not _is_kind(rule.psc, what):
        return False
    if _phrases(rule) and not _stands_beside(rule, match, text):
        return False
    return not (rule.unless and phrases_pattern(rule.unless).search(text))


def _stands_beside(rule: AroundRule, match: Match, text: str) -> bool:
    before, after = text[max(0, match.starts_at - NEAR) : match.starts_at], text[match.ends_at : match.ends_at + NEAR]
    if rule.before and before_pattern(rule.before, rule.within).search(before):
        return True
    if rule.after and after_pattern(rule.after, rule.within).match(after):
        return True
    return bool(rule.anywhere and phrases_pattern(rule.anywhere).search(text))


@lru_cache(maxsize=10_000)
def _is_kind(phrases: tuple[str, ...], what: str) -> bool:
    """Whether a wording of product and service, of which there are few, holds one of the phrases."""
    return bool(phrases_pattern(phrases).search(what))
