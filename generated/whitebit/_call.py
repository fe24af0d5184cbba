# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""One call: attempts until there is a value or an error that says what happened.

Every attempt is prepared anew, so that no nonce is used twice; the arguments, and with
them a unique id, stay the same. What comes after a failure is decided in `_retry`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from threading import Lock
from time import monotonic, sleep
from typing import Any

from ._answer import Answer
from ._attempts import Attempts, LookUp
from ._item_stream import AsyncItemStream, ItemStream, Opened, open_async, open_stream
from ._operation import Operation
from ._prepare import Settings, prepare
from ._transport import AsyncPool, Pool
from .errors import ClientError

__all__ = ["LookUp", "call", "call_async"]

PAUSE = 0.002  # seconds between two looks of a task whether it is its turn


def call(
    settings: Settings,
    pool: Pool,
    operation: Operation[Any],
    arguments: Mapping[str, Any],
    look_up: LookUp,
) -> Answer[Any]:
    """Make a call and give its whole answer. Raises every error of `errors`."""
    attempts = Attempts(settings, operation, look_up)
    while True:
        watch = attempts.start()
        try:
            pool.check_open()
            if (wait := attempts.limited()) > 0:
                sleep(wait)
            with _turn(attempts):
                draft = prepare(settings, operation, **arguments)
                attempts.sending()
                send = open_stream if operation.is_stream else Pool.send
                received = send(pool, draft, settings.options, watch)
            if isinstance(received, Opened):
                items: ItemStream[Any] = ItemStream(settings, received)
                return attempts.opened(draft, received, items)
            return attempts.finish(draft, received)
        except ClientError as error:
            wait = attempts.after(error)
        except BaseException as error:
            attempts.interrupted(error)
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

    attempts = Attempts(settings, operation, look_up)
    while True:
        watch = attempts.start()
        try:
            pool.check_open()
            if (wait := attempts.limited()) > 0:
                await asyncio.sleep(wait)
            async with _async_turn(attempts):
                draft = prepare(settings, operation, **arguments)
                attempts.sending()
                send = open_async if operation.is_stream else AsyncPool.send
                received = await send(pool, draft, settings.options, watch)
            if isinstance(received, Opened):
                items: AsyncItemStream[Any] = AsyncItemStream(settings, received)
                return attempts.opened(draft, received, items)
            return attempts.finish(draft, received)
        except ClientError as error:
            wait = attempts.after(error)
        except BaseException as error:
            attempts.interrupted(error)
            raise
        await asyncio.sleep(wait)


@contextmanager
def _turn(attempts: Attempts) -> Generator[None, None, None]:
    """Wait until no other call of this key is under way, where that matters."""
    held: list[Lock] = []
    try:
        for lock in attempts.turn():
            if not lock.acquire(timeout=max(0.0, attempts.until - monotonic())):
                raise attempts.not_sent("other calls of this key took too long")
            held.append(lock)
        yield
    finally:
        for lock in held:
            lock.release()


@asynccontextmanager
async def _async_turn(attempts: Attempts) -> AsyncGenerator[None, None]:
    """Wait as `_turn` does, in a task; threads and other loops share the lock."""
    import asyncio

    held: list[Lock] = []
    try:
        for lock in attempts.turn():
            while not lock.acquire(blocking=False):
                if monotonic() > attempts.until:
                    raise attempts.not_sent("other calls of this key took too long")
                await asyncio.sleep(PAUSE)
            held.append(lock)
        yield
    finally:
        for lock in held:
            lock.release()
