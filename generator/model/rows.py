"""Rows of schemas that only lead to each other: long ones are cut, with a warning.

A list of lists of lists, or a union of unions of unions: nothing with fields of its own
ends such a row, so its type has to be written out whole. No reader follows forty of them,
and the stages behind would follow thousands into the end of their stack.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..diagnostics import Diagnostics
from . import ir
from .inner import inner_types

MOST = 40


def cut_rows(schemas: dict[str, ir.NamedSchema], diagnostics: Diagnostics) -> None:
    """Make schemas untyped that have too many others behind them without a field."""
    lengths: dict[str, int] = {}
    cut: list[str] = []
    for first in schemas:
        for pointer in _innermost_first(first, schemas, lengths):
            behind = (lengths.get(one, 0) for one in _next(schemas[pointer].type))
            lengths[pointer] = 1 + max(behind, default=-1)
            if lengths[pointer] > MOST:
                untyped = ir.AnyType(schemas[pointer].type.pointer)
                schemas[pointer] = replace(schemas[pointer], type=untyped)
                lengths[pointer] = 0
                cut.append(pointer)
    if cut:
        more = f", and {len(cut) - 1} further ones" if len(cut) > 1 else ""
        diagnostics.warning(
            "long-row",
            f"behind this schema{more} stand more than {MOST} others that only lead to"
            " each other: untyped",
            at=cut[0],
            help="shorten the row: let schemas name what they hold",
        )


def _innermost_first(
    first: str, schemas: dict[str, ir.NamedSchema], done: dict[str, int]
) -> Iterator[str]:
    """Yield what a schema leads to, and then itself, each once."""
    waiting = [first]
    entered: set[str] = set()
    while waiting:
        pointer = waiting[-1]
        if pointer in done or pointer not in schemas:
            waiting.pop()
        elif pointer in entered:
            waiting.pop()
            yield pointer
        else:
            entered.add(pointer)
            inside = _next(schemas[pointer].type)
            waiting += [one for one in inside if one not in entered]


def _next(type_: ir.Type) -> list[str]:
    """Return the schemas that a type leads to without a field in between."""
    found: list[str] = []
    waiting = [type_]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ir.RefType):
            found.append(one.target)
        elif not isinstance(one, ir.ObjectType):
            waiting += inner_types(one)
    return found
