"""A page of documentation, run from top to bottom.

A block with a title is that file; `console` is run, and prints what stands below its
command; what `sh` exports is all that the programs below it find in their environment;
`python` is run against a sandbox, and prints the `text` block that follows it, if one
does. What can't be run here says so: `<!-- not run: why -->` above its block.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from generator.testing import LocalExchange

from .command import ROOT
from .markdown import Block, blocks, commands

TOOLS = ("cat", "grep", "ls", "mv")  # what a page may call besides our own commands
PORT = "8080"  # of a sandbox, where nothing else is said
_OUTSIDE = {k: v for k, v in os.environ.items() if not k.startswith("WHITEBIT_")}


class PageRun:
    """Runs the blocks of one page in a folder."""

    def __init__(self, folder: Path, sandbox: LocalExchange, stack: ExitStack) -> None:
        self._folder = folder
        self._sandbox = sandbox
        self._stack = stack  # ends the sandboxes that the page starts
        self._starts_some = False
        self.programs: list[str] = []  # files of the folder: line_12.py
        # The sandbox of the exchange runs from the start, as if at the usual port.
        self._addresses = {f"http://127.0.0.1:{PORT}": sandbox.url}
        self._environment = {
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "100",
        }

    def run(self, page: str) -> str:
        """Return the page with what was really printed."""
        pieces = []
        end = 0
        printed: str | None = None
        for block in blocks(page):
            text = block.text
            if block.not_run:
                printed = None
            elif block.language == "text" and printed is not None and block.follows:
                text, printed = printed, None
            else:
                text, printed = self._block(block)
            pieces += [page[end : block.start], text]
            end = block.start + len(block.text)
        return "".join([*pieces, page[end:]])

    def type_check(self, cache: Path) -> str:
        """Return what mypy has to say about the programs of the page."""
        if not self.programs:
            return ""
        options = ("--strict", "--config-file=", f"--cache-dir={cache}", "--no-pretty")
        self._environment["MYPYPATH"] = self._environment["PYTHONPATH"]
        done = self._call(["python", "-m", "mypy", *options, *self.programs])
        return "" if done.returncode == 0 else done.stdout

    def _block(self, block: Block) -> tuple[str, str | None]:
        """Run a block; return what stands in it, and what a program printed."""
        if block.title:
            file = self._folder / block.title
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
            if block.language == "python":
                self.programs.append(block.title)
        elif block.language == "console":
            found = commands(block)
            return "".join(f"$ {one}\n{self._printed(one)}" for one in found), None
        elif block.language == "python":
            return block.text, self._program(block)
        elif block.language == "sh":
            self._export(block.text)
        return block.text, None

    def _export(self, lines: str) -> None:
        """Set what a page says to set; a sandbox is at the port that it really has."""
        for name, value in re.findall(r"^export (\w+)=(\S+)$", lines, re.MULTILINE):
            value = self._addresses.get(value, value)
            if name == "PYTHONPATH":
                value = os.pathsep.join((value, str(ROOT)))
            self._environment[name] = value

    def _printed(self, command: str) -> str:
        """Return what a command of a page prints."""
        words = shlex.split(command)
        if words[0] == "make":  # what the make targets do is what the other commands do
            targets = (ROOT / "Makefile").read_text(encoding="utf-8")
            assert re.search(rf"^{words[1]}:", targets, re.MULTILINE), command
            return ""
        if words[0] == "openapi-vendor":
            if words[1] == "sandbox":
                return self._serve(words[1:])
            words = ["python", "-m", "generator", *words[1:]]
        assert words[0] in (*TOOLS, "python"), command
        return self._call(words).stdout

    def _serve(self, words: list[str]) -> str:
        """Start a sandbox on a free port until the page ends; say what it prints.

        As if the port were the one that the page names, or the usual one.
        """
        port = words[words.index("--port") + 1] if "--port" in words else PORT
        server = self._stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "generator", *words, "--port", "0"],
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        self._stack.callback(server.terminate)
        assert server.stdout is not None
        printed = server.stdout.readline() + server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", printed)
        assert address is not None, printed
        named = f"http://127.0.0.1:{port}"
        self._addresses[named] = address[0]
        self._starts_some = True
        return printed.replace(address[0], named)

    def _program(self, block: Block) -> str:
        """Run a program; no call of it may be refused unasked."""
        file = self._folder / f"line_{block.line}.py"
        file.write_text(block.text, encoding="utf-8")
        self.programs.append(file.name)
        before = len(self._sandbox.requests)
        done = self._call(["python", "-W", "error", file.name])
        assert done.returncode == 0, f"line {block.line}\n{done.stdout}"
        met = self._sandbox.requests[before:]
        assert met or self._starts_some, f"line {block.line}"
        refused = {visit.reason for visit in met} - {"", "as-asked"}
        assert not refused, f"line {block.line}: {refused}"
        # How long a call takes is another number each time.
        return re.sub(r"(seconds=)\d+\.\d+", r"\1…", done.stdout)

    def _call(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a program; standard output has all that it prints, in its order."""
        if words[0] == "python":
            words = [sys.executable, *words[1:]]
        return subprocess.run(
            words,
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            env={**_OUTSIDE, **self._environment},
        )
