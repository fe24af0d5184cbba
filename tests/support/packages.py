"""Generated packages for tests: made through the command line, imported from a folder."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from .command import ROOT, SHARED, run
from .every_call import program, read_package

OVERLAY = ROOT / "spec" / "overlay-published.yaml"
SPECS = SHARED / "whitebit" / "specs"


def make_package(spec: Path, folder: Path, name: str, *options: str | Path) -> Path:
    """Generate a client into `folder` and return its package folder."""
    done = run(
        "generate",
        *(
            "--spec",
            spec,
            "--output",
            folder,
            "--package",
            name,
            "--client",
            "Exchange",
        ),
        *options,
    )
    assert done.returncode == 0, done.stderr
    return folder / name


def make_program(package: Path, construct: str) -> Path:
    """Write `program_<package>.py` beside a package; it calls every operation."""
    file = package.parent / f"program_{package.name}.py"
    file.write_text(program(read_package(package), construct), encoding="utf-8")
    return file


@contextmanager
def importable(folder: Path) -> Iterator[None]:
    """Let the modules of a folder be imported for a while."""
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def load(folder: Path, name: str) -> ModuleType:
    """Import a module of a folder."""
    with importable(folder):
        return importlib.import_module(name)


def read_document(file: Path) -> dict[str, Any]:
    """Read a document independently of the generator."""
    if file.suffix == ".json":
        data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    else:
        data = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return data


def success_answers(file: Path) -> dict[tuple[str, str], tuple[int, object]]:
    """Return a documented success of each operation, by method and path.

    Without an example: the empty list or the empty object, as the schema says.
    """
    answers: dict[tuple[str, str], tuple[int, object]] = {}
    document = read_document(file)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            for status, response in operation["responses"].items():
                if str(status).startswith("2"):
                    key = (method.upper(), path)
                    answers[key] = (int(status), _example(document, response))
    return answers


def _example(document: dict[str, Any], response: dict[str, Any]) -> object:
    if "$ref" in response:
        response = document["components"]["responses"][response["$ref"].split("/")[-1]]
    for content in response.get("content", {}).values():
        if "example" in content:
            return content["example"]
        for example in content.get("examples", {}).values():
            return example["value"]
        return [] if content.get("schema", {}).get("type") == "array" else {}
    return {}
