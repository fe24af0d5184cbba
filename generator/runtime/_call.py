# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""One call: attempts until there is a value or an error that says what happened.

Every attempt is prepared anew, so that no nonce is used twice; the arguments, and with
them a unique id, stay the same. What comes after a failure is decided in `_retry`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from threading import Lock
from time import monotonic, sleep
from typing import Any

from ._answer import Answer
from ._hooks import RequestEvent, ResponseEvent, tell
from ._interpret import damaged, interpret
from ._item_stream import AsyncItemStream, ItemStream, Opened, open_async, open_stream
from ._limits import limits
from ._log import say
from ._operation import Draft, Operation
from ._prepare import Settings, prepare
from ._retry import Retries
from ._transport import AsyncPool, Pool, Received
from ._watch import Phase, Watch
from .errors import ClientError, ConfigurationError, NotSentError, OutcomeUnknownError

__all__ = ["call", "call_async"]

PAUSE = 0.002  # seconds between two looks of a task whether it is its turn

LookUp = Callable[[str, Mapping[str, Any]], Any]


def call(
    settings: Settings,
    pool: Pool,
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    look_up: LookUp,
) -> Answer[Any]:
    """Make a call and give its whole answer. Raises every error of `errors`."""
    making = _Making(settings, operation, look_up)
    while True:
        watch = making.start()
        try:
            if (wait := making.limited()) > 0:
                sleep(wait)
            with _turn(making):
                draft = prepare(settings, operation, **arguments)
                making.sending()
                send = open_stream if operation.is_stream else Pool.send
                received = send(pool, draft, settings.options, watch)
            if isinstance(received, Opened):
                items: ItemStream[Any] = ItemStream(settings, received)
                return making.opened(received, items)
            return making.finish(draft, received)
        except ClientError as error:
            wait = making.after(error)
        except BaseException as error:
            making.interrupted(error)
            raise
        sleep(wait)


async def call_async(
    settings: Settings,
    pool: AsyncPool,
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    look_up: LookUp,
) -> Answer[Any]:
    """Make a call of an async client, see `call`."""
    import asyncio  # here, as it takes long and many programs do without

    making = _Making(settings, operation, look_up)
    while True:
        watch = making.start()
        try:
            if (wait := making.limited()) > 0:
                await asyncio.sleep(wait)
            async with _async_turn(making):
                draft = prepare(settings, operation, **arguments)
                making.sending()
                send = open_async if operation.is_stream else AsyncPool.send
                received = await send(pool, draft, settings.options, watch)
            if isinstance(received, Opened):
                items: AsyncItemStream[Any] = AsyncItemStream(settings, received)
                return making.opened(received, items)
            return making.finish(draft, received)
        except ClientError as error:
            wait = making.after(error)
        except BaseException as error:
            making.interrupted(error)
            raise
        await asyncio.sleep(wait)


