"""The host that is pulled from, and the folder that it is pulled into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.host import Host, serving
from tests.support.pages import index, page

from .support import FILE


@pytest.fixture
def host() -> Iterator[Host]:
    """A host with an index, two pages with a fragment, and one of prose."""
    with serving() as made:
        made.pages = {
            "/llms.txt": index(
                "/api/b.md", f"{made.url}/api/a.md", "prose.md"
            ).encode(),
            "/api/a.md": page("getBread").encode(),
            "/api/b.md": page("buyBread", method="POST", notes="Be quick.").encode(),
            "/prose.md": b"# Welcome\n",
        }
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project that pulled before."""
    (tmp_path / "spec").mkdir()
    before = page("getBread")
    start = before.index("openapi: 3")
    (tmp_path / FILE).write_text(before[start : before.rindex("````")])
    return tmp_path
