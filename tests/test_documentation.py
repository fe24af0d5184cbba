"""README and `docs/` are true to the last character: commands and programs are run.

`UPDATE_CASES=1` writes what was printed into the pages; read that diff.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.testing import LocalExchange, sandbox_fixture
from tests.support.command import ROOT
from tests.support.documentation import PageRun
from tests.support.markdown import blocks

PAGES = ("README.md", *sorted(f"docs/{f.name}" for f in (ROOT / "docs").glob("*.md")))
UPDATE = "UPDATE_CASES" in os.environ
SHIPPED = ("spec", "generated", "examples", "templates", "tests/revisions")

sandbox = sandbox_fixture(
    str(ROOT / "spec" / "main_api_v4.yaml"), str(ROOT / "spec" / "overlay.yaml")
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the commands of a page read and write."""
    for name in SHIPPED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_page(
    name: str,
    checkout: Path,
    sandbox: LocalExchange,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = ROOT / name
    page = file.read_text(encoding="utf-8")
    with ExitStack() as stack:
        running = PageRun(checkout, sandbox, stack)
        real = running.run(page)
    if UPDATE:
        file.write_text(real, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == real
    assert running.type_check(tmp_path_factory.getbasetemp() / "mypy") == ""


def test_the_configuration_shown_is_the_one_in_use() -> None:
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = [block.text for block in blocks(page) if block.language == "toml"]
    assert shown[0] in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
