"""What an operation is called with: parameters and bodies of both documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ..model import ir
from .findings import Change
from .limits import compared
from .prose import said
from .renames import Named, pair_renamed
from .types import Types
from .values import examples_of, same_value, shown_default

_IN_PATH = re.compile(r"\{([^}]*)\}")
_Paired = tuple[ir.Parameter, ir.Parameter]


class Bodies:
    """Compares what two operations take."""

    def __init__(self, types: Types) -> None:
        self._types = types

    def changes(self, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
        """Yield what changed for who calls an operation."""
        yield from self._parameters(old, new)
        yield from self._unused(old, new)
        yield from self._body(old, new)

    def _unused(self, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
        """Yield parameters that the path has no place for, where they differ."""
        before = self._types.old.constraints.get(old.pointer, {})
        after = self._types.new.constraints.get(new.pointer, {})
        for name, what, one, other in compared(before, after):
            if name in before and name in after:
                yield Change(
                    f"request-limit-{what}", "request", old.pointer, new.pointer, name,
                    one, other, None, None,
                )  # fmt: skip

    def _parameters(self, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
        gone, come = list(old.parameters), list(new.parameters)
        for one, other in [*_by_place(old, new), *_by_name(gone, come)]:
            if one in gone and other in come:
                gone.remove(one)
                come.remove(other)
                yield from self._both(one, other)
        for one, other, sure in pair_renamed(
            gone,
            come,
            lambda p: Named(p.wire_name, p.description, p.example),
            lambda a, b: a.location == b.location
            and self._types.same(a.type, b.type, "request"),
        ):
            if one.location == other.location:
                gone.remove(one)
                come.remove(other)
                change = self._change(
                    "field-renamed", one, other, one.wire_name, other.wire_name
                )
                yield replace(change, confidence=sure)
                yield from self._both(one, other)
        for one in gone:
            yield Change(
                "request-field-removed", "request", one.pointer, new.pointer,
                one.wire_name, old_path=(one.wire_name,), new_path=None,
            )  # fmt: skip
        for other in come:
            rule = "field-added-required" if other.required else "field-added"
            yield Change(
                f"request-{rule}", "request", old.pointer, other.pointer,
                other.wire_name, old_path=None, new_path=(other.wire_name,),
            )  # fmt: skip

    def _both(self, old: ir.Parameter, new: ir.Parameter) -> Iterator[Change]:
        if old.wire_name != new.wire_name and old.location == "path":
            yield replace(
                self._change("path-name", old, new, old.wire_name, new.wire_name),
                confidence=1.0,
            )
        if old.location != new.location:
            yield self._change("field-placed", old, new, old.location, new.location)
        elif _style(old) != _style(new) and (
            _is_composed(old, self._types) or _is_composed(new, self._types)
        ):
            yield self._change("field-written", old, new, _style(old), _style(new))
        if old.required != new.required:
            yield self._change(
                "field-required" if new.required else "field-optional", old, new
            )
        if old.deprecated != new.deprecated:
            yield self._change(
                "deprecated" if new.deprecated else "not-deprecated", old, new
            )
        for change in self._types.changes(
            old.type, new.type, "request", old.wire_name, (old.wire_name,)
        ):
            yield _called(change, new.wire_name)
        if _default(old) != _default(new):
            yield self._change(
                "default-changed", old, new, _default(old), _default(new)
            )
        for what, before, after in said(old.description, new.description):
            yield self._change(what, old, new, before, after)
        if not same_value(old.example, new.example):
            yield self._change("example", old, new)

    def _change(
        self,
        what: str,
        old: ir.Parameter,
        new: ir.Parameter,
        before: str = "",
        after: str = "",
    ) -> Change:
        return Change(
            f"request-{what}", "request", old.pointer, new.pointer, old.wire_name,
            before, after, (old.wire_name,), (new.wire_name,),
        )  # fmt: skip

    def _body(self, old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
        one, other = old.body, new.body
        if one is None or other is None:
            yield from _one_body(old, new)
            return
        if one.required != other.required:
            rule = "body-required" if other.required else "body-optional"
            yield Change(rule, "request", one.pointer, other.pointer)
        known = {content.media_type: content for content in other.content}
        for content in one.content:
            twin = known.pop(content.media_type, None)
            if twin is None:
                yield Change(
                    "request-media-removed", "request", content.pointer,
                    other.pointer, content.media_type, content.media_type,
                )  # fmt: skip
                continue
            yield from self._types.changes(content.type, twin.type, "request", "body")
            if examples_of(content) != examples_of(twin):
                yield Change(
                    "request-example", "request", content.pointer, twin.pointer, "body"
                )
        for content in known.values():
            yield Change(
                "request-media-added", "request", one.pointer, content.pointer,
                content.media_type, "", content.media_type,
            )  # fmt: skip


def _one_body(old: ir.Operation, new: ir.Operation) -> Iterator[Change]:
    if new.body is not None:
        rule = "body-added-required" if _demands(new.body) else "body-added"
        yield Change(
            rule, "request", old.pointer, new.body.pointer, "body", old_path=None
        )
    elif old.body is not None:
        yield Change(
            "body-removed", "request", old.body.pointer, new.pointer, "body",
            new_path=None,
        )  # fmt: skip


def _demands(body: ir.Body) -> bool:
    """Tell whether a body asks the caller for something: not if it is all supplied."""
    types = [content.type for content in body.content]
    given = [
        isinstance(t, ir.ObjectType) and t.fields and all(f.supplied for f in t.fields)
        for t in types
    ]
    return body.required and not all(given)


def _by_place(old: ir.Operation, new: ir.Operation) -> Iterator[_Paired]:
    """Pair the values of a path, which travel by their place."""
    first, second = _IN_PATH.findall(old.path), _IN_PATH.findall(new.path)
    if len(first) == len(second):
        olds = {p.wire_name: p for p in old.parameters if p.location == "path"}
        news = {p.wire_name: p for p in new.parameters if p.location == "path"}
        for one, other in zip(first, second, strict=True):
            if one in olds and other in news:
                yield olds[one], news[other]


def _by_name(gone: list[ir.Parameter], come: list[ir.Parameter]) -> Iterator[_Paired]:
    for exact in (True, False):
        for one in tuple(gone):
            for other in tuple(come):
                same_place = one.location == other.location
                if _key(one) == _key(other) and same_place == exact:
                    yield one, other


def _key(parameter: ir.Parameter) -> str:
    name = parameter.wire_name
    return name.lower() if parameter.location == "header" else name


def _style(parameter: ir.Parameter) -> str:
    exploded = ", exploded" if parameter.explode else ""
    reserved = ", reserved letters as they are" if parameter.allow_reserved else ""
    return f"{parameter.style}{exploded}{reserved}"


def _is_composed(parameter: ir.Parameter, types: Types) -> bool:
    known: ir.Type = parameter.type
    for api in (types.old.api, types.new.api):
        if isinstance(known, ir.RefType) and known.target in api.schemas:
            known = api.schemas[known.target].type
    return not isinstance(
        known, ir.StringType | ir.NumberType | ir.BooleanType | ir.EnumType
    )


def _default(parameter: ir.Parameter) -> str:
    return shown_default(parameter.has_default, parameter.default)


def _called(change: Change, name: str) -> Change:
    path = change.new_path
    return replace(change, new_path=(name, *path[1:]) if path else path)
