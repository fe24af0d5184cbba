"""A named value to how much it looks like money: by its name, its type and its example.

Clients never guess that. `lint` and `init` propose, with these words, and a person decides.
"""

from __future__ import annotations

import re
from typing import Literal

from . import ir

__all__ = ["Likeness", "likeness", "names_money", "words"]

Likeness = Literal["surely", "perhaps", "no"]

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
# The last word of a name says what it is: `minAmount` is one, `amountType` is not.
_MONEY = frozenset(
    (
        *("amount", "balance", "commission", "cost", "fee", "funds", "margin"),
        *("pnl", "price", "profit", "turnover", "volume"),
    )
)
# Amounts where the example is an exact decimal; otherwise a count, or the name of one.
_PERHAPS = frozenset(
    (
        *("deal", "equity", "interest", "invested", "investment", "money", "principal"),
        *("qty", "quantity", "reward", "size", "stock", "total"),
    )
)
# Written as text they keep their digits for a reason; a hash rate does too.
_RATES = frozenset(("percent", "percentage", "rate"))
# "Percentage value of the maker fee", "Fee rate (%) of the order".
_RATE = re.compile(r"\W*(?:the\s+)?(?:percent|(?:fee|commission)\s+rate\b)", re.I)
_RATED = ("fee", "commission")
_FORMATS = ("", "double", "float", "number")


def words(name: str) -> list[str]:
    """Return the words of a name in lower case: `minAmount` is `min` and `amount`."""
    return [word.lower() for word in _WORDS.findall(name)]


def names_money(name: str) -> bool:
    """Tell whether a name alone says that a value is money."""
    return _last(name) in _MONEY


def likeness(name: str, type_: ir.Type, example: object, description: str) -> Likeness:
    """Tell whether a value looks like money and has no rule that says so."""
    word = _last(name)
    if word in _RATED and _RATE.match(description):
        return "no"
    match type_:
        case ir.NumberType(integer=False):
            if word in _MONEY:
                return "surely"
            return "perhaps" if word in _PERHAPS else "no"
        case ir.StringType(format=format_) if format_ in _FORMATS:
            return _of_text(word, example)
        case _:
            return "no"


def _of_text(word: str, example: object) -> Likeness:
    if example is None:
        return "surely" if word in _MONEY else "no"
    if not isinstance(example, str) or not _DECIMAL.fullmatch(example):
        return "no"
    if word in _MONEY or (word in _PERHAPS and "." in example):
        return "surely"
    return "perhaps" if word in _PERHAPS or word in _RATES else "no"


def _last(name: str) -> str:
    found = words(name)
    last = found[-1] if found else ""
    return last[:-1] if last[:-1] in _MONEY | _PERHAPS else last
