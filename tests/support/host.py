"""A web host on a loopback port whose answers a test decides."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Host:
    """What is at each path, and what was asked for."""

    url: str = ""
    pages: dict[str, bytes | Handler] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        """Answer a request: bytes with a validator, or as a handler says."""
        path = request.path.partition("?")[0]
        self.asked.append(request.path)
        self.headers.append({k.lower(): v for k, v in request.headers.items()})
        found = self.pages.get(path)
        with suppress(OSError):  # the client had enough
            if found is None:
                send(request, 404, b"no such page")
            elif callable(found):
                found(request)
            else:
                _send_known(request, found)


def _send_known(request: BaseHTTPRequestHandler, content: bytes) -> None:
    tag = f'"{hash(content):x}"'
    if request.headers.get("If-None-Match") == tag:
        send(request, 304, b"", ETag=tag)
    else:
        send(request, 200, content, ETag=tag)


def send(
    request: BaseHTTPRequestHandler, status: int, content: bytes, **headers: str
) -> None:
    """Send a whole answer."""
    request.send_response(status)
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    if status != 304 and "Content_Length" not in headers:
        request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


@contextmanager
def serving(trusted: ssl.SSLContext | None = None) -> Iterator[Host]:
    """Serve on a free port, over TLS if a context is given."""
    host = Host()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            return  # a client that goes away is what some tests are about

    server = Server(("127.0.0.1", 0), Answers)
    if trusted is not None:
        server.socket = trusted.wrap_socket(server.socket, server_side=True)
    scheme = "http" if trusted is None else "https"
    host.url = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
