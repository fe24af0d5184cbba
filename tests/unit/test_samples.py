"""Texts and numbers that stand in for examples fit the type that they are made for."""

from __future__ import annotations

import pytest

from generator.model import ir
from generator.model.samples import sample_number, sample_text
from generator.model.values import Values


@pytest.mark.parametrize("wanted", [1, 42, 42.5])
@pytest.mark.parametrize("integer", [True, False])
@pytest.mark.parametrize(
    ("low", "high"),
    [(None, None), (0, None), (1.5, None), (100, 100.5), (None, 0), (-9, -3), (7, 7)],
)
def test_a_number_stays_between_the_limits(
    low: float | None, high: float | None, integer: bool, wanted: float
) -> None:
    type_ = ir.NumberType("", integer, minimum=low, maximum=high)
    made = sample_number(type_, wanted)
    assert Values({}).problems(type_, made) == {}
    assert isinstance(made, int) is integer


def test_a_number_that_is_wanted_is_taken() -> None:
    assert sample_number(ir.NumberType("", integer=True), 42) == 42
    assert sample_number(ir.NumberType("", integer=False), 42.5) == 42.5


@pytest.mark.parametrize("format_", ["", "date", "date-time", "uuid", "email", "other"])
def test_a_text_is_of_its_format(format_: str) -> None:
    type_ = ir.StringType("", format_)
    assert Values({}).problems(type_, sample_text(type_, "word")) == {}


def test_a_free_text_is_the_word_in_a_legal_length() -> None:
    assert sample_text(ir.StringType(""), "word") == "word"
    assert sample_text(ir.StringType("", min_length=6), "word") == "wordxx"
    assert sample_text(ir.StringType("", max_length=2), "word") == "wo"
    assert sample_text(ir.StringType("", max_length=0), "word") == ""
