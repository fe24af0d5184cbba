"""No nonce is sent twice: through a generated client, in threads and in tasks."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from threading import Barrier, Thread
from types import ModuleType
from typing import Any

import httpx2
import pytest

from tests.support.command import ROOT
from tests.support.packages import load

KEY = {"api_key": "nonces-key", "api_secret": "nonces-secret"}
THREADS, CALLS = 8, 10_000


def _load(name: str) -> ModuleType:
    return load(ROOT / "generated", name)


@pytest.fixture
def impatient() -> Iterator[None]:
    """Let threads take turns so often that a missing lock shows."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient")
def test_eight_threads_and_two_clients_never_share_a_nonce() -> None:
    whitebit, prepare = _load("whitebit"), _load("whitebit._prepare").prepare
    operation = _load("whitebit.main_account").GET_MAIN_BALANCE
    clients = [whitebit.WhiteBIT(**KEY), whitebit.AsyncWhiteBIT(**KEY)]
    taken: list[list[int]] = [[] for _ in range(THREADS)]
    start = Barrier(THREADS)

    def sign(mine: list[int], settings: Any) -> None:
        start.wait()
        for _ in range(CALLS):
            draft = prepare(settings, operation, body={})
            mine.append(json.loads(draft.content)["nonce"])

    threads = [
        Thread(target=sign, args=(mine, clients[number % 2]._settings))
        for number, mine in enumerate(taken)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    nonces = [nonce for mine in taken for nonce in mine]
    assert len(nonces) == THREADS * CALLS
    assert len(set(nonces)) == len(nonces)


def test_tasks_of_one_loop_never_share_a_nonce() -> None:
    whitebit = _load("whitebit")
    sent: list[int] = []

    async def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content)["nonce"])
        await asyncio.sleep(0)  # let the other tasks in between
        return httpx2.Response(200, json={})

    async def call_many(client: Any) -> None:
        for _ in range(200):
            await client.main_account.get_main_balance()

    async def call_all() -> None:
        options = whitebit.Options(transport=httpx2.MockTransport(answer))
        async with whitebit.AsyncWhiteBIT(**KEY, options=options) as client:
            await asyncio.gather(*(call_many(client) for _ in range(16)))

    asyncio.run(call_all())
    assert len(sent) == 3_200
    assert len(set(sent)) == len(sent)


def test_a_copy_of_a_client_goes_on_with_the_same_counter() -> None:
    whitebit = _load("whitebit")
    sent: list[int] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        sent.append(json.loads(request.content)["nonce"])
        return httpx2.Response(200, json={})

    frozen = whitebit.Options(
        transport=httpx2.MockTransport(answer), clock=lambda: 1_700_000_000_000
    )
    first = whitebit.WhiteBIT(api_key="copied", api_secret="secret", options=frozen)
    second = whitebit.WhiteBIT(api_key="copied", api_secret="secret", options=frozen)
    for client in (first, first.with_options(retries=0), second):
        client.main_account.get_main_balance()
    assert sent == [1_700_000_000_000, 1_700_000_000_001, 1_700_000_000_002]
