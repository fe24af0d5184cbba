"""The table in pyproject.toml, beside whatever stands there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.support.command import run, tree

from .support import TABLE, written_table


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b'[project]\nname = "x"',
        b'# caf\xc3\xa9\n[project]\nname = "x"   # odd   spaces\n\n\n',
        b'[project]\r\nname = "x"\r\n',
        b"[tool.black]\nline-length = 88\n[[tool.x.y]]\na = 1\n",
    ],
)
def test_what_stands_in_the_file_stays_byte_for_byte(
    folder: Path, content: bytes
) -> None:
    file = folder / "pyproject.toml"
    file.write_bytes(content)
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert done.returncode == 0, done.stderr
    made = file.read_bytes()
    assert made.startswith(content)
    assert b"\r\n" not in content or made.count(b"\r\n") == made.count(b"\n")
    assert written_table(folder) == TABLE
    before = tomllib.loads(content.decode())
    after = tomllib.loads(made.decode())
    del after["tool"]["openapi-vendor"]
    assert after == (before if "tool" in before else {**before, "tool": {}})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[project\n", "pyproject.toml can't be read"),
        (b"\xff\xfe", "pyproject.toml can't be read"),
        (b"tool = {x = 1}\n", "pyproject.toml takes no table at its end"),
        (b"tool = 1\n", "pyproject.toml takes no table at its end"),
    ],
)
def test_a_file_that_takes_no_table_is_left_alone(
    folder: Path, content: bytes, said: str
) -> None:
    (folder / "pyproject.toml").write_bytes(content)
    before = tree(folder)
    done = run("init", "--spec", "api.yaml", cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "help:" in done.stderr
    assert tree(folder) == before


def test_a_table_further_up_is_not_shadowed_by_accident(folder: Path) -> None:
    run("init", "--spec", "api.yaml", cwd=folder)
    below = folder / "below"
    below.mkdir()
    done = run("init", "--spec", "../api.yaml", cwd=below)
    assert done.returncode == 2
    assert "../pyproject.toml has a table" in done.stderr
    assert tree(below) == {}
