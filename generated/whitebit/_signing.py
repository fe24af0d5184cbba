# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Security schemes: each adds its part to a request.

A secret stands in a `Secret`, which neither prints nor pickles, so that no repr, log
or crash report of a client shows it.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NoReturn

from ._encode import encode_json
from ._operation import Unset
from ._styles import encode_query
from .errors import ApiError, ConfigurationError

if TYPE_CHECKING:
    from ._operation import Draft

__all__ = [
    "ApiKey",
    "Basic",
    "Bearer",
    "Scheme",
    "Secret",
    "environment",
    "fixed_body",
    "full_target",
    "secret",
    "variable",
]


class Secret:
    """A text that is shown to nobody but `reveal`."""

    __slots__ = ("reveal",)

    def __init__(self, value: str) -> None:
        if value != value.strip() or not value.isprintable():
            raise ConfigurationError(
                "a credential begins or ends with a space or holds a line break; "
                "was it cut out of a file? use .strip()"
            )
        # In a closure, because slots are read by debuggers and crash reporters too.
        self.reveal: Callable[[], str] = lambda: value

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret does not pickle; make the client where it is used")


def secret(value: str | None) -> Secret | None:
    """Wrap a credential; an empty one counts as not given."""
    return Secret(value) if value else None


class Scheme:
    """What an operation may ask for before it is sent."""

    __slots__ = ()

    def missing(self) -> tuple[str, ...]:
        """Give the names of the arguments of the client that were not given."""
        return ()

    def apply(self, draft: Draft) -> None:
        """Add the credentials. The last chance to change the request."""
        raise NotImplementedError

    def turn(self) -> Lock | None:
        """Give what has to be held from signing until the answer, if calls have to
        arrive in the order in which they were signed."""
        return None

    def refusal(
        self, status: int, code: Any, message: str, headers: dict[str, str]
    ) -> type[ApiError] | None:
        """Say whether an answer refuses what this scheme added, and how.

        `headers` are those of the answer, their names in lower case.
        """
        return None

    def advice(self, message: str) -> str:
        """Say what to do about an answer that refuses the credentials, "" if unknown."""
        return ""

    def __repr__(self) -> str:
        return f"{type(self).__name__}(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("credentials do not pickle; make the client where it is used")


def fixed_body(draft: Draft) -> bytes:
    """Give the body as it is sent, b"" for none; after this it must not change.

    For schemes that sign the body: what is signed is what is sent, byte for byte.
    """
    if draft.content is None and not isinstance(draft.body, Unset):
        draft.content = encode_json(draft.body)
        media = draft.operation.body_media or "application/json"
        draft.set_header("Content-Type", media)
    return draft.content or b""


def full_target(draft: Draft) -> str:
    """Give the path with the query, as it stands in the request line."""
    if not draft.query:
        return draft.path
    return f"{draft.path}?{encode_query(draft.query)}"


class ApiKey(Scheme):
    """One value in a header, in the query or in a cookie (OpenAPI `apiKey`)."""

    __slots__ = ("_argument", "_parameter", "_place", "_value")

    def __init__(
        self,
        name: str,
        place: Literal["header", "query", "cookie"],
        parameter: str,
        value: str | None,
        *,
        argument: str = "",
    ) -> None:
        self._argument = argument or name
        self._place = place
        self._parameter = parameter
        self._value = secret(value)

    def missing(self) -> tuple[str, ...]:
        return (self._argument,) if self._value is None else ()

    def apply(self, draft: Draft) -> None:
        value = _revealed(self._value, self._argument)
        if self._place == "header":
            draft.set_header(self._parameter, value)
        elif self._place == "query":
            draft.query.append((self._parameter, value))
        else:
            draft.cookies[self._parameter] = value


class Bearer(Scheme):
    """`Authorization: Bearer …` (OpenAPI `http` bearer, and OAuth 2 tokens)."""

    __slots__ = ("_argument", "_token")

    def __init__(self, token: str | None, *, argument: str = "token") -> None:
        self._argument = argument
        self._token = secret(token)

    def missing(self) -> tuple[str, ...]:
        return (self._argument,) if self._token is None else ()

    def apply(self, draft: Draft) -> None:
        token = _revealed(self._token, self._argument)
        draft.set_header("Authorization", f"Bearer {token}")


class Basic(Scheme):
    """`Authorization: Basic …` (OpenAPI `http` basic)."""

    __slots__ = ("_arguments", "_password", "_username")

    def __init__(
        self,
        username: str | None,
        password: str | None,
        *,
        arguments: tuple[str, str] = ("username", "password"),
    ) -> None:
        if username and ":" in username:
            raise ConfigurationError(f"{arguments[0]} can't hold a colon")
        self._arguments = arguments
        self._username = secret(username)
        self._password = secret(password)

    def missing(self) -> tuple[str, ...]:
        given = zip(self._arguments, (self._username, self._password), strict=True)
        return tuple(argument for argument, value in given if value is None)

    def apply(self, draft: Draft) -> None:
        username = _revealed(self._username, self._arguments[0])
        password = _revealed(self._password, self._arguments[1])
        pair = b64encode(f"{username}:{password}".encode()).decode()
        draft.set_header("Authorization", f"Basic {pair}")


def environment(prefix: str, argument: str) -> str | None:
    """Read an argument of a client from the environment, "" counts as not set.

    `environment("WHITEBIT", "api_key")` reads WHITEBIT_API_KEY.
    """
    return os.environ.get(variable(prefix, argument), "").strip() or None


def variable(prefix: str, argument: str) -> str:
    return f"{prefix}_{argument}".upper()


def _revealed(value: Secret | None, argument: str) -> str:
    if value is None:
        raise ConfigurationError(f"{argument} was not given to the client")
    return value.reveal()
