# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""A raised error against the documented one."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from typing import Any

from .cases import Operation, Refusal
from .stage import Outcome
from .values import look_up

__all__ = [
    "class_of",
    "decode_differences",
    "refusal_differences",
    "unknown_differences",
]


_CLASSES = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    409: "ConflictError",
    412: "PreconditionFailedError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
}


def class_of(status: int) -> str:
    """Give the name of the error that a status means."""
    return _CLASSES.get(status, "ServerError" if status >= 500 else "ApiError")


def refusal_differences(
    package: str, operation: Operation, case: Refusal, one: Outcome
) -> list[str]:
    """Say where an error differs from the one that the answer stands for."""
    error: Any = one.error
    found: list[str] = []
    if operation.kind == "write" and (case.status >= 500 or case.status in (408, 425)):
        found = unknown_differences(package, one, case.status, "answered")
        error = getattr(error, "answer", None)
    kind = case.error or _own_error(package, operation, case) or class_of(case.status)
    if type(error) is not look_up(package, f"errors.{kind}"):
        return [*found, f"{error!r} instead of {kind}"]
    reason: Any = None
    if case.reason:
        reason = look_up(package, f"{operation.reasons}.{case.reason}")
    wanted: Mapping[str, Any] = {
        "status": case.status,
        "code": case.code,
        "message": case.message,
        "field_errors": dict(case.fields),
        "body": case.text().encode(),
        "operation": operation.name,
        "reason": reason,
    }
    found += [
        f"{name}: {getattr(error, name)!r} instead of {value!r}"
        for name, value in wanted.items()
        if getattr(error, name) != value
        or type(getattr(error, name)) is not type(value)
    ]
    if reason is not None and reason not in error.reasons:
        found.append(f"reasons: {error.reasons} without {reason!r}")
    if reason is not None and not case.name.startswith(reason.value):
        found.append(f"value of {reason!r}: {reason.value} instead of {case.name}")
    if not str(error).startswith(f"{wanted['operation']}: {case.status}"):
        found.append(f"text: {error}")
    if pickle.loads(pickle.dumps(error)) != error:
        found.append("a pickled copy is not equal")
    return found


def _own_error(package: str, operation: Operation, case: Refusal) -> str:
    """Give the error that a scheme of the project makes of an answer, or ""."""
    found = (
        scheme.error(package, case.status, case.code, case.message)
        for scheme in operation.auth
        if 400 <= case.status < 500
    )
    return next((name for name in found if name), "")


def unknown_differences(
    package: str, one: Outcome, status: int | None, phase: str
) -> list[str]:
    """Say what an error lacks that tells how to look up the outcome of a write."""
    error: Any = one.error
    if type(error) is not look_up(package, "errors.OutcomeUnknownError"):
        return [f"{error!r} instead of OutcomeUnknownError"]
    sent = one.requests[-1]
    nonce: Any = None
    body: Any = {}
    if "x-txc-signature" in sent.headers:
        body = json.loads(sent.content)
        nonce = body["nonce"]
    elif str(error.nonce).encode() in _whole(sent):  # a scheme of the project
        nonce = error.nonce
    wanted = {"phase": phase, "status_seen": status, "nonce": nonce}
    found = [
        f"{name}: {getattr(error, name)!r} instead of {value!r}"
        for name, value in wanted.items()
        if getattr(error, name) != value
    ]
    added = {"request", "nonce", "nonceWindow"}
    if body and set(error.request) != set(body) - added:
        found.append(f"request: {error.request!r} is not what was asked for")
    return found


def _whole(request: Any) -> bytes:
    """Give all that was sent."""
    headers = "\n".join(request.headers.values())
    return b"\n".join([request.url.raw_path, headers.encode(), request.content])


def decode_differences(
    package: str, one: Outcome, body: bytes, *, executed: bool
) -> list[str]:
    """Say where an error differs from the one for a 2xx that can't be understood."""
    raised: Any = one.error
    if type(raised) is not look_up(package, "errors.DecodeError"):
        return [f"{raised!r} instead of DecodeError"]
    found: list[str] = []
    if raised.executed is not executed:
        found.append(f"executed: {raised.executed}")
    if raised.body != body:
        found.append(f"body: {raised.body!r}")
    if executed and raised.parsed is None and body.strip() != b"null":
        found.append("parsed: nothing")
    return found
