# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What the client tells `logging`: events and the few values that may stand in them.

No header, body, argument, path or address is ever logged. A handler that raises does
not change what becomes of a call.
"""

from __future__ import annotations

import logging
from contextlib import suppress

__all__ = ["ALLOWED", "say"]

ALLOWED = frozenset(
    {
        "attempt",  # 2
        "error",  # ServerError: the name of a class
        "expected",  # str: the name of a type
        "field",  # data.items[].amount: the place in an answer
        "nonce",  # 1709340000000
        "operation",  # create_withdraw
        "phase",  # sent
        "received",  # int: the name of a type
        "seconds",  # 0.2
        "status",  # 503
    }
)

_log = logging.getLogger(__package__ or __name__)


def say(level: int, event: str, **values: str | float | None) -> None:
    """Log an event with values, those that are None left out.

    Raises:
        ValueError: a value is not on the list; only a mistake in this package is one
    """
    if not values.keys() <= ALLOWED:
        raise ValueError(f"not to be logged: {sorted(values.keys() - ALLOWED)}")
    with suppress(Exception):
        if _log.isEnabledFor(level):
            given = {name: one for name, one in values.items() if one is not None}
            words = " ".join(f"{name}={one}" for name, one in given.items())
            _log.log(level, "%s %s", event, words)
