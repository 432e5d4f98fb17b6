"""Asking a server on loopback: as a browser does, or with bytes that no browser would send."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from urllib.parse import urlsplit

from whosbehind.server import Server


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def ask(server: Server, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    where = urlsplit(server.url)
    connection = HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def ask_raw(server: Server, target: bytes) -> bytes:
    """The whole answer to a request line that is sent as it stands."""
    where = urlsplit(server.url)
    with socket.create_connection((where.hostname, where.port), timeout=60) as line:
        line.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return b"".join(iter(lambda: line.recv(65536), b""))
