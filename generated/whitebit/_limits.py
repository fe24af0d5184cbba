# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Keeps calls within the limits that the document states, before they are sent.

The exchange counts per address of the caller and per group of paths
(`/api/v4/main-account/*`: 1000 in 10 s), and a few operations have a lower limit of
their own. So all clients of this process share what is counted here, whatever their
keys; other processes and machines behind the same address are not seen.
"""

from __future__ import annotations

import os
import re
from bisect import insort
from collections import deque
from threading import Lock

__all__ = ["Limit", "Limits", "group_of", "limits"]

_VERSION = re.compile(r"api|v[0-9.]+", re.IGNORECASE)

Limit = tuple[int, float]  # calls, seconds


class _Window:
    """The moments at which the last calls of a limit were let through."""

    __slots__ = ("moments", "seconds")

    def __init__(self, limit: Limit) -> None:
        calls, self.seconds = limit
        self.moments: deque[float] = deque(maxlen=calls)

    def free_at(self, now: float) -> float:
        if len(self.moments) < (self.moments.maxlen or 0):
            return now
        return max(now, self.moments[0] + self.seconds)

    def take(self, moment: float) -> None:
        if self.moments and moment < self.moments[-1]:
            ordered = list(self.moments)
            insort(ordered, moment)
            self.moments = deque(ordered, self.moments.maxlen)
        else:
            self.moments.append(moment)


class Limits:
    """Counts calls. Times are those of one rising clock, in seconds."""

    __slots__ = ("_groups", "_lock")

    def __init__(self) -> None:
        self._lock = Lock()
        self._groups: dict[tuple[str, str], dict[Limit, _Window]] = {}

    def wait(
        self, host: str, path: str, limit: Limit, now: float, until: float
    ) -> float | None:
        """Give the seconds after which a call may be sent, and count it then.

        A call counts for its own limit and for the wider ones of its group. None where
        the time would come after `until`; then nothing is counted.
        """
        calls, seconds = limit
        if calls < 1 or seconds <= 0:
            return 0.0
        with self._lock:
            group = self._groups.setdefault((host, group_of(path)), {})
            group.setdefault(limit, _Window(limit))
            counted = [
                window
                for (most, span), window in group.items()
                if most / span >= calls / seconds
            ]
            moment = max(window.free_at(now) for window in counted)
            if moment > until:
                return None
            for window in counted:
                window.take(moment)
            return moment - now

    def forget_lock(self) -> None:
        """Start with a free lock: in a forked child another thread may have held it."""
        self._lock = Lock()


def group_of(path: str) -> str:
    """Give the part of a path that shares a limit.

    `/api/v4/main-account/codes` is in `/api/v4/main-account`.
    """
    segments = path.split("?")[0].split("/")[1:]
    for number, segment in enumerate(segments, 1):
        if not _VERSION.fullmatch(segment):
            return "/" + "/".join(segments[:number])
    return "/" + "/".join(segments)


limits = Limits()
"""Those of this process."""

if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=limits.forget_lock)
