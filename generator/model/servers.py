"""Servers that a document declares: for all of it, for a path or for one operation."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir
from .addresses import is_absolute, is_relative


def servers_of(node: Node, diagnostics: Diagnostics) -> tuple[ir.Server, ...]:
    """Return the servers that a place declares, variables replaced by their defaults."""
    return tuple(_servers(node, diagnostics))


def _servers(node: Node, diagnostics: Diagnostics) -> Iterator[ir.Server]:
    for entry in node.elements("servers"):
        url = _url(entry)
        if is_absolute(url) or is_relative(url):
            if url:
                yield ir.Server(entry.pointer, url, entry.text("description"))
        else:
            diagnostics.warning(
                "odd-server",
                f"the client can't call {quoted(url)}: left out",
                at=f"{entry.pointer}/url",
                help="write https://host/path in ASCII, without user, query and fragment,"
                " and declare each variable in braces",
            )


def _url(node: Node) -> str:
    url = node.text("url").strip()
    for name, variable in node.entries("variables"):
        stated = variable.child("default")
        default = stated.value if stated else None
        # A number without quotes is a port; a list or a mapping says nothing.
        text = str(default) if isinstance(default, str | int | float) else ""
        url = url.replace(f"{{{name}}}", text)
    return url
