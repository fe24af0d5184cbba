"""Webhooks and callbacks to payloads: what a server of the user's own is sent.

A client calls nothing here. The types are built so that a server can decode what comes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..document.node import Node
from . import ir
from .media import is_json
from .path_items import methods_of
from .types import TypeBuilder


def build_payloads(root: Node, types: TypeBuilder) -> tuple[ir.Payload, ...]:
    """Return the JSON payload of every webhook and callback, in the document's order."""
    found = list(_payloads(root.entries("webhooks"), "", types))
    for path, entry in root.entries("paths"):
        if path.startswith("x-"):
            continue
        for method, node in methods_of(entry):
            owner = f"{entry.pointer}/{method}"
            for name, callback in node.entries("callbacks"):
                items = (
                    (name, item)
                    for address, item in callback.follow().entries()
                    if not address.startswith("x-")
                )
                found += _payloads(items, owner, types)
    return tuple(found)


def _payloads(
    items: Iterator[tuple[str, Node]], owner: str, types: TypeBuilder
) -> Iterator[ir.Payload]:
    for name, entry in items:
        if name.startswith("x-"):
            continue
        for method, node in methods_of(entry):
            body = node.child("requestBody")
            if body is None:
                continue
            for media_type, content in body.follow().sorted_entries("content"):
                if is_json(media_type):
                    yield ir.Payload(
                        content.pointer,
                        name,
                        method.upper(),
                        types.build(content.child("schema"), content.pointer),
                        node.text("summary") or node.text("description"),
                        owner,
                    )
                    break
