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
from generator.runtime._forms import (
    FilePart,
    encode_form,
    encode_multipart,
    form_fields,
)
from generator.runtime._model import Model, field
from generator.runtime._money import MoneyNumber
from generator.runtime._operation import UNSET
from generator.runtime._styles import (
    cookie_values,
    encode_query,
    expand_path,
    header_text,
    query_pairs,
)
from generator.runtime.errors import ConfigurationError


class Side(StrEnum):
    BUY = "buy"


class Level(IntEnum):
    HIGH = 3


class Person(Model, kw_only=True):
    first_name: str | None = field(name="firstName", default=None)
    limit: Decimal | None = None
    limits: list[Decimal] | None = None
    rate: MoneyNumber | None = None
    share: float | None = None


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


def test_path() -> None:
    assert expand_path("/a/{id}/b", {"id": "x/../\u00e9 ?#"}) == (
        "/a/x%2F..%2F%C3%A9%20%3F%23/b"
    )
    assert expand_path("/a/{n}", {"n": 7}) == "/a/7"


@pytest.mark.parametrize("wrong", ["", ".", "..", UNSET, None])
def test_path_can_not_be_left(wrong: object) -> None:
    with pytest.raises(ConfigurationError):
        expand_path("/a/{id}", {"id": wrong})


def test_query() -> None:
    values = {
        "a": ["x", 1],
        "b": True,
        "c": UNSET,
        "d": None,
        "e": {"k": "v"},
        "f": ["x", "y"],
        "g": {"k": "v"},
        "h": Decimal("1E+1"),
        "i": {"k": 1},
    }
    names = {"f": "form", "g": "deep", "i": "json"}
    styles = {("query", name): style for name, style in names.items()}
    assert encode_query(query_pairs(values, styles)) == (
        "a=x&a=1&b=true&k=v&f=x,y&g%5Bk%5D=v&h=10&i=%7B%22k%22%3A1%7D"
    )


def test_form() -> None:
    assert encode_form({"a": "x y&", "b": [1, 2], "c": UNSET}) == b"a=x+y%26&b=1&b=2"


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        ("simple", ["a", "b,c"], "a,b%2Cc"),
        ("simple", {"k": 1}, "k,1"),
        ("simple*", {"k": "/", "l": True}, "k=%2F,l=true"),
        ("label", "v", ".v"),
        ("label*", ["a", "b"], ".a.b"),
        ("label*", {"k": 1}, ".k=1"),
        ("matrix", "", ";x"),
        ("matrix", {"k": 1}, ";x=k,1"),
        ("matrix*", [1, 2], ";x=1;x=2"),
        ("json", ["a"], "%5B%22a%22%5D"),
    ],
)
def test_styles_of_a_path(style: str, value: object, text: str) -> None:
    assert expand_path("/{x}", {"x": value}, {("path", "x"): style}) == f"/{text}"


@pytest.mark.parametrize("style", ["simple", "simple*", "label", "matrix", "matrix*"])
@pytest.mark.parametrize("empty", [[], {}])
def test_an_empty_list_can_not_stand_in_a_path(style: str, empty: object) -> None:
    with pytest.raises(ConfigurationError):
        expand_path("/{x}", {"x": empty}, {("path", "x"): style})


def test_a_path_is_quoted_outside_its_braces_too() -> None:
    assert expand_path("/a b/#{n}?", {"n": 7}) == "/a%20b/%237%3F"


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        ("form", {"k": "a b", "l": 2}, "x=k,a%20b,l,2"),
        ("space", ["a b", "c"], "x=a%20b%20c"),
        ("pipe", ["a|b", "c"], "x=a%7Cb%7Cc"),
        ("deep", {"k": {"l": [1, 2]}}, "x%5Bk%5D%5Bl%5D=1&x%5Bk%5D%5Bl%5D=2"),
        ("json", "a", "x=%22a%22"),
        ("+form*", "a/b?c&d+e", "x=a/b?c%26d%2Be"),
        ("form", [], ""),
        ("form*", [], ""),
    ],
)
def test_styles_of_a_query(style: str, value: object, text: str) -> None:
    assert encode_query(query_pairs({"x": value}, {("query", "x"): style})) == text


