"""The first place where two values differ, as pages are compared."""

from __future__ import annotations

from typing import Any

import pytest

from generator.document.differences import first_difference


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, float("nan"), "a", [1, {"a": []}], {"a": {"b": None}}]
)
def test_a_value_does_not_differ_from_itself(value: Any) -> None:
    assert first_difference(value, value) is None


@pytest.mark.parametrize(
    ("one", "other", "way"),
    [
        (1, 2, ()),
        (1, True, ()),
        (1, 1.0, ()),
        (0, None, ()),
        ({}, [], ()),
        ({"a": 1, "b": 2}, {"a": 1}, ("b",)),
        ({"a": 1}, {"a": 1, "b": 2}, ("b",)),
        ({"a": [1, 2]}, {"a": [1, 3]}, ("a", "1")),
        ([1], [1, 2], ("1",)),
        ([{"a": 0.0}], [{"a": -0.0}], ("0", "a")),
    ],
)
def test_the_way_to_the_first_difference(
    one: Any, other: Any, way: tuple[str, ...]
) -> None:
    assert first_difference(one, other) == way
    assert first_difference(other, one) == way


def test_the_order_of_keys_is_no_difference() -> None:
    assert first_difference({"a": 1, "b": 2}, {"b": 2, "a": 1}) is None
