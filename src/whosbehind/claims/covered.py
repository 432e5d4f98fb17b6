"""Which readings of a claim the evidence covers, and what those come to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Sequence
from decimal import Decimal

from whosbehind.atlas import Atlas
from whosbehind.claims.cube import Cube, Slice
from whosbehind.claims.measured import Bench
from whosbehind.claims.readings import Reading
from whosbehind.figures import Question
from whosbehind.figures.coverage import Span, merged, uncovered
from whosbehind.records import Agency
from whosbehind.tables import COVERAGE


class Covered:
    """What the evidence covers, asked for many readings; agencies go by their abbreviations."""

    def __init__(self, bench: Bench) -> None:
        self.atlas = bench.atlas
        self._codes_of: dict[tuple[str, ...], frozenset[str]] = {}
        self._is_covered: dict[tuple[tuple[str, ...], dt.date, dt.date], bool] = {}
        days: dict[str, list[Span]] = defaultdict(list)
        for each in bench.lake.table(COVERAGE).to_pyarrow().to_pylist():
            if each["is_complete"]:
                agency = self.atlas.agency_of(each["agency_code"])
                name = agency.abbreviation if agency else each["agency_code"]
                days[name].append((each["first_date"], each["last_date"]))
        self.spans = {name: merged(own) for name, own in days.items()}

    @staticmethod
    def of(bench: Bench) -> Covered:
        """What the evidence covers, read once."""
        return bench.once(("covered",), lambda: Covered(bench))

    def range(self) -> tuple[dt.date, dt.date]:
        """The first and last day that anything covers."""
        every = [span for spans in self.spans.values() for span in spans]
        nothing = dt.date(1990, 1, 1)
        return min((first for first, _ in every), default=nothing), max((last for _, last in every), default=nothing)

    def other_agencies(self, question: Question) -> list[tuple[str, ...]]:
        """Each agency the evidence covers alone, each pair with a stated one, and all together; the stated set left out."""
        stated = {self.atlas.find_agency(name).abbreviation for name in question.agencies}
        if not stated:
            return []
        covered = sorted(name for name in self.spans if name in self.atlas.abbreviations)
        sets = [{name} for name in sorted(stated | set(covered))]
        sets += [stated | {name} for name in covered]
        sets.append(stated | set(covered))
        return list({tuple(sorted(each)): None for each in sets if each != stated})

    def lacking(self, agency: str, since: dt.date, until: dt.date) -> list[Span]:
        """The days of a window that nothing covers."""
        return uncovered(self.spans.get(agency, []), since, until)

    def value(self, cube: Cube, reading: Reading) -> Decimal | None:
        """What a reading comes to; None where the evidence does not cover it."""
        question = reading.question
        if not question.award and not self._covers(question):
            return None
        return cube.value(self._slice(question)) * reading.factor

    def rows(self, cube: Cube, reading: Reading) -> Hashable:
        """What a reading counts, and in which unit: the same for readings of the same rows."""
        return cube.rows(self._slice(reading.question)), reading.factor

    def _slice(self, question: Question) -> Slice:
        return Slice(
            since=question.since,
            until=question.until,
            codes=self._codes(question),
            is_funding=question.is_funding,
            route=question.route,
            names_only=question.names_only,
            positive_only=question.positive_only,
        )

    def _codes(self, question: Question) -> frozenset[str] | None:
        if not question.agencies:
            return None
        if question.agencies not in self._codes_of:
            codes = (code for agency in self._agencies(question) for code in self.atlas.codes_of(agency))
            self._codes_of[question.agencies] = frozenset(codes)
        return self._codes_of[question.agencies]

    def _covers(self, question: Question) -> bool:
        since, until = question.since, question.until
        if not question.agencies or since is None or until is None:
            return False
        key = (question.agencies, since, until)
        if key not in self._is_covered:
            parts = parts_of(self.atlas, self._agencies(question), since, until)
            self._is_covered[key] = not any(self.lacking(part.abbreviation, since, until) for part in parts)
        return self._is_covered[key]

    def _agencies(self, question: Question) -> list[Agency]:
        return [self.atlas.find_agency(name) for name in question.agencies]


def parts_of(atlas: Atlas, asked: Sequence[Agency], since: dt.date | None, until: dt.date | None) -> list[Agency]:
    """The sub-agencies that are meant; a department stands for those that it had in the window."""
    found = {each.id: each for each in asked if each.kind == "agency"}
    for department in (each for each in asked if each.kind == "department"):
        members = (each for each in atlas.agencies.values() if each.department_id == department.id)
        found |= {each.id: each for each in members if _was_there(each, since, until)}
    return list(found.values())


def _was_there(agency: Agency, since: dt.date | None, until: dt.date | None) -> bool:
    has_ended = agency.to_date and since and agency.to_date < since
    is_to_come = agency.from_date and until and agency.from_date > until
    return not (has_ended or is_to_come)
