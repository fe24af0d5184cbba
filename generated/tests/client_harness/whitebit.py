# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What a WhiteBIT request carries, recomputed from the secret.

The body ends in `request`, `nonce` and `nonceWindow`; the payload is its Base64; the
signature is the HMAC-SHA512 of that text, in lower-case hex.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from typing import Any

from .auth import Expected, credential

__all__ = ["REFUSALS", "complete"]

WINDOW = 5_000  # milliseconds that a nonce may be away from the clock

REFUSALS = (
    (422, '{"code":9,"message":"Invalid payload."}', "SignatureError"),
    (401, '{"code":10,"message":"Unauthorized request."}', "SignatureError"),
    (400, '{"message":["Payload not provided."]}', "BadRequestError"),
    (400, '{"message":"Payload not provided."}', "SignatureError"),
    (400, '{"message":"Request not provided."}', "SignatureError"),
    (400, '{"message":"Nonce not provided."}', "NonceError"),
    (400, '{"message":"Invalid nonceWindow."}', "NonceError"),
    (429, '{"message":"Too many requests."}', "NonceError"),
    (429, '{"message":"Too Many Requests"}', "RateLimitError"),
    (422, '{"code":9,"message":"Address unavailable"}', "UnprocessableEntityError"),
    (
        403,
        '{"message":"You don\'t have permission to use this endpoint."}',
        "ForbiddenError",
    ),
)
"""Answers about the credentials: status, body, error. Codes alone decide nothing."""

_given: set[int] = set()


def complete(expected: Expected, sent: bytes) -> None:
    """Add to the expected request what the signer has to add.

    The nonce is the one that came, checked: a new integer near the clock.
    """
    nonce = _checked_nonce(sent)
    added = f'"request":{json.dumps(expected.path)},"nonce":{nonce},"nonceWindow":true'
    fields = (expected.body or b"{}").decode()[1:-1]
    body = f"{{{fields}{',' if fields else ''}{added}}}".encode()
    payload = base64.b64encode(body)
    key = credential("api_secret").encode()
    expected.body = body
    expected.headers |= {
        "content-type": "application/json",
        "x-txc-apikey": credential("api_key"),
        "x-txc-payload": payload.decode(),
        "x-txc-signature": hmac.new(key, payload, hashlib.sha512).hexdigest(),
    }


def _checked_nonce(sent: bytes) -> int:
    """Give the nonce of a body, or one that makes the comparison fail."""
    try:
        data: Any = json.loads(sent)
        nonce: Any = data["nonce"]
    except (ValueError, KeyError, TypeError):
        return -1
    now = time.time_ns() // 1_000_000
    if type(nonce) is not int or nonce in _given or abs(nonce - now) > WINDOW:
        return -1
    _given.add(nonce)
    return nonce
