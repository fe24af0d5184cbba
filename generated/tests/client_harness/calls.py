# Part of the test harness of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Makes each call on the client and on its async twin, and says what is wrong.

Every method gives a list of sentences, empty where all is as it should be.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from operator import attrgetter
from typing import Any

import httpx2
import pytest

from .cases import Answer, Operation, Pages, Refusal, Request, Row
from .made_up import MadeUp
from .refusals import decode_differences, refusal_differences
from .requests import request_differences
from .stage import Outcome, Reply, Stage
from .values import build, differences

__all__ = ["Calls"]

_UNKNOWN = b'{"code":987654,"message":"Nobody documents this."}'


class Calls:
    """Both clients, and what they talk to."""

    def __init__(self, stage: Stage, client: Any, async_client: Any) -> None:
        self.stage = stage
        self._client = client
        self._async_client = async_client
        self._package = stage.package
        self._errors: Any = import_module(f"{stage.package}.errors")

    def sent(self, operation: Operation, case: Request) -> list[str]:
        """Compare the request of a call with the documented one."""
        self._skip_write(operation)
        if self.stage.is_remote:
            pytest.skip("what would be sent is checked without a server")
        reply = Reply(418, _UNKNOWN, prefer="code=200")
        found: list[str] = []
        for one in self.outcomes(operation, case.arguments, reply):
            if len(one.requests) != 1:
                found.append(
                    f"{one.flavor}: {len(one.requests)} requests: {one.error!r}"
                )
                continue
            server = self.stage.sandbox or operation.server
            found += [
                f"{one.flavor}: {said}"
                for said in request_differences(
                    self._package, operation, case, server, one.requests[0]
                )
            ]
            if not self.stage.sandbox and not isinstance(
                one.error, self._errors.ApiError
            ):
                found.append(f"{one.flavor}: no ApiError for a 418: {one.error!r}")
        return found + self._floats_taken(operation, case)

    def _floats_taken(self, operation: Operation, case: Request) -> list[str]:
        """Say which amounts may be given as a float, which has lost its digits."""
        found: list[str] = []
        for name, value in case.arguments.items():
            if not isinstance(value, Decimal):
                continue
            arguments = {**case.arguments, name: float(value)}
            for one in self.outcomes(operation, arguments, Reply(418, _UNKNOWN)):
                refused = isinstance(one.error, self._errors.ConfigurationError)
                if one.requests or not refused:
                    found.append(f"{one.flavor}: {name} is taken as a float")
        return found

    def returned(self, operation: Operation, case: Answer) -> list[str]:
        """Compare what a call returns with what the answer says."""
        self._skip_write(operation)
        if self.stage.is_remote or (self.stage.sandbox and not case.is_documented):
            pytest.skip("this server has no such example")
        body = case.body.encode() if isinstance(case.body, str) else case.body
        prefer = _prefer(case.status, case.name)
        headers = {"Location": case.location} if case.location else {}
        reply = Reply(
            case.status, body, media=case.media, headers=headers, prefer=prefer
        )
        found: list[str] = []
        for one in self.outcomes(operation, operation.arguments, reply):
            if case.is_misfit:
                said = decode_differences(self._package, one, body, executed=True)
            elif one.error is not None:
                said = [f"raised {one.error!r}"]
            else:
                said = differences(self._package, one.value, case.value)
            found += [f"{one.flavor}: {line}" for line in said]
        return found

    def raised(self, operation: Operation, case: Refusal | Row | MadeUp) -> list[str]:
        """Compare what a call raises with what the answer says."""
        self._skip_write(operation)
        if isinstance(case, MadeUp):
            return self._made_up(operation, case)
        is_example = isinstance(case, Refusal) and case.is_example
        if self.stage.is_remote or (self.stage.sandbox and not is_example):
            pytest.skip("this server has no such example")
        refusal = case.refusal() if isinstance(case, Row) else case
        prefer = _prefer(refusal.status, refusal.name)
        reply = Reply(refusal.status, refusal.text().encode(), prefer=prefer)
        return [
            f"{one.flavor}: {said}"
            for one in self.outcomes(operation, operation.arguments, reply)
            for said in refusal_differences(self._package, operation, refusal, one)
        ]

    def _made_up(self, operation: Operation, case: MadeUp) -> list[str]:
        if self.stage.sandbox:
            pytest.skip("a sandbox gives documented answers only")
        found: list[str] = []
        for reply, check in case.replies(operation):
            for one in self.outcomes(operation, operation.arguments, reply):
                found += [
                    f"{one.flavor}: {reply.status}: {said}"
                    for said in check(self._package, operation, one)
                ]
        return found

    def walked(self, operation: Operation, case: Pages) -> list[str]:
        """Compare a walk over all pages with the items of its one full page."""
        self._skip_write(operation)
        if self.stage.sandbox:
            pytest.skip("a sandbox has no second page")
        replies = [Reply(200, _page(case, [case.item])), Reply(200, _page(case, []))]
        found: list[str] = []
        for one in self.outcomes(operation, operation.arguments, *replies, pages=case):
            said = [f"raised {one.error!r}"] if one.error else []
            said += differences(self._package, one.value, [case.value])
            offsets = [_offset(case, request) for request in one.requests]
            if offsets[1:] != ([] if case.total else [1]):
                said.append(f"offsets {offsets} were asked for")
            found += [f"{one.flavor}: {line}" for line in said]
        return found

    def outcomes(
        self,
        operation: Operation,
        arguments: Mapping[str, Any],
        *replies: Reply,
        pages: Pages | None = None,
    ) -> Iterator[Outcome]:
        """Make a call on the client and on its twin."""
        group, _, name = operation.call.rpartition(".")
        call = attrgetter(f"{group}.iter_{name}" if pages else operation.call)
        given = build(self._package, arguments)
        for flavor, client in (("sync", self._client), ("async", self._async_client)):
            self.stage.expect(*replies)
            value: Any = None
            error: Exception | None = None
            try:
                if flavor == "sync":
                    value = call(client)(**given)
                    value = list(value) if pages or operation.is_stream else value
                elif pages:
                    value = asyncio.run(_collected(call(client)(**given)))
                elif operation.is_stream:
                    value = asyncio.run(_streamed(call(client)(**given)))
                else:
                    value = asyncio.run(call(client)(**given))
            except Exception as one:  # noqa: BLE001
                error = one  # whatever it is, the case says what it should be
            yield Outcome(flavor, value, error, tuple(self.stage.requests))

    def _skip_write(self, operation: Operation) -> None:
        if self.stage.is_remote and operation.kind == "write":
            pytest.skip("a write is never sent to another machine")


async def _collected(items: Any) -> list[Any]:
    return [item async for item in items]


async def _streamed(call: Any) -> list[Any]:
    return await _collected(await call)


def _prefer(status: int, example: str) -> str:
    return f"code={status}, example={example}" if example else f"code={status}"


def _page(case: Pages, items: list[str]) -> bytes:
    listed = f"[{','.join(items)}]"
    if not case.items:
        return listed.encode()
    total = f",{json.dumps(case.total)}:1" if case.total else ""
    return f"{{{json.dumps(case.items)}:{listed}{total}}}".encode()


def _offset(case: Pages, request: httpx2.Request) -> Any:
    if case.where == "query":
        given = request.url.params.get("offset")
        return None if given is None else int(given)
    return json.loads(request.content).get("offset")
