"""A value of JSON against a type of the model: the fields that are wrong, with words.

The words are those of the exchange's own examples: "The amount field is required.".
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from . import ir

__all__ = ["Problems", "Values"]

Problems = dict[str, list[str]]

_DECIMAL = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DEEPEST = 64
_FORMATS: Mapping[str, Callable[[str], object]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "uuid": uuid.UUID,
}


class Values:
    """Checks values; `schemas` are those that a type may refer to.

    What is `readOnly` need not be sent, what is `writeOnly` need not be answered, and
    neither has to be in a value of which nobody knows where it belongs.
    """

    def __init__(
        self,
        schemas: Mapping[str, ir.NamedSchema],
        side: Literal["request", "response", ""] = "request",
    ) -> None:
        self._schemas = schemas
        self._side = side

    def problems(
        self, type_: ir.Type, value: object, name: str = "", depth: int = 0
    ) -> Problems:
        """Return the messages by field, dotted for what lies inside; none if it fits."""
        if depth > _DEEPEST:
            return _one(name, "is nested too deeply")
        match type_:
            case ir.RefType():
                target = self._schemas.get(type_.target)
                bare = ir.AnyType("") if target is None else target.type
                return self.problems(bare, value, name, depth + 1)
            case ir.NullableType():
                if value is None:
                    return {}
                return self.problems(type_.inner, value, name, depth + 1)
            case ir.ObjectType():
                return self._object(type_, value, name, depth)
            case ir.MapType():
                if not isinstance(value, dict):
                    return _one(name, "must be an object")
                return self._inside(
                    ((key, type_.values, one) for key, one in value.items()),
                    name,
                    depth,
                )
            case ir.ArrayType():
                return self._list(type_, value, name, depth)
            case ir.TupleType():
                if not isinstance(value, list) or len(value) != len(type_.items):
                    return _one(name, f"must have {len(type_.items)} items")
                pairs = enumerate(zip(type_.items, value, strict=True))
                return self._inside(((i, t, v) for i, (t, v) in pairs), name, depth)
            case ir.UnionType():
                return self._union(type_, value, name, depth)
            case _:
                said = _scalar(type_, value)
                return _one(name, said) if said else {}

    def _object(
        self, type_: ir.ObjectType, value: object, name: str, depth: int
    ) -> Problems:
        if not isinstance(value, dict):
            return _one(name, "must be an object")
        found: Problems = {}
        for field in type_.fields:
            if field.supplied:  # the signer's: judged by its own rules
                continue
            inside = _dotted(name, field.wire_name)
            if field.wire_name not in value:
                if field.required and not self._may_miss(field):
                    found[inside] = [f"The {inside} field is required."]
                continue
            given = value[field.wire_name]
            found |= self.problems(field.type, given, inside, depth + 1)
        if type_.extra is not None:
            known = {field.wire_name for field in type_.fields}
            extra = ((k, type_.extra, v) for k, v in value.items() if k not in known)
            found |= self._inside(extra, name, depth)
        return found

    def _may_miss(self, field: ir.Field) -> bool:
        return (field.read_only and self._side != "response") or (
            field.write_only and self._side != "request"
        )

    def _list(
        self, type_: ir.ArrayType, value: object, name: str, depth: int
    ) -> Problems:
        if not isinstance(value, list):
            return _one(name, "must be an array")
        if type_.min_items is not None and len(value) < type_.min_items:
            return _one(name, f"must have at least {type_.min_items} items")
        if type_.max_items is not None and len(value) > type_.max_items:
            return _one(name, f"may not have more than {type_.max_items} items")
        return self._inside(
            ((i, type_.items, v) for i, v in enumerate(value)), name, depth
        )

    def _inside(
        self, parts: Iterable[tuple[object, ir.Type, object]], name: str, depth: int
    ) -> Problems:
        found: Problems = {}
        for key, type_, value in parts:
            found |= self.problems(type_, value, _dotted(name, key), depth + 1)
        return found

    def _union(
        self, type_: ir.UnionType, value: object, name: str, depth: int
    ) -> Problems:
        """Return nothing if an option fits, else what the nearest one objects to."""
        options = type_.options
        if type_.discriminator and isinstance(value, dict):
            chosen = self._chosen(type_, value.get(type_.discriminator))
            options = (chosen,) if chosen is not None else options
        objections = [self.problems(o, value, name, depth + 1) for o in options]
        # A value of another kind altogether is objected to under its own name.
        return min(objections, key=lambda one: (name in one, len(one)), default={})

    def _chosen(self, type_: ir.UnionType, tag: object) -> ir.Type | None:
        refs = {o.target: o for o in type_.options if isinstance(o, ir.RefType)}
        named = {target.rsplit("/", 1)[-1]: target for target in refs}
        if not isinstance(tag, str):
            return None
        return refs.get(dict(type_.mapping).get(tag) or named.get(tag, ""))


def _one(name: str, said: str) -> Problems:
    shown = name or "body"
    if said.startswith(("selected", "format")):
        text = {"selected": f"The selected {shown} is invalid."}.get(said)
        return {shown: [text or f"The {shown} format is invalid."]}
    return {shown: [f"The {shown} {said}."]}


def _dotted(name: str, inside: object) -> str:
    return f"{name}.{inside}" if name else str(inside)


def _scalar(type_: ir.Type, value: object) -> str:
    """Return what is wrong with a scalar, to be put behind its name."""
    match type_:
        case ir.StringType():
            return _text(type_, value)
        case ir.NumberType():
            return _number(type_, value)
        case ir.DecimalType():
            return _decimal(type_, value)
        case ir.EnumType():
            is_kind = isinstance(value, str if type_.base == "string" else int)
            is_kind = is_kind and not isinstance(value, bool)
            return "" if is_kind and value in type_.values else "selected"
        case ir.BooleanType():
            is_kind = isinstance(value, bool)
            return "" if is_kind else "field must be true or false"
        case ir.NullType():
            return "" if value is None else "must be null"
        case _:
            return ""


def _text(type_: ir.StringType, value: object) -> str:
    if not isinstance(value, str):
        return "must be a string"
    if type_.min_length is not None and len(value) < type_.min_length:
        return f"must be at least {type_.min_length} characters"
    if type_.max_length is not None and len(value) > type_.max_length:
        return f"may not be greater than {type_.max_length} characters"
    pattern = _compiled(type_.pattern) if type_.pattern else None
    if pattern is not None and not pattern.search(value):
        return "format"
    parse = _FORMATS.get(type_.format)
    if parse is not None:
        try:
            parse(value)
        except ValueError:
            return "format"
    return ""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    try:
        return re.compile(pattern)
    except re.error:  # JavaScript knows more than Python here and there
        return None


def _number(type_: ir.NumberType, value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not isinstance(value, int | float):
        return "must be an integer" if type_.integer else "must be a number"
    if type_.integer and value != value // 1:
        return "must be an integer"
    if type_.minimum is not None and value < type_.minimum:
        return f"must be at least {type_.minimum:g}"
    if type_.maximum is not None and value > type_.maximum:
        return f"may not be greater than {type_.maximum:g}"
    return ""


def _decimal(type_: ir.DecimalType, value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if type_.wire == "number":
        return "" if is_number else "field must be a valid number"
    if not isinstance(value, str):
        return "must be a string"
    return "" if _DECIMAL.fullmatch(value) else "field must be a valid number"
