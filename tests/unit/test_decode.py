"""Answers: strict where they fit, and built all the same where they don't."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from generator.runtime._decode import NotJsonError, decode, parse
from generator.runtime._model import Model, OpenIntEnum, OpenStrEnum, attribute, field

Notes = list[tuple[str, str, str]]


class Status(OpenStrEnum):
    ACTIVE = "active"


class Kind(OpenIntEnum):
    FIXED = 1


class Fee(Model, kw_only=True):
    value: Decimal | None = None


class Plan(Model, kw_only=True):
    id: str
    max_rate: Decimal | None = field(name="maxRate", default=None)
    status: Status | None = None
    kind: Kind | None = None
    fees: list[Fee] | None = None
    by_name: dict[str, Fee] | None = field(name="byName", default=None)
    share: float | None = None
    extra: Any = None


def read(body: bytes, kind: Any) -> tuple[Any, Notes]:
    notes: Notes = []
    return decode(body, kind, lambda *note: notes.append(note)), notes


def test_fitting_answer() -> None:
    body = b'{"id":"1","maxRate":1.10,"status":"new","kind":9,"share":1.5,"new":[]}'
    plan, notes = read(body, Plan)
    assert notes == []
    assert str(plan.max_rate) == "1.10"
    assert plan.status == "new"
    assert plan.status not in Status.__members__.values()
    assert plan.kind == 9
    assert plan.share == 1.5
    assert isinstance(plan.share, float)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        (b'"100.00"', "100.00"),
        (b"100.00", "100.00"),
        (b"123456789012345678901234567890.123456789", None),
        (b"0.000000000000000000000000000001", None),
    ],
)
def test_money_keeps_its_digits(text: bytes, digits: str | None) -> None:
    fee, notes = read(b'{"value":' + text + b"}", Fee)
    assert notes == []
    assert fee.value == Decimal(digits or text.decode())
    assert format(fee.value, "f") == (digits or text.decode())


def test_untyped_fractions_keep_their_digits() -> None:
    value, _ = read(b'{"id":"1","extra":[1.10]}', Plan)
    assert value.extra == [Decimal("1.10")]
    assert parse(b'{"a":1.10}') == {"a": Decimal("1.10")}


def test_what_does_not_fit_is_kept_and_noted() -> None:
    body = (
        b'{"maxRate":true,"status":5,"kind":"x","share":"y","fees":[{"value":"1"},'
        b'{"value":[]},7],"byName":{"a":{"value":"x"}}}'
    )
    plan, notes = read(body, Plan)
    assert plan.id is None
    assert plan.max_rate is True
    assert plan.status == 5
    assert plan.share == "y"
    assert plan.fees[0] == Fee(value=Decimal(1))
    assert plan.fees[1].value == []
    assert plan.fees[2] == 7
    assert plan.by_name["a"].value == "x"
    assert ("id", "str", "nothing") in notes
    assert ("fees[].value", "Decimal | None", "array") in notes
    assert ("byName.*.value", "Decimal", "string") in notes


@pytest.mark.parametrize(
    "wild",
    [
        b'"NaN"',
        b'"-Infinity"',
        b'"snan1"',
        b'"\\u004eaN"',
        b'"1e999999999"',
        b"1e400",
        b"1e-400",
        b"1" * 70,
        b"0." + b"0" * 70 + b"1",
    ],
)
def test_wild_money_is_kept_as_text(wild: bytes) -> None:
    fee, notes = read(b'{"value":' + wild + b"}", Fee)
    assert isinstance(fee.value, str | int)
    assert not isinstance(fee.value, Decimal)
    assert [note[0] for note in notes] == ["value"]


def test_php_writes_an_empty_object_as_a_list() -> None:
    assert read(b"[]", Fee) == (Fee(), [])
    assert read(b"[]", dict[str, Fee]) == ({}, [])
    plan, notes = read(b'{"id":"1","byName":[],"fees":[[]]}', Plan)
    assert plan.by_name == {}
    assert plan.fees == [Fee()]
    assert notes == []


@pytest.mark.parametrize(
    ("body", "kind", "received"),
    [
        (b"[1]", Fee, "array"),
        (b'"text"', Fee, "string"),
        (b"null", Fee, "null"),
        (b"{}", list[Fee], "object"),
        (b"true", dict[str, Fee], "boolean"),
    ],
)
def test_another_kind_is_noted_at_the_root(
    body: bytes, kind: Any, received: str
) -> None:
    value, notes = read(body, kind)
    assert value == parse(body)
    assert [(note[0], note[2]) for note in notes] == [("", received)]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b" ",
        b"<html>",
        b'{"id":"1"',
        b'{"id":"1"} x',
        b'{"value":NaN}',
        b"'a'",
        b'{"id":"\xff"}',
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
    ],
)
def test_broken_json(broken: bytes) -> None:
    with pytest.raises(NotJsonError):
        read(broken, Plan)


def test_odd_json_is_json() -> None:
    plan, notes = read(b'{"id":"\\ud800","share":1}', Plan)
    assert plan.id == "\ud800"
    assert notes == [("id", "str", "string")]
    assert read(b'\xef\xbb\xbf{"value":"1"}', Fee)[0] == Fee(value=Decimal(1))
    value, _ = read(b'{"extra":' + b"9" * 5000 + b',"id":"1"}', Plan)
    assert value.extra == Decimal("9" * 5000)
    plan, _ = read(b'{"\\ud800":1,"id":2}', Plan)
    assert plan.id == 2


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["id", "maxRate", "fees", "byName", "value", "extra"]),
                inner,
            )
        ),
        max_leaves=20,
    )
)
def test_any_json_is_read(value: object) -> None:
    import json

    body = json.dumps(value)
    if "NaN" in body or "Infinity" in body:
        return
    result, notes = read(body.encode(), Plan)
    assert isinstance(result, Plan) or notes[-1][0] == ""


def test_attribute_goes_by_wire_name() -> None:
    plan = Plan(id="1", max_rate=Decimal(2))
    assert attribute(plan, "maxRate") == 2
    assert attribute(plan, "max_rate") is None
    assert attribute({"a": 1}, "a") == 1
    assert attribute([], "a") is None
