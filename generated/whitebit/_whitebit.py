# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""How a WhiteBIT request is signed.

The body is one compact JSON object with `request` (the path), `nonce` (Unix ms) and
`nonceWindow`; the payload is its Base64; the signature is the HMAC-SHA512 of that
Base64 text, in lower-case hex. What is signed is what is sent, byte for byte.
Source: the exchange's documentation, "Authentication".
"""

from __future__ import annotations

import hmac
from base64 import b64encode
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar

from ._encode import encode_json
from ._nonce import nonces_for
from ._operation import UNSET
from ._signing import Scheme, secret
from .errors import (
    ApiError,
    ConfigurationError,
    NonceError,
    RateLimitError,
    SignatureError,
)

if TYPE_CHECKING:
    from ._operation import Draft

__all__ = ["WhiteBitSigner"]

# How each refusal begins, in lower case, and its code where one is documented. Codes
# alone say nothing: the same numbers mean other things elsewhere.
_REFUSALS: tuple[tuple[str, frozenset[int | None], type[ApiError]], ...] = (
    ("too many attempts", frozenset(), RateLimitError),
    ("payload not provided", frozenset(), SignatureError),
    ("invalid payload", frozenset({9, None}), SignatureError),
    ("unauthorized request", frozenset({10, None}), SignatureError),
    ("request not provided", frozenset(), SignatureError),
    ("nonce not provided", frozenset(), NonceError),
    ("invalid noncewindow", frozenset(), NonceError),
    ("your nonce is more than", frozenset(), NonceError),
)

# How each answer about access begins, in lower case, and what to do about it.
_ADVICE: tuple[tuple[str, str], ...] = (
    (
        "payload not provided",
        "something on the way removes the header X-TXC-PAYLOAD: look at proxies",
    ),
    (
        "too many requests.",
        (
            "a nonce was too low, or the rate limit is reached: give each program a key"
            " of its own and leave nonce_window on"
        ),
    ),
    (
        "this action is unauthorized. enable your key",
        (
            "enable the key in the API settings of the account, and look at its list of"
            " allowed addresses"
        ),
    ),
    (
        "you don't have permission to use this endpoint",
        (
            "allow this endpoint in the settings of the API key, or ask the exchange for"
            " access"
        ),
    ),
    (
        "this api key is not authorized",
        "allow this action in the settings of the API key",
    ),
    (
        "invalid payload",
        "the body was changed on the way: look at proxies and hooks",
    ),
    (
        "unauthorized request",
        "api_secret does not belong to api_key: copy both again",
    ),
    (
        "nonce not provided",
        "the body was changed on the way: look at proxies and hooks",
    ),
    (
        "request not provided",
        "the body was changed on the way: look at proxies and hooks",
    ),
    (
        "your nonce is more than",
        "the clock of this machine is more than 5 seconds off: set it",
    ),
    (
        "invalid noncewindow",
        "the body was changed on the way: look at proxies and hooks",
    ),
)


class WhiteBitSigner(Scheme):
    """Signs with the key pair of an account."""

    __slots__ = ("_api_key", "_api_secret", "_nonces", "_window")

    name: ClassVar[str] = "whitebit"
    headers: ClassVar[tuple[str, ...]] = (
        "X-TXC-APIKEY",
        "X-TXC-PAYLOAD",
        "X-TXC-SIGNATURE",
    )
    required: ClassVar[str] = "X-TXC-APIKEY"
    fills: ClassVar[tuple[str, ...]] = ("request", "nonce", "nonceWindow")
    credentials: ClassVar[tuple[str, ...]] = ("api_key", "api_secret")

    def __init__(
        self,
        *,
        api_key: str | None,
        api_secret: str | None,
        nonce_window: bool = True,
    ) -> None:
        self._api_key = secret(api_key)
        self._api_secret = secret(api_secret)
        self._window = nonce_window
        self._nonces = nonces_for(api_key or "")

    def turn(self) -> Lock | None:
        # Without the window a nonce has to exceed the one that arrived before it.
        return None if self._window else self._nonces.turn

    def missing(self) -> tuple[str, ...]:
        values = (self._api_key, self._api_secret)
        given = zip(self.credentials, values, strict=True)
        return tuple(name for name, value in given if value is None)

    def apply(self, draft: Draft) -> None:
        if self._api_key is None or self._api_secret is None:
            raise ConfigurationError(f"{self.missing()[0]} was not given to the client")
        fields: Any = {} if draft.body is UNSET else draft.body
        if not isinstance(fields, dict):
            raise ConfigurationError("a signed body has to be an object")
        for name in self.fills:
            if name in fields:
                raise ConfigurationError(f"{name} is filled in by the client")
        # What can be refused comes first, while no variable holds a secret.
        draft.set_header("Content-Type", "application/json")
        draft.set_header("X-TXC-APIKEY", self._api_key.reveal())
        nonce = self._nonces.next(window=self._window, clock=draft.clock)
        body: dict[str, Any] = {**fields, "request": draft.path, "nonce": nonce}
        if self._window:
            body["nonceWindow"] = True
        content = encode_json(body)
        payload = b64encode(content)
        key = self._api_secret.reveal().encode()
        draft.nonce = nonce
        draft.content = content
        draft.set_header("X-TXC-PAYLOAD", payload.decode())
        draft.set_header("X-TXC-SIGNATURE", hmac.digest(key, payload, "sha512").hex())

    def refusal(
        self, status: int, code: Any, message: str, headers: dict[str, str]
    ) -> type[ApiError] | None:
        # A nonce that is too low and the rate limiter differ by a capital and a full
        # stop ("Too Many Requests"); only the limiter sends Retry-After.
        if message == "Too many requests." and "retry-after" not in headers:
            return NonceError
        words = message.lower()
        for begin, codes, kind in _REFUSALS:
            if words.startswith(begin) and (not codes or code in codes):
                return kind
        return None

    def advice(self, message: str) -> str:
        words = message.lower().replace("\u2019", "'")
        return next((text for begin, text in _ADVICE if words.startswith(begin)), "")
