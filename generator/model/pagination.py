"""Which operations answer in pages, and where the items of a page stand.

An operation is paged when it takes whole numbers `limit` and `offset` and its answer is a
list, or an object with exactly one list of objects. An overlay decides otherwise with
`x-pagination: {items: <field>}`, or switches it off with `x-pagination: false`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..document.node import Node
from . import ir
from .composition import Resolve, without_null


def pagination_of(
    node: Node,
    parameters: Sequence[ir.Parameter],
    body_fields: Sequence[ir.Field],
    answer: ir.Type | None,
    resolve: Resolve,
) -> ir.Pagination | None:
    """Return how an operation is paged, or None."""
    stated = node.child("x-pagination")
    if answer is None or (stated is not None and stated.value is False):
        return None
    in_body = {f.wire_name for f in body_fields if _is_whole(f.type, resolve)}
    in_query = {
        p.wire_name
        for p in parameters
        if p.location == "query" and _is_whole(p.type, resolve)
    }
    if {"limit", "offset"} <= in_body:
        return _located("body", stated, answer, resolve)
    if {"limit", "offset"} <= in_query:
        return _located("query", stated, answer, resolve)
    return None


def _located(
    location: Literal["body", "query"],
    stated: Node | None,
    answer: ir.Type,
    resolve: Resolve,
) -> ir.Pagination | None:
    known = resolve(answer)
    if isinstance(known, ir.ArrayType):
        return ir.Pagination("", known.items, location)
    if not isinstance(known, ir.ObjectType):
        return None
    wanted = stated.text("items") if stated is not None else ""
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
