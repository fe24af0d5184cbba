"""A command line with a slip: the real mistake is said, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import run, tree
from tests.test_commands import BROKEN, DOCUMENT

TABLE = '[tool.openapi-vendor]\nspec = "spec/api.yaml"\noutput = "out"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the document that its configuration names, and another one."""
    (tmp_path / "spec").mkdir()
    (tmp_path / "spec" / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "other.yaml").write_text(DOCUMENT)
    (tmp_path / "pyproject.toml").write_text(TABLE)
    return tmp_path


def refused(folder: Path, *arguments: str) -> str:
    before = tree(folder)
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert tree(folder) == before
    return done.stderr


def test_a_missing_document_beside_the_configured_one(folder: Path) -> None:
    assert refused(folder, "generate", "--spec", "spec/nope.yaml") == (
        "spec/nope.yaml: error[missing-file]: there is no such file\n"
        "   help: check the path and its spelling\n"
    )


def test_a_broken_document_beside_the_configured_one(folder: Path) -> None:
    (folder / "other.yaml").write_text(BROKEN)
    said = refused(folder, "generate", "--spec", "other.yaml")
    assert "error[dangling-reference]" in said
    assert "output" not in said


def test_another_document_than_the_configured_one(folder: Path) -> None:
    assert refused(folder, "generate", "--spec", "other.yaml") == (
        "error: no output folder was named: that of [tool.openapi-vendor] belongs to"
        " spec/api.yaml\n   help: give --output DIR\n"
    )


@pytest.mark.parametrize("output", ["afile", "afile/below"])
@pytest.mark.parametrize("more", [(), ("--force",), ("--check",)])
def test_a_file_where_the_output_goes(
    folder: Path, output: str, more: tuple[str, ...]
) -> None:
    (folder / "afile").touch()
    assert refused(folder, "generate", "--output", output, *more) == (
        "error: afile is a file, not a folder\n"
        "   help: give --output another folder, or move the file away\n"
    )


def test_a_configuration_that_is_not_there(folder: Path) -> None:
    assert refused(folder, "generate", "--config", "none.toml") == (
        "error: none.toml is not there\n"
        "   help: name a file that is there with --config\n"
    )


@pytest.mark.parametrize(
    "command",
    ["generate", "dump", "lint", "init", "sandbox", "pull http://host/a.yaml"],
)
def test_a_document_without_its_option(folder: Path, command: str) -> None:
    said = refused(folder, *command.split(), "my api.yaml")
    assert said.endswith(
        "\nError: Got unexpected extra argument (my api.yaml): did you mean --spec"
        " 'my api.yaml'?\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--spec", "other.yaml", "more"), "argument (more)"),
        (("other.yaml", "more"), "arguments (other.yaml more)"),
    ],
)
def test_an_argument_that_is_no_forgotten_document(
    folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    shown = refused(folder, "generate", *arguments)
    assert shown.endswith(f"\nError: Got unexpected extra {said}\n")
