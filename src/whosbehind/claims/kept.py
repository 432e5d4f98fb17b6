"""Findings written down, so that published numbers stay tested: what changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whosbehind.claims.finding import Finding
from whosbehind.errors import Mistake

# What makes a finding the same as before.
COMPARED = ("verdict", "value", "reading", "published")


@dataclass(frozen=True)
class ChangedFinding:
    """A part of a finding that is not what was written down; None where the claim was or is not there."""

    id: str
    part: str
    before: Any
    now: Any


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """Write findings as JSON, one entry a claim or copy, sorted by id.

    Raises Mistake if the file cannot be written.
    """
    entries = sorted(_entries(findings), key=lambda entry: str(entry["id"]))
    try:
        path.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise Mistake(
            f"the findings cannot be written: {error.strerror}.", where=str(path), next="Name a file in a folder that is there."
        ) from error


def read_findings(path: Path) -> dict[str, dict[str, Any]]:
    """Findings written down before, by id.

    Raises Mistake if the file holds something else.
    """
    try:
        listed = json.loads(path.read_text("utf-8"))
        if not isinstance(listed, list):
            raise TypeError("findings are a list")
        return {entry["id"]: {name: entry[name] for name in COMPARED} for entry in listed}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Mistake(
            "this is no file of findings.", where=str(path), next="Write it anew with --accept, or name another file."
        ) from error


def changed_findings(before: dict[str, dict[str, Any]], findings: Sequence[Finding]) -> list[ChangedFinding]:
    """What differs from what was written down, claim by claim."""
    now = {entry["id"]: entry for entry in _entries(findings)}
    changes = []
    for name in sorted(before.keys() | now.keys()):
        if name not in before or name not in now:
            changes.append(ChangedFinding(name, "claim", "there" if name in before else None, "there" if name in now else None))
            continue
        for part in COMPARED:
            if before[name][part] != now[name][part]:
                changes.append(ChangedFinding(name, part, before[name][part], now[name][part]))
    return changes


def _entries(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    entries = []
    for finding in findings:
        whole = finding.as_json()
        entries.append({name: whole[name] for name in ("id", *COMPARED, "snapshot")})
        entries += _entries(finding.copies)
    return entries
