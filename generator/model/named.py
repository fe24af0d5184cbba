"""The schemas that have a name of their own, and the order in which they are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..document.node import Node
from . import ir
from .keywords import schema_name
from .made_of import innermost_first, is_merged, leads_to


class NamedSchemas:
    """A queue and not a recursion: chains of schemas may be long."""

    def __init__(self, build: Callable[[Node], ir.Type]) -> None:
        self._build = build
        self.found: dict[str, ir.NamedSchema] = {}
        self._pending: dict[str, Node] = {}
        self.building: set[str] = set()
        # Of those, the schemas that what is built now is a part of: `allOf` leads to it,
        # and no field.
        self.around: frozenset[str] = frozenset()

    def refer(self, node: Node) -> ir.RefType:
        """Name a schema, to be built later."""
        pointer = node.pointer
        if pointer not in self.found:
            self.found[pointer] = ir.NamedSchema(
                pointer,
                schema_name(pointer),
                ir.AnyType(pointer),
                node.text("description") or node.text("title"),
            )
            self._pending[pointer] = node
        return ir.RefType(pointer, pointer)

    def finish(self) -> None:
        """Build the schemas that were referred to and not yet built."""
        while self._pending:
            self._complete(next(reversed(self._pending)))

    def resolve(self, type_: ir.Type) -> ir.Type:
        """Return the structure behind references, or the type itself."""
        passed: set[str] = set()
        while isinstance(type_, ir.RefType) and type_.target not in passed:
            passed.add(type_.target)
            self._complete(type_.target)
            type_ = self.found[type_.target].type
        return type_

    def must_wait(self, node: Node) -> bool:
        """Tell whether a field is made of a schema that is being built around it.

        It needs a name of its own then, and is built when the other one is complete.
        """
        return not self.around and is_merged(node) and leads_to(node, self.building)

    def is_around(self, node: Node) -> bool:
        """Tell whether an option is the schema itself, which offers nothing."""
        return node.is_ref and node.follow().pointer in self.around

    def _complete(self, pointer: str) -> None:
        """Build a schema, and before it those that it is made of."""
        wanted = self._pending.get(pointer)
        if wanted is None:
            return
        for node in innermost_first(wanted, self._is_open):
            self.refer(node)
            if self._pending.pop(node.pointer, None) is None:
                continue
            outer = self.around
            self.building.add(node.pointer)
            self.around = outer | {node.pointer}
            type_ = self._build(node)
            self.found[node.pointer] = replace(self.found[node.pointer], type=type_)
            self.building.discard(node.pointer)
            self.around = outer

    def _is_open(self, node: Node) -> bool:
        return node.pointer in self._pending or node.pointer not in self.found
