"""Arguments in paths, queries, headers and cookies, in each style."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.runtime._operation import UNSET
from generator.runtime._styles import (
    cookie_values,
    encode_query,
    expand_path,
    header_text,
    query_pairs,
)
from generator.runtime.errors import ConfigurationError


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
