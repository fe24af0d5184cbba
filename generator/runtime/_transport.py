# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Sends one prepared request once, and turns failures of the network into our errors.

Works on httpx2's transports, below its client: no cookies, redirects, environment or
decoding of compressed answers can come between what was signed and what is sent. The
HTTP library is imported when the first request is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ._interpret import damaged
from ._operation import Draft
from ._options import Options
from .errors import (
    ClientError,
    ConfigurationError,
    ConnectionLostError,
    DeadlineError,
    NotSentError,
    OutcomeUnknownError,
)

if TYPE_CHECKING:
    import ssl

    import httpx2

__all__ = ["AsyncPool", "Pool", "Received"]

Transport = TypeVar("Transport")


class Received(NamedTuple):
    """A whole answer."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


class _LateError(Exception):
    """The deadline of the call has passed."""


class _Reading:
    """An answer as it arrives, checked on the way."""

    __slots__ = ("chunks", "headers", "size", "status", "until")

    def __init__(self, options: Options) -> None:
        self.until = monotonic() + options.deadline
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.chunks: list[bytes] = []
        self.size = 0

    def begin(self, draft: Draft, response: httpx2.Response) -> None:
        self.status = response.status_code
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            damaged(draft, self.status, b"", "compressed, though that was ruled out")

    def add(self, draft: Draft, options: Options, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)
        if self.size > options.max_answer_bytes:
            damaged(draft, self.status or 0, b"", "larger than max_answer_bytes")
        if monotonic() > self.until:
            raise _LateError(f"no whole answer within {options.deadline} s")

    def received(self) -> Received:
        return Received(self.status or 0, self.headers, b"".join(self.chunks))


class _Shared(Generic[Transport]):
    """The transport of a client and its copies: made late, and anew after a fork."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._transport: Transport | None = None
        self._pid = 0
        self._lock = Lock()
        self._closed = False

    def _current(self, make: Callable[[Options], Transport]) -> Transport:
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")
        if self._transport is not None and self._pid == os.getpid():
            return self._transport
        with self._lock:
            if self._transport is None or self._pid != os.getpid():
                # A forked child must not use its parent's connections.
                self._transport = make(self._options)
                self._pid = os.getpid()
            return self._transport

    def _take(self) -> Transport | None:
        """Close for good; give the transport to close if it is ours."""
        self._closed = True
        transport, self._transport = self._transport, None
        own = self._options.transport is None and self._pid == os.getpid()
        return transport if own else None


class Pool(_Shared["httpx2.BaseTransport"]):
    """Sends for a client."""

    def send(self, draft: Draft, options: Options) -> Received:
        """Send once.

        Raises:
            NotSentError: nothing was sent
            OutcomeUnknownError: a write was sent, and no whole answer came back
            ConnectionLostError: the same for a read; DeadlineError when it was late
        """
        transport = self._current(_make)
        request = _request(draft, options)
        reading = _Reading(options)
        try:
            response = transport.handle_request(request)
            try:
                reading.begin(draft, response)
                stream: Any = response.stream
                for chunk in stream:
                    reading.add(draft, options, chunk)
            finally:
                with suppress(Exception):
                    response.close()
        except ClientError:
            raise
        except Exception as error:
            raise _failure(draft, error, reading.status) from _detached(error, options)
        return reading.received()

    def close(self) -> None:
        transport = self._take()
        if transport is not None:
            transport.close()


class AsyncPool(_Shared["httpx2.AsyncBaseTransport"]):
    """Sends for an async client."""

    async def send(self, draft: Draft, options: Options) -> Received:
        """Send once, see `Pool.send`."""
        transport = self._current(_make_async)
        request = _request(draft, options)
        reading = _Reading(options)
        try:
            response = await transport.handle_async_request(request)
            try:
                reading.begin(draft, response)
                stream: Any = response.stream
                async for chunk in stream:
                    reading.add(draft, options, chunk)
            finally:
                with suppress(Exception):
                    await response.aclose()
        except ClientError:
            raise
        except Exception as error:
            raise _failure(draft, error, reading.status) from _detached(error, options)
        return reading.received()

    async def aclose(self) -> None:
        transport = self._take()
        if transport is not None:
            await transport.aclose()


