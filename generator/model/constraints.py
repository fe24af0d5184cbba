"""What schemas demand beyond their types: limits, patterns, conditions.

The types of `ir` hold what a client is made of. Whoever compares two documents needs the
rest as well, so it is read from the places that the types name. Schemas inside a keyword
(`not`, `contains`, …) come without references and without text for people, in one order:
equal demands are equal values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..document.node import Document, Node
from ..document.references import Target
from ..pointers import split
from . import ir
from .inner import inner_types

# Keywords whose value is compared as it is.
_PLAIN = (
    *("minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum"),
    *("exclusiveMaximum", "minItems", "maxItems", "minProperties", "maxProperties"),
    *("minContains", "maxContains", "multipleOf", "uniqueItems", "pattern"),
    *("contentMediaType", "contentEncoding", "dependentRequired", "x-extensible-enum"),
)
# Keywords that hold schemas.
_NESTED = (
    *("contains", "propertyNames", "not", "if", "then", "else", "contentSchema"),
    *("dependentSchemas", "patternProperties", "unevaluatedItems"),
    "unevaluatedProperties",
)
_KEYWORDS = frozenset((*_PLAIN, *_NESTED))
_ANNOTATIONS = frozenset(
    ("description", "title", "example", "examples", "deprecated", "default")
)
_DEEPEST = 12  # a schema inside a keyword that holds itself is cut here

Constraints = Mapping[str, Any]


def build_constraints(document: Document, api: ir.Api) -> Mapping[str, Constraints]:
    """Return what the schemas of a model demand, by pointer; nothing for most."""
    found: dict[str, Constraints] = {}
    seen: set[tuple[str, type]] = set()
    for type_ in all_types(api):
        key = (type_.pointer, type(type_))
        if key in seen or isinstance(type_, ir.RefType):
            continue
        seen.add(key)
        node = document.find(Target(*split(type_.pointer)))
        own = _constraints(node.follow(), type_) if node is not None else {}
        if own:
            found[type_.pointer] = {**found.get(type_.pointer, {}), **own}
    for operation in api.operations:
        unused = dict(_unused(document, operation))
        if unused:
            found[operation.pointer] = unused
    return found


def _unused(document: Document, operation: ir.Operation) -> Iterator[tuple[str, Any]]:
    """Yield the path parameters that the path has no place for: no client sends them."""
    known = {parameter.wire_name for parameter in operation.parameters}
    node = document.find(Target(*split(operation.pointer)))
    for entry in node.elements("parameters") if node is not None else ():
        parameter = entry.follow()
        name, schema = parameter.text("name"), parameter.child("schema")
        if parameter.text("in") == "path" and name not in known and schema is not None:
            yield name, _plain(schema, 0)


def all_types(api: ir.Api) -> Iterator[ir.Type]:
    """Yield every type of a model, what is around another one before it."""
    pending: list[ir.Type] = [schema.type for schema in api.schemas.values()]
    for operation in api.operations:
        pending += [parameter.type for parameter in operation.parameters]
        owners: Iterable[ir.Body | ir.Response] = operation.responses
        for owner in (*owners, *([operation.body] if operation.body else [])):
            pending += [content.type for content in owner.content]
    while pending:
        type_ = pending.pop()
        yield type_
        pending += inner_types(type_)


def _constraints(node: Node, type_: ir.Type) -> dict[str, Any]:
    value = node.value
    if not isinstance(value, dict) or isinstance(type_, ir.NullableType):
        return {}
    found: dict[str, Any] = {}
    for part in node.elements("allOf"):
        if not isinstance(type_, ir.ObjectType) or _only_limits(part):
            found.update(_constraints(part.follow(), type_))
    for key in _KEYWORDS & value.keys():
        entry = node.child(key)
        if entry is not None:
            nested = key in _NESTED
            found[key] = _plain(entry, 0) if nested else _ordered(entry.value)
    for bound in ("Minimum", "Maximum"):  # 3.0 writes a flag beside the bound
        flag = found.get(f"exclusive{bound}")
        if isinstance(flag, bool):
            del found[f"exclusive{bound}"]
            if flag and bound.lower() in found:
                found[f"exclusive{bound}"] = found.pop(bound.lower())
    required = [e.value for e in node.elements("required") if isinstance(e.value, str)]
    if isinstance(type_, ir.ObjectType | ir.MapType):
        named = type_.fields if isinstance(type_, ir.ObjectType) else ()
        declared = {field.wire_name for field in named}
        missing = sorted(name for name in set(required) - declared if name)
        if missing:
            found["undeclared"] = missing
        if value.get("additionalProperties") is False:
            found["closed"] = True
    else:  # said of objects, and this is none
        found |= {"required": sorted(required)} if required else {}
        fields = node.child("properties")
        found |= {"properties": _plain(fields, 0)} if fields is not None else {}
    if not isinstance(type_, ir.StringType | ir.NumberType | ir.EnumType):
        found |= {"format": value["format"]} if node.text("format") else {}
    if not isinstance(type_, ir.EnumType) and isinstance(value.get("enum"), list):
        found["enum"] = sorted(map(repr, value["enum"]))
    if isinstance(type_, ir.AnyType) and _composed(value):
        found["schema"] = _plain(node, 0)
    return found


def _only_limits(part: Node) -> bool:
    return isinstance(part.value, dict) and not part.value.get("properties")


def _composed(value: Mapping[str, Any]) -> bool:
    return any(key in value for key in ("allOf", "oneOf", "anyOf"))


def _ordered(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(value, key=repr)
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value, key=str)}
    return value


def _plain(node: Node, depth: int) -> Any:
    """Return a schema without references and text, keys in order."""
    end = node.follow()
    value = end.value
    if depth > _DEEPEST:
        return {}
    if isinstance(value, dict):
        named = end.key in ("properties", "dependentSchemas", "patternProperties")
        return {
            key: _plain(child, depth + 1)
            for key, child in sorted(end.entries())
            if named
            or (key not in _ANNOTATIONS and key[:2] != "x-")
            or key in _KEYWORDS
        }
    if isinstance(value, list):
        parts = [_plain(child, depth + 1) for child in end.elements()]
        return parts if end.key in ("prefixItems", "items") else _ordered(parts)
    return value
