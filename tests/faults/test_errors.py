"""Row 25: whatever a transport raises becomes one of ours, without its request."""

from __future__ import annotations

import inspect
import pickle
import socket
import ssl
from collections.abc import Iterator
from typing import Any

import httpcore2
import httpx2
import pytest

from generator.runtime._failures import detached, failure
from generator.runtime._operation import Draft
from generator.runtime._watch import Phase, Watch
from generator.runtime.errors import (
    ClientError,
    ConnectionLostError,
    DeadlineError,
    NotSentError,
    OutcomeUnknownError,
)

from .support import FLAVORS, KINDS, READ, WRITE, calling, faulty, options


def _classes() -> Iterator[type[Exception]]:
    seen: set[type[Exception]] = set()
    for library in (httpx2, httpcore2):
        for _, one in inspect.getmembers(library, inspect.isclass):
            if issubclass(one, Exception) and not issubclass(one, Warning):
                seen.add(one)
    seen |= {OSError, TimeoutError, ConnectionResetError, BrokenPipeError}
    seen |= {ssl.SSLError, ssl.SSLEOFError, socket.gaierror, EOFError, ValueError}
    seen |= {RuntimeError, AssertionError, MemoryError, RecursionError, UnicodeError}
    yield from sorted(seen, key=lambda one: f"{one.__module__}.{one.__qualname__}")


CLASSES = list(_classes())
BEFORE = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)
REQUEST = httpx2.Request("POST", "https://whitebit.com", headers={"X": "signature"})


def _made(kind: type[Exception]) -> Exception:
    given: Any = kind
    if kind is httpx2.HTTPStatusError:
        response = httpx2.Response(500, request=REQUEST)
        return httpx2.HTTPStatusError("what", request=REQUEST, response=response)
    try:
        error: Exception = given("what")
    except TypeError:
        error = given()
    if isinstance(error, httpx2.RequestError):
        error.request = REQUEST
    return error


def test_the_libraries_have_the_classes_that_are_expected() -> None:
    names = {one.__name__ for one in CLASSES}
    assert len(CLASSES) > 40
    assert names >= {"ReadTimeout", "WriteError", "ProxyError", "CloseError"}


@pytest.mark.parametrize("phase", list(Phase), ids=lambda phase: phase.name.lower())
@pytest.mark.parametrize("kind", CLASSES, ids=lambda k: f"{k.__module__}.{k.__name__}")
def test_row_25_every_class(kind: type[Exception], phase: Phase) -> None:
    for operation in (READ, WRITE):
        draft = Draft(operation, "https://whitebit.com", operation.path)
        watch = Watch(0.0)
        watch.phase = phase
        status = 200 if phase is Phase.ANSWERED else None
        error = failure(draft, _made(kind), options(), watch, status)
        if phase is Phase.NOT_SENT or (status is None and issubclass(kind, BEFORE)):
            expected: type[ClientError] = NotSentError
        elif operation is WRITE:
            expected = OutcomeUnknownError
        elif issubclass(
            kind, httpx2.TimeoutException | httpcore2.TimeoutException | TimeoutError
        ):
            expected = DeadlineError
        else:
            expected = ConnectionLostError
        assert type(error) is expected
        assert kind.__name__ in str(error)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda k: f"{k.__module__}.{k.__name__}")
def test_row_25_the_cause_has_no_request(kind: type[Exception]) -> None:
    error = _made(kind)
    assert detached(error, options()) is error
    assert getattr(error, "_request", None) is None or kind is httpx2.HTTPStatusError


@KINDS
@FLAVORS
@pytest.mark.parametrize(
    "raised", CLASSES, ids=lambda k: f"{k.__module__}.{k.__name__}"
)
def test_row_25_through_a_client(
    flavor: str, kind: str, raised: type[Exception]
) -> None:
    sent: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(request)
        raise _made(raised)

    transport = httpx2.MockTransport(answer)
    with calling(flavor, "https://whitebit.com", transport=transport, retries=0) as one:
        outcome = one.outcome(kind)
    assert isinstance(outcome, ClientError)
    assert type(outcome.__cause__) is raised
    assert len(sent) == 1
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    if kind == "write":
        unknown = not issubclass(raised, BEFORE)
        assert isinstance(outcome, OutcomeUnknownError) is unknown


@KINDS
@FLAVORS
def test_row_25_the_original_is_the_cause(flavor: str, kind: str) -> None:
    with faulty("reset") as (_, url), calling(flavor, url, retries=0) as caller:
        cause = caller.outcome(kind).__cause__
    assert isinstance(cause, httpcore2.ReadError)
    while cause is not None:
        assert cause.__traceback__ is None
        cause = cause.__cause__
