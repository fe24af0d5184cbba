"""Row 14: how long a limit makes a caller wait, and the limit that is kept beforehand."""

from __future__ import annotations

from time import monotonic

from msgspec import structs

from generator.runtime.errors import NotSentError, RateLimitError

from .support import FLAVORS, HEALTHY, WRITE, calling, faulty


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
