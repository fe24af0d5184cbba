"""Values of a document as text: equal values give equal text, in whatever order."""

from __future__ import annotations

from typing import Any

from ..model import ir


def canonical(value: Any) -> str:
    """Return a value as text; keys are in order, 1 is not True, and NaN is itself."""
    if isinstance(value, dict):
        pairs = sorted((repr(key), canonical(entry)) for key, entry in value.items())
        return f"{{{', '.join(f'{key}: {entry}' for key, entry in pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(canonical, value))}]"
    return repr(value)


def same_value(old: Any, new: Any) -> bool:
    """Tell whether two values are equal."""
    return old is new or canonical(old) == canonical(new)


def shown_default(stated: bool, value: Any) -> str:
    """Return a default for a message."""
    if not stated:
        return "none"
    return f"`{value if isinstance(value, str) else canonical(value)}`"


def examples_of(content: ir.Content) -> str:
    """Return the examples of a body, by name."""
    return canonical({example.name: example.value for example in content.examples})
