"""Objects field by field: added, removed, renamed, and what each field became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..model import ir
from .findings import Change, Side
from .prose import said
from .renames import Named, pair_renamed
from .values import same_value, shown_default

if TYPE_CHECKING:
    from .types import Link, Types


class Objects:
    """Compares objects with `types`, which compares their fields."""

    def __init__(self, types: Types) -> None:
        self._types = types

    def changes(
        self,
        old: ir.ObjectType | ir.MapType,
        new: ir.ObjectType | ir.MapType,
        side: Side,
    ) -> Iterator[Change | Link]:
        """Yield what changed inside an object."""
        before, after = _travelling(_fields(old), _fields(new), side)
        known = {f.wire_name: f for f in after}
        shared = [(f, known[f.wire_name]) for f in before if f.wire_name in known]
        names = {f.wire_name for f, _ in shared}
        gone = [f for f in before if f.wire_name not in names]
        come = [f for f in after if f.wire_name not in names]
        for one, other in shared:
            yield from self._both(one, other, side)
        alike = self._alike(gone, come, side)
        for one, other, confidence in alike:
            yield from self._renamed(one, other, side, confidence)
        paired = {id(f) for one, other, _ in alike for f in (one, other)}
        refusing = self._types.new.constraints.get(new.pointer, {}).get("closed")
        for field in gone:
            if id(field) not in paired:
                yield self._gone(field, new.pointer, side, bool(refusing))
        for field in come:
            if id(field) not in paired:
                yield self._come(field, old.pointer, side)
        yield from self._extra(old, new, side)

    def _alike(
        self, gone: Sequence[ir.Field], come: Sequence[ir.Field], side: Side
    ) -> list[tuple[ir.Field, ir.Field, float]]:
        return pair_renamed(
            gone,
            come,
            lambda f: Named(f.wire_name, f.description, f.example),
            lambda one, other: self._types.same(one.type, other.type, side),
        )

    def _renamed(
        self, old: ir.Field, new: ir.Field, side: Side, confidence: float
    ) -> Iterator[Change | Link]:
        names = (old.wire_name, new.wire_name)
        change = self._types.change(
            "field-renamed", side, old.pointer, new.pointer, names[0], *names
        )
        yield replace(
            change,
            old_path=(names[0],),
            new_path=(names[1],),
            confidence=confidence,
        )
        for found in self._both(old, new, side):
            path = found.new_path
            if path is not None:
                path = (names[1], *path[1:])
            yield replace(found, new_path=path)

    def _gone(self, field: ir.Field, pointer: str, side: Side, refused: bool) -> Change:
        rule = "field-removed"
        if side == "request" and refused:
            rule = "field-refused"
        change = self._types.change(rule, side, field.pointer, pointer, field.wire_name)
        return replace(change, old_path=(field.wire_name,), new_path=None)

    def _come(self, field: ir.Field, pointer: str, side: Side) -> Change:
        rule = "field-added"
        if side == "request" and field.required and not field.supplied:
            rule = "field-added-required"
        change = self._types.change(rule, side, pointer, field.pointer, field.wire_name)
        return replace(change, old_path=None, new_path=(field.wire_name,))

    def _both(
        self, old: ir.Field, new: ir.Field, side: Side
    ) -> Iterator[Change | Link]:
        """Yield what became of one field."""
        name, path = old.wire_name, (old.wire_name,)
        if old.supplied and new.supplied:
            yield from self._supplied(old, new, side)
            return

        def change(what: str, before: str = "", after: str = "") -> Change:
            return self._types.change(
                what, side, old.pointer, new.pointer, name, before, after, path
            )

        if side == "request" and old.read_only != new.read_only:
            yield change("read-only" if new.read_only else "not-read-only")
        elif old.required != new.required:
            yield change("field-required" if new.required else "field-optional")
        if side != "request" and old.write_only != new.write_only:
            yield change("write-only" if new.write_only else "not-write-only")
        if old.deprecated != new.deprecated:
            yield change("deprecated" if new.deprecated else "not-deprecated")
        yield from self._types.inside(old.type, new.type, side, name, path)
        if side == "request" and _default(old) != _default(new):
            yield change("default-changed", _default(old), _default(new))
        for what, before, after in said(old.description, new.description):
            yield change(what, before, after)
        if not same_value(old.example, new.example):
            yield change("example")

    def _supplied(self, old: ir.Field, new: ir.Field, side: Side) -> Iterator[Change]:
        found = list(self._types.changes(old.type, new.type, side, old.wire_name))
        if old.required == new.required and not any(
            not change.rule.endswith(("-described", "-example")) for change in found
        ):
            return
        kinds = [
            c for c in found if c.rule.endswith(("changed", "widened", "narrowed"))
        ]
        before, after = (kinds[0].before, kinds[0].after) if kinds else ("", "")
        if not kinds:
            after = "required" if new.required else "optional"
        change = Change(
            "request-supplied",
            side,
            old.pointer,
            new.pointer,
            old.wire_name,
            before,
            after,
        )
        yield replace(change, old_path=None, new_path=None)

    def _extra(
        self,
        old: ir.ObjectType | ir.MapType,
        new: ir.ObjectType | ir.MapType,
        side: Side,
    ) -> Iterator[Change | Link]:
        before, after = _values(old), _values(new)
        one = before or ir.AnyType(old.pointer)
        other = after or ir.AnyType(new.pointer)
        if isinstance(one, ir.AnyType) and isinstance(other, ir.AnyType):
            return
        if before is None and after is not None and isinstance(old, ir.ObjectType):
            one = ir.AnyType(old.pointer)
        yield from self._types.inside(one, other, side, "any other field")


def _fields(type_: ir.ObjectType | ir.MapType) -> tuple[ir.Field, ...]:
    return type_.fields if isinstance(type_, ir.ObjectType) else ()


def _travelling(
    old: Sequence[ir.Field], new: Sequence[ir.Field], side: Side
) -> tuple[list[ir.Field], list[ir.Field]]:
    """Return the fields that travel on a side, before or after.

    A field that is only answered from now on is not gone, and one that was is new only
    where it has to be sent.
    """
    if side != "request":
        return list(old), list(new)
    known = {f.wire_name for f in old if not f.read_only}
    free = {f.wire_name for f in new if not f.read_only and not f.required}
    return (
        [f for f in old if not f.read_only or f.wire_name in free],
        [f for f in new if not f.read_only or f.wire_name in known],
    )


def _values(type_: ir.ObjectType | ir.MapType) -> ir.Type | None:
    return type_.values if isinstance(type_, ir.MapType) else type_.extra


def _default(field: ir.Field) -> str:
    return shown_default(field.has_default, field.default)
