"""Rows 7, 14, 17, 18, 22 and 26: what the caller learns, and what may not change it."""

from __future__ import annotations

import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, time

import pytest
from msgspec import structs

from generator.runtime._decode import Mismatch
from generator.runtime._model import Model
from generator.runtime._operation import Operation
from generator.runtime.errors import (
    ConfigurationError,
    DecodeError,
    NonceError,
    NotSentError,
    OutcomeUnknownError,
    RateLimitError,
    UnprocessableEntityError,
)
from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve

from .support import (
    DUPLICATE,
    FLAVORS,
    HEALTHY,
    KEY,
    KINDS,
    SECRET,
    WRITE,
    Reason,
    calling,
    faulty,
)

LOGGER = logging.getLogger("generator.runtime")


class Receipt(Model, kw_only=True):
    amount: int
    note: str | None = None


TYPED = {
    kind: Operation[Receipt](
        name="typed",
        method="POST",
        path="/typed",
        kind=kind,
        returns=Receipt,
        body="json",
    )
    for kind in ("read", "write")
}


@KINDS
@FLAVORS
@pytest.mark.parametrize(
    "answer",
    [
        {"amount": 5, "unknown": {"deep": [1]}},
        {"amount": "five"},
        {"amount": None, "note": 7},
        {},
        [],
    ],
)
def test_row_07_executed_whatever_the_fields(
    flavor: str, kind: str, answer: object
) -> None:
    found: list[Mismatch] = []
    exchange = Exchange({}, rules={"/typed": lambda _: None})
    exchange.answers["POST", "/typed"] = (200, answer)
    with (
        serve(exchange) as server,
        calling(flavor, server.url, on_mismatch=found.append) as caller,
    ):
        made = caller.client.main_account._call(TYPED[kind], body={})
        assert isinstance(caller.run(made), Receipt)
    assert len(exchange.records) == 1
    assert bool(found) == ("unknown" not in str(answer))


@KINDS
@FLAVORS
def test_row_07_another_kind_was_executed(flavor: str, kind: str) -> None:
    with faulty("wrong-kind") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome(kind)
    assert isinstance(error, DecodeError)
    assert error.executed
    assert error.parsed == "text"
    assert len(server.requests) == 1


@FLAVORS
def test_row_14_waits_as_long_as_it_is_told(flavor: str) -> None:
    with (
        faulty("limited-1", "healthy") as (server, url),
        calling(flavor, url, deadline=5.0) as caller,
    ):
        start = monotonic()
        assert caller.call("read") == HEALTHY
        assert 1.0 <= monotonic() - start < 1.6
    assert len(server.requests) == 2


@FLAVORS
def test_row_14_waits_until_a_date(flavor: str) -> None:
    with (
        faulty("limited-date", "healthy") as (server, url),
        calling(flavor, url, deadline=5.0) as caller,
    ):
        start = monotonic()
        assert caller.call("read") == HEALTHY
        assert 0.5 <= monotonic() - start < 2.6
    assert len(server.requests) == 2


@FLAVORS
def test_row_14_a_write_says_how_long_to_wait(flavor: str) -> None:
    with faulty("limited-hour") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome("write")
    assert isinstance(error, RateLimitError)
    assert error.retry_after == 3600
    assert len(server.requests) == 1


@FLAVORS
def test_row_14_writes_again_where_asked_for(flavor: str) -> None:
    with (
        faulty("limited-0", "limited-past", "healthy") as (server, url),
        calling(flavor, url, retry_limited_writes=True) as caller,
    ):
        assert caller.call("write") == HEALTHY
    fields = [record.fields for record in server.exchange.records]
    assert [one["uniqueId"] for one in fields] == ["u-1"] * 3
    assert len({one["nonce"] for one in fields}) == 3


@FLAVORS
def test_row_17_duplicate_unique_id_is_evidence(flavor: str) -> None:
    exchange = Exchange({KEY: SECRET})
    exchange.answers["POST", WRITE.path] = (422, DUPLICATE)
    with serve(exchange) as server, calling(flavor, server.url) as caller:
        error = caller.outcome("write")
    assert isinstance(error, UnprocessableEntityError)
    assert error.reason is Reason.DUPLICATE
    assert "accepted" in (OutcomeUnknownError.__doc__ or "")
    assert len(exchange.records) == 1


@FLAVORS
def test_row_18_reconcile_reads_the_history(flavor: str) -> None:
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id="mine")
        assert isinstance(error, OutcomeUnknownError)
        assert caller.run(error.reconcile()) == HEALTHY
    assert server.count("write") == server.count("history") == 1
    assert server.exchange.records[-1].fields["uniqueId"] == "mine"


@FLAVORS
def test_row_18_reconcile_takes_the_field_of_the_call_as_it_is_spelled(
    flavor: str,
) -> None:
    named = ("main_account.get_history", "unique_id", "X-OID")
    odd = structs.replace(WRITE, reconcile=named)
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        with pytest.raises(OutcomeUnknownError) as caught:
            caller.run(caller.client.main_account._call(odd, body={"X-OID": "mine"}))
        assert caller.run(caught.value.reconcile()) == HEALTHY
    assert server.exchange.records[-1].fields["uniqueId"] == "mine"


@FLAVORS
def test_row_18_reconcile_needs_a_history_and_a_value(flavor: str) -> None:
    with faulty("reset") as (_, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id=None)
        with pytest.raises(ConfigurationError, match="unique_id"):
            error.reconcile()
        alone = structs.replace(WRITE, reconcile=None)
        with pytest.raises(OutcomeUnknownError) as caught:
            caller.run(caller.client.main_account._call(alone, body={}))
        with pytest.raises(ConfigurationError, match="no history"):
            caught.value.reconcile()
        error = caller.outcome("write")
        copy = pickle.loads(pickle.dumps(error))
        assert copy == error
        with pytest.raises(ConfigurationError, match="no history"):
            copy.reconcile()


