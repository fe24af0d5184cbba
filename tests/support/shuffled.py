"""A document with the keys of its mappings in another order.

`properties` say in which order fields and arguments stand, and the keys of examples,
defaults and other data are shown as they come: there order means something. Everywhere
else it does not: in paths, components, responses, media types, names of examples, and
among the keywords of every object.
"""

from __future__ import annotations

import ast
import json
import random
from typing import Any

# Mappings whose keys are names and not keywords.
_NAMED = frozenset(
    {
        *("paths", "responses", "content", "examples", "headers", "mapping"),
        *("schemas", "parameters", "requestBodies", "securitySchemes", "properties"),
    }
)
_DATA = frozenset({"example", "default", "enum", "value", "const", "security"})


def shuffled(document: Any, seed: int, *, everything: bool) -> Any:
    """Return the document with shuffled mappings: all, or those without an order."""
    return _shuffle(document, "", random.Random(seed), everything)


def _shuffle(value: Any, kind: str, rng: random.Random, everything: bool) -> Any:
    """Shuffle below a place; `kind` is the key that holds it, "" for an object's own."""
    if isinstance(value, list):
        items = [
            _shuffle(v, "data" if kind == "data" else "", rng, everything)
            for v in value
        ]
        # The tags of a document; those of an operation say which group is its own.
        if kind == "required" or (kind == "tags" and isinstance(items[0], dict)):
            rng.shuffle(items)
        return items
    if not isinstance(value, dict):
        return value
    pairs = list(value.items())
    if everything or kind not in ("properties", "data"):
        rng.shuffle(pairs)
    return {k: _shuffle(v, _inner(kind, k, v), rng, everything) for k, v in pairs}


def _inner(kind: str, key: str, value: Any) -> str:
    if kind == "data":
        return "data"
    if kind in _NAMED:
        return ""
    if key in _NAMED and isinstance(value, dict):
        return key
    return "data" if key in _DATA else key if isinstance(value, list) else ""


def normal_form(text: str) -> str:
    """Return the code of a module with everything that follows fields in one order.

    Members of classes, keyword arguments, entries of dicts and of JSON, lines of texts.
    """
    return ast.dump(_Sorted().visit(ast.parse(text)))


class _Sorted(ast.NodeTransformer):
    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        node.body.sort(key=ast.dump)
        return node

    def visit_arguments(self, node: ast.arguments) -> ast.AST:
        self.generic_visit(node)
        pairs = zip(node.kwonlyargs, node.kw_defaults, strict=True)
        ordered = sorted(pairs, key=lambda pair: pair[0].arg)
        node.kwonlyargs = [arg for arg, _ in ordered]
        node.kw_defaults = [default for _, default in ordered]
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        self.generic_visit(node)
        pairs = zip(node.keys, node.values, strict=True)
        ordered = sorted(pairs, key=lambda p: ast.dump(p[0]) if p[0] else "")
        node.keys = [key for key, _ in ordered]
        node.values = [value for _, value in ordered]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        node.keywords.sort(key=lambda keyword: keyword.arg or "")
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str):
            node.value = _sorted_text(node.value)
        return node


def _sorted_text(text: str) -> str:
    try:
        return json.dumps(json.loads(text), sort_keys=True)
    except ValueError:
        return "\n".join(sorted(text.split("\n")))
