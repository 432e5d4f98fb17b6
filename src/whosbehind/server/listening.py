"""Listening for requests: on loopback, unless told otherwise."""

from __future__ import annotations

import datetime as dt
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

import uvicorn

from whosbehind.errors import Mistake
from whosbehind.server.app import Stock, application
from whosbehind.server.door import Door, names_of
from whosbehind.server.names import Names
from whosbehind.server.shelf import Shelf
from whosbehind.site.material import Material, Ticker, gather
from whosbehind.site.press.press import Imprint
from whosbehind.site.shelves import pages

if TYPE_CHECKING:
    from whosbehind.workspace import Workspace


@dataclass(frozen=True)
class Listening:
    """Where a server listens; port 0 is any that is free."""

    host: str
    port: int


class Server:
    """A server that has its port; it answers from `run` on, until it is stopped."""

    def __init__(self, app: Door, taken: socket.socket) -> None:
        self._taken = taken
        self._server = uvicorn.Server(
            uvicorn.Config(
                app, log_level="warning", access_log=False, lifespan="off", server_header=False, proxy_headers=False, ws="none"
            )
        )

    @property
    def url(self) -> str:
        """Where it answers."""
        host, port = self._taken.getsockname()[:2]
        return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"

    def run(self) -> None:
        """Answer until the process or `stop` says otherwise."""
        self._server.run(sockets=[self._taken])

    def stop(self) -> None:
        """Have `run` come to its end."""
        self._server.should_exit = True


def listen(workspace: Workspace, day: dt.date, where: Listening, tick: Ticker) -> Server:
    """Take a port, and gather what answers are made from.

    Raises Mistake if the address cannot be listened at or nothing is built yet.
    """
    taken = take(where)
    try:
        return Server(application(stock(gather(workspace, day, tick)), names_of(where.host)), taken)
    except BaseException:
        taken.close()
        raise


def stock(material: Material) -> Stock:
    """What answers are made from."""
    shelf = Shelf(pages(material), Imprint(material.opened.snapshot, material.day.isoformat(), every_png=True))
    return Stock(shelf, Names(material, material.workspace.resolver()))


def take(where: Listening) -> socket.socket:
    """A port to listen at.

    Raises Mistake if it is not to be had.
    """
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        return socket.create_server((where.host, where.port), family=family)
    except OSError as error:
        raise Mistake(
            f"cannot listen here: {error.strerror or error}.",
            where=f"{where.host}:{where.port}",
            next="Choose another with --port (0 for any that is free) or --host.",
        ) from error
