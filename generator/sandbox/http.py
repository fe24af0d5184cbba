"""Turn a handler into an HTTP/1.1 server on a loopback port.

h11 reads and writes the protocol, asyncio moves the bytes. A handler that fails breaks
the connection off, and its exception is raised again where the server is closed, so
that an `assert` inside a handler fails the test that it belongs to.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine
from email.utils import formatdate
from functools import lru_cache
from http.client import responses as phrases
from types import TracebackType
from typing import Self

import h11

from .messages import Request, Response, Wire

__all__ = ["Handler", "Server", "serve"]

BODILESS = frozenset({204, 304})

Handler = Callable[[Request], Response | Awaitable[Response]]


class BodyTooLargeError(Exception):
    """The body of a request is longer than the server accepts."""


async def receive(
    protocol: h11.Connection, wire: Wire, number: int, max_body: int
) -> Request | None:
    """Read one request, or None where the client has closed instead."""
    method = target = ""
    headers: tuple[tuple[str, str], ...] = ()
    body = bytearray()
    while True:
        event = protocol.next_event()
        if event is h11.NEED_DATA:
            protocol.receive_data(await wire.read())
        elif isinstance(event, h11.Request):
            method, target = event.method.decode(), event.target.decode("latin-1")
            headers = tuple(
                (name.decode(), value.decode("latin-1"))
                for name, value in event.headers
            )
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > max_body:
                raise BodyTooLargeError
        elif isinstance(event, h11.EndOfMessage):
            return Request(method, target, headers, bytes(body), number)
        else:
            return None


@lru_cache(maxsize=128)
def head_of(
    status: int, headers: tuple[tuple[str, str], ...], length: int, second: int
) -> h11.Response:
    """Return the head of an answer; most answers come again within a second."""
    names = {name.lower() for name, _ in headers}
    stated = list(headers)
    if "date" not in names:
        stated.append(("Date", formatdate(second, usegmt=True)))
    framed = names & {"content-length", "transfer-encoding"}
    if not framed and status not in BODILESS:
        stated.append(("Content-Length", str(length)))
    return h11.Response(
        status_code=status, headers=stated, reason=phrases.get(status, "")
    )


def encode(protocol: h11.Connection, response: Response, method: str) -> bytes:
    """Frame an answer; date and length are added where it doesn't state its own."""
    length = len(response.body)
    head = head_of(response.status, response.headers, length, int(time.time()))
    events: list[h11.Event] = [head]
    if response.body and method != "HEAD" and response.status not in BODILESS:
        events.append(h11.Data(data=response.body))
    events.append(h11.EndOfMessage())
    return b"".join(protocol.send(event) or b"" for event in events)


class Server:
    """A server for one handler, open for the length of a `with` or `async with`.

    `with` runs it in a thread of its own, for clients that block. `async with` runs it
    in the loop that is running.
    """

    def __init__(
        self, handler: Handler, *, host: str, port: int, max_header: int, max_body: int
    ) -> None:
        self.url = ""  # http://127.0.0.1:40123, once it is open
        self.connections = 0
        self.failures: list[BaseException] = []
        self._handler = handler
        self._host = host
        self._port = port
        self._max_header = max_header
        self._max_body = max_body
        self._listener: asyncio.Server | None = None
        self._talks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        self._listener = await loop.create_server(
            lambda: Wire(self._accept), self._host, self._port
        )
        port = self._listener.sockets[0].getsockname()[1]
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.url = f"http://{host}:{port}"

    async def _close(self) -> None:
        if self._listener is None:
            return
        self._listener.close()
        talks = tuple(self._talks)
        for talk in talks:
            talk.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await self._listener.wait_closed()

    def _accept(self, wire: Wire) -> None:
        self.connections += 1
        talk = asyncio.create_task(self._talk(wire, self.connections))
        self._talks.add(talk)
        talk.add_done_callback(self._forget)

    def _forget(self, talk: asyncio.Task[None]) -> None:
        self._talks.discard(talk)
        error = None if talk.cancelled() else talk.exception()
        if error is not None:
            self.failures.append(error)

    async def _talk(self, wire: Wire, number: int) -> None:
        try:
            await self._converse(wire, number)
            await wire.finish()
        except OSError:
            pass  # the client has gone
        finally:
            wire.abort()

    async def _converse(self, wire: Wire, number: int) -> None:
        protocol = h11.Connection(
            h11.SERVER, max_incomplete_event_size=self._max_header
        )
        while not wire.closed:
            try:
                request = await receive(protocol, wire, number, self._max_body)
            except (h11.RemoteProtocolError, BodyTooLargeError) as error:
                await self._refuse(protocol, wire, error)
                return
            if request is None:
                return
            answer = self._handler(request)
            response = answer if isinstance(answer, Response) else await answer
            await response.send(wire, encode(protocol, response, request.method))
            if protocol.our_state is not h11.DONE:
                return
            protocol.start_next_cycle()

    async def _refuse(
        self, protocol: h11.Connection, wire: Wire, error: Exception
    ) -> None:
        status, message = 413, f"The body exceeds {self._max_body} bytes."
        if isinstance(error, h11.RemoteProtocolError):
            status, message = error.error_status_hint, str(error)
        close = (("Connection", "close"),)
        answer = Response.json(status, {"message": message}, close)
        await wire.write(encode(protocol, answer, "POST"))
        await wire.linger()

    def _raise_failure(self, error: BaseException | None) -> None:
        if error is None and self.failures:
            raise self.failures[0]

    def _in_thread(self, work: Coroutine[None, None, None]) -> None:
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _end_thread(self) -> None:
        assert self._loop is not None and self._thread is not None
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="sandbox", daemon=True
        )
        self._thread.start()
        try:
            self._in_thread(self._open())
        except BaseException:
            self._end_thread()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._in_thread(self._close())
        self._end_thread()
        self._raise_failure(error)

    async def __aenter__(self) -> Self:
        await self._open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._close()
        self._raise_failure(error)


def serve(
    handler: Handler,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    max_header: int = 16_384,
    max_body: int = 1_048_576,
) -> Server:
    """Prepare a server; it listens from `with` or `async with` on.

    Port 0 takes a free one. `host` is an address, not a name: a name can stand for two
    addresses, which would get two ports.
    """
    return Server(
        handler, host=host, port=port, max_header=max_header, max_body=max_body
    )
