"""Every folder of `cases`: a document through the command line, the whole output compared.

A case holds `spec.yaml` (or another file named `spec.*`), perhaps `overlay.yaml`, and what
is expected: `expected/` with the files that the document decides (the runtime is the same
for all), `stderr.txt` with what is printed. A case without `expected/` is refused with exit
code 2 and writes nothing. `make update-cases` rewrites both; a person reads that diff.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.support.command import run, tree

CASES = Path(__file__).parent / "cases"
UPDATE = "UPDATE_CASES" in os.environ
# Generated tests are compared here only; everywhere else they are merely run.
WITH_TESTS = {"limits_odd", "parameters", "reasons", "signed"}


def _names() -> list[str]:
    return sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("name", _names())
def test_case(name: str, tmp_path: Path) -> None:
    case = CASES / name
    spec = next(case.glob("spec.*"))
    overlay = case / "overlay.yaml"
    options = (
        (case / "options.txt").read_text().split()
        if (case / "options.txt").exists()
        else []
    )
    output = tmp_path / "out"
    done = run(
        "generate",
        *("--spec", spec.name, "--output", output, "--package", "client"),
        *(("--overlay", overlay.name) if overlay.exists() else ()),
        *options,
        cwd=case,
        env={"XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    made = _decided(name, tree(output)) if output.exists() else {}
    assert "Traceback" not in done.stderr
    if UPDATE:
        _rewrite(case, done.stderr, made)
    assert done.returncode == (0 if made else 2), done.stderr
    assert done.stderr == _expected_stderr(case)
    assert made == tree(case / "expected")


def _decided(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what is no work of the document: the runtime, and the lock's hashes."""
    return {
        path: content
        for path, content in files.items()
        if (not path.startswith("tests/") or (name in WITH_TESTS and "/test_" in path))
        and Path(path).name not in ("errors.py", "spec.lock", "py.typed")
        and (Path(path).name[0] != "_" or path == "client/__init__.py")
    }


def _expected_stderr(case: Path) -> str:
    file = case / "stderr.txt"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _rewrite(case: Path, stderr: str, made: dict[str, bytes]) -> None:
    shutil.rmtree(case / "expected", ignore_errors=True)
    for path, content in made.items():
        target = case / "expected" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    file = case / "stderr.txt"
    if stderr:
        file.write_text(stderr, encoding="utf-8")
    else:
        file.unlink(missing_ok=True)
