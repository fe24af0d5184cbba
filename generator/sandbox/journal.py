"""What came in and what became of it: the last requests, and every accepted write."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from .messages import Request
from .words import clean, cut, shown_headers

__all__ = ["Journal", "Visit", "Write"]

_VISITS = 200
_WRITES = 10_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One request and what became of it."""

    request: Request
    status: int  # 401
    operation: str = ""  # withdrawFromFlexInvestment; empty: none was found
    reason: str = ""  # wrong-signature; empty: accepted
    message: str = ""  # Unauthorized request.
    expected: str = ""
    received: str = ""
    fault: str = ""  # reset
    fields: Mapping[str, object] | None = None  # the body, where it could be read
    number: int = 0
    time: float = field(default_factory=time.time)

    def line(self) -> str:
        """Return what became of it in one line; a query may hold a key."""
        became = [str(self.status), self.reason, self.fault]
        return " ".join(
            [self.request.method, cut(self.request.path), *filter(None, became)]
        )

    def as_json(self) -> dict[str, object]:
        """Return what the page shows: no secrets."""
        body = self.request.body
        readable = self.fields is not None
        return {
            "number": self.number,
            "time": self.time,
            "method": self.request.method,
            "target": cut(self.request.path),
            "operation": self.operation,
            "status": self.status,
            "reason": self.reason,
            "message": self.message,
            "expected": self.expected,
            "received": self.received,
            "fault": self.fault,
            "headers": shown_headers(self.request),
            "body": clean(self.fields) if readable else f"{len(body)} bytes",
        }


@dataclass(frozen=True, slots=True)
class Write:
    """A call that changed something."""

    number: int
    time: float
    operation: str  # withdrawFromFlexInvestment
    fields: Mapping[str, object]
    status: int  # 201
    fault: str = ""  # reset: it was executed, and the caller doesn't know

    def as_json(self) -> dict[str, object]:
        """Return what the page shows: no secrets."""
        return {
            "number": self.number,
            "time": self.time,
            "operation": self.operation,
            "fields": clean(self.fields),
            "status": self.status,
            "fault": self.fault,
        }


class Journal:
    """Remembers, and tells `told` of each request. May be called from several threads."""

    def __init__(self) -> None:
        self.told: Callable[[Visit], None] | None = None
        self._lock = threading.Lock()
        self._visits: deque[Visit] = deque(maxlen=_VISITS)
        self._writes: deque[Write] = deque(maxlen=_WRITES)
        self.count = 0
        self.accepted = 0

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The last requests, oldest first."""
        with self._lock:
            return tuple(self._visits)

    @property
    def ledger(self) -> tuple[Write, ...]:
        """The accepted writes, oldest first, each once."""
        with self._lock:
            return tuple(self._writes)

    def note(self, visit: Visit, *, is_write: bool = False) -> None:
        """Remember a request; one that changed something goes into the ledger too."""
        with self._lock:
            self.count += 1
            self.accepted += not visit.reason
            object.__setattr__(visit, "number", self.count)
            self._visits.append(visit)
            if is_write:
                fields = {
                    name: value
                    for name, value in (visit.fields or {}).items()
                    if name not in ("request", "nonce", "nonceWindow")
                }
                self._writes.append(
                    Write(
                        self.count,
                        visit.time,
                        visit.operation,
                        fields,
                        visit.status,
                        visit.fault,
                    )
                )
        if self.told is not None:
            self.told(visit)

    def clear(self) -> None:
        """Forget everything; numbers go on."""
        with self._lock:
            self._visits.clear()
            self._writes.clear()
