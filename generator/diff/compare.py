"""Two documents to what differs between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..client.view import PackageView
from ..model import ir
from .effects import Surface
from .findings import Change, Comparison, Model, Place, PythonChange
from .group import grouped, settled
from .operations import Pair, labelled, operation_changes, pair_operations
from .security import scheme_changes
from .servers import api_servers
from .surface import compare_symbols, symbols
from .types import Types


@dataclass(frozen=True, slots=True)
class Revision:
    """One of the two documents."""

    name: str  # spec/main_api_v4.yaml, or HEAD~1:spec/main_api_v4.yaml
    model: Model
    package: PackageView  # the client of it, as it would be rendered
    locate: Callable[[str], Place]


def compare(old: Revision, new: Revision) -> Comparison:
    """Return what differs."""
    python = python_changes(old, new)
    types = Types(old.model, new.model)
    pairs = pair_operations(old.model.api, new.model.api, types)
    surfaces = Surface(old.package), Surface(new.package)
    changes = [
        *_changes(old.model.api, new.model.api),
        *operation_changes(pairs, types),
        *_components(types, python, pairs, surfaces),
    ]
    groups = grouped(changes, python, pairs, surfaces)
    findings = settled(groups, python, pairs, (old.locate, new.locate))
    return Comparison(old.name, new.name, findings)


def python_changes(old: Revision, new: Revision) -> dict[str, PythonChange]:
    """Return what happens to the symbols of the client, by name."""
    before = symbols(old.package, old.model.api)
    return compare_symbols(before, symbols(new.package, new.model.api))


def _changes(one: ir.Api, other: ir.Api) -> Iterator[Change]:
    if _told(one.title, one.version, one.description) != _told(
        other.title, other.version, other.description
    ):
        yield Change("api-described", "operation", "#/info", "#/info")
    yield from api_servers(one, other)
    yield from scheme_changes(one, other)


def _told(*texts: str) -> list[str]:
    return [" ".join(text.split()) for text in texts]


def _components(
    types: Types,
    python: dict[str, PythonChange],
    pairs: Sequence[Pair],
    surfaces: tuple[Surface, Surface],
) -> Iterator[Change]:
    """Yield the schemas that only changed their names, where the client names them."""
    before, after = types.old.api.schemas, types.new.api.schemas
    come = {p: s for p, s in after.items() if p not in before}
    for pointer, one in before.items():
        if pointer in after:
            continue
        gone = _class_of(one.wire_name, python, "removed")
        if not gone:
            continue
        twins = [
            s
            for s in come.values()
            if _outline(s.type) == _outline(one.type) and types.same(one.type, s.type)
        ]
        new = _class_of(twins[0].wire_name, python, "added") if len(twins) == 1 else ""
        if not new:
            continue
        del come[twins[0].pointer]
        change = Change(
            "component-renamed", "response", pointer, twins[0].pointer, one.wire_name,
            one.wire_name, twins[0].wire_name, (gone,), (new,), confidence=1.0,
        )  # fmt: skip
        for pair in pairs:
            found = labelled(change, pair)
            if new in surfaces[1].reach(found.new_http):
                yield found


def _outline(type_: ir.Type) -> object:
    """Return what is cheap to compare, and equal for types that are."""
    names = type_.fields if isinstance(type_, ir.ObjectType) else ()
    return type(type_), sorted(field.wire_name for field in names)


def _class_of(name: str, python: dict[str, PythonChange], change: str) -> str:
    """Return the class of a schema among those that came or went."""
    wanted = re.sub(r"[\W_]", "", name).lower()
    for each in python.values():
        home, _, called = each.symbol.partition(".")
        is_class = each.change == change and home == "models"
        if is_class and called.rstrip("_").lower() == wanted:
            return each.symbol
    return ""
