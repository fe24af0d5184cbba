"""Anchors of a YAML text, and the bound on what their aliases may add.

A few hundred bytes of aliases can stand for billions of nodes. The data shares them,
but whoever walks it does not, so their number is counted as if they were copied.
"""

from __future__ import annotations

from dataclasses import dataclass

from .plain import inner_values, is_list, is_mapping

_MOST_COPIES = 1_000_000  # nodes that aliases may add to a document


@dataclass(slots=True)
class _Anchor:
    value: object
    size: int  # nodes below and including this one
    height: int  # levels of nesting
    opened: int = -1  # events seen when an unfinished one began


class Anchors:
    """Named nodes seen so far."""

    def __init__(self) -> None:
        self._anchors: dict[str, _Anchor] = {}
        # By identity; the value is kept so that its identity is not given away again.
        self._heights: dict[int, tuple[int, object]] = {}
        self._copied = 0

    def define(self, name: str, value: object) -> None:
        """Name a scalar."""
        self._anchors[name] = _Anchor(value, 1, 0)

    def open(self, name: str, seen: int) -> None:
        """Begin a named container; until it is closed, nothing may point to it."""
        self._anchors[name] = _Anchor(None, self._copied, 0, seen)

    def close(self, name: str, value: object, seen: int) -> None:
        """End a named container: from here on aliases may point to it."""
        anchor = self._anchors[name]
        if anchor.opened < 0:  # the name was taken again inside: the later one counts
            return
        size = seen - anchor.opened + self._copied - anchor.size
        height = self._height(value)
        self._heights[id(value)] = (height, value)
        self._anchors[name] = _Anchor(value, size, height)

    def refusal(
        self, name: str, depth: int, deepest: int
    ) -> tuple[str, str, str] | None:
        """Say why an alias can't be used: id, message and help."""
        anchor = self._anchors.get(name)
        if anchor is None:
            return (
                "yaml-alias",
                f"nothing above is named `&{name}`",
                "define the anchor first, or quote a text that begins with `*`",
            )
        if anchor.opened >= 0:
            return (
                "yaml-alias",
                f"`*{name}` stands inside the node that it names: that never ends",
                "use `$ref` for a schema that contains itself",
            )
        if self._copied + anchor.size > _MOST_COPIES:
            return (
                "alias-expansion",
                f"the aliases stand for more than {_MOST_COPIES:,} nodes",
                "write the data out, or use `$ref`: this looks like an attack",
            )
        if depth + anchor.height > deepest:
            return (
                "too-deep",
                f"with this alias there are more than {deepest} levels of nesting",
                "move inner parts to components and use `$ref`",
            )
        return None

    def use(self, name: str) -> object:
        """Give what an alias stands for; `refusal` has allowed it."""
        anchor = self._anchors[name]
        self._copied += anchor.size
        return anchor.value

    def _height(self, value: object) -> int:
        """Levels of nesting; the height of an anchored node is known already."""
        height = 0
        todo = [(value, 0)]
        while todo:
            node, depth = todo.pop()
            if is_mapping(node) or is_list(node):
                known = self._heights.get(id(node))
                depth += 1 if known is None else known[0]
                if known is None:
                    todo += [(each, depth) for each in inner_values(node)]
            height = max(height, depth)
        return height
