"""The rules of WhiteBIT's private API, as functions of what they look at.

Each returns the `Reason` for a refusal, or None. The documentation gives the words of
each refusal, but for most of them neither status nor code: `REFUSALS` fills the gaps,
and nothing in a client may depend on what is filled in.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .messages import Request

__all__ = [
    "REFUSALS",
    "Reason",
    "Refusal",
    "Rule",
    "anyone",
    "bearer",
    "check_headers",
    "check_nonce",
    "check_path",
    "check_payload",
    "header_equals",
    "read_fields",
    "sign",
]

WINDOW_MS = 5_000
STRING = re.compile(rb'"(?:[^"\\]|\\.)*"')
WHITESPACE = re.compile(rb"[ \t\r\n]")


class Reason(StrEnum):
    """Why a request is refused, finer than the words that the client gets."""

    NO_PAYLOAD = "no-payload"
    NO_KEY = "no-key"
    NO_SIGNATURE = "no-signature"
    PAYLOAD_DIFFERS = "payload-differs"
    NOT_JSON = "not-json"
    NOT_COMPACT = "not-compact"
    UNKNOWN_KEY = "unknown-key"
    WRONG_SIGNATURE = "wrong-signature"
    NO_REQUEST = "no-request"
    OTHER_REQUEST = "other-request"
    NO_NONCE = "no-nonce"
    NONCE_NOT_INTEGER = "nonce-not-integer"
    WINDOW_NOT_BOOLEAN = "window-not-boolean"
    NONCE_OUTSIDE_WINDOW = "nonce-outside-window"
    NONCE_USED = "nonce-used"
    NONCE_NOT_ABOVE = "nonce-not-above"
    WRONG_CREDENTIAL = "wrong-credential"
    NO_CREDENTIAL = "no-credential"
    KEY_DISABLED = "key-disabled"
    NOT_PERMITTED = "not-permitted"


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the client is told."""

    status: int  # 400
    code: int  # 9
    message: str  # Invalid payload.


NOT_SIGNED = Refusal(401, 10, "Unauthorized request.")
WRONG_PAYLOAD = Refusal(400, 9, "Invalid payload.")
KEY_NOT_ENABLED = Refusal(
    401, 2, "This action is unauthorized. Enable your key in API settings"
)
NO_NONCE = Refusal(400, 0, "Nonce not provided.")
# The words and the status of the rate limiter, for a nonce.
NONCE_TOO_LOW = Refusal(429, 0, "Too many requests.")

REFUSALS: Mapping[Reason, Refusal] = {
    Reason.NO_PAYLOAD: Refusal(400, 0, "Payload not provided."),
    Reason.NO_KEY: NOT_SIGNED,
    Reason.NO_SIGNATURE: NOT_SIGNED,
    Reason.PAYLOAD_DIFFERS: WRONG_PAYLOAD,
    Reason.NOT_JSON: WRONG_PAYLOAD,
    Reason.NOT_COMPACT: WRONG_PAYLOAD,
    Reason.UNKNOWN_KEY: KEY_NOT_ENABLED,
    Reason.WRONG_SIGNATURE: NOT_SIGNED,
    Reason.NO_REQUEST: Refusal(400, 0, "Request not provided."),
    Reason.OTHER_REQUEST: NOT_SIGNED,
    Reason.NO_NONCE: NO_NONCE,
    Reason.NONCE_NOT_INTEGER: NO_NONCE,
    Reason.WINDOW_NOT_BOOLEAN: Refusal(400, 0, "Invalid nonceWindow."),
    Reason.NONCE_OUTSIDE_WINDOW: Refusal(
        401, 0, "Your nonce is more than 5 seconds lesser than the current nonce"
    ),
    Reason.NONCE_USED: NONCE_TOO_LOW,
    Reason.NONCE_NOT_ABOVE: NONCE_TOO_LOW,
    Reason.WRONG_CREDENTIAL: Refusal(401, 0, "Unauthorized"),
    Reason.NO_CREDENTIAL: Refusal(401, 0, "Unauthorized"),
    Reason.KEY_DISABLED: KEY_NOT_ENABLED,
    Reason.NOT_PERMITTED: Refusal(
        403, 0, "You don't have permission to use this endpoint."
    ),
}

Rule = Callable[[Request], Reason | None]


def anyone(request: Request) -> Reason | None:
    """Accept every request: an operation without security."""
    return None


def header_equals(name: str, value: str) -> Rule:
    """Ask for a header with exactly this value, for example a JWT."""
    return lambda request: (
        None if request.header(name) == value else Reason.WRONG_CREDENTIAL
    )


def bearer(token: str) -> Rule:
    """Ask for a token."""
    return header_equals("Authorization", f"Bearer {token}")


def sign(secret: str, payload: str) -> str:
    """Sign the text of the payload header, not the JSON inside it."""
    return hmac.digest(secret.encode(), payload.encode(), hashlib.sha512).hex()


def check_headers(request: Request) -> Reason | None:
    """Find the first of the three headers that is missing."""
    if not request.header("X-TXC-PAYLOAD"):
        return Reason.NO_PAYLOAD
    if not request.header("X-TXC-APIKEY"):
        return Reason.NO_KEY
    if not request.header("X-TXC-SIGNATURE"):
        return Reason.NO_SIGNATURE
    return None


def check_payload(payload: str, body: bytes) -> Reason | None:
    """Compare the payload with the body that it has to be the Base64 of."""
    expected = base64.b64encode(body).decode()
    return None if payload == expected else Reason.PAYLOAD_DIFFERS


def read_fields(body: bytes) -> dict[str, object] | Reason:
    """Read the body: one compact JSON object."""
    try:
        data: object = _DECODER.decode(body.decode())
    except (ValueError, RecursionError):
        return Reason.NOT_JSON
    if not isinstance(data, _Fields):
        return Reason.NOT_JSON
    if WHITESPACE.search(body) and WHITESPACE.search(STRING.sub(b"", body)):
        return Reason.NOT_COMPACT
    return data


class _Fields(dict[str, object]):
    """A JSON object; a type of its own, so that its keys are known to be text."""


def _mapping(pairs: list[tuple[str, object]]) -> _Fields:
    # Two equal keys are read differently by different readers: one of them could
    # check one nonce or amount while another acts on the other.
    fields = _Fields(pairs)
    if len(fields) < len(pairs):
        raise ValueError("two equal keys")
    return fields


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_refuse_constant)


def check_path(fields: Mapping[str, object], path: str) -> Reason | None:
    """Compare `request` with the path that was called."""
    request = fields.get("request")
    if not request or not isinstance(request, str):
        return Reason.NO_REQUEST
    return None if request == path else Reason.OTHER_REQUEST


def check_nonce(
    fields: Mapping[str, object], *, now: int, used: Collection[int], last: int
) -> Reason | None:
    """Compare a nonce with the clock in milliseconds and with those used before.

    With `nonceWindow` it may come out of order, but once and close to the clock;
    without, it has to exceed every nonce that was accepted.
    """
    nonce, window = fields.get("nonce"), fields.get("nonceWindow", False)
    if nonce is None:
        return Reason.NO_NONCE
    if isinstance(nonce, bool) or not isinstance(nonce, int):
        return Reason.NONCE_NOT_INTEGER
    if not isinstance(window, bool):
        return Reason.WINDOW_NOT_BOOLEAN
    if not window:
        return None if nonce > last else Reason.NONCE_NOT_ABOVE
    if abs(nonce - now) > WINDOW_MS:
        return Reason.NONCE_OUTSIDE_WINDOW
    return Reason.NONCE_USED if nonce in used else None
