"""The README is true to the last character: its commands and programs are run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.sandbox.exchange import Exchange
from generator.sandbox.http import serve
from tests.support.command import ROOT, run
from tests.support.packages import success_answers

README = (ROOT / "README.md").read_text(encoding="utf-8")
SPEC = ROOT / "spec" / "main_api_v4.yaml"
MAKE = ("make ",)  # what the make targets do is what the other commands do


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


def _commands() -> Iterator[tuple[str, str]]:
    for block in _blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield command, printed


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the README's commands read and write."""
    for name in ("spec", "generated", "examples", "tests/revisions"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(("command", "printed"), list(_commands()))
def test_command(command: str, printed: str, checkout: Path) -> None:
    if command.startswith(MAKE):
        target = command.removeprefix("make ")
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return
    words = shlex.split(command)
    assert words[0] == "openapi-vendor"
    if words[1] == "sandbox":
        assert _first_lines(words[1:], checkout) == printed
        return
    done = run(*words[1:], cwd=checkout)
    assert done.stderr + done.stdout == printed


def _first_lines(words: list[str], folder: Path) -> str:
    """Start a sandbox on a free port; what it prints, as if the port were the usual one."""
    command = [sys.executable, "-m", "generator", *words, "--port", "0"]
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        printed = server.stdout.readline() + server.stdout.readline()
        server.terminate()
        server.communicate()
    return re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:8080", printed)


@pytest.mark.parametrize("program", _blocks("python"))
def test_program(program: str, tmp_path: Path) -> None:
    file = tmp_path / "program.py"
    file.write_text(program, encoding="utf-8")
    exchange = Exchange({"key": "secret"})
    exchange.answers.update(success_answers(SPEC))
    with serve(exchange) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", str(file)],
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "generated"),
                "WHITEBIT_API_KEY": "key",
                "WHITEBIT_API_SECRET": "secret",
                "WHITEBIT_BASE_URL": server.url,
            },
        )
    assert done.returncode == 0, done.stderr
    assert exchange.refused == ()
    assert exchange.accepted


def test_the_configuration_shown_is_the_one_in_use() -> None:
    shown = _blocks("toml")[0]
    assert shown in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_programs_type_check(tmp_path: Path) -> None:
    files = []
    for number, program in enumerate(_blocks("python")):
        file = tmp_path / f"program{number}.py"
        file.write_text(program, encoding="utf-8")
        files.append(str(file))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", *files],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "MYPYPATH": str(ROOT / "generated")},
    )
    assert done.returncode == 0, done.stdout
