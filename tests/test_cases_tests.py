"""The generated tests of every case: they pass against the client that they came with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import run, run_pytest

CASES = Path(__file__).parent / "cases"
# What is expected of a document without operations is no test.
NAMES = sorted(
    folder.name
    for folder in CASES.iterdir()
    if (folder / "expected").is_dir() and folder.name != "no_operations"
)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_generated_tests_pass(name: str, tmp_path: Path) -> None:
    case = CASES / name
    spec = next(case.glob("spec.*"))
    overlay, options = case / "overlay.yaml", case / "options.txt"
    done = run(
        "generate",
        *("--spec", spec.name, "--output", tmp_path, "--package", "client"),
        *(("--overlay", overlay.name) if overlay.exists() else ()),
        *(options.read_text().split() if options.exists() else ()),
        cwd=case,
    )
    assert done.returncode == 0, done.stderr
    tested = run_pytest(tmp_path, "tests")
    assert tested.returncode == 0, tested.stdout
