"""Plain YAML scalars to values, by the core schema of YAML 1.2.

`no`, `on`, `1:30`, dates and numbers with leading zeros stay the text that they are.
"""

from __future__ import annotations

import re

from .faults import LONGEST_NUMBER

_WORDS: dict[str, bool | float | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{
        sign + word: float(sign + "inf")
        for sign in ("", "+", "-")
        for word in (".inf", ".Inf", ".INF")
    },
}
_STARTS = frozenset("0123456789+-.~nNtTfF")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
)


class NumberTooLongError(Exception):
    """An integer that Python refuses to read."""


def plain_value(text: str) -> str | int | float | bool | None:
    """Read an unquoted scalar."""
    if text and text[0] not in _STARTS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        if len(text) > LONGEST_NUMBER:
            raise NumberTooLongError
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    for digits, base in ((_HEXADECIMAL, 16), (_OCTAL, 8)):
        if digits.fullmatch(text):
            if len(text) > LONGEST_NUMBER // 2:  # in decimal digits it is longer
                raise NumberTooLongError
            return int(text, base)
    return text
