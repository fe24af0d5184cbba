"""Row 20: what is left on a connection is nobody else's answer."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from time import sleep
from typing import Any

import pytest

from generator.runtime.errors import OutcomeUnknownError
from generator.sandbox.faults import SURPLUS
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response, Wire

from .support import (
    FLAVORS,
    HEALTHY,
    KINDS,
    READ_TIMEOUT,
    SHARING,
    SHORT,
    calling,
    faulty,
)


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