def test_styles_of_headers_and_cookies() -> None:
    assert header_text("x", ["a", 1]) == "a,1"
    assert header_text("x", {"k": 1}, "simple*") == "k=1"
    assert header_text("x", {"k": 1}, "json") == '{"k":1}'
    assert cookie_values("x", ["a", "b"], "form") == {"x": "a,b"}
    assert cookie_values("x", ["a", "b"]) == {"x": "a; x=b"}
    assert cookie_values("x", {"k": 1}) == {"k": "1"}
    assert cookie_values("x", [], "form*") == {}


@pytest.mark.parametrize("wrong", [["a,b"], {"k": "a,b"}])
def test_a_comma_inside_a_header_or_cookie_is_not_taken_for_two(wrong: object) -> None:
    with pytest.raises(ConfigurationError, match="comma"):
        header_text("x", wrong)
    with pytest.raises(ConfigurationError, match="comma"):
        cookie_values("x", wrong, "form")


@pytest.mark.parametrize("style", ["form", "form*"])
def test_a_cookie_can_not_begin_another_one(style: str) -> None:
    with pytest.raises(ConfigurationError, match="semicolon"):
        cookie_values("x", ["a; y=b"], style)


def test_multipart() -> None:
    body, media = encode_multipart({"a": 1, "f": ('n".txt', b"\x00"), "c": UNSET})
    boundary = media.partition("boundary=")[2].encode()
    assert body.count(b"--" + boundary) == 3
    assert b'name="a"\r\n\r\n1\r\n' in body
    assert b'name="f"; filename="n%22.txt"' in body
    assert body.endswith(b"--" + boundary + b"--\r\n")


def parts(value: object, style: str = "") -> bytes:
    body, media = encode_multipart({"x": value}, {("body", "x"): style})
    return body.replace(media.partition("boundary=")[2].encode(), b"B")


def part(content: bytes, head: str = "") -> bytes:
    return (
        b'--B\r\nContent-Disposition: form-data; name="x"'
        + head.encode()
        + b"\r\n\r\n"
        + content
        + b"\r\n"
    )


@pytest.mark.parametrize(
    ("value", "style", "wire"),
    [
        ("é", "", part("é".encode())),
        ([1, 2], "", part(b"1") + part(b"2")),
        (
            [1, 2],
            "application/json",
            part(b"[1,2]", "\r\nContent-Type: application/json"),
        ),
        ({"k": 1}, "", part(b'{"k":1}', "\r\nContent-Type: application/json")),
        (
            FilePart(b"\x00", "a.png", "image/png"),
            "image/*",
            part(b"\x00", '; filename="a.png"\r\nContent-Type: image/png'),
        ),
        (
            [b"1", ("two.txt", b"2", "text/plain")],
            "",
            part(b"1", '; filename="x"\r\nContent-Type: application/octet-stream')
            + part(b"2", '; filename="two.txt"\r\nContent-Type: text/plain'),
        ),
        ([], "", b""),
    ],
)
def test_parts(value: object, style: str, wire: bytes) -> None:
    assert parts(value, style) == wire + b"--B--\r\n"


def test_a_part_can_not_bring_headers_of_its_own() -> None:
    with pytest.raises(ConfigurationError):
        parts(FilePart(b"", "a", "text/plain\r\nX: y"))
    assert b'filename="a%0D%0AX%22"' in parts(FilePart(b"", 'a\r\nX"'))


def test_a_form_is_made_of_fields() -> None:
    assert form_fields(Person(first_name="O")) == {"firstName": "O"}
    for wrong in ([1], b"x", "x", FilePart(b"")):
        with pytest.raises(ConfigurationError, match="named fields"):
            form_fields(wrong)
