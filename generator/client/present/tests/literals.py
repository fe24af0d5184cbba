"""Values of JSON to Python expressions and to JSON text, digits kept."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from ... import names

_WHOLE = re.compile("0|-?[1-9][0-9]*")
_WIDTH = 72  # of one piece of a long text


def literal(value: Any) -> str:
    """Return the expression of parsed JSON as the client gives it: fractions exact."""
    if isinstance(value, float | Decimal):
        return decimal(json_number(value))
    if isinstance(value, dict):
        items = (f"{names.string(k)}: {literal(v)}" for k, v in value.items())
        return "{" + ", ".join(items) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return names.literal(value)


def decimal(digits: str) -> str:
    """Return the expression of an amount: as text, unless it is a whole number."""
    return f"Decimal({digits})" if _WHOLE.fullmatch(digits) else f'Decimal("{digits}")'


def json_number(value: float | Decimal) -> str:
    """Return the digits of a fraction as they stand in JSON."""
    return str(value) if isinstance(value, Decimal) else float.__repr__(value)


def json_text(value: Any, *, is_ascii: bool = False) -> str:
    """Return compact JSON.

    Raises `ValueError` for what JSON can't say: infinity, integers beyond printing.
    """
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("JSON has no infinity")
    if isinstance(value, dict):
        parts = (
            f"{json_text(str(k), is_ascii=is_ascii)}:{json_text(v, is_ascii=is_ascii)}"
            for k, v in value.items()
        )
        return "{" + ",".join(parts) + "}"
    if isinstance(value, list | tuple):
        return f"[{','.join(json_text(one, is_ascii=is_ascii) for one in value)}]"
    text = json.dumps(value, ensure_ascii=True)
    if isinstance(value, str) and not is_ascii:
        plain = json.dumps(value, ensure_ascii=False)
        return plain if not any("\ud800" <= c <= "\udfff" for c in plain) else text
    return text


def text_literal(text: str) -> str:
    """Return the literal of a text, a long one in pieces of a line each."""
    return " ".join(_quoted(piece) for piece in _pieces(text)) or '""'


def _quoted(text: str) -> str:
    """Return a literal in the quotes that need fewer escapes, as black leaves it."""
    if '"' in text and "'" not in text and "\\" not in text and text.isprintable():
        return f"'{text}'"
    return names.string(text)


def _pieces(text: str) -> Iterator[str]:
    """Cut behind commas or spaces, so that a change touches few lines."""
    while len(text) > _WIDTH:
        cut = text.rfind(",", _WIDTH // 2, _WIDTH)
        for mark in (" ", ","):
            cut = cut if cut > 0 else text.rfind(mark, _WIDTH // 4, _WIDTH)
        end = cut + 1 if cut > 0 else _WIDTH
        yield text[:end]
        text = text[end:]
    if text:
        yield text
