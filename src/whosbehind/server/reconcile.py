"""Reconciling for OpenRefine, by version 0.2 of the Reconciliation Service API."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from whosbehind.server.names import Candidate, Entity, Kind, Names

VERSION = "0.2"
TITLES = {Kind.ORGANISATION: "Company", Kind.RECIPIENT: "Recipient of contract money"}
# What one request may ask for.
LARGEST_BODY, LARGEST_BATCH, LONGEST_NAME, MOST, USUAL = 1_000_000, 200, 300, 50, 10
# These answers alone may be read by pages of other origins, such as OpenRefine's.
SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


class Unclear(Exception):
    """A request that cannot be understood."""


async def reconcile(request: Request) -> Response:
    """What the service is, or candidates for a batch of names."""
    try:
        asked = await _queries(request)
        if asked is None:
            return JSONResponse(manifest(str(request.base_url)), headers=SHARED)
        names: Names = request.app.state.stock.names
        return JSONResponse({key: _result(names, query) for key, query in asked.items()}, headers=SHARED)
    except Unclear as problem:
        return JSONResponse({"status": "error", "message": str(problem)}, status_code=400, headers=SHARED)


async def suggest(request: Request) -> Response:
    """Names that begin as one is typing."""
    names: Names = request.app.state.stock.names
    prefix = request.query_params.get("prefix", "")[:LONGEST_NAME]
    return JSONResponse({"result": [_entity(each) for each in names.beginning(prefix, USUAL)]}, headers=SHARED)


async def view(request: Request) -> Response:
    """The page of what an id names."""
    names: Names = request.app.state.stock.names
    found = names.entities.get(request.path_params["id"])
    if found is None:
        return JSONResponse({"status": "error", "message": "nothing has this id."}, status_code=404)
    return RedirectResponse(f"/{found.page}", status_code=303)


def manifest(base: str) -> dict[str, Any]:
    """What the service says of itself; `base` is the address of the server."""
    return {
        "versions": [VERSION],
        "name": "whosbehind: companies and recipients of federal contract money",
        "identifierSpace": f"{base}reconcile/view/",
        "schemaSpace": f"{base}reconcile/types/",
        "defaultTypes": [_type(kind) for kind in Kind],
        "view": {"url": f"{base}reconcile/view/{{{{id}}}}"},
        "suggest": {"entity": {"service_url": base.rstrip("/"), "service_path": "/reconcile/suggest/entity"}},
    }


async def _queries(request: Request) -> Mapping[str, Any] | None:
    """The batch of queries of a request; None where it asks for the manifest.

    Raises Unclear if it is too large or no JSON object.
    """
    text = await _posted(request) if request.method == "POST" else request.query_params.get("queries")
    if text is None:
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unclear("`queries` is no JSON.") from error
    if not isinstance(found, dict) or len(found) > LARGEST_BATCH:
        raise Unclear(f"`queries` is an object of at most {LARGEST_BATCH} queries.")
    return found


async def _posted(request: Request) -> str | None:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_BODY:
            raise Unclear(f"a request has at most {LARGEST_BODY:,} bytes.")
    try:
        return parse_qs(body.decode()).get("queries", [None])[0]
    except ValueError as error:
        raise Unclear("a form is UTF-8.") from error


def _result(names: Names, query: object) -> dict[str, Any]:
    """Candidates for one query.

    Raises Unclear if it names nothing to look for.
    """
    if not isinstance(query, dict) or not isinstance(query.get("query"), str):
        raise Unclear("each query has a text `query`.")
    limit = query.get("limit", USUAL)
    if not isinstance(limit, int) or limit < 1:
        raise Unclear("`limit` is a number from 1.")
    found = names.candidates(query["query"][:LONGEST_NAME], _kinds(query.get("type")), min(limit, MOST))
    return {"result": [_candidate(each) for each in found]}


def _kinds(asked: object) -> list[Kind]:
    """The kinds a query is limited to; all where it names none."""
    listed = asked if isinstance(asked, list) else [asked] if asked else list(Kind)
    ids = [each.get("id") if isinstance(each, dict) else each for each in listed]
    return [kind for kind in Kind if kind in ids]


def _candidate(found: Candidate) -> dict[str, Any]:
    return {**_entity(found.entity), "score": found.score, "match": found.is_certain}


def _entity(each: Entity) -> dict[str, Any]:
    return {"id": each.id, "name": each.name, "description": each.about, "type": [_type(each.kind)]}


def _type(kind: Kind) -> dict[str, str]:
    return {"id": str(kind), "name": TITLES[kind]}
