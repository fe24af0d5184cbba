"""Types made of types: `allOf` merged into one object, `oneOf` and `anyOf` into a union."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from . import ir

Resolve = Callable[[ir.Type], ir.Type]


def union_of(
    pointer: str,
    options: Iterable[ir.Type],
    *,
    discriminator: str = "",
    mapping: tuple[tuple[str, str], ...] = (),
    description: str = "",
) -> ir.Type:
    """Return the union of some types: null becomes nullable, equal options become one."""
    nullable = False
    distinct: dict[object, ir.Type] = {}
    for option in options:
        if isinstance(option, ir.NullableType):
            nullable, option = True, option.inner
        if isinstance(option, ir.NullType):
            nullable = True
        else:
            distinct.setdefault(_shape(option), option)
    found = tuple(distinct.values())
    if not found:
        return ir.NullType(pointer)
    if any(isinstance(option, ir.AnyType) for option in found):
        return ir.AnyType(pointer)
    if len(found) == 1:
        type_ = found[0]
    else:
        type_ = ir.UnionType(pointer, found, discriminator, mapping, description)
    return ir.NullableType(pointer, type_) if nullable else type_


def without_null(type_: ir.Type, resolve: Resolve) -> ir.Type:
    """Return the structure behind references, and behind `nullable` at each of them."""
    known = resolve(type_)
    while isinstance(known, ir.NullableType):
        known = resolve(known.inner)
    return known


def merge_parts(
    pointer: str,
    parts: Sequence[ir.Type],
    required: frozenset[str],
    resolve: Resolve,
    description: str = "",
    around: frozenset[str] = frozenset(),
) -> ir.Type:
    """Return the one type that meets all parts of an `allOf`.

    Objects are merged field by field, a later part over an earlier one. A union among
    objects becomes a union of merged objects; where there are several, their fields are
    all optional in one object, because the combinations would multiply. Parts that are no
    objects: the most specific one stands for all, if they agree on their kind.
    """
    objects: list[ir.ObjectType] = []
    unions: list[ir.UnionType] = []
    others: list[ir.Type] = []
    for part in parts:
        known = without_null(part, resolve)
        if isinstance(known, ir.ObjectType):
            objects.append(known)
        elif isinstance(known, ir.MapType):
            objects.append(ir.ObjectType(known.pointer, (), known.values))
        elif isinstance(known, ir.UnionType):
            unions.append(known)
        elif not isinstance(known, ir.AnyType):
            others.append(part)
    if others:
        return _most_specific(pointer, others, mixed=bool(objects or unions))
    if len(unions) == 1 and objects:
        within = around | {unions[0].pointer}
        merged = [
            merge_parts(o.pointer, (*objects, o), required, resolve, around=within)
            for o in unions[0].options
            # One that leads back to the union offers nothing that is not there.
            if without_null(o, resolve).pointer not in within
        ]
        return union_of(
            pointer,
            merged,
            discriminator=unions[0].discriminator,
            description=description,
        )
    if len(unions) == 1:
        return unions[0]
    for union in unions:
        objects += [_all_optional(o, resolve) for o in union.options]
    if not objects:
        return ir.AnyType(pointer)
    return _merged_object(pointer, objects, required, description)


def _merged_object(
    pointer: str,
    objects: Sequence[ir.ObjectType],
    required: frozenset[str],
    description: str,
) -> ir.Type:
    fields: dict[str, ir.Field] = {}
    extra: ir.Type | None = None
    for part in objects:
        extra = part.extra or extra
        for field in part.fields:
            known = fields.get(field.wire_name)
            fields[field.wire_name] = (
                field if known is None else _narrowed(known, field)
            )
    if not fields and extra is not None:
        return ir.MapType(pointer, extra)
    ordered = tuple(
        replace(field, required=field.required or name in required)
        for name, field in fields.items()
    )
    text = description or next((o.description for o in objects if o.description), "")
    return ir.ObjectType(pointer, ordered, extra, text)


def _narrowed(first: ir.Field, second: ir.Field) -> ir.Field:
    """Return a field that two parts state: the later type, unless it says nothing."""
    type_ = first.type if isinstance(second.type, ir.AnyType) else second.type
    return replace(
        second,
        type=type_,
        required=first.required or second.required,
        description=second.description or first.description,
    )


def _all_optional(option: ir.Type, resolve: Resolve) -> ir.ObjectType:
    known = without_null(option, resolve)
    if not isinstance(known, ir.ObjectType):
        return ir.ObjectType(option.pointer, ())
    return replace(
        known, fields=tuple(replace(f, required=False) for f in known.fields)
    )


def _most_specific(pointer: str, parts: Sequence[ir.Type], *, mixed: bool) -> ir.Type:
    if mixed:
        return ir.AnyType(pointer)
    for kind in (ir.EnumType, ir.RefType, ir.DecimalType):
        for part in parts:
            if isinstance(part, kind):
                return part
    return parts[-1] if len({type(p) for p in parts}) == 1 else ir.AnyType(pointer)


def _shape(type_: ir.Type) -> object:
    """Return a key that is equal for types that differ in their place only."""
    match type_:
        case ir.RefType():
            return ("ref", type_.target)
        case ir.StringType():
            return ("string", type_.format)
        case ir.NumberType():
            return ("number", type_.integer)
        case ir.DecimalType():
            return ("decimal", type_.wire)
        case ir.BooleanType() | ir.AnyType():
            return type(type_)
        case ir.ArrayType():
            return ("array", _shape(type_.items))
        case ir.MapType():
            return ("map", _shape(type_.values))
        case _:
            return type_.pointer
