"""Files that can't be read or written: which, why, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command import ROOT, run

SPEC = ROOT / "tests" / "cases" / "minimal" / "spec.yaml"
READ = "   help: it has to be a file of text in UTF-8 that you may read\n"
WRITTEN = "   help: name a file in a folder that is there, and where you may write\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "latin.toml").write_bytes(b"# caf\xe9")
    (tmp_path / "folder").mkdir()
    (tmp_path / "spec.lock").write_bytes(b"\xff")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("diff", SPEC, SPEC, "--ignore", "none.toml"),
            f"error: none.toml can't be read: No such file or directory\n{READ}",
        ),
        (
            ("diff", SPEC, SPEC, "--output", "no/a.html"),
            f"error: no/a.html can't be written: No such file or directory\n{WRITTEN}",
        ),
        (
            ("lint", "--config", "latin.toml"),
            f"error: latin.toml can't be read: the byte 0xE9 is no UTF-8\n{READ}",
        ),
        (
            ("lint", "--config", "folder"),
            f"error: folder can't be read: Is a directory\n{READ}",
        ),
        (
            ("lint", "--config", "none.toml"),
            "error: none.toml is not there\n"
            "   help: name a file that is there with --config\n",
        ),
        (
            ("generate", "--spec", SPEC, "--output", "."),
            f"error: spec.lock can't be read: the byte 0xFF is no UTF-8\n{READ}",
        ),
    ],
)
def test_a_file_that_cannot_be_used(
    folder: Path, command: tuple[str | Path, ...], said: str
) -> None:
    done = run(*command, cwd=folder)
    assert (done.returncode, done.stderr) == (2, said)
