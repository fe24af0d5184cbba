# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The answer of a call to a value or an error.

Shared by the client and its async twin; nothing here waits or touches the network.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, NoReturn
from urllib.parse import urljoin

from ._decode import Mismatch, NotJsonError, decode, parse
from ._hooks import tell
from ._log import say
from ._operation import Draft
from ._prepare import Settings
from ._refusal import refusal, refuses
from ._shown import shown_request, unique_id
from .errors import ApiError, DecodeError, OutcomeUnknownError

__all__ = ["damaged", "interpret", "item_value", "unknown"]


def interpret(
    settings: Settings,
    draft: Draft,
    status: int,
    headers: dict[str, str],
    body: bytes,
) -> Any:
    """Give the value of an answer, or raise what it means.

    Raises:
        ApiError: the exchange refused
        OutcomeUnknownError: the answer to a write does not say what happened
        DecodeError: a 2xx that can't be understood
    """
    operation = draft.operation
    if operation.answer == "location" and (address := _address(draft, status, headers)):
        return address
    if not 200 <= status < 300:
        answer = refusal(draft, status, headers, body)
        if operation.is_read or refuses(status):
            raise answer
        raise unknown(
            draft,
            f"{answer}; whether it was executed is not known: look it up before you "
            "call again",
            status,
            answer,
        )
    if operation.answer == "location":
        return damaged(draft, status, body, "no redirect")
    if not body and (status in (204, 205) or operation.may_be_empty):
        return None  # 204 documented or not: there is nothing to decode
    is_page = "text/html" in headers.get("content-type", "").lower()
    if operation.answer == "bytes":
        return body
    if operation.answer == "text":
        return body.decode("utf-8", "replace")
    if operation.answer == "none":
        return damaged(draft, status, body, "a web page") if is_page and body else None
    return _value(settings, draft, status, body, is_page)


def item_value(settings: Settings, draft: Draft, status: int, item: bytes) -> Any:
    """Give the value of one item of an answer that goes on, see `_item_stream`."""
    return _value(settings, draft, status, item, False)


def _address(draft: Draft, status: int, headers: Mapping[str, str]) -> str:
    """Give the address that an answer redirects to, empty if it names none."""
    location = headers.get("location", "")
    if not location or not 300 <= status < 400:
        return ""
    try:
        return urljoin(f"{draft.host}{draft.target}", location)
    except ValueError:  # an address that is none: the refusal has it as it came
        return ""


def _value(
    settings: Settings, draft: Draft, status: int, body: bytes, is_page: bool
) -> Any:
    operation = draft.operation
    found: dict[str, Mismatch] = {}

    def note(field: str, expected: str, received: str) -> None:
        if field not in found:
            found[field] = Mismatch(
                operation=operation.name,
                field=field,
                expected=expected,
                received=received,
            )

    try:
        value = decode(body, operation.returns, note)
    except NotJsonError:
        what = "a web page" if is_page else "broken JSON" if body.strip() else "nothing"
        damaged(draft, status, body, what)
    if found:
        _report(settings, found)
        if "" in found:
            raise DecodeError(
                f"{operation.name} was executed ({status}), and its answer is of type "
                f"{found[''].received} instead of {found[''].expected}; see `parsed`",
                operation=operation.name,
                status=status,
                body=body,
                parsed=parse(body),
                executed=True,
            )
    return value


def _report(settings: Settings, found: Mapping[str, Mismatch]) -> None:
    """Tell log and hook; neither may turn an executed call into a failure."""
    for one in found.values():
        say(
            logging.WARNING,
            "an answer does not fit its type:",
            operation=one.operation,
            field=one.field or "(whole answer)",
            expected=one.expected,
            received=one.received,
        )
        tell(settings.options.on_mismatch, one)


def damaged(draft: Draft, status: int, body: bytes, what: str) -> NoReturn:
    """Raise for an answer that is there and can't be used."""
    operation = draft.operation
    if operation.is_read:
        raise DecodeError(
            f"{operation.name}: the {status} answer is {what}",
            operation=operation.name,
            status=status,
            body=body,
        )
    likely = "it was probably executed" if 200 <= status < 300 else "not known"
    raise unknown(
        draft,
        f"{operation.name}: the {status} answer is {what}; {likely}: look it up before "
        "you call again",
        status,
    )


def unknown(
    draft: Draft, message: str, status: int | None, answer: ApiError | None = None
) -> OutcomeUnknownError:
    """Make the error of a write that was sent and may have been executed."""
    return OutcomeUnknownError(
        message,
        operation=draft.operation.name,
        phase="sent" if status is None else "answered",
        nonce=draft.nonce,
        unique_id=unique_id(draft),
        request=shown_request(draft),
        status_seen=status,
        answer=answer,
    )
