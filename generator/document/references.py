"""What the text of a `$ref` means: a file below our folder, and a place in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join as join_path, normpath
from typing import Literal
from urllib.parse import unquote

from ..pointers import split_fragment
from .plain import is_list, is_mapping

Problem = Literal["", "remote-reference", "outside-reference"]

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a reference leads."""

    file: str  # "" for the document's first file, models/pet.yaml
    tokens: tuple[str, ...] = ()  # ("components", "schemas", "Pet")
    fragment: str = ""  # /components/schemas/Pet, or the name of an anchor
    text: str = ""  # models/pet.yaml#/components/schemas/Pet
    problem: Problem = ""  # why it is not followed


def parse_reference(reference: str, file: str, own_name: str) -> Target:
    """Read a reference that stands in `file`; `own_name` is the first file's name."""
    path, _, fragment = reference.partition("#")
    if path.startswith("//") or _SCHEME.match(path):
        remote = not path.lower().startswith("file:") and len(path.split(":")[0]) > 1
        problem: Problem = "remote-reference" if remote else "outside-reference"
        return Target(file, (), fragment, reference, problem)
    tokens = split_fragment(fragment)
    if not path:
        return Target(file, tokens, fragment, reference)
    path = unquote(path).replace("\\", "/")
    if path.startswith("/") or "\0" in path:
        return Target(file, (), fragment, reference, "outside-reference")
    path = normpath(join_path(dirname(file), path))
    if path == ".." or path.startswith("../"):
        return Target(file, (), fragment, reference, "outside-reference")
    return Target("" if path == own_name else path, tokens, fragment, reference)


def named_places(data: object) -> dict[str, tuple[str, ...]]:
    """Find what `$anchor` and `$id` name: "#node" and "https://…/tree" to tokens."""
    found: dict[str, tuple[str, ...]] = {}
    todo: list[tuple[object, tuple[str, ...]]] = [(data, ())]
    while todo:
        node, tokens = todo.pop()
        if is_mapping(node):
            mapping = node
            for keyword, mark in (
                ("$anchor", "#"),
                ("$dynamicAnchor", "#"),
                ("$id", ""),
            ):
                name = mapping.get(keyword)
                if isinstance(name, str):
                    found.setdefault(mark + name, tokens)
            todo += [(value, (*tokens, key)) for key, value in mapping.items()]
        elif is_list(node):
            sequence = node
            todo += [(each, (*tokens, str(i))) for i, each in enumerate(sequence)]
    return found
