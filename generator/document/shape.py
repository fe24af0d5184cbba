"""Whether mappings and lists stand where operations live.

These are errors: behind a list that should be a mapping, operations would be lost
without a word. What is odd elsewhere is `parse`'s business and a warning.
"""

from __future__ import annotations

import re

from ..diagnostics import Diagnostics, quoted
from ..pointers import join
from ..spelling import near
from .grammar import METHODS, SECTIONS
from .labels import describe_place
from .legal_shapes import SHAPES_31
from .node import Document, Node

_PATH_ITEM_KEYS = ("$ref", "summary", "description", "servers", "parameters", *METHODS)
_KEYS = {
    kind: {key.rstrip("!") for key in SHAPES_31[kind]}
    for kind in ("operation", "parameter", "request body", "response")
}
_ALIKE = 0.8  # `type`, of Swagger 2.0, is no misspelt `style`
_STATUS = re.compile(r"[1-5](?:[0-9][0-9]|XX)|default")


def describe_value(value: object) -> str:
    """Say what kind of value it is: "a text", "a list"."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a mapping"


def check_containers(document: Document, diagnostics: Diagnostics) -> set[str]:
    """Report wrong containers; return the pointers that are already spoken for."""
    check = _Check(document, diagnostics)
    root = document.root
    for name in ("paths", "webhooks"):
        for path, item in check.mapping(root, name, f"`{name}`"):
            if not path.startswith("x-"):
                check.path_item(item)
    for section, node in check.mapping(root, "components", "`components`"):
        if section in SECTIONS:
            named = check.mapping_at(node, f"`{section}`")
            check.components(section, named)
    return check.reported


class _Check:
    def __init__(self, document: Document, diagnostics: Diagnostics) -> None:
        self.document = document
        self.diagnostics = diagnostics
        self.reported: set[str] = set()

    def mapping(self, node: Node, key: str, what: str) -> list[tuple[str, Node]]:
        inner = node.child(key)
        return [] if inner is None else self.mapping_at(inner, what)

    def mapping_at(
        self, node: Node, what: str, *, optional: bool = True
    ) -> list[tuple[str, Node]]:
        """The entries; nothing, and an error, where it is no mapping."""
        if isinstance(node.value, dict):
            return list(node.entries())
        if node.value is not None or not optional:
            self.error(node, what, "a mapping")
        return []

    def list_of(self, node: Node, key: str) -> list[Node]:
        inner = node.child(key)
        if inner is None or inner.value is None:
            return []
        if not isinstance(inner.value, list):
            self.error(inner, f"`{key}`", "a list")
        return list(inner.elements())

    def path_item(self, node: Node) -> None:
        for key, inner in self.mapping_at(node, f"the path {quoted(node.key)}"):
            if key in METHODS:
                self.operation(inner)
            elif key not in _PATH_ITEM_KEYS and not key.startswith("x-"):
                self.unknown_key(inner, key)
        for parameter in self.list_of(node, "parameters"):
            self.parameter(parameter)

    def unknown_key(self, node: Node, key: str) -> None:
        """A misspelt method would lose its operation, so it is an error."""
        value = node.value
        meant = key.lower() if key.lower() in METHODS else ""
        if not meant and isinstance(value, dict) and "responses" in value:
            meant = near(key, METHODS) or "?"
        if not meant:
            return
        self.reported.add(node.pointer)
        methods = ", ".join(METHODS)
        self.diagnostics.error(
            "unknown-method",
            f"{quoted(key)} is no method of OpenAPI",
            at=node.pointer,
            help=(
                f"methods are {methods}" if meant == "?" else f"did you mean `{meant}`?"
            ),
        )

    def operation(self, node: Node) -> None:
        if not self.mapping_at(node, f"the operation `{node.key}`", optional=False):
            return
        self.spelling(node, "operation")
        for parameter in self.list_of(node, "parameters"):
            self.parameter(parameter)
        body = node.child("requestBody")
        if body is not None:
            self.mapping_at(body, "`requestBody`")
            self.spelling(body, "request body")
            self.content(body)
        for code, answer in self.mapping(node, "responses", "`responses`"):
            if code.startswith("x-"):
                continue
            if not _STATUS.fullmatch(code):
                self.odd_code(answer, code)
            self.response(answer)
        for _, callback in node.entries("callbacks"):
            for path, item in callback.entries():
                if path != "$ref" and not path.startswith("x-"):
                    self.path_item(item)

    def parameter(self, node: Node) -> None:
        self.mapping_at(node, "a parameter", optional=False)
        self.spelling(node, "parameter")
        self.content(node)

    def response(self, node: Node) -> None:
        self.mapping_at(node, f"the answer {quoted(node.key)}")
        self.spelling(node, "response")
        self.content(node)

    def content(self, node: Node) -> None:
        self.mapping(node, "content", "`content`")

    def components(self, section: str, named: list[tuple[str, Node]]) -> None:
        for _, node in named:
            if section == "parameters":
                self.parameter(node)
            elif section == "responses":
                self.response(node)
            elif section == "requestBodies":
                self.mapping_at(node, f"the request body {quoted(node.key)}")
                self.spelling(node, "request body")
                self.content(node)
            elif section == "pathItems":
                self.path_item(node)

    def spelling(self, node: Node, kind: str) -> None:
        """Warn of a key that is nearly a known one: what it holds is lost otherwise."""
        given = dict(node.entries())
        for key, inner in given.items():
            if key in _KEYS[kind] or key.startswith(("x-", "$")):
                continue
            meant = near(key, _KEYS[kind] - given.keys(), _ALIKE)
            if meant:
                self.reported.add(join((*node.tokens, meant)))  # it is missing, then
                self.diagnostics.warning(
                    "invalid-openapi",
                    f"this {kind} has an unknown key, {quoted(key)}",
                    at=inner.pointer,
                    help=f"did you mean `{meant}`?",
                    label=self.label(inner),
                )

    def odd_code(self, node: Node, code: str) -> None:
        range_of = re.fullmatch(r"([1-5])[xX]{2}", code)
        self.diagnostics.warning(
            "odd-response-key",
            f"{quoted(code)} is no HTTP status",
            at=node.pointer,
            help=(
                f"write `{range_of[1]}XX`"
                if range_of
                else "write a status such as `200`, a range such as `4XX`, or `default`"
            ),
            label=self.label(node),
        )

    def error(self, node: Node, what: str, wanted: str) -> None:
        pointer = node.pointer
        self.reported.add(pointer)
        self.diagnostics.error(
            "wrong-shape",
            f"{what} must be {wanted}, and is {describe_value(node.value)}",
            at=pointer,
            help=f"write {wanted} here, or remove it",
            label=self.label(node),
        )

    def label(self, node: Node) -> str:
        return describe_place(self.document, node.tokens)
