"""A pointer of the model to the place where an overlay has to write."""

from __future__ import annotations

from dataclasses import dataclass

from ..document.node import Document, Node
from ..pointers import split

__all__ = ["Spot", "find_spot"]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an element stands: the way to it, and its line."""

    keys: tuple[str | int, ...]  # ("paths", "/a", "get")
    place: str  # spec/api.yaml:41


def find_spot(document: Document, pointer: str) -> Spot | None:
    """Return the place of an element, behind its references.

    None where no overlay of this document reaches: in another file, or below a name that
    can't be written.
    """
    file, tokens = split(pointer)
    root = document.root_of(file)
    node = root.at(*tokens) if root is not None else None
    end = node.follow() if node is not None else None
    if end is None or end.file or not isinstance(end.value, dict) or not end.value:
        return None
    keys = _keys(end)
    if not keys or any("\ud800" <= c <= "\udfff" for c in "".join(map(str, keys))):
        return None
    where = document.locate(end.pointer)
    place = f"{where.file}:{where.line}" if where is not None else document.name
    return Spot(keys, place)


def _keys(node: Node) -> tuple[str | int, ...]:
    found: list[str | int] = []
    at = node
    while at.parent is not None:
        found.append(at.key)
        at = at.parent
    return tuple(reversed(found))
