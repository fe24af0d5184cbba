# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Stands in for the server: answers from this process, or passes on to a sandbox.

Whatever a client sends is recorded. Where requests go is said by the environment, with
the package's name in capitals in front:

- nothing set: they stay in this process;
- WHITEBIT_SANDBOX=http://127.0.0.1:8080: they go there, each asking for the example
  that its test is about (`Prefer: code=422, example=amountTooSmall`);
- a sandbox that is no loopback address is refused, unless WHITEBIT_SANDBOX_REMOTE=1:
  then it gets reads only, with the credentials of the environment.
"""

from __future__ import annotations

import inspect
import os
import re
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import httpx2
import pytest

from .auth import credential

__all__ = ["TEST_SERVER", "Outcome", "Reply", "Stage"]

TEST_SERVER = "https://client.test"
"""Where a client points whose document names no server that can be used."""

_LOOPBACK = re.compile(r"https?://(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?")


class Reply:
    """What the next requests are answered with."""

    def __init__(
        self,
        status: int,
        body: bytes = b"",
        *,
        media: str = "application/json",
        headers: dict[str, str] | None = None,
        failure: Exception | None = None,
        prefer: str = "",
    ) -> None:
        self.status = status
        self.body = body
        self.headers = {"Content-Type": media, **(headers or {})}
        self.failure = failure  # raised instead: the connection fails
        self.prefer = prefer  # code=422, example=amountTooSmall


@dataclass(frozen=True)
class Outcome:
    """How a call ended."""

    flavor: str  # sync
    value: Any
    error: Exception | None
    requests: tuple[httpx2.Request, ...]


class Stage(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """The transport of both clients."""

    def __init__(self, package: str) -> None:
        self.package = package
        self.requests: list[httpx2.Request] = []
        self.replies: list[Reply] = []
        prefix = package.rpartition(".")[2].upper()
        self.sandbox = os.environ.get(f"{prefix}_SANDBOX", "").rstrip("/")
        self.is_remote = bool(self.sandbox) and not _LOOPBACK.fullmatch(self.sandbox)
        if self.is_remote and os.environ.get(f"{prefix}_SANDBOX_REMOTE") != "1":
            pytest.fail(
                f"{prefix}_SANDBOX is {self.sandbox}, which is not this machine; with"
                f" {prefix}_SANDBOX_REMOTE=1 reads are sent there, with real credentials",
                pytrace=False,
            )

    def client(self) -> Any:
        """Make the client under test."""
        return self._make("")

    def async_client(self) -> Any:
        """Make its async twin."""
        return self._make("Async")

    def _make(self, prefix: str) -> Any:
        package: Any = import_module(self.package)
        name = next(n for n in package.__all__ if f"Async{n}" in package.__all__)
        kind: Any = getattr(package, f"{prefix}{name}")
        options = package.Options(transport=self, retries=0)
        if self.is_remote:
            return kind.from_env(base_url=self.sandbox, options=options)
        parameters = inspect.signature(kind).parameters
        given = {
            name: credential(name)
            for name, parameter in parameters.items()
            if parameter.default is None and parameter.annotation == "str | None"
        }
        if self.sandbox:
            return kind(**given, base_url=self.sandbox, options=options)
        if parameters["base_url"].default is inspect.Parameter.empty:
            return kind(**given, base_url=TEST_SERVER, options=options)
        try:
            return kind(**given, options=options)
        except package.errors.ConfigurationError:  # the document's server is no https
            return kind(**given, base_url=TEST_SERVER, options=options)

    def expect(self, *replies: Reply) -> None:
        """Answer the next requests in this order, all further ones with the last."""
        self.requests.clear()
        self.replies = list(replies)

    def _next(self, request: httpx2.Request) -> Reply:
        self.requests.append(request)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if reply.failure is not None:
            raise reply.failure
        if self.sandbox and not str(request.url).startswith(f"{self.sandbox}/"):
            raise AssertionError(
                f"a request to {request.url.host} instead of the sandbox"
            )
        return reply

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the client."""
        reply = self._next(request)
        if not self.sandbox:
            return _response(reply)
        with httpx2.HTTPTransport() as transport:
            response = transport.handle_request(_preferring(request, reply))
            return _copy(response, response.read())

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answer the async client."""
        reply = self._next(request)
        if not self.sandbox:
            return _response(reply)
        async with httpx2.AsyncHTTPTransport() as transport:
            response = await transport.handle_async_request(_preferring(request, reply))
            return _copy(response, await response.aread())

    def close(self) -> None:
        """Nothing is kept open."""

    async def aclose(self) -> None:
        """Nothing is kept open."""


def _response(reply: Reply) -> httpx2.Response:
    return httpx2.Response(reply.status, headers=reply.headers, content=reply.body)


def _copy(response: httpx2.Response, content: bytes) -> httpx2.Response:
    """Give an answer that can be read once its connection is closed."""
    return httpx2.Response(
        response.status_code, headers=response.headers, content=content
    )


def _preferring(request: httpx2.Request, reply: Reply) -> httpx2.Request:
    """Give the request with the example that is asked for; the record stays as it is."""
    headers = {**request.headers, **({"Prefer": reply.prefer} if reply.prefer else {})}
    return httpx2.Request(
        request.method,
        request.url,
        headers=headers,
        content=request.content,
        extensions=request.extensions,
    )
