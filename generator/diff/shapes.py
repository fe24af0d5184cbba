"""What a type is: behind references, in a word, and larger or smaller than another."""

from __future__ import annotations

from ..model import ir
from .findings import Model
from .limits import format_direction, format_of, kind_of


def plain(model: Model, type_: ir.Type) -> tuple[ir.Type, bool]:
    """Return what a type is behind references and null, and whether null is allowed."""
    nullable = False
    passed: set[str] = set()
    while isinstance(type_, ir.RefType | ir.NullableType):
        if isinstance(type_, ir.NullableType):
            nullable, type_ = True, type_.inner
        elif type_.target in passed:
            return ir.AnyType(type_.pointer), nullable
        else:
            passed.add(type_.target)
            type_ = model.api.schemas[type_.target].type
    return type_, nullable


def shown(type_: ir.Type) -> str:
    """Say what a type is, for a message."""
    match type_:
        case ir.RefType():
            return type_.target.rsplit("/", 1)[-1]
        case ir.ArrayType():
            return f"array of {shown(type_.items)}"
        case ir.TupleType():
            return f"tuple of {', '.join(shown(i) for i in type_.items)}"
        case ir.UnionType():
            return " or ".join(dict.fromkeys(shown(o) for o in type_.options))
        case ir.EnumType():
            return f"one of {', '.join(str(v) for v in type_.values[:6])}"
        case ir.NullableType():
            return f"{shown(type_.inner)} or null"
        case _:
            format_ = format_of(type_)
            return f"{kind_of(type_)} ({format_})" if format_ else kind_of(type_)


def direction_of(old: ir.Type, new: ir.Type) -> str:
    """Say whether a type holds less, more or other values; empty for equal types."""
    one, other = kind_of(old), kind_of(new)
    if isinstance(old, ir.AnyType) or isinstance(new, ir.AnyType):
        return "narrowed" if isinstance(old, ir.AnyType) else "widened"
    if isinstance(old, ir.EnumType) != isinstance(new, ir.EnumType) and one == other:
        return "narrowed" if isinstance(new, ir.EnumType) else "widened"
    if one == other:
        is_scalar = one in ("string", "integer", "number")
        if is_scalar:
            return format_direction(format_of(old), format_of(new))
        return "changed" if one == "tuple" else ""
    if (one, other) == ("number", "integer"):
        return "narrowed"
    return "widened" if (one, other) == ("integer", "number") else "changed"
