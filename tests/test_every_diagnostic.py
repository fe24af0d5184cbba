"""Every finding is one that some test expects, and says what to do next."""

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


def _calls(file: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).rpartition(".")[2], node


def _files() -> list[Path]:
    return [
        file
        for file in GENERATOR.rglob("*.py")
        if file.relative_to(GENERATOR).parts[0] not in ELSEWHERE
    ]


def _ids(file: Path) -> Iterator[str]:
    for name, call in _calls(file):
        for given in call.args[:1] if name in MAKERS else ():
            if isinstance(given, ast.Constant) and ID.fullmatch(str(given.value)):
                yield str(given.value)


def test_every_finding_is_expected_somewhere() -> None:
    made = {id_ for file in _files() for id_ in _ids(file)}
    assert len(made) > 60
    tests = [*(ROOT / "tests").rglob("*.txt"), *(ROOT / "tests").rglob("test_*.py")]
    expected = "\n".join(file.read_text(encoding="utf-8") for file in tests)
    assert [id_ for id_ in sorted(made) if id_ not in expected] == []


def test_every_finding_says_what_to_do_next() -> None:
    silent = [
        f"{file.name}:{call.lineno}"
        for file in _files()
        for name, call in _calls(file)
        if (
            # Of `click`'s own the first argument is all.
            (ast.unparse(call.func) == "UsageError" and len(call.args) < 2)
            or (name in ("error", "warning") and not _has_help(call))
        )
    ]
    assert silent == []


def _has_help(call: ast.Call) -> bool:
    """Tell whether it is no call of `Diagnostics`, or one with a help."""
    if "diagnostics" not in ast.unparse(call.func):
        return True
    return any(keyword.arg == "help" for keyword in call.keywords)
