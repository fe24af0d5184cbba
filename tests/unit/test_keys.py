"""How long the exchange remembers a nonce."""

from __future__ import annotations

import base64
import json

import pytest

from generator.sandbox.keys import Keys
from generator.sandbox.messages import Request
from generator.sandbox.rules import Reason, sign

NOW = 1_709_340_000_000
MINUTE = 60_000


class Clock:
    """A clock that stands still until it is set."""

    now = NOW

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(clock: Clock) -> Keys:
    return Keys({"key": "secret"}, clock=clock)


def call(nonce: int, *, window: bool = True) -> Request:
    fields = {"request": "/plans", "nonce": nonce, "nonceWindow": window}
    body = json.dumps(fields, separators=(",", ":")).encode()
    payload = base64.b64encode(body).decode()
    headers = (
        ("X-TXC-APIKEY", "key"),
        ("X-TXC-PAYLOAD", payload),
        ("X-TXC-SIGNATURE", sign("secret", payload)),
    )
    return Request("POST", "/plans", headers, body)


def test_a_nonce_counts_once_while_the_window_reaches_it(
    keys: Keys, clock: Clock
) -> None:
    assert keys.check(call(NOW)) is None
    clock.now += 4_000
    assert keys.check(call(NOW)) is Reason.NONCE_USED
    clock.now += 4_000
    assert keys.check(call(NOW)) is Reason.NONCE_OUTSIDE_WINDOW


def test_a_nonce_from_the_future_is_remembered_until_then(
    keys: Keys, clock: Clock
) -> None:
    assert keys.check(call(NOW + MINUTE, window=False)) is None
    for _ in range(2):  # others come, and old ones are forgotten
        clock.now += MINUTE // 2 - 1
        assert keys.check(call(clock.now)) is None
    assert keys.check(call(NOW + MINUTE)) is Reason.NONCE_USED
