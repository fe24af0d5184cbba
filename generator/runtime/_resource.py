# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Base classes of the groups of operations of a client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Self, TypeVar, cast

from ._call import LookUp, call, call_async
from ._item_stream import AsyncItemStream, ItemStream
from ._operation import UNSET, Operation
from ._pages import Pages, Walk
from ._prepare import Settings
from ._transport import AsyncPool, Pool
from .errors import ConfigurationError

__all__ = ["AsyncResource", "Resource"]

T = TypeVar("T")

_NONE: Mapping[str, Any] = {}


class Resource:
    """Base of a group of operations."""

    __slots__ = ("_is_raw", "_look_up", "_pool", "_settings")

    def __init__(
        self, settings: Settings, pool: Pool, look_up: LookUp, *, is_raw: bool = False
    ) -> None:
        self._settings = settings
        self._pool = pool
        self._look_up = look_up
        self._is_raw = is_raw

    def _call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, Any] = _NONE,
        query: Mapping[str, Any] = _NONE,
        header: Mapping[str, Any] = _NONE,
        cookie: Mapping[str, Any] = _NONE,
        body: Any = UNSET,
    ) -> T:
        arguments = _arguments(path, query, header, cookie, body)
        answer = call(self._settings, self._pool, operation, arguments, self._look_up)
        return cast("T", answer if self._is_raw else answer.value)

    def _stream(self, operation: Operation[T], **arguments: Any) -> ItemStream[T]:
        items: Operation[Any] = operation
        return cast("ItemStream[T]", self._call(items, **arguments))

    def _as_raw(self) -> Self:
        return type(self)(self._settings, self._pool, self._look_up, is_raw=True)

    def _pages(
        self, operation: Operation[Any], pages: Pages, **arguments: Any
    ) -> Iterator[Any]:
        _refuse_raw(self._is_raw)
        walk = Walk(operation, pages, arguments)
        while not walk.done:
            yield from walk.take(self._call(operation, **walk.arguments()))


class AsyncResource:
    """Base of a group of operations of an async client."""

    __slots__ = ("_is_raw", "_look_up", "_pool", "_settings")

    def __init__(
        self,
        settings: Settings,
        pool: AsyncPool,
        look_up: LookUp,
        *,
        is_raw: bool = False,
    ) -> None:
        self._settings = settings
        self._pool = pool
        self._look_up = look_up
        self._is_raw = is_raw

    async def _call(
        self,
        operation: Operation[T],
        *,
        path: Mapping[str, Any] = _NONE,
        query: Mapping[str, Any] = _NONE,
        header: Mapping[str, Any] = _NONE,
        cookie: Mapping[str, Any] = _NONE,
        body: Any = UNSET,
    ) -> T:
        arguments = _arguments(path, query, header, cookie, body)
        answer = await call_async(
            self._settings, self._pool, operation, arguments, self._look_up
        )
        return cast("T", answer if self._is_raw else answer.value)

    async def _stream(
        self, operation: Operation[T], **arguments: Any
    ) -> AsyncItemStream[T]:
        items: Operation[Any] = operation
        return cast("AsyncItemStream[T]", await self._call(items, **arguments))

    def _as_raw(self) -> Self:
        return type(self)(self._settings, self._pool, self._look_up, is_raw=True)

    async def _pages(
        self, operation: Operation[Any], pages: Pages, **arguments: Any
    ) -> AsyncIterator[Any]:
        _refuse_raw(self._is_raw)
        walk = Walk(operation, pages, arguments)
        while not walk.done:
            for item in walk.take(await self._call(operation, **walk.arguments())):
                yield item


def _arguments(
    path: Mapping[str, Any],
    query: Mapping[str, Any],
    header: Mapping[str, Any],
    cookie: Mapping[str, Any],
    body: Any,
) -> Mapping[str, Any]:
    return {
        "path": path,
        "query": query,
        "header": header,
        "cookie": cookie,
        "body": body,
    }


def _refuse_raw(is_raw: bool) -> None:
    if is_raw:
        raise ConfigurationError("raw takes one call; iter_… methods make several")
