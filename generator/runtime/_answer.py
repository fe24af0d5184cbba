# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""A whole answer, for callers who want more than the value."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from msgspec import Struct

from ._decode import parse

__all__ = ["Answer"]

T = TypeVar("T")


class Answer(Struct, Generic[T], frozen=True, kw_only=True):
    """A whole answer: what `client.raw(method)(…)` returns."""

    status: int
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes
    value: T
    """What the method itself returns."""

    def json(self) -> Any:
        """Parse the body without its type: all keys, fractions as `Decimal`."""
        return parse(self.body)

    def __repr__(self) -> str:
        return f"<Answer {self.status}, {len(self.body)} bytes>"
