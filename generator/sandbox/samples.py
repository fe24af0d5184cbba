"""A value for a type where the document shows none: small, legal, the same each time."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import ir
from ..model.samples import sample_number, sample_text
from ..model.values import Values

__all__ = ["sample"]

_DEEPEST = 6


class _EndlessError(Exception):
    """A type that requires itself."""


def sample(
    type_: ir.Type,
    schemas: Mapping[str, ir.NamedSchema],
    *,
    is_request: bool = False,
    full: bool = True,
) -> object:
    """Return a value of a type; the examples of fields are taken where they fit.

    Without `full`, only what is required. None where a type requires itself.
    """
    try:
        return _Sampler(schemas, is_request, full).of(type_, "text", 0)
    except _EndlessError:
        return None


class _Sampler:
    def __init__(
        self, schemas: Mapping[str, ir.NamedSchema], is_request: bool, full: bool
    ) -> None:
        self._schemas = schemas
        self._values = Values(schemas)
        self._is_request = is_request
        self._full = full

    def of(self, type_: ir.Type, word: str, depth: int) -> object:
        if depth > _DEEPEST:
            raise _EndlessError
        match type_:
            case ir.RefType():
                target = self._schemas.get(type_.target)
                return self.of(target.type, word, depth + 1) if target else word
            case ir.NullableType():
                return self.of(type_.inner, word, depth)
            case ir.EnumType():
                return type_.values[0]
            case ir.StringType():
                return sample_text(type_, word)
            case ir.NumberType():
                return sample_number(type_, 1)
            case ir.DecimalType():
                return "10.50" if type_.wire == "string" else 10.5
            case ir.BooleanType():
                return True
            case ir.NullType():
                return None
            case ir.ArrayType():
                return self._list(type_, word, depth)
            case ir.TupleType():
                return [self.of(part, word, depth + 1) for part in type_.items]
            case ir.MapType():
                return self._unless_endless({"key": type_.values}, depth)
            case ir.ObjectType():
                return self._object(type_, depth)
            case ir.UnionType():
                return self._option(type_, word, depth)
            case _:
                return word

    def _list(self, type_: ir.ArrayType, word: str, depth: int) -> list[object]:
        try:
            one = self.of(type_.items, word, depth + 1)
        except _EndlessError:
            if type_.min_items:
                raise
            return []
        return [one] * max(1, min(type_.min_items or 0, 50))

    def _unless_endless(
        self, parts: Mapping[str, ir.Type], depth: int
    ) -> dict[str, object]:
        try:
            return {name: self.of(t, name, depth + 1) for name, t in parts.items()}
        except _EndlessError:
            return {}

    def _object(self, type_: ir.ObjectType, depth: int) -> dict[str, object]:
        made: dict[str, object] = {}
        for field in type_.fields:
            hidden = field.read_only if self._is_request else field.write_only
            wanted = field.required or (self._full and not hidden)
            if field.supplied or not wanted:
                continue
            example = field.example
            if example is not None and not self._values.problems(field.type, example):
                made[field.wire_name] = example
                continue
            try:
                made[field.wire_name] = self.of(field.type, field.wire_name, depth + 1)
            except _EndlessError:
                if field.required:
                    raise
        return made

    def _option(self, type_: ir.UnionType, word: str, depth: int) -> object:
        for option in type_.options:
            try:
                made = self.of(option, word, depth + 1)
            except _EndlessError:
                continue
            if not self._values.problems(type_, made):
                return made
        raise _EndlessError
