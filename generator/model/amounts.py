"""A named value to whether it looks like money: its name, type, example and company.

Clients never guess that. `lint` and `init` propose what `undecided` finds with these words,
and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from . import ir

__all__ = ["Company", "company_of", "looks_like", "names_money", "words"]

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?")
# The last word of a name says what it is: `minAmount` is one, `amountType` is not.
_MONEY = frozenset(
    (
        *("amount", "balance", "cash", "commission", "cost", "equity", "fee", "funds"),
        *("margin", "pnl", "price", "profit", "subtotal", "turnover", "volume"),
    )
)
# Money, or how many there are; as text also what somebody is called.
_SUMS = frozenset(("invested", "money", "principal", "total"))
# Money, or the id of what it is about.
_DEALS = frozenset(("deal", "interest", "investment", "reward"))
# Of something that is traded in fractions, or of pieces, or in bytes.
_QUANTITIES = frozenset(("qty", "quantity", "size", "stock"))
# The value of something that is bought, or of a setting or a sensor.
_VALUES = frozenset(("value", "worth"))
_ALL = _MONEY | _SUMS | _DEALS | _QUANTITIES | _VALUES
_VALUED = frozenset(
    (
        *(
            "account",
            "asset",
            "book",
            "cart",
            "cash",
            "collateral",
            "contract",
            "customs",
        ),
        *("deal", "declared", "eur", "face", "goods", "grand", "gross", "insurance"),
        *("insured", "invoice", "loan", "market", "monetary", "net", "nominal"),
        *("notional", "order", "portfolio", "purchase", "resale", "sale", "shipment"),
        *("trade", "transaction", "usd"),
    )
)
# As text with a fraction they keep their digits for a reason; a hash rate does too.
_RATES = frozenset(("percent", "percentage", "rate"))
# "Percentage value of the maker fee", "Fee rate (%) of the order".
_RATE = re.compile(r"\W*(?:the\s+)?(?:percent|(?:fee|commission)\s+rate\b)", re.I)
_RATED = ("fee", "commission")
_COUNT = re.compile(r"\b(?:number|count) of\b|\bhow many\b", re.I)
_FORMATS = ("", "double", "float", "number")

_CURRENCIES = frozenset(("asset", "ccy", "coin", "currency", "ticker"))
_IDS = frozenset(("id", "number", "reference", "uuid"))
_TRADED = frozenset(("instrument", "pair", "side", "symbol"))
_PAGING = frozenset(
    (
        *("count", "cursor", "limit", "more", "next", "offset", "page", "pages"),
        *("prev", "previous", "skip"),
    )
)


@dataclass(frozen=True, slots=True)
class Company:
    """What the fields of one object, or the parameters of one call, say of each other."""

    has_currency: bool
    has_money: bool
    is_thing: bool  # it has an id or a price: its `total` is money
    is_trade: bool  # its `size` is no count
    is_page: bool  # its `total` is one


def company_of(values: Iterable[tuple[str, ir.Type]]) -> Company:
    """Return what names, each with the type behind its references, say of each other."""
    named = [(words(name), _last(name), type_) for name, type_ in values]
    has_currency = any(
        last in _CURRENCIES or "currency" in parts for parts, last, _ in named
    )
    has_money = has_currency or any(
        isinstance(type_, ir.DecimalType)
        or (last in _MONEY and isinstance(type_, ir.NumberType | ir.StringType))
        for _, last, type_ in named
    )
    is_thing = has_money or any(last in _IDS for _, last, _ in named)
    has_list = any(isinstance(type_, ir.ArrayType) for _, _, type_ in named)
    is_paged = any(last in _PAGING or "page" in parts for parts, last, _ in named)
    return Company(
        has_currency,
        has_money,
        is_thing,
        is_trade=any(last in _TRADED for _, last, _ in named),
        is_page=is_paged or (has_list and not is_thing),
    )


def words(name: str) -> list[str]:
    """Return the words of a name in lower case: `minAmount` is `min` and `amount`."""
    return [word.lower() for word in _WORDS.findall(name)]


def names_money(name: str) -> bool:
    """Tell whether a name alone says that a value is money."""
    return _last(name) in _MONEY


def looks_like(
    name: str, type_: ir.Type, example: object, description: str, company: Company
) -> str:
    """Return what a value looks like that no rule calls an exact decimal, or nothing."""
    match type_:
        case ir.NumberType(integer=False):
            is_text = False
        case ir.StringType(format=format_) if format_ in _FORMATS:
            is_text = True
        case _:
            return ""
    shown = _shown(example)
    if is_text and shown == "words":
        return ""
    if _last(name) in _RATES:
        is_exact = is_text and shown == "fraction" and "hash" not in words(name)
        return "a rate" if is_exact else ""
    return "money" if _is_money(name, is_text, shown, description, company) else ""


def _is_money(
    name: str, is_text: bool, shown: str, description: str, company: Company
) -> bool:
    """Tell whether it is money by its name, or by that and what else is known of it."""
    word, before = _last(name), words(name)[:-1]
    is_valued = not _VALUED.isdisjoint(before[-1:])
    if word in _MONEY:
        return not (word in _RATED and _RATE.match(description))
    if word in _VALUES:
        return is_valued or company.has_currency
    if is_text and not shown:
        return False
    if shown == "fraction" and (is_text or word in _SUMS):
        return word in _ALL
    if word in _SUMS:
        is_counted = company.is_page or _COUNT.search(description) is not None
        return not is_counted and (is_text or is_valued or company.is_thing)
    if word in _DEALS:
        return company.has_money and (bool(before) or shown == "fraction")
    return word in _QUANTITIES and company.is_trade


def _shown(example: object) -> str:
    """Return what an example shows: a fraction, a whole number, words, or nothing."""
    if isinstance(example, str):
        if not _DECIMAL.fullmatch(example):
            return "words"
        return "fraction" if "." in example else "whole"
    if isinstance(example, float) and not example.is_integer():
        return "fraction"
    return "whole" if isinstance(example, int | float) else ""


def _last(name: str) -> str:
    """Return the last word of a name, of several the one: `fees` is `fee`."""
    found = words(name)
    last = found[-1] if found else ""
    return last[:-1] if last[:-1] in _ALL else last
