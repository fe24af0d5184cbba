"""Rows 1, 2 and 24: nothing was sent, so it may be sent again, or never could be."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

import pytest

from generator.runtime import errors
from generator.runtime.errors import ConfigurationError, NotSentError
from generator.sandbox.http import serve

from .support import (
    DEADLINE,
    FLAVORS,
    HEALTHY,
    KINDS,
    SHARING,
    SHORT,
    Caller,
    Faulty,
    calling,
    faulty,
    wait_for,
)
from .trap import Trap


@contextmanager
def free_port() -> Iterator[int]:
    """A port that refuses: bound, and nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        yield one.getsockname()[1]


def not_sent(flavor: str, url: str, kind: str, **changed: Any) -> NotSentError:
    with calling(flavor, url, **changed) as caller:
        start = monotonic()
        outcome = caller.outcome(kind)
        assert monotonic() - start < DEADLINE + 0.5
    assert isinstance(outcome, NotSentError), repr(outcome)
    assert outcome.operation
    return outcome


@KINDS
@FLAVORS
def test_row_01_refused(flavor: str, kind: str) -> None:
    with free_port() as port:
        error = not_sent(flavor, f"http://127.0.0.1:{port}", kind)
    assert f" was not sent to 127.0.0.1:{port} (ConnectError: " in str(error)
    assert str(error).endswith("): safe to call again")
    assert not error.is_final


@FLAVORS
def test_row_01_says_the_port_that_an_address_leaves_out(flavor: str) -> None:
    said = str(not_sent(flavor, "https://nobody.invalid", "read", retries=0))
    assert " was not sent to nobody.invalid:443 (" in said


@FLAVORS
def test_row_01_says_the_proxy_and_not_its_password(flavor: str) -> None:
    with free_port() as port:
        proxy = f"http://me:hidden@127.0.0.1:{port}"
        url = "https://exchange.example:8443"
        said = str(not_sent(flavor, url, "write", proxy=proxy, retries=0))
    assert f"exchange.example:8443 through the proxy 127.0.0.1:{port} (" in said
    assert "hidden" not in said
    assert "me:" not in said


@KINDS
@FLAVORS
def test_row_01_name_not_found(flavor: str, kind: str) -> None:
    not_sent(flavor, "https://nobody.invalid", kind)


@KINDS
@FLAVORS
def test_row_01_connect_timeout(flavor: str, kind: str) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf:
        port = deaf.getsockname()[1]
        filling = [socket.socket() for _ in range(4)]
        for one in filling:  # the queue is full: the next one gets no answer at all
            one.setblocking(False)
            one.connect_ex(("127.0.0.1", port))
        sleep(0.05)
        start = monotonic()
        not_sent(flavor, f"http://127.0.0.1:{port}", kind, connect_timeout=0.2)
        assert monotonic() - start > 0.5  # three attempts
        for one in filling:
            one.close()


@KINDS
@FLAVORS
def test_row_01_tls_failure(flavor: str, kind: str) -> None:
    told: list[object] = []
    with faulty("healthy") as (server, url):
        https = url.replace("http:", "https:")
        error = not_sent(flavor, https, kind, on_request=told.append)
    assert server.requests == []
    assert error.is_final
    assert len(told) == 1  # calling again would not help
    assert "the other side speaks no TLS: is it an http:// address" in str(error)
    assert "safe to call again" not in str(error)


# Where the reset comes before the handshake begins, Python itself leaves its socket to the
# garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@KINDS
@FLAVORS
@pytest.mark.parametrize("trap", ["deaf", "reset", "closed"])
def test_row_01_handshake(flavor: str, kind: str, trap: str) -> None:
    with Trap(trap) as server:
        url = server.url.replace("http:", "https:")
        not_sent(flavor, url, kind, connect_timeout=0.3)
        assert server.connections == 3


