"""What a caller gets for an answer: the rules of decoding, written down a second time.

A value that fits its type becomes a model, a member, an exact amount. One that doesn't is
kept as it came, and everything around it is built all the same.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple
from uuid import UUID

from ....model import ir
from ... import names
from .literals import decimal, json_number, literal
from .places import Places, model

_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


class Got(NamedTuple):
    """What comes out for one value."""

    text: str  # Decimal("10.0")
    fits: bool  # the value is of its type
    score: int = 0  # how much of an object a type explains
    is_kept: bool = False  # another kind of JSON than the type's: kept as it came


class Returned:
    """Writes what answers become."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._open: list[str] = []

    def fits(self, type_: ir.Type, value: Any) -> bool:
        """Tell whether a value of an answer is of its type."""
        return self.of(type_, value).fits

    def of(self, type_: ir.Type, value: Any, *, optional: bool = False) -> Got:
        """Return what a caller gets; `optional`: null is a value of the place."""
        if value is None and optional:
            return Got("None", True)
        match type_:
            case ir.RefType():
                return self._reference(type_, value, optional)
            case ir.NullableType():
                return self.of(type_.inner, value, optional=True)
            case ir.EnumType() if self._places.class_of(type_):
                return self._enum(type_, value, optional)
            case ir.ObjectType() if self._places.class_of(type_):
                return self._model(type_, value, optional)
            case ir.UnionType():
                return self._union(type_, value)
            case ir.ArrayType():
                return self._list(type_, value, optional)
            case ir.TupleType():
                return self._tuple(type_, value, optional)
            case ir.MapType():
                return self._map(type_, value, optional)
            case _:
                return _scalar(type_, value, optional)

    def _reference(self, type_: ir.RefType, value: Any, optional: bool) -> Got:
        named = self._places.catalog.name_of(self._places.module, type_.target)
        if named is None and type_.target in self._open:
            return Got(literal(value), True)
        self._open.append(type_.target)
        try:
            return self.of(self._places.target(type_), value, optional=optional)
        finally:
            self._open.pop()

    def _enum(self, type_: ir.EnumType, value: Any, optional: bool) -> Got:
        base = str if type_.base == "string" else int
        if not isinstance(value, base) or isinstance(value, bool):
            return _kept(value, optional)
        if value in type_.values:
            return Got(self._places.member(type_, value), True, 1)
        name = names.string(self._places.class_of(type_))
        return Got(f"Open({name}, {names.literal(value)})", True)

    def _model(self, type_: ir.ObjectType, value: Any, optional: bool) -> Got:
        class_name = self._places.class_of(type_)
        if value == [] and isinstance(value, list):
            return Got(model(class_name, []), False)
        if not isinstance(value, dict):
            return _kept(value, optional)
        fields: list[tuple[str, str]] = []
        fits, score = True, 0 if value else 1
        for name, field in self._places.fields(type_):
            if field.wire_name not in value:
                fits = fits and not field.required
                continue
            got = self.of(
                field.type, value[field.wire_name], optional=not field.required
            )
            fits = fits and got.fits
            score += 1 + got.score + int(score == 0)
            if got.text != "None":
                fields.append((name, got.text))
        return Got(model(class_name, fields), fits, score)

    def _union(self, type_: ir.UnionType, value: Any) -> Got:
        """Return the option that fits and explains most, else the nearest one."""
        options = [self._option(type_, option) for option in type_.options]
        named = self._named(type_, value)
        if named is not None:
            return self.of(named, value)
        fitting = [one for option in options if (one := option(value)).fits]
        whole = repr(value) if isinstance(value, int) else ""  # it stays whole
        best = max(
            fitting, key=lambda one: (one.score, one.text == whole), default=None
        )
        known = [self._known(option, value) for option in type_.options]
        knows_nothing = best is not None and best.score == 0 and any(known)
        if best is not None and not (knows_nothing and best.text.startswith("Model(")):
            return best
        alike = [
            (known[index], -index)
            for index, option in enumerate(options)
            if not option(value).is_kept
        ]
        if not alike:
            return Got(literal(value), False, is_kept=True)
        return options[-max(alike)[1]](value)

    def _known(self, option: ir.Type, value: Any) -> int:
        """Return how many keys an option knows; a map has a place for any, at last."""
        if not isinstance(value, dict):
            return 0
        is_map = isinstance(self._places.bare(option), ir.MapType)
        return 2 * len(self._keys(option) & set(value)) + int(is_map)

    def _option(self, union: ir.UnionType, option: ir.Type) -> Callable[[Any], Got]:
        """Return what decodes an option; one that comes back to the union is untyped."""
        if (
            self._places.class_of(union)
            and isinstance(option, ir.RefType)
            and self._places.catalog.holds(self._places.target(option), union.pointer)
        ):
            return lambda value: Got(literal(value), True)
        return lambda value: self.of(option, value)

    def _named(self, type_: ir.UnionType, value: Any) -> ir.Type | None:
        if not type_.discriminator or not isinstance(value, dict):
            return None
        options = {o.target: o for o in type_.options if isinstance(o, ir.RefType)}
        mapping = {tag: options[t] for tag, t in type_.mapping if t in options}
        mapping = mapping or {t.rsplit("/", 1)[-1]: o for t, o in options.items()}
        tag = value.get(type_.discriminator)
        return mapping.get(tag) if isinstance(tag, str) else None

    def _keys(self, type_: ir.Type) -> set[str]:
        known = self._places.bare(type_)
        if isinstance(known, ir.UnionType):
            return set[str]().union(*(self._keys(o) for o in known.options))
        if not isinstance(known, ir.ObjectType):
            return set()
        return {field.wire_name for _, field in self._places.fields(known)}

    def _list(self, type_: ir.ArrayType, value: Any, optional: bool) -> Got:
        if not isinstance(value, list):
            return _kept(value, optional)
        got = [self.of(type_.items, one) for one in value]
        text = f"[{', '.join(one.text for one in got)}]"
        return Got(text, all(one.fits for one in got), sum(one.score for one in got))

    def _tuple(self, type_: ir.TupleType, value: Any, optional: bool) -> Got:
        if not isinstance(value, list) or len(value) != len(type_.items):
            return _kept(value, optional)
        pairs = zip(type_.items, value, strict=True)
        got = [self.of(part, one) for part, one in pairs]
        if not all(one.fits for one in got):
            return _kept(value, optional)
        return Got(names.tuple_of([one.text for one in got]), True, 1)

    def _map(self, type_: ir.MapType, value: Any, optional: bool) -> Got:
        if value == [] and isinstance(value, list):
            return Got("{}", False)
        if not isinstance(value, dict):
            return _kept(value, optional)
        got = {str(key): self.of(type_.values, one) for key, one in value.items()}
        pairs = (f"{names.string(key)}: {one.text}" for key, one in got.items())
        text = "{" + ", ".join(pairs) + "}"
        score = int(bool(value)) + sum(one.score for one in got.values())
        return Got(text, all(one.fits for one in got.values()), score)


