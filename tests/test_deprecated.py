"""A deprecated operation: marked for editors and type checkers, silent when it runs."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from pathlib import Path

import httpx2
import pytest

from tests.support.command import ROOT, run
from tests.support.packages import load

SPEC = ROOT / "tests" / "cases" / "deprecated_operation" / "spec.yaml"
PROGRAM = """
from bakery import Bakery

client = Bakery()
client.breads.list_breads()
client.breads.iter_list_breads()
client.breads.deprecated()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("deprecated")
    done = run("generate", "--spec", SPEC, "--output", made, "--package", "bakery")
    assert done.returncode == 0, done.stderr
    return made


def test_it_runs_without_a_warning(folder: Path) -> None:
    bakery = load(folder, "bakery")

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=["rye"])

    options = bakery.Options(transport=httpx2.MockTransport(answer))
    with warnings.catch_warnings(), bakery.Bakery(options=options) as client:
        warnings.simplefilter("error")
        assert client.breads.list_breads() == ["rye"]
        assert client.raw(client.breads.list_breads)().value == ["rye"]
    group = load(folder, "bakery.breads").BreadsApi
    assert group.list_breads.__deprecated__ == "deprecated by the document"
    assert group.iter_list_breads.__deprecated__ == "deprecated by the document"
    assert not hasattr(group.deprecated, "__deprecated__")


def test_a_type_checker_says_so(folder: Path) -> None:
    (folder / "program.py").write_text(PROGRAM)
    config = folder / "pyrightconfig.json"
    config.write_text(
        json.dumps({"include": ["program.py"], "typeCheckingMode": "strict"})
    )
    command = [sys.executable, "-m", "pyright", "-p", str(config), "--outputjson"]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["generalDiagnostics"]
    assert [(one["rule"], one["range"]["start"]["line"]) for one in found] == [
        ("reportDeprecated", 4),
        ("reportDeprecated", 5),
    ]
    assert all("deprecated by the document" in one["message"] for one in found)
