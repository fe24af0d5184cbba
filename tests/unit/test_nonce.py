"""Nonces are unique, near the clock, and rise where they have to."""

from __future__ import annotations

from threading import Thread

from generator.runtime._nonce import SET_BACK, Nonces, nonces_for


def test_no_duplicate_in_eight_threads() -> None:
    given: list[list[int]] = [[] for _ in range(8)]

    def take(mine: list[int]) -> None:
        # Each thread asks the registry, as each client does.
        for _ in range(10_000):
            mine.append(nonces_for("threads").next(window=True))

    threads = [Thread(target=take, args=(mine,)) for mine in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({nonce for mine in given for nonce in mine}) == 80_000
    for mine in given:
        assert mine == sorted(mine)


def test_one_counter_a_key() -> None:
    assert nonces_for("a") is nonces_for("a")
    assert nonces_for("a") is not nonces_for("b")


class Clock:
    def __init__(self, now: int) -> None:
        self.now = now

    def __call__(self) -> int:
        return self.now


def test_follows_the_clock() -> None:
    nonces, clock = Nonces(), Clock(1_000_000)
    assert nonces.next(window=True, clock=clock) == 1_000_000
    assert nonces.next(window=True, clock=clock) == 1_000_001
    clock.now += 500
    assert nonces.next(window=True, clock=clock) == 1_000_500


def test_starts_again_when_the_clock_was_set_back() -> None:
    nonces, clock = Nonces(), Clock(10_000_000)
    given: list[int] = []

    def take(calls: int) -> None:
        for _ in range(calls):  # 100 calls a second
            clock.now += 10
            given.append(nonces.next(window=True, clock=clock))
            assert abs(given[-1] - clock.now) < 5_000

    take(6_000)
    clock.now -= 60_000
    take(12_000)
    assert len(set(given)) == len(given)


def test_without_the_window_it_only_rises() -> None:
    nonces, clock = Nonces(), Clock(10_000_000)
    first = nonces.next(window=False, clock=clock)
    clock.now -= 60_000
    assert nonces.next(window=False, clock=clock) == first + 1
    assert nonces.next(window=True, clock=clock) == first + 2
    clock.now -= 60_000
    assert nonces.next(window=True, clock=clock) == clock.now
    assert nonces.next(window=False, clock=clock) == first + 3


def test_jitter_of_the_clock_is_no_reason_to_start_again() -> None:
    nonces, clock = Nonces(), Clock(10_000_000)
    first = nonces.next(window=True, clock=clock)
    clock.now -= SET_BACK
    assert nonces.next(window=True, clock=clock) == first + 1
