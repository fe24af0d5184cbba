"""Which operations answer in pages, and where the items of a page stand.

An operation is paged when it takes whole numbers `limit` and `offset` and its answer is a
list, or an object with exactly one list. An overlay decides otherwise with
`x-pagination: {items: <field>}`, or switches it off with `x-pagination: false`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..diagnostics import Diagnostics, quoted
from ..document.node import Node
from . import ir
from .composition import Resolve, without_null
from .extensions import misread

_KEY = "x-pagination"
_ASKED = frozenset({"limit", "offset"})
_Location = Literal["body", "query"]


def pagination_of(
    node: Node,
    parameters: Sequence[ir.Parameter],
    body_fields: Sequence[ir.Field],
    answer: ir.Type | None,
    resolve: Resolve,
    diagnostics: Diagnostics,
) -> ir.Pagination | None:
    """Return how an operation is paged, or None."""
    stated = node.child(_KEY)
    if stated is not None and stated.value is False:
        return None
    wanted = stated.text("items") if stated is not None else ""
    if stated is not None and (not wanted or len(stated.value) > 1):
        misread(stated, "`items`, or false", "{items: records}", diagnostics)
        return None
    whole: dict[_Location, set[str]] = {
        "body": {f.wire_name for f in body_fields if _is_whole(f.type, resolve)},
        "query": {
            p.wire_name
            for p in parameters
            if p.location == "query" and _is_whole(p.type, resolve)
        },
    }
    fitting: list[_Location] = [at for at, names in whole.items() if names >= _ASKED]
    location = fitting[0] if fitting else None
    found = None
    if location is not None and answer is not None:
        found = _located(location, wanted, answer, resolve)
    if found is None and stated is not None:
        why = "takes no whole numbers `limit` and `offset`"
        if location is not None:
            why = f"answers no list {quoted(wanted)}"
        diagnostics.warning(
            "unmatched-pagination",
            f"`{_KEY}` makes no pages here: the operation {why}",
            at=stated.pointer,
            help="name the field of the answer that holds the items, or take it out",
        )
    return found


def _located(
    location: _Location,
    wanted: str,
    answer: ir.Type,
    resolve: Resolve,
) -> ir.Pagination | None:
    known = resolve(answer)
    if isinstance(known, ir.ArrayType):
        return ir.Pagination("", known.items, location)
    if not isinstance(known, ir.ObjectType):
        return None
    lists = [
        (field.wire_name, items)
        for field in known.fields
        if (items := _items(field, resolve)) is not None
        and field.wire_name == (wanted or field.wire_name)
    ]
    if len(lists) != 1:
        return None
    name, item_type = lists[0]
    total = "total" if any(f.wire_name == "total" for f in known.fields) else ""
    return ir.Pagination(name, item_type, location, total=total)


def _items(field: ir.Field, resolve: Resolve) -> ir.Type | None:
    known = without_null(field.type, resolve)
    return known.items if isinstance(known, ir.ArrayType) else None


def _is_whole(type_: ir.Type, resolve: Resolve) -> bool:
    known = resolve(type_)
    return isinstance(known, ir.NumberType) and known.integer
