"""Documented refusals to the enum of an operation's reasons and what it matches by."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from ...model import ir
from .. import docs, names
from ..view import EnumView, MemberView, RowView
from .annotations import Imports
from .models import enum_members


def reason_names(methods: Mapping[str, str]) -> dict[str, str]:
    """Return the names of the enums of reasons, by the pointer of the operation.

    `list_v1` and `list_v_1` are one class, though two methods.
    """
    return names.assign({p: [f"{names.camel(m)}Reason"] for p, m in methods.items()})


def reason_members(operation: ir.Operation) -> tuple[MemberView, ...]:
    """Return the members of an operation's enum of reasons, sorted by name."""
    values = sorted({case.name for case in operation.errors})
    return enum_members(values)


def reason_view(operation: ir.Operation, name: str, enum: str) -> EnumView:
    """Return the enum of the documented refusals of an operation."""
    doc = f"Why `{name}` is refused: `reason` of the error that it raises."
    return EnumView(
        enum,
        "StrEnum",
        docs.field_doc(doc, 4),
        reason_members(operation),
    )


def reason_rows(
    operation: ir.Operation, enum: str, imports: Imports
) -> tuple[RowView, ...]:
    """Return the documented bodies and codes of an operation's constant."""
    if not operation.errors:
        return ()
    members = {m.value: m.name for m in reason_members(operation)}

    def reason(case: ir.ErrorCase) -> str:
        return f"{enum}.{members[names.string(case.name)]}"

    rows = [RowView("reasons", enum)]
    cases = [
        names.raw_string(_compact([c.name, c.status, c.body]))
        for c in operation.errors
        if c.source != "row"
    ]
    codes = [
        f"Code({reason(c)}, {c.status}, {c.code})"
        for c in operation.errors
        if c.source == "row"
    ]
    if cases:
        rows.append(RowView("cases", names.tuple_of(cases)))
    if codes:
        imports.add("._operation", "Code")
        rows.append(RowView("codes", names.tuple_of(codes)))
    return tuple(rows)


def _compact(body: Any) -> str:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)
