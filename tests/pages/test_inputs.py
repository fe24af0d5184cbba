"""A page, a folder, an index, a commit: where a document is taken, so are pages."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from tests.support.command import run
from tests.support.git import git
from tests.support.pages import CLOSED, index, page

from .support import dump, paths


def test_a_page_is_taken_wherever_a_document_is(folder: Path) -> None:
    dumped = dump("--spec", "pages/a.md", cwd=folder)
    assert paths(dumped) == ["/getBread"]
    text = (folder / "pages/a.md").read_bytes()
    assert dump("--spec", "-", cwd=folder, stdin=text) == dumped
    linted = run("lint", "--spec", "pages/a.md", cwd=folder)
    assert linted.returncode == 0, linted.stderr
    same = run("diff", "pages/a.md", "pages/a.md", cwd=folder)
    assert (same.returncode, same.stdout) == (0, "pages/a.md: no change\n")


def test_a_folder_is_in_the_order_of_names_and_an_index_in_its_own(
    folder: Path,
) -> None:
    assert paths(dump("--spec", "pages", cwd=folder)) == ["/getBread", "/buyBread"]
    links = ("https://docs.example/api/b.md", "a.md", "/prose.md", "https://x.example/")
    (folder / "pages/llms.txt").write_text(index(*links))
    spec = ("--spec", "pages/llms.txt")
    assert paths(dump(*spec, cwd=folder)) == ["/buyBread", "/getBread"]


def test_each_page_is_recorded_with_its_hash(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.openapi-vendor]\nspec = 'pages'\n")
    (folder / "pages/llms.txt").write_text(index("b.md", "a.md"))
    for spec, names in (("pages", ["a.md", "b.md"]), ("pages/llms.txt", [])):
        done = run("generate", "--spec", spec, "--output", "out", cwd=folder)
        assert done.returncode == 0, done.stderr
        inputs = json.loads((folder / "out/spec.lock").read_text())["inputs"]
        expected = [f"pages/{n}" for n in names or ("llms.txt", "b.md", "a.md")]
        assert list(inputs) == expected
        for name in expected:
            assert inputs[name] == sha256((folder / name).read_bytes()).hexdigest()


def test_a_text_file_with_a_document_is_no_page(tmp_path: Path) -> None:
    text = page("getBread")
    fragment = text[text.index("openapi: 3") : text.rindex(CLOSED)]
    (tmp_path / "a.txt").write_text(fragment)
    assert paths(dump("--spec", "a.txt", cwd=tmp_path)) == ["/getBread"]


def test_pages_as_they_stood_at_a_commit(folder: Path) -> None:
    (folder / "pages/llms.txt").write_text(index("b.md", "a.md"))
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "pages")
    (folder / "pages/b.md").unlink()
    for spec in ("pages", "pages/llms.txt"):
        (folder / "pages/llms.txt").write_text(index("a.md"))
        done = run("diff", f"HEAD:{spec}", spec, cwd=folder)
        assert done.returncode == 1, done.stderr
        assert "buyBread" in done.stdout
        assert f"HEAD:{spec}/" in done.stdout or "HEAD:pages/b.md" in done.stdout
