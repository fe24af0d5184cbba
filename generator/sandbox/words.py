"""What a person is shown of a request: expected and received, and never a secret."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from .messages import Request
from .rules import WINDOW_MS, Reason, sign

__all__ = ["clean", "masked", "shown", "shown_headers"]

_SECRET = re.compile(
    r"secret|passw|passphrase|token|authorization|cookie|card_?number|cvv|\bpin\b"
    r"|signature|api_?key",
    re.IGNORECASE,
)
_LONGEST = 600
# Headers that say nothing about a call.
_DULL = {
    *("accept", "accept-encoding", "accept-language", "cache-control", "connection"),
    *("content-length", "host", "origin", "pragma", "referer", "user-agent"),
}


def masked(text: str) -> str:
    """Return a credential so that its owner knows it again and nobody can use it."""
    if not text:
        return "nothing"
    return f"{text[:4]}… ({len(text)} characters)" if len(text) > 8 else "…"


def cut(text: str) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def clean(value: object, name: str = "") -> object:
    """Return a body without what nobody should read over a shoulder."""
    if isinstance(value, Mapping):
        return {str(key): clean(one, str(key)) for key, one in value.items()}
    if isinstance(value, list):
        return [clean(one, name) for one in value]
    if name and _SECRET.search(name) and isinstance(value, str | int):
        return masked(str(value))
    return value


def shown_headers(request: Request) -> dict[str, str]:
    """Return the headers that matter, credentials masked."""
    found: dict[str, str] = {}
    for name, value in request.headers:
        if name.lower() in _DULL or name.lower().startswith("sec-"):
            continue
        is_payload = name.lower() == "x-txc-payload"  # the body may hold a card
        is_secret = is_payload or _SECRET.search(name.replace("-", "_"))
        found[name] = masked(value) if is_secret else cut(value)
    return found


def shown(
    reason: Reason,
    request: Request,
    fields: Mapping[str, object],
    secret: str,
    last: int,
) -> tuple[str, str]:
    """Return what was expected of a signed request, and what came instead."""
    payload = request.header("X-TXC-PAYLOAD") or ""
    nonce = fields.get("nonce", "nothing")
    match reason:
        case Reason.NO_PAYLOAD:
            return "X-TXC-PAYLOAD: the Base64 of the body", "nothing"
        case Reason.NO_KEY:
            return "X-TXC-APIKEY: the key", "nothing"
        case Reason.NO_SIGNATURE:
            return "X-TXC-SIGNATURE: the HMAC-SHA512 of the payload", "nothing"
        case Reason.PAYLOAD_DIFFERS:
            wanted = base64.b64encode(request.body).decode()
            return _difference(wanted, payload)
        case Reason.NOT_JSON:
            return "one JSON object, no key twice", "something else"
        case Reason.NOT_COMPACT:
            return "JSON without spaces: separators=(',', ':')", "spaces between tokens"
        case Reason.UNKNOWN_KEY:
            return "a key of this sandbox", masked(request.header("X-TXC-APIKEY") or "")
        case Reason.WRONG_SIGNATURE:
            given = request.header("X-TXC-SIGNATURE") or ""
            return masked(sign(secret, payload)), masked(given)
        case Reason.NO_REQUEST | Reason.OTHER_REQUEST:
            came = cut(str(fields.get("request", "nothing")))
            return f'"request": "{request.path}"', f'"request": "{came}"'
        case Reason.NO_NONCE | Reason.NONCE_NOT_INTEGER:
            return "nonce: a whole number", f"{nonce!r}"
        case Reason.WINDOW_NOT_BOOLEAN:
            return "nonceWindow: true or false", repr(fields.get("nonceWindow"))
        case Reason.NONCE_OUTSIDE_WINDOW:
            return f"a nonce within {WINDOW_MS} ms of the clock", str(nonce)
        case Reason.NONCE_USED:
            return "a nonce that was not used before", str(nonce)
        case Reason.NONCE_NOT_ABOVE:
            return f"a nonce above {last}", str(nonce)
        case _:
            return "", ""


def _difference(wanted: str, given: str) -> tuple[str, str]:
    """Say where two payloads part, without showing what they hold."""
    pairs = enumerate(zip(wanted, given, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(wanted), len(given)))
    return (
        f"the Base64 of the body, {len(wanted)} characters",
        f"{len(given)} characters, other from character {at} on",
    )
