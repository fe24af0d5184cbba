"""A small client over the runtime, and a server that goes wrong as it is told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from time import monotonic, sleep
from typing import Any

import pytest

from generator.runtime._client import (
    AsyncClient,
    AsyncResource,
    Client,
    Options,
    Resource,
)
from generator.runtime._operation import Operation
from generator.runtime._whitebit import WhiteBitSigner
from generator.runtime.errors import ClientError
from generator.sandbox.exchange import Exchange
from generator.sandbox.faults import FAULTS
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response

KEY, SECRET = "fault-key", "fault-secret"
HEALTHY = {"id": "tx_1", "filler": "x" * 400}
READ_TIMEOUT, DEADLINE = 0.3, 5.0
# For faults that take time; a busy machine may take longer to do nothing wrong.
SHORT: Mapping[str, Any] = {"read_timeout": READ_TIMEOUT, "deadline": 2.0}

# Calls follow each other on one connection, which they do only where it was asked for.
SHARING: Mapping[str, Any] = {"reuse_connections": True}

FLAVORS = pytest.mark.parametrize("flavor", ["sync", "async"])
KINDS = pytest.mark.parametrize("kind", ["read", "write"])


class Reason(StrEnum):
    DUPLICATE = "duplicateUniqueId"


DUPLICATE = {
    "code": 1,
    "message": "Validation failed",
    "errors": {"uniqueId": ["The unique id has already been taken."]},
}
_SIGNED: Mapping[str, Any] = {
    "method": "POST",
    "returns": dict[str, Any],
    "security": (("whitebit",),),
    "body": "json",
}
READ: Operation[dict[str, Any]] = Operation(
    name="get_plans", path="/api/v4/main-account/plans", kind="read", **_SIGNED
)
HISTORY: Operation[dict[str, Any]] = Operation(
    name="get_history", path="/api/v4/main-account/history", kind="read", **_SIGNED
)
WRITE: Operation[dict[str, Any]] = Operation(
    name="withdraw",
    path="/api/v4/main-account/withdraw",
    reasons=Reason,
    cases=(json.dumps([Reason.DUPLICATE.value, 422, DUPLICATE]),),
    reconcile=("main_account.get_history", "unique_id", "uniqueId"),
    **_SIGNED,
)
UPLOAD: Operation[Any] = Operation(
    name="upload", method="POST", path="/upload", returns=Any, body="bytes"
)


class Group(Resource):
    def read(self) -> dict[str, Any]:
        return self._call(READ, body={})

    def write(self, unique_id: str | None = "u-1") -> dict[str, Any]:
        body = {"uniqueId": unique_id, "amount": "1.50", "password": "hush"}
        return self._call(WRITE, body={k: v for k, v in body.items() if v is not None})

    def get_history(self, *, unique_id: str) -> dict[str, Any]:
        return self._call(HISTORY, body={"uniqueId": unique_id})


class AsyncGroup(AsyncResource):
    async def read(self) -> dict[str, Any]:
        return await self._call(READ, body={})

    async def write(self, unique_id: str | None = "u-1") -> dict[str, Any]:
        body = {"uniqueId": unique_id, "amount": "1.50", "password": "hush"}
        sent = {k: v for k, v in body.items() if v is not None}
        return await self._call(WRITE, body=sent)

    async def get_history(self, *, unique_id: str) -> dict[str, Any]:
        return await self._call(HISTORY, body={"uniqueId": unique_id})


class Small(Client):
    @property
    def main_account(self) -> Group:
        return self._resource(Group)


class AsyncSmall(AsyncClient):
    @property
    def main_account(self) -> AsyncGroup:
        return self._resource(AsyncGroup)


def options(**changed: Any) -> Options:
    """Shorter times than usual, and waits between attempts as short as they get."""
    short: dict[str, Any] = {
        "connect_timeout": 2.0,
        "read_timeout": 2.0,
        "deadline": DEADLINE,
        "max_answer_bytes": 32_768,
        "jitter": lambda: 0.0,
    }
    return Options(**{**short, **changed})


def schemes(**changed: Any) -> dict[str, WhiteBitSigner]:
    given: dict[str, Any] = {"api_key": KEY, "api_secret": SECRET, **changed}
    return {"whitebit": WhiteBitSigner(**given)}


class Caller:
    """A client of either flavor, called the same way."""

    def __init__(
        self, flavor: str, url: str, *, nonce_window: bool = True, **changed: Any
    ) -> None:
        made = Small if flavor == "sync" else AsyncSmall
        self.client: Any = made(
            base_url=url,
            schemes=schemes(nonce_window=nonce_window),
            options=options(**changed),
        )
        self._runner = None if flavor == "sync" else asyncio.Runner()

    def run(self, made: Any) -> Any:
        """Finish what a method returned."""
        return made if self._runner is None else self._runner.run(_awaited(made))

    def call(self, kind: str, **arguments: Any) -> Any:
        return self.run(getattr(self.client.main_account, kind)(**arguments))

    def outcome(self, kind: str, **arguments: Any) -> Any:
        """Return the value of a call or the error it raised."""
        try:
            return self.call(kind, **arguments)
        except ClientError as error:
            return error

    def close(self) -> None:
        if self._runner is None:
            self.client.close()
        else:
            self._runner.run(self.client.aclose())
            self._runner.close()


async def _awaited(made: Any) -> Any:
    return await made


@contextmanager
def calling(flavor: str, url: str, **changed: Any) -> Iterator[Caller]:
    caller = Caller(flavor, url, **changed)
    try:
        yield caller
    finally:
        caller.close()


@dataclass
class Faulty:
    """A handler: the first request gets the first fault, later ones the last."""

    faults: tuple[str, ...]
    exchange: Exchange = field(default_factory=lambda: Exchange({KEY: SECRET}))
    requests: list[Request] = field(default_factory=list[Request])
    refused: list[str] = field(default_factory=list[str])
    _lock: Lock = field(default_factory=Lock)

    def __call__(self, request: Request) -> Response:
        checked = self.exchange(request)
        with self._lock:
            number = len(self.requests)
            self.requests.append(request)
        record = self.exchange.records[-1]
        if record.reason is not None:  # a nonce used twice, for instance
            self.refused.append(record.reason)
            return checked
        fault = self.faults[min(number, len(self.faults) - 1)]
        return FAULTS[fault](Response.json(200, HEALTHY))

    def count(self, kind: str) -> int:
        path = {"read": READ, "write": WRITE, "history": HISTORY}[kind].path
        return sum(request.path == path for request in self.requests)


@contextmanager
def faulty(*faults: str) -> Iterator[tuple[Faulty, str]]:
    """Serve; at the end, every request was signed correctly with a new nonce."""
    handler = Faulty(faults)
    with serve(handler) as server:
        yield handler, server.url
    assert handler.refused == []


def wait_for(requests: list[Request]) -> None:
    """Return when the first request is there; a busy machine takes its time."""
    until = monotonic() + 10
    while not requests:
        assert monotonic() < until
        sleep(0.01)


Hook = Callable[..., Any]
Stream = AsyncIterator[bytes]
