# Part of the client runtime of openapi-vendor. The copy in your repository is yours to
# use, change and ship under your own licence.
"""Money on its way in and out: `Decimal`, finite, of bounded size, digits kept.

A float is refused because it has lost the digits already: 0.1 + 0.2 is not 0.3.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from decimal import (
    Clamped,
    Context,
    Decimal,
    InvalidOperation,
    Overflow,
    Rounded,
    Subnormal,
)
from typing import Annotated, Any, TypeAlias, cast

from msgspec import Meta, Raw

from ._operation import Unset
from .errors import ConfigurationError

__all__ = ["MoneyNumber", "are_sane", "is_sane", "money", "money_number", "money_text"]

MAX_DIGITS = 64  # before and after the point together; no currency comes near it
_SHORT = 12  # the usual length, for which nothing else has to be looked at

MoneyNumber: TypeAlias = Annotated[Decimal, Meta(extra={"wire": "number"})]
"""Type of a request model's field that is money and goes out as a JSON number."""

_Money: TypeAlias = Decimal | str | int
_MoneyArgument: TypeAlias = (
    "_Money | Sequence[_MoneyArgument] | Mapping[str, _MoneyArgument] | Unset | None"
)

# Refuses, in C, what has more than 32 digits before or after the point.
_USUAL = Context(
    prec=MAX_DIGITS // 2,
    Emin=-MAX_DIGITS // 2,
    Emax=MAX_DIGITS // 2 - 1,
    traps=[Clamped, InvalidOperation, Overflow, Rounded, Subnormal],
)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")


def money(value: _MoneyArgument) -> Any:
    """Give the wire text of an amount: `Decimal("1E+2")` is "100", "100.00" stays.

    Lists and maps of amounts are converted one by one; UNSET and None pass through.

    Raises:
        ConfigurationError: a float, a bool, text that is no number, NaN, infinity, or
            more than 64 digits
    """
    return _each(value, money_text)


def money_number(value: _MoneyArgument) -> Any:
    """As `money`, for a field whose wire type is a JSON number: all digits are kept."""
    return _each(value, lambda amount: Raw(money_text(amount).encode()))


def money_text(value: object) -> str:
    """Give one amount as plain digits, never with an exponent."""
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            raise ConfigurationError(
                f"{value[:40]!r} is no amount; write it as Decimal or in digits, "
                'for example Decimal("10.50")'
            )
        number = Decimal(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**MAX_DIGITS:
            raise ConfigurationError(f"an amount has more than {MAX_DIGITS} digits")
        number = Decimal(value)
    elif isinstance(value, float):
        raise ConfigurationError(
            f"an amount is the float {value!r}, which is not exact; "
            f'write Decimal("{value!r}") or "{value!r}"'
        )
    else:
        raise ConfigurationError(
            f"an amount is of type {type(value).__name__}; give Decimal, str or int"
        )
    if not is_sane(number):
        shown = number if len(str(number)) <= 40 else f"{str(number)[:40]}..."
        raise ConfigurationError(
            f"the amount {shown} is not finite or has more than {MAX_DIGITS} digits"
        )
    return format(number, "f")


def is_sane(number: Decimal) -> bool:
    """True for a finite number of at most 64 digits when written out."""
    if not number.is_finite() or not -MAX_DIGITS <= number.adjusted() < MAX_DIGITS:
        return False
    if len(str(number)) <= _SHORT and number.adjusted() >= _SHORT - MAX_DIGITS:
        return True
    exponent = number.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and exponent >= -MAX_DIGITS
        and number.adjusted() - min(exponent, 0) < MAX_DIGITS
    )


def are_sane(values: Sequence[Any]) -> bool:
    """True where all numbers among the values are sane; other values don't count."""
    try:
        if all(map(Decimal.is_finite, values)):
            deque(map(_USUAL.plus, values), maxlen=0)  # the results are not needed
            return True
    except ArithmeticError:
        pass  # one is unusual, which is no fault yet
    except TypeError:
        return are_sane([one for one in values if isinstance(one, Decimal)])
    return all(is_sane(one) for one in values if isinstance(one, Decimal))


def _each(value: object, convert: Callable[[object], object]) -> object:
    if value is None or isinstance(value, Unset):
        return value
    if isinstance(value, (list, tuple)):
        return [_each(one, convert) for one in cast("Sequence[object]", value)]
    if isinstance(value, dict):
        pairs = cast("dict[str, object]", value).items()
        return {name: _each(one, convert) for name, one in pairs}
    return convert(value)
