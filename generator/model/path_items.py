"""The operations of a path, whose item may refer to another one and add to it."""

from __future__ import annotations

from collections.abc import Iterator

from ..document.grammar import METHODS
from ..document.node import Node


def items_of(entry: Node) -> tuple[Node, ...]:
    """Return a path item and those that it refers to: what is said first counts."""
    found = [entry]
    while found[-1].is_ref:
        following = entry.document.next_of(found[-1])
        if following is None:
            break
        found.append(following)
    return tuple(found)


def methods_of(entry: Node) -> Iterator[tuple[str, Node]]:
    """Yield the operations of a path item by method, each method once."""
    seen: set[str] = set()
    for item in items_of(entry):
        for method, node in item.entries():
            if (
                method in METHODS
                and method not in seen
                and isinstance(node.value, dict)
            ):
                seen.add(method)
                yield method, node
