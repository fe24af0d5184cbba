"""JSON pointers: `#/paths/~1a/get` to ("paths", "/a", "get") and back."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote


def escape(token: str) -> str:
    """Write one token as it stands in a pointer."""
    if "/" in token or "~" in token:
        return token.replace("~", "~0").replace("/", "~1")
    return token


def unescape(token: str) -> str:
    """Read what `escape` wrote."""
    return token.replace("~1", "/").replace("~0", "~")


def join(tokens: Iterable[str], file: str = "") -> str:
    """Write a pointer; `file` is empty for the document's first file."""
    safe = file.replace("%", "%25").replace("#", "%23")
    return f"{safe}#" + "".join([f"/{escape(token)}" for token in tokens])


def split(pointer: str) -> tuple[str, tuple[str, ...]]:
    """Read what `join` wrote: the file and the tokens."""
    safe, _, fragment = pointer.partition("#")
    file = safe.replace("%23", "#").replace("%25", "%")
    return file, tuple(unescape(token) for token in fragment.split("/")[1:])


def split_fragment(fragment: str) -> tuple[str, ...]:
    """Read the part of a `$ref` behind `#`, where percent escapes are legal too."""
    return tuple(unescape(unquote(token)) for token in fragment.split("/")[1:])


def steps(pointer: str) -> tuple[str, ...]:
    """Return the way to a place: ("paths", "/a", "get") for `#/paths/~1a/get`."""
    return split(pointer)[1]


def is_below(around: str, pointer: str) -> bool:
    """Tell whether a place is another one, or inside it."""
    return pointer == around or pointer.startswith(f"{around}/")