@FLAVORS
def test_row_18_a_call_repeated_by_hand_keeps_its_unique_id(flavor: str) -> None:
    with faulty("reset", "healthy") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome("write", unique_id="mine")
        assert caller.call("write", unique_id=error.unique_id) == HEALTHY
    fields = [record.fields for record in server.exchange.records]
    assert [one["uniqueId"] for one in fields] == ["mine", "mine"]
    assert fields[0]["nonce"] != fields[1]["nonce"]


@KINDS
@FLAVORS
@pytest.mark.parametrize("off", [-60, 60])
def test_row_22_a_wrong_clock_is_named(flavor: str, kind: str, off: int) -> None:
    exchange = Exchange({KEY: SECRET}, clock=lambda: int((time() + off) * 1000))
    with serve(exchange) as server, calling(flavor, server.url) as caller:
        error = caller.outcome(kind)
    assert isinstance(error, NonceError)
    assert error.skew == pytest.approx(off, abs=2)
    side = "behind" if off > 0 else "ahead of"
    assert f"s {side} the exchange's" in str(error)
    assert len(exchange.records) == (2 if kind == "read" else 1)


@FLAVORS
def test_row_22_the_clock_is_set_back(flavor: str) -> None:
    """The exchange checks: unique, and within 5 s of its clock, which moves along."""
    now = [1_700_000_000_000]
    exchange = Exchange({KEY: SECRET}, clock=lambda: now[0])
    with (
        serve(exchange) as server,
        calling(flavor, server.url, clock=lambda: now[0]) as caller,
    ):
        for number in range(300):
            now[0] += -60_000 if number == 100 else 10
            caller.call("write")
    assert exchange.refused == ()
    assert len(exchange.accepted) == 300


class Raising(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise RuntimeError("the disk is full")


@contextmanager
def handler_on(logger: logging.Logger) -> Iterator[None]:
    raising, level = Raising(), logger.level
    logger.addHandler(raising)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.removeHandler(raising)
        logger.setLevel(level)


@KINDS
@FLAVORS
@pytest.mark.parametrize(
    "name", ["generator.runtime", "httpcore2", "httpcore2.http11", "httpx2", "h11"]
)
@pytest.mark.filterwarnings("error")
def test_row_26_a_log_handler_that_raises(flavor: str, kind: str, name: str) -> None:
    with (
        faulty("healthy", "list-for-object") as (server, url),
        calling(flavor, url) as caller,
        handler_on(logging.getLogger(name)),
    ):
        assert caller.call(kind) == HEALTHY
        assert caller.call(kind) == {}
    assert len(server.requests) == 2


@KINDS
@FLAVORS
@pytest.mark.filterwarnings("error")
def test_row_26_a_hook_that_raises(flavor: str, kind: str) -> None:
    def raising(mismatch: Mismatch) -> None:
        raise RuntimeError(mismatch.field)

    with (
        faulty("list-for-object") as (server, url),
        calling(flavor, url, on_mismatch=raising) as caller,
    ):
        assert caller.call(kind) == {}
    assert len(server.requests) == 1


@FLAVORS
def test_row_26_jitter_that_raises(flavor: str) -> None:
    def raising() -> float:
        raise RuntimeError("no luck")

    with (
        faulty("reset", "healthy") as (server, url),
        calling(flavor, url, jitter=raising) as caller,
    ):
        assert caller.call("read") == HEALTHY
    assert len(server.requests) == 2


@KINDS
@FLAVORS
def test_the_log_holds_what_is_allowed(
    flavor: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with faulty("reset", "healthy") as (_, url), calling(flavor, url) as caller:
        caller.outcome(kind)
        caller.outcome(kind)
    text = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "asyncio"
    )
    assert ("operation=" in text and "ConnectionLostError" in text) or kind == "write"
    for word in (KEY, SECRET, "u-1", "1.50", "hush", "tx_1", url, "X-TXC"):
        assert word not in text


def test_only_listed_values_are_logged() -> None:
    from generator.runtime._log import say

    with pytest.raises(ValueError, match="not to be logged"):
        say(logging.DEBUG, "sent", body="secret")


@FLAVORS
def test_the_stated_limit_is_kept_where_asked_for(flavor: str) -> None:
    """Five calls of two operations in a group that allows two in 0.4 s."""
    first = structs.replace(WRITE, rate_limit=(2, 0.4), path=f"/{flavor}/a/first")
    other = structs.replace(first, path=f"/{flavor}/a/other")
    with (
        faulty("healthy") as (server, url),
        calling(flavor, url, rate_limit=True) as caller,
    ):
        start = monotonic()
        for operation in (first, other, first, other, first):
            caller.run(caller.client.main_account._call(operation, body={}))
        assert 0.8 <= monotonic() - start < 2.0
    assert len(server.requests) == 5


@FLAVORS
def test_a_limit_that_leaves_no_time_sends_nothing(flavor: str) -> None:
    limited = structs.replace(WRITE, rate_limit=(1, 60.0), path=f"/{flavor}/b/limited")
    with (
        faulty("healthy") as (server, url),
        calling(flavor, url, rate_limit=True) as caller,
    ):
        for expected in (None, NotSentError):
            start = monotonic()
            try:
                caller.run(caller.client.main_account._call(limited, body={}))
            except NotSentError:
                assert expected is NotSentError
            assert monotonic() - start < 1.0
    assert len(server.requests) == 1
