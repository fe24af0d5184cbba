"""Which schemas a schema is made of, through `allOf`, `oneOf` and `anyOf`.

A schema that a field names is no part: it may lead back to where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from ..document.node import Node
from .keywords import only_constraints

_KEYS = ("allOf", "oneOf", "anyOf")


def parts_of(node: Node) -> Iterator[Node]:
    """Yield the named schemas that a composition refers to, at any depth of its own."""
    waiting = [part for key in _KEYS for part in node.elements(key)]
    while waiting:
        part = waiting.pop()
        if part.is_ref:
            yield part.follow()
        else:
            waiting += [inner for key in _KEYS for inner in part.elements(key)]


def leads_to(node: Node, pointers: Container[str]) -> bool:
    """Tell whether a schema is made of one of some schemas, however indirectly."""
    seen: set[str] = set()
    waiting = list(parts_of(node))
    while waiting:
        part = waiting.pop()
        if part.pointer in pointers:
            return True
        if part.pointer not in seen:
            seen.add(part.pointer)
            waiting += parts_of(part)
    return False


def innermost_first(node: Node, is_open: Callable[[Node], bool]) -> Iterator[Node]:
    """Yield the open schemas that a schema is made of, and then the schema.

    No chain of `allOf` is too long for a list, and any is for a recursion.
    """
    opened: set[str] = set()
    waiting = [node]
    while waiting:
        top = waiting[-1]
        inner: list[Node] = []
        if top.pointer not in opened:
            opened.add(top.pointer)
            inner = [
                part
                for part in parts_of(top)
                if part.pointer not in opened and is_open(part)
            ]
        if inner:
            waiting += inner
        else:
            yield waiting.pop()


def is_merged(node: Node) -> bool:
    """Tell whether a schema puts several parts together, or narrows the only one."""
    count = 1 if node.child("properties") else 0
    count += sum(not only_constraints(part.value) for part in node.elements("allOf"))
    count += sum(any(True for _ in node.elements(key)) for key in _KEYS[1:])
    narrowed = any(True for _ in node.elements("required")) or any(
        only_constraints(part.value) for part in node.elements("allOf")
    )
    return count > 1 or (count == 1 and narrowed and node.child("allOf") is not None)
