"""Which change moved which Python symbol.

A change knows its operation, its side and the way to its place by wire names. The views
know the same names, so the way can be walked again in Python: from the method, through the
annotations, to the argument, attribute or member. What no change leads to (a class whose
name gave way to another one, for instance) goes to a change of an operation that reaches
it, or stands alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from ..client.view import (
    EnumView,
    FieldView,
    MethodView,
    ModelView,
    ModuleView,
    PackageView,
    UnionView,
)
from .findings import Change, Path
from .surface import reached, stem

_WORD = re.compile(r"\w+")
_Types = ModelView | EnumView | UnionView


class Surface:
    """Finds the symbols of one client by the places of its document."""

    def __init__(self, package: PackageView) -> None:
        self.package = package
        self._methods: dict[str, tuple[ModuleView, MethodView]] = {}
        self._types: dict[str, _Types] = {}
        self._reach: dict[str, set[str]] = {}
        for module in package.modules:
            for method in module.methods:
                self._methods[method.http] = (module, method)
            for type_ in (*module.models, *module.enums, *module.unions):
                self._types[f"{stem(module)}.{type_.name}"] = type_

    def operation(self, http: str) -> set[str]:
        """Return every symbol that a method brings along."""
        if http not in self._methods:
            return set()
        module, method = self._methods[http]
        found = {f"{stem(module)}.{name}" for name in self._names(method)}
        found |= {f"{self.package.client}.{module.attribute}"}
        found.add(f"{stem(module)}.{module.class_name}")
        return found

    def reach(self, http: str) -> set[str]:
        """Return the types that a method leads to."""
        if http in self._reach:
            return self._reach[http]
        if http not in self._methods:
            return set()
        module, method = self._methods[http]
        texts = [method.returns, *(a.annotation for a in method.arguments)]
        texts += [row.value for row in method.rows if row.name == "reasons"]
        self._reach[http] = reached(self.package, stem(module), texts)
        return self._reach[http]

    def place(self, change: Change, http: str, path: Path) -> Iterator[str]:
        """Yield the symbols at the place of a change."""
        if http not in self._methods:
            return
        module, method = self._methods[http]
        home = stem(module)
        if change.side == "request":
            yield from self._argument(change, home, method, path)
        elif change.side == "response":
            if not path:
                yield from (f"{home}.{name}" for name in self._names(method))
            yield from self._walk(change, home, [method.returns], path)
        elif change.side == "errors" and path:
            yield from self._reason(home, method, path[0])

    def inside(self, names: set[str]) -> set[str]:
        """Return the types that attributes and arguments of some names lead to."""
        found: set[str] = set()
        for module in self.package.modules:
            home = stem(module)
            for model in module.models:
                for field in model.fields if isinstance(model, ModelView) else ():
                    if f"{home}.{model.name}.{field.name}" in names:
                        found |= reached(self.package, home, [field.annotation])
            for method in module.methods:
                for name in self._names(method):
                    if f"{home}.{name}" in names:
                        found |= reached(self.package, home, [method.returns])
                    for argument in method.arguments:
                        if f"{home}.{name}({argument.name})" in names:
                            found |= reached(self.package, home, [argument.annotation])
        return found

    def _names(self, method: MethodView) -> list[str]:
        return [method.name, *(page.name for page in method.pages)]

    def _argument(
        self, change: Change, home: str, method: MethodView, path: Path
    ) -> Iterator[str]:
        wanted = path[0] if path else "body"
        for argument in method.arguments:
            if argument.wire_name == wanted or (path and argument.wire_name == "body"):
                whole = argument.wire_name != wanted
                if len(path) <= 1 and not whole:
                    for name in self._names(method):
                        yield f"{home}.{name}({argument.name})"
                rest = path if whole else path[1:]
                yield from self._walk(change, home, [argument.annotation], rest)

    def _walk(
        self, change: Change, home: str, texts: Sequence[str], path: Path
    ) -> Iterator[str]:
        """Follow wire names through annotations; yield what stands at the end."""
        pending = [(home, text) for text in texts]
        last: list[str] = []
        for wire_name in path:
            fields = list(self._fields(pending, wire_name))
            last = [f"{owner}.{field.name}" for owner, field in fields]
            pending = [(owner.split(".")[0], f.annotation) for owner, f in fields]
        yield from last
        for name, type_ in self._named(pending):
            if isinstance(type_, EnumView):
                for member in type_.members:
                    text = f"`{ast.literal_eval(member.value)}`"
                    if text in (change.before, change.after):
                        yield f"{name}.{member.name}"
            elif isinstance(type_, UnionView):
                yield name

    def _fields(
        self, pending: Sequence[tuple[str, str]], wire_name: str
    ) -> Iterator[tuple[str, FieldView]]:
        for name, type_ in self._named(pending):
            if isinstance(type_, ModelView):
                for field in type_.fields:
                    if field.wire_name == wire_name:
                        yield name, field

    def _named(
        self, pending: Sequence[tuple[str, str]]
    ) -> Iterator[tuple[str, _Types]]:
        """Yield the types that annotations name, those of unions among them."""
        seen: set[str] = set()
        waiting = list(pending)
        while waiting:
            home, text = waiting.pop()
            for word in _WORD.findall(text):
                for name in (f"{home}.{word}", f"models.{word}"):
                    type_ = self._types.get(name)
                    if type_ is None or name in seen:
                        continue
                    seen.add(name)
                    yield name, type_
                    if isinstance(type_, UnionView):
                        waiting.append((name.split(".")[0], type_.annotation))

    def _reason(self, home: str, method: MethodView, reason: str) -> Iterator[str]:
        names = [row.value for row in method.rows if row.name == "reasons"]
        for name in names:
            enum = self._types.get(f"{home}.{name}")
            for member in enum.members if isinstance(enum, EnumView) else ():
                if ast.literal_eval(member.value) == reason:
                    yield f"{home}.{name}"
                    yield f"{home}.{name}.{member.name}"
                    yield f"{home}.{method.name} raises {name}.{member.name}"


class Moved:
    """The symbols that are not the same in both clients."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = frozenset(names)
        self._by_owner: dict[str, list[str]] = {}
        for name in names:
            self._by_owner.setdefault(owner_of(name), []).append(name)

    def whole(self, owners: set[str]) -> set[str]:
        """Return the owners that moved themselves, with all that is part of them."""
        own = owners & self.names
        return own | {part for owner in own for part in self._by_owner.get(owner, ())}


