"""A place of a document, said for people who write overlays and configuration.

A JSON pointer to the JSONPath that an overlay targets, and whether a place is one that an
entry of an ignore list means.
"""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from .document.pointers import split

# Keys whose entries have a number; everywhere else digits are a name (`responses`).
_LISTS = ("allOf", "anyOf", "oneOf", "parameters", "prefixItems", "servers", "tags")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def steps(pointer: str) -> tuple[str, ...]:
    """Return the way to a place: ("paths", "/a", "get") for `#/paths/~1a/get`."""
    return split(pointer)[1]


def overlay_target(pointer: str) -> str:
    """Return the JSONPath of a place: `$.paths['/a'].get` for `#/paths/~1a/get`."""
    tokens = steps(pointer)
    around = ("", *tokens)
    return "$" + "".join(map(_step, around, tokens))


def _step(around: str, token: str) -> str:
    if _WORD.fullmatch(token):
        return f".{token}"
    if around in _LISTS and token.isdecimal():
        return f"[{token}]"
    escaped = token.replace("\\", "\\\\").replace("'", "\\'")
    return f"['{escaped}']"


def is_below(around: str, pointer: str) -> bool:
    """Tell whether a place is another one, or inside it."""
    return pointer == around or pointer.startswith(f"{around}/")


def is_meant(wanted: str, pointer: str, file: str) -> bool:
    """Tell whether a pointer, a glob of pointers or a glob of files means a place."""
    if "#" not in wanted:
        return bool(file) and fnmatchcase(file, wanted)
    return (
        is_below(wanted, pointer)
        or fnmatchcase(pointer, wanted)
        or fnmatchcase(pointer, f"{wanted}/*")
    )
