"""Places and text of a document to what may stand in an overlay, whatever they hold.

A place becomes a JSONPath (RFC 9535), a text a comment or a double-quoted value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .pointers import steps

__all__ = ["comment", "double_quoted", "json_path", "overlay_action", "overlay_target"]

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Keys whose entries have a number; everywhere else digits are a name (`responses`).
_LISTS = ("allOf", "anyOf", "oneOf", "parameters", "prefixItems", "servers", "tags")


def overlay_action(pointer: str, update: str) -> str:
    """Return the action that changes a place: `{target: "$.info", update: {…}}`."""
    return f"{{target: {double_quoted(overlay_target(pointer))}, update: {{{update}}}}}"


def overlay_target(pointer: str) -> str:
    """Return the JSONPath of a place: `$.paths['/a'].get` for `#/paths/~1a/get`."""
    tokens = steps(pointer)
    return "$" + "".join(map(_step, ("", *tokens), tokens))


def _step(around: str, token: str) -> str:
    is_number = around in _LISTS and token.isdecimal()
    return _part(int(token) if is_number else token)


def double_quoted(text: str) -> str:
    """Return a double-quoted text as TOML and YAML both read it."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def comment(text: str) -> str:
    """Return text as it may stand in a comment: one line that hides nothing."""
    line = " ".join(text.split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)


def json_path(keys: Sequence[str | int], last: Sequence[str | int]) -> str:
    """Return the JSONPath of one or several elements of one parent (RFC 9535)."""
    parts = [*map(_part, keys)]
    if len(last) == 1:
        return f"${''.join([*parts, _part(last[0])])}"
    return f"${''.join(parts)}[{', '.join(map(_selector, last))}]"


def _part(key: str | int) -> str:
    if isinstance(key, str) and _PLAIN.fullmatch(key):
        return f".{key}"
    return f"[{_selector(key)}]"


def _selector(key: str | int) -> str:
    if isinstance(key, int):
        return str(key)
    return f"'{''.join(map(_named, key))}'"


def _named(character: str) -> str:
    """Escape one character of a name as RFC 9535 asks for."""
    if character in "'\\":
        return f"\\{character}"
    return f"\\u{ord(character):04x}" if character < " " else character
