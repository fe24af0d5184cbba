"""Whether a stated default is of its type at all."""

from __future__ import annotations

from typing import Any

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir


def check_default(node: Node, type_: ir.Type, diagnostics: Diagnostics) -> None:
    """Warn of a default that its own schema refuses. It stays in the docstring as text."""
    if not isinstance(node.value, dict) or "default" not in node.value:
        return
    default = node.value["default"]
    if not fits(type_, default):
        diagnostics.warning(
            "wrong-default",
            f"the default {quoted(default)} is not of the type of its schema",
            at=f"{node.pointer}/default",
            help="correct the default or the type; a caller sees it as text only",
        )


def fits(type_: ir.Type, value: Any) -> bool:
    """Tell whether a value is of a type, as far as its kind and its enum go."""
    match type_:
        case _ if value is None:
            return True  # "no default" in the words of many documents
        case ir.NullableType():
            return fits(type_.inner, value)
        case ir.StringType():
            return isinstance(value, str)
        case ir.BooleanType():
            return isinstance(value, bool)
        case ir.NumberType():
            if isinstance(value, float):
                return not type_.integer or value.is_integer()
            return isinstance(value, int) and not isinstance(value, bool)
        case ir.DecimalType():
            return isinstance(value, str | int | float) and not isinstance(value, bool)
        case ir.EnumType():
            return value in type_.values or str(value) in map(str, type_.values)
        case ir.ArrayType() | ir.TupleType():
            return isinstance(value, list)
        case ir.MapType() | ir.ObjectType():
            return isinstance(value, dict)
        case _:
            return True
