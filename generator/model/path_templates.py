"""The path of an operation: its text, and the parameters that its braces name."""

from __future__ import annotations

import re
from urllib.parse import unquote

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node

_IN_PATH = re.compile(r"\{([^{}]*)\}")
_ASKED = re.compile(r"\{[?&][^{}]*\}")  # a query as in RFC 6570: {?page,limit}


def names_in(path: str) -> list[str]:
    """Return the names of the parameters of a path, each once."""
    return [name for name in dict.fromkeys(_IN_PATH.findall(path)) if name.strip()]


def path_of(path: str, entry: Node, diagnostics: Diagnostics) -> str:
    """Return a path as it is sent; report what can't be sent as it stands.

    Behind the address of a server a path without a slash would name another host.
    """
    if _ASKED.search(path):
        diagnostics.warning(
            "query-in-path",
            f"the braces with `?` or `&` in the path {quoted(path)} are never sent",
            at=entry.pointer,
            help="declare what they list as query parameters",
        )
        path = _ASKED.sub("", path)
    fault, help_ = _fault(path)
    if fault:
        diagnostics.error(
            "malformed-path",
            f"{fault} in the path {quoted(path)}",
            at=entry.pointer,
            help=help_,
        )
    if "#" in path:
        diagnostics.warning(
            "fragment-in-path",
            f"what follows `#` in the path {quoted(path)} is never sent",
            at=entry.pointer,
            help="remove it, in an overlay if need be",
        )
    if "?" in path.partition("#")[0]:
        diagnostics.warning(
            "query-in-path",
            f"the path {quoted(path)} holds a query: it is sent as one",
            at=entry.pointer,
            help="declare what follows `?` as query parameters",
        )
    if path.startswith("/"):
        return path
    diagnostics.warning(
        "relative-path",
        f"the path {quoted(path)} does not begin with `/`: one is put in front",
        at=entry.pointer,
        help="write the slash into the document",
    )
    return f"/{path}"


def _fault(path: str) -> tuple[str, str]:
    """Return what can't stand in a path, and what to do about it; empty for nothing."""
    braces = "write it as `/pets/{petId}`, each parameter in a pair of braces"
    if any(not name.strip() for name in _IN_PATH.findall(path)):
        return "a parameter without a name", braces
    if set(_IN_PATH.sub("", path)) & set("{}"):
        return "a brace without its partner", braces
    if any(not char.isprintable() for char in path):
        return "a character that can't be seen", "remove it, or write it as `%0A`"
    if any(segment in (".", "..") for segment in unquote(path).split("/")):
        return "a segment that leads elsewhere", "write the path that it leads to"
    return "", ""
