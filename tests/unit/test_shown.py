"""What an error tells of a request: enough to look it up, and no secret."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.runtime._interpret import unknown
from generator.runtime._operation import UNSET, Operation
from generator.runtime._options import Options
from generator.runtime._prepare import Settings, prepare
from generator.runtime._signing import ApiKey
from generator.runtime.errors import OutcomeUnknownError

SETTINGS = Settings(
    "https://exchange.example",
    (),
    {"key": ApiKey("key", "header", "X-Key", "the-secret")},
    Options(),
    "EXCHANGE",
)


def lost(**arguments: Any) -> OutcomeUnknownError:
    operation = Operation[None](
        name="cancel",
        method="POST",
        path="/orders/{id}",
        kind="write",
        body="json",
        returns=None,
        security=(("key",),),
    )
    draft = prepare(SETTINGS, operation, **arguments)
    return unknown(draft, "it was lost", None)


def test_every_argument_but_what_is_unset() -> None:
    error = lost(
        path={"id": 42},
        query={"market": "BTC_USDT", "limit": UNSET},
        header={"X-Note": "mine", "X-Other": None},
        cookie={"visit": "7"},
        body={"amount": Decimal("1.50"), "parts": [1], "why": UNSET},
    )
    assert error.request == {
        "id": 42,
        "market": "BTC_USDT",
        "X-Note": "mine",
        "amount": "1.50",
        "parts": [1],
    }
    assert error.unique_id is None


@pytest.mark.parametrize(
    "arguments",
    [
        {"header": {"Idempotency-Key": "mine"}},
        {"query": {"clientOrderId": "mine"}},
        {"body": {"uniqueId": "mine"}},
    ],
)
def test_the_value_that_guards_against_a_second_time(arguments: Any) -> None:
    assert lost(path={"id": 1}, **arguments).unique_id == "mine"


def test_secrets_are_masked_wherever_they_stand() -> None:
    error = lost(
        path={"id": 1},
        query={"otp": "123456"},
        header={"X-Api-Key": "k", "X-Session": "s"},
        body={"passphrase": "p", "user": {"pin": "1", "name": "n"}},
    )
    assert error.request == {
        "id": 1,
        "otp": "***",
        "X-Api-Key": "***",
        "X-Session": "***",
        "passphrase": "***",
        "user": {"pin": "***", "name": "n"},
    }
    assert "the-secret" not in repr(vars(error))
