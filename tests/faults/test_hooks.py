"""Hooks: told of each attempt, told no secret, and never the reason of a failure."""

from __future__ import annotations

import asyncio
import logging
from typing import Any, NoReturn

import pytest

from generator.runtime._client import RequestEvent, ResponseEvent
from generator.runtime.errors import (
    ConfigurationError,
    ConnectionLostError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitError,
)

from .support import FLAVORS, HEALTHY, KEY, KINDS, READ, SECRET, WRITE, calling, faulty


class Told:
    """Both hooks of a client, and what they were told."""

    def __init__(self) -> None:
        self.events: list[RequestEvent] = []
        self.hooks: dict[str, Any] = {
            "on_request": self.events.append,
            "on_response": self.events.append,
        }

    def seen(self) -> list[tuple[int, int | str | None, str | None]]:
        """Give attempt, status ("request" before there is one) and error of each."""
        return [
            (
                (one.attempt, one.status, one.error)
                if isinstance(one, ResponseEvent)
                else (one.attempt, "request", None)
            )
            for one in self.events
        ]


@FLAVORS
def test_a_read_that_is_tried_again(flavor: str) -> None:
    told = Told()
    with (
        faulty("reset", "limited-0", "healthy") as (_, url),
        calling(flavor, url, **told.hooks) as caller,
    ):
        assert caller.call("read") == HEALTHY
    assert told.seen() == [
        (1, "request", None),
        (1, None, ConnectionLostError.__name__),
        (2, "request", None),
        (2, 429, RateLimitError.__name__),
        (3, "request", None),
        (3, 200, None),
    ]
    assert {(e.operation, e.method, e.path) for e in told.events} == {
        (READ.name, "POST", READ.path)
    }
    ends = [one for one in told.events if isinstance(one, ResponseEvent)]
    assert all(0 <= one.elapsed < 5 for one in ends)


@FLAVORS
@pytest.mark.parametrize(
    ("fault", "status"), [("reset", None), ("502", 502), ("html", 200)]
)
def test_a_write_whose_outcome_is_not_known(
    flavor: str, fault: str, status: int | None
) -> None:
    told = Told()
    with faulty(fault) as (_, url), calling(flavor, url, **told.hooks) as caller:
        assert isinstance(caller.outcome("write"), OutcomeUnknownError)
    assert told.seen() == [
        (1, "request", None),
        (1, status, OutcomeUnknownError.__name__),
    ]


@FLAVORS
def test_nothing_is_sent(flavor: str) -> None:
    told = Told()
    with faulty("healthy") as (_, url):
        pass  # nobody listens there any more
    with calling(flavor, url, retries=0, **told.hooks) as caller:
        assert isinstance(caller.outcome("write"), NotSentError)
    assert told.seen() == [(1, "request", None), (1, None, NotSentError.__name__)]


@FLAVORS
def test_a_closed_client_sends_nothing_and_tells_nothing(flavor: str) -> None:
    told = Told()
    with faulty("healthy") as (server, url), calling(flavor, url, **told.hooks) as it:
        it.run(it.client.close() if flavor == "sync" else it.client.aclose())
        error = it.outcome("write")
    assert isinstance(error, ConfigurationError)
    assert str(error) == "this client is closed; make a new one"
    assert error.operation == WRITE.name
    assert told.events == []
    assert server.requests == []


@FLAVORS
def test_a_loopback_address_behind_a_proxy_is_not_told_of(flavor: str) -> None:
    told = Told()
    with faulty("healthy") as (server, url):
        changed: dict[str, Any] = {"proxy": "http://127.0.0.1:9", **told.hooks}
        with calling(flavor, url, **changed) as caller:
            assert isinstance(caller.outcome("write"), ConfigurationError)
    assert told.events == []
    assert server.requests == []


@KINDS
@FLAVORS
def test_a_hook_that_raises_changes_nothing(
    flavor: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(event: RequestEvent) -> NoReturn:
        raise RuntimeError("the words of the hook")

    with faulty("healthy") as (server, url):
        hooks: dict[str, Any] = {"on_request": fail, "on_response": fail}
        with (
            caplog.at_level(logging.WARNING, "generator.runtime"),
            calling(flavor, url, **hooks) as caller,
        ):
            assert caller.call(kind) == HEALTHY
    assert len(server.requests) == 1
    assert (
        caplog.messages
        == [
            f"a hook failed: operation={(READ if kind == 'read' else WRITE).name} "
            "error=RuntimeError"
        ]
        * 2
    )


@FLAVORS
def test_nothing_of_the_call_is_told(flavor: str) -> None:
    told = Told()
    with (
        faulty("refused-422") as (server, url),
        calling(flavor, url, **told.hooks) as caller,
    ):
        caller.outcome("write", unique_id="recognisable-id")
    (request,) = server.requests
    secrets = [KEY, SECRET, "recognisable-id", "1.50", "hush", url]
    for header in ("X-TXC-PAYLOAD", "X-TXC-SIGNATURE"):
        secrets.append(request.header(header) or "")
    assert all(secrets)
    assert len(told.events) == 2
    for event in told.events:
        assert [one for one in secrets if one in repr(event)] == []


def test_a_cancelled_call_has_an_end() -> None:
    told = Told()

    async def cancel(client: Any) -> None:
        task = asyncio.create_task(client.main_account.write())
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with (
        faulty("late") as (server, url),
        calling("async", url, **told.hooks) as caller,
    ):
        caller.run(cancel(caller.client))
    assert told.seen() == [(1, "request", None), (1, None, "CancelledError")]


@FLAVORS
def test_a_copy_has_hooks_of_its_own(flavor: str) -> None:
    told, other = Told(), Told()
    with faulty("healthy") as (_, url), calling(flavor, url, **told.hooks) as caller:
        copy = caller.client.with_options(on_request=other.hooks["on_request"])
        caller.run(copy.main_account.read())
    assert [type(one) for one in other.events] == [RequestEvent]
    assert [type(one) for one in told.events] == [ResponseEvent]
