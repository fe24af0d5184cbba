# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Answers that no document mentions, and what every operation makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import httpx2

from .cases import Operation, Refusal
from .refusals import (
    decode_differences,
    refusal_differences,
    unknown_differences,
)
from .stage import Outcome, Reply
from .values import look_up

__all__ = ["MADE_UP", "Check", "MadeUp"]

_PAGE = b"<html><body>We are down for maintenance.</body></html>"
_WORDS = "Nobody documents this."
_STATUSES = (400, 401, 403, 404, 408, 409, 412, 418, 422, 425)

Check = Callable[[str, Operation, Outcome], list[str]]
Made = Callable[[Operation], Iterator[tuple[Reply, Check]]]


@dataclass(frozen=True)
class MadeUp:
    """Answers of one kind, each with what is to be checked."""

    name: str  # made-up-4xx
    replies: Made


def _refused(case: Refusal) -> Check:
    return lambda package, operation, one: refusal_differences(
        package, operation, case, one
    )


def _undocumented(_: Operation) -> Iterator[tuple[Reply, Check]]:
    for status in _STATUSES:
        case = Refusal("", status, "", 987654, _WORDS, {"nowhere": (_WORDS,)})
        yield Reply(status, case.text().encode()), _refused(case)


def _too_many(_: Operation) -> Iterator[tuple[Reply, Check]]:
    def check(package: str, operation: Operation, one: Outcome) -> list[str]:
        error: Any = one.error
        if type(error) is not look_up(package, "errors.RateLimitError"):
            return [f"{error!r} instead of RateLimitError"]
        after = error.retry_after
        return [] if after == 7 else [f"retry_after: {after} instead of 7"]

    body = b'{"message":"Too Many Requests"}'
    yield Reply(429, body, headers={"Retry-After": "7"}), check


def _credentials(operation: Operation) -> Iterator[tuple[Reply, Check]]:
    def expecting(name: str) -> Check:
        def check(package: str, operation: Operation, one: Outcome) -> list[str]:
            wanted = look_up(package, f"errors.{name}")
            is_right = type(one.error) is wanted
            return [] if is_right else [f"{one.error!r} instead of {name}"]

        return check

    for scheme in operation.auth:
        for status, body, name in scheme.refusals():
            yield Reply(status, body.encode()), expecting(name)


def _down(_: Operation) -> Iterator[tuple[Reply, Check]]:
    for status in (500, 503):
        words = "the answer is a web page"
        case = Refusal("", status, "", None, words, body=_PAGE.decode())
        yield Reply(status, _PAGE, media="text/html"), _refused(case)


def _moved(operation: Operation) -> Iterator[tuple[Reply, Check]]:
    def check(package: str, operation: Operation, one: Outcome) -> list[str]:
        error: Any = one.error
        if type(error) is not look_up(package, "errors.RedirectError"):
            return [f"{error!r} instead of RedirectError"]
        if len(one.requests) != 1:
            return ["the redirect was followed"]
        return [] if error.location == "https://elsewhere.test/" else [error.location]

    if operation.answer == "location":
        return  # what is documented
    yield Reply(302, headers={"Location": "https://elsewhere.test/"}), check


def _broken(operation: Operation) -> Iterator[tuple[Reply, Check]]:
    if operation.answer == "json":
        yield _unusable(Reply(200, b'{"half": '))
        if not operation.may_be_empty:
            yield _unusable(Reply(200, b""))


def _page(operation: Operation) -> Iterator[tuple[Reply, Check]]:
    if operation.is_stream or operation.answer in ("json", "none"):
        yield _unusable(Reply(200, _PAGE, media="text/html; charset=utf-8"))


def _unusable(reply: Reply) -> tuple[Reply, Check]:
    def check(package: str, operation: Operation, one: Outcome) -> list[str]:
        if operation.kind == "read":
            return decode_differences(package, one, reply.body, executed=False)
        return unknown_differences(package, one, reply.status, "answered")

    return reply, check


def _lost(_: Operation) -> Iterator[tuple[Reply, Check]]:
    def expecting(name: str, read: str, phase: str) -> Check:
        def check(package: str, operation: Operation, one: Outcome) -> list[str]:
            wanted = read if operation.kind == "read" else name
            if wanted == "OutcomeUnknownError":
                return unknown_differences(package, one, None, phase)
            if type(one.error) is not look_up(package, f"errors.{wanted}"):
                return [f"{one.error!r} instead of {wanted}"]
            return []

        return check

    failures: tuple[tuple[Exception, str, str], ...] = (
        (httpx2.ConnectError("made up"), "NotSentError", "NotSentError"),
        (httpx2.ReadError("made up"), "OutcomeUnknownError", "ConnectionLostError"),
        (httpx2.ReadTimeout("made up"), "OutcomeUnknownError", "DeadlineError"),
    )
    for failure, write, read in failures:
        yield Reply(0, failure=failure), expecting(write, read, "sent")


MADE_UP: Sequence[MadeUp] = (
    MadeUp("made-up-4xx", _undocumented),
    MadeUp("made-up-429", _too_many),
    MadeUp("made-up-credentials", _credentials),
    MadeUp("made-up-5xx", _down),
    MadeUp("made-up-redirect", _moved),
    MadeUp("made-up-broken-json", _broken),
    MadeUp("made-up-html", _page),
    MadeUp("made-up-lost", _lost),
)
"""Answers for every operation: `@each(*MADE_UP, …)`."""
