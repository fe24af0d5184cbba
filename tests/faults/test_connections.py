"""Rows 4, 19, 20 and 21: time, cancellation, what is left on a connection, and fork."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import socket
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

import pytest

from generator.runtime._operation import Operation
from generator.runtime.errors import (
    ConnectionLostError,
    DeadlineError,
    OutcomeUnknownError,
)
from generator.sandbox.faults import LATE, SURPLUS
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response, Wire

from .support import (
    DEADLINE,
    FLAVORS,
    HEALTHY,
    KINDS,
    READ_TIMEOUT,
    SHARING,
    SHORT,
    Caller,
    calling,
    faulty,
    wait_for,
)
from .trap import Trap

UPLOAD: Operation[Any] = Operation(
    name="upload", method="POST", path="/upload", returns=Any, body="bytes"
)


@FLAVORS
def test_row_04_a_server_that_does_not_read(flavor: str) -> None:
    with Trap("deaf") as server, calling(flavor, server.url, deadline=1.0) as caller:
        upload = b"x" * 2**25
        start = monotonic()
        with pytest.raises(OutcomeUnknownError):
            made = caller.client.main_account._call(UPLOAD, body=upload)
            caller.run(made)
        assert monotonic() - start < 1.5
        assert server.connections == 1


@FLAVORS
def test_row_04_the_deadline_is_for_all_attempts(flavor: str) -> None:
    with faulty("late") as (server, url):
        changed: Any = {"read_timeout": 10.0, "deadline": 1.0}
        with calling(flavor, url, **changed) as caller:
            start = monotonic()
            assert isinstance(caller.outcome("read"), DeadlineError)
            assert 0.9 < monotonic() - start < 1.5
    assert len(server.requests) == 1


@FLAVORS
def test_dripped_header_is_bounded_by_the_read_timeout(flavor: str) -> None:
    """Proved of the library: 5.9 s under a read timeout of 0.5 s."""
    with (
        faulty("dripped-header") as (server, url),
        calling(flavor, url, read_timeout=READ_TIMEOUT, deadline=60.0) as caller,
    ):
        start = monotonic()
        assert isinstance(caller.outcome("write"), OutcomeUnknownError)
        assert monotonic() - start < READ_TIMEOUT + 0.5
    assert len(server.requests) == 1


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


async def _answer_late(wire: Wire, data: bytes) -> None:
    await asyncio.sleep(READ_TIMEOUT + 0.5)  # a busy machine is late, too
    with suppress(OSError):
        await wire.write(data)


@KINDS
@FLAVORS
def test_row_20_a_late_answer_is_nobody_else_s(flavor: str, kind: str) -> None:
    numbers: list[int] = []

    def answer(request: Request) -> Response:
        numbers.append(request.connection)
        healthy = Response.json(200, {"number": len(numbers)})
        if len(numbers) == 1:
            return Response(200, healthy.body, healthy.headers, _answer_late)
        return healthy

    with (
        serve(answer) as server,
        calling(flavor, server.url, **SHARING, retries=0, **SHORT) as caller,
    ):
        assert isinstance(caller.outcome("write"), OutcomeUnknownError)
        sleep(0.6)
        assert caller.call(kind) == {"number": 2}
        assert caller.call(kind) == {"number": 3}
    assert numbers == [1, 2, 2]


@KINDS
@FLAVORS
@pytest.mark.parametrize("fault", ["surplus", "surplus-later"])
def test_row_20_surplus_bytes(flavor: str, kind: str, fault: str) -> None:
    """Proved of the library: they became the next answer, and that call was not sent."""
    with (
        faulty(fault, "healthy") as (server, url),
        calling(flavor, url, **SHARING) as caller,
    ):
        assert caller.call("write") == HEALTHY
        sleep(0.1)
        assert caller.call(kind) == HEALTHY
        assert caller.call(kind) == HEALTHY
    assert [request.connection for request in server.requests] == [1, 2, 2]


@KINDS
@FLAVORS
@pytest.mark.parametrize("fault", ["surplus-later", "surplus-behind-next"])
def test_row_20_surplus_later_is_nobody_s_answer(
    flavor: str, kind: str, fault: str
) -> None:
    """Surplus that comes when the next request is on its way looks like its answer."""
    with faulty(fault, "healthy") as (server, url), calling(flavor, url) as caller:
        assert caller.call(kind) == HEALTHY
        assert caller.call(kind) == HEALTHY
        assert caller.call(kind) == HEALTHY
    assert [request.connection for request in server.requests] == [1, 2, 3]


@FLAVORS
def test_row_20_what_sharing_a_connection_risks(flavor: str) -> None:
    """Where it was asked for, the fault above is not noticed: it can't be."""
    with (
        faulty("surplus-behind-next") as (server, url),
        calling(flavor, url, **SHARING) as caller,
    ):
        assert caller.call("write") == HEALTHY
        assert caller.call("write") == {"stolen": "true"}
    assert len(server.requests) == 1


