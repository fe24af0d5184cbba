"""One type against another: what changed for who sends it, or for who reads it.

A request is contravariant (the server may ask for less, never for more), an answer is
covariant (it may hold less, never more). Here each difference is only said to make the
set of values smaller, larger or other; `rules` knows what that means on which side.
References are followed, so that where a schema stands makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..model import ir
from .findings import Change, Model, Path, Side
from .limits import compared, kind_of
from .objects import Objects
from .shapes import direction_of, plain, shown

_PREFIX: dict[Side, str] = {
    "request": "request",
    "response": "response",
    "errors": "error",
    "operation": "operation",
}


Key = tuple[str, str, str, Side]


@dataclass(frozen=True, slots=True)
class Link:
    """Two types that a reference leads to, and the way to the place that refers."""

    old: ir.Type
    new: ir.Type
    side: Side
    name: str  # what people call the value there
    old_path: Path | None
    new_path: Path | None

    @property
    def key(self) -> Key:
        """What is equal for links to the same types."""
        return (self.old.pointer, kind_of(self.old), self.new.pointer, self.side)

    def placed(self, found: Change | Link) -> Change | Link:
        """Return what was found behind the link, as seen from where it is."""
        at_top = found.old_path == () == found.new_path
        return replace(
            found,
            name=self.name if at_top else found.name,
            old_path=_joined(self.old_path, found.old_path),
            new_path=_joined(self.new_path, found.new_path),
        )


def _joined(path: Path | None, rest: Path | None) -> Path | None:
    return None if path is None or rest is None else (*path, *rest)


def _refers(type_: ir.Type) -> bool:
    inner = type_.inner if isinstance(type_, ir.NullableType) else type_
    return isinstance(inner, ir.RefType)


class Types:
    """Compares types of two documents; schemas that both name are compared once."""

    def __init__(self, old: Model, new: Model) -> None:
        self.old = old
        self.new = new
        self._units: dict[Key, tuple[Change | Link, ...]] = {}
        self._clean: set[Key] = set()
        self._objects = Objects(self)

    def changes(
        self, old: ir.Type, new: ir.Type, side: Side, name: str, path: Path = ()
    ) -> Iterator[Change]:
        """Yield what changed; `name` is what people call the value, `path` where it is.

        References are followed here and not by recursion: chains of schemas may be long.
        """
        stack = [iter(tuple(self.inside(old, new, side, name, path)))]
        passed: set[Key] = set()
        is_clean = True
        while stack:
            found = next(stack[-1], None)
            if found is None:
                stack.pop()
            elif isinstance(found, Change):
                is_clean = False
                yield found
            elif found.key not in self._clean:
                unit = self._unit(found)
                # One that leads on is entered once; what ends there is said each time.
                leads_on = any(isinstance(each, Link) for each in unit)
                if found.key not in passed or not leads_on:
                    stack.append(iter([found.placed(each) for each in unit]))
                passed.add(found.key)
        if is_clean:
            self._clean |= passed

    def inside(
        self, old: ir.Type, new: ir.Type, side: Side, name: str, path: Path = ()
    ) -> Iterator[Change | Link]:
        """Yield what changed up to the next references, and the references themselves."""
        before, null_before = plain(self.old, old)
        after, null_after = plain(self.new, new)
        if null_before != null_after and not _says_nothing(before, after):
            what = "nullable" if null_after else "not-nullable"
            yield self.change(what, side, old.pointer, new.pointer, name, path=path)
        link = Link(before, after, side, name, path, path)
        if _refers(old) or _refers(new):
            yield link
        else:
            for found in self._bare(before, after, side, name):
                yield link.placed(found)

    def _unit(self, link: Link) -> tuple[Change | Link, ...]:
        """Return what changed behind a reference, whoever refers."""
        if link.key not in self._units:
            self._units[link.key] = ()  # a union that holds itself asks again
            found = tuple(self._bare(link.old, link.new, link.side, link.name))
            self._units[link.key] = found
        return self._units[link.key]

    def same(self, old: ir.Type, new: ir.Type, side: Side = "response") -> bool:
        """Tell whether two types hold the same values, whatever is said of them."""
        found = self.changes(old, new, side, "")
        return all(change.rule.endswith(_SILENT) for change in found)

    def change(
        self,
        what: str,
        side: Side,
        old: str,
        new: str,
        name: str,
        before: str = "",
        after: str = "",
        path: Path = (),
    ) -> Change:
        """Return a change of the rule that a side has for what happened."""
        rule = f"{_PREFIX[side]}-{what}"
        return Change(rule, side, old, new, name, before, after, path, path)

    def _bare(
        self, old: ir.Type, new: ir.Type, side: Side, name: str
    ) -> Iterator[Change | Link]:
        yield from self._demands(old, new, side, name)
        match old, new:
            case ir.AnyType(), ir.AnyType():
                return
            case ir.UnionType(), _:
                yield from self._union(old, new, side, name)
            case _, ir.UnionType():
                yield from self._union(old, new, side, name)
            case (ir.ObjectType() | ir.MapType(), ir.ObjectType() | ir.MapType()):
                yield from self._objects.changes(old, new, side)
            case ir.ArrayType(), ir.ArrayType():
                yield from self.inside(old.items, new.items, side, name)
            case ir.TupleType(), ir.TupleType() if len(old.items) == len(new.items):
                for one, other in zip(old.items, new.items, strict=True):
                    yield from self.inside(one, other, side, name)
            case ir.EnumType(), ir.EnumType() if old.base == new.base:
                yield from self._values(old, new, side, name)
            case _:
                yield from self._kinds(old, new, side, name)

    def _demands(
        self, old: ir.Type, new: ir.Type, side: Side, name: str
    ) -> Iterator[Change]:
        before = self.old.constraints.get(old.pointer, {})
        after = self.new.constraints.get(new.pointer, {})
        if before == after:
            return
        for key, what, one, other in compared(before, after):
            group = "pattern" if key == "pattern" else "limit"
            yield self.change(
                f"{group}-{what}", side, old.pointer, new.pointer, name, one, other
            )
        if before.get("closed", False) != after.get("closed", False):
            what = "closed" if after.get("closed") else "opened"
            yield self.change(what, side, old.pointer, new.pointer, name)
        lost = set(after.get("undeclared", ())) - set(before.get("undeclared", ()))
        for missing in sorted(lost):
            yield self.change(
                "undeclared", side, old.pointer, new.pointer, name, "", f"`{missing}`"
            )
        found = set(before.get("undeclared", ())) - set(after.get("undeclared", ()))
        for missing in sorted(found):
            yield self.change(
                "declared", side, old.pointer, new.pointer, name, f"`{missing}`", ""
            )

    def _values(
        self, old: ir.EnumType, new: ir.EnumType, side: Side, name: str
    ) -> Iterator[Change]:
        for value in [v for v in old.values if v not in new.values]:
            yield self.change(
                "value-removed", side, old.pointer, new.pointer, name, f"`{value}`"
            )
        for value in [v for v in new.values if v not in old.values]:
            yield self.change(
                "value-added", side, old.pointer, new.pointer, name, "", f"`{value}`"
            )

    def _kinds(
        self, old: ir.Type, new: ir.Type, side: Side, name: str
    ) -> Iterator[Change]:
        direction = direction_of(old, new)
        if direction:
            yield self.change(
                f"type-{direction}",
                *(side, old.pointer, new.pointer, name),
                *(shown(old), shown(new)),
            )

    def _union(
        self, old: ir.Type, new: ir.Type, side: Side, name: str
    ) -> Iterator[Change | Link]:
        """Pair the options of two unions; a type that is none is its only option."""
        gone, come = _options(old), _options(new)
        for one in tuple(gone):
            twin = next((o for o in come if self.same(one, o)), None)
            if twin is not None:
                yield from self.inside(one, twin, side, name)  # what is said of it
                gone.remove(one)
                come.remove(twin)
        place = (side, old.pointer, new.pointer, name)
        texts = (shown(old), shown(new))
        if not isinstance(old, ir.UnionType) and gone and _holds(self.new, come):
            yield self.change("wrapped", *place, *texts)
            return
        if not isinstance(new, ir.UnionType) and come and _holds(self.old, gone):
            yield self.change("unwrapped", *place, *texts)
            return
        for one in tuple(gone):  # an option that became another one
            twin = next((o for o in come if self._akin(one, o)), None)
            if twin is not None:
                yield from self.inside(one, twin, side, name)
                gone.remove(one)
                come.remove(twin)
        if gone and come:
            yield self.change("type-changed", *place, *texts)
        elif gone or come:
            what = "type-narrowed" if gone else "type-widened"
            yield self.change(what, *place, *texts)

    def _akin(self, old: ir.Type, new: ir.Type) -> bool:
        if isinstance(old, ir.RefType) and isinstance(new, ir.RefType):
            return old.target.rsplit("/", 1)[-1] == new.target.rsplit("/", 1)[-1]
        one, other = plain(self.old, old)[0], plain(self.new, new)[0]
        if isinstance(one, ir.ObjectType) and isinstance(other, ir.ObjectType):
            names = {f.wire_name for f in one.fields}
            return bool(names & {f.wire_name for f in other.fields})
        return kind_of(one) == kind_of(other) != "object"


_SILENT = ("-described", "-example", "-default-changed", "deprecated", "-declared")


def _options(type_: ir.Type) -> list[ir.Type]:
    return list(type_.options) if isinstance(type_, ir.UnionType) else [type_]


def _holds(model: Model, options: list[ir.Type]) -> bool:
    """Tell whether options are objects, two at least."""
    kinds = [kind_of(plain(model, option)[0]) for option in options]
    return len(kinds) > 1 and all(kind == "object" for kind in kinds)


def _says_nothing(old: ir.Type, new: ir.Type) -> bool:
    return isinstance(old, ir.AnyType) or isinstance(new, ir.AnyType)
