"""The keys of the exchange: their secrets, what each may do, the nonces it has used."""

from __future__ import annotations

import hmac
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .messages import Request
from .rules import (
    WINDOW_MS,
    Reason,
    check_headers,
    check_nonce,
    check_path,
    check_payload,
    read_fields,
    sign,
)

__all__ = ["Access", "Keys", "milliseconds"]

# A nonce outside the window is refused for that, so older ones need not be remembered.
_REMEMBERED_MS = 4 * WINDOW_MS


class Access(StrEnum):
    """What a key may do."""

    ALL = "all"
    READS = "reads"
    NOTHING = "nothing"


@dataclass(slots=True)
class _Key:
    secret: str = field(repr=False)
    access: Access = Access.ALL
    used: set[int] = field(default_factory=set[int])
    order: deque[tuple[int, int]] = field(default_factory=deque[tuple[int, int]])
    last: int = 0

    def take(self, nonce: int, now: int) -> None:
        """Note a nonce as used, and forget those that no window can reach any more."""
        self.used.add(nonce)
        self.order.append((now, nonce))
        self.last = max(self.last, nonce)
        while self.order and self.order[0][0] < now - _REMEMBERED_MS:
            _, old = self.order.popleft()
            if old < now - _REMEMBERED_MS:  # one from the future stays
                self.used.discard(old)


def milliseconds() -> int:
    """Return the time as nonces count it."""
    return time.time_ns() // 1_000_000


class Keys:
    """Checks signed requests in the exchange's order. May be called from any thread."""

    def __init__(
        self,
        secrets: Mapping[str, str],
        *,
        access: Mapping[str, Access] | None = None,
        clock: Callable[[], int] = milliseconds,
    ) -> None:
        given = access or {}
        self._keys = {
            key: _Key(secret, given.get(key, Access.ALL))
            for key, secret in secrets.items()
        }
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, without their secrets."""
        return tuple(self._keys)

    def secret(self, key: str) -> str | None:
        """Return the secret of a key, to sign with or to explain with."""
        found = self._keys.get(key)
        return None if found is None else found.secret

    def last(self, key: str) -> int:
        """Return the highest nonce that was accepted."""
        return self._keys[key].last if key in self._keys else 0

    def access(self, key: str) -> Access:
        """Return what a key may do."""
        return self._keys[key].access if key in self._keys else Access.NOTHING

    def check(
        self, request: Request, fields: dict[str, object] | Reason | None = None
    ) -> Reason | None:
        """Return why a request is refused; the nonce of any other is used up."""
        payload = request.header("X-TXC-PAYLOAD") or ""
        reason = check_headers(request) or check_payload(payload, request.body)
        if reason:
            return reason
        read = read_fields(request.body) if fields is None else fields
        if isinstance(read, Reason):
            return read
        key = self._keys.get(request.header("X-TXC-APIKEY") or "")
        if key is None:
            return Reason.UNKNOWN_KEY
        signature = (request.header("X-TXC-SIGNATURE") or "").encode()
        if not hmac.compare_digest(signature, sign(key.secret, payload).encode()):
            return Reason.WRONG_SIGNATURE
        reason = check_path(read, request.path)
        return reason or self._take_nonce(key, read)

    def _take_nonce(self, key: _Key, fields: Mapping[str, object]) -> Reason | None:
        # Only now: a forged request must not use up a nonce of the key's owner.
        with self._lock:
            now = self._clock()
            reason = check_nonce(fields, now=now, used=key.used, last=key.last)
            nonce = fields.get("nonce")
            if reason is None and isinstance(nonce, int):
                key.take(nonce, now)
            return reason