@FLAVORS
def test_row_20_both_calls_have_to_allow_sharing(flavor: str) -> None:
    with faulty("healthy") as (server, url), calling(flavor, url) as caller:
        careful = caller.client.main_account
        fast = caller.client.with_options(reuse_connections=True).main_account
        for group in (careful, fast, fast, careful, careful, fast, fast):
            assert caller.run(group.write()) == HEALTHY
    used = [request.connection for request in server.requests]
    assert used == [1, 2, 2, 3, 4, 5, 5]


@FLAVORS
def test_row_20_surplus_behind_a_long_answer(flavor: str) -> None:
    body = json.dumps({"filler": "x" * 300_000}).encode()

    async def send(wire: Wire, data: bytes) -> None:
        await wire.write(data + SURPLUS)

    def answer(request: Request) -> Response:
        return Response(200, body, send=send)

    with serve(answer) as server:
        changed: Any = {"max_answer_bytes": 2**20}
        with calling(flavor, server.url, **SHARING, **changed) as caller:
            for _ in range(3):
                assert caller.call("write") == json.loads(body)
        assert server.connections == 3


@FLAVORS
def test_row_20_connections_are_used_again(flavor: str) -> None:
    with (
        faulty("healthy") as (server, url),
        calling(flavor, url, **SHARING) as caller,
    ):
        for _ in range(5):
            caller.call("write")
    assert {request.connection for request in server.requests} == {1}


def _in_child(work: Callable[[], str]) -> tuple[int, Callable[[], str]]:
    """Fork; return the child's id and what gives its words at the end."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            said = work()
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)

    def wait() -> str:
        os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as file:
            return file.read().decode()

    return pid, wait


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_row_21_answers_across_fork() -> None:
    """Proved of the library: 47 of 50 answers belonged to the other process."""

    def echo(request: Request) -> Response:
        return Response.json(200, {"id": json.loads(request.body)["uniqueId"]})

    def use(caller: Caller, name: str) -> str:
        wrong = 0
        for number in range(50):
            wanted = f"{name}-{number}"
            wrong += caller.call("write", unique_id=wanted) != {"id": wanted}
        return f"{wrong} wrong"

    with serve(echo) as server, calling("sync", server.url, **SHARING) as caller:
        assert caller.call("write", unique_id="before") == {"id": "before"}
        _, wait = _in_child(lambda: use(caller, "child"))
        assert use(caller, "parent") == "0 wrong"
        assert wait() == "0 wrong"
        assert server.connections == 2


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_row_21_answers_across_fork_async() -> None:
    def echo(request: Request) -> Response:
        return Response.json(200, {"id": json.loads(request.body)["uniqueId"]})

    async def use(client: Any, name: str) -> str:
        wrong = 0
        for number in range(20):
            wanted = f"{name}-{number}"
            wrong += await client.main_account.write(wanted) != {"id": wanted}
        return f"{wrong} wrong"

    with serve(echo) as server:
        caller = Caller("async", server.url, **SHARING)
        assert caller.call("write", unique_id="before") == {"id": "before"}
        _, wait = _in_child(lambda: _in_new_loop(use(caller.client, "child")))
        assert caller.run(use(caller.client, "parent")) == "0 wrong"
        assert wait() == "0 wrong"
        caller.close()
        assert server.connections == 2


def _in_new_loop(made: Any) -> str:
    # As `asyncio.run` would in a process of its own: the inherited loop is left alone.
    loop = asyncio.new_event_loop()
    asyncio.events._set_running_loop(None)
    return str(loop.run_until_complete(made))


def test_row_21_one_client_in_two_loops_one_after_the_other() -> None:
    with faulty("healthy") as (server, url):
        caller = Caller("async", url, **SHARING)
        assert caller.call("write") == HEALTHY

        async def again() -> Any:
            return await caller.client.main_account.write()

        assert asyncio.run(again()) == HEALTHY
        caller.close()
        caller.client = None
    assert len(server.requests) == 2
    with warnings.catch_warnings():  # what the closed loop has left open
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@FLAVORS
def test_a_swallowed_write_error(flavor: str) -> None:
    """Proved of the library: it forgets the error and goes on to read an answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"

        def answer_and_break() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1024)  # a part of the request: it was not executed
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
                sleep(0.05)

        thread = threading.Thread(target=answer_and_break)
        thread.start()
        with (
            calling(flavor, url) as caller,
            pytest.raises(OutcomeUnknownError) as caught,
        ):
            caller.run(caller.client.main_account._call(UPLOAD, body=b"x" * 2**24))
        thread.join()
    assert caught.value.phase == "sent"
    assert "NetworkError" in str(caught.value)


@FLAVORS
def test_half_of_an_answer_is_no_answer(flavor: str) -> None:
    with faulty("truncated") as (server, url), calling(flavor, url) as caller:
        outcome = caller.outcome("read")
    assert isinstance(outcome, ConnectionLostError)
    assert len(server.requests) == 2
    assert DEADLINE < LATE
