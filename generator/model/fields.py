"""What a schema says of the field that it describes, beside its type."""

from __future__ import annotations

from ..document.node import Node
from . import ir


def field_of(node: Node, wire_name: str, type_: ir.Type, required: bool) -> ir.Field:
    """Return the field of a schema; what it refers to describes it where it doesn't."""
    target = node.follow() if node.is_ref else node
    value = node.value if isinstance(node.value, dict) else {}
    return ir.Field(
        pointer=node.pointer,
        wire_name=wire_name,
        type=type_,
        required=required,
        description=node.text("description") or target.text("description"),
        deprecated=node.flag("deprecated") or target.flag("deprecated"),
        read_only=node.flag("readOnly"),
        write_only=node.flag("writeOnly"),
        default=value.get("default"),
        has_default="default" in value,
        example=value.get("example"),
    )
