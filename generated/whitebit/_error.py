# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The base of all errors: one line, equal by what they hold, and picklable."""

from __future__ import annotations

from typing import Any

__all__ = ["ClientError"]

_LONGEST_LINE = 600


class ClientError(Exception):
    """Base of all errors of this client."""

    operation: str
    """Name of the method that was called, "" outside a call."""

    def __init__(self, message: str = "", *, operation: str = "") -> None:
        super().__init__(_one_line(message))
        self.operation = operation

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, dict(self.__dict__))

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return vars(other) == vars(self) and other.args == self.args

    def __hash__(self) -> int:
        return hash((type(self), self.args))


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 3] + "..."


def _rebuild(
    kind: type[ClientError], args: tuple[Any, ...], state: dict[str, Any]
) -> ClientError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
