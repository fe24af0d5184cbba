"""A program that calls every operation of a generated package with every argument.

Read from the package's source by `ast`, so that the program is what a person would write
from the signatures: the type checkers judge both sides of each call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_PLAIN = {
    "str": '"text"',
    "int": "1",
    "float": "1.5",
    "bool": "True",
    "bytes": 'b"bytes"',
    "FilePart": 'FilePart(b"bytes", "note.txt", "text/plain")',
    "None": "None",
    "Json": '{"key": [1, "two", None]}',
    "Decimal": 'Decimal("1.50")',
    "MoneyNumber": 'Decimal("1.50")',
    "Date": "datetime.date(2026, 1, 2)",
    "DateTime": "datetime.datetime(2026, 1, 2, tzinfo=datetime.timezone.utc)",
    "Uuid": 'uuid.UUID("12345678-1234-5678-1234-567812345678")',
}


@dataclass
class Method:
    """One call: the attribute of the client, the method, its annotated arguments."""

    attribute: str
    name: str
    arguments: list[tuple[str, ast.expr]]
    required: list[str]
    operation: str  # name of the constant
    is_pages: bool
    returns: str


@dataclass
class Package:
    """What a generated package offers."""

    name: str
    client: str
    methods: list[Method] = field(default_factory=list)
    models: dict[str, tuple[str, list[tuple[str, ast.expr]]]] = field(
        default_factory=dict
    )
    aliases: dict[str, tuple[str, ast.expr]] = field(default_factory=dict)
    enums: dict[str, tuple[str, str]] = field(default_factory=dict)


def read_package(folder: Path) -> Package:
    """Read a generated package from its folder."""
    client = ast.parse((folder / "client.py").read_text(encoding="utf-8"))
    classes = [n for n in client.body if isinstance(n, ast.ClassDef)]
    name = next(c.name for c in classes if _base(c) == "Client")
    package = Package(folder.name, name)
    for file in sorted(folder.glob("*.py")):
        if not file.name.startswith("_") and file.name not in (
            "client.py",
            "errors.py",
        ):
            _read_module(package, file)
    return package


def _base(node: ast.ClassDef) -> str:
    return ast.unparse(node.bases[0]) if node.bases else ""


def _read_module(package: Package, file: Path) -> None:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.If):  # if TYPE_CHECKING: Name = A | B
            alias = node.body[0]
            assert isinstance(alias, ast.Assign)
            package.aliases[ast.unparse(alias.targets[0])] = (file.stem, alias.value)
        if not isinstance(node, ast.ClassDef):
            continue
        base = _base(node)
        if base == "Model":
            fields = [f for f in node.body if isinstance(f, ast.AnnAssign)]
            # Nothing at all can't stand in a path: without required ones the first.
            given = [f for f in fields if _is_required(f)] or fields[:1]
            package.models[node.name] = (
                file.stem,
                [(ast.unparse(f.target), f.annotation) for f in given],
            )
        elif base.startswith("Open"):
            members = [n for n in node.body if isinstance(n, ast.Assign)]
            # A path can't hold the empty text.
            filled = [m for m in members if ast.unparse(m.value) != "''"]
            member = ast.unparse((filled or members)[0].targets[0])
            package.enums[node.name] = (file.stem, member)
        elif base == "Resource":
            package.methods += [
                _method(file.stem, m)
                for m in node.body
                if isinstance(m, ast.FunctionDef)
            ]


def _is_required(node: ast.AnnAssign) -> bool:
    return node.value is None or (
        isinstance(node.value, ast.Call)
        and all(keyword.arg != "default" for keyword in node.value.keywords)
    )


def _method(attribute: str, node: ast.FunctionDef) -> Method:
    arguments = [(a.arg, a.annotation) for a in node.args.kwonlyargs]
    returned = node.body[-1]
    assert isinstance(returned, ast.Return) and isinstance(returned.value, ast.Call)
    call = returned.value
    return Method(
        attribute,
        node.name,
        [
            (name, annotation)
            for name, annotation in arguments
            if annotation is not None
        ],
        [
            a.arg
            for a, default in zip(
                node.args.kwonlyargs, node.args.kw_defaults, strict=True
            )
            if default is None
        ],
        ast.unparse(call.args[0]),
        ast.unparse(call.func) == "self._pages",
        ast.unparse(node.returns) if node.returns else "None",
    )


class Values:
    """Writes a value of any annotation that a generated package uses."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.imports: set[str] = set()
        self._open: list[str] = []

    def of(self, node: ast.expr) -> str:
        """Return an expression of the type."""
        if isinstance(node, ast.BinOp):  # a union: the first option, as a rule
            return self.of(node.left)
        if isinstance(node, ast.Constant):
            return "None"
        if isinstance(node, ast.Subscript):
            return self._generic(ast.unparse(node.value), node.slice)
        text = ast.unparse(node).removeprefix("builtins.")
        if text in _PLAIN:
            return _PLAIN[text]
        return self._named(text)

    def _generic(self, name: str, inner: ast.expr) -> str:
        name = name.removeprefix("builtins.")
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        if name in ("Sequence", "list"):
            return f"[{self.of(parts[0])}]"
        if name in ("Mapping", "dict"):
            return f'{{"key": {self.of(parts[1])}}}'
        assert name == "tuple", name
        return f"({', '.join(self.of(part) for part in parts)},)"

    def _named(self, name: str) -> str:
        package = self._package
        if name in package.enums:
            module, member = package.enums[name]
            return f"{self._imported(module)}.{name}.{member}"
        if name in package.aliases:
            return self.of(package.aliases[name][1])
        module, given = package.models[name]
        if name in self._open:  # only fields that aren't required lead back
            return f"{self._imported(module)}.{name}()"
        self._open.append(name)
        fields = [f"{field}={self.of(annotation)}" for field, annotation in given]
        self._open.pop()
        return f"{self._imported(module)}.{name}({', '.join(fields)})"

    def _imported(self, module: str) -> str:
        """Return what the module is called: a name that nothing else has."""
        self.imports.add(module)
        return f"{module}_types"


def program(package: Package, construct: str) -> str:
    """Return a program with `calls` and `async_calls`, each calling every operation.

    `construct` is the text of the arguments that the client is constructed with.
    """
    values = Values(package)
    body = list(_calls(package, values, ""))
    other = list(_calls(package, values, "await "))
    own = {name for name in ("FilePart",) if f"{name}(" in "".join(body)}
    client_names = ", ".join(sorted({package.client, f"Async{package.client}", *own}))
    imported = "".join(
        f"from {package.name} import {module} as {module}_types\n"
        for module in sorted(values.imports)
    )
    return _HEAD.format(package=package.name, names=client_names, imported=imported) + (
        _function("def calls", package.client, body)
        + _function("async def async_calls", f"Async{package.client}", other)
        + _maker("make", package.client, construct)
        + _maker("make_async", f"Async{package.client}", construct)
    )


_HEAD = """from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable
from decimal import Decimal

from {package} import {names}
{imported}
__all__ = ["Decimal", "async_calls", "calls", "datetime", "uuid"]
"""


def _function(head: str, client: str, body: list[str]) -> str:
    lines = "\n".join(f"    {line}" for line in body or ["pass"])
    done = "done: Callable[[str, object], None]"
    return f"\n\n{head}(client: {client}, {done}) -> None:\n{lines}\n"


def _maker(name: str, client: str, construct: str) -> str:
    return f"\n\ndef {name}() -> {client}:\n    return {client}({construct})\n"


def _calls(package: Package, values: Values, await_: str) -> Iterator[str]:
    for method in package.methods:
        if method.is_pages:
            continue
        given = ", ".join(f"{name}={values.of(a)}" for name, a in method.arguments)
        called = f"client.{method.attribute}.{method.name}"
        if method.returns == "None":
            yield f"{await_}{called}({given})"
            yield f'done("{method.name}", None)'
        else:
            yield f'done("{method.name}", {await_}{called}({given}))'
