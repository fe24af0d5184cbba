"""A handler that answers as the exchange would.

`Exchange` puts the rules in the exchange's order and keeps what has to be remembered:
the nonces of each key, the answers that a test wants, and a record of every request.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

from .messages import Request, Response
from .rules import (
    REFUSALS,
    Reason,
    Rule,
    check_headers,
    check_nonce,
    check_path,
    check_payload,
    read_fields,
    sign,
)

__all__ = ["Exchange", "Record"]


@dataclass(frozen=True, slots=True)
class Record:
    """One request and what became of it."""

    request: Request
    reason: Reason | None  # None for a request that was accepted
    fields: Mapping[str, object]  # {"request": "/api/v4/jwt", "nonce": 1}


@dataclass(slots=True)
class _Key:
    secret: str = field(repr=False)
    used: set[int] = field(default_factory=set[int])
    last: int = 0


def milliseconds() -> int:
    return time.time_ns() // 1_000_000


class Exchange:
    """A handler that checks requests as the exchange does and answers from a table.

    Fill `answers` with a status and a JSON value, or with a whole `Response`, by method
    and path; everything else is answered 200 `{}`. A path of `rules` is checked by
    its own rule, every other one by signature. May be called from several threads.
    """

    def __init__(
        self,
        keys: Mapping[str, str],
        *,
        rules: Mapping[str, Rule] | None = None,
        clock: Callable[[], int] = milliseconds,
    ) -> None:
        self.answers: dict[tuple[str, str], tuple[int, object] | Response] = {}
        self.refusals = dict(REFUSALS)
        self.records: list[Record] = []
        self._keys = {key: _Key(secret) for key, secret in keys.items()}
        self._rules = dict(rules or {})
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def accepted(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.reason is None)

    @property
    def refused(self) -> tuple[Record, ...]:
        return tuple(record for record in self.records if record.reason is not None)

    def __call__(self, request: Request) -> Response:
        with self._lock:
            record = self._examine(request)
            self.records.append(record)
        if record.reason is not None:
            refusal = self.refusals[record.reason]
            words = {"code": refusal.code, "message": refusal.message}
            return self._json(refusal.status, words)
        answer = self.answers.get((request.method, request.path), (200, {}))
        return answer if isinstance(answer, Response) else self._json(*answer)

    def _json(self, status: int, data: object) -> Response:
        """Answer with the date of this exchange's clock, which may be a wrong one."""
        date = formatdate(self._clock() / 1000, usegmt=True)
        return Response.json(status, data, (("Date", date),))

    def _examine(self, request: Request) -> Record:
        fields = read_fields(request.body)
        readable = {} if isinstance(fields, Reason) else fields
        rule = self._rules.get(request.path)
        reason = rule(request) if rule else self._check_signed(request, fields)
        return Record(request, reason, readable)

    def _check_signed(
        self, request: Request, fields: dict[str, object] | Reason
    ) -> Reason | None:
        payload = request.header("X-TXC-PAYLOAD") or ""
        reason = check_headers(request) or check_payload(payload, request.body)
        if reason:
            return reason
        if isinstance(fields, Reason):
            return fields
        key = self._keys.get(request.header("X-TXC-APIKEY") or "")
        if key is None:
            return Reason.UNKNOWN_KEY
        if request.header("X-TXC-SIGNATURE") != sign(key.secret, payload):
            return Reason.WRONG_SIGNATURE
        reason = check_path(fields, request.path) or check_nonce(
            fields, now=self._clock(), used=key.used, last=key.last
        )
        nonce = fields.get("nonce")
        if reason is None and isinstance(nonce, int):
            # Only now: a forged request must not use up a nonce of the key's owner.
            key.used.add(nonce)
            key.last = max(key.last, nonce)
        return reason
