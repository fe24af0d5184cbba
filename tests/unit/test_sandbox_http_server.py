"""The loopback server as a whole: failing handlers, closing, whose loop it runs in."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from h11 import LocalProtocolError

from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from tests.support.sockets import GET, dial, never, ok, talk


def test_a_failing_handler_breaks_off_and_is_heard_of() -> None:
    failure = pytest.raises(AssertionError, match="not to be asked")
    with failure, serve(never) as server:
        assert talk(server, GET) == b""


def test_a_failing_test_is_not_hidden_by_a_failing_handler() -> None:
    with pytest.raises(KeyError), serve(never) as server:
        talk(server, GET)
        raise KeyError


def test_an_answer_that_cannot_be_framed_is_a_failure() -> None:
    wrong = Response(200, b"ab", (("Content-Length", "1"),))
    failure = pytest.raises(LocalProtocolError, match="Content-Length")
    with failure, serve(lambda request: wrong) as server:
        assert talk(server, GET) == b""


def test_a_failed_start_leaves_nothing_behind() -> None:
    threads = threading.active_count()
    with serve(ok) as server:
        port = urlsplit(server.url).port
        assert port is not None
        with pytest.raises(OSError):
            serve(ok, port=port).__enter__()
    assert threading.active_count() == threads


async def hang(request: Request) -> Response:
    await asyncio.sleep(3600)
    return Response()


@pytest.mark.parametrize("handler", [ok, hang], ids=["idle", "busy"])
def test_closing_ends_open_connections_at_once(
    handler: Callable[[Request], Response],
) -> None:
    threads = threading.active_count()
    with serve(handler) as server:
        connection = dial(server)
        connection.sendall(GET)
        time.sleep(0.05)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    assert threading.active_count() == threads
    with connection:
        try:
            while connection.recv(65_536):
                pass
        except ConnectionResetError:
            pass
    with pytest.raises(ConnectionRefusedError):
        dial(server)


def test_closing_does_not_wait_for_a_client_that_does_not_read() -> None:
    with serve(lambda request: Response(200, b"a" * 50_000_000)) as server:
        connection = dial(server)
        connection.sendall(GET)
        time.sleep(0.05)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    connection.close()


def test_it_runs_in_the_running_loop_too() -> None:
    async def handler(request: Request) -> Response:
        await asyncio.sleep(0)
        return Response(200, request.body)

    async def main() -> bytes:
        async with serve(handler) as server:
            parts = urlsplit(server.url)
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(GET.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\nhi"))
            head = await reader.readuntil(b"\r\n\r\n")
            body = await reader.readexactly(2)
            writer.close()
            await writer.wait_closed()
            return head[:12] + body

    assert asyncio.run(main()) == b"HTTP/1.1 200hi"


def test_a_failure_is_raised_from_the_running_loop_too() -> None:
    async def main() -> None:
        async with serve(never) as server:
            await asyncio.to_thread(talk, server, GET)

    with pytest.raises(AssertionError, match="asked"):
        asyncio.run(main())
