"""Examples of a place, named ones and the single one without a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..document.node import Node
from . import ir


def first_example(*nodes: Node) -> Any:
    """Return the first example of some places, or None."""
    for node in nodes:
        if isinstance(node.value, dict) and "example" in node.value:
            return node.value["example"]
    named = next(examples_of(nodes[0]), None)
    return named.value if named is not None else None


def examples_of(node: Node) -> Iterator[ir.Example]:
    """Yield the named examples of a place by name, then the one without a name."""
    for name, entry in node.sorted_entries("examples"):
        example = entry.follow()
        value = example.child("value")
        if value is not None:
            yield ir.Example(value.pointer, name, value.value, example.text("summary"))
    single = node.child("example")
    if single is not None:
        yield ir.Example(single.pointer, "", single.value)
