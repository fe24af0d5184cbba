# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Sends one prepared request once, and turns failures of the network into our errors.

Works on httpcore2's connections, below httpx2's client: no cookies, redirects,
environment or decoding of compressed answers can come between what was signed and what
is sent. The HTTP library is imported when a client is constructed, so that wrong
settings are told then, and the first call waits for no import.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

from ._failures import detached, failure
from ._needed import needed
from ._operation import Draft
from ._options import Options
from ._reading import Reading, Received
from ._watch import Phase, Watch, attempt
from .errors import ClientError, ConfigurationError

if TYPE_CHECKING:
    from ._given_transport import AsyncForeign, Foreign
    from ._network import AsyncNetwork, Network

    _Transport: TypeAlias = Network | Foreign
    _AsyncTransport: TypeAlias = AsyncNetwork | AsyncForeign

__all__ = ["AsyncPool", "Pool", "timeouts"]

Transport = TypeVar("Transport")


class _Shared(Generic[Transport]):
    """The transport of a client and its copies: made late, and anew after a fork."""

    def __init__(self, options: Options, make: Callable[[], Transport]) -> None:
        self._options = options
        self._make = make
        self._transport: Transport | None = None
        self._owner: tuple[int, object] = (0, None)
        self._left_behind: list[Transport] = []
        self._lock = Lock()
        self._closed = False

    def check_open(self) -> None:
        """Refuse to send for a client that is closed."""
        if self._closed:
            raise ConfigurationError("this client is closed; make a new one")

    def _current(self, loop: object = None) -> Transport:
        """Give the transport of this process and this event loop."""
        self.check_open()
        owner = (os.getpid(), loop)
        if self._owner[0] not in (0, owner[0]):
            self._lock = Lock()  # another thread of the parent may have held it
        with self._lock:
            if self._transport is None or self._owner != owner:
                if self._transport is not None and self._options.transport is None:
                    # Another process or loop opened it. It is neither used nor closed
                    # here: both would show on the other side.
                    self._left_behind.append(self._transport)
                self._transport = self._make()
                self._owner = owner
            return self._transport

    def _take(self, loop: object = None) -> Transport | None:
        """Close for good; give the transport to close if it is ours to close."""
        self._closed = True
        transport, self._transport = self._transport, None
        own = self._options.transport is None and self._owner == (os.getpid(), loop)
        return transport if own else None


class Pool(_Shared["_Transport"]):
    """Sends for a client."""

    def __init__(self, options: Options) -> None:
        super().__init__(options, _maker(options))

    def transport(self) -> _Transport:
        """Give what sends in this process."""
        return self._current()

    def send(self, draft: Draft, options: Options, watch: Watch) -> Received:
        """Send once.

        Raises:
            NotSentError: nothing was sent
            OutcomeUnknownError: a write was sent, and no whole answer came back
            ConnectionLostError: the same for a read; DeadlineError when it was late
            DecodeError: the answer to a read is damaged
        """
        transport = self.transport()
        timeout = timeouts(draft, options, watch)
        reading = Reading(draft, options, watch)
        token = attempt.set(watch)
        try:
            answer = transport.send(draft, timeout)
            try:
                reading.begin(answer.status, answer.headers)
                for chunk in answer.iter_stream():
                    reading.add(chunk)
            finally:
                with suppress(Exception):
                    answer.close()
            return reading.received()
        except ClientError:
            raise
        except Exception as error:  # noqa: BLE001
            raised = failure(draft, error, options, watch, reading.status)
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


class AsyncPool(_Shared["_AsyncTransport"]):
    """Sends for an async client."""

    def __init__(self, options: Options) -> None:
        super().__init__(options, _async_maker(options))

    def transport(self) -> _AsyncTransport:
        """Give what sends on this event loop."""
        return self._current(_loop())

    async def send(self, draft: Draft, options: Options, watch: Watch) -> Received:
        """Send once, see `Pool.send`."""
        transport = self.transport()
        timeout = timeouts(draft, options, watch)
        reading = Reading(draft, options, watch)
        token = attempt.set(watch)
        try:
            answer = await transport.send(draft, timeout)
            try:
                reading.begin(answer.status, answer.headers)
                async for chunk in answer.aiter_stream():
                    reading.add(chunk)
            finally:
                with suppress(Exception):
                    await answer.aclose()
            return reading.received()
        except ClientError:
            raise
        except Exception as error:  # noqa: BLE001
            raised = failure(draft, error, options, watch, reading.status)
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


def timeouts(draft: Draft, options: Options, watch: Watch) -> dict[str, float]:
    """Give the bounds of a call, in seconds, as the transports take them."""
    watch.has_content = bool(draft.content)
    if options.transport is not None:
        watch.phase = Phase.SENT  # it can't be watched: the worst is assumed
    return {
        "connect": options.connect_timeout,
        "pool": max(0.0, watch.left(options.connect_timeout)),
        "read": options.read_timeout,
        "write": options.read_timeout,
    }


def _maker(options: Options) -> Callable[[], _Transport]:
    """Check the settings that concern sending; give what makes a transport of them."""
    with needed():
        if options.transport is not None:
            from ._given_transport import Foreign

            given = Foreign(options.transport)
            return lambda: given
        from ._network import Network, pool_settings

        settings = pool_settings(options)
        return lambda: Network(settings)


def _async_maker(options: Options) -> Callable[[], _AsyncTransport]:
    """The same for an async client, see `_maker`."""
    with needed():
        if options.transport is not None:
            from ._given_transport import AsyncForeign

            given = AsyncForeign(options.transport)
            return lambda: given
        from ._network import AsyncNetwork, pool_settings

        settings = pool_settings(options)
        return lambda: AsyncNetwork(settings)
