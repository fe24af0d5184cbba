# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""What is constant about an operation, and the request while it is being made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NoReturn, TypeVar

from msgspec import Struct

from ._nonce import unix_milliseconds
from .errors import ConfigurationError

if TYPE_CHECKING:
    from ._signing import Scheme

__all__ = ["UNSET", "Code", "Draft", "Operation", "Unset", "check_header"]

T = TypeVar("T")


class Unset(Enum):
    """Type of `UNSET`."""

    UNSET = "UNSET"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""Stands for an argument that is not sent; None is sent as null."""


class Code(Struct, frozen=True):
    """One row of a code table: what a code means for one operation and status."""

    reason: StrEnum  # CreateCodeReason.NOT_ENOUGH_BALANCE
    status: int  # 422; 0 where the document does not say
    code: int  # 5


class Operation(Struct, Generic[T], frozen=True, kw_only=True):
    """One operation of the exchange; `T` is what a call of it returns."""

    name: str  # create_code
    method: str  # POST
    path: str  # /api/v4/orders/{id}
    returns: Any  # CreateCodeResponse, or what its items are; Any without a type
    kind: Literal["read", "write"] = "write"
    security: tuple[tuple[str, ...], ...] = ()  # (("whitebit",), ("key", "token"))
    servers: tuple[str, ...] = ()  # ("https://card.example",), instead of the client's
    body: Literal["", "json", "form", "multipart", "text", "bytes"] = ""
    body_media: str = ""  # application/xml, where `body` doesn't say it
    styles: tuple[tuple[str, str, str], ...] = ()  # (("query", "ids", "form"),)
    answer: Literal["json", "text", "bytes", "none", "location", "lines", "events"] = (
        "json"
    )
    may_be_empty: bool = False  # True: a success without a body is None
    reasons: type[StrEnum] | None = None  # CreateCodeReason
    cases: tuple[str, ...] = ()  # JSON: '["amountTooSmall",422,{"code":1}]'
    codes: tuple[Code, ...] = ()
    rate_limit: tuple[int, float] | None = None  # (1000, 10): calls, seconds
    reconcile: tuple[str, str, str] | None = None
    # ("deposit.get_history", "unique_id", "uniqueId"): method, argument, field of the call

    @property
    def is_read(self) -> bool:
        """True where a call changes nothing, so that it may be sent again."""
        return self.kind == "read"

    @property
    def is_stream(self) -> bool:
        """True where the answer is a row of items that come one by one."""
        return self.answer in ("lines", "events")


class Draft:
    """A request under construction; schemes add their part, then it is sent once.

    It holds a signature at the end, so it shows nothing and does not pickle.
    """

    __slots__ = (
        "body",
        "clock",
        "content",
        "cookies",
        "given",
        "headers",
        "host",
        "nonce",
        "operation",
        "path",
        "query",
        "schemes",
        "target",
    )

    def __init__(self, operation: Operation[Any], host: str, path: str) -> None:
        self.operation = operation
        self.host = host  # https://whitebit.com
        self.path = path  # /api/v4/orders/17, as it stands in the request line
        self.target = path  # the same, with the query
        self.query: list[tuple[str, str]] = []
        self.headers: dict[str, str] = {}
        self.cookies: dict[str, str] = {}
        self.body: Any = UNSET  # plain data: no models, enums or UNSET inside
        self.given: tuple[
            Mapping[str, Any], ...
        ] = ()  # arguments in path, query, headers
        self.content: bytes | None = None  # the bytes that are sent
        self.nonce: int | None = None
        self.clock: Callable[[], int] = unix_milliseconds  # for nonces
        self.schemes: tuple[Scheme, ...] = ()

    def __repr__(self) -> str:
        return f"<Draft {self.operation.method} {self.path}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a request holds a signature and does not pickle")

    def set_header(self, name: str, value: str) -> None:
        """Set a header, whatever the case of its name; line breaks are refused."""
        check_header(name, value)
        lower = name.lower()
        for other in self.headers:
            if other.lower() == lower:
                del self.headers[other]
                break
        self.headers[name] = value


_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_HEADER_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?|")


def check_header(name: str, value: str) -> None:
    """Refuse what could change the request around it; the value is never shown."""
    if not _TOKEN.fullmatch(name):
        raise ConfigurationError(f"{name[:40]!r} can't be the name of a header")
    if not _HEADER_VALUE.fullmatch(value):
        raise ConfigurationError(
            f"the value for header {name} has a line break, a space at an end or "
            "letters outside ASCII"
        )