def symbols_of(change: Change, old: Surface, new: Surface, moved: Moved) -> set[str]:
    """Return the symbols that a change moved."""
    if change.side in ("server", "security"):
        clients = (old.package.client, new.package.client)
        made = tuple(f"{c}{way}(" for c in clients for way in ("", ".with_credentials"))
        return {
            name
            for name in moved.names
            if name.startswith((*made, "Server"))
            and ("base_url" in name or "Server" in name) == (change.side == "server")
        }
    found: set[str] = set()
    for surface, http, path in (
        (old, change.old_http, change.old_path),
        (new, change.new_http, change.new_path),
    ):
        if change.rule == "component-renamed" and path:
            home, name = path[0].split(".")
            found |= moved.whole(reached(surface.package, home, [name]))
        elif change.rule in _WHOLE:
            found |= moved.whole(surface.operation(http) | surface.reach(http))
        elif path is not None:
            here = set(surface.place(change, http, path))
            found |= (here & moved.names) | moved.whole(surface.inside(here))
    return found


# What adds, removes or renames a method together with all that is named after it.
_WHOLE = frozenset(
    (
        *("operation-added", "operation-removed", "operation-renamed"),
        *("operation-grouped", "operation-paged"),
    )
)


def owner_of(symbol: str) -> str:
    """Return the method or type that a symbol is part of."""
    name = symbol.split("(")[0].split(" raises ")[0]
    return ".".join(name.split(".")[:2])
