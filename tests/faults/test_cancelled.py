"""Row 19: a caller that cancels, times out or is interrupted."""

from __future__ import annotations

import asyncio
import signal
import threading
from contextlib import suppress
from time import sleep

import pytest

from .support import HEALTHY, KINDS, Caller, calling, faulty, wait_for


@KINDS
def test_row_19_cancelled(kind: str) -> None:
    async def cancel(caller: Caller) -> BaseException:
        task = asyncio.create_task(getattr(caller.client.main_account, kind)())
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        return caught.value

    with faulty("late", "healthy") as (server, url), calling("async", url) as caller:
        error = caller.run(cancel(caller))
        notes = "".join(getattr(error, "__notes__", []))
        assert ("outcome is not known" in notes) is (kind == "write")
        assert caller.call(kind) == HEALTHY
    assert len(server.requests) == 2
    assert len({request.connection for request in server.requests}) == 2


def test_row_19_cancelled_at_any_moment_leaves_the_pool_whole() -> None:
    async def cancel_many(caller: Caller) -> None:
        for number in range(60):
            made = caller.client.main_account.write()
            task = asyncio.create_task(made)
            await asyncio.sleep(number * 0.000_1)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    with (
        faulty("healthy") as (server, url),
        calling("async", url, max_connections=2) as caller,
    ):
        caller.run(cancel_many(caller))
        assert caller.call("write") == HEALTHY
    assert len(server.requests) <= 61


@KINDS
def test_row_19_timeout_of_the_caller(kind: str) -> None:
    async def impatient(caller: Caller) -> None:
        async with asyncio.timeout(None) as patience:

            async def lose_it() -> None:
                while not server.requests:
                    await asyncio.sleep(0.01)
                patience.reschedule(asyncio.get_running_loop().time() + 0.1)

            losing = asyncio.create_task(lose_it())
            await getattr(caller.client.main_account, kind)()
            await losing

    with (
        faulty("late") as (server, url),
        calling("async", url) as caller,
        pytest.raises(TimeoutError),
    ):
        caller.run(impatient(caller))
    assert len(server.requests) == 1


@KINDS
def test_row_19_keyboard_interrupt(kind: str) -> None:
    """Ctrl-C, as it comes: raised in the main thread while it waits for the answer."""
    main = threading.main_thread().ident
    assert main is not None
    with faulty("late", "healthy") as (server, url), calling("sync", url) as caller:
        before = signal.signal(signal.SIGINT, signal.default_int_handler)

        def press_when_sent() -> None:
            wait_for(server.requests)
            sleep(0.05)
            signal.pthread_kill(main, signal.SIGINT)

        press = threading.Thread(target=press_when_sent)
        press.start()
        try:
            with pytest.raises(KeyboardInterrupt) as caught:
                caller.outcome(kind)
        finally:
            press.join()
            signal.signal(signal.SIGINT, before)
        notes = "".join(getattr(caught.value, "__notes__", []))
        assert ("outcome is not known" in notes) is (kind == "write")
        assert caller.call(kind) == HEALTHY
    assert len(server.requests) == 2
