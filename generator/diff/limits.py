"""Limits, patterns and conditions of one type against those of another."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..model import ir

_LOWER = ("minLength", "minItems", "minProperties", "minContains")
_LOWER_BOUND = ("minimum", "exclusiveMinimum")
_UPPER = ("maxLength", "maxItems", "maxProperties", "maxContains")
_UPPER_BOUND = ("maximum", "exclusiveMaximum")
_LISTED = ("enum", "x-extensible-enum")
_ANY_TEXT = ("", ".*", "^.*$", "^.*", ".*$")
# Formats that hold all values of another one.
_HOLDS = {("int64", "int32"), ("double", "float")}

# What changed, whether what is allowed became less, more or other, before and after.
Difference = tuple[str, str, str, str]


def compared(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield how demands differ: keyword, `tightened`/`loosened`/`changed`, both values."""
    for key in sorted(set(old) | set(new)):
        before, after = _demand(key, old.get(key)), _demand(key, new.get(key))
        if before == after or key in ("closed", "undeclared"):
            continue
        yield (
            key,
            _direction(key, before, after),
            _shown(key, before),
            _shown(key, after),
        )


def _demand(key: str, value: Any) -> Any:
    """Return what a keyword demands, None for what any value fulfils."""
    is_idle = value is False or (key in _LOWER and value == 0)
    return None if is_idle or (key == "pattern" and value in _ANY_TEXT) else value


def _direction(key: str, before: Any, after: Any) -> str:
    if before is None:
        return "tightened"
    if after is None:
        return "loosened"
    if key in _LISTED:
        if set(after) < set(before):
            return "tightened"
        return "loosened" if set(before) < set(after) else "changed"
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    if numbers and key in (*_LOWER, *_LOWER_BOUND):
        return "tightened" if after > before else "loosened"
    if numbers and key in (*_UPPER, *_UPPER_BOUND):
        return "tightened" if after < before else "loosened"
    return "changed"


def _shown(key: str, value: Any) -> str:
    if value is None:
        return f"no `{key}`"
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = text if len(text) < 60 else f"{text[:57]}…"
    return f"`{key}: {text}`"


def format_direction(old: str, new: str) -> str:
    """Say whether a format holds less, more or other values; empty for equal ones."""
    if old == new:
        return ""
    if not old or (old, new) in _HOLDS:
        return "narrowed"
    if not new or (new, old) in _HOLDS:
        return "widened"
    return "changed"


def kind_of(type_: ir.Type) -> str:
    """Say in a word what a type is."""
    match type_:
        case ir.AnyType():
            return "any"
        case ir.NullType():
            return "null"
        case ir.BooleanType():
            return "boolean"
        case (
            ir.StringType() | ir.EnumType(base="string") | ir.DecimalType(wire="string")
        ):
            return "string"
        case ir.NumberType(integer=True) | ir.EnumType():
            return "integer"
        case ir.NumberType() | ir.DecimalType():
            return "number"
        case ir.ArrayType():
            return "array"
        case ir.TupleType():
            return "tuple"
        case ir.MapType() | ir.ObjectType():
            return "object"
        case ir.UnionType():
            return "union"
        case ir.NullableType():
            return kind_of(type_.inner)
        case _:
            return "reference"


def format_of(type_: ir.Type) -> str:
    """Return the format of a scalar."""
    if isinstance(type_, ir.StringType | ir.NumberType):
        return type_.format
    return "decimal" if isinstance(type_, ir.DecimalType) else ""
