"""References that are read from a schema with an `$id`, and not from the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .node import Node

# File and text of a reference, and the way to the schema from which it is read.
Step = tuple[str, str, tuple[str, ...]]


def step_of(node: Node) -> Step:
    """Return what is equal for references that lead to the same place."""
    around = schema_around(node)
    return node.file, node.text("$ref"), around.tokens if around else ()


def schema_around(node: Node) -> Node | None:
    """Return the schema with an `$id` from which a reference may have to be read."""
    text = node.text("$ref")
    if not text.startswith("#") or text.startswith("#/components/"):
        return None
    around: Node | None = node
    while around is not None and not (around.parent and around.text("$id")):
        around = around.parent
    return around
