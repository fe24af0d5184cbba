"""A model as text, for reading and for comparing: one element a line, nested by indent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from . import ir

_STEP = "  "


def dump_model(api: ir.Api) -> str:
    """Return a model as text, in the document's order."""
    return "\n".join(_lines("api", api, 0)) + "\n"


def _lines(label: str, value: Any, depth: int) -> Iterator[str]:
    pad = _STEP * depth
    if is_dataclass(value) and not isinstance(value, type):
        plain, nested = _split(value)
        yield f"{pad}{label}: {type(value).__name__}{plain}"
        for name, inner in nested:
            yield from _lines(name, inner, depth + 1)
    elif isinstance(value, tuple):
        for entry in value:
            yield from _lines(label, entry, depth)
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            yield from _lines(f"{label} {key}", entry, depth)
    else:
        yield f"{pad}{label}: {value!r}"


def _split(value: Any) -> tuple[str, list[tuple[str, Any]]]:
    """Return the fields that fit on the line of an element, and those below it."""
    plain: list[str] = []
    nested: list[tuple[str, Any]] = []
    for field in fields(value):
        inner = getattr(value, field.name)
        if inner is None or inner is False or inner in ("", ()):
            continue
        if _holds_elements(inner):
            nested.append((field.name, inner))
        else:
            plain.append(f" {field.name}={inner!r}")
    return "".join(plain), nested


def _holds_elements(value: Any) -> bool:
    if is_dataclass(value):
        return True
    if isinstance(value, tuple):
        return any(is_dataclass(entry) for entry in value)
    return isinstance(value, Mapping) and any(is_dataclass(e) for e in value.values())
