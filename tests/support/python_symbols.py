"""The Python symbols of a generated package, read from its text by `ast`.

Named as `generator.diff.surface` names them, and found without anything of it: what a
comparison of two documents predicts has to be what these show.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping

from generator import pipeline
from generator.client.render import Templates
from generator.client.view import PackageView
from generator.runtime._refusal import raised_for

ENUMS = {"StrEnum", "OpenStrEnum", "OpenIntEnum"}


def texts_of(package: PackageView) -> dict[str, str]:
    """Return the modules of a package as rendered; formatting changes no symbol."""
    templates = Templates(pipeline.templates_folder())
    texts = {module.file: templates.module(module) for module in package.modules}
    return {**texts, "client.py": templates.client(package)}


def symbols_of(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the symbols of a package, each with what stands behind its name."""
    found: dict[str, str] = {}
    for file, text in texts.items():
        tree = ast.parse(text)
        home = file.removesuffix(".py")
        enums = _members(tree)
        for node in tree.body:
            if file == "client.py":
                found.update(_client(node))
            else:
                found.update(_module(home, node, enums))
    return found


def differences(
    old: Mapping[str, str], new: Mapping[str, str]
) -> set[tuple[str, str, str, str]]:
    """Return what differs: kind of change, name, before and after."""
    found = {("added", n, "", t) for n, t in new.items() if n not in old}
    found |= {("removed", n, t, "") for n, t in old.items() if n not in new}
    found |= {
        ("changed", n, t, new[n]) for n, t in old.items() if n in new and new[n] != t
    }
    return found


def normal(text: str) -> str:
    """Return an annotation, a value or `annotation = default` as `ast` would write it."""
    arrow = text.startswith("-> ")
    parts = text.removeprefix("-> ").split(" = ")
    joined = " = ".join(ast.unparse(ast.parse(part, mode="eval")) for part in parts)
    return f"-> {joined}" if arrow else joined


def _client(node: ast.stmt) -> Iterator[tuple[str, str]]:
    if not isinstance(node, ast.ClassDef) or node.name.startswith("Async"):
        return
    if node.name == "Server":
        yield from _class("", node)
        return
    yield node.name, "class"
    for member in node.body:
        if not isinstance(member, ast.FunctionDef):
            continue
        if any(ast.unparse(d) == "property" for d in member.decorator_list):
            yield f"{node.name}.{member.name}", ast.unparse(member.returns or member)
        elif member.name in ("__init__", "with_credentials"):
            owner = "" if member.name == "__init__" else f".{member.name}"
            for name, text in _arguments(member):
                if name != "options":
                    yield f"{node.name}{owner}({name})", text


def _module(
    home: str,
    node: ast.stmt,
    enums: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ClassDef):
        bases = [ast.unparse(base) for base in node.bases]
        if bases == ["Resource"]:
            yield from _resource(home, node)
        elif bases != ["AsyncResource"]:
            yield from _class(f"{home}.", node)
    elif isinstance(node, ast.If):
        for alias in node.body:
            if isinstance(alias, ast.Assign):
                name = ast.unparse(alias.targets[0])
                yield f"{home}.{name}", ast.unparse(alias.value)
    elif isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Call):
        yield from _refusals(home, node.value, enums)


def _class(prefix: str, node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    base = ast.unparse(node.bases[0])
    yield f"{prefix}{node.name}", base
    for member in node.body:
        if isinstance(member, ast.AnnAssign):
            text = ast.unparse(member.annotation)
            if _is_optional(member.value):
                text += " = None"
            yield f"{prefix}{node.name}.{ast.unparse(member.target)}", text
        elif isinstance(member, ast.Assign) and base in ENUMS:
            name = ast.unparse(member.targets[0])
            yield f"{prefix}{node.name}.{name}", ast.unparse(member.value)


def _members(tree: ast.Module) -> dict[str, dict[str, str]]:
    """Return the members of each enum, by value."""
    return {
        node.name: {
            str(ast.literal_eval(m.value)): ast.unparse(m.targets[0])
            for m in node.body
            if isinstance(m, ast.Assign)
        }
        for node in tree.body
        if isinstance(node, ast.ClassDef) and ast.unparse(node.bases[0]) in ENUMS
    }


def _is_optional(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return any(keyword.arg == "default" for keyword in value.keywords)
    return value is not None


def _resource(home: str, node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    yield f"{home}.{node.name}", "Resource"
    for method in node.body:
        if isinstance(method, ast.FunctionDef):
            returns = ast.unparse(method.returns) if method.returns else "None"
            yield f"{home}.{method.name}", f"-> {returns}"
            for name, text in _arguments(method):
                yield f"{home}.{method.name}({name})", text


def _arguments(method: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    pairs = zip(method.args.kwonlyargs, method.args.kw_defaults, strict=True)
    for argument, default in pairs:
        text = ast.unparse(argument.annotation or ast.Constant(None))
        if default is not None:
            text += f" = {ast.unparse(default)}"
        yield argument.arg, text


def _refusals(
    home: str,
    operation: ast.Call,
    enums: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, str]]:
    keywords = {k.arg: k.value for k in operation.keywords}
    members = (
        enums.get(ast.unparse(keywords["reasons"]), {}) if "reasons" in keywords else {}
    )
    method = ast.literal_eval(keywords["name"])
    is_read = ast.literal_eval(keywords.get("kind", ast.Constant("write"))) == "read"
    classes: dict[str, set[str]] = {}

    def add(name: str, status: int) -> None:
        error = raised_for(status, is_read=is_read)
        classes.setdefault(name, set()).add(error.__name__)

    for case in getattr(keywords.get("cases"), "elts", ()):
        reason, status, _ = json.loads(ast.literal_eval(case))
        name = f"{ast.unparse(keywords['reasons'])}.{members[reason]}"
        add(name, status)
    for code in getattr(keywords.get("codes"), "elts", ()):
        name, status = ast.unparse(code.args[0]), ast.literal_eval(code.args[1])
        add(name, status)
    for reason, names in classes.items():
        yield f"{home}.{method} raises {reason}", " | ".join(sorted(names))


def asynchronous(texts: Mapping[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield module, method and arguments of every asynchronous class."""
    for file, text in texts.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and ast.unparse(
                node.bases[0] if node.bases else ast.Constant(None)
            ) in ("AsyncResource",):
                for m in node.body:
                    if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef):
                        names = [a.arg for a in m.args.kwonlyargs]
                        yield file.removesuffix(".py"), m.name, names
