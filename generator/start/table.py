"""The answers of a person to the table of options, as TOML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..overlay_text import double_quoted

__all__ = ["table_text"]


def table_text(name: str, options: Mapping[str, str | bool | Sequence[str]]) -> str:
    """Return a table with some options, in their order."""
    lines = [f"[tool.{name}]"]
    for key, value in options.items():
        lines.append(f"{key} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: str | bool | Sequence[str]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return double_quoted(value)
    return f"[{', '.join(map(double_quoted, value))}]"
