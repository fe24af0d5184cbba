"""What a document says that its model leaves out, for those who look for mistakes.

Components that nothing refers to, names that are required and declared by no property,
examples of schemas. None of it becomes code, so it is read only when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..document.node import Document, Node
from ..document.references import Target
from ..pointers import split
from . import ir
from .constraints import all_types, build_constraints
from .examples import schema_examples
from .keywords import schema_pointer


def build_unread(document: Document, api: ir.Api) -> ir.Unread:
    """Return what the model of a document leaves out."""
    types: dict[str, ir.Type] = {}
    for type_ in all_types(api):
        if not isinstance(type_, ir.RefType):
            types.setdefault(type_.pointer, type_)
    return ir.Unread(
        unused=tuple(_unused(document)),
        undeclared=tuple(_undeclared(document, api, types)),
        examples=tuple(_examples(document, types)),
    )


def _examples(
    document: Document, types: dict[str, ir.Type]
) -> Iterator[tuple[ir.Type, ir.Example]]:
    for pointer, type_ in types.items():
        node = document.find(Target(*split(pointer)))
        if node is not None and not node.is_ref:
            for example in schema_examples(node):
                yield type_, example


def _undeclared(
    document: Document, api: ir.Api, types: dict[str, ir.Type]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pointer, demanded in build_constraints(document, api).items():
        names = demanded.get("undeclared")
        # A schema for all other names declares each of them.
        if names and "patternProperties" not in demanded and not _open(types[pointer]):
            yield pointer, tuple(names)


def _open(type_: ir.Type) -> bool:
    if isinstance(type_, ir.NullableType):
        return _open(type_.inner)
    extra = type_.values if isinstance(type_, ir.MapType) else None
    extra = type_.extra if isinstance(type_, ir.ObjectType) else extra
    return extra is not None and not isinstance(extra, ir.AnyType)


def _unused(document: Document) -> Iterator[str]:
    """Yield the components that nothing that can be called leads to."""
    root = document.root
    if not any(True for _ in (*root.entries("paths"), *root.entries("webhooks"))):
        return  # a library of components for other documents
    used = _Used(document)
    used.walk([node for key, node in root.entries() if key != "components"])
    for section, entries in root.entries("components"):
        for name, node in entries.entries() if not section.startswith("x-") else ():
            if ("components", section, name) not in used.components:
                yield node.pointer


class _Used:
    """The components that were reached."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.components: set[tuple[str, ...]] = set()
        self._walked: set[str] = set()

    def walk(self, nodes: list[Node]) -> None:
        """Follow every reference from some places, and what is behind each."""
        todo = list(nodes)
        while todo:
            node = todo.pop()
            todo += self._next(node)
            todo += [child for _, child in node.entries()]
            todo += node.elements()
            if not todo:  # subtypes are reached by no reference, see below
                todo += self._subtypes()

    def _next(self, node: Node) -> Iterator[Node]:
        """Yield what a place names: by `$ref`, by a discriminator, as its security."""
        if node.is_ref:
            target = self._document.next_of(node)
            if target is not None:
                yield from self._reached(target)
        if node.key == "security":
            for requirement in node.elements():
                for name, _ in requirement.entries():
                    self.components.add(("components", "securitySchemes", name))
        if node.key == "discriminator":
            for _, entry in node.entries("mapping"):
                file, tokens = split(schema_pointer(str(entry.value)))
                named = self._document.find(Target(file or node.file, tokens))
                if named is not None:
                    yield from self._reached(named)

    def _reached(self, node: Node) -> Iterator[Node]:
        tokens = node.tokens
        if not node.file and tokens[:1] == ("components",):
            self.components.add(tokens[:3])
        if node.pointer not in self._walked:
            self._walked.add(node.pointer)
            yield node

    def _subtypes(self) -> Iterator[Node]:
        """Yield schemas made of one whose discriminator names its subtypes implicitly."""
        schemas = self._document.root.at("components", "schemas")
        for _, node in schemas.entries() if schemas is not None else ():
            if node.tokens in self.components:
                continue
            for part in node.elements("allOf"):
                base = part.follow()
                is_used = base.tokens[:3] in self.components
                if is_used and base.child("discriminator") is not None:
                    yield from self._reached(node)
