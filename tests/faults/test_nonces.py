"""Rows 21 and 22: no nonce twice, wherever it is taken, and all near the clock."""

from __future__ import annotations

import asyncio
import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from generator.runtime import _nonce_file
from generator.runtime._nonce import Nonces, nonces_for, unix_milliseconds
from generator.runtime._nonce_file import NonceFile
from generator.runtime.errors import NotSentError
from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from generator.sandbox.messages import Request, Response
from tests.support.command import ROOT

from .support import FLAVORS, HEALTHY, KEY, SECRET, Caller, calling, faulty

TAKE = """
import sys
from generator.runtime._nonce import nonces_for
sys.stdin.readline()
nonces = nonces_for("processes")
print(*(nonces.next(window=True) for _ in range(10_000)))
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "openapi-vendor-nonces"


def test_row_21_eight_threads(cache: Path) -> None:
    given: list[list[int]] = [[] for _ in range(8)]

    def take(mine: list[int]) -> None:
        for _ in range(10_000):
            mine.append(nonces_for("eight").next(window=True))

    threads = [Thread(target=take, args=(mine,)) for mine in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({nonce for mine in given for nonce in mine}) == 80_000


def test_row_21_four_processes(cache: Path) -> None:
    command = [sys.executable, "-c", TAKE]
    running = [
        subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for one in running:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    said = [one.communicate()[0].split() for one in running]
    assert [len(mine) for mine in said] == [10_000] * 4
    assert len({nonce for mine in said for nonce in mine}) == 40_000


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_row_21_fork(cache: Path) -> None:
    nonces = nonces_for("forked")
    before = [nonces.next(window=True) for _ in range(100)]
    pipes: list[int] = []
    for _ in range(2):
        reading, writing = os.pipe()
        if os.fork() == 0:
            taken = [nonces.next(window=True) for _ in range(2_000)]
            with os.fdopen(writing, "w") as file:
                json.dump(taken, file)
            os._exit(0)
        os.close(writing)
        pipes.append(reading)
    after = [nonces.next(window=True) for _ in range(2_000)]
    children: list[int] = []
    for reading in pipes:
        with os.fdopen(reading) as file:
            children += json.load(file)
        os.wait()
    assert len({*before, *after, *children}) == 6_100


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_row_21_fork_while_another_thread_takes(cache: Path) -> None:
    """Whatever lock that thread holds at the moment, the child goes on."""
    nonces, stop = nonces_for("busy"), threading.Event()

    def take() -> None:
        while not stop.is_set():
            nonces_for("busy").next(window=True)

    thread = Thread(target=take)
    thread.start()
    for _ in range(20):
        if (pid := os.fork()) == 0:
            nonces.next(window=True)
            os._exit(0)
        until = monotonic() + 5
        while os.waitpid(pid, os.WNOHANG) == (0, 0):
            assert monotonic() < until, "the child hangs"
            sleep(0.001)
    stop.set()
    thread.join()


@pytest.mark.parametrize("flavor", ["sync", "async"])
def test_row_21_through_a_client(flavor: str, cache: Path) -> None:
    with faulty("healthy") as (server, url), calling(flavor, url) as caller:
        if flavor == "async":
            caller.run(_many(caller))
        else:
            threads = [
                Thread(target=lambda: [caller.call("write") for _ in range(10)])
                for _ in range(8)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    nonces = [record.fields["nonce"] for record in server.exchange.accepted]
    assert len(nonces) == len(set(nonces)) == 80


async def _many(caller: Caller) -> None:
    group = caller.client.main_account
    await asyncio.gather(*(group.write() for _ in range(80)))


class Clock:
    """Moves 10 ms a call: 100 calls a second."""

    def __init__(self) -> None:
        self.now = 1_700_000_000_000

    def __call__(self) -> int:
        self.now += 10
        return self.now


def test_row_22_near_the_clock_after_it_was_set_back() -> None:
    nonces, clock = Nonces(), Clock()
    given: list[int] = []
    for number in range(20_000):
        if number == 10_000:
            clock.now -= 60_000
        given.append(nonces.next(window=True, clock=clock))
        assert abs(given[-1] - clock.now) < 5_000
    assert len(set(given)) == len(given)


def test_row_22_another_process_sees_that_the_clock_was_set_back(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two counters with one file stand for two processes with one key."""
    clock = Clock()
    monkeypatch.setattr("generator.runtime._nonce.unix_milliseconds", clock)
    both = Nonces("0" * 32), Nonces("0" * 32)
    given: list[int] = []
    for number in range(10_000):
        if number == 5_000:
            clock.now -= 40_000
        given.append(both[number % 2].next(window=True, clock=clock))
        assert abs(given[-1] - clock.now) < 5_000
    assert len(set(given)) == len(given)


def test_a_hundred_calls_a_second_on_the_real_clock(cache: Path) -> None:
    nonces = nonces_for("real clock")
    for _ in range(100):
        assert abs(nonces.next(window=True) - unix_milliseconds()) < 5_000
        sleep(0.01)


def test_the_file_shows_nothing(cache: Path) -> None:
    key = "recognisable-key"
    nonces_for(key).next(window=True)
    (file,) = cache.iterdir()
    assert key not in file.name
    assert key.encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_a_folder_of_others_is_not_used(cache: Path, tmp_path: Path) -> None:
    cache.mkdir(mode=0o777)
    cache.chmod(0o777)
    assert _nonce_file.folder() != cache


def test_without_a_folder_it_goes_on_alone(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nowhere() -> Path:
        raise PermissionError

    monkeypatch.setattr(_nonce_file, "folder", nowhere)
    nonces = Nonces("1" * 32)
    assert len({nonces.next(window=True) for _ in range(100)}) == 100
    assert caplog.text.count("one process a key") == 1


def test_a_stuck_process_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_nonce_file, "PATIENCE", 0.05)
    name = "2" * 32
    with NonceFile(name).held(), pytest.raises(NotSentError, match="another process"):
        Nonces(name).next(window=True)
    assert Nonces(name).next(window=True)


@FLAVORS
def test_without_the_window_calls_take_turns(flavor: str, cache: Path) -> None:
    """Nonces have to arrive in order, so one call is under way at a time."""
    busy, most = [0], [0]

    async def answer(request: Request) -> Response:
        busy[0] += 1
        most[0] = max(most[0], busy[0])
        await asyncio.sleep(0.005)
        busy[0] -= 1
        return exchange(request)

    exchange = Exchange({KEY: SECRET})
    exchange.answers["POST", "/api/v4/main-account/withdraw"] = (200, HEALTHY)
    with (
        serve(answer) as server,
        calling(flavor, server.url, nonce_window=False, deadline=10.0) as caller,
    ):
        if flavor == "async":
            caller.run(_many(caller))
        else:
            made: list[Any] = []
            threads = [
                Thread(target=lambda: made.append(caller.outcome("write")))
                for _ in range(20)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert made == [HEALTHY] * 20
    assert exchange.refused == ()
    assert most == [1]
