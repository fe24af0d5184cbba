# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What is known of one attempt while it is under way: how far it got, and until when.

The streams of `_network` are kept by connections, not by calls; they find the attempt
that is using them through `attempt`, a context variable.
"""

from __future__ import annotations

from contextvars import ContextVar
from enum import Enum
from time import monotonic

__all__ = ["Phase", "Watch", "attempt"]


class Phase(Enum):
    """How far an attempt got."""

    NOT_SENT = "not sent"  # no byte of the request was handed to the system
    SENT = "sent"  # at least one byte may have left, and no status came back
    ANSWERED = "answered"  # a status came back


class Watch:
    """One attempt. Times are those of `time.monotonic`, in seconds."""

    __slots__ = (
        "began",
        "has_content",
        "has_header",
        "header_until",
        "is_whole",
        "may_share",
        "phase",
        "spoiled",
        "until",
    )

    def __init__(self, until: float, *, may_share: bool = False) -> None:
        self.until = until  # the deadline of the whole call
        self.may_share = may_share  # its connection, with calls before and after it
        self.phase = Phase.NOT_SENT
        self.has_content = False  # the request has a body, which goes with its header
        self.began = False  # a byte of an answer came
        self.has_header = False  # the header of the answer came
        self.is_whole = False  # the whole answer came
        self.spoiled = False  # its connection must not be used again
        self.header_until = until  # when the header of the answer has to be there

    def left(self, timeout: float | None) -> float:
        """Give the seconds that one step may take; 0 or less when it is too late."""
        left = self.until - monotonic()
        return left if timeout is None or left < timeout else timeout

    def left_to_read(self, timeout: float | None) -> float:
        """Give the seconds until the next piece of an answer has to be there."""
        left = self.left(timeout)
        if self.has_header:
            return left
        return min(left, self.header_until - monotonic())


attempt: ContextVar[Watch | None] = ContextVar("attempt", default=None)
"""The attempt that this thread or task is making."""
