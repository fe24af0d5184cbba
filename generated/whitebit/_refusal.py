# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""An answer that refuses, to the error that says so."""

from __future__ import annotations

from math import isfinite
from time import time
from typing import Any, cast

from ._decode import NotJsonError, parse
from ._operation import Draft
from ._reasons import match_reasons
from .errors import (
    ApiError,
    NonceError,
    RateLimitError,
    RedirectError,
    SignatureError,
    error_for,
)

__all__ = ["refusal", "seconds_of"]

_MESSAGES = ("message", "error_description", "error", "detail", "title")


def refusal(
    draft: Draft, status: int, headers: dict[str, str], body: bytes
) -> ApiError:
    """Make the error of an answer that is no 2xx. Never raises, whatever the body."""
    try:
        parsed = parse(body)
    except NotJsonError:
        parsed = None
    code, message, field_errors = _words(parsed)
    if parsed is None and body.lstrip()[:1] == b"<":
        message = "the answer is a web page"
    kind = error_for(status)
    if 400 <= status < 500:
        for scheme in draft.schemes:
            kind = scheme.refusal(status, code, message, headers) or kind
    # An answer about the credentials is no documented case of the operation.
    about_key = issubclass(kind, (NonceError, RateLimitError, SignatureError))
    reasons = () if about_key else match_reasons(draft.operation, status, parsed)
    error = kind(
        message,
        operation=draft.operation.name,
        status=status,
        code=code,
        field_errors=field_errors,
        reason=reasons[0] if len(reasons) == 1 else None,
        reasons=reasons,
        body=body,
    )
    if isinstance(error, RateLimitError):
        error.retry_after = seconds_of(headers.get("retry-after", ""))
    elif isinstance(error, RedirectError):
        error.location = headers.get("location", "")
    elif isinstance(error, NonceError):
        date = _unix_time(headers.get("date", ""))
        error.skew = None if date is None else round(date - time(), 1)
    return error


def _words(
    parsed: Any,
) -> tuple[int | str | None, str, dict[str, tuple[str, ...]]]:
    """Find code, message and field errors, whatever shape the exchange gave them."""
    if not isinstance(parsed, dict):
        return None, parsed if isinstance(parsed, str) else "", {}
    fields = cast("dict[str, Any]", parsed)
    code = fields.get("code")
    if isinstance(code, bool) or not isinstance(code, (int, str)):
        code = None
    message = ""
    errors = fields.get("errors")
    for name in _MESSAGES:
        value = fields.get(name)
        if isinstance(value, str) and value:
            message = value
            break
        if isinstance(value, (dict, list)) and not errors:
            errors = cast("Any", value)
    return code, message, _field_errors(errors)


def _field_errors(errors: Any) -> dict[str, tuple[str, ...]]:
    if isinstance(errors, list):
        errors = {"": cast("list[object]", errors)} if errors else {}
    if not isinstance(errors, dict):
        return {}
    pairs = cast("dict[str, Any]", errors).items()
    return {name: tuple(_texts(value)) for name, value in pairs}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(cast("dict[str, Any]", value).values())
    if isinstance(value, list):
        return [text for one in cast("list[object]", value) for text in _texts(one)]
    return [] if value is None else [str(value)]


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
