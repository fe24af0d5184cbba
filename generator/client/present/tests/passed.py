"""What a caller passes for a value of JSON, and what travels for it."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from ....model import ir
from ... import names
from .literals import decimal
from .places import Places, model

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_MOST_DIGITS = 64


class UnfitError(Exception):
    """A value that doesn't fit its type: an example that violates its schema."""


class Passed:
    """Writes arguments: the expression that a caller writes, and the JSON of it."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._open: list[str] = []

    def fits(self, type_: ir.Type, value: Any) -> bool:
        """Tell whether a value can be passed for a type."""
        try:
            self.of(type_, value)
        except UnfitError:
            return False
        return True

    def of(self, type_: ir.Type, value: Any) -> tuple[str, Any]:
        """Return expression and JSON; raises `UnfitError`."""
        match type_:
            case ir.RefType():
                return self._reference(type_, value)
            case ir.NullableType():
                return ("None", None) if value is None else self.of(type_.inner, value)
            case ir.EnumType() if self._places.class_of(type_):
                if value not in type_.values or isinstance(value, bool):
                    raise UnfitError
                return self._places.member(type_, value), value
            case ir.ObjectType() if self._places.class_of(type_):
                return self._model(type_, value)
            case ir.UnionType():
                return self._option(type_, value)
            case ir.ArrayType():
                pairs = [self.of(type_.items, one) for one in _listed(value)]
                if len(pairs) < (type_.min_items or 0):
                    raise UnfitError
                return f"[{', '.join(p[0] for p in pairs)}]", [p[1] for p in pairs]
            case ir.TupleType():
                given = _listed(value)
                if len(given) != len(type_.items):
                    raise UnfitError
                pairs = [self.of(t, v) for t, v in zip(type_.items, given, strict=True)]
                return names.tuple_of([p[0] for p in pairs]), [p[1] for p in pairs]
            case ir.MapType():
                return self._map(type_, value)
            case _:
                return _scalar(type_, value)

    def _reference(self, type_: ir.RefType, value: Any) -> tuple[str, Any]:
        if type_.target in self._open and not self._places.catalog.name_of(
            self._places.module, type_.target
        ):
            return _untyped(value)
        self._open.append(type_.target)
        try:
            return self.of(self._places.target(type_), value)
        finally:
            self._open.pop()

    def _model(self, type_: ir.ObjectType, value: Any) -> tuple[str, Any]:
        if not isinstance(value, dict):
            raise UnfitError
        fields: list[tuple[str, str]] = []
        travels: dict[str, Any] = {}
        for name, field in self._places.fields(type_):
            given = value.get(field.wire_name)
            if given is None and field.required:
                raise UnfitError
            if given is not None:
                expression, travels[field.wire_name] = self.of(field.type, given)
                fields.append((name, expression))
        return model(self._places.class_of(type_), fields), travels

    def _option(self, type_: ir.UnionType, value: Any) -> tuple[str, Any]:
        found: list[tuple[int, tuple[str, Any]]] = []
        for option in type_.options:
            if isinstance(self._places.bare(option), ir.DecimalType):
                continue  # beside other kinds it is no money any more
            try:
                pair = self.of(option, value)
            except UnfitError:
                continue
            score = len(pair[1]) if isinstance(pair[1], dict) else 0
            found.append((score, pair))
        if not found:
            raise UnfitError
        return max(found, key=lambda one: one[0])[1]

    def _map(self, type_: ir.MapType, value: Any) -> tuple[str, Any]:
        if not isinstance(value, dict):
            raise UnfitError
        pairs = {
            str(key): self.of(type_.values, one)
            for key, one in value.items()
            if isinstance(key, str | int)
        }
        shown = ", ".join(f"{names.string(k)}: {p[0]}" for k, p in pairs.items())
        return "{" + shown + "}", {key: pair[1] for key, pair in pairs.items()}


def _listed(value: Any) -> Sequence[Any]:
    if not isinstance(value, list):
        raise UnfitError
    return value


def _scalar(type_: ir.Type, value: Any) -> tuple[str, Any]:
    match type_:
        case ir.StringType():
            return _string(type_, value)
        case ir.NumberType():
            return _number(type_, value)
        case ir.DecimalType():
            return _decimal(type_, value)
        case ir.BooleanType():
            if not isinstance(value, bool):
                raise UnfitError
            return repr(value), value
        case ir.NullType():
            if value is not None:
                raise UnfitError
            return "None", None
        case _:
            return _untyped(value)


def _untyped(value: Any) -> tuple[str, Any]:
    """Return JSON as it is; what JSON or the client can't say does not fit."""
    if isinstance(value, str):
        return names.string(_sendable(value)), value
    if isinstance(value, dict):
        pairs = {str(key): _untyped(one) for key, one in value.items()}
        for key in pairs:
            _sendable(key)
        shown = ", ".join(f"{names.string(k)}: {p[0]}" for k, p in pairs.items())
        return "{" + shown + "}", {key: pair[1] for key, pair in pairs.items()}
    if isinstance(value, list):
        found = [_untyped(one) for one in value]
        return f"[{', '.join(p[0] for p in found)}]", [p[1] for p in found]
    if isinstance(value, float) and not math.isfinite(value):
        raise UnfitError
    if isinstance(value, int) and value.bit_length() > 63:
        raise UnfitError
    return names.literal(value), value


def _sendable(text: str) -> str:
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise UnfitError
    return text


def _string(type_: ir.StringType, value: Any) -> tuple[str, Any]:
    if not isinstance(value, str):
        raise UnfitError
    text = _sendable(value)
    length = len(text)
    if length < (type_.min_length or 0) or length > (type_.max_length or length):
        raise UnfitError
    try:
        match type_.format:
            case "date":
                sent = date.fromisoformat(text).isoformat()
                return f'date.fromisoformat("{sent}")', sent
            case "date-time":
                if not _DATE_TIME.fullmatch(text):
                    raise UnfitError
                sent = datetime.fromisoformat(text).isoformat()
                sent = sent.replace("+00:00", "Z")
                return f'datetime.fromisoformat("{sent}")', sent
            case "uuid":
                sent = str(UUID(text))
                return f'UUID("{sent}")', sent
            case "byte" | "binary":
                data = base64.b64decode(text, validate=True)
                return repr(data), base64.b64encode(data).decode()
            case _:
                return names.string(text), text
    except ValueError as error:
        raise UnfitError from error


def _number(type_: ir.NumberType, value: Any) -> tuple[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnfitError
    if isinstance(value, float) and (type_.integer or not math.isfinite(value)):
        raise UnfitError
    if isinstance(value, int) and value.bit_length() > 63:
        raise UnfitError
    if type_.minimum is not None and value < type_.minimum:
        raise UnfitError
    if type_.maximum is not None and value > type_.maximum:
        raise UnfitError
    return repr(value), value


def _decimal(type_: ir.DecimalType, value: Any) -> tuple[str, Any]:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        raise UnfitError
    try:
        exact = Decimal(str(value))
    except InvalidOperation as error:
        raise UnfitError from error
    if not exact.is_finite() or abs(exact.adjusted()) > 30:
        raise UnfitError
    digits = format(exact, "f")
    if len(digits) > _MOST_DIGITS:
        raise UnfitError
    return decimal(digits), digits if type_.wire == "string" else Decimal(digits)
