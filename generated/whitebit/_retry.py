# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What happens after an attempt failed: another one, or the error.

A table, and no more: nothing here waits, sends or reads a clock. The rule above all
others is that a write whose first byte may have left is never sent again.

| failure                                    | read             | write            |
|--------------------------------------------|------------------|------------------|
| nothing sent                               | retries          | retries          |
| sent, connection lost or late, no answer   | retries          | never            |
| an answer began and is damaged or late     | 1                | never            |
| 408, 425, 500, 502, 503, 504, 520 to 524   | retries          | never            |
| 429                                        | retries          | where asked for  |
| nonce refused                              | 1                | never            |
| everything else                            | never            | never            |

`retries` is the option of that name, and no failure gets more than it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import random

from ._watch import Phase
from .errors import (
    ApiError,
    ClientError,
    ConnectionLostError,
    DecodeError,
    NonceError,
    NotSentError,
    RateLimitError,
)

__all__ = ["Retries"]

FIRST_WAIT = 0.2  # seconds, at most; doubled with each attempt
FIRST_WAIT_LIMITED = 1.0  # the same after 429
LONGEST_WAIT = 30.0  # seconds; who is told to wait longer is told so
LEAST_LEFT = 0.5  # seconds of the deadline without which an attempt is not worth it
PASSING = frozenset({408, 425, 500, 502, 503, 504, *range(520, 525)})

Jitter = Callable[[], float]


class Retries:
    """Decides for one call."""

    __slots__ = ("_is_read", "_jitter", "_made", "_most", "_on_limit")

    def __init__(
        self,
        *,
        is_read: bool,
        most: int,
        retry_limited_writes: bool = False,
        jitter: Jitter | None = None,
    ) -> None:
        self._is_read = is_read
        self._most = most
        self._on_limit = is_read or retry_limited_writes
        self._jitter = jitter or random
        self._made = 0

    @property
    def made(self) -> int:
        """How many further attempts were granted so far."""
        return self._made

    def next(
        self,
        error: ClientError,
        *,
        phase: Phase,
        left: float,
        began: bool = False,
        is_whole: bool = False,
    ) -> float | None:
        """Give the seconds to wait before the next attempt; None: raise the error.

        Args:
            error: What the attempt ended with.
            phase: How far it got.
            left: Seconds until the deadline of the call.
            began: Whether a byte of an answer came.
            is_whole: Whether a whole answer came.
        """
        most = self._granted(error, phase, began=began, is_whole=is_whole)
        if self._made >= min(most, self._most):
            return None
        wait = self._wait(error)
        if wait is None or left - wait < LEAST_LEFT:
            return None
        self._made += 1
        return wait

    def _granted(
        self, error: ClientError, phase: Phase, *, began: bool, is_whole: bool
    ) -> int:
        if isinstance(error, NotSentError):
            return self._most if phase is Phase.NOT_SENT and not error.is_final else 0
        if isinstance(error, RateLimitError):
            return self._most if error.status == 429 and self._on_limit else 0
        if not self._is_read:
            return 0
        if isinstance(error, NonceError):
            return 1
        if isinstance(error, ConnectionLostError):
            return 1 if began else self._most
        if isinstance(error, DecodeError):
            return 0 if is_whole else 1
        if isinstance(error, ApiError) and error.status in PASSING:
            return self._most
        return 0

    def _wait(self, error: ClientError) -> float | None:
        told = error.retry_after if isinstance(error, ApiError) else None
        if isinstance(error, NonceError):
            return 0.0
        if told is not None:
            if told > LONGEST_WAIT:
                return None
            return told + self._share() * min(1.0, told / 10)
        first = FIRST_WAIT_LIMITED if isinstance(error, RateLimitError) else FIRST_WAIT
        longest = min(LONGEST_WAIT, first * 2.0**self._made)
        return longest * (0.5 + self._share() / 2)

    def _share(self) -> float:
        with suppress(Exception):
            return min(1.0, max(0.0, self._jitter()))
        return 1.0
