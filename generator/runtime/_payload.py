# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What webhooks and callbacks send to a server of your own: bytes to a model.

Whether a payload is genuine has to be checked before, as the exchange documents it.
"""

from __future__ import annotations

from typing import Any, TypeVar, overload

from ._decode import NotJsonError, decode, parse
from .errors import DecodeError

__all__ = ["payload"]

T = TypeVar("T")


@overload
def payload(body: bytes, kind: type[T]) -> T: ...
@overload
def payload(body: bytes, kind: object) -> Any: ...
def payload(body: bytes, kind: object) -> Any:
    """Decode a payload as answers are decoded: what doesn't fit is kept as it came.

    Args:
        body: The bytes of the request, after its signature was checked.
        kind: A type of `models`.

    Raises:
        DecodeError: no JSON, or JSON of another kind
    """
    found: dict[str, tuple[str, str]] = {}

    def note(field: str, expected: str, received: str) -> None:
        found.setdefault(field, (expected, received))

    try:
        value = decode(body, kind, note)
    except NotJsonError:
        raise DecodeError("the payload is no JSON", operation="", body=body) from None
    if "" in found:
        expected, received = found[""]
        raise DecodeError(
            f"the payload is of type {received} instead of {expected}",
            operation="",
            body=body,
            parsed=parse(body),
        )
    return value
