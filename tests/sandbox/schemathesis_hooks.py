"""Hooks of schemathesis: sign what it makes up, so that it gets behind the signature.

Not a test module: `test_schemathesis.py` names it in SCHEMATHESIS_HOOKS.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import time
from typing import Any

import schemathesis  # type: ignore[import-not-found,unused-ignore]

KEY, SECRET = "test-api-key", b"test-api-secret"
NONCES = itertools.count(time.time_ns() // 1_000_000)
LAST = [0]


def _compact(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


@schemathesis.serializer("application/json")  # type: ignore[untyped-decorator,unused-ignore]
def as_compact_json(ctx: Any, value: Any) -> bytes:
    """Write a body the way that is signed."""
    return value if isinstance(value, bytes) else _compact(value)


@schemathesis.hook  # type: ignore[untyped-decorator,unused-ignore]
def before_call(ctx: Any, case: Any, kwargs: Any) -> None:
    """Add what a signer adds; every fifth request goes out as it was made up."""
    LAST[0] = max(LAST[0] + 1, time.time_ns() // 1_000_000)
    if LAST[0] % 5 == 0:
        return
    if case.operation.path == "/api/card-token":
        case.headers["Authorization"] = "test-jwt-auth"
        return
    body = case.body
    if isinstance(body, dict):
        added = {"request": case.operation.path, "nonce": LAST[0], "nonceWindow": True}
        body = {**body, **added}
        case.body = body
    if not isinstance(body, dict | list | str | int | float | bool | None):
        return
    payload = base64.b64encode(_compact(body))
    signature = hmac.new(SECRET, payload, hashlib.sha512).hexdigest()
    case.headers["X-TXC-APIKEY"] = KEY
    case.headers["X-TXC-PAYLOAD"] = payload.decode()
    case.headers["X-TXC-SIGNATURE"] = signature
