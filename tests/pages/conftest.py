"""The folder with which these tests begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.pages import page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two pages that agree, and one of prose."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "b.md").write_text(page("buyBread", method="POST"))
    (pages / "a.md").write_text(page("getBread"))
    (pages / "prose.md").write_text("# Welcome\n\nAll about bread.\n")
    return tmp_path
