"""What a handler receives and returns, and the connection underneath."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
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
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


class Wire:
    """The server's end of one connection, as bytes."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._reader = reader
        self._writer = writer

    @property
    def closed(self) -> bool:
        return self._writer.transport.is_closing()

    async def read(self) -> bytes:
        """Wait for some bytes; none means that the client has stopped sending."""
        return await self._reader.read(READ_SIZE)

    async def write(self, data: bytes) -> None:
        self._writer.write(data)
        await self._writer.drain()

    def close(self) -> None:
        """Close in good order: what was written still arrives."""
        self._writer.close()

    async def finish(self) -> None:
        """Close in good order and wait until all is delivered."""
        self._writer.close()
        await self._writer.wait_closed()

    def abort(self) -> None:
        """Drop what is not delivered yet; harmless after a close."""
        self._writer.transport.abort()

    def reset(self) -> None:
        """Break the connection off: the client sees a reset instead of an end."""
        connection: socket.socket = self._writer.get_extra_info("socket")
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
        self._writer.write_eof()
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
        cls, status: int, data: object, headers: tuple[tuple[str, str], ...] = ()
    ) -> Self:
        body = json.dumps(data, separators=(",", ":")).encode()
        return cls(status, body, (("Content-Type", "application/json"), *headers))
