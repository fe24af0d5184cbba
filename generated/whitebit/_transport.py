# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Sends one prepared request once, and turns failures of the network into our errors.

Works on httpx2's transports, below its client: no cookies, redirects, environment or
decoding of compressed answers can come between what was signed and what is sent. The
HTTP library is imported when the first request is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ._failures import detached, failure
from ._interpret import damaged
from ._operation import Draft
from ._options import Options
from ._watch import Phase, Watch, attempt
from .errors import ClientError, ConfigurationError

if TYPE_CHECKING:
    import httpx2

__all__ = ["AsyncPool", "Pool", "Reading", "Received", "request_of"]

Transport = TypeVar("Transport")

_ENDS = (b"}", b"]", b'"', b">")  # how JSON and a web page end


class Received(NamedTuple):
    """A whole answer."""

    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes


class Reading:
    """An answer as it arrives, checked on the way."""

    __slots__ = ("chunks", "draft", "headers", "options", "size", "status", "watch")

    def __init__(self, draft: Draft, options: Options, watch: Watch) -> None:
        self.draft = draft
        self.options = options
        self.watch = watch
        self.status: int | None = None
        self.headers: dict[str, str] = {}
        self.chunks: list[bytes] = []
        self.size = 0

    def begin(self, response: httpx2.Response) -> None:
        self.status = response.status_code
        self.watch.phase = Phase.ANSWERED
        self.watch.began = True
        self.headers = {name.lower(): value for name, value in response.headers.items()}
        if self.headers.get("content-encoding", "identity").lower() != "identity":
            self._damaged("compressed, though that was ruled out")

    def add(self, chunk: bytes) -> None:
        self.chunks.append(chunk)
        self.size += len(chunk)
        if self.size > self.options.max_answer_bytes:
            self._damaged("larger than max_answer_bytes")
        if monotonic() > self.watch.until:
            raise TimeoutError(f"no whole answer within {self.options.deadline} s")

    def received(self) -> Received:
        body = b"".join(self.chunks)
        if self.options.transport is None and not self._shows_its_end(body):
            self._damaged("without a length, and may be cut short")
        self.watch.is_whole = True
        return Received(self.status or 0, self.headers, body)

    def _shows_its_end(self, body: bytes) -> bool:
        """Whether a body that was cut short would be noticed."""
        if "content-length" in self.headers or "transfer-encoding" in self.headers:
            return True
        if self.status == 204 or self.draft.operation.method == "HEAD":
            return True
        if (self.status or 0) >= 300:  # a refusal: its status says enough
            return True
        # Only the end of the connection ends it: what it holds has to show the rest.
        return body.rstrip()[-1:] in _ENDS and self.draft.operation.answer == "json"

    def _damaged(self, what: str) -> None:
        self.watch.spoiled = True
        damaged(self.draft, self.status or 0, b"", what)


