"""Texts and numbers for a type where the document shows none: legal, the same each time.

The values around them are built where they are used: the sandbox answers, and the
generated tests call with what is different for different fields.
"""

from __future__ import annotations

import math

from . import ir

__all__ = ["sample_number", "sample_text"]

_TEXTS = {
    "date": "2026-01-02",
    "date-time": "2026-01-02T03:04:05Z",
    "uuid": "12345678-1234-5678-1234-567812345678",
    "byte": "Ynl0ZXM=",
    "binary": "Ynl0ZXM=",
    "email": "someone@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
}
_LONGEST = 500


def sample_text(type_: ir.StringType, word: str) -> str:
    """Return a text of the format; where it is free, a word brought to a legal length."""
    if type_.format in _TEXTS:
        return _TEXTS[type_.format]
    text = word.ljust(min(type_.min_length or 0, _LONGEST), "x")
    return text if type_.max_length is None else text[: type_.max_length]


def sample_number(type_: ir.NumberType, wanted: float) -> int | float:
    """Return the number that is wanted, or one between the limits."""
    number = wanted
    if type_.minimum is not None and number < type_.minimum:
        number = type_.minimum + 1  # it may be an exclusive one
    if type_.maximum is not None and number > type_.maximum:
        number = type_.maximum
    return math.floor(number) if type_.integer else float(number)
