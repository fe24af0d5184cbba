"""Random edits of the document add and remove the right generated tests, and no more.

Ten edits by default; EDITS=100 makes as many.
"""

from __future__ import annotations

import ast
import copy
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.command import ROOT, run, tree
from tests.support.packages import read_document

SPEC = ROOT / "spec" / "main_api_v4.yaml"
OVERLAY = ROOT / "spec" / "overlay.yaml"
EDITS = int(os.environ.get("EDITS", "10"))
USERS_OWN = {
    "tests/conftest.py": "# mine\n",
    "tests/custom/test_mine.py": "# mine too\n",
}

Document = dict[str, Any]
Ids = dict[str, set[str]]  # test function: ids of its cases


def _operations(document: Document) -> list[Document]:
    return [item["post"] for item in document["paths"].values()]


def _named(document: Document) -> list[tuple[Document, Document]]:
    """Return operations with the named error examples of one of their answers."""
    return [
        (operation, content["examples"])
        for operation in _operations(document)
        for response in operation["responses"].values()
        for content in response.get("content", {}).values()
        if "examples" in content
    ]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def add_operation(
    document: Document, chosen: random.Random
) -> Callable[[Ids, Ids], None]:
    path, item = chosen.choice(list(document["paths"].items()))
    twin = copy.deepcopy(item)
    twin["post"]["operationId"] = "addedByTest"
    document["paths"][f"{path}/added"] = twin

    def check(before: Ids, after: Ids) -> None:
        assert set(before) <= set(after)
        assert all("added_by_test" in name for name in set(after) - set(before))
        assert "test_added_by_test_request" in after

    return check


def remove_operation(
    document: Document, chosen: random.Random
) -> Callable[[Ids, Ids], None]:
    path = chosen.choice(list(document["paths"]))
    name = _snake(document["paths"].pop(path)["post"]["operationId"])

    def check(before: Ids, after: Ids) -> None:
        gone = set(before) - set(after)
        assert set(after) <= set(before)
        assert f"test_{name}_request" in gone
        assert all(test.startswith(f"test_{name}_") for test in gone)

    return check


def rename_operation(
    document: Document, chosen: random.Random
) -> Callable[[Ids, Ids], None]:
    operation = chosen.choice(_operations(document))
    name = _snake(operation["operationId"])
    operation["operationId"] = "renamedByTest"

    def check(before: Ids, after: Ids) -> None:
        moved = {
            test.replace(name, "renamed_by_test", 1)
            for test in set(before) - set(after)
        }
        assert moved == set(after) - set(before)
        assert "test_renamed_by_test_request" in moved

    return check


def add_example(
    document: Document, chosen: random.Random
) -> Callable[[Ids, Ids], None]:
    operation, examples = chosen.choice(_named(document))
    examples["addedByTest"] = {
        "value": {"code": 0, "message": "Nobody said this before"}
    }
    test = f"test_{_snake(operation['operationId'])}_error"

    def check(before: Ids, after: Ids) -> None:
        assert set(before) == set(after)
        assert after[test] - before[test] == {"addedByTest"}
        assert all(before[name] == after[name] for name in before if name != test)

    return check


def remove_example(
    document: Document, chosen: random.Random
) -> Callable[[Ids, Ids], None]:
    operation, examples = chosen.choice(_named(document))
    key = chosen.choice(list(examples))
    del examples[key]
    test = f"test_{_snake(operation['operationId'])}_error"

    def check(before: Ids, after: Ids) -> None:
        lost = before[test] - after.get(test, set())
        # A row of a code table that took the name of the example has its own again.
        assert key in {name.split("-code-")[0] for name in lost}
        assert all(before[name] == after[name] for name in before if name != test)

    return check


KINDS = (add_operation, remove_operation, rename_operation, add_example, remove_example)


@pytest.mark.parametrize("number", range(EDITS))
def test_an_edit(number: int, tmp_path: Path) -> None:
    chosen = random.Random(number)
    spec = tmp_path / "spec.yaml"
    document = read_document(SPEC)
    before = _generated(spec, document, tmp_path / "out")
    for path, text in USERS_OWN.items():
        file = tmp_path / "out" / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    check = KINDS[number % len(KINDS)](document, chosen)
    after = _generated(spec, document, tmp_path / "out")
    check(before, after)
    files = tree(tmp_path / "out")
    assert {path: files[path].decode() for path in USERS_OWN} == USERS_OWN


def _generated(spec: Path, document: Document, output: Path) -> Ids:
    spec.write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    done = run("generate", "--spec", spec, "--overlay", OVERLAY, "--output", output)
    assert done.returncode == 0, done.stderr
    found: Ids = {}
    for file in sorted((output / "tests").glob("test_*.py")):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[node.name] = _ids(node)
    return found


def _ids(node: ast.FunctionDef) -> set[str]:
    """Return the first arguments of the cases in the decorator of a test."""
    ids: set[str] = set()
    for decorator in node.decorator_list:
        for call in ast.walk(decorator):
            if isinstance(call, ast.Call) and call.args:
                first = call.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    ids.add(first.value)
    return ids
