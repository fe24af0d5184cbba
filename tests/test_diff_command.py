"""The command `diff`: its inputs, its exit codes, where its report goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from tests.support.command import ROOT, run
from tests.support.git import git
from tests.support.revision_cases import ADDED, BREAKING, CASES, diff


@pytest.mark.parametrize(
    ("case", "fail_on", "code"),
    [
        (BREAKING, "breaking", 1),
        (BREAKING, "any", 1),
        (BREAKING, "never", 0),
        (ADDED, "breaking", 0),
        (ADDED, "any", 1),
        (ADDED, "never", 0),
    ],
)
def test_exit_code(case: Path, fail_on: str, code: int) -> None:
    assert diff(case, "--fail-on", fail_on).exit_code == code


def test_the_same_document_is_no_change(tmp_path: Path) -> None:
    old = str(BREAKING / "old.yaml")
    done = CliRunner().invoke(cli, ["diff", old, old, "--fail-on", "any"])
    assert (done.exit_code, done.stdout) == (0, f"{old}: no change\n")
    done = CliRunner().invoke(cli, ["diff", old, old, "--format", "markdown"])
    assert (done.exit_code, done.stdout) == (0, "")


@pytest.mark.parametrize("text", ["", "a: [", "openapi: 2.0.0\n", "- 1\n"])
def test_what_cannot_be_read_is_never_breaking(tmp_path: Path, text: str) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text(text)
    good = str(BREAKING / "old.yaml")
    for pair in ([good, str(broken)], [str(broken), good]):
        done = CliRunner().invoke(cli, ["diff", *pair, "--fail-on", "any"])
        assert done.exit_code == 2
        assert done.stdout == ""
        assert "broken.yaml" in done.stderr


def test_a_missing_file_and_an_unknown_revision() -> None:
    good = str(BREAKING / "old.yaml")
    for name in ("nowhere.yaml", "nowhere:spec.yaml", "--output=x:y"):
        assert CliRunner().invoke(cli, ["diff", good, name]).exit_code == 2


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    target = tmp_path / "report.md"
    done = diff(BREAKING, "--format", "markdown", "--output", target)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "crust" in target.read_text()
    done = diff(BREAKING, "--output", tmp_path / "no" / "folder")
    assert done.exit_code == 2


def test_a_revision_of_git(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    spec = tmp_path / "spec" / "api.yaml"
    spec.parent.mkdir()
    text = (BREAKING / "old.yaml").read_text()
    head, _, schema = text.partition("    Bread:\n")
    spec.write_text(f"{head}    Bread: {{$ref: bread.yaml}}\n")
    bread = "\n".join(line[6:] for line in schema.splitlines())
    (spec.parent / "bread.yaml").write_text(f"{bread}\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "one")
    (spec.parent / "bread.yaml").write_text(
        "\n".join(line for line in bread.splitlines() if "crust" not in line)
    )
    done = run("diff", "HEAD:spec/api.yaml", "spec/api.yaml", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "`crust` is gone" in done.stdout
    assert "HEAD:spec/bread.yaml" in done.stdout
    done = run("diff", "HEAD:api.yaml", "api.yaml", cwd=spec.parent)
    assert done.returncode == 1, done.stderr


def test_overlays_are_laid_over_both_or_each(tmp_path: Path) -> None:
    overlay = tmp_path / "overlay.yaml"
    overlay.write_text(
        "overlay: 1.0.0\ninfo: {title: Correct it, version: '1'}\nactions:\n"
        "  - target: $.components.schemas.Bread.properties.crust\n    remove: true\n"
    )
    assert diff(CASES / "answer_type_changed", "--overlay", overlay).exit_code == 0
    done = diff(BREAKING, "--old-overlay", overlay)
    assert done.exit_code == 0, done.stdout


def test_nothing_heavy_is_imported_for_a_comparison() -> None:
    program = (
        "import sys; from generator import pipeline; from generator.config import Config;"
        "pipeline.compare(*(Config(spec=s) for s in sys.argv[1:]));"
        "assert 'black' not in sys.modules"
    )
    files = [str(BREAKING / "old.yaml"), str(BREAKING / "new.yaml")]
    command = [sys.executable, "-c", program, *files]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
