"""Each rule of `lint`: folders that show it firing, folders that show it silent.

`lint/<rule>/fires…` and `lint/<rule>/silent…` hold `spec.yaml`, perhaps `overlay.yaml` and
`pyproject.toml`, and `findings.txt` with what is printed; `UPDATE_CASES=1` rewrites that. A
person reads the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.lint.registry import RULES

CASES = Path(__file__).parent / "lint"
UPDATE = "UPDATE_CASES" in os.environ
FOLDERS = sorted(folder for folder in CASES.glob("*/*") if folder.is_dir())


def _lint(case: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(case)
    options = ["--overlay", "overlay.yaml"] if (case / "overlay.yaml").exists() else []
    done = CliRunner().invoke(cli, ["lint", "--spec", "spec.yaml", *options])
    assert done.exit_code == 0, done.output
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("case", FOLDERS, ids=lambda f: f"{f.parent.name}-{f.name}")
def test_case(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _lint(case, monkeypatch)
    file = case / "findings.txt"
    if UPDATE:
        file.write_text(printed, encoding="utf-8")
    assert printed == file.read_text(encoding="utf-8")
    rule = RULES[case.parent.name]
    fired = f": {rule.severity}[{rule.id}]: " in printed
    assert fired == case.name.startswith("fires")


def test_no_rule_lacks_a_case_that_fires_or_one_that_is_silent() -> None:
    kinds = ("fires", "silent")
    assert all(folder.name.startswith(kinds) for folder in FOLDERS)
    shown = {
        (folder.parent.name, kind)
        for folder in FOLDERS
        for kind in kinds
        if folder.name.startswith(kind)
    }
    assert shown == {(id_, kind) for id_ in RULES for kind in kinds}


def test_nonces_that_disagree_are_one_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = _lint(CASES / "conflicting-types" / "fires_nonce", monkeypatch)
    assert printed.count("`nonce`") == 1
    assert printed.endswith("\n1 finding\n")
