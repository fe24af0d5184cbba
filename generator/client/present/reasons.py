"""Documented refusals to the enum of an operation's reasons."""

from __future__ import annotations

from ...model import ir
from .. import docs, names
from ..view import EnumView, MemberView
from .models import enum_members


def reason_name(method: str) -> str:
    """Return the name of an operation's enum of reasons."""
    return f"{names.camel(method)}Reason"


def reason_members(operation: ir.Operation) -> tuple[MemberView, ...]:
    """Return the members of an operation's enum of reasons, sorted by name."""
    values = sorted({case.name for case in operation.errors})
    return enum_members(values)


def reason_view(operation: ir.Operation, name: str) -> EnumView:
    """Return the enum of the documented refusals of an operation."""
    doc = f"Why `{name}` is refused: `reason` of the error that it raises."
    return EnumView(
        reason_name(name),
        "StrEnum",
        docs.docstring([doc], 4),
        reason_members(operation),
    )
