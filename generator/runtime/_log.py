# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What the client tells `logging`: events and the few values that may stand in them.

The application decides what is shown. Where it says nothing, the variable `…_LOG` of the
environment (`WHITEBIT_LOG=debug`) shows the events on standard error.

No header, body, argument, path or address is ever logged. A handler that raises does
not change what becomes of a call.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

__all__ = ["ALLOWED", "is_heard", "say", "show"]

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

LEVELS = ("debug", "info", "warning", "error")
FORMAT = "%(asctime)s %(name)s %(levelname)s %(message)s"

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
            words = [event, *(f"{name}={one}" for name, one in given.items())]
            _log.log(level, "%s", " ".join(words))


def is_heard() -> bool:
    """Whether something shows or keeps records: else Python prints warnings itself."""
    return _log.hasHandlers()


if TYPE_CHECKING:
    _Stream = logging.StreamHandler[TextIO]
else:
    _Stream = logging.StreamHandler


class _Shown(_Stream):
    """Writes to standard error, and leaves it to the application once that does."""

    def emit(self, record: logging.LogRecord) -> None:
        if not logging.getLogger().handlers:
            super().emit(record)


def show(variable: str, level: str | None) -> None:
    """Show events from a level on, unless the application has set up logging.

    The level is what the variable of the environment holds.
    """
    if level is None or any(isinstance(one, _Shown) for one in _log.handlers):
        return
    if level.lower() not in LEVELS:
        # A word too much in the environment must not keep a program from trading.
        known = ", ".join(LEVELS)
        say(logging.WARNING, f"{variable}={level} is none of {known}: nothing is shown")
        return
    handler = _Shown()
    handler.setFormatter(logging.Formatter(FORMAT))
    _log.addHandler(handler)
    _log.setLevel(level.upper())
