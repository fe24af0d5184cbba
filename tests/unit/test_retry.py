"""The table of retries, and the limits that a client keeps by itself."""

from __future__ import annotations

import pytest

from generator.runtime import errors
from generator.runtime._limits import Limits, group_of
from generator.runtime._retry import LONGEST_WAIT, Retries
from generator.runtime._watch import Phase

ALL = [
    getattr(errors, name)
    for name in errors.__all__
    if issubclass(getattr(errors, name), errors.ClientError)
]


def retries(*, is_read: bool, most: int = 2, on_limit: bool = False) -> Retries:
    return Retries(
        is_read=is_read, most=most, retry_limited_writes=on_limit, jitter=lambda: 1.0
    )


def limited(retry_after: float | None = None, status: int = 429) -> errors.ClientError:
    error = errors.RateLimitError("", status=status)
    error.retry_after = retry_after
    return error


@pytest.mark.parametrize("phase", [Phase.SENT, Phase.ANSWERED])
@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("began", [False, True])
def test_a_write_that_was_sent_is_never_sent_again(
    kind: type[errors.ClientError], phase: Phase, began: bool
) -> None:
    for status in (0, *range(200, 600)):
        error = kind("", status=status) if _has_status(kind) else kind("")  # type: ignore[call-arg]
        one = retries(is_read=False)
        assert one.next(error, phase=phase, left=60.0, began=began) is None


def _has_status(kind: type[errors.ClientError]) -> bool:
    return issubclass(kind, errors.ApiError | errors.DecodeError)


@pytest.mark.parametrize("is_read", [False, True])
def test_what_was_not_sent_is_tried_as_often_as_allowed(is_read: bool) -> None:
    one = retries(is_read=is_read)
    waits = [
        one.next(errors.NotSentError(""), phase=Phase.NOT_SENT, left=60.0)
        for _ in range(4)
    ]
    assert waits == [0.2, 0.4, None, None]


def test_one_more_for_a_damaged_answer_and_for_a_nonce() -> None:
    for error in (errors.ConnectionLostError(""), errors.NonceError("", status=429)):
        one = retries(is_read=True)
        assert one.next(error, phase=Phase.SENT, left=60.0, began=True) is not None
        assert one.next(error, phase=Phase.SENT, left=60.0, began=True) is None


def test_no_attempt_without_time_for_it() -> None:
    one = retries(is_read=True)
    error = errors.ConnectionLostError("")
    assert one.next(error, phase=Phase.SENT, left=0.6) is None
    assert one.next(error, phase=Phase.SENT, left=0.8) == 0.2


@pytest.mark.parametrize(
    ("told", "wait"),
    [(0.0, 0.0), (5.0, 5.5), (30.0, 31.0), (30.1, None), (1e300, None), (None, 1.0)],
)
def test_retry_after(told: float | None, wait: float | None) -> None:
    one = retries(is_read=True)
    found = one.next(limited(told), phase=Phase.ANSWERED, left=1e9)
    assert found == (None if wait is None else pytest.approx(wait))
    assert LONGEST_WAIT == 30.0


def test_a_limit_under_another_status_is_not_waited_for() -> None:
    one = retries(is_read=True)
    assert one.next(limited(status=400), phase=Phase.ANSWERED, left=60.0) is None


def test_writes_after_429_where_asked_for() -> None:
    one = retries(is_read=False, on_limit=True)
    assert one.next(limited(1.0), phase=Phase.ANSWERED, left=60.0) == pytest.approx(1.1)


def test_none_where_none_are_wanted() -> None:
    one = retries(is_read=True, most=0)
    assert one.next(errors.NotSentError(""), phase=Phase.NOT_SENT, left=60.0) is None


@pytest.mark.parametrize(
    ("path", "group"),
    [
        ("/api/v4/main-account/codes", "/api/v4/main-account"),
        ("/api/v4/main-account/codes/apply", "/api/v4/main-account"),
        ("/api/v4/order/new", "/api/v4/order"),
        ("/v1/orders/{id}", "/v1/orders"),
        ("/orders", "/orders"),
        ("/", "/"),
    ],
)
def test_what_shares_a_limit(path: str, group: str) -> None:
    assert group_of(path) == group


CODES, HISTORY = "/api/v4/main-account/codes", "/api/v4/main-account/history"


def test_a_limit_is_kept_in_any_window() -> None:
    limits, now, sent = Limits(), 0.0, list[float]()
    for number in range(100):
        wait = limits.wait("host", CODES, (10, 1.0), now, 1e9)
        assert wait is not None
        sent.append(now + wait)
        now += 0.01 * (number % 7)
    assert sent == sorted(sent)
    assert all(sent[n + 10] - sent[n] >= 1.0 - 1e-9 for n in range(90))


def test_the_group_counts_together_and_an_operation_of_its_own_too() -> None:
    limits = Limits()
    for path in (CODES, HISTORY, CODES):
        assert limits.wait("host", path, (3, 10.0), 0.0, 1e9) == 0.0
    assert limits.wait("host", HISTORY, (3, 10.0), 1.0, 1e9) == 9.0
    assert limits.wait("host", HISTORY, (1, 10.0), 1.0, 1e9) == 9.0  # the wider, too
    assert limits.wait("host", HISTORY, (1, 10.0), 1.0, 1e9) == pytest.approx(19.0)
    assert limits.wait("other", CODES, (3, 10.0), 1.0, 1e9) == 0.0
    assert limits.wait("host", "/api/v4/order/new", (3, 10.0), 1.0, 1e9) == 0.0


def test_a_limit_beyond_the_deadline_counts_nothing() -> None:
    limits = Limits()
    assert limits.wait("host", CODES, (1, 10.0), 0.0, 5.0) == 0.0
    assert limits.wait("host", CODES, (1, 10.0), 0.0, 5.0) is None
    assert limits.wait("host", CODES, (1, 10.0), 0.0, 15.0) == 10.0
