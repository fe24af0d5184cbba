"""What `docs/comparison.md` says of this project in figures."""

from __future__ import annotations

import re
from pathlib import Path

from generator import __version__
from tests.support.command import ROOT, run_pytest

PAGE = (ROOT / "docs" / "comparison.md").read_text(encoding="utf-8")


def _here(row: str) -> str:
    """Return what stands in a row about this project."""
    found = re.search(rf"^\| {re.escape(row)} \| ([^|]*) \|", PAGE, re.MULTILINE)
    assert found is not None, row
    return found[1]


def _stated(row: str) -> list[int]:
    """Return the round figures of a row."""
    found = re.findall(r"[\d,]+\d", _here(row))
    return [int(figure.replace(",", "")) for figure in found]


def _is_about(found: int, stated: int) -> bool:
    """Tell whether a round figure holds: a tenth more or less is no news."""
    return abs(found - stated) <= stated / 10


def test_the_version() -> None:
    assert _here("version") == __version__


def test_the_size_of_the_client(published_main: Path) -> None:
    files = [file.read_text() for file in published_main.rglob("*.py")]
    lines = sum(len(text.splitlines()) for text in files)
    files_stated, lines_stated = _stated("files / lines of Python")
    assert _is_about(len(files), files_stated), len(files)
    assert _is_about(lines, lines_stated), lines


def test_the_number_of_generated_tests(published_main: Path) -> None:
    done = run_pytest(published_main.parent, "--collect-only", "tests")
    collected = re.search(r"^(\d+) tests collected", done.stdout, re.MULTILINE)
    assert collected is not None, done.stdout
    (stated,) = _stated("generated tests")
    assert _is_about(int(collected[1]), stated), collected[1]
