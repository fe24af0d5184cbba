# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The network: httpcore2's pools of connections, over streams that are watched.

Imported when the first request is sent. No redirects, cookies, environment, HTTP/2 or
decoding of compressed answers; certificates are always verified.
"""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from time import monotonic
from typing import Any

import httpcore2
import httpx2

from ._options import Options
from ._streams import AsyncWatched, StaleError, Watched, connecting
from ._watch import attempt
from .errors import ConfigurationError

__all__ = ["AsyncNetwork", "Network"]

IDLE = 5.0  # seconds after which an unused connection is closed

SocketOptions = Iterable[httpcore2.SOCKET_OPTION]


class _Backend(httpcore2.NetworkBackend):
    """Opens watched connections."""

    def __init__(self) -> None:
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers; the time is for all of them.

        Looking the name up has no bound of its own: the system offers none.
        """
        until = monotonic() + (timeout or 0)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"{host} was not found: {error}") from error
        failure: Exception = httpcore2.ConnectError(f"{host} has no address")
        for *_, address in found:
            left = connecting(None if timeout is None else until - monotonic())
            try:
                inner = self._inner.connect_tcp(
                    str(address[0]), port, left, local_address, socket_options
                )
            except httpcore2.ConnectError as error:
                failure = error
            else:
                return Watched(inner)
        raise failure


class _AsyncBackend(httpcore2.AsyncNetworkBackend):
    """Opens watched connections of an async client."""

    def __init__(self) -> None:
        made: Any = httpcore2.AnyIOBackend()  # a stand-in where anyio is missing
        self._inner: httpcore2.AsyncNetworkBackend = made

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: SocketOptions | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect; the time is for the name, too."""
        left = connecting(timeout)
        inner = await self._inner.connect_tcp(
            host, port, left, local_address, socket_options
        )
        return AsyncWatched(inner)


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class Network(httpx2.BaseTransport):
    """Sends for a client."""

    def __init__(self, options: Options) -> None:
        self._tries = options.max_connections + 1
        self._pool = httpcore2.ConnectionPool(
            **_settings(options), network_backend=_Backend()
        )
        _silence()

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send once; a connection that was closed while idle is passed over."""
        for _ in range(self._tries):
            try:
                answer = self._pool.handle_request(_translated(request))
            except StaleError:
                continue
            return httpx2.Response(
                answer.status, headers=answer.headers, stream=_Body(answer)
            )
        raise StaleError("all idle connections were closed")

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _AsyncBody(httpx2.AsyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._answer.aiter_stream()

    async def aclose(self) -> None:
        await self._answer.aclose()


class AsyncNetwork(httpx2.AsyncBaseTransport):
    """Sends for an async client."""

    def __init__(self, options: Options) -> None:
        self._tries = options.max_connections + 1
        self._pool = httpcore2.AsyncConnectionPool(
            **_settings(options), network_backend=_AsyncBackend()
        )
        _silence()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send once, see `Network.handle_request`."""
        for _ in range(self._tries):
            try:
                answer = await self._pool.handle_async_request(_translated(request))
            except StaleError:
                continue
            return httpx2.Response(
                answer.status, headers=answer.headers, stream=_AsyncBody(answer)
            )
        raise StaleError("all idle connections were closed")

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _translated(request: httpx2.Request) -> httpcore2.Request:
    url = request.url
    return httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
        ),
        headers=request.headers.raw,
        content=request.content,
        extensions=request.extensions,
    )


def _settings(options: Options) -> dict[str, Any]:
    return {
        "ssl_context": _trust(options),
        "proxy": _proxy(options.proxy),
        "max_connections": options.max_connections,
        "max_keepalive_connections": options.max_connections,
        "keepalive_expiry": IDLE,
    }


def _proxy(text: str | None) -> httpcore2.Proxy | None:
    if text is None:
        return None
    try:
        proxy = httpx2.Proxy(text)
        if proxy.url.scheme not in ("http", "https"):
            raise ValueError
        url = proxy.url
        return httpcore2.Proxy(
            httpcore2.URL(
                scheme=url.raw_scheme, host=url.raw_host, port=url.port, target="/"
            ),
            auth=proxy.raw_auth,
            headers=proxy.headers.raw,
        )
    except (ValueError, httpx2.InvalidURL):
        # The message would show the proxy's password.
        raise ConfigurationError(
            "proxy can't be used; it looks like http://user:password@host:8080"
        ) from None


def _trust(options: Options) -> ssl.SSLContext:
    if options.ca_bundle is None:
        return httpx2.create_ssl_context(trust_env=False)
    try:
        return ssl.create_default_context(cafile=options.ca_bundle)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigurationError(
            f"ca_bundle {options.ca_bundle} can't be read: {error}"
        ) from None


class _OwnCalls(logging.Filter):
    """Keeps httpcore2 from logging what it does for this client.

    It logs headers, and a handler that raises would break off a call that was sent.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return attempt.get() is None


_own_calls = _OwnCalls()


def _silence() -> None:
    for name in ("connection", "http11", "proxy"):
        logging.getLogger(f"httpcore2.{name}").addFilter(_own_calls)
