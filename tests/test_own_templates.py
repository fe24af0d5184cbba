"""Templates of the project's own win over ours, and fail with a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import ROOT, run, tree
from tests.test_commands import DOCUMENT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a document and templates of its own."""
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "mine").mkdir()
    (tmp_path / "pyproject.toml").write_text(
        '[tool.openapi-vendor]\nspec = "api.yaml"\noutput = "out"\ntemplates = "mine"\n'
    )
    return tmp_path


def test_a_template_of_ones_own_wins(folder: Path) -> None:
    assert run("generate", cwd=folder).returncode == 0
    before = tree(folder / "out")
    own = (ROOT / "templates" / "api.md.j2").read_text() + "\nMade by the bakery.\n"
    (folder / "mine" / "api.md.j2").write_text(own)
    stale = run("generate", "--check", cwd=folder)
    assert stale.returncode == 1
    assert "API.md: stale" in stale.stdout
    done = run("generate", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    after = tree(folder / "out")
    assert after["API.md"] == before["API.md"] + b"\nMade by the bakery.\n"
    assert {p for p in after if after[p] != before[p]} == {"API.md", "spec.lock"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("api.md.j2", "a\n{% if %}\n", "mine/api.md.j2:2: Expected an expression"),
        (
            "api.md.j2",
            "a\n\n{{ package.gone }}\n",
            "mine/api.md.j2:3: 'generator.client",
        ),
        (
            "package.py.j2",
            "class (:\n",
            "with the templates of mine, what was rendered",
        ),
    ],
)
def test_what_fails_is_said_with_its_place(
    folder: Path, name: str, text: str, said: str
) -> None:
    (folder / "mine" / name).write_text(text)
    done = run("generate", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: {said}")
    assert "help: compare it with the built-in template" in done.stderr
    assert not (folder / "out").exists()


def test_a_folder_that_is_not_there(folder: Path) -> None:
    (folder / "mine").rmdir()
    done = run("generate", cwd=folder)
    assert done.returncode == 2
    assert "mine is no folder with templates" in done.stderr
