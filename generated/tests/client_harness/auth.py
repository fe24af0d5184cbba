# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""The credentials that a request has to carry, computed without the client."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

__all__ = [
    "Basic",
    "Bearer",
    "Cookie",
    "Expected",
    "Header",
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


def credential(argument: str) -> str:
    """Give what the tests pass for an argument of the client."""
    return f"test-{argument.replace('_', '-')}"


class Scheme:
    """What an operation asks for."""

    def complete(self, expected: Expected, sent: bytes) -> None:
        """Add what belongs to this scheme; `sent` is the body that came."""
        raise NotImplementedError

    def refusals(self) -> tuple[tuple[int, str, str], ...]:
        """Give answers about these credentials: status, body and name of the error."""
        return ()


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
        expected.query.append(f"{self.name}={credential(self.argument)}")


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
