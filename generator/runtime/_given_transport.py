# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""A transport of the caller's, made to look like the network.

For tests: nothing is known of how far a request got, so the worst is assumed.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

import httpx2

from ._operation import Draft
from .errors import ConfigurationError

__all__ = ["AsyncForeign", "Foreign"]


class _Answer:
    """The answer of such a transport."""

    def __init__(self, response: httpx2.Response) -> None:
        self._response = response
        self._stream: Any = response.stream
        self.status = response.status_code
        self.headers = response.headers.raw

    def iter_stream(self) -> Iterator[bytes]:
        return iter(self._stream)

    def aiter_stream(self) -> AsyncIterator[bytes]:
        return aiter(self._stream)

    def close(self) -> None:
        self._response.close()

    async def aclose(self) -> None:
        await self._response.aclose()


class Foreign:
    """Sends for a client."""

    def __init__(self, transport: object) -> None:
        if not isinstance(transport, httpx2.BaseTransport):
            raise ConfigurationError("this client needs a transport that is not async")
        self._transport = transport

    def send(self, draft: Draft, timeout: Mapping[str, float]) -> _Answer:
        """Send once."""
        return _Answer(self._transport.handle_request(_request(draft, timeout)))

    def close(self) -> None:
        """Leave it open: it is the caller's."""


class AsyncForeign:
    """Sends for an async client."""

    def __init__(self, transport: object) -> None:
        if not isinstance(transport, httpx2.AsyncBaseTransport):
            raise ConfigurationError("an async client needs an async transport")
        self._transport = transport

    async def send(self, draft: Draft, timeout: Mapping[str, float]) -> _Answer:
        """Send once."""
        request = _request(draft, timeout)
        return _Answer(await self._transport.handle_async_request(request))

    async def aclose(self) -> None:
        """Leave it open: it is the caller's."""


def _request(draft: Draft, timeout: Mapping[str, float]) -> httpx2.Request:
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
