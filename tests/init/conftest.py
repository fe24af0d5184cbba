"""The repository with which these tests begin."""

from __future__ import annotations

from pathlib import Path

import pytest

from .support import DOCUMENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with nothing but a document."""
    (tmp_path / "api.yaml").write_text(DOCUMENT, encoding="utf-8")
    return tmp_path
