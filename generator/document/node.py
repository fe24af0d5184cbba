"""A place in the document, and the document as a whole.

The raw data stays the only truth: a `Node` is a finger that points into it and knows
the way it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, cast

from ..diagnostics import Position
from ..pointers import join, split
from .plain import is_list, is_mapping
from .references import Target, named_places, parse_reference
from .schema_ids import Step, schema_around, step_of
from .source import Origins, Source

_LONGEST_CHAIN = 100_000  # references in a row; a loop is found long before


class Node:
    """One element: a value, its key and the element around it."""

    __slots__ = ("document", "file", "key", "parent", "value")

    def __init__(
        self,
        document: Document,
        file: str,
        parent: Node | None,
        key: str | int,
        value: Any,
    ) -> None:
        self.document = document
        self.file = file  # "" for the document's first file, models/pet.yaml
        self.parent = parent
        self.key = key
        self.value: Any = value

    def __repr__(self) -> str:
        return f"Node({self.pointer!r})"

    @property
    def tokens(self) -> tuple[str, ...]:
        """The way from the top of the file: ("paths", "/a", "get")."""
        found: list[str] = []
        node: Node = self
        while node.parent is not None:
            found.append(str(node.key))
            node = node.parent
        return tuple(reversed(found))

    @property
    def pointer(self) -> str:
        """The place as a JSON pointer: `#/paths/~1a`, or `common.yaml#/a`."""
        return join(self.tokens, self.file)

    def child(self, key: str | int) -> Node | None:
        """The element under a key or an index, None where there is none."""
        value = self.value
        if isinstance(value, dict):
            mapping = cast("dict[str, object]", value)
            key = str(key)
            if key in mapping:
                return Node(self.document, self.file, self, key, mapping[key])
        elif is_list(value):
            index = _index(key)
            if index is not None and index < len(value):
                return Node(self.document, self.file, self, index, value[index])
        return None

    def at(self, *keys: str | int) -> Node | None:
        """Walk down several keys."""
        node: Node | None = self
        for key in keys:
            if node is None:
                return None
            node = node.child(key)
        return node

    def text(self, key: str, default: str = "") -> str:
        """The text under a key; the default where there is none or something else."""
        value = self._mapping().get(key)
        return value if isinstance(value, str) else default

    def flag(self, key: str) -> bool:
        """Whether `true` stands under a key."""
        return self._mapping().get(key) is True

    def entries(self, key: str | None = None) -> Iterator[tuple[str, Node]]:
        """Names and elements of a mapping; nothing where there is no mapping."""
        node = self if key is None else self.child(key)
        if node is not None:
            for name, value in node._mapping().items():
                yield name, Node(self.document, self.file, node, name, value)

    def sorted_entries(self, key: str | None = None) -> list[tuple[str, Node]]:
        """Entries by name, where the order of the keys means nothing."""
        return sorted(self.entries(key), key=lambda entry: entry[0])

    def elements(self, key: str | None = None) -> Iterator[Node]:
        """Elements of a list; nothing where there is no list."""
        node = self if key is None else self.child(key)
        if node is not None and is_list(node.value):
            for index, value in enumerate(node.value):
                yield Node(self.document, self.file, node, index, value)

    @property
    def is_ref(self) -> bool:
        """Whether a `$ref` stands here."""
        return isinstance(self._mapping().get("$ref"), str)

    def follow(self) -> Node:
        """The node itself, or the end of its chain of references.

        A reference that leads nowhere is an empty mapping: `resolve_refs` has reported
        it, and what is left says nothing, so it is untyped.
        """
        if not self.is_ref:
            return self
        end = self.document.end_of(self)
        if end is None:
            return Node(self.document, self.file, self.parent, self.key, {})
        return end

    def _mapping(self) -> Mapping[str, object]:
        value = self.value
        return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _index(key: str | int) -> int | None:
    if isinstance(key, int):
        return key if key >= 0 else None
    if key == "0" or (key.isdecimal() and key.isascii() and key[0] != "0"):
        return int(key) if len(key) < 10 else None
    return None


class Document:
    """Everything that was read: the first file, and those it refers to."""

    def __init__(
        self,
        source: Source,
        *,
        data: object = None,
        origins: Origins | None = None,
    ) -> None:
        """`data` and `origins` replace what the source says, for an overlay."""
        self.name = source.name
        self.source = source
        self.files: dict[str, Source] = {"": source}
        self.origins: Origins = source.origins if origins is None else origins
        value = source.data if data is None else data
        self._roots: dict[str, Node] = {"": Node(self, "", None, "", value)}
        self._ends: dict[Step, Node | None] = {}
        self._names: dict[str, dict[str, tuple[str, ...]]] = {}

    @property
    def root(self) -> Node:
        """The top of the first file."""
        return self._roots[""]

    def add_file(self, file: str, source: Source) -> Node:
        """Take in a file that a reference names; `resolve_refs` calls this."""
        self.files[file] = source
        self._roots[file] = Node(self, file, None, "", source.data)
        self._ends.clear()
        return self._roots[file]

    @property
    def version_text(self) -> str:
        """The OpenAPI version: "3.0.3"; an unquoted 3.1 counts, anything else is ""."""
        root = self.root.value
        value = root.get("openapi") if is_mapping(root) else None
        if isinstance(value, float):
            return str(value)
        return value if isinstance(value, str) else ""

    @property
    def is_31(self) -> bool:
        """Whether OpenAPI 3.1 is meant; otherwise it is 3.0."""
        return self.version_text.startswith("3.1")

    def root_of(self, file: str) -> Node | None:
        """The top of a file that was read, None for any other."""
        return self._roots.get(file)

    def locate(self, pointer: str) -> Position | None:
        """Find file, line and column of an element, or of the nearest one around it."""
        file, tokens = split(pointer)
        if not file and self.origins:
            for length in range(len(tokens), -1, -1):
                origin = self.origins.get(tokens[:length])
                if origin is not None:
                    source, start = origin
                    return source.locate(start + tokens[length:])
        source_of_file = self.files.get(file)
        return source_of_file.locate(tokens) if source_of_file else None

    def target_of(self, node: Node) -> Target:
        """Read the `$ref` of a node; it may lead nowhere."""
        reference = cast("dict[str, str]", node.value)["$ref"]
        target = parse_reference(reference, node.file, self._own_name)
        if target.fragment.startswith("/") or (
            not target.fragment and not target.problem
        ):
            return self._in_schema(node, target)
        return self._by_name(target)

    def _in_schema(self, node: Node, target: Target) -> Target:
        """Look from the schema around that has an `$id`, if nothing is there from the top.

        By the letter a pointer begins at that schema, and most documents mean the top.
        """
        around = schema_around(node)
        top = self._roots.get(target.file)
        if around is None or (target.tokens and top and top.at(*target.tokens)):
            return target
        tokens = (*around.tokens, *target.tokens)
        return Target(target.file, tokens, target.fragment, target.text)

    def find(self, target: Target) -> Node | None:
        """Walk to a target, through references that stand on the way."""
        node = self._roots.get(target.file)
        ahead = list(reversed(target.tokens))
        detours = 0
        while ahead and node is not None:
            inner = node.child(ahead[-1])
            if inner is not None:
                node = inner
                ahead.pop()
                continue
            if not node.is_ref or detours > _LONGEST_CHAIN or len(ahead) > 1000:
                return None
            detours += 1
            detour = self.target_of(node)
            if detour.problem:
                return None
            ahead.extend(reversed(detour.tokens))
            node = self._roots.get(detour.file)
        return node

    def extend(self, node: Node) -> None:
        """Write a reference with keywords beside it as the `allOf` that it means."""
        value = cast("dict[str, object]", node.value)
        parts = value.get("allOf")
        reference = {"$ref": value.pop("$ref")}
        value["allOf"] = [reference, *(parts if is_list(parts) else ())]
        self._ends.clear()

    def next_of(self, node: Node) -> Node | None:
        """One step along a reference; None where it leads nowhere."""
        target = self.target_of(node)
        return None if target.problem else self.find(target)

    def end_of(self, node: Node) -> Node | None:
        """The end of a chain of references; None for a loop or a dead end."""
        passed: list[Step] = []
        seen: set[Step] = set()
        end: Node | None = node
        while end is not None and end.is_ref:
            step = step_of(end)
            if step in self._ends:
                end = self._ends[step]
                break
            if step in seen:
                end = None
                break
            seen.add(step)
            passed.append(step)
            end = self.next_of(end)
        for step in passed:
            self._ends[step] = end
        return end

    @property
    def _own_name(self) -> str:
        return PurePosixPath(self.name).name

    def _by_name(self, target: Target) -> Target:
        """Look for `$anchor` and `$id`; without a match the target stays as it is."""
        file = target.file if target.file in self._roots else ""
        if file not in self._names:
            self._names[file] = named_places(self._roots[file].value)
        name = target.text if target.problem else f"#{target.fragment}"
        tokens = self._names[file].get(name)
        if tokens is None:
            return target
        return Target(file, tokens, text=target.text)
