"""The door of the server: who may ask for what, and what every answer says to browsers."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
READING = frozenset({"GET", "HEAD"})
_POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
# A chart's file brings its colours along in a style sheet of its own.
_PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class Door:
    """Lets only reading requests in that were meant for this machine, and sends each answer off with strict headers.

    A page of another site can have its own name lead to this machine; such a request bears
    that name as host, and is turned away. Bare addresses cannot be borrowed that way.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), posted: Iterable[str] = ()) -> None:
        self._app = app
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        self._posted = frozenset(posted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, _sealed(scope["path"], send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        if not self._is_meant(Headers(scope=scope).getlist("host")):
            return PlainTextResponse("This server answers only to its own name.\n", status_code=421)
        allowed = READING | ({"POST"} if scope["path"] in self._posted else set())
        if scope["method"] not in allowed:
            return PlainTextResponse("Pages can only be read.\n", status_code=405, headers={"Allow": ", ".join(sorted(allowed))})
        return None

    def _is_meant(self, stated: list[str]) -> bool:
        if len(stated) != 1:
            return False
        host = _without_port(stated[0].lower())
        return host in self._hosts or _is_address(host)


def names_of(host: str) -> frozenset[str]:
    """The names by which a server can be asked that listens at an address; this machine's own where it listens at all."""
    own = {socket.gethostname(), socket.getfqdn()} if host in ("", "0.0.0.0", "::") else set()  # noqa: S104 - compared, not bound
    return frozenset({host, *own} - {""})


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _sealed(path: str, send: Send) -> Send:
    """The same way to send, which adds what every answer says."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _sealing(path).items():
                headers.setdefault(name, value)
        await send(message)

    return sealed


def _sealing(path: str) -> dict[str, str]:
    is_framed = _is_embedded(path)
    policy = _PICTURE_POLICY if path.startswith("/charts/") else _POLICY
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors {'*' if is_framed else chr(39) + 'none' + chr(39)}",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-cache",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if is_framed else "same-origin",
        **({} if is_framed else {"X-Frame-Options": "DENY"}),
    }


def _is_embedded(path: str) -> bool:
    """Whether a path is that of a page which other sites may show in a frame, in any language."""
    first, _, rest = path.removeprefix("/").partition("/")
    return first == "embed" or rest.startswith("embed/")
