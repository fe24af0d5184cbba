"""The generated tests: what is the user's stays, and they judge any place and server."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.command import ROOT, run, run_pytest, tree

CASE = ROOT / "tests" / "cases" / "reasons" / "spec.yaml"


def _generate(folder: Path) -> subprocess.CompletedProcess[str]:
    return run(
        "generate",
        *("--spec", folder / "spec.yaml", "--output", folder / "out"),
        *("--package", "client"),
    )


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A document, and what is generated of it."""
    shutil.copy(CASE, tmp_path / "spec.yaml")
    assert _generate(tmp_path).returncode == 0
    return tmp_path


def test_conftest_and_custom_tests_are_the_users_own(project: Path) -> None:
    tests = project / "out" / "tests"
    (tests / "custom").mkdir()
    (tests / "custom" / "test_mine.py").write_text("def test_mine(): assert True\n")
    (tests / "conftest.py").write_text("# mine\n")
    before = tree(project)
    assert _generate(project).returncode == 0
    assert tree(project) == before
    owned = json.loads((project / "out" / "spec.lock").read_text())["files"]
    assert not [path for path in owned if "conftest" in path or "custom" in path]


def test_a_missing_conftest_is_made_again(project: Path) -> None:
    before = tree(project)
    (project / "out" / "tests" / "conftest.py").unlink()
    assert _generate(project).returncode == 0
    assert tree(project) == before


def test_a_test_edited_by_hand_is_refused_by_name(project: Path) -> None:
    file = project / "out" / "tests" / "test_loans.py"
    file.write_text(file.read_text() + "# by hand\n")
    done = _generate(project)
    assert done.returncode == 2
    assert "tests/test_loans.py: edited by hand" in done.stderr


def test_the_tests_of_a_renamed_operation_move(project: Path) -> None:
    spec = project / "spec.yaml"
    spec.write_text(
        spec.read_text().replace("operationId: borrow", "operationId: lend")
    )
    assert _generate(project).returncode == 0
    text = (project / "out" / "tests" / "test_loans.py").read_text()
    assert "def test_lend_request(" in text
    assert "borrow" not in text.lower().replace("/borrow", "")


def test_example_keys_are_the_ids(project: Path) -> None:
    done = run_pytest(project, "--collect-only", "out/tests")
    assert "test_loans.py::test_borrow_error[busy]" in done.stdout


@pytest.mark.parametrize("mode", ["prepend", "append", "importlib"])
def test_a_vendored_client_needs_one_line(project: Path, mode: str) -> None:
    home = project / "acme" / "vendor"
    shutil.copytree(project / "out", home)
    for folder in (home, home.parent):
        (folder / "__init__.py").touch()
    conftest = home / "tests" / "conftest.py"
    text = conftest.read_text()
    assert text.count('PACKAGE = "client"') == 1
    conftest.write_text(
        text.replace('PACKAGE = "client"', 'PACKAGE = "acme.vendor.client"')
    )
    done = run_pytest(
        project, f"--import-mode={mode}", "acme/vendor/tests", PYTHONPATH=str(project)
    )
    assert done.returncode == 0, done.stdout


def test_another_machine_is_refused(project: Path) -> None:
    done = run_pytest(project, "out/tests", CLIENT_SANDBOX="https://exchange.example")
    assert done.returncode == 1
    assert "which is not this machine" in done.stdout
    assert "passed" not in done.stdout
    done = run_pytest(
        project,
        *("out/tests", "-k", "request or answer"),
        CLIENT_SANDBOX="https://exchange.example",
        CLIENT_SANDBOX_REMOTE="1",
    )
    assert "skipped" in done.stdout  # the only operation is a write
    assert "failed" not in done.stdout
