"""Which readings of a claim the evidence covers, and what those come to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from whosbehind.claims.cube import Cube, Slice
from whosbehind.claims.measured import Bench
from whosbehind.claims.readings import Reading
from whosbehind.figures import Question
from whosbehind.figures.coverage import Span, merged, uncovered
from whosbehind.tables import COVERAGE


class Covered:
    """What the evidence covers, asked for many readings."""

    def __init__(self, bench: Bench) -> None:
        self.atlas = bench.atlas
        entries = [each for each in bench.lake.table(COVERAGE).to_pyarrow().to_pylist() if each["is_complete"]]
        days: dict[str, list[Span]] = {}
        for each in entries:
            days.setdefault(each["agency_code"], []).append((each["first_date"], each["last_date"]))
        self.spans = {code: merged(own) for code, own in days.items()}

    def range(self) -> tuple[dt.date, dt.date]:
        """The first and last day that anything covers."""
        every = [span for spans in self.spans.values() for span in spans]
        today = dt.date(1990, 1, 1)
        return min((first for first, _ in every), default=today), max((last for _, last in every), default=today)

    def other_agencies(self, question: Question) -> list[tuple[str, ...]]:
        """Each agency the evidence covers alone, each pair with a stated one, and all together; the stated set left out."""
        stated = {self.atlas.find_agency(name).id for name in question.agencies}
        if not stated:
            return []
        covered = sorted({agency.id for code in self.spans if (agency := self.atlas.agency_of(code))})
        sets = [{name} for name in sorted(stated | set(covered))]
        sets += [stated | {name} for name in covered]
        sets.append(stated | set(covered))
        unique = {tuple(sorted(each)): None for each in sets if each != stated}
        return [tuple(self.atlas.agencies[name].abbreviation for name in each) for each in unique]

    def value(self, cube: Cube, reading: Reading) -> Decimal | None:
        """What a reading comes to; None where the evidence does not cover it."""
        question = reading.question
        codes = self._codes(question)
        if not question.award and not self._covers(codes, question):
            return None
        asked = Slice(
            since=question.since,
            until=question.until,
            codes=frozenset(codes) if codes is not None else None,
            is_funding=question.is_funding,
            route=question.route,
            names_only=question.names_only,
            positive_only=question.positive_only,
        )
        return cube.value(asked) * reading.factor

    def _codes(self, question: Question) -> set[str] | None:
        if not question.agencies:
            return None
        agencies = [self.atlas.find_agency(name) for name in question.agencies]
        return {code for agency in agencies for code in self.atlas.codes_of(agency)}

    def _covers(self, codes: set[str] | None, question: Question) -> bool:
        if codes is None:
            return False
        asked = [spans for code, spans in self.spans.items() if code in codes]
        return bool(asked) and all(not uncovered(spans, question.since, question.until) for spans in asked)
