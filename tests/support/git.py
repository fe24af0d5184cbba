"""Git in a folder of its own, with an author of its own."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> None:
    """Run a command of git in a folder, and fail where it does."""
    identity = ("-c", "user.name=t", "-c", "user.email=t@t.example")
    command = ["git", *identity, "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
