"""Rows 3 to 16: one fault, one call, and what the server and the caller see."""

from __future__ import annotations

from time import monotonic
from typing import NamedTuple

import pytest

from generator.runtime import errors
from generator.runtime.errors import ClientError, OutcomeUnknownError

from .support import DEADLINE, FLAVORS, HEALTHY, KINDS, SHORT, calling, faulty

TIMED = ("late", "dripped-header", "dripped-body", "slow-body", "endless-informational")

OK = None
UNKNOWN = OutcomeUnknownError
LOST = (errors.ConnectionLostError, errors.DecodeError)


class Row(NamedTuple):
    fault: str
    read: type[ClientError] | tuple[type[ClientError], ...] | None  # None: a value
    reads: int  # requests that the server gets for a read
    write: type[ClientError] | None
    status_seen: int | None = None  # in the error of the write


def row(number: int, *rows: Row) -> list[object]:
    return [pytest.param(one, id=f"row_{number:02}-{one.fault}") for one in rows]


REDIRECTS = [
    Row(f"redirect-{status}", errors.RedirectError, 1, errors.RedirectError)
    for status in (301, 302, 303, 307, 308)
]
TYPED = {
    400: errors.BadRequestError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    412: errors.PreconditionFailedError,
    422: errors.UnprocessableEntityError,
}
ACCESS = {401: errors.UnauthorizedError, 403: errors.ForbiddenError}
FIVES = (500, 502, 503, 504, *range(520, 525))
LATE = errors.DeadlineError
LIMITED = errors.RateLimitError
NONCE = errors.NonceError
DECODE = errors.DecodeError

TABLE = [
    *row(
        3,
        Row("reset", errors.ConnectionLostError, 3, UNKNOWN),
        Row("closed", errors.ConnectionLostError, 3, UNKNOWN),
    ),
    *row(4, Row("late", LATE, 3, UNKNOWN)),
    *row(
        5,
        Row("half-header", LOST, 2, UNKNOWN),
        Row("header-without-end", LOST, 2, UNKNOWN),
        Row("endless-header", LOST, 2, UNKNOWN),
        Row("endless-informational", LATE, 2, UNKNOWN),
        Row("garbage", LOST, 2, UNKNOWN),
        Row("two-lengths", LOST, 2, UNKNOWN),
        Row("dripped-header", LATE, 2, UNKNOWN),
        Row("truncated", LOST, 2, UNKNOWN, 200),
        Row("truncated-by-reset", LOST, 2, UNKNOWN, 200),
        Row("chunks-cut", LOST, 2, UNKNOWN, 200),
        Row("without-length", LOST, 2, UNKNOWN, 200),
        Row("slow-body", LATE, 2, UNKNOWN, 200),
        Row("dripped-body", LATE, 1, UNKNOWN, 200),  # the deadline leaves no second
        Row("oversize", DECODE, 2, UNKNOWN, 200),
        Row("gzip", DECODE, 2, UNKNOWN, 200),
        Row("gzip-cut", DECODE, 2, UNKNOWN, 200),
    ),
    *row(
        6,
        Row("html", DECODE, 1, UNKNOWN, 200),
        Row("empty", DECODE, 1, UNKNOWN, 200),
        Row("broken-json", DECODE, 1, UNKNOWN, 200),
    ),
    *row(7, Row("wrong-kind", DECODE, 1, DECODE), Row("list-for-object", OK, 1, OK)),
    *row(8, Row("unknown-2xx", OK, 1, OK)),
    *row(9, *REDIRECTS),
    *row(10, *(Row(f"refused-{s}", kind, 1, kind) for s, kind in TYPED.items())),
    *row(11, Row("too-many-attempts", LIMITED, 1, LIMITED)),
    *row(12, *(Row(f"refused-{s}", kind, 1, kind) for s, kind in ACCESS.items())),
    *row(13, Row("nonce-low", NONCE, 2, NONCE), Row("nonce-skewed", NONCE, 2, NONCE)),
    *row(
        14,
        Row("limited-0", LIMITED, 3, LIMITED),
        Row("limited-past", LIMITED, 3, LIMITED),
        Row("limited-hour", LIMITED, 1, LIMITED),
        Row("limited-absurd", LIMITED, 1, LIMITED),
    ),
    *row(
        15,
        *(
            Row(f"{status}", errors.ApiError, 3, UNKNOWN, status)
            for status in (408, 425)
        ),
    ),
    *row(16, *(Row(f"{s}", errors.ServerError, 3, UNKNOWN, s) for s in FIVES)),
]


@KINDS
@FLAVORS
@pytest.mark.parametrize("row", TABLE)
def test_fault(row: Row, flavor: str, kind: str) -> None:
    expected = row.read if kind == "read" else row.write
    times = SHORT if row.fault in TIMED else {}
    with faulty(row.fault) as (server, url), calling(flavor, url, **times) as caller:
        start = monotonic()
        outcome = caller.outcome(kind)
        took = monotonic() - start
    assert took < times.get("deadline", DEADLINE) + 0.5
    assert server.count(kind) == len(server.requests)  # nothing else was called
    if expected is None:
        assert isinstance(outcome, dict)
    else:
        assert isinstance(outcome, expected), repr(outcome)
        assert outcome.operation == ("get_plans" if kind == "read" else "withdraw")
    if kind == "read":
        assert len(server.requests) == row.reads
        return
    assert len(server.requests) == 1
    if isinstance(outcome, OutcomeUnknownError):
        record = server.exchange.records[0]
        assert outcome.nonce == record.fields["nonce"]
        assert outcome.unique_id == "u-1"
        assert outcome.request == {
            "uniqueId": "u-1",
            "amount": "1.50",
            "password": "***",
        }
        assert outcome.status_seen == row.status_seen
        assert outcome.phase == ("sent" if row.status_seen is None else "answered")
        if row.status_seen and row.status_seen >= 400:
            assert outcome.answer is not None
            assert outcome.answer.status == row.status_seen


# What a read gets over: the fault once (or as often as is allowed), then an answer.
GONE = [
    ("row_03", ("reset", "closed", "healthy")),
    ("row_04", ("late", "late", "healthy")),
    ("row_05", ("half-header", "healthy")),
    ("row_05", ("dripped-header", "healthy")),
    ("row_05", ("truncated", "healthy")),
    ("row_05", ("gzip-cut", "healthy")),
    ("row_05", ("oversize", "healthy")),
    ("row_13", ("nonce-low", "healthy")),
    ("row_13", ("nonce-skewed", "healthy")),
    ("row_14", ("limited-0", "limited-past", "healthy")),
    ("row_14", ("limited-nonsense", "healthy")),
    ("row_15", ("408", "425", "healthy")),
    ("row_16", ("500", "520", "healthy")),
]


@FLAVORS
@pytest.mark.parametrize(
    "faults", [pytest.param(faults, id=f"{n}-{'-'.join(faults)}") for n, faults in GONE]
)
def test_a_read_gets_over_it(faults: tuple[str, ...], flavor: str) -> None:
    times = SHORT if set(faults) & set(TIMED) else {}
    with faulty(*faults) as (server, url), calling(flavor, url, **times) as caller:
        assert caller.call("read") == HEALTHY
    assert len(server.requests) == len(faults)
    nonces = [record.fields["nonce"] for record in server.exchange.records]
    assert len(set(nonces)) == len(nonces)