@KINDS
@FLAVORS
def test_row_01_gets_over_it_with_the_same_unique_id(flavor: str, kind: str) -> None:
    handler = Faulty(("healthy",))
    opened = threading.Event()
    with free_port() as port:
        pass

    def open_late() -> None:
        sleep(0.05)
        with serve(handler, port=port):
            opened.set()
            finished.wait()

    finished = threading.Event()
    thread = threading.Thread(target=open_late)
    thread.start()
    with calling(flavor, f"http://127.0.0.1:{port}") as caller:
        assert caller.call(kind) == HEALTHY
    finished.set()
    thread.join()
    assert len(handler.requests) == 1
    if kind == "write":
        assert handler.exchange.records[0].fields["uniqueId"] == "u-1"


@KINDS
def test_row_01_pool_timeout(kind: str) -> None:
    with faulty("late", "healthy") as (server, url):
        changed: Any = {"max_connections": 1, "connect_timeout": 0.1, "retries": 0}
        caller = Caller("sync", url, **changed, **SHORT)
        busy = threading.Thread(target=caller.outcome, args=("write",))
        busy.start()
        wait_for(server.requests)
        assert isinstance(caller.outcome(kind), NotSentError)
        busy.join()
        assert caller.call(kind) == HEALTHY  # its place is free again
        caller.close()
    assert len(server.requests) == 2


@KINDS
def test_row_01_pool_timeout_async(kind: str) -> None:
    async def both(caller: Caller) -> list[Any]:
        group = caller.client.main_account
        busy = asyncio.create_task(group.write())
        while not server.requests:
            await asyncio.sleep(0.01)
        waiting = getattr(group, kind)()
        return [*await asyncio.gather(busy, waiting, return_exceptions=True)]

    with faulty("late", "healthy") as (server, url):
        changed: Any = {"max_connections": 1, "connect_timeout": 0.1, "retries": 0}
        with calling("async", url, **changed, **SHORT) as caller:
            busy, waiting = caller.run(both(caller))
            assert isinstance(busy, errors.OutcomeUnknownError)
            assert isinstance(waiting, NotSentError)
            assert caller.call(kind) == HEALTHY
    assert len(server.requests) == 2


@KINDS
@FLAVORS
def test_row_02_idle_connection_closed(flavor: str, kind: str) -> None:
    """Without any retry: a connection that is seen to be closed is passed over."""
    handler = Faulty(("healthy",))
    with serve(handler) as server:
        port = int(server.url.rpartition(":")[2])
        caller = Caller(flavor, server.url, retries=0, **SHARING)
        assert caller.call("write") == HEALTHY
    again = Faulty(("healthy",))
    with serve(again, port=port):
        assert caller.call(kind) == HEALTHY
        caller.close()
    assert len(handler.requests) == len(again.requests) == 1


@FLAVORS
@pytest.mark.parametrize(
    "url",
    [
        "http://whitebit.com",
        "http://10.0.0.1",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://0.0.0.0",
        "http://[::]",
        "ftp://127.0.0.1",
        "https://user:word@whitebit.com",
    ],
)
def test_row_24_plain_http_is_for_loopback(flavor: str, url: str) -> None:
    with pytest.raises(ConfigurationError):
        Caller(flavor, url)


@KINDS
@FLAVORS
def test_row_24_no_loopback_through_a_proxy(flavor: str, kind: str) -> None:
    with Trap("closed") as proxy, faulty("healthy") as (server, url):
        with calling(flavor, url, proxy=proxy.url) as caller:
            assert isinstance(caller.outcome(kind), ConfigurationError)
        assert proxy.connections == 0
    assert server.requests == []


@KINDS
@FLAVORS
def test_a_proxy_that_fails_has_sent_nothing(flavor: str, kind: str) -> None:
    """The request of the tunnel is not the request of the call."""
    with faulty("502") as (server, url):
        changed: Any = {"proxy": url, "retries": 0}
        with calling(flavor, "https://exchange.example", **changed) as caller:
            assert isinstance(caller.outcome(kind), NotSentError)
        server.refused.clear()  # it was asked for a tunnel, not called
    assert [request.method for request in server.requests] == ["CONNECT"]