def _request(draft: Draft, options: Options) -> httpx2.Request:
    import httpx2

    read = min(options.read_timeout, options.deadline)
    connect = min(options.connect_timeout, options.deadline)
    timeout = {"connect": connect, "pool": connect, "read": read, "write": read}
    try:
        return httpx2.Request(
            draft.operation.method,
            draft.host + draft.target,
            headers=draft.headers,
            content=draft.content,
            extensions={"timeout": timeout},
        )
    except httpx2.InvalidURL as error:
        raise ConfigurationError(f"no valid URL: {error}") from None


def _failure(draft: Draft, error: Exception, status: int | None) -> ClientError:
    """Say what a failure of the transport means for the call."""
    import httpx2

    name = draft.operation.name
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    before = (
        httpx2.ConnectError,
        httpx2.ConnectTimeout,
        httpx2.PoolTimeout,
        httpx2.ProxyError,
        httpx2.UnsupportedProtocol,
    )
    if status is None and isinstance(error, before):
        return NotSentError(
            f"{name} was not sent ({what}): safe to call again", operation=name
        )
    if not draft.operation.is_read:
        return OutcomeUnknownError(
            f"{name} was sent, and its outcome is not known ({what}): look it up "
            "before you call again",
            operation=name,
            phase="sent" if status is None else "answered",
            nonce=draft.nonce,
            request=draft.shown_body(),
            status_seen=status,
        )
    late = isinstance(error, (httpx2.TimeoutException, _LateError, TimeoutError))
    kind = DeadlineError if late else ConnectionLostError
    return kind(f"{name}: no answer ({what}): safe to call again", operation=name)


def _detached(error: Exception, options: Options) -> Exception:
    """Take off an error what holds the signature: its request, and its frames.

    The frames of the HTTP library hold the bytes that were being sent, and crash
    reporters print the variables of frames. Those of a caller's own transport stay.
    """
    import httpx2

    if isinstance(error, httpx2.RequestError):
        error._request = None  # pyright: ignore[reportPrivateUsage]
    elif options.transport is not None:
        return error
    chain: list[BaseException | None] = [error]
    while chain:
        one = chain.pop()
        if one is not None and one.__traceback__ is not None:
            one.__traceback__ = None
            chain += [one.__cause__, one.__context__]
    return error


def _make(options: Options) -> httpx2.BaseTransport:
    import httpx2

    if options.transport is None:
        return _network(httpx2.HTTPTransport, options)
    if not isinstance(options.transport, httpx2.BaseTransport):
        raise ConfigurationError("this client needs a transport that is not async")
    return options.transport


def _make_async(options: Options) -> httpx2.AsyncBaseTransport:
    import httpx2

    if options.transport is None:
        return _network(httpx2.AsyncHTTPTransport, options)
    if not isinstance(options.transport, httpx2.AsyncBaseTransport):
        raise ConfigurationError("an async client needs an async transport")
    return options.transport


def _network(kind: Callable[..., Transport], options: Options) -> Transport:
    import httpx2

    limits = httpx2.Limits(
        max_connections=options.max_connections,
        max_keepalive_connections=options.max_connections,
    )
    trust = _trust(options)
    try:
        return kind(verify=trust, trust_env=False, limits=limits, proxy=options.proxy)
    except (ValueError, ImportError, httpx2.InvalidURL):
        # The message would show the proxy's password.
        raise ConfigurationError(
            "proxy can't be used; it looks like http://user:password@host:8080"
        ) from None


def _trust(options: Options) -> ssl.SSLContext | bool:
    if options.ca_bundle is None:
        return True
    import ssl

    try:
        return ssl.create_default_context(cafile=options.ca_bundle)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigurationError(
            f"ca_bundle {options.ca_bundle} can't be read: {error}"
        ) from None
