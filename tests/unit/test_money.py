"""Amounts keep their digits, and what is no amount is refused with a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from generator.runtime._money import is_sane, money, money_number
from generator.runtime._operation import UNSET
from generator.runtime.errors import ConfigurationError


@pytest.mark.parametrize(
    ("given_", "sent"),
    [
        (Decimal("100.00"), "100.00"),
        ("100.00", "100.00"),
        (Decimal("1E+2"), "100"),
        ("1e-8", "0.00000001"),
        (Decimal("0E-8"), "0.00000000"),
        (7, "7"),
        (-3, "-3"),
        (".5", "0.5"),
        (10**63, str(10**63)),
        (None, None),
        (UNSET, UNSET),
        (["1.0", Decimal(2)], ["1.0", "2"]),
        ({"USDT": "1.0"}, {"USDT": "1.0"}),
    ],
)
def test_amount_goes_out_with_its_digits(given_: object, sent: object) -> None:
    assert money(given_) == sent  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (0.1, "write Decimal"),
        (True, "bool"),
        ("", "no amount"),
        (" 1", "no amount"),
        ("1_000", "no amount"),
        ("\u0661", "no amount"),  # a digit of another script
        ("1,5", "no amount"),
        ("NaN", "no amount"),
        (Decimal("NaN"), "not finite"),
        (Decimal("sNaN"), "not finite"),
        (Decimal("-Infinity"), "not finite"),
        ("1e9999", "64 digits"),
        (Decimal("1e999999999"), "64 digits"),
        (Decimal("1e-999999999"), "64 digits"),
        (10**64, "64 digits"),
        pytest.param(10**5000, "64 digits", id="huge"),
        (b"1", "bytes"),
        ([0.5], "float"),
    ],
)
def test_what_is_no_amount_is_refused(wrong: object, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        money(wrong)  # type: ignore[arg-type]


def test_number_keeps_its_digits() -> None:
    assert bytes(money_number("1.50")) == b"1.50"
    assert bytes(money_number(Decimal("1E+2"))) == b"100"
    assert money_number(UNSET) is UNSET


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_every_sane_decimal_survives(number: Decimal) -> None:
    if not is_sane(number):
        with pytest.raises(ConfigurationError):
            money(number)
        return
    text = money(number)
    assert Decimal(text) == number
    assert "E" not in text
    assert len(text) <= 64 + len("-0.")
