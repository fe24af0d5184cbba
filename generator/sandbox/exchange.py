"""A handler that answers as the exchange would.

`Exchange` checks requests by the rules, and keeps what a test wants to look at: the
answers to give, and a record of every request.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate

from .keys import Keys, milliseconds
from .messages import Request, Response
from .rules import REFUSALS, Reason, Rule, read_fields

__all__ = ["Exchange", "Record"]


@dataclass(frozen=True, slots=True)
class Record:
    """One request and what became of it."""

    request: Request
    reason: Reason | None  # None for a request that was accepted
    fields: Mapping[str, object]  # {"request": "/api/v4/jwt", "nonce": 1}


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
        self._keys = Keys(keys, clock=clock)
        self._rules = dict(rules or {})
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def accepted(self) -> tuple[Record, ...]:
        """What was accepted."""
        return tuple(record for record in self.records if record.reason is None)

    @property
    def refused(self) -> tuple[Record, ...]:
        """What was refused."""
        return tuple(record for record in self.records if record.reason is not None)

    def __call__(self, request: Request) -> Response:
        """Answer one request."""
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
        reason = rule(request) if rule else self._keys.check(request, fields)
        return Record(request, reason, readable)