class _Making:
    """A call that is being made."""

    __slots__ = (
        "look_up",
        "operation",
        "retries",
        "sent_at",
        "settings",
        "until",
        "watch",
    )

    def __init__(
        self, settings: Settings, operation: Operation[Any], look_up: LookUp
    ) -> None:
        options = settings.options
        self.settings = settings
        self.operation = operation
        self.look_up = look_up
        self.until = monotonic() + options.deadline
        self.sent_at: float | None = None
        self.watch = self.start()
        self.retries = Retries(
            is_read=operation.is_read,
            most=options.retries,
            retry_limited_writes=options.retry_limited_writes,
            jitter=options.jitter,
        )

    def start(self) -> Watch:
        may_share = self.settings.options.reuse_connections
        self.watch = Watch(self.until, may_share=may_share)
        return self.watch

    def limited(self) -> float:
        """Give the seconds to wait for the limit that the document states."""
        operation = self.operation
        if not self.settings.options.rate_limit or operation.rate_limit is None:
            return 0.0
        host = self.settings.host_for(operation)
        wait = limits.wait(
            host, operation.path, operation.rate_limit, monotonic(), self.until
        )
        if wait is None:
            raise self.not_sent("the rate limit leaves no room before the deadline")
        return wait

    def turn(self) -> list[Lock]:
        schemes = self.settings.schemes_for(self.operation)
        locks = [lock for scheme in schemes if (lock := scheme.turn()) is not None]
        return sorted(set(locks), key=id)  # one order everywhere: no two wait in a ring

    def not_sent(self, why: str) -> NotSentError:
        name = self.operation.name
        error = NotSentError(f"{name} was not sent ({why})", operation=name)
        error.is_final = True
        return error

    def sending(self) -> None:
        """Tell the hook; `ended` tells the other one, once for each attempt."""
        self.sent_at = monotonic()
        tell(
            self.settings.options.on_request,
            RequestEvent(
                operation=self.operation.name,
                method=self.operation.method,
                path=self.operation.path,
                attempt=self.retries.made + 1,
            ),
        )

    def ended(self, status: int | None, error: BaseException | None) -> None:
        sent_at, self.sent_at = self.sent_at, None
        if sent_at is None:  # it did not come as far as that
            return
        tell(
            self.settings.options.on_response,
            ResponseEvent(
                operation=self.operation.name,
                method=self.operation.method,
                path=self.operation.path,
                attempt=self.retries.made + 1,
                status=status,
                error=None if error is None else type(error).__name__,
                elapsed=monotonic() - sent_at,
            ),
        )

    def finish(self, draft: Draft, received: Received) -> Answer[Any]:
        status, headers, body = received
        say(
            logging.DEBUG,
            "answered:",
            operation=self.operation.name,
            status=status,
            nonce=draft.nonce,
        )
        try:
            value = interpret(self.settings, draft, status, headers, body)
        except ClientError:
            raise
        except Exception as error:
            damaged(draft, status, body, f"not readable ({type(error).__name__})")
        self.ended(status, None)
        return Answer(status=status, headers=headers, body=body, value=value)

    def opened(self, opened: Opened, items: object) -> Answer[Any]:
        """Give an answer that goes on: its value are the items."""
        status, headers = opened.status, opened.headers
        self.ended(status, None)
        return Answer(status=status, headers=headers, body=b"", value=items)

    def after(self, error: ClientError) -> float:
        """Give the seconds to wait before another attempt, or raise the error."""
        watch = self.watch
        status: int | None = getattr(error, "status", None)
        if isinstance(error, OutcomeUnknownError):
            status = error.status_seen
        self.ended(status, error)
        wait = self.retries.next(
            error,
            phase=watch.phase,
            left=self.until - monotonic(),
            began=watch.began,
            is_whole=watch.is_whole,
        )
        say(
            logging.INFO,
            "failed:" if wait is None else "failed, trying again:",
            operation=self.operation.name,
            error=type(error).__name__,
            status=status,
            phase=watch.phase.value,
            attempt=self.retries.made + (1 if wait is None else 0),
            seconds=None if wait is None else round(wait, 3),
        )
        if wait is not None:
            return wait
        if not error.operation:
            error.operation = self.operation.name
        if isinstance(error, OutcomeUnknownError):
            self._offer_look_up(error)
        raise error

    def _offer_look_up(self, error: OutcomeUnknownError) -> None:
        if self.operation.reconcile is None:
            return
        method, argument = self.operation.reconcile
        look_up = self.look_up
        named = {_snake(name): value for name, value in error.request.items()}
        value = named.get(argument)

        def ask() -> Any:
            if value is None:
                raise ConfigurationError(
                    f"{error.operation} was called without {argument}, by which "
                    f"{method} would find it",
                    operation=error.operation,
                )
            return look_up(method, {argument: value})

        error.reconcile_with(ask)

    def interrupted(self, error: BaseException) -> None:
        """Note on a cancellation that a write was under way."""
        self.watch.spoiled = True
        self.ended(None, error)
        is_sent = self.watch.phase is not Phase.NOT_SENT
        if is_sent and not self.operation.is_read:
            with suppress(Exception):
                error.add_note(
                    f"{self.operation.name} was sent, and its outcome is not known: "
                    "look it up before you call again"
                )


@contextmanager
def _turn(making: _Making) -> Generator[None, None, None]:
    """Wait until no other call of this key is under way, where that matters."""
    held: list[Lock] = []
    try:
        for lock in making.turn():
            if not lock.acquire(timeout=max(0.0, making.until - monotonic())):
                raise making.not_sent("other calls of this key took too long")
            held.append(lock)
        yield
    finally:
        for lock in held:
            lock.release()


@asynccontextmanager
async def _async_turn(making: _Making) -> AsyncGenerator[None, None]:
    """Wait as `_turn` does, in a task; threads and other loops share the lock."""
    import asyncio

    held: list[Lock] = []
    try:
        for lock in making.turn():
            while not lock.acquire(blocking=False):
                if monotonic() > making.until:
                    raise making.not_sent("other calls of this key took too long")
                await asyncio.sleep(PAUSE)
            held.append(lock)
        yield
    finally:
        for lock in held:
            lock.release()


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
