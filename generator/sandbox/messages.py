"""What a handler receives and returns, and the connection underneath."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

__all__ = ["Request", "Response", "Sender", "Wire"]

LINGER_SECONDS = 1.0
READ_SIZE = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """One complete request as it arrived."""

    method: str  # POST
    target: str  # /api/v4/main-account/codes?limit=1
    headers: tuple[tuple[str, str], ...] = ()  # (("x-txc-apikey", "key"),)
    body: bytes = b""  # {"ticker":"USDT"}
    connection: int = 0  # 1 for the first connection of a server, 2 for the next
    _by_name: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        found: dict[str, str] = {}
        for name, value in self.headers:
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        object.__setattr__(self, "_by_name", found)

    @property
    def path(self) -> str:
        """The target without its query, escapes as they were sent."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """What follows the question mark, escapes as they were sent."""
        return self.target.partition("?")[2]

    def header(self, name: str) -> str | None:
        """Find a header in any case; one that is repeated comes joined by commas."""
        return self._by_name.get(name.lower())


class Wire(asyncio.Protocol):
    """The server's end of one connection, as bytes.

    Streams of asyncio do the same at half the speed.
    """

    def __init__(self, opened: Callable[[Wire], None]) -> None:
        self._opened = opened
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._ended = False  # the client has stopped sending
        self._lost: Exception | None = None
        self._is_full = False  # what was written waits to be delivered
        self._reader: asyncio.Future[None] | None = None
        self._writers: set[asyncio.Future[None]] = set()
        self._gone = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin: `opened` decides what is done with the connection."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._opened(self)

    def data_received(self, data: bytes) -> None:
        """Keep bytes for `read`."""
        self._buffer += data
        if len(self._buffer) > READ_SIZE and not self.closed:
            self._channel.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        """Note that nothing more comes; answers may still go out."""
        self._ended = True
        self._wake()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Note the end; whoever waits is told."""
        self._ended, self._lost = True, exc or ConnectionResetError("gone")
        self._wake()
        self.resume_writing()
        if not self._gone.done():
            self._gone.set_result(None)

    def pause_writing(self) -> None:
        """Let writers wait."""
        self._is_full = True

    def resume_writing(self) -> None:
        """Let writers go on."""
        self._is_full = False
        for one in self._writers:
            if not one.done():
                one.set_result(None)

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    @property
    def _channel(self) -> asyncio.Transport:
        assert self._transport is not None
        return self._transport

    @property
    def closed(self) -> bool:
        """Whether this end has been closed."""
        return self._channel.is_closing()

    async def read(self) -> bytes:
        """Wait for some bytes; none means that the client has stopped sending."""
        while not self._buffer:
            if self._ended:
                if self._lost is not None:
                    raise self._lost
                return b""
            self._reader = asyncio.get_running_loop().create_future()
            await self._reader
        data = bytes(self._buffer)
        self._buffer.clear()
        if len(data) > READ_SIZE and not self.closed:
            self._channel.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Send bytes; wait while too many are not delivered yet."""
        self._channel.write(data)
        if self.closed:  # let the loop notice what has become of the connection
            await asyncio.sleep(0)
        while self._is_full and self._lost is None:
            waiting = asyncio.get_running_loop().create_future()
            self._writers.add(waiting)
            try:
                await waiting
            finally:
                self._writers.discard(waiting)
        if self._lost is not None:
            raise self._lost

    def close(self) -> None:
        """Close in good order: what was written still arrives."""
        self._channel.close()

    async def finish(self) -> None:
        """Close in good order and wait until all is delivered."""
        self._channel.close()
        await asyncio.shield(self._gone)

    def abort(self) -> None:
        """Drop what is not delivered yet; harmless after a close."""
        self._channel.abort()

    def reset(self) -> None:
        """Break the connection off: the client sees a reset instead of an end."""
        connection: socket.socket = self._channel.get_extra_info("socket")
        # On, with zero seconds to wait: the kernel then sends RST in place of FIN.
        connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        self.abort()

    async def linger(self) -> None:
        """Read on for a moment before closing.

        Closing a socket that holds unread bytes resets it, and a reset can overtake
        the answer that says why the request was refused.
        """
        self._channel.write_eof()
        try:
            async with asyncio.timeout(LINGER_SECONDS):
                while await self.read():
                    pass
        except TimeoutError:
            pass


Sender = Callable[[Wire, bytes], Awaitable[None]]


async def send_whole(wire: Wire, data: bytes) -> None:
    """Write an answer the way a healthy server does."""
    await wire.write(data)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer, and the way its bytes reach the wire.

    `send` receives the connection and the complete, correctly framed answer. Another
    function in its place makes a fault: write half of the bytes and reset, wait
    between two bytes, or write something else altogether.
    """

    status: int = 200  # 422
    body: bytes = b""  # {"code":0}
    headers: tuple[tuple[str, str], ...] = ()  # (("Retry-After", "1"),)
    send: Sender = send_whole

    @classmethod
    def json(
        cls,
        status: int,
        data: object,
        headers: tuple[tuple[str, str], ...] = (),
        media_type: str = "application/json",
    ) -> Self:
        """Make an answer of JSON."""
        body = json.dumps(data, separators=(",", ":")).encode()
        return cls(status, body, (("Content-Type", media_type), *headers))
