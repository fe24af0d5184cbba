"""Row 22: a clock that is wrong, or set back."""

from __future__ import annotations

from time import time

import pytest

from generator.runtime.errors import NonceError
from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve

from .support import FLAVORS, KEY, KINDS, SECRET, calling


@KINDS
@FLAVORS
@pytest.mark.parametrize("off", [-60, 60])
def test_row_22_a_wrong_clock_is_named(flavor: str, kind: str, off: int) -> None:
    exchange = Exchange({KEY: SECRET}, clock=lambda: int((time() + off) * 1000))
    with serve(exchange) as server, calling(flavor, server.url) as caller:
        error = caller.outcome(kind)
    assert isinstance(error, NonceError)
    assert error.skew == pytest.approx(off, abs=2)
    side = "behind" if off > 0 else "ahead of"
    assert f"s {side} the exchange's" in str(error)
    assert len(exchange.records) == (2 if kind == "read" else 1)


@FLAVORS
def test_row_22_the_clock_is_set_back(flavor: str) -> None:
    """The exchange checks: unique, and within 5 s of its clock, which moves along."""
    now = [1_700_000_000_000]
    exchange = Exchange({KEY: SECRET}, clock=lambda: now[0])
    with (
        serve(exchange) as server,
        calling(flavor, server.url, clock=lambda: now[0]) as caller,
    ):
        for number in range(300):
            now[0] += -60_000 if number == 100 else 10
            caller.call("write")
    assert exchange.refused == ()
    assert len(exchange.accepted) == 300
