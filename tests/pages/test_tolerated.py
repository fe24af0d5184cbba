"""Oddities of a page that change nothing of what it says."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import run
from tests.support.pages import page

from .support import NOTES, dump, paths


def test_the_operation_that_the_fence_names_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(page("a").replace("GET /a", "GET /b"))
    done = run("dump", "--spec", "a.md", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("a.md:11:1: warning[other-operation]: the fence says")


def test_windows_line_ends_a_byte_order_mark_and_a_component_first(
    tmp_path: Path,
) -> None:
    text = page("getBread", notes=NOTES)
    (tmp_path / "a.md").write_text(text, newline="\n")
    expected = dump("--spec", "a.md", cwd=tmp_path)
    windows = text.replace("\n", "\r\n").encode()
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbf" + windows)
    assert dump("--spec", "a.md", cwd=tmp_path) == expected
    frame = text.index("# Page of")
    (tmp_path / "a.md").write_text(f"<Card>\n</Card>\n\n{text[frame:]}")
    assert dump("--spec", "a.md", cwd=tmp_path) == expected


def test_a_fence_that_somebody_forgot_to_close_hides_nothing(tmp_path: Path) -> None:
    text = page("getBread", notes="```python\nbake()")
    (tmp_path / "a.md").write_text(text)
    assert paths(dump("--spec", "a.md", cwd=tmp_path)) == ["/getBread"]
