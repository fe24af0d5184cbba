"""The name that was probably meant."""

from __future__ import annotations

import pytest

from generator.spelling import near


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("outptu", ["spec", "output"], "output"),
        ("OPERATIONID", ["operationId"], "operationId"),
        ("flexplam", ["FixedPlan", "FlexPlan"], "FlexPlan"),
        ("templates", ["spec", "output"], ""),
        ("a", [], ""),
    ],
)
def test_the_nearest_name(name: str, known: list[str], meant: str) -> None:
    assert near(name, known) == meant


def test_how_much_has_to_be_alike() -> None:
    assert near("type", ["style"]) == "style"
    assert near("type", ["style"], 0.8) == ""
