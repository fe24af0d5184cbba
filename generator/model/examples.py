"""Examples of a place, named ones and the single one without a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..document.node import Node
from . import ir

_DEEPEST = 90  # levels of an example: a generated test is to stay one that Python reads


def first_example(*nodes: Node) -> Any:
    """Return the first example of some places, or None."""
    for node in nodes:
        if isinstance(node.value, dict) and "example" in node.value:
            value = node.value["example"]
            return value if _is_shallow(value) else None
    named = next(examples_of(nodes[0]), None)
    return named.value if named is not None else None


def examples_of(node: Node) -> Iterator[ir.Example]:
    """Yield the named examples of a place by name, then the one without a name."""
    for name, entry in node.sorted_entries("examples"):
        example = entry.follow()
        value = example.child("value")
        if value is not None and _is_shallow(value.value):
            yield ir.Example(value.pointer, name, value.value, example.text("summary"))
    single = node.child("example")
    if single is not None and _is_shallow(single.value):
        yield ir.Example(single.pointer, "", single.value)


def schema_examples(schema: Node) -> Iterator[ir.Example]:
    """Yield the examples of a schema: `example`, and the list that is `examples` in 3.1."""
    single = schema.child("example")
    for node in (
        *([single] if single is not None else ()),
        *schema.elements("examples"),
    ):
        if _is_shallow(node.value):
            yield ir.Example(node.pointer, "", node.value)


def _is_shallow(value: Any) -> bool:
    """Tell whether a value is one that somebody may have written as an example."""
    level = [value]
    for _ in range(_DEEPEST):
        if not level:
            return True
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return not level
