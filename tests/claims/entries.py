"""Claims as people write them, made from the parts that differ."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

Parts = Mapping[str, Any]
IN_2022: Parts = {"measure": "obligations", "organisations": ["quorvex"], "agencies": ["ICE"]} | {
    "since": "2022-01-01",
    "until": "2022-12-31",
}


def asked(**changes: Any) -> dict[str, Any]:
    """Obligations of ICE to Quorvex in 2022, but for what is changed; None leaves a field out."""
    return {name: value for name, value in {**IN_2022, **changes}.items() if value is not None}


def claim(name: str, check: Parts | None = None, published: Parts | None = None, **more: Any) -> dict[str, Any]:
    """A claim of an invented publication."""
    entry = {"id": name, "statement": f"The statement of {name}.", "appeared": {"publisher": "The Register"}, **more}
    return entry | ({"check": check} if check else {}) | ({"published": published} if published else {})


def finding(verdict: str, **more: Any) -> dict[str, Any]:
    """What documents say of a claim."""
    given = {"true_instead": "Something else is true."} if verdict == "garbled" else {}
    given |= {"needed": "Other records."} if verdict == "not testable" else {}
    return {"verdict": verdict, "reason": "The register says so.", "confidence": "high", "sources": ["invented"], **given, **more}


def written(path: Path, *entries: Parts) -> Path:
    """A file of claims, in which nothing is an alias of another part."""
    apart = json.loads(json.dumps(entries))
    path.write_text(yaml.safe_dump(apart, sort_keys=False, allow_unicode=True), "utf-8")
    return path
