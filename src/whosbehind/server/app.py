"""The application: which address answers what. Further live answers (search, API, SQL) take their place in `ROUTES`."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from whosbehind.server.door import Door
from whosbehind.server.names import Names
from whosbehind.server.reconcile import reconcile, suggest, view
from whosbehind.server.shelf import Shelf
from whosbehind.values import digest

RECONCILE = "/reconcile"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@dataclass(frozen=True)
class Stock:
    """What answers are made from."""

    shelf: Shelf
    names: Names


def file(request: Request) -> Response:
    """A page or file of the site; only paths that are listed lead anywhere."""
    shelf: Shelf = request.app.state.stock.shelf
    path = request.scope["path"].removeprefix("/")
    if path.endswith("/") or not path:
        path += "index.html"
    data = shelf.file(path)
    if data is not None:
        return _answer(request, path, data)
    if shelf.holds(f"{path}/index.html"):
        return RedirectResponse(f"/{path}/", status_code=308)
    return Response(shelf.missing(path), status_code=404, media_type=KINDS[".html"])


def _answer(request: Request, path: str, data: bytes) -> Response:
    mark = f'"{digest(data)[:32]}"'
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"ETag": mark})
    return Response(data, headers={"ETag": mark, "Content-Type": KINDS[posixpath.splitext(path)[1]]})


# What answers live, before all that is a file of the site.
ROUTES = (
    Route(RECONCILE, reconcile, methods=["GET", "POST"]),
    Route(f"{RECONCILE}/suggest/entity", suggest),
    Route(f"{RECONCILE}/view/{{id:path}}", view),
    Route("/{path:path}", file),
)


def application(stock: Stock, hosts: frozenset[str] = frozenset()) -> Door:
    """The application behind its door."""
    app = Starlette(routes=ROUTES)
    app.state.stock = stock
    return Door(app, hosts, posted=(RECONCILE,))
