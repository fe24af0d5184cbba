"""What a person sees and a pipeline doesn't: colour, progress, completion, help."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import cli
from tests.support.command import ROOT, run
from tests.support.terminal import run_on_terminal
from tests.test_commands import BROKEN, DOCUMENT

COMMANDS = sorted(cli.commands)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a document that can be used, and one that can't."""
    (tmp_path / "api.yaml").write_text(DOCUMENT)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_its_four_parts(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    shown = " ".join(done.stdout.split())
    text = shown.partition("[OPTIONS]")[2].partition("Options:")[0]
    what = text.partition(". ")[0]
    assert re.search(r"[A-Z][a-z]+ \w+", what), "it says what it does"
    assert re.search(r"\b[Rr]eads\b", text), "it says what it reads"
    assert re.search(r"\b[Ww]rites\b", text), "it says what it writes"
    codes = re.search(r"Exit codes: 0 [^.]+2 [^.]+\.", text)
    assert codes, "it says what its exit codes mean"
    assert f"openapi-vendor {command} " in text[codes.end() :], "it shows a call"


def test_the_list_of_commands_says_each_whole() -> None:
    shown = run("--help", env={"COLUMNS": "80"}).stdout
    assert shown.count("  Compile") == 1
    assert "..." not in shown.partition("Commands:")[2]


BREAK = ("generate", "--spec", "broken.yaml", "--output", "out")
GOOD = ("generate", "--spec", "api.yaml", "--output", "out")


@pytest.mark.parametrize(
    ("env", "arguments", "is_coloured"),
    [
        ({}, (), True),
        ({"NO_COLOR": "1"}, (), False),
        ({"NO_COLOR": ""}, (), True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, (), False),
        ({"FORCE_COLOR": "1"}, ("--no-color",), False),
    ],
)
def test_colour_on_a_terminal(
    folder: Path, env: dict[str, str], arguments: tuple[str, ...], is_coloured: bool
) -> None:
    code, shown = run_on_terminal(*BREAK, *arguments, cwd=folder, env=env)
    assert code == 2
    assert "dangling-reference" in shown
    assert ("\x1b[" in shown) is is_coloured


@pytest.mark.parametrize(
    ("env", "is_coloured"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_where_no_terminal_is(
    folder: Path, env: dict[str, str], is_coloured: bool
) -> None:
    done = run(*BREAK, cwd=folder, env={"NO_COLOR": "", "FORCE_COLOR": "", **env})
    assert "dangling-reference" in done.stderr
    assert ("\x1b[" in done.stderr) is is_coloured


def test_progress_is_said_to_a_terminal_only(folder: Path) -> None:
    _, shown = run_on_terminal(*GOOD, cwd=folder)
    assert shown.startswith("reading api.yaml\nwriting out\n")
    done = run(*GOOD, cwd=folder, env={"CI": "true"})
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, tmp_path: Path) -> None:
    variable = "_OPENAPI_VENDOR_COMPLETE"
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("click asks bash for its version")
    script = run(env={variable: f"{shell}_source"})
    assert script.returncode == 0, script.stderr
    assert f"{variable}={shell}_complete" in script.stdout
    if shutil.which(shell):
        file = tmp_path / "completion"
        file.write_text(script.stdout)
        subprocess.run([shell, "-n", str(file)], check=True)
    words = {"COMP_WORDS": "openapi-vendor ge", "COMP_CWORD": "1"}
    words |= {"COMP_CWORD": "ge"} if shell == "fish" else {}
    offered = run(env={variable: f"{shell}_complete", **words})
    assert "generate" in offered.stdout
    assert "sandbox" not in offered.stdout
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert f"{variable}={shell}_source openapi-vendor" in page


def test_shells_complete_paths(folder: Path) -> None:
    for words in ("init --spec a", "generate --spec a", "lint --overlay a", "diff a"):
        asked = {"COMP_WORDS": f"openapi-vendor {words}", "COMP_CWORD": "3"}
        if words == "diff a":
            asked["COMP_CWORD"] = "2"
        done = run(
            cwd=folder, env={**asked, "_OPENAPI_VENDOR_COMPLETE": "bash_complete"}
        )
        assert (words, done.stdout) == (words, "file,a\n")


def test_help_and_completion_load_no_stage() -> None:
    code = (
        "import sys; from generator.cli import cli\n"
        "heavy = {'jinja2', 'black', 'pydantic', 'yaml', 'openapi_pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_names_of_a_lock_move_no_cursor(folder: Path) -> None:
    options = ["generate", "--spec", "api.yaml", "--output", "out"]
    assert run(*options, cwd=folder).returncode == 0
    stray = "bakery/\x1b[2Jold.py"
    (folder / "out" / stray).write_text("edited\n")
    lock = folder / "out" / "spec.lock"
    data = json.loads(lock.read_text())
    data["files"][stray] = "0" * 64
    lock.write_text(json.dumps(data))
    for more in ([], ["--check"], ["--diff"]):
        done = run(*options, *more, cwd=folder)
        assert done.returncode
        assert "\\x1b[2Jold.py" in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr
