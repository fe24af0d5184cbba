"""The Python symbols of a client before it is rendered, and how two clients differ.

A symbol is what code names: a method, a parameter, an attribute, a member, a class, the
exception that a documented refusal raises. Both flavors have the same ones, so each stands
here once. Names are written as callers reach them: `codes.create_code(unique_id)` is the
argument `unique_id` of `client.codes.create_code`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..client.view import EnumView, MethodView, ModuleView, PackageView
from ..model import ir
from ..runtime._refusal import raised_for
from .findings import PythonChange

Use = Literal["in", "out", "both", "name"]
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Symbol:
    """One thing that code can name."""

    text: str  # str | Unset = UNSET
    use: Use  # whether callers pass it, get it, both, or only name it
    required: bool = False  # an argument without a default


def symbols(package: PackageView, api: ir.Api) -> Mapping[str, Symbol]:
    """Return the symbols of a client by name."""
    operations = {f"{o.method} {o.path}": o for o in api.operations}
    found: dict[str, Symbol] = dict(_client(package))
    passed = _passed(package)
    for module in package.modules:
        found.update(_types(module, passed))
        found.update(_api(module, operations))
    return found


def stem(module: ModuleView) -> str:
    """Return the name that a module is imported by."""
    return module.file.removesuffix(".py")


def _client(package: PackageView) -> Iterator[tuple[str, Symbol]]:
    client = package.client
    yield client, Symbol("class", "name")
    for credential in package.credentials:
        text = f"{credential.annotation} = {credential.default}"
        yield f"{client}({credential.name})", Symbol(text, "in")
        if credential.changeable:
            name = f"{client}.with_credentials({credential.name})"
            yield name, Symbol("str | None = None", "in")
    base = f"str = {package.base_url}" if package.base_url else "str"
    yield f"{client}(base_url)", Symbol(base, "in", not package.base_url)
    if package.servers:
        yield "Server", Symbol("StrEnum", "name")
    for server in package.servers:
        yield f"Server.{server.name}", Symbol(server.url, "name")
    for module in package.modules:
        if module.methods:
            yield f"{client}.{module.attribute}", Symbol(module.class_name, "out")


def _types(module: ModuleView, passed: frozenset[str]) -> Iterator[tuple[str, Symbol]]:
    home = stem(module)
    for model in module.models:
        if isinstance(model, EnumView):
            yield from _enum(home, model)
            continue
        name = f"{home}.{model.name}"
        yield name, Symbol("Model", "name")
        use: Use = "both" if name in passed else "out"
        for field in model.fields:
            required = not has_default(field.default)
            text = field.annotation if required else f"{field.annotation} = None"
            yield f"{name}.{field.name}", Symbol(text, use, required)
    for enum in module.enums:
        yield from _enum(home, enum)
    for union in module.unions:
        name = f"{home}.{union.name}"
        yield name, Symbol(union.annotation, "both" if name in passed else "out")


def has_default(text: str) -> bool:
    """Tell whether the right side of a field says what it is when nobody says so."""
    return "default=" in text if "field(" in text else bool(text)


def _enum(home: str, enum: EnumView) -> Iterator[tuple[str, Symbol]]:
    yield f"{home}.{enum.name}", Symbol(enum.base, "name")
    for member in enum.members:
        yield f"{home}.{enum.name}.{member.name}", Symbol(member.value, "name")


def _api(
    module: ModuleView, operations: Mapping[str, ir.Operation]
) -> Iterator[tuple[str, Symbol]]:
    if not module.methods:
        return
    home = stem(module)
    yield f"{home}.{module.class_name}", Symbol("Resource", "name")
    for method in module.methods:
        own = [(method.name, method.returns)]
        own += [(p.name, f"Iterator[{p.item}]") for p in method.pages]
        for name, returns in own:
            yield f"{home}.{name}", Symbol(f"-> {returns}", "out")
            for argument in method.arguments:
                text = f"{argument.annotation}{argument.default}"
                required = not argument.default
                yield f"{home}.{name}({argument.name})", Symbol(text, "in", required)
        for reason, classes in _raised(module, method, operations).items():
            symbol = Symbol(" | ".join(sorted(classes)), "name")
            yield f"{home}.{method.name} raises {reason}", symbol


def _raised(
    module: ModuleView, method: MethodView, operations: Mapping[str, ir.Operation]
) -> Mapping[str, set[str]]:
    """Return the exceptions with which each reason of a method comes, by member."""
    names = {row.value for row in method.rows if row.name == "reasons"}
    operation = operations.get(method.http)
    is_read = operation is not None and operation.kind == "read"
    errors = operation.errors if operation is not None else ()
    found: dict[str, set[str]] = {}
    for enum in module.enums:
        for member in enum.members if enum.name in names else ():
            value = ast.literal_eval(member.value)
            found[f"{enum.name}.{member.name}"] = {
                raised_for(case.status, is_read=is_read).__name__
                for case in errors
                if case.name == value
            }
    return found


def _passed(package: PackageView) -> frozenset[str]:
    """Return the classes that callers make themselves: those inside arguments."""
    found: set[str] = set()
    for module in package.modules:
        texts = [a.annotation for m in module.methods for a in m.arguments]
        found |= reached(package, stem(module), texts)
    return frozenset(found)


def reached(package: PackageView, home: str, texts: list[str]) -> set[str]:
    """Return the types that annotations of a module lead to, those inside them too."""
    index = types_by_name(package)
    found: set[str] = set()
    pending = [(home, text) for text in texts]
    while pending:
        where, text = pending.pop()
        for word in _WORD.findall(text):
            for name in (f"{where}.{word}", f"models.{word}"):
                if name in index and name not in found:
                    found.add(name)
                    pending += [(name.split(".")[0], t) for t in index[name]]
    return found


def types_by_name(package: PackageView) -> Mapping[str, tuple[str, ...]]:
    """Return the annotations inside each type of a client."""
    found: dict[str, tuple[str, ...]] = {}
    for module in package.modules:
        home = stem(module)
        for model in module.models:
            if isinstance(model, EnumView):
                found[f"{home}.{model.name}"] = ()
            else:
                texts = tuple(field.annotation for field in model.fields)
                found[f"{home}.{model.name}"] = texts
        for enum in module.enums:
            found[f"{home}.{enum.name}"] = ()
        for union in module.unions:
            found[f"{home}.{union.name}"] = (union.annotation,)
    return found


def compare_symbols(
    old: Mapping[str, Symbol], new: Mapping[str, Symbol]
) -> dict[str, PythonChange]:
    """Return what happened to each symbol that is not the same in both clients."""
    found: dict[str, PythonChange] = {}
    for name in sorted(set(old) | set(new)):
        before, after = old.get(name), new.get(name)
        if before is None and after is not None:
            # A new argument hurts where the method or class was there before.
            owner = name.split("(")[0] if "(" in name else name.rpartition(".")[0]
            asked = after.required and after.use in ("in", "both") and owner in old
            found[name] = PythonChange("added", name, "", after.text, asked)
        elif after is None and before is not None:
            # An exception that is raised no more makes no handler fail.
            hurts = " raises " not in name
            found[name] = PythonChange("removed", name, before.text, "", hurts)
        elif before is not None and after is not None and before.text != after.text:
            hurts = _hurts(name, before, after)
            found[name] = PythonChange("changed", name, before.text, after.text, hurts)
    return found


def _hurts(name: str, old: Symbol, new: Symbol) -> bool:
    """Tell whether code that was right with the old symbol can fail with the new one."""
    if " raises " in name:  # a handler of the old exception does not see the new one
        return not _parts(new.text) <= _parts(old.text)
    if new.use == "name":
        return not (name.count(".") == 2 or name.startswith("Server."))
    if new.required and not old.required and new.use in ("in", "both"):
        return True
    before, after = _parts(old.text), _parts(new.text)
    takes_less = not before <= after
    gives_more = not after <= before
    if new.use == "in":
        return takes_less
    return gives_more if new.use == "out" else takes_less or gives_more


def _parts(text: str) -> set[str]:
    """Return the alternatives of an annotation, the default left out."""
    annotation = text.split(" = ")[0].removeprefix("-> ")
    found: set[str] = set()
    depth, start = 0, 0
    for index, character in enumerate(f"{annotation} | "):
        depth += (character == "[") - (character == "]")
        if character == "|" and not depth:
            found.add(annotation[start:index].strip())
            start = index + 1
    return found - {"Unset"}
