"""Signs with HMAC-SHA256 over timestamp, method, path and body, all of it in headers.

Named by `signer` in pyproject.toml. It becomes a module of the client, which is why it
imports its neighbours there: `Scheme` and what belongs to it. `verify` is the other side:
the generated tests and the sandbox ask it about every request.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from ._signing import Scheme, fixed_body, full_target, secret
from .errors import ApiError, ConfigurationError, NonceError

if TYPE_CHECKING:
    from ._operation import Draft

__all__ = ["TimestampHmacSigner", "verify"]


class TimestampHmacSigner(Scheme):
    """Signs with the key pair of an account."""

    __slots__ = ("_api_key", "_api_secret")

    name: ClassVar[str] = "timestamp_hmac"
    headers: ClassVar[tuple[str, ...]] = ("X-Key", "X-Timestamp", "X-Signature")
    required: ClassVar[str] = "X-Key"
    fills: ClassVar[tuple[str, ...]] = ()
    credentials: ClassVar[tuple[str, ...]] = ("api_key", "api_secret")

    def __init__(self, *, api_key: str | None, api_secret: str | None) -> None:
        self._api_key = secret(api_key)
        self._api_secret = secret(api_secret)

    def missing(self) -> tuple[str, ...]:
        """Say which credentials were not given."""
        values = (self._api_key, self._api_secret)
        given = zip(self.credentials, values, strict=True)
        return tuple(name for name, value in given if value is None)

    def apply(self, draft: Draft) -> None:
        """Add the three headers; nothing may change the request after this."""
        if self._api_key is None or self._api_secret is None:
            raise ConfigurationError(f"{self.missing()[0]} was not given to the client")
        timestamp = str(draft.clock())
        said = _said(
            timestamp, draft.operation.method, full_target(draft), fixed_body(draft)
        )
        draft.set_header("X-Key", self._api_key.reveal())
        draft.set_header("X-Timestamp", timestamp)
        draft.set_header("X-Signature", _signature(self._api_secret.reveal(), said))

    def refusal(
        self, status: int, code: object, message: str, headers: dict[str, str]
    ) -> type[ApiError] | None:
        """Say which refusals are about the timestamp."""
        return NonceError if message == "timestamp is too old" else None


def verify(
    method: str,
    target: str,
    headers: Mapping[str, str],
    body: bytes,
    credentials: Mapping[str, str],
) -> str:
    """Say why a request is refused, "" if it isn't; names of headers are in lower case."""
    if headers.get("x-key") != credentials["api_key"]:
        return "X-Key is another key"
    timestamp = headers.get("x-timestamp", "")
    if not timestamp.isdecimal():
        return "X-Timestamp is no number of milliseconds"
    wanted = _signature(
        credentials["api_secret"], _said(timestamp, method, target, body)
    )
    if not hmac.compare_digest(wanted, headers.get("x-signature", "")):
        return "X-Signature is not that of timestamp, method, path and body"
    return ""


def _said(timestamp: str, method: str, target: str, body: bytes) -> bytes:
    return f"{timestamp}{method}{target}".encode() + body


def _signature(key: str, said: bytes) -> str:
    return hmac.new(key.encode(), said, hashlib.sha256).hexdigest()
