# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The network: httpcore2's pools of connections, over streams that are watched.

Imported when a client is constructed. No redirects, cookies, environment, HTTP/2 or
decoding of compressed answers; certificates are always verified.
"""

from __future__ import annotations

import logging
import re
import socket
import ssl
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from time import monotonic
from typing import Any

import httpcore2
import httpx2

from ._connection import AsyncWatched, StaleError, Watched, connecting
from ._operation import Draft
from ._options import Options
from ._watch import attempt
from .errors import ConfigurationError

__all__ = ["AsyncNetwork", "Network", "pool_settings"]

IDLE = 5.0  # seconds after which an unused connection is closed

# A target that nothing has to be encoded in, and that no server reads as another one.
_PLAIN = re.compile(
    r"(?:/(?!\.)(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*)+"
    r"(?:\?(?:[A-Za-z0-9._~+&=-]|%[0-9A-Fa-f]{2})*)?"
)

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


class Network:
    """Sends for a client."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._tries = settings["max_connections"] + 1
        self._pool = httpcore2.ConnectionPool(**settings, network_backend=_Backend())
        _silence()

    def send(self, draft: Draft, timeout: Mapping[str, float]) -> httpcore2.Response:
        """Send once; a connection that was closed while idle is passed over."""
        request = _request(draft, timeout)
        for _ in range(self._tries):
            with suppress(StaleError):
                return self._pool.handle_request(request)
        raise StaleError("all idle connections were closed")

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class AsyncNetwork:
    """Sends for an async client."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._tries = settings["max_connections"] + 1
        self._pool = httpcore2.AsyncConnectionPool(
            **settings, network_backend=_AsyncBackend()
        )
        _silence()

    async def send(
        self, draft: Draft, timeout: Mapping[str, float]
    ) -> httpcore2.Response:
        """Send once, see `Network.send`."""
        request = _request(draft, timeout)
        for _ in range(self._tries):
            with suppress(StaleError):
                return await self._pool.handle_async_request(request)
        raise StaleError("all idle connections were closed")

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()


def _request(draft: Draft, timeout: Mapping[str, float]) -> httpcore2.Request:
    scheme, host, port, named = _origin(draft.host)
    target = draft.target.encode() if _PLAIN.fullmatch(draft.target) else _quoted(draft)
    content, method = draft.content, draft.operation.method
    headers = [("Host", named), *draft.headers.items()]
    if content or method in ("POST", "PUT", "PATCH"):
        headers.append(("Content-Length", str(len(content or b""))))
    return httpcore2.Request(
        method,
        httpcore2.URL(scheme=scheme, host=host, port=port, target=target),
        headers=headers,
        content=content,
        extensions={"timeout": timeout},
    )


@lru_cache(maxsize=64)
def _origin(host: str) -> tuple[bytes, bytes, int | None, str]:
    """Give scheme, host, port and what the header Host says."""
    url = _url(host)
    return url.raw_scheme, url.raw_host, url.port, url.netloc.decode("ascii")


def _quoted(draft: Draft) -> bytes:
    """Percent-encode what a document has in its paths and no request line can hold."""
    return _url(draft.host + draft.target).raw_path


def _url(text: str) -> httpx2.URL:
    try:
        return httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise ConfigurationError(f"no valid URL: {error}") from None


def pool_settings(options: Options) -> dict[str, Any]:
    """Give what the pools of connections of a client are made with.

    Raises `ConfigurationError` for a proxy or a file of certificates that can't be used.
    """
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
        return _usual_trust()
    try:
        return ssl.create_default_context(cafile=options.ca_bundle)
    except OSError as error:  # ssl.SSLError is one
        raise ConfigurationError(
            f"ca_bundle {options.ca_bundle} can't be read: {error}"
        ) from None


@cache
def _usual_trust() -> ssl.SSLContext:
    """Give the usual certificates: read once, as each client would read the same."""
    return httpx2.create_ssl_context(trust_env=False)


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
