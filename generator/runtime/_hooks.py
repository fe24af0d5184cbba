# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What the hooks of a client are told of each attempt.

No argument, address, header, body, nonce or answer stands in it: the path is that of
the document, `/orders/{id}`. A hook that raises is logged, and changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol, TypeVar

from msgspec import Struct

from ._log import say

__all__ = ["RequestEvent", "ResponseEvent", "tell"]


class RequestEvent(Struct, frozen=True, kw_only=True):
    """An attempt that is about to be sent."""

    operation: str
    """`create_withdraw`"""
    method: str
    """`POST`"""
    path: str
    """As the document has it, `/api/v4/orders/{id}`: without what was filled in."""
    attempt: int
    """1 for the first."""


class ResponseEvent(RequestEvent, frozen=True, kw_only=True):
    """How the attempt ended: each `RequestEvent` is followed by one of these."""

    status: int | None
    """None where no status came."""
    error: str | None
    """Name of the class of the error, `RateLimitError`; None for a value."""
    elapsed: float
    """Seconds since the `RequestEvent`."""


class _Event(Protocol):
    @property
    def operation(self) -> str: ...


E = TypeVar("E", bound=_Event)


def tell(hook: Callable[[E], object] | None, event: E) -> None:
    """Call a hook, if there is one."""
    if hook is None:
        return
    try:
        hook(event)
    except Exception as error:  # noqa: BLE001
        # Its words are its own, and may be anything.
        say(
            logging.WARNING,
            "a hook failed:",
            operation=event.operation,
            error=type(error).__name__,
        )
