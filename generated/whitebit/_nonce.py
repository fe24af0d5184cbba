# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Nonces: one locked counter a key, for all clients of this process and of this user.

Two clients with one key share a counter, so they never send the same nonce. Processes
share what was given through a small file (`_nonce_file`); where none can be written, a
key belongs to one process, and the log says so once. A forked child opens the file
anew and goes on.
"""

from __future__ import annotations

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from hashlib import sha256
from threading import Lock

from ._log import say
from ._nonce_file import NonceFile, State, StuckError
from .errors import NotSentError

__all__ = ["Nonces", "nonces_for", "unix_milliseconds"]

REMEMBERED = 65_536  # nonces that are never given again after the clock was set back
SET_BACK = 1_000  # ms; smaller steps back are jitter, the counter just goes on

Clock = Callable[[], int]


def unix_milliseconds() -> int:
    """Read the system's clock."""
    return time.time_ns() // 1_000_000


class Nonces:
    """Gives Unix milliseconds, each number once.

    `name` is that of the file shared with other processes; "" shares with none.
    """

    __slots__ = ("_file", "_lock", "_name", "_order", "_pid", "_state", "_used", "turn")

    def __init__(self, name: str = "") -> None:
        self.turn = Lock()
        """Held around a whole call where nonces have to arrive in their order."""
        self._name = name
        self._lock = Lock()
        self._file: NonceFile | None = None
        self._pid = 0
        self._state = State()
        self._used: set[int] = set()
        self._order: deque[int] = deque()

    def next(self, *, window: bool, clock: Clock = unix_milliseconds) -> int:
        """Give the next nonce: the clock, or one more than the last one.

        With the window a nonce has to be near the exchange's clock and unique, in any
        order: after the clock was set back it starts again from there and leaves out
        what it gave before. Without the window a nonce has to rise, so it goes on
        rising.

        Raises:
            NotSentError: another process holds the file of this key for seconds
        """
        with self._lock:
            file = self._shared() if clock is unix_milliseconds else None
            if file is None:
                return self._take(window, clock, None)
            try:
                with file.held():
                    self._state = file.read() or self._state
                    nonce = self._take(window, clock, file)
                    file.write(nonce, self._state)
                    return nonce
            except StuckError as error:
                raise NotSentError(f"no nonce: {error}") from error
            except OSError as error:
                self._give_up(error)
                return self._take(window, clock, None)

    def _take(self, window: bool, clock: Clock, file: NonceFile | None) -> int:
        now, state = clock(), self._state
        was_set_back = now < state.clock - SET_BACK
        from_clock = now > state.last or (window and was_set_back)
        nonce = now if from_clock else state.last + 1
        if not window:
            nonce = max(nonce, state.top + 1)
        while nonce in self._used or (file is not None and file.has(nonce)):
            nonce += 1
        self._state = State(nonce, now, max(state.top, nonce))
        self._used.add(nonce)
        self._order.append(nonce)
        if len(self._order) > REMEMBERED:
            self._used.discard(self._order.popleft())
        return nonce

    def _shared(self) -> NonceFile | None:
        if self._pid != os.getpid():
            # What a forked child inherits is its parent's lock, not one of its own.
            self._pid = os.getpid()
            self._close()
            try:
                self._file = NonceFile(self._name) if self._name else None
            except OSError as error:
                self._give_up(error)
        return self._file

    def _give_up(self, error: OSError) -> None:
        self._close()
        say(
            logging.WARNING,
            "nonces are not shared with other processes, use one process a key:",
            error=type(error).__name__,
        )

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def after_fork(self) -> None:
        """Start with free locks: another thread may have held them."""
        self._lock = Lock()
        self.turn = Lock()


_registry: dict[bytes, Nonces] = {}
_registry_lock = Lock()


def nonces_for(key: str) -> Nonces:
    """Give the counter of a key; registry and file hold a hash, not the key."""
    name = sha256(b"openapi-vendor nonces:" + key.encode())
    with _registry_lock:
        found = _registry.get(name.digest())
        if found is None:
            # Without a key nothing is signed, and nothing needs a file.
            found = Nonces(name.hexdigest()[:32] if key else "")
            _registry[name.digest()] = found
        return found


def _after_fork() -> None:
    global _registry_lock
    _registry_lock = Lock()
    for nonces in _registry.values():
        nonces.after_fork()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
