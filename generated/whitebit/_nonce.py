# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Nonces: one locked counter a key for the whole process.

Two clients with one key share a counter, so they never send the same nonce. Processes
do not share one: give each process a key of its own.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

__all__ = ["Nonces", "nonces_for", "unix_milliseconds"]

REMEMBERED = 65_536  # nonces that are never given again after the clock was set back
SET_BACK = 1_000  # ms; smaller steps back are jitter, the counter just goes on

Clock = Callable[[], int]


def unix_milliseconds() -> int:
    return time.time_ns() // 1_000_000


class Nonces:
    """Gives Unix milliseconds, each number once."""

    __slots__ = ("_clock_seen", "_last", "_lock", "_order", "_top", "_used")

    def __init__(self) -> None:
        self._lock = Lock()
        self._last = 0
        self._top = 0  # the highest one given so far
        self._clock_seen = 0
        self._used: set[int] = set()
        self._order: deque[int] = deque()

    def next(self, *, window: bool, clock: Clock = unix_milliseconds) -> int:
        """Give the next nonce: the clock, or one more than the last one.

        With the window a nonce has to be near the exchange's clock and unique, in any
        order: after the clock was set back it starts again from there and leaves out
        what it gave before. Without the window a nonce has to rise, so it goes on
        rising.
        """
        with self._lock:
            now = clock()
            was_set_back = now < self._clock_seen - SET_BACK
            self._clock_seen = now
            from_clock = now > self._last or (window and was_set_back)
            nonce = now if from_clock else self._last + 1
            if nonce <= self._top:
                while nonce in self._used:
                    nonce += 1
            if not window:
                nonce = max(nonce, self._top + 1)
            self._remember(nonce)
            return nonce

    def _remember(self, nonce: int) -> None:
        self._last = nonce
        self._top = max(self._top, nonce)
        self._used.add(nonce)
        self._order.append(nonce)
        if len(self._order) > REMEMBERED:
            self._used.discard(self._order.popleft())


_registry: dict[bytes, Nonces] = {}
_registry_lock = Lock()


def nonces_for(key: str) -> Nonces:
    """Give the counter of a key; the registry holds a hash, not the key."""
    name = sha256(key.encode()).digest()
    with _registry_lock:
        return _registry.setdefault(name, Nonces())


def _fresh_locks() -> None:
    # Another thread may have held a lock when this process was forked.
    global _registry_lock
    _registry_lock = Lock()
    for nonces in _registry.values():
        nonces._lock = Lock()  # pyright: ignore[reportPrivateUsage]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_fresh_locks)
