"""What a page says around its fragment goes into docstrings."""

from __future__ import annotations

from pathlib import Path

from tests.support.command import run
from tests.support.pages import page

from .support import NOTES, dump


def test_notes_of_a_page_are_in_the_docstring(folder: Path) -> None:
    (folder / "pages/a.md").write_text(page("getBread", notes=NOTES))
    done = run("generate", "--spec", "pages", "--output", "out", cwd=folder)
    assert done.returncode == 0, done.stderr
    module = (folder / "out/bakery/breads.py").read_text()
    start = module.index("def get_bread")
    said = module[start : module.index("return", start)]
    assert "Only for partners: ask (https://bakery.example/ask) first." in said
    assert "Shows ONLY_FRESH bread." in said
    assert "Documentation Index" not in module
    assert "in a sentence" not in module
    assert module.count("partners") == 1


def test_notes_behind_the_fragment_count_too(tmp_path: Path) -> None:
    text = f"{page('getBread')}\n## Filters\n\nOnly whole loaves.\n"
    (tmp_path / "a.md").write_text(text)
    assert "Only whole loaves." in dump("--spec", "a.md", cwd=tmp_path)
