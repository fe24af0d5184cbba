"""Row 21: one client in two processes, and in two loops."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response

from .support import HEALTHY, SHARING, Caller, calling, faulty


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
