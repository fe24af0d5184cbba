# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Base classes of the generated clients and of their groups of operations."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MethodType, TracebackType
from typing import Any, Generic, NoReturn, ParamSpec, Self, TypeVar, cast

from ._needed import needed

with needed():  # the first import of it, whatever is imported of the package
    from msgspec import structs

from ._answer import Answer
from ._decode import Mismatch
from ._hooks import RequestEvent, ResponseEvent
from ._log import show
from ._options import Options
from ._prepare import Settings
from ._resource import AsyncResource, Resource
from ._signing import Scheme, environment, variable
from ._transport import AsyncPool, Pool
from .errors import ConfigurationError

__all__ = [
    "Answer",
    "AsyncClient",
    "AsyncResource",
    "Client",
    "Mismatch",
    "Options",
    "RequestEvent",
    "Resource",
    "ResponseEvent",
]

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Resource)
A = TypeVar("A", bound=AsyncResource)
PoolT = TypeVar("PoolT", Pool, AsyncPool)

_NONE: Mapping[str, Any] = {}


class _Base(Generic[PoolT]):
    """What both kinds of client have in common."""

    _settings: Settings
    _pool: PoolT
    _resources: dict[type[Any], Any]

    def __init__(
        self,
        *,
        base_url: str,
        servers: tuple[str, ...] = (),
        schemes: Mapping[str, Scheme] = _NONE,
        options: Options | None = None,
        prefix: str = "",
    ) -> None:
        if prefix:
            show(variable(prefix, "log"), environment(prefix, "log"))
        options = options or Options()
        self._settings = Settings(base_url, servers, schemes, options, prefix)
        self._pool = self._make_pool(options)
        self._resources = {}

    @staticmethod
    def _make_pool(options: Options) -> PoolT:
        raise NotImplementedError

    def with_options(
        self,
        *,
        timeout: float | None = None,
        deadline: float | None = None,
        retries: int | None = None,
        reuse_connections: bool | None = None,
        headers: Mapping[str, str] | None = None,
        on_request: Callable[[RequestEvent], None] | None = None,
        on_response: Callable[[ResponseEvent], None] | None = None,
    ) -> Self:
        """Give a copy with other settings that uses the same connections.

        Args:
            timeout: Seconds between two pieces of an answer.
            deadline: Seconds for a whole call.
            retries: Further attempts where repeating is safe.
            reuse_connections: Whether calls may follow each other on one connection.
            headers: Sent in addition to those of this client.
            on_request: Is told of each attempt before it is sent.
            on_response: Is told how each attempt ended.
        """
        old = self._settings.options
        options = structs.replace(
            old,
            read_timeout=old.read_timeout if timeout is None else timeout,
            deadline=old.deadline if deadline is None else deadline,
            retries=old.retries if retries is None else retries,
            reuse_connections=(
                old.reuse_connections
                if reuse_connections is None
                else reuse_connections
            ),
            headers={**old.headers, **(headers or {})},
            on_request=on_request or old.on_request,
            on_response=on_response or old.on_response,
        )
        return self._copy(self._settings.replace(options=options))

    def _with_schemes(self, **schemes: Scheme) -> Self:
        """Give a copy with other credentials that uses the same connections."""
        return self._copy(self._settings.replace(schemes=schemes))

    def _copy(self, settings: Settings) -> Self:
        clone = object.__new__(type(self))
        clone._settings = settings
        clone._pool = self._pool
        clone._resources = {}
        return clone

    def _look_up(self, method: str, arguments: Mapping[str, Any]) -> Any:
        """Call a method of this client by its name, `deposit.get_history`."""
        group, _, name = method.partition(".")
        return getattr(getattr(self, group), name)(**arguments)

    def __repr__(self) -> str:
        url = getattr(getattr(self, "_settings", None), "base_url", "(not made)")
        return f"<{type(self).__name__} {url}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a client does not pickle; make it where it is used")


class Client(_Base[Pool]):
    """Base of the generated client. Threads may share one."""

    @staticmethod
    def _make_pool(options: Options) -> Pool:
        return Pool(options)

    def raw(self, method: Callable[P, T]) -> Callable[P, Answer[T]]:
        """Give status, headers, body and value of a call.

        `client.raw(client.codes.create_code)(ticker="USDT")` is an `Answer`.
        """
        return cast("Callable[P, Answer[T]]", _raw(method))

    def close(self) -> None:
        """Close the connections, also of copies made by `with_options`."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _resource(self, kind: type[R]) -> R:
        if kind not in self._resources:
            self._resources[kind] = kind(self._settings, self._pool, self._look_up)
        return cast("R", self._resources[kind])


class AsyncClient(_Base[AsyncPool]):
    """Base of the generated async client. One event loop uses it."""

    @staticmethod
    def _make_pool(options: Options) -> AsyncPool:
        return AsyncPool(options)

    def raw(
        self, method: Callable[P, Awaitable[T]]
    ) -> Callable[P, Awaitable[Answer[T]]]:
        """Give status, headers, body and value of a call, see `Client.raw`."""
        return cast("Callable[P, Awaitable[Answer[T]]]", _raw(method))

    async def aclose(self) -> None:
        """Close the connections, also of copies made by `with_options`."""
        await self._pool.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    def _resource(self, kind: type[A]) -> A:
        if kind not in self._resources:
            self._resources[kind] = kind(self._settings, self._pool, self._look_up)
        return cast("A", self._resources[kind])


def _raw(method: Callable[..., Any]) -> Callable[..., Any]:
    """Bind a method to a twin of its group that returns whole answers."""
    group = getattr(method, "__self__", None)
    function = getattr(method, "__func__", None)
    if function is None or not isinstance(group, (Resource, AsyncResource)):
        raise ConfigurationError(
            "raw takes a method of a client, for example client.raw(client.codes.…)"
        )
    return MethodType(function, group._as_raw())  # pyright: ignore[reportPrivateUsage]