def _kept(value: Any, optional: bool) -> Got:
    """Return a value that is not of its type; a number too many stays its own text."""
    if isinstance(value, float) and not optional:
        return Got(names.string(json_number(value)), False, is_kept=True)
    return Got(literal(value), False, is_kept=True)


def _scalar(type_: ir.Type, value: Any, optional: bool) -> Got:
    match type_:
        case ir.StringType() if isinstance(value, str):
            return _string(type_, value)
        case ir.NumberType() if not isinstance(value, bool):
            if isinstance(value, int) and type_.integer:
                return Got(repr(value), True, 1)
            if isinstance(value, int | float) and not type_.integer:
                return Got(repr(float(value)), True, 1)
        case ir.DecimalType() if isinstance(value, str | int | float | Decimal):
            exact = None if isinstance(value, bool) else _exact(str(value))
            if exact is not None:
                return Got(decimal(str(exact)), True, 1)
        case ir.BooleanType() if isinstance(value, bool):
            return Got(repr(value), True, 1)
        case ir.NullType() if value is None:
            return Got("None", True, 1)
        case ir.StringType() | ir.NumberType() | ir.BooleanType() | ir.NullType():
            pass
        case ir.DecimalType():
            pass
        case _:
            return Got(literal(value), True, _score(value))
    return _kept(value, optional)


def _score(value: Any) -> int:
    """Return how much of a value is more than text, where no type says anything."""
    if isinstance(value, dict):
        return int(bool(value)) + sum(map(_score, value.values()))
    if isinstance(value, list):
        return sum(map(_score, value))
    return int(not isinstance(value, str))


def _string(type_: ir.StringType, value: str) -> Got:
    try:
        match type_.format:
            case "date" if _DATE.fullmatch(value):
                date.fromisoformat(value)
                return Got(f'date.fromisoformat("{value}")', True, 1)
            case "date-time" if _DATE_TIME.fullmatch(value):
                datetime.fromisoformat(value)
                return Got(f'datetime.fromisoformat("{value}")', True, 1)
            case "uuid" if _UUID.fullmatch(value):
                return Got(f'UUID("{UUID(value)}")', True, 1)
            case "byte" | "binary":
                data = base64.b64decode(value, validate=True)
                return Got(repr(data), True, 1)
            case "date" | "date-time" | "uuid":
                return Got(names.string(value), False)
            case _:
                return Got(names.string(value), True)
    except ValueError:
        return Got(names.string(value), False)


def _exact(text: str) -> Decimal | None:
    try:
        exact = Decimal(text)
    except InvalidOperation:
        return None
    sane = exact.is_finite() and -64 <= exact.adjusted() < 64 and len(text) <= 64
    return exact if sane else None
