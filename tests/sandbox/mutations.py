"""A body with one fault in it, for every fault that a schema can see.

Read from the document as it stands, not from the model that the sandbox reads.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]
SUPPLIED = ("request", "nonce", "nonceWindow")
WRONG: dict[str, tuple[Any, ...]] = {
    "string": (17, ["x"], {"x": 1}, True),
    "integer": ("x", 1.5, [1]),
    "number": ("x", [1.5], True),
    "boolean": ("x", 17),
    "array": ("x", 17),
    "object": ("x", 17, [1]),
}


@dataclass(frozen=True)
class Mutation:
    """A body that is wrong in one field."""

    field: str  # originator.firstName
    kind: str  # removed
    body: Data


def mutations(document: Data, schema: Data, body: Data) -> Iterator[Mutation]:
    """Yield every one-field mutation of a body that is right."""
    for path, kind, change in _faults(document, schema, body, ()):
        mutated = copy.deepcopy(body)
        owner: Any = mutated
        for part in path[:-1]:
            owner = owner[part]
        if kind == "removed":
            del owner[path[-1]]
        else:
            owner[path[-1]] = change
        yield Mutation(".".join(map(str, path)), kind, mutated)


def _followed(document: Data, schema: Data) -> Data:
    while "$ref" in schema:
        found = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _faults(
    document: Data, schema: Data, value: Any, path: tuple[Any, ...]
) -> Iterator[tuple[tuple[Any, ...], str, Any]]:
    schema = _followed(document, schema)
    if path:
        yield from ((path, kind, wrong) for kind, wrong in _wrong(schema, value))
    if isinstance(value, dict):
        required = schema.get("required", ())
        for name, inner in schema.get("properties", {}).items():
            if not path and name in SUPPLIED:
                continue
            assert name in value, (path, name)  # else it would not be tried
            if name in required:
                yield (*path, name), "removed", None
            yield from _faults(document, inner, value[name], (*path, name))
    if isinstance(value, list) and value and isinstance(schema.get("items"), dict):
        yield from _faults(document, schema["items"], value[0], (*path, 0))


def _wrong(schema: Data, value: Any) -> Iterator[tuple[str, Any]]:
    kind = schema.get("type", "")
    if not kind and "properties" in schema:
        kind = "object"
    for wrong in WRONG.get(kind, ()):
        yield f"not {kind}", wrong
    if kind and not schema.get("nullable"):
        yield f"null for {kind}", None
    if "enum" in schema:
        yield "outside enum", -7919 if kind == "integer" else "no such value"
    if "minimum" in schema:
        yield "below minimum", schema["minimum"] - 1
    if "maximum" in schema:
        yield "above maximum", schema["maximum"] + 1
    if schema.get("minLength"):
        yield "too short", "x" * (schema["minLength"] - 1)
    if "maxLength" in schema:
        yield "too long", "x" * (schema["maxLength"] + 1)
    if schema.get("minItems") and value:
        yield "too few", value[:1] * (schema["minItems"] - 1)
    if "maxItems" in schema and value:
        yield "too many", value[:1] * (schema["maxItems"] + 1)
