# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Connections that are watched: what httpcore2 leaves out is added underneath it.

- Each read and write ends at the deadline of its call, and a header has one read
  timeout to arrive in, however it drips.
- The first byte of a request that is handed over makes its call "sent".
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

import h11
import httpcore2

from ._watch import Phase, Watch, attempt

__all__ = [
    "CHUNK",
    "PIECE",
    "AsyncWatched",
    "StaleError",
    "Stream",
    "Watched",
    "connecting",
]

PIECE = 16_384  # bytes written at a time, so that the deadline is seen in between
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
        self._answer: h11.Connection | None = None  # reads along
        self._has_header = False
        self._is_tunnel = False
        self._has_surplus = False

    def get_extra_info(self, info: str) -> Any:
        # The pool asks whether an idle connection is readable, and closes it if so.
        if info == "is_readable" and self._is_spent():
            return True
        return self._inner.get_extra_info(info)

    def _is_spent(self) -> bool:
        watch = self._watch
        if self._has_surplus or self._pid != os.getpid():
            return True
        if watch is None:  # nobody's yet
            return False
        return watch.spoiled or not watch.may_share

    def _is_stale(self) -> bool:
        return bool(self._inner.get_extra_info("is_readable"))

    def _before_write(self, buffer: bytes, timeout: float | None) -> Watch:
        watch = attempt.get()
        if watch is None:
            raise StaleError("no call is using this connection")
        if watch is not self._watch:
            if self._is_spent() or not (self._watch is None or watch.may_share):
                raise StaleError("the connection is not to be shared")
            if self._watch is not None and self._is_stale():
                raise StaleError("the connection was closed while it was idle")
            self._watch = watch
            method = buffer.partition(b" ")[0].decode("ascii", "replace")
            self._is_tunnel = method == "CONNECT"  # a request to the proxy
            self._answer = _reader(method)
            self._has_header = False
        _allow(watch.left(timeout), httpcore2.WriteTimeout)
        if watch.phase is Phase.NOT_SENT and not self._is_tunnel:
            watch.phase = Phase.SENT
        return watch

    def _after_write(self, watch: Watch, timeout: float | None) -> None:
        if timeout is not None:
            watch.header_until = monotonic() + timeout

    def _before_read(self, timeout: float | None) -> float:
        watch = self._watch
        if watch is None or watch is not attempt.get():
            raise httpcore2.ReadError("this connection belongs to another call")
        left = watch.left(timeout, of_header=not self._has_header)
        return _allow(left, httpcore2.ReadTimeout)

    def _after_read(self, data: bytes) -> None:
        """Read along, to know where the answer ends."""
        if self._watch is None or self._answer is None:
            return
        self._watch.began = self._watch.began or bool(data)
        try:
            self._answer.receive_data(data)
            while True:
                event = self._answer.next_event()
                if event in (h11.NEED_DATA, h11.PAUSED):
                    break
                if isinstance(event, h11.Response):
                    self._has_header = True
                elif isinstance(event, h11.ConnectionClosed):
                    break
        except h11.RemoteProtocolError:
            self._has_surplus = True  # no HTTP; httpcore2 is about to say so
            return
        is_over = self._answer.their_state is h11.DONE
        if is_over and self._answer.trailing_data[0]:
            self._has_surplus = True

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
        if not buffer:
            return
        watch = self._before_write(buffer, timeout)
        try:
            for start in range(0, len(buffer), PIECE):
                left = _allow(watch.left(timeout), httpcore2.WriteTimeout)
                self._inner.write(buffer[start : start + PIECE], left)
        except httpcore2.WriteError as error:
            self._spoil()
            raise httpcore2.NetworkError(str(error)) from error
        except BaseException:
            self._spoil()
            raise
        self._after_write(watch, timeout)

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
        if not buffer:
            return
        watch = self._before_write(buffer, timeout)
        try:
            for start in range(0, len(buffer), PIECE):
                left = _allow(watch.left(timeout), httpcore2.WriteTimeout)
                await self._inner.write(buffer[start : start + PIECE], left)
        except httpcore2.WriteError as error:
            self._spoil()
            raise httpcore2.NetworkError(str(error)) from error
        except BaseException:
            self._spoil()
            raise
        self._after_write(watch, timeout)

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


def _reader(method: str) -> h11.Connection:
    """Give a reader of one answer, which depends on the method of its request."""
    reader = h11.Connection(h11.CLIENT, max_incomplete_event_size=2**20)
    reader.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
    reader.send(h11.EndOfMessage())
    return reader
