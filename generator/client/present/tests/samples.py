"""Values from schemas: small, legal, and different for different fields."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ....model import ir
from ....model.samples import sample_number, sample_text
from ... import names
from .places import Places

Fits = Callable[[ir.Type, Any], bool]

_DEEPEST = 5


class NoSampleError(Exception):
    """A type that has no small value: it requires itself."""


class Samples:
    """Builds values; `fits` says which documented examples can stand for a field."""

    def __init__(self, places: Places, fits: Fits, *, is_request: bool) -> None:
        self._places = places
        self._fits = fits
        self._is_request = is_request

    def of(
        self,
        type_: ir.Type,
        word: str = "value",
        *,
        full: bool = True,
        depth: int = 0,
    ) -> Any:
        """Return a value of a type as JSON; `word` is what texts say."""
        number = 10 + int(names.digest(word), 16) % 90
        match type_:
            case ir.RefType():
                if depth > _DEEPEST:
                    raise NoSampleError
                return self.of(
                    self._places.target(type_), word, full=full, depth=depth + 1
                )
            case ir.NullableType():
                return self.of(type_.inner, word, full=full, depth=depth)
            case ir.EnumType():
                return type_.values[0]
            case ir.StringType():
                return sample_text(type_, word)
            case ir.NumberType():
                return sample_number(type_, number + (0 if type_.integer else 0.5))
            case ir.DecimalType():
                exact = f"{number}.50"
                return exact if type_.wire == "string" else Decimal(exact)
            case ir.BooleanType():
                return True
            case ir.NullType():
                return None
            case ir.ArrayType():
                return self._list(type_, word, full, depth)
            case ir.TupleType():
                return [
                    self.of(part, f"{word}{index}", full=full, depth=depth + 1)
                    for index, part in enumerate(type_.items, 1)
                ]
            case ir.MapType():
                try:
                    one = self.of(type_.values, word, full=full, depth=depth + 1)
                except NoSampleError:
                    return {}
                return {"key": one}
            case ir.ObjectType():
                return self._object(type_, full, depth)
            case ir.UnionType():
                return self._option(type_, word, full, depth)
            case _:
                return word

    def _list(
        self, type_: ir.ArrayType, word: str, full: bool, depth: int
    ) -> list[Any]:
        try:
            one = self.of(type_.items, word, full=full, depth=depth + 1)
        except NoSampleError:
            return []
        return [one] * min(max(1, type_.min_items or 0), 50)

    def _object(self, type_: ir.ObjectType, full: bool, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for field in type_.fields:
            hidden = field.read_only if self._is_request else field.write_only
            if field.supplied or (not field.required and (hidden or not full)):
                continue
            if field.example is not None and self._fits(field.type, field.example):
                made[field.wire_name] = field.example
                continue
            try:
                value = self.of(
                    field.type, field.wire_name, full=depth < 3, depth=depth + 1
                )
            except NoSampleError:
                if field.required:
                    raise
                continue
            made[field.wire_name] = value
        if depth > _DEEPEST * 2:
            raise NoSampleError
        return made

    def _option(self, type_: ir.UnionType, word: str, full: bool, depth: int) -> Any:
        for option in type_.options:
            try:
                made = self.of(option, word, full=full, depth=depth + 1)
            except NoSampleError:
                continue
            if self._fits(type_, made):
                return made
        raise NoSampleError
