"""Every id of a finding is one that some test expects to be printed or returned."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.command import ROOT

GENERATOR = ROOT / "generator"
# What makes a finding: methods of `Diagnostics` and of those that pass on to it, and what
# becomes one later. Rules of `diff` have a test of their own.
MAKERS = {
    *("Diagnostic", "Fault", "FetchError", "Rule"),
    *("_report", "error", "fail", "report", "warning"),
}
ELSEWHERE = ("diff", "harness", "runtime", "sandbox")
ID = re.compile(r"[a-z]+(-[a-z0-9]+)+")


def _ids(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else ast.unparse(called)
        for given in node.args[:1] if name in MAKERS else ():
            if isinstance(given, ast.Constant) and ID.fullmatch(str(given.value)):
                yield str(given.value)


def test_every_finding_is_expected_somewhere() -> None:
    files = [
        file
        for file in GENERATOR.rglob("*.py")
        if file.relative_to(GENERATOR).parts[0] not in ELSEWHERE
    ]
    made = {id_ for file in files for id_ in _ids(file)}
    assert len(made) > 60
    tests = [*(ROOT / "tests").rglob("*.txt"), *(ROOT / "tests").rglob("test_*.py")]
    expected = "\n".join(file.read_text(encoding="utf-8") for file in tests)
    assert [id_ for id_ in sorted(made) if id_ not in expected] == []
