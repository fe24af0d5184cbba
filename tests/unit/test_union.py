"""Unions that msgspec refuses: the option that fits best is taken."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Literal

import pytest

from generator.runtime._decode import decode
from generator.runtime._model import Model, OpenStrEnum
from generator.runtime._union import UnionType, union


class NetworkFee(Model, kw_only=True):
    network: str | None = None
    fee: Decimal | None = None


class TickerFee(Model, kw_only=True):
    ticker: str | None = None
    fee: Decimal | None = None
    network: str | None = None


class Card(Model, kw_only=True):
    type: str
    number: str


class Bank(Model, kw_only=True):
    type: str
    iban: str


class Color(OpenStrEnum):
    RED = "red"


Estimate: Any = union("Estimate", NetworkFee, TickerFee)
Method: Any = union(
    "Method", Card, Bank, discriminator="type", mapping={"card": Card, "bank": Bank}
)
Page: Any = union("Page", list[NetworkFee], dict[str, list[TickerFee]])


class Holder(Model, kw_only=True):
    estimate: Estimate | None = None
    methods: list[Method] | None = None


def read(body: bytes, kind: Any) -> tuple[Any, list[str]]:
    notes: list[str] = []
    value = decode(body, kind, lambda *note: notes.append(note[0]))
    return value, notes


@pytest.mark.parametrize(
    ("kind", "body", "value"),
    [
        (Estimate, b'{"network":"TRON"}', NetworkFee(network="TRON")),
        (Estimate, b'{"ticker":"U","network":"T"}', TickerFee(ticker="U", network="T")),
        (Estimate, b'{"fee":1.50}', NetworkFee(fee=Decimal("1.50"))),
        (Estimate, b"{}", NetworkFee()),
        (Method, b'{"type":"bank","iban":"X"}', Bank(type="bank", iban="X")),
        (Method, b'{"type":"new","number":"4"}', Card(type="new", number="4")),
        (Page, b'[{"network":"T"}]', [NetworkFee(network="T")]),
        (Page, b'{"a":[{"ticker":"U"}]}', {"a": [TickerFee(ticker="U")]}),
        (union("A", str, Decimal), b'"1.50"', Decimal("1.50")),
        (union("A", str, Decimal), b'"x"', "x"),
        (union("A", str, Decimal), b"1.50", Decimal("1.50")),
        (union("A", str, Color), b'"red"', Color.RED),
        (union("A", str, datetime.date), b'"2030-01-02"', datetime.date(2030, 1, 2)),
        (union("A", list[TickerFee], list[NetworkFee]), b"[]", []),
        (
            union("A", list[NetworkFee], list[TickerFee]),
            b'[{"ticker":"U"}]',
            [TickerFee(ticker="U")],
        ),
        (union("A", Estimate, str), b'{"ticker":"U"}', TickerFee(ticker="U")),
        (union("A", int, None), b"null", None),
    ],
)
def test_best_option(kind: Any, body: bytes, value: object) -> None:
    got, notes = read(body, kind)
    assert got == value
    assert type(got) is type(value)
    assert notes == []


def test_inside_a_model() -> None:
    body = b'{"estimate":{"ticker":"U"},"methods":[{"type":"card","number":"4"}]}'
    holder, notes = read(body, Holder)
    assert holder.estimate == TickerFee(ticker="U")
    assert holder.methods == [Card(type="card", number="4")]
    assert notes == []


def test_an_option_that_fits_only_nearly_is_built_leniently() -> None:
    holder, notes = read(b'{"estimate":{"ticker":1}}', Holder)
    assert holder.estimate == TickerFee(ticker=1)  # type: ignore[arg-type]
    assert notes == ["estimate.ticker"]
    method, notes = read(b'{"type":"bank","number":"4"}', Method)
    assert isinstance(method, Bank)
    assert notes == ["iban"]


def test_no_option_at_all() -> None:
    holder, notes = read(b'{"estimate":7}', Holder)
    assert holder.estimate == 7
    assert notes == ["estimate"]


def test_wild_money_inside_a_union() -> None:
    value, notes = read(b'{"ticker":"U","fee":"NaN"}', Estimate)
    assert value == TickerFee(ticker="U", fee="NaN")  # type: ignore[arg-type]
    assert notes == ["fee"]


def test_isinstance_is_that_of_the_options() -> None:
    kind: Any = union("A", NetworkFee, list[str], Literal["x"], None)
    assert isinstance(kind, UnionType)
    assert isinstance(NetworkFee(), kind)
    assert isinstance([], kind)
    assert isinstance("x", kind)
    assert isinstance(None, kind)
    assert not isinstance("y", kind)
    assert not isinstance(TickerFee(), kind)


Fees: Any = union("Fees", TickerFee, dict[str, NetworkFee])


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"ticker":"USDT","fee":"1"}', TickerFee(ticker="USDT", fee=Decimal(1))),
        (b'{"ticker":"USDT","more":{}}', TickerFee(ticker="USDT")),
        (b'{"SEPA":{"fee":"1"}}', {"SEPA": NetworkFee(fee=Decimal(1))}),
        (b'{"SEPA":{"fee":[]}}', {"SEPA": NetworkFee(fee=[])}),  # type: ignore[arg-type]
        (b"{}", TickerFee()),
    ],
)
def test_a_map_beside_a_model(body: bytes, value: object) -> None:
    assert read(body, Fees)[0] == value
