"""Schemas to types: one function a kind, from a place of the document to a value of `ir`.

What a schema leaves unsaid is inferred from its keywords (`properties` without `type` is
an object). What cannot be understood becomes `AnyType`, with a warning that names the
place, so that the operation around it can still be called.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..diagnostics import Diagnostics
from ..document.node import Node
from ..document.shape import describe_value
from . import ir
from .composition import merge_parts, union_of
from .extensions import check_money
from .fields import field_of
from .fits import check_default
from .keywords import (
    discriminator_of,
    enum_base,
    enum_type,
    inferred_kind,
    number_type,
    only_constraints,
    required_names,
    schema_name,
    shared_kind,
    stated_kinds,
    string_type,
    tuple_places,
    whole,
)
from .named import NamedSchemas
from .wire_names import is_readable

_DEEPEST = 110  # schemas: Python reads 200 brackets, and calls itself 1,000 times


class TypeBuilder:
    """Builds types and collects the schemas that have a name of their own."""

    def __init__(self, diagnostics: Diagnostics) -> None:
        self._diagnostics = diagnostics
        self._depth = 0
        self._named = NamedSchemas(self._schema)
        self.schemas = self._named.found
        self.finish = self._named.finish
        self.resolve = self._named.resolve

    def add_components(self, root: Node) -> None:
        """Name every schema of `components/schemas`, used or not.

        A type lives where the document puts it; whether something uses it today must not
        move it (an unused schema would appear and vanish with its users).
        """
        schemas = root.at("components", "schemas")
        for _, node in schemas.entries() if schemas else ():
            if not node.is_ref:
                self._named.refer(node)
        self.finish()

    def build(self, node: Node | None, where: str) -> ir.Type:
        """Return the type of a schema; `where` is the pointer to blame if there is none."""
        outer, self._named.around = self._named.around, frozenset()
        type_ = self._type(node, where)
        self._named.around = outer
        if node is not None and node.is_ref and node.flag("nullable"):
            # Ignored by the letter of OpenAPI 3.0, and there is but one thing it means.
            return union_of(node.pointer, (type_, ir.NullType(node.pointer)))
        return type_

    def _type(self, node: Node | None, where: str) -> ir.Type:
        if node is None or node.value is True:
            return ir.AnyType(where if node is None else node.pointer)
        if node.is_ref:
            target = node.follow()
            if not target.value:
                return ir.AnyType(node.pointer)
            named = replace(self._named.refer(target), pointer=node.pointer)
            check_money(node, named, self._diagnostics)
            return named
        if self._depth > _DEEPEST:
            self._warn(
                node,
                f"more than {_DEEPEST} schemas inside each other: untyped from here",
            )
            return ir.AnyType(node.pointer)
        self._depth += 1
        type_ = self._schema(node)
        self._depth -= 1
        return type_

    def _schema(self, node: Node) -> ir.Type:
        value = node.value
        if not isinstance(value, dict):
            if not isinstance(value, bool):
                self._warn(
                    node, f"a schema is a mapping, and this is {describe_value(value)}"
                )
            return ir.AnyType(node.pointer)
        kinds, nullable = stated_kinds(node)
        if "enum" in value or "const" in value:
            type_, null_member = self._enum(node, kinds)
            nullable = nullable or null_member
        elif any(
            isinstance(value.get(key), list) for key in ("allOf", "oneOf", "anyOf")
        ):
            type_ = self._composed(node, kinds)
        elif len(kinds) > 1:
            options = [self._one_of_kinds(node, kind) for kind in kinds]
            type_ = union_of(
                node.pointer, options, description=node.text("description")
            )
        else:
            type_ = self._one_kind(node, kinds[0] if kinds else inferred_kind(value))
        check_money(node, type_, self._diagnostics)
        if nullable and not isinstance(
            type_, ir.NullableType | ir.AnyType | ir.NullType
        ):
            return ir.NullableType(node.pointer, type_)
        return type_

    def _one_kind(self, node: Node, kind: str) -> ir.Type:
        if kind == "object":
            return self._object(node)
        if kind == "array":
            return self._array(node)
        if kind == "string":
            return string_type(node)
        if kind in ("integer", "number"):
            return number_type(node, kind)
        if kind == "boolean":
            return ir.BooleanType(node.pointer)
        if kind == "null":
            return ir.NullType(node.pointer)
        return ir.AnyType(node.pointer)

    def _one_of_kinds(self, node: Node, kind: str) -> ir.Type:
        """Return one of several kinds; the union stands at the place, a class behind."""
        type_ = self._one_kind(node, kind)
        if isinstance(type_, ir.ObjectType):
            return replace(type_, pointer=f"{node.pointer}/type")
        return type_

    def _object(self, node: Node) -> ir.Type:
        fields = self._fields(node)
        extra_node = node.child("additionalProperties")
        extra: ir.Type | None = None
        if extra_node is not None and isinstance(extra_node.value, dict):
            extra = self.build(extra_node, extra_node.pointer)
        closed = extra_node is not None and extra_node.value is False
        if not fields and not closed:
            return ir.MapType(node.pointer, extra or ir.AnyType(node.pointer))
        return ir.ObjectType(
            node.pointer, fields, extra, node.text("description"), node.text("title")
        )

    def _fields(self, node: Node) -> tuple[ir.Field, ...]:
        required = {
            e.value for e in node.elements("required") if isinstance(e.value, str)
        }
        fields: list[ir.Field] = []
        for wire_name, child in node.entries("properties"):
            if not is_readable(wire_name):
                what = "a quote, a backslash or a control character"
                self._warn(
                    child, f"{what} in a field's name: its class has no such field"
                )
            fields.append(self._field(wire_name, child, wire_name in required))
        return tuple(fields)

    def _field(self, wire_name: str, node: Node, required: bool) -> ir.Field:
        type_ = self.build(node, node.pointer)
        check_default(node, type_, self._diagnostics)
        return field_of(node, wire_name, type_, required)

    def _array(self, node: Node) -> ir.Type:
        places = tuple_places(node)
        if places:
            parts = tuple(self.build(part, part.pointer) for part in places)
            further = node.child("items")
            if further is not None and isinstance(further.value, dict):
                parts = (*parts, self.build(further, further.pointer))
                return ir.ArrayType(node.pointer, union_of(node.pointer, parts))
            return ir.TupleType(node.pointer, parts)
        return ir.ArrayType(
            node.pointer,
            self.build(node.child("items"), node.pointer),
            whole(node, "minItems"),
            whole(node, "maxItems"),
        )

    def _enum(self, node: Node, kinds: list[str]) -> tuple[ir.Type, bool]:
        """Return the enum's type and whether null is among its values."""
        listed = node.value.get("enum", [node.value.get("const")])
        if not isinstance(listed, list):
            self._warn(node, f"`enum` must be a list, and is {describe_value(listed)}")
            listed = []
        nullable = None in listed
        # By its text: lists are not hashable, and True is not 1.
        distinct = {repr(v): v for v in listed if v is not None}
        values = tuple(distinct.values())
        base = enum_base(values, kinds)
        if base:
            return enum_type(node, base, values, self._diagnostics), nullable
        if not values:
            if nullable:
                return ir.NullType(node.pointer), nullable
            self._warn(node, "`enum` lists no value: read as its type alone")
        kind = kinds[0] if len(kinds) == 1 else shared_kind(values)
        return self._one_kind(node, kind), nullable

    def _composed(self, node: Node, kinds: list[str]) -> ir.Type:
        if self._named.must_wait(node):
            return self._named.refer(node)
        value = node.value
        parts: list[ir.Type] = []
        if value.get("properties"):
            parts.append(self._object(node))
        for part in node.elements("allOf"):
            if not only_constraints(part.value):
                parts.append(self._part(part))
        for key in ("oneOf", "anyOf"):
            chosen = [p for p in node.elements(key) if self._is_option(p)]
            if chosen:
                parts.append(self._union(node, chosen))
        if not parts:
            return self._one_kind(node, kinds[0] if kinds else inferred_kind(value))
        required = required_names(node)
        if len(parts) == 1 and not self._requires_more(parts[0], required):
            return parts[0]
        merged = merge_parts(
            node.pointer, parts, required, self.resolve, node.text("description")
        )
        if isinstance(merged, ir.AnyType):
            self._warn(
                node, "the parts of `allOf` contradict each other: read as untyped"
            )
        return merged

    def _is_option(self, part: Node) -> bool:
        return not only_constraints(part.value) and not self._named.is_around(part)

    def _part(self, part: Node) -> ir.Type:
        """Build a part of `allOf`; a schema can't be made of itself."""
        type_ = self._type(part, part.pointer)
        if isinstance(type_, ir.RefType) and type_.target in self._named.around:
            self._diagnostics.error(
                "reference-loop",
                f"`{schema_name(type_.target)}` is made of itself through `allOf`",
                at=part.pointer,
                help="take one of the references out; a field may refer back, a part not",
            )
        return type_

    def _requires_more(self, part: ir.Type, required: frozenset[str]) -> bool:
        """Tell whether `required` beside a reference names optional fields of it.

        A schema that is being built around this place is taken as it stands.
        """
        if not required or (
            isinstance(part, ir.RefType) and part.target in self._named.building
        ):
            return False
        known = self.resolve(part)
        fields = known.fields if isinstance(known, ir.ObjectType) else ()
        return any(not f.required and f.wire_name in required for f in fields)

    def _union(self, node: Node, chosen: Iterable[Node]) -> ir.Type:
        name, mapping = discriminator_of(node)
        return union_of(
            node.pointer,
            [self.build(part, part.pointer) for part in chosen],
            discriminator=name,
            mapping=mapping,
            description=node.text("description"),
        )

    def _warn(self, node: Node, message: str) -> None:
        self._diagnostics.warning(
            "odd-schema",
            message,
            at=node.pointer,
            help="correct it in the document, or by an overlay",
        )
