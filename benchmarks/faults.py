"""A seeded random run of faulty calls: sent at most once, never wrong, never late.

    python -m benchmarks.faults [--calls 10000] [--seed 1] [--workers 48] [--share]

Each call is a read or a write, sync or async, and meets one random fault of
`generator.sandbox.faults` (reads may meet more, one an attempt). The local exchange
counts what arrives; a second server stands where redirects point to. `--share` shows
what connections that several calls use make of surplus bytes. Exit code 1 where

- a write arrived more than once,
- a damaged answer came back as a value,
- anything at all arrived at the other host,
- a call took more than 0.5 s longer than its deadline.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Any

from generator.runtime import errors
from generator.runtime._client import (
    AsyncClient,
    AsyncResource,
    Client,
    Options,
    Resource,
)
from generator.runtime._operation import Operation
from generator.runtime._whitebit import WhiteBitSigner
from generator.sandbox.exchange import Exchange
from generator.sandbox.faults import FAULTS
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response

KEY, SECRET = "benchmark-key", "benchmark-secret"
DEADLINE, GRACE = 1.5, 0.5
# Faults whose answer is whole and right, so that a value may come back.
WHOLE = {
    *("healthy", "delay", "unknown-2xx", "list-for-object"),
    *("surplus", "surplus-later", "surplus-behind-next"),
}
NAMES = sorted(FAULTS)


def _operation(name: str, kind: Any) -> Operation[dict[str, Any]]:
    return Operation(
        name=name,
        method="POST",
        path=f"/api/v4/main-account/{name}",
        kind=kind,
        returns=dict[str, Any],
        security=(("whitebit",),),
        body="json",
    )


OPERATIONS = {kind: _operation(kind, kind) for kind in ("read", "write")}


class Group(Resource):
    """The calls of the run."""

    def make(self, kind: str, call: str) -> dict[str, Any]:
        """Make one."""
        return self._call(OPERATIONS[kind], body={"uniqueId": call})


class AsyncGroup(AsyncResource):
    """The calls of the run, async."""

    async def make(self, kind: str, call: str) -> dict[str, Any]:
        """Make one."""
        return await self._call(OPERATIONS[kind], body={"uniqueId": call})


class Small(Client):
    """A client with one group."""

    @property
    def group(self) -> Group:
        """The group."""
        return self._resource(Group)


class AsyncSmall(AsyncClient):
    """An async client with one group."""

    @property
    def group(self) -> AsyncGroup:
        """The group."""
        return self._resource(AsyncGroup)


@dataclass
class Run:
    """What is to be called, what arrived, and what came of it."""

    plan: dict[str, tuple[str, str, str]]  # call: kind, flavor, fault
    share: bool = False  # whether calls share connections
    elsewhere: str = ""
    arrived: Counter[str] = field(default_factory=Counter[str])
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])
    broken: list[str] = field(default_factory=list[str])
    slowest: float = 0.0
    done: int = 0
    lock: Lock = field(default_factory=Lock)

    def answer(self, exchange: Exchange, request: Request) -> Response:
        """Do to a request what its call is to meet."""
        checked = exchange(request)
        if exchange.records[-1].reason is not None:
            self.broken.append(f"refused: {exchange.records[-1].reason}")
            return checked
        call = json.loads(request.body)["uniqueId"]
        self.arrived[call] += 1
        response = FAULTS[self.plan[call][2]](
            Response.json(200, {"id": call, "filler": "x" * 300})
        )
        if 300 <= response.status < 400:
            headers = (("Location", f"{self.elsewhere}/else"),)
            return Response(response.status, b"", headers)
        return response

    def judge(self, call: str, outcome: object, took: float) -> None:
        """Compare an outcome with what may be."""
        kind, _, fault = self.plan[call]
        with self.lock:
            self.done += 1
            self.slowest = max(self.slowest, took)
            name = "value" if isinstance(outcome, dict) else type(outcome).__name__
            self.outcomes[kind, name] += 1
            if took > DEADLINE + GRACE:
                self.broken.append(f"{call}: {fault}: {took:.2f} s")
            if kind == "write" and self.arrived[call] > 1:
                self.broken.append(f"{call}: {fault}: sent {self.arrived[call]} times")
            if isinstance(outcome, dict):
                is_own = outcome.get("id") == call or fault == "list-for-object"
                if fault not in WHOLE or not is_own:
                    self.broken.append(f"{call}: {fault}: a damaged answer is a value")
            elif not isinstance(outcome, errors.ClientError):
                self.broken.append(f"{call}: {fault}: {outcome!r}")
            elif fault in WHOLE:
                self.broken.append(f"{call}: {fault}: failed: {outcome!r}")


def _options(share: bool) -> Options:
    return Options(
        reuse_connections=share,
        connect_timeout=1.0,
        read_timeout=0.3,
        deadline=DEADLINE,
        max_connections=100,
        max_answer_bytes=32_768,
    )


def _plan(calls: int, seed: int) -> dict[str, tuple[str, str, str]]:
    chance = random.Random(seed)
    return {
        f"c-{number}": (
            chance.choice(("read", "write")),
            chance.choice(("sync", "async")),
            chance.choice(NAMES),
        )
        for number in range(calls)
    }


def _of(run: Run, flavor: str) -> list[str]:
    return [call for call, (_, which, _) in run.plan.items() if which == flavor]


def _timed(run: Run, group: Group, call: str) -> None:
    start = monotonic()
    try:
        outcome: object = group.make(run.plan[call][0], call)
    except Exception as error:
        outcome = error
    run.judge(call, outcome, monotonic() - start)


async def _timed_async(run: Run, group: AsyncGroup, call: str) -> None:
    start = monotonic()
    try:
        outcome: object = await group.make(run.plan[call][0], call)
    except Exception as error:
        outcome = error
    run.judge(call, outcome, monotonic() - start)


async def _all_async(run: Run, url: str, workers: int) -> None:
    waiting = _of(run, "async")

    async def work(client: AsyncSmall) -> None:
        while waiting:
            await _timed_async(run, client.group, waiting.pop())

    signer = WhiteBitSigner(api_key=KEY, api_secret=SECRET)
    made = AsyncSmall(
        base_url=url, schemes={"whitebit": signer}, options=_options(run.share)
    )
    async with made as client:
        await asyncio.gather(*(work(client) for _ in range(workers)))


def _all_sync(run: Run, url: str, workers: int) -> None:
    signer = WhiteBitSigner(api_key=KEY, api_secret=SECRET)
    with (
        Small(
            base_url=url, schemes={"whitebit": signer}, options=_options(run.share)
        ) as client,
        ThreadPoolExecutor(workers) as pool,
    ):
        for _ in pool.map(
            lambda call: _timed(run, client.group, call), _of(run, "sync")
        ):
            _progress(run)


def _progress(run: Run) -> None:
    if sys.stderr.isatty() or run.done % 1_000 == 0:
        print(f"\r{run.done} of {len(run.plan)}", end="", file=sys.stderr, flush=True)


def _table(run: Run, elsewhere: int, seconds: float) -> None:
    print(f"\n{run.done} calls in {seconds:.0f} s")
    for (kind, name), count in sorted(run.outcomes.items()):
        print(f"  {kind:6}{name:28}{count:7}")
    writes = [call for call, (kind, _, _) in run.plan.items() if kind == "write"]
    most = max(run.arrived[call] for call in writes)
    print(f"most POSTs for one write     {most:7}   (at most 1)")
    damaged = sum("damaged" in one for one in run.broken)
    print(f"damaged answers as values    {damaged:7}   (0)")
    print(f"requests at the other host   {elsewhere:7}   (0)")
    print(
        f"slowest call beyond deadline {max(0.0, run.slowest - DEADLINE):7.2f} s (0.5)"
    )
    for one in run.broken[:20]:
        print("  broken:", one)


def main() -> int:
    """Run, print the table, return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", action="store_true", help="reuse connections")
    parser.add_argument("--workers", type=int, default=48, help="calls at one time")
    given = parser.parse_args()
    run = Run(_plan(given.calls, given.seed), given.share)
    exchange, strangers = Exchange({KEY: SECRET}), list[Request]()
    logging.getLogger("generator.runtime").setLevel(logging.ERROR)

    def stranger(request: Request) -> Response:
        strangers.append(request)
        return Response.json(200, {})

    def handler(request: Request) -> Response:
        return run.answer(exchange, request)

    start = monotonic()
    with serve(handler) as server, serve(stranger) as other:
        run.elsewhere = other.url
        half = max(1, given.workers // 2)
        with ThreadPoolExecutor(1) as beside:
            running = beside.submit(
                lambda: asyncio.run(_all_async(run, server.url, half))
            )
            _all_sync(run, server.url, half)
            running.result()
    _table(run, len(strangers), monotonic() - start)
    return 1 if run.broken or strangers else 0


if __name__ == "__main__":
    sys.exit(main())
