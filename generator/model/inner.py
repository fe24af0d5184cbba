"""The types directly inside a type, and the one behind its references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from . import ir


def inner_types(type_: ir.Type) -> Iterable[ir.Type]:
    """Return the types that a type is made of; what a reference leads to is not inside."""
    match type_:
        case ir.ArrayType():
            return (type_.items,)
        case ir.MapType():
            return (type_.values,)
        case ir.TupleType():
            return type_.items
        case ir.UnionType():
            return type_.options
        case ir.NullableType():
            return (type_.inner,)
        case ir.ObjectType():
            fields = tuple(field.type for field in type_.fields)
            return (*fields, type_.extra) if type_.extra is not None else fields
        case _:
            return ()


def bare(type_: ir.Type, schemas: Mapping[str, ir.NamedSchema]) -> ir.Type:
    """Return the structure behind references and `nullable`."""
    passed: set[str] = set()
    while isinstance(type_, ir.RefType | ir.NullableType):
        if isinstance(type_, ir.NullableType):
            type_ = type_.inner
        elif type_.target in passed or type_.target not in schemas:
            return ir.AnyType(type_.pointer)
        else:
            passed.add(type_.target)
            type_ = schemas[type_.target].type
    return type_
