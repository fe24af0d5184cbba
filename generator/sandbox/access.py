"""Who may call an operation: by signature, by a standard scheme, or anyone.

A standard scheme takes `test-` and its own name (`test-jwt-auth` for `JwtAuth`), which
is what the generated tests send, and the key that the sandbox was started with.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Protocol
from urllib.parse import parse_qs

from ..model import ir
from .keys import Access, Keys
from .messages import Request
from .rules import Reason
from .words import masked, shown

__all__ = ["Denial", "Gate", "OwnScheme", "credential", "own_credentials"]

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Denial:
    """Why a request is not let in: what was expected, and what came."""

    reason: Reason
    expected: str = ""  # a nonce above 1709340000000
    received: str = ""  # 1709340000000


def credential(scheme: str, part: str = "") -> str:
    """Return what a standard scheme takes: test-jwt-auth."""
    words = [word.lower() for word in _WORDS.findall(f"{scheme} {part}")]
    return "-".join(["test", *words])


class OwnScheme(Protocol):
    """A signing scheme of the project."""

    @property
    def signer(self) -> ir.Signer:
        """What the model knows of it."""
        ...

    @property
    def verify(self) -> Callable[..., str] | None:
        """What says why a request is refused, "" if it isn't."""
        ...

    def apply(
        self, request: tuple[str, str], body: object, credentials: Mapping[str, str]
    ) -> tuple[str, dict[str, str], bytes]:
        """Sign a request: its target, headers and body as they are sent."""
        ...


class Gate:
    """Decides for every operation of a document."""

    def __init__(self, api: ir.Api, keys: Keys, own: OwnScheme | None = None) -> None:
        self._schemes = {scheme.name: scheme for scheme in api.security_schemes}
        self._keys = keys
        self._own = own

    def check(
        self,
        operation: ir.Operation,
        request: Request,
        fields: dict[str, object] | Reason,
    ) -> Denial | None:
        """Return why a request is refused; one way that is open is enough."""
        denials: list[Denial] = []
        for requirement in operation.security:
            if self._own is not None and requirement.signer == self._own.signer.name:
                denial = self._own_signed(self._own, request)
            elif requirement.signer:
                denial = self._signed(operation, request, fields)
            else:
                denial = self._standard(requirement.schemes, request)
            if denial is None:
                return None
            denials.append(denial)
        # Of several ways, the one that was tried says more than one that was not.
        tried = (d for d in denials if d.reason is not Reason.NO_CREDENTIAL)
        return next(tried, denials[0] if denials else None)

    def _signed(
        self,
        operation: ir.Operation,
        request: Request,
        fields: dict[str, object] | Reason,
    ) -> Denial | None:
        key = request.header("X-TXC-APIKEY") or ""
        last = self._keys.last(key)
        reason = self._keys.check(request, fields)
        if reason is None:
            access = self._keys.access(key)
            if access is Access.NOTHING:
                return Denial(Reason.KEY_DISABLED, "a key that is enabled", masked(key))
            if access is Access.READS and operation.kind == "write":
                wanted = "a key that may change something"
                return Denial(Reason.NOT_PERMITTED, wanted, masked(key))
            return None
        read = {} if isinstance(fields, Reason) else fields
        secret = self._keys.secret(key) or ""
        expected, received = shown(reason, request, read, secret, last)
        return Denial(reason, expected, received)

    def _own_signed(self, own: OwnScheme, request: Request) -> Denial | None:
        for name in own.signer.headers:
            if request.header(name) is None:
                return Denial(Reason.NO_CREDENTIAL, f"a header {name}", "nothing")
        if own.verify is None:
            return None
        headers = {
            name.lower(): request.header(name) or "" for name, _ in request.headers
        }
        given = own_credentials(own, self._keys)
        said = own.verify(request.method, request.target, headers, request.body, given)
        return Denial(Reason.WRONG_CREDENTIAL, str(said)) if said else None

    def _standard(self, names: tuple[str, ...], request: Request) -> Denial | None:
        for name in names:
            scheme = self._schemes.get(name)
            if scheme is None:  # not defined: the document doesn't say what to send
                continue
            given = _given(scheme, request)
            if given is None:
                return Denial(Reason.NO_CREDENTIAL, _wanted(scheme), "nothing")
            if given not in self._accepted(scheme):
                return Denial(Reason.WRONG_CREDENTIAL, _wanted(scheme), masked(given))
        return None

    def _accepted(self, scheme: ir.SecurityScheme) -> set[str]:
        own = self._keys.names[:1]
        if scheme.kind == "basic":
            user, word = (credential(scheme.name, p) for p in ("username", "password"))
            return {f"{user}:{word}", *(f"{k}:{self._keys.secret(k)}" for k in own)}
        return {credential(scheme.name), *own}


def own_credentials(own: OwnScheme, keys: Keys) -> dict[str, str]:
    """Return what a scheme of the project signs with: the sandbox's key, or `test-…`."""
    key = keys.names[0]
    known = {"api_key": key, "api_secret": keys.secret(key) or ""}
    wanted = own.signer.credentials
    return {n: known.get(n) or f"test-{n.replace('_', '-')}" for n in wanted}


def _given(scheme: ir.SecurityScheme, request: Request) -> str | None:
    """Return what a request brings for a scheme, None if it brings nothing."""
    if scheme.kind == "apiKey":
        return _api_key(scheme, request)
    header = request.header("Authorization") or ""
    kind, _, value = header.partition(" ")
    if kind.lower() != scheme.kind or not value:
        return None
    if scheme.kind == "bearer":
        return value
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        return value


def _api_key(scheme: ir.SecurityScheme, request: Request) -> str | None:
    if scheme.location == "query":
        return parse_qs(request.query).get(scheme.wire_name, [None])[-1]
    if scheme.location == "cookie":
        return cookies(request).get(scheme.wire_name)
    return request.header(scheme.wire_name)


def cookies(request: Request) -> Mapping[str, str]:
    """Return the cookies of a request; none where they can't be read."""
    try:
        jar = SimpleCookie(request.header("Cookie") or "")
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _wanted(scheme: ir.SecurityScheme) -> str:
    if scheme.kind == "basic":
        user, word = (credential(scheme.name, p) for p in ("username", "password"))
        return f"Authorization: Basic, of {user}:{word}"
    if scheme.kind == "bearer":
        return f"Authorization: Bearer {credential(scheme.name)}"
    return f"{scheme.location} {scheme.wire_name}: {credential(scheme.name)}"
