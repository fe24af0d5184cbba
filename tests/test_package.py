"""The shipped package as its users find it: moved, imported, read and type-checked."""

from __future__ import annotations

import ast
import inspect
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from tests.support.command import ROOT
from tests.support.packages import load, make_program, success_answers

GENERATED = ROOT / "generated"
MODULES = sorted(file.stem for file in (GENERATED / "whitebit").glob("*.py"))
TAGS = {"crypto_lending_fixed", "crypto_lending_flex", "main_account", "models"}
HTTP = {"anyio", "asyncio", "h11", "httpcore2", "httpx2", "ssl"}

MOVED = """
import asyncio, os, sys
from vendor.inner.whitebit import AsyncWhiteBIT, WhiteBIT

with WhiteBIT.from_env() as exchange:
    print(exchange.crypto_lending_flex.get_flex_plans()[0].id)

async def main():
    async with AsyncWhiteBIT.from_env() as exchange:
        print((await exchange.crypto_lending_flex.get_flex_plans())[0].id)

asyncio.run(main())
print([name for name in sys.modules if name.split(".")[0] in ("whitebit", "generator")])
"""


def _python(code: str, folder: Path, **env: str) -> str:
    """Run code with one folder to import from, and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_works_moved_below_another_package(tmp_path: Path) -> None:
    inner = tmp_path / "vendor" / "inner"
    shutil.copytree(GENERATED / "whitebit", inner / "whitebit")
    for folder in (inner, inner.parent):
        (folder / "__init__.py").touch()
    exchange = Exchange({"key": "secret"})
    answers = success_answers(ROOT / "spec" / "main_api_v4.yaml")
    exchange.answers.update(answers)
    with serve(exchange) as server:
        printed = _python(
            MOVED,
            tmp_path,
            WHITEBIT_API_KEY="key",
            WHITEBIT_API_SECRET="secret",
            WHITEBIT_BASE_URL=server.url,
        )
    _, plans = answers["POST", "/api/v4/main-account/smart-flex/plans"]
    assert isinstance(plans, list)
    assert printed.splitlines() == [plans[0]["id"], plans[0]["id"], "[]"]
    assert len(exchange.accepted) == 2
    assert exchange.refused == ()


def _loaded(code: str) -> tuple[set[str], set[str]]:
    """Return modules of the package and of others that some code loads."""
    shown = f"import json, sys\n{code}\nprint(json.dumps(list(sys.modules)))"
    names: list[str] = json.loads(_python(shown, GENERATED))
    own = {n.removeprefix("whitebit.") for n in names if n.startswith("whitebit.")}
    return own, {name.split(".")[0] for name in names}


def test_what_is_not_needed_is_not_imported() -> None:
    own, others = _loaded("import whitebit")
    assert "client" in own
    assert not own & TAGS
    assert not others & HTTP
    make = 'import whitebit; client = whitebit.WhiteBIT(api_key="k", api_secret="s")'
    own, others = _loaded(f"{make}; repr(client)")
    assert not own & TAGS
    assert others & HTTP == HTTP - {"asyncio"}
    own, _ = _loaded(f"{make}; client.main_account")
    assert own & TAGS <= {"main_account", "models"}
    assert "main_account" in own


def test_a_first_call_imports_no_library() -> None:
    own, others = _loaded(
        'import sys, whitebit\nclient = whitebit.WhiteBIT(api_key="k", api_secret="s", '
        'base_url="http://127.0.0.1:1")\nbefore = set(sys.modules)\n'
        "try: client.main_account.get_main_balance()\n"
        "except whitebit.errors.NotSentError: pass\n"
        "for name in before: sys.modules.pop(name)"
    )
    assert "main_account" in own
    assert not others & {*HTTP, "msgspec", "hmac"}


def _members(kind: type) -> Iterator[tuple[str, Any]]:
    for name, member in inspect.getmembers(kind):
        if not name.startswith("_"):
            yield name, member


def _signature(member: Any) -> list[tuple[str, Any, str, Any]]:
    return [
        (p.name, p.kind, str(p.annotation), p.default)
        for p in inspect.signature(member).parameters.values()
    ]


def _returned(member: Any) -> str:
    return str(inspect.signature(member).return_annotation)


def test_both_flavors_offer_the_same() -> None:
    whitebit = load(GENERATED, "whitebit")
    sync, other = dict(_members(whitebit.WhiteBIT)), dict(
        _members(whitebit.AsyncWhiteBIT)
    )
    assert sync.keys() - other.keys() == {"close"}
    assert other.keys() - sync.keys() == {"aclose"}
    for name in ("__init__", "from_env", "with_options"):
        assert _signature(getattr(whitebit.WhiteBIT, name)) == _signature(
            getattr(whitebit.AsyncWhiteBIT, name)
        )
    groups = [name for name, member in sync.items() if isinstance(member, property)]
    assert set(groups) == TAGS - {"models"}
    for group in groups:
        assert isinstance(other[group], property)
        module = load(GENERATED, f"whitebit.{group}")
        name = str(sync[group].fget.__annotations__["return"])
        assert other[group].fget.__annotations__["return"] == f"Async{name}"
        _compare(getattr(module, name), getattr(module, f"Async{name}"))


def _compare(sync: type, other: type) -> None:
    ours, theirs = dict(_members(sync)), dict(_members(other))
    assert ours.keys() == theirs.keys()
    assert ours
    for name, method in ours.items():
        twin = theirs[name]
        assert _signature(method) == _signature(twin), name
        if name.startswith("iter_"):
            assert _returned(twin) == f"Async{_returned(method)}", name
        else:
            assert inspect.iscoroutinefunction(twin), name
            assert _returned(twin) == _returned(method), name


def _in_order(names: list[str]) -> bool:
    """Capitals first; the hand-written modules have constants before classes."""
    groups = (lambda n: n.isupper(), lambda n: n[0].isupper(), lambda n: True)
    ranked = sorted(names, key=lambda n: ([f(n) for f in groups].index(True), n))
    return names in (sorted(names), ranked)


@pytest.mark.parametrize("name", MODULES)
def test_all_of_a_module_is_sorted_and_complete(name: str) -> None:
    text = (GENERATED / "whitebit" / f"{name}.py").read_text(encoding="utf-8")
    body = ast.parse(text).body
    (stated,) = (
        ast.literal_eval(node.value)
        for node in body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    defined = {n.name for n in body if isinstance(n, ast.ClassDef | ast.FunctionDef)}
    assert _in_order(stated)
    assert len(set(stated)) == len(stated)
    assert {one for one in defined if not one.startswith("_")} <= set(stated)
    path = "whitebit" if name == "__init__" else f"whitebit.{name}"
    module = load(GENERATED, path)
    assert [one for one in stated if not hasattr(module, one)] == []


def test_the_calls_of_the_index_fit_the_methods() -> None:
    lines = (GENERATED / "API.md").read_text().splitlines()
    calls = [line.split("`")[1] for line in lines if line.startswith("| `")]
    client = load(GENERATED, "whitebit").WhiteBIT(api_key="key", api_secret="secret")
    with client:
        for call in calls:
            made = ast.parse(call, mode="eval").body
            assert isinstance(made, ast.Call)
            method: Any = client
            for name in ast.unparse(made.func).split("."):
                method = getattr(method, name)
            given = {str(k.arg): ast.literal_eval(k.value) for k in made.keywords}
            inspect.signature(method).bind(**given)
    assert len(calls) == 14


def test_every_public_method_has_a_docstring() -> None:
    modules = [load(GENERATED, f"whitebit.{m}") for m in MODULES if m[0] != "_"]
    classes = {
        base
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type)
        for base in kind.__mro__
        if base.__module__.startswith("whitebit.")
    }
    bare = [
        f"{kind.__qualname__}.{name}"
        for kind in classes
        for name, member in vars(kind).items()
        if not name.startswith("_")
        and (inspect.isroutine(member) or isinstance(member, property | classmethod))
        and not inspect.getdoc(getattr(kind, name))  # an override inherits it
    ]
    assert len(classes) > 50
    assert bare == []
    assert [kind for kind in classes if not (kind.__doc__ or "").strip()] == []


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "whitebit"
    shutil.copytree(
        GENERATED / "whitebit", folder, ignore=shutil.ignore_patterns("__pycache__")
    )
    make_program(folder, 'api_key="key", api_secret="secret"')
    return folder


@pytest.fixture(params=["shipped", "published_main"])
def package(request: pytest.FixtureRequest) -> Path:
    """A package, and beside it a program that calls each of its operations."""
    folder: Path = request.getfixturevalue(request.param)
    if request.param == "published_main":
        make_program(folder, 'api_key="key", api_secret="secret", jwt_auth="a.b.c"')
    return folder


def _checked(package: Path, *command: str | Path) -> str:
    targets = [package.name, f"program_{package.name}.py"]
    done = subprocess.run(
        [sys.executable, "-m", *command, *targets],
        cwd=package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


def test_mypy_strict_reports_nothing(package: Path, tmp_path: Path) -> None:
    config = tmp_path / "mypy.ini"
    config.write_text("[mypy]\nstrict = True\nwarn_unreachable = True\n")
    files = len(list(package.glob("*.py"))) + 1
    said = _checked(package, "mypy", "--config-file", config, "--cache-dir", tmp_path)
    assert said == f"Success: no issues found in {files} source files\n"


def test_pyright_strict_reports_nothing(package: Path) -> None:
    names = [package.name, f"program_{package.name}.py"]
    config = package.parent / "pyrightconfig.json"
    settings = {
        "include": names,
        "typeCheckingMode": "strict",
        "pythonVersion": "3.11",
    }
    config.write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "-p", str(config), "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    found = [f"{d['file']}: {d['message']}" for d in report["generalDiagnostics"]]
    assert found == []
    assert report["summary"]["filesAnalyzed"] == len(list(package.glob("*.py"))) + 1
