"""Row 7: whatever the fields of an answer, the call was executed."""

from __future__ import annotations

import pytest

from generator.runtime._decode import Mismatch
from generator.runtime._model import Model
from generator.runtime._operation import Operation
from generator.runtime.errors import DecodeError
from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve

from .support import FLAVORS, KINDS, calling, faulty


class Receipt(Model, kw_only=True):
    amount: int
    note: str | None = None


TYPED = {
    kind: Operation[Receipt](
        name="typed",
        method="POST",
        path="/typed",
        kind=kind,
        returns=Receipt,
        body="json",
    )
    for kind in ("read", "write")
}


@KINDS
@FLAVORS
@pytest.mark.parametrize(
    "answer",
    [
        {"amount": 5, "unknown": {"deep": [1]}},
        {"amount": "five"},
        {"amount": None, "note": 7},
        {},
        [],
    ],
)
def test_row_07_executed_whatever_the_fields(
    flavor: str, kind: str, answer: object
) -> None:
    found: list[Mismatch] = []
    exchange = Exchange({}, rules={"/typed": lambda _: None})
    exchange.answers["POST", "/typed"] = (200, answer)
    with (
        serve(exchange) as server,
        calling(flavor, server.url, on_mismatch=found.append) as caller,
    ):
        made = caller.client.main_account._call(TYPED[kind], body={})
        assert isinstance(caller.run(made), Receipt)
    assert len(exchange.records) == 1
    assert bool(found) == ("unknown" not in str(answer))


@KINDS
@FLAVORS
def test_row_07_another_kind_was_executed(flavor: str, kind: str) -> None:
    with faulty("wrong-kind") as (server, url), calling(flavor, url) as caller:
        error = caller.outcome(kind)
    assert isinstance(error, DecodeError)
    assert error.executed
    assert error.parsed == "text"
    assert len(server.requests) == 1
