"""The command line in a process of its own, as users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
WITHOUT_SHARED = "the published documents are not beside the project"


def run(
    *arguments: str | Path,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    stdin: bytes | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run `openapi-vendor` and return what it printed and its exit code."""
    command = [sys.executable, "-m", "generator", *map(str, arguments)]
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("WHITEBIT_")}
    done = subprocess.run(
        command,
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=False,
        env={**inherited, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **(env or {})},
    )
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def run_pytest(
    folder: Path, *options: str, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run pytest in a folder, without what the project configures, and return its end."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, "-c", os.devnull, *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **env},
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by relative path, compiled ones left out."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and "__pycache__" not in file.parts
    }
