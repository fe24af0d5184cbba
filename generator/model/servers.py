"""Servers that a document declares: for all of it, for a path or for one operation."""

from __future__ import annotations

from ..document.node import Node
from . import ir


def servers_of(node: Node) -> tuple[ir.Server, ...]:
    """Return the servers that a place declares, variables replaced by their defaults."""
    return tuple(
        _server(entry) for entry in node.elements("servers") if entry.text("url")
    )


def _server(node: Node) -> ir.Server:
    url = node.text("url").strip()
    for name, variable in node.entries("variables"):
        stated = variable.child("default")
        default = stated.value if stated else None
        # A number without quotes is a port; a list or a mapping says nothing.
        text = str(default) if isinstance(default, str | int | float) else ""
        url = url.replace(f"{{{name}}}", text)
    return ir.Server(node.pointer, url, node.text("description"))
