"""What single keywords of a schema say: kinds, limits, formats, names."""

from __future__ import annotations

import sys
from typing import Any, Literal

from ..diagnostics import Diagnostics
from ..document.node import Node
from ..pointers import split
from . import ir
from .extensions import MONEY

_VARNAMES = "x-enum-varnames"
_STRING_HINTS = ("pattern", "minLength", "maxLength")
_KINDS = ("object", "array", "string", "integer", "number", "boolean", "null")
_LARGEST = 2**63  # in an enum: the decoder reads no larger member
_NUMBER_HINTS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def schema_name(pointer: str) -> str:
    """Return what a schema is called: its key, or its file, or the words of its path."""
    file, way = split(pointer)
    tokens = [token for token in way if token]
    if len(tokens) >= 2 and tokens[-2] in ("schemas", "$defs", "definitions"):
        return tokens[-1]
    if not tokens:
        return file.rsplit("/", 1)[-1].split(".", 1)[0] or "Document"
    if tokens[:2] == ["components", "schemas"]:
        tokens = tokens[2:]
    noise = {
        "paths",
        "components",
        "schema",
        "content",
        "properties",
        "application/json",
    }
    return " ".join(token for token in tokens if token not in noise)


def schema_pointer(target: str) -> str:
    """Return what a discriminator's mapping points to: a reference, or a schema's name."""
    is_name = "/" not in target and "#" not in target and "." not in target
    return f"#/components/schemas/{target}" if is_name else target


def whole(node: Node, key: str) -> int | None:
    """Return a limit that must be a whole number, or None."""
    value = node.value.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def limit(node: Node, key: str, exclusive: str) -> float | None:
    """Return a bound, exclusive or not, or None; one beyond all floats bounds nothing."""
    for name in (key, exclusive):
        value: object = node.value.get(name)
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and abs(value) <= sys.float_info.max
        ):
            return value
    return None


def string_type(node: Node) -> ir.Type:
    """Return the type of a string schema."""
    format_ = node.text("format")
    if node.flag(MONEY) or format_ == "decimal":
        return ir.DecimalType(node.pointer, "string")
    return ir.StringType(
        node.pointer,
        format_,
        whole(node, "minLength"),
        whole(node, "maxLength"),
        node.text("pattern"),
    )


def number_type(node: Node, kind: str) -> ir.Type:
    """Return the type of an integer or number schema."""
    if node.flag(MONEY) or node.text("format") == "decimal":
        return ir.DecimalType(node.pointer, "number")
    return ir.NumberType(
        node.pointer,
        kind == "integer",
        node.text("format"),
        limit(node, "minimum", "exclusiveMinimum"),
        limit(node, "maximum", "exclusiveMaximum"),
    )


def discriminator_of(node: Node) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the field that tells options apart, and what its values stand for."""
    stated = node.child("discriminator")
    if stated is None:
        return "", ()
    entries = stated.sorted_entries("mapping")
    mapping = tuple((key, schema_pointer(str(each.value))) for key, each in entries)
    return stated.text("propertyName"), mapping


def tuple_places(node: Node) -> list[Node]:
    """Return the schemas of the places of a list, none where all items have one."""
    places = node.child("prefixItems") or node.child("items")
    return list(places.elements()) if places is not None else []


def inferred_kind(value: dict[str, Any]) -> str:
    """Return the kind that keywords betray where `type` is missing."""
    if any(key in value for key in ("properties", "additionalProperties", "required")):
        return "object"
    if "items" in value or "prefixItems" in value:
        return "array"
    if any(key in value for key in _STRING_HINTS) or value.get(MONEY) is True:
        return "string"
    if any(key in value for key in _NUMBER_HINTS):
        return "number"
    return ""


def stated_kinds(node: Node) -> tuple[list[str], bool]:
    """Return the kinds that `type` names, null apart, and whether null is one."""
    stated = node.value.get("type")
    nullable = node.flag("nullable")
    found = [stated] if isinstance(stated, str) else stated
    if not isinstance(found, list):
        return [], nullable
    known = [kind for kind in found if kind in _KINDS]
    nullable = nullable or ("null" in known and len(known) > 1)
    rest = [kind for kind in known if kind != "null" or len(known) == 1]
    return list(dict.fromkeys(rest)), nullable


def enum_type(
    node: Node,
    base: Literal["string", "integer"],
    values: tuple[Any, ...],
    diagnostics: Diagnostics,
) -> ir.EnumType:
    """Return the type of an enum, with the names that `x-enum-varnames` gives it."""
    if base == "string":
        values = tuple(dict.fromkeys(str(v) for v in values))
    given = node.child(_VARNAMES)
    listed = [e.value for e in node.elements(_VARNAMES)]
    names = tuple(name for name in listed if isinstance(name, str))
    if given is not None and len(names) != len(values):
        diagnostics.warning(
            "unmatched-varnames",
            f"the enum has {len(values)} values and `{_VARNAMES}` another number of"
            " names: left out",
            at=given.pointer,
            help="list one name for each value, in their order",
        )
        names = ()
    return ir.EnumType(node.pointer, base, values, names, node.text("description"))


def enum_base(values: tuple[Any, ...], kinds: list[str]) -> Any:
    """Return what the values of an enum are: "string", "integer", or "" for no enum."""
    if not values:
        return ""
    if all(isinstance(v, str) for v in values):
        return "string"
    if all(isinstance(v, int) and not isinstance(v, bool) for v in values):
        # Numbers under `type: string` travel as text.
        if kinds == ["string"]:
            return "string"
        return "integer" if all(-_LARGEST <= v < _LARGEST for v in values) else ""
    return ""


def shared_kind(values: tuple[Any, ...]) -> str:
    """Return the kind that all values of a list share, "" if there is none."""
    if values and all(isinstance(v, bool) for v in values):
        return "boolean"
    if values and all(type(v) in (int, float) for v in values):  # True is no number
        return "integer" if all(isinstance(v, int) for v in values) else "number"
    return ""


def only_constraints(value: Any) -> bool:
    """Tell whether a part of a composition says nothing of the type.

    `oneOf: [{required: [a]}, {required: [b]}]` limits which fields go together; the
    fields themselves stand beside it.
    """
    return isinstance(value, dict) and set(value) <= {"required", "not", "description"}


def required_names(node: Node) -> frozenset[str]:
    """Return the names that an `allOf` requires anywhere, its bare `required` parts too."""
    found = {e.value for e in node.elements("required")}
    for part in node.elements("allOf"):
        if isinstance(part.value, dict) and only_constraints(part.value):
            found |= {e.value for e in part.elements("required")}
    return frozenset(name for name in found if isinstance(name, str))
