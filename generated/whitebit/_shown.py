# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What an error tells of the request that was made: its arguments, no secrets."""

from __future__ import annotations

import re
from typing import Any, cast

from msgspec import Raw

from ._encode import plain
from ._operation import Draft, Unset

__all__ = ["MASK", "shown_request", "unique_id"]

MASK = "***"  # stands for a value whose name looks secret

_SECRET_NAME = re.compile(
    r"(?i)secret|passw|passphrase|token|otp|totp|2fa|cvv|cvc|private_?key|\bpin\b"
    r"|api[_-]?key|authori[sz]ation|session|signature|credential"
)
# What guards a call against being executed twice, as the exchanges name it.
_UNIQUE = (
    *("uniqueId", "unique_id", "externalId", "external_id", "clientOrderId"),
    *("Idempotency-Key", "X-Idempotency-Key"),
)


def shown_request(draft: Draft) -> dict[str, Any]:
    """Give the arguments that are sent, by wire name: values that look secret masked.

    Those in path, query and headers first, then the fields of the body. Cookies and
    what a signer adds are left out.
    """
    return cast("dict[str, Any]", _masked(_sent(draft)))


def unique_id(draft: Draft) -> str | None:
    """Give the value by which the exchange knows a call again, if it has one."""
    sent = _sent(draft)
    for name in _UNIQUE:
        if isinstance(value := sent.get(name), str):
            return value
    return None


def _sent(draft: Draft) -> dict[str, object]:
    sent: dict[str, object] = {
        name: plain(value, name)
        for part in draft.given
        for name, value in part.items()
        if value is not None and not isinstance(value, Unset)
    }
    body: object = draft.body
    if isinstance(body, dict):
        return {**sent, **cast("dict[str, object]", body)}
    return sent if isinstance(body, Unset) else {**sent, "body": body}


def _masked(value: object) -> object:
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {
            name: MASK if _SECRET_NAME.search(name) else _masked(one)
            for name, one in pairs
        }
    if isinstance(value, list):
        return [_masked(one) for one in cast("list[object]", value)]
    if isinstance(value, Raw):  # a number
        return bytes(value).decode()
    if isinstance(value, (str, int)) or value is None:
        return value
    return f"<{type(value).__name__}>"  # the bytes of an upload
