"""Money without a rule: a field that looks like an amount and is no exact decimal.

What is money is never guessed by the client. This rule proposes, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..model import ir
from ..overlay_text import overlay_action
from .fields import Named, named_values
from .findings import Finding, Rule, Subject

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
# The last word of a name says what it is: `minAmount` is one, `amountType` is not.
_MONEY = frozenset(
    (
        *("amount", "balance", "commission", "cost", "fee", "funds", "margin"),
        *("pnl", "price", "profit", "turnover", "volume"),
    )
)
# Amounts where the example is an exact decimal; a count otherwise.
_PERHAPS = frozenset(
    (
        *("deal", "interest", "invested", "investment", "money", "qty", "quantity"),
        *("reward", "size", "stock", "total"),
    )
)
# "Percentage value of the maker fee", "Fee rate (%) of the order".
_RATE = re.compile(r"\W*(?:the\s+)?(?:percent|(?:fee|commission)\s+rate\b)", re.I)
_RATED = ("fee", "commission")


def without_rule(subject: Subject) -> Iterator[Finding]:
    """Yield the fields that look like money, with the action that would make them so."""
    seen: set[str] = set()
    for value in named_values(subject.api):
        schema = value.type.pointer
        if schema in seen or not _is_candidate(value):
            continue
        seen.add(schema)
        kind = "text" if isinstance(value.type, ir.StringType) else "a binary fraction"
        action = f"`{overlay_action(schema, 'x-money: true')}` in an overlay"
        if not schema.startswith("#"):
            action = f"`x-money: true` at {schema}"
        yield Finding(
            value.pointer,
            f"`{value.name}` of {value.operation} looks like money and is {kind}",
            f"if it is: {action}",
        )


def names_money(name: str) -> bool:
    """Tell whether a name alone says that a value is money."""
    return _last_word(name) in _MONEY


def _last_word(name: str) -> str:
    words = [part.lower() for part in _PARTS.findall(name)]
    last = words[-1] if words else ""
    return "fee" if last == "fees" else last


def _is_candidate(value: Named) -> bool:
    word = _last_word(value.name)
    if word in _RATED and _RATE.match(value.description):
        return False
    match value.type:
        case ir.NumberType():
            return not value.type.integer and word in _MONEY
        case ir.StringType():
            if value.type.format not in ("", "double", "float", "number"):
                return False
            shown = value.example
            if not isinstance(shown, str):
                return shown is None and word in _MONEY
            if not _DECIMAL.fullmatch(shown):
                return False
            return word in _MONEY or (word in _PERHAPS and "." in shown)
        case _:
            return False


RULES: Iterable[Rule] = (
    Rule(
        "money-without-rule",
        "warning",
        "a field looks like money and has neither `format: decimal` nor `x-money`",
        "as a float it loses digits, as text it is easily turned into one",
        "decide, and write the proposed action into an overlay; ignore what is no money",
        without_rule,
    ),
)
