"""Handlers of a loopback server, and clients that send what they are told."""

from __future__ import annotations

import socket
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

from generator.sandbox.http import Server
from generator.sandbox.messages import Request, Response

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def ok(request: Request) -> Response:
    return Response.json(200, {"ok": True})


def never(request: Request) -> Response:
    raise AssertionError("not to be asked")


def connect(server: Server) -> closing[HTTPConnection]:
    return closing(HTTPConnection(urlsplit(server.url).netloc, timeout=5))


def dial(server: Server) -> socket.socket:
    parts = urlsplit(server.url)
    assert parts.hostname and parts.port
    return socket.create_connection((parts.hostname, parts.port), timeout=5)


def talk(server: Server, data: bytes, *, half_close: bool = False) -> bytes:
    """Send raw bytes and read until the server closes."""
    with dial(server) as connection:
        connection.sendall(data)
        if half_close:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(65_536):
            received += part
    return received
