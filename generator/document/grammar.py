"""Which element of an OpenAPI document holds which: what a walk needs to know.

Only places where a reference may stand are listed, and what leads there. Examples,
defaults, enums and extensions are not: what looks like a reference there is a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from .plain import is_mapping

if TYPE_CHECKING:
    from .node import Node

Kind = Literal[
    "document",
    "components",
    "path item",
    "operation",
    "parameter",
    "header",
    "request body",
    "response",
    "media type",
    "encoding",
    "schema",
    "example",
    "link",
    "callback",
    "security scheme",
]
Shape = Literal["one", "list", "map"]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

# Section of `components` to what stands in it.
SECTIONS: dict[str, Kind] = {
    "schemas": "schema",
    "responses": "response",
    "parameters": "parameter",
    "examples": "example",
    "requestBodies": "request body",
    "headers": "header",
    "securitySchemes": "security scheme",
    "links": "link",
    "callbacks": "callback",
    "pathItems": "path item",
}

_Fields = dict[str, tuple[Shape, Kind]]

_VALUE: _Fields = {
    "schema": ("one", "schema"),
    "content": ("map", "media type"),
    "examples": ("map", "example"),
}

FIELDS: dict[Kind, _Fields] = {
    "document": {
        "paths": ("map", "path item"),
        "webhooks": ("map", "path item"),
        "components": ("one", "components"),
    },
    "components": {name: ("map", kind) for name, kind in SECTIONS.items()},
    "path item": {
        "parameters": ("list", "parameter"),
        **dict.fromkeys(METHODS, ("one", "operation")),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "request body"),
        "responses": ("map", "response"),
        "callbacks": ("map", "callback"),
    },
    "parameter": _VALUE,
    "header": _VALUE,
    "request body": {"content": ("map", "media type")},
    "response": {
        "headers": ("map", "header"),
        "content": ("map", "media type"),
        "links": ("map", "link"),
    },
    "media type": {
        "schema": ("one", "schema"),
        "examples": ("map", "example"),
        "encoding": ("map", "encoding"),
    },
    "encoding": {"headers": ("map", "header")},
    "schema": {
        **dict.fromkeys(
            (
                "properties",
                "patternProperties",
                "$defs",
                "definitions",
                "dependentSchemas",
            ),
            ("map", "schema"),
        ),
        **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema")),
        **dict.fromkeys(
            (
                "items",
                "not",
                "additionalProperties",
                "if",
                "then",
                "else",
                "contains",
                "propertyNames",
                "unevaluatedItems",
                "unevaluatedProperties",
                "contentSchema",
            ),
            ("one", "schema"),
        ),
    },
    "example": {},
    "link": {},
    "callback": {},
    "security scheme": {},
}

# Maps whose `x-…` keys are extensions. Elsewhere (`properties`, `headers`, `schemas`)
# a key is a name, and `x-rate-limit` is one.
_EXTENSIBLE = frozenset({"paths", "webhooks", "responses", "callbacks"})


def inner(node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
    """Yield what an element holds, each with its own kind."""
    if kind == "callback":
        for name, each in node.entries():
            if not name.startswith("x-"):
                yield each, "path item"
        return
    value = node.value
    if not is_mapping(value):
        return
    fields = FIELDS[kind]
    for field in value:
        if field not in fields:
            continue
        shape, inner_kind = fields[field]
        if shape == "map":
            extensible = field in _EXTENSIBLE
            for name, each in node.entries(field):
                if not (extensible and name.startswith("x-")):
                    yield each, inner_kind
        elif shape == "list":
            for each in node.elements(field):
                yield each, inner_kind
        else:
            one = node.child(field)
            if one is not None:
                yield one, inner_kind
