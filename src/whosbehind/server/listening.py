"""Listening for requests: on loopback, unless told otherwise."""

from __future__ import annotations

import datetime as dt
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from whosbehind.errors import Mistake
from whosbehind.server.app import Stock, application
from whosbehind.server.door import Door, names_of
from whosbehind.server.names import Names
from whosbehind.server.shelf import Shelf
from whosbehind.site.material import Ticker, gather
from whosbehind.site.press import Imprint
from whosbehind.site.site import pages

if TYPE_CHECKING:
    from whosbehind.workspace import Workspace


@dataclass(frozen=True)
class Listening:
    """Where a server listens; port 0 is any that is free."""

    host: str
    port: int


@dataclass(frozen=True)
class Server:
    """A server that has its port and can begin to answer."""

    url: str
    run: Callable[[], None]


def listen(workspace: Workspace, day: dt.date, where: Listening, tick: Ticker) -> Server:
    """Take a port, and gather what answers are made from.

    Raises Mistake if the address cannot be listened at or nothing is built yet.
    """
    taken = _taken(where)
    try:
        app = application(stock(workspace, day, tick), names_of(where.host))
    except BaseException:
        taken.close()
        raise
    host, port = taken.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return Server(f"http://{shown}:{port}/", lambda: _run(app, taken))


def stock(workspace: Workspace, day: dt.date, tick: Ticker) -> Stock:
    """What answers are made from, of the last build."""
    material = gather(workspace, day, tick)
    shelf = Shelf(pages(material), Imprint(material.opened.snapshot, day.isoformat()))
    return Stock(shelf, Names(material, workspace.resolver()))


def _taken(where: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        return socket.create_server((where.host, where.port), family=family)
    except OSError as error:
        raise Mistake(
            f"cannot listen here: {error.strerror or error}.",
            where=f"{where.host}:{where.port}",
            next="Choose another with --port (0 for any that is free) or --host.",
        ) from error


def _run(app: Door, taken: socket.socket) -> None:
    """Answer until the process is told to stop."""
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, lifespan="off", server_header=False, proxy_headers=False, ws="none"
    )
    uvicorn.Server(config).run(sockets=[taken])
