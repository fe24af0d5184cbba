# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Connections that are watched: what httpcore2 leaves out is added underneath it.

- Each read and write ends at the deadline of its call, and a header has one read
  timeout to arrive in, however it drips.
- The first byte of a request that is handed over makes its call "sent". Header and body
  are handed over together.
- A write error ends the call; httpcore2 would forget it and go on to read.
- A connection is used once more only if both calls allow it, its answer was whole and
  nothing came after it, nothing failed or was late, and this process opened it. Bytes
  that come after the next request was written can't be told from its answer: that is
  why calls allow it only where they were asked to.
"""

from __future__ import annotations

import os
import ssl
from time import monotonic
from typing import Any, Generic, TypeVar

import httpcore2

from ._one_answer import is_one_answer
from ._watch import Phase, Watch, attempt

__all__ = [
    "CHUNK",
    "KEPT",
    "PIECE",
    "AsyncWatched",
    "StaleError",
    "Stream",
    "Watched",
    "connecting",
]

PIECE = 16_384  # bytes written at a time, so that the deadline is seen in between
KEPT = 2**20  # bytes of an answer; after a longer one its connection is closed
CHUNK = 2**20  # bytes read at a time; so many that nothing is left in a buffer

Stream = TypeVar("Stream", httpcore2.NetworkStream, httpcore2.AsyncNetworkStream)


class StaleError(httpcore2.ConnectError):
    """An idle connection turned out to be closed, before a byte was written."""


class _Watching(Generic[Stream]):
    """What both kinds of stream know of their connection."""

    _inner: Stream

    def __init__(self, inner: Stream) -> None:
        self._inner = inner
        self._pid = os.getpid()
        self._watch: Watch | None = None  # the attempt that used it last
        self._method = ""  # of the request written last
        self._held = b""  # its header, until its body is there
        self._read: list[bytes] = []  # what came after it, if others may come after it
        self._size = 0

    def get_extra_info(self, info: str) -> Any:
        # The pool asks whether an idle connection is readable, and closes it if so.
        if info == "is_readable" and self._is_spent():
            return True
        return self._inner.get_extra_info(info)

    def _is_spent(self) -> bool:
        watch = self._watch
        if self._pid != os.getpid():
            return True
        if watch is None:  # nobody's yet
            return False
        if watch.spoiled or not watch.may_share or self._size > KEPT:
            return True
        return not is_one_answer(self._method, b"".join(self._read))

    def _is_stale(self) -> bool:
        return bool(self._inner.get_extra_info("is_readable"))

    def _before_write(self, buffer: bytes, timeout: float | None) -> bytes:
        """Give what is to be written now."""
        watch = attempt.get()
        if watch is None:
            raise StaleError("no call is using this connection")
        if watch is not self._watch:
            if self._is_spent() or not (self._watch is None or watch.may_share):
                raise StaleError("the connection is not to be shared")
            if self._watch is not None and self._is_stale():
                raise StaleError("the connection was closed while it was idle")
            self._watch = watch
            self._method = buffer.partition(b" ")[0].decode("ascii", "replace")
            self._read.clear()
            self._size = 0
            # A CONNECT is for the proxy, and has no body.
            if watch.has_content and self._method != "CONNECT":
                self._held = buffer
                return b""
        whole, self._held = self._held + buffer, b""
        _allow(watch.left(timeout), httpcore2.WriteTimeout)
        if watch.phase is Phase.NOT_SENT and self._method != "CONNECT":
            watch.phase = Phase.SENT
        return whole

    def _left_to_write(self, timeout: float | None) -> float:
        left = self._watch.left(timeout) if self._watch is not None else 0.0
        return _allow(left, httpcore2.WriteTimeout)

    def _after_write(self, timeout: float | None) -> None:
        if timeout is not None and self._watch is not None:
            self._watch.header_until = monotonic() + timeout

    def _before_read(self, timeout: float | None) -> float:
        watch = self._watch
        if watch is None or watch is not attempt.get():
            raise httpcore2.ReadError("this connection belongs to another call")
        if self._held:
            raise httpcore2.ReadError("the request was not written")
        return _allow(watch.left_to_read(timeout), httpcore2.ReadTimeout)

    def _after_read(self, data: bytes) -> None:
        if self._watch is None:
            return
        self._watch.began = self._watch.began or bool(data)
        self._size += len(data)
        if self._watch.may_share and self._size <= KEPT:
            self._read.append(data)

    def _spoil(self) -> None:
        if self._watch is not None:
            self._watch.spoiled = True


class Watched(_Watching[httpcore2.NetworkStream], httpcore2.NetworkStream):
    """A connection of a client."""

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there. Raises ReadTimeout at the deadline too."""
        left = self._before_read(timeout)
        try:
            data = self._inner.read(max(max_bytes, CHUNK), left)
        except BaseException:
            self._spoil()
            raise
        self._after_read(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all. Raises WriteTimeout at the deadline too, NetworkError otherwise."""
        if not buffer or not (buffer := self._before_write(buffer, timeout)):
            return
        try:
            for start in range(0, len(buffer), PIECE):
                left = self._left_to_write(timeout)
                self._inner.write(buffer[start : start + PIECE], left)
        except httpcore2.WriteError as error:
            self._spoil()
            raise httpcore2.NetworkError(str(error)) from error
        except BaseException:
            self._spoil()
            raise
        self._after_write(timeout)

    def close(self) -> None:
        """Close. In a forked child the parent's connection stays as it is."""
        if self._pid == os.getpid():
            self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Encrypt. The certificate is checked before anything else is written."""
        left = connecting(timeout)
        return Watched(self._inner.start_tls(ssl_context, server_hostname, left))


class AsyncWatched(
    _Watching[httpcore2.AsyncNetworkStream], httpcore2.AsyncNetworkStream
):
    """A connection of an async client."""

    def _is_stale(self) -> bool:
        if super()._is_stale():
            return True
        # What TLS has read but not given yet cannot be seen at the socket.
        tls = self._inner.get_extra_info("ssl_object")
        if tls is None:
            return False
        try:
            tls.read(1)
        except ssl.SSLWantReadError:
            return False
        except ssl.SSLError:
            pass
        return True

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what is there, see `Watched.read`."""
        left = self._before_read(timeout)
        try:
            data = await self._inner.read(max(max_bytes, CHUNK), left)
        except BaseException:
            self._spoil()
            raise
        self._after_read(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all, see `Watched.write`."""
        if not buffer or not (buffer := self._before_write(buffer, timeout)):
            return
        try:
            for start in range(0, len(buffer), PIECE):
                left = self._left_to_write(timeout)
                await self._inner.write(buffer[start : start + PIECE], left)
        except httpcore2.WriteError as error:
            self._spoil()
            raise httpcore2.NetworkError(str(error)) from error
        except BaseException:
            self._spoil()
            raise
        self._after_write(timeout)

    async def aclose(self) -> None:
        """Close, see `Watched.close`."""
        if self._pid == os.getpid():
            await self._inner.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Encrypt, see `Watched.start_tls`."""
        left = connecting(timeout)
        inner = await self._inner.start_tls(ssl_context, server_hostname, left)
        return AsyncWatched(inner)


def connecting(timeout: float | None) -> float | None:
    """Give the seconds that a step of connecting may take, or raise ConnectTimeout."""
    watch = attempt.get()
    if watch is None:
        return timeout
    return _allow(watch.left(timeout), httpcore2.ConnectTimeout)


def _allow(left: float, late: type[Exception]) -> float:
    if left <= 0:
        raise late("no time is left")
    return left
