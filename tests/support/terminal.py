"""The command line on a terminal: a pseudo-terminal in place of a person's."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.support.command import ROOT


def run_on_terminal(
    *arguments: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    typed: str = "",
) -> tuple[int, str]:
    """Return the exit code and all that a person would have seen."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    inherited = {k: v for k, v in os.environ.items() if not k.endswith("_COLOR")}
    with subprocess.Popen(
        command,
        cwd=cwd,
        env={**inherited, "PYTHONPATH": str(ROOT), "TERM": "xterm", **(env or {})},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                part = os.read(ours, 65_536)
            except OSError:  # how Linux says that the other side has closed
                break
            if not part:
                break
            shown += part
        os.close(ours)
    return process.returncode, shown.decode().replace("\r\n", "\n")
