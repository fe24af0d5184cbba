# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The credentials that a request has to carry, computed without the client."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from urllib.parse import quote

import httpx2

__all__ = [
    "Basic",
    "Bearer",
    "Cookie",
    "Expected",
    "Header",
    "Own",
    "Query",
    "Scheme",
    "Signed",
    "credential",
]


@dataclass
class Expected:
    """A request as it should be, completed scheme by scheme."""

    path: str  # as it stands in the request line, without the query
    query: list[str] = field(default_factory=list[str])  # ["api_key=test-api-key"]
    headers: dict[str, str] = field(default_factory=dict[str, str])
    cookies: list[str] = field(default_factory=list[str])
    body: bytes | None = None
    package: str = ""  # the client's
    came: httpx2.Request | None = None  # what is compared with this


def credential(argument: str) -> str:
    """Give what the tests pass for an argument of the client."""
    return f"test-{argument.replace('_', '-')}"


class Scheme(ABC):
    """What an operation asks for."""

    @abstractmethod
    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add what belongs to this scheme; `sent` is the body that came."""

    def refusals(self) -> tuple[tuple[int, str, str], ...]:
        """Give answers about these credentials: status, body and name of the error."""
        return ()

    def error(self, package: str, status: int, code: Any, message: str) -> str:
        """Give the name of the error that these credentials make of an answer, or ""."""
        return ""


@dataclass(frozen=True)
class Header(Scheme):
    """A key in a header."""

    name: str  # X-Api-Key
    argument: str  # api_key

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add the header."""
        expected.headers[self.name.lower()] = credential(self.argument)


@dataclass(frozen=True)
class Query(Scheme):
    """A key in the query."""

    name: str  # api_key
    argument: str  # api_key

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add the pair, behind those of the call."""
        name, value = (
            quote(t, safe="") for t in (self.name, credential(self.argument))
        )
        expected.query.append(f"{name}={value}")


@dataclass(frozen=True)
class Cookie(Scheme):
    """A key in a cookie."""

    name: str  # session
    argument: str  # session_auth

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add the cookie, behind those of the call."""
        expected.cookies.append(f"{self.name}={credential(self.argument)}")


@dataclass(frozen=True)
class Bearer(Scheme):
    """A token."""

    argument: str  # token

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add the Authorization header."""
        expected.headers["authorization"] = f"Bearer {credential(self.argument)}"


@dataclass(frozen=True)
class Basic(Scheme):
    """User and password."""

    username: str  # basic_auth_username
    password: str  # basic_auth_password

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add the Authorization header."""
        pair = f"{credential(self.username)}:{credential(self.password)}"
        expected.headers["authorization"] = f"Basic {b64encode(pair.encode()).decode()}"


@dataclass(frozen=True)
class Signed(Scheme):
    """A signing scheme; the module of its name checks it."""

    name: str  # whitebit

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Let the module of the scheme add its fields and headers."""
        module: Any = import_module(f".{self.name}", __package__)
        complete: Callable[[Expected, bytes], None] = module.complete
        complete(expected, sent)

    def refusals(self) -> tuple[tuple[int, str, str], ...]:
        """Give those that the module of the scheme knows."""
        module: Any = import_module(f".{self.name}", __package__)
        known: tuple[tuple[int, str, str], ...] = module.REFUSALS
        return known


@dataclass(frozen=True)
class Own(Scheme):
    """A signing scheme of the project; its file checks it, if it has a `verify`.

    What it declares to add is taken as it came: without `verify` nobody else knows what
    it should be.
    """

    module: str  # _timestamp_hmac
    kind: str  # TimestampHmacSigner

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Let `verify` judge the request, and expect what the signer says it adds."""
        module, kind = self._found(expected.package)
        came = expected.came
        if came is None:
            raise AssertionError("there is no request to be judged")
        target = came.url.raw_path.decode()
        headers = {name.lower(): value for name, value in came.headers.items()}
        verify: Any = getattr(module, "verify", None)
        if verify is not None:
            given = {name: credential(name) for name in kind.credentials}
            said = verify(came.method, target, headers, came.content, given)
            if said:
                expected.headers["(signature)"] = str(said)
        for name in kind.headers:
            missing = f"what {self.kind} adds"
            expected.headers[name.lower()] = headers.get(name.lower(), missing)
        for pair in target.partition("?")[2].split("&"):
            if pair.partition("=")[0] in getattr(kind, "query", ()):
                expected.query.append(pair)
        if kind.fills:
            expected.body = _with_fields(expected.body, sent, kind.fills)
            expected.headers["content-type"] = "application/json"

    def error(self, package: str, status: int, code: Any, message: str) -> str:
        """Ask the signer."""
        _, kind = self._found(package)
        signer = kind(**dict.fromkeys(kind.credentials))
        found = signer.refusal(status, code, message, {})
        return "" if found is None else found.__name__

    def _found(self, package: str) -> tuple[Any, Any]:
        module: Any = import_module(f"{package}.{self.module}")
        return module, getattr(module, self.kind)


def _with_fields(body: bytes | None, sent: bytes, added: tuple[str, ...]) -> bytes:
    """Give the body that came, if it differs by the added fields only."""
    try:
        came: Any = json.loads(sent)
        rest = {name: value for name, value in came.items() if name not in added}
    except (ValueError, AttributeError):
        return body or b""
    is_same = rest == json.loads(body or b"{}") and all(name in came for name in added)
    return sent if is_same else body or b""