class _Shared(Generic[Transport]):
    """The transport of a client and its copies: made late, and anew after a fork."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._transport: Transport | None = None
        self._owner: tuple[int, object] = (0, None)
        self._left_behind: list[Transport] = []
        self._lock = Lock()
        self._closed = False

    def _current(
        self, make: Callable[[Options], Transport], loop: object = None
    ) -> Transport:
        """Give the transport of this process and this event loop."""
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")
        owner = (os.getpid(), loop)
        if self._owner[0] not in (0, owner[0]):
            self._lock = Lock()  # another thread of the parent may have held it
        with self._lock:
            if self._transport is None or self._owner != owner:
                if self._transport is not None and self._options.transport is None:
                    # Another process or loop opened it. It is neither used nor closed
                    # here: both would show on the other side.
                    self._left_behind.append(self._transport)
                self._transport = make(self._options)
                self._owner = owner
            return self._transport

    def _take(self, loop: object = None) -> Transport | None:
        """Close for good; give the transport to close if it is ours to close."""
        self._closed = True
        transport, self._transport = self._transport, None
        own = self._options.transport is None and self._owner == (os.getpid(), loop)
        return transport if own else None


class Pool(_Shared["httpx2.BaseTransport"]):
    """Sends for a client."""

    def transport(self) -> httpx2.BaseTransport:
        return self._current(_make)

    def send(self, draft: Draft, options: Options, watch: Watch) -> Received:
        """Send once.

        Raises:
            NotSentError: nothing was sent
            OutcomeUnknownError: a write was sent, and no whole answer came back
            ConnectionLostError: the same for a read; DeadlineError when it was late
            DecodeError: the answer to a read is damaged
        """
        transport = self.transport()
        request = request_of(draft, options, watch)
        reading = Reading(draft, options, watch)
        token = attempt.set(watch)
        try:
            response = transport.handle_request(request)
            try:
                reading.begin(response)
                stream: Any = response.stream
                for chunk in stream:
                    reading.add(chunk)
            finally:
                with suppress(Exception):
                    response.close()
            return reading.received()
        except ClientError:
            raise
        except Exception as error:
            raised = failure(draft, error, watch, reading.status)
            raise raised from detached(error, options)
        except BaseException:
            watch.spoiled = True
            raise
        finally:
            attempt.reset(token)

    def close(self) -> None:
        """Close the connections that this process opened."""
        transport = self._take()
        if transport is not None:
            with _quietly():
                transport.close()


class AsyncPool(_Shared["httpx2.AsyncBaseTransport"]):
    """Sends for an async client."""

    def transport(self) -> httpx2.AsyncBaseTransport:
        return self._current(_make_async, _loop())

    async def send(self, draft: Draft, options: Options, watch: Watch) -> Received:
        """Send once, see `Pool.send`."""
        transport = self.transport()
        request = request_of(draft, options, watch)
        reading = Reading(draft, options, watch)
        token = attempt.set(watch)
        try:
            response = await transport.handle_async_request(request)
            try:
                reading.begin(response)
                stream: Any = response.stream
                async for chunk in stream:
                    reading.add(chunk)
            finally:
                with suppress(Exception):
                    await response.aclose()
            return reading.received()
        except ClientError:
            raise
        except Exception as error:
            raised = failure(draft, error, watch, reading.status)
            raise raised from detached(error, options)
        except BaseException:
            watch.spoiled = True
            raise
        finally:
            attempt.reset(token)

    async def aclose(self) -> None:
        """Close the connections that this event loop opened."""
        transport = self._take(_loop())
        if transport is not None:
            with _quietly():
                await transport.aclose()


def _loop() -> object:
    import asyncio  # here, as it takes long and many programs do without

    return asyncio.get_running_loop()


@contextmanager
def _quietly() -> Generator[None, None, None]:
    """Close without a word: what goes wrong now concerns no call."""
    token = attempt.set(Watch(0.0))
    try:
        with suppress(Exception):
            yield
    finally:
        attempt.reset(token)


def request_of(draft: Draft, options: Options, watch: Watch) -> httpx2.Request:
    import httpx2

    if options.proxy is not None and draft.host.startswith("http://"):
        raise ConfigurationError(
            "a loopback address is not reached through a proxy, and the proxy would "
            "see the credentials; leave `proxy` out"
        )
    if options.transport is not None:
        watch.phase = Phase.SENT  # it can't be watched: the worst is assumed
    read = options.read_timeout
    connect = options.connect_timeout
    pool = max(0.0, watch.left(connect))
    timeout = {"connect": connect, "pool": pool, "read": read, "write": read}
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


def _make(options: Options) -> httpx2.BaseTransport:
    import httpx2

    if options.transport is None:
        from ._network import Network

        return Network(options)
    if not isinstance(options.transport, httpx2.BaseTransport):
        raise ConfigurationError("this client needs a transport that is not async")
    return options.transport


def _make_async(options: Options) -> httpx2.AsyncBaseTransport:
    import httpx2

    if options.transport is None:
        from ._network import AsyncNetwork

        return AsyncNetwork(options)
    if not isinstance(options.transport, httpx2.AsyncBaseTransport):
        raise ConfigurationError("an async client needs an async transport")
    return options.transport
