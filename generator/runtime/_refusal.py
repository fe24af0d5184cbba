# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""An answer that refuses, to the error that says so."""

from __future__ import annotations

from math import isfinite
from time import time

from ._decode import NotJsonError, parse
from ._operation import Draft
from ._reasons import match_reasons
from ._words import words_of
from .errors import (
    ApiError,
    BadRequestError,
    ClientError,
    ConflictError,
    ForbiddenError,
    NonceError,
    NotFoundError,
    OutcomeUnknownError,
    PreconditionFailedError,
    RateLimitError,
    RedirectError,
    ServerError,
    UnauthorizedError,
    UnprocessableEntityError,
)

__all__ = ["error_for", "raised_for", "refusal", "refuses", "seconds_of"]

WORTH_NAMING = 2.0  # seconds of difference between two clocks

_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    409: ConflictError,
    412: PreconditionFailedError,
    422: UnprocessableEntityError,
    429: RateLimitError,
}


def error_for(status: int) -> type[ApiError]:
    """Give the class for a status; the words of an answer may say otherwise."""
    if 300 <= status < 400:
        return RedirectError
    if status >= 500:
        return ServerError
    return _BY_STATUS.get(status, ApiError)


def refuses(status: int) -> bool:
    """Tell whether a status says that a write was not executed.

    What a proxy or an overloaded exchange says of a write proves nothing.
    """
    return 300 <= status < 500 and status not in (408, 425)


def raised_for(status: int, *, is_read: bool) -> type[ClientError]:
    """Give the class that a call raises for a status; 0 is one that nobody stated."""
    if is_read or not status or refuses(status):
        return error_for(status)
    return OutcomeUnknownError


def refusal(
    draft: Draft, status: int, headers: dict[str, str], body: bytes
) -> ApiError:
    """Make the error of an answer that is no 2xx. Never raises, whatever the body."""
    try:
        parsed = parse(body)
    except NotJsonError:
        parsed = None
    words = words_of(parsed)
    message = words.message
    if parsed is None and body.lstrip()[:1] == b"<":
        message = "the answer is a web page"
    kind, advice = error_for(status), ""
    if 400 <= status < 500:
        for scheme in draft.schemes:
            kind = scheme.refusal(status, words.code, message, headers) or kind
            advice = scheme.advice(message) or advice
    reasons = match_reasons(draft.operation, status, parsed, words)
    error = kind(
        message,
        operation=draft.operation.name,
        status=status,
        code=words.code,
        field_errors=words.field_errors,
        reason=reasons[0] if len(reasons) == 1 else None,
        reasons=reasons,
        body=body,
        advice=advice,
    )
    error.retry_after = seconds_of(headers.get("retry-after", ""))
    if isinstance(error, RedirectError):
        error.location = headers.get("location", "")
    elif isinstance(error, NonceError):
        _note_skew(error, headers.get("date", ""))
    return error


def _note_skew(error: NonceError, date: str) -> None:
    """Compare the clocks: the date of an answer is exact to a second."""
    theirs = _unix_time(date)
    if theirs is None:
        return
    error.skew = round(theirs - time(), 1)
    if abs(error.skew) > WORTH_NAMING:
        side = "behind" if error.skew > 0 else "ahead of"
        seconds = f"{abs(error.skew):.0f} s"
        clock = f"the clock of this machine is {seconds} {side} the exchange's"
        error.args = (f"{error.args[0]}; {clock}",)


def seconds_of(retry_after: str) -> float | None:
    """Read Retry-After, seconds or a date; None where it is neither."""
    try:
        seconds = float(retry_after)
    except ValueError:
        date = _unix_time(retry_after)
        return None if date is None else max(0.0, date - time())
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _unix_time(date: str) -> float | None:
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(date).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
