"""Arguments to bytes: the JSON is what `json.dumps` would write."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from generator.runtime._encode import encode_json, plain
from generator.runtime._operation import UNSET
from generator.runtime.errors import ConfigurationError

from .support import Person


class Side(StrEnum):
    BUY = "buy"


class Level(IntEnum):
    HIGH = 3


def sent(value: object) -> bytes:
    return encode_json(plain(value))


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_DATA = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
    max_leaves=15,
)


@given(_DATA)
def test_same_bytes_as_the_standard_library(value: object) -> None:
    assert sent(value) == json.dumps(value, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        ({"a": UNSET, "b": None, "c": [UNSET, 1]}, b'{"b":null,"c":[1]}'),
        ("\u20ac/\x7f\x00\U0001f600", b'"\\u20ac/\\u007f\\u0000\\ud83d\\ude00"'),
        (Decimal("1E+2"), b'"100"'),
        ({"s": Side.BUY, "l": Level.HIGH}, b'{"s":"buy","l":3}'),
        ({Side.BUY: 1, 2: 3}, b'{"buy":1,"2":3}'),
        (date(2030, 1, 2), b'"2030-01-02"'),
        (
            datetime(2030, 1, 2, tzinfo=UTC),
            b'"2030-01-02T00:00:00Z"',
        ),
        (
            datetime(2030, 1, 2, tzinfo=timezone(timedelta(hours=2))),
            b'"2030-01-02T00:00:00+02:00"',
        ),
        (UUID(int=1), b'"00000000-0000-0000-0000-000000000001"'),
        (b"\x00\xff", b'"AP8="'),
        (1e22, b"1e+22"),
        ((1, 2), b"[1,2]"),
        (Person(first_name="O"), b'{"firstName":"O"}'),
        (Person(limit=Decimal("1.50")), b'{"limit":"1.50"}'),
        (Person(rate=Decimal("1.50"), share=0.5), b'{"rate":1.50,"share":0.5}'),
        ([{"p": Person()}], b'[{"p":{}}]'),
    ],
)
def test_what_is_sent(value: object, wire: bytes) -> None:
    assert sent(value) == wire


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"a": [float("nan")]}, r"a\[0\] is nan"),
        ({"a": "\ud800"}, "a holds half"),
        ({"a": datetime(2030, 1, 1)}, "a is a datetime without a time zone"),
        ({"a": object()}, "a is of type object"),
        ({1.5: 1}, "name of a field"),
        (UNSET, "UNSET"),
        (Person(limit=0.1), "limit: an amount is the float"),  # type: ignore[arg-type]
        (Person(limits=[0.1]), "limits: an amount is the float"),  # type: ignore[list-item]
        (Person(rate=True), "rate: an amount is of type bool"),  # type: ignore[arg-type]
    ],
)
def test_what_has_no_wire_form_is_refused(wrong: object, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        sent(wrong)


def test_a_value_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(ConfigurationError, match="nested too deep"):
        sent(loop)
